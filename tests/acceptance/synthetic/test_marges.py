"""The generated territory shows the published marginals."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from palier import law
from palier.synthetic.baux import queue_typologie, queue_weights, yearly_leases
from palier.synthetic.demandes import draw_profils
from palier.synthetic.file_attente import run_file
from palier.synthetic.lieux import lieux_territoire
from palier.synthetic.lot import Lot, Place
from palier.synthetic.motifs import HLM, PRIVE
from palier.synthetic.parc import draw_parc
from palier.tables import schema
from palier.tables.derive import Contexte, derive
from tests.unit.synthetic.outils import AU, has, territoire

TYPO = schema("demandes")["typologies"]
PETITS = pl.sum_horizontal(
    has("typologies", TYPO.codes.index(c)).cast(pl.Int8) for c in ("chambre", "t1", "t2")
)
SOUHAITS = pl.sum_horizontal(has("typologies", i).cast(pl.Int8) for i in range(len(TYPO.codes)))
AGE = (pl.lit(AU) - pl.col("date_depot_initial")).dt.total_days()
EN_COURS = pl.col("statut").is_in(["active", "en_attente_piece"])
MUTATION = pl.col("logement_mode") == "locataire_hlm"


def _motif(code: str) -> pl.Expr:
    return (pl.col("motif_principal") == code).filter(MUTATION).mean()


MARGES: list[tuple[str, pl.Expr, float, float]] = [
    ("mutations", MUTATION.mean(), 0.32, 0.012),
    ("T1 et T2 demandés", (PETITS / SOUHAITS).mean(), 0.44, 0.015),
    ("personnes seules", (pl.col("nb_personnes") == 1).mean(), 0.465, 0.015),
    ("un seul adulte", pl.col("en_couple").not_().mean(), 0.72, 0.015),
    ("ancienneté moyenne", AGE.filter(EN_COURS).mean(), 721, 40),
    ("DALO reconnus", (pl.col("dalo") == "reconnu").mean(), 0.037, 0.005),
    ("mutation trop petit", _motif("trop_petit"), 0.272, 0.025),
    ("mutation santé, handicap", _motif("sante") + _motif("handicap"), 0.148, 0.02),
    ("mutation voisinage", _motif("voisinage"), 0.121, 0.02),
    ("demandes closes", EN_COURS.not_().mean(), 0.02, 0.006),
    ("huit communes au plus", pl.col("localisations").list.len().max(), 8, 0),
    ("une commune au moins", pl.col("localisations").list.len().min(), 1, 0),
    ("deux typologies au plus", SOUHAITS.max(), 2, 0),
    ("âge moyen", (pl.lit(AU) - pl.col("naissance")).dt.total_days().mean() / 365.25, 41, 1.5),
]


@pytest.mark.parametrize(("expr", "attendu", "ecart"), [m[1:] for m in MARGES], ids=[m[0] for m in MARGES])
def test_requests(expr: pl.Expr, attendu: float, ecart: float) -> None:
    assert territoire().demandes.select(expr).item() == pytest.approx(attendu, abs=ecart)


PARC: list[tuple[str, pl.Expr, float, float]] = [
    ("T1 et T2 du parc", pl.col("typologie").is_in(["t1", "t2"]).mean(), 0.31, 0.01),
    ("quartiers prioritaires", pl.col("qpv_code").is_not_null().mean(), 0.36, 0.04),
    ("loyer au mètre carré", (pl.col("loyer_logement_cent") / pl.col("surface_m2")).mean(), 630, 25),
    ("réservés à l'État", (pl.col("reservataire") == "etat").mean(), 0.30, 0.01),
]


@pytest.mark.parametrize(("expr", "attendu", "ecart"), [m[1:] for m in PARC], ids=[m[0] for m in PARC])
def test_homes(expr: pl.Expr, attendu: float, ecart: float) -> None:
    assert territoire().logements.select(expr).item() == pytest.approx(attendu, abs=ecart)


def test_housed_waited_less_than_the_pending_have() -> None:
    housed = territoire().baux.filter(pl.col("bail_date").is_not_null())
    wait = housed.select((pl.col("bail_date") - pl.col("date_depot_initial")).dt.total_days().mean()).item()
    assert wait == pytest.approx(520, abs=45)


def test_who_is_housed() -> None:
    """Shares among the housed: the queue must favour DALO and hold back mutations."""
    jour = (AU - dt.date(1970, 1, 1)).days
    lot, parc = Lot(1, 0, 20_000, jour), Lot(1, 0, 52_000, jour)
    draw_profils(lot, lieux_territoire(), AU.year)
    draw_parc(parc, lieux_territoire())
    file = run_file(lot.rng(Place.FILE), jour, queue_typologie(lot), queue_weights(lot), yearly_leases(parc))
    housed = file.passages.place[file.passages.loge]
    groupe, dalo = lot["_groupe"][housed], lot["dalo"][housed] == 2
    assert (groupe == HLM).mean() == pytest.approx(0.27, abs=0.02)
    assert (groupe == PRIVE).mean() == pytest.approx(0.25, abs=0.02)
    assert dalo.mean() == pytest.approx(0.063, abs=0.012)
    assert lot["_age"][housed].mean() == pytest.approx(40.5, abs=1)


def test_three_quarters_under_the_lowest_ceiling() -> None:
    """Ceilings of 2025, the last ones known in full for small households."""
    au = dt.date(2025, 11, 24)
    ctx = Contexte(au, law.at(au, non_verifie=True))
    known = territoire().demandes.select(derive("plafond_max_code", ctx).alias("p")).drop_nulls()
    assert known["p"].eq("plai").mean() == pytest.approx(0.72, abs=0.05)


def test_first_quartile_of_resources_is_that_of_the_orders() -> None:
    uc = 5 + 5 * (pl.col("nb_personnes") - pl.col("nb_moins_14")).cast(pl.Int64) + 3 * pl.col("nb_moins_14")
    yearly = pl.col("ressources_mensuelles_cent") * pl.lit(120, pl.Int64) / uc / 100
    assert territoire().demandes.select(yearly.quantile(0.25)).item() == pytest.approx(8_436, abs=500)


def test_dalo_and_priority_publics_come_first() -> None:
    lot = Lot(1, 0, 2_000, (AU - dt.date(1970, 1, 1)).days)
    draw_profils(lot, lieux_territoire(), AU.year)
    force = queue_weights(lot)
    dalo, hlm = lot["dalo"] == 2, lot["logement_mode"] == 0
    assert force[dalo & ~hlm].min() > force[~dalo & ~hlm].max()
    assert force[hlm & ~dalo].min() < force[~hlm & ~dalo].min()


ABSENCES = [
    ("ressources_mensuelles_cent", 0.01, 0.05),
    ("rfr_n2_eur", 0.04, 0.10),
    ("charges_cent", 0.07, 0.13),
]


@pytest.mark.parametrize(("nom", "au_moins", "au_plus"), ABSENCES)
def test_answers_are_left_empty_as_in_real_files(nom: str, au_moins: float, au_plus: float) -> None:
    colonne = territoire().demandes[nom]
    assert au_moins < colonne.null_count() / len(colonne) < au_plus
