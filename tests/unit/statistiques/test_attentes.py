"""Waits that may be published: three names, enough leases on both sides, no wait for another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from palier.engines.cotation.statistiques import publish_attentes

AU = dt.date(2026, 11, 24)


def bail(
    numero: int, mois: int, *, typologie: str = "t3", secteur: str = "Nord", il_y_a: int = 30
) -> dict[str, Any]:
    jour = AU - dt.timedelta(days=il_y_a)
    return {
        "numero_unique": f"{numero:018d}",
        "date_depot_initial": jour - dt.timedelta(days=round(mois * 30.44)),
        "bail_date": jour,
        "sortie_date": jour,
        "sortie_motif": "attribution",
        "typologie": typologie,
        "secteur": secteur,
    }


def attend(numero: int, jours: int, *, typologie: str = "t3", secteur: str = "Nord") -> dict[str, Any]:
    return {
        "numero_unique": f"{numero:018d}",
        "date_depot_initial": AU - dt.timedelta(days=jours),
        "bail_date": None,
        "sortie_date": None,
        "sortie_motif": None,
        "typologie": typologie,
        "secteur": secteur,
    }


def baux(lignes: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(lignes, infer_schema_length=None)


@pytest.mark.parametrize(
    ("n", "attendu"),
    [(10, None), (11, (11, None, None, None)), (22, (22, None, 11, None)), (110, (110, 11, 55, 99))],
)
def test_un_quantile_a_onze_baux_de_chaque_cote(n: int, attendu: tuple[int | None, ...] | None) -> None:
    rows = [bail(i, i + 1) for i in range(n)] + [attend(500 + i, 900) for i in range(20)]
    found = publish_attentes(baux(rows), AU)["", "t3"]
    shown = (found.baux, found.q10, found.q50, found.q90)
    assert shown == (attendu or (None, None, None, None))


def test_l_attente_des_loges_n_est_jamais_celle_des_demandeurs() -> None:
    rows = [bail(i, 6) for i in range(30)] + [attend(100 + i, 2_000) for i in range(170)]
    found = publish_attentes(baux(rows), AU)["", "t3"]
    assert (found.q50, found.en_attente_mediane) == (6, 66)
    assert found.estimee is not None
    assert found.estimee.mois[50] is None  # fewer than half are housed, whatever those housed have waited
    assert found.estimee.reperes[0].loge == 15


def test_les_baux_anciens_ne_comptent_que_dans_leur_fenetre() -> None:
    rows = [bail(i, 6) for i in range(12)] + [bail(50 + i, 6, il_y_a=500) for i in range(12)]
    rows += [bail(100 + i, 6, il_y_a=900) for i in range(12)] + [attend(200 + i, 300) for i in range(30)]
    found = publish_attentes(baux(rows), AU)["", "t3"]
    assert (found.baux, found.liberes_12_mois, found.depuis) == (24, 12, dt.date(2024, 11, 24))


def test_un_petit_nombre_de_baux_ne_se_trouve_pas_par_difference() -> None:
    rows = [bail(i, 6, typologie="t2") for i in range(30)] + [bail(40 + i, 6) for i in range(5)]
    rows += [attend(100 + i, 300, typologie=t) for i, t in enumerate(["t2", "t3"] * 30)]
    found = publish_attentes(baux(rows), AU)
    assert found["", ""].baux == 35
    assert found["", "t2"].baux is None  # 35 - 30 would tell the five
    assert found["", "t3"].baux is None


def test_l_axe_finit_par_des_annees_entieres() -> None:
    rows = [bail(i, 20) for i in range(130)] + [bail(200, 95)] + [attend(300 + i, 300) for i in range(20)]
    assert publish_attentes(baux(rows), AU)["", "t3"].maximum == 24


def test_les_secteurs_ont_leur_attente_toutes_tailles() -> None:
    rows = [
        bail(i, 6, secteur=s, typologie=t) for i, (s, t) in enumerate([("Nord", "t2"), ("Sud", "t3")] * 20)
    ]
    rows += [attend(100 + i, 300, secteur=s) for i, s in enumerate(["Nord", "Sud"] * 20)]
    found = publish_attentes(baux(rows), AU)
    assert found["Nord", ""].baux == 20
    assert found["Nord", ""].estimee is not None


def test_sans_taille_ni_secteur_le_territoire_seul() -> None:
    rows = [bail(i, 6) for i in range(20)] + [attend(100 + i, 300) for i in range(20)]
    table = baux(rows).drop("typologie", "secteur")
    assert set(publish_attentes(table, AU)) == {("", "")}
