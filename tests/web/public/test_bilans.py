"""The report of a half-year: no small group, no group by subtraction, once, from allocations really made."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.engines.cotation.statistiques import publish_gagnants
from palier.web.apps.attributions.models import Candidature
from palier.web.apps.attributions.operations import baux
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.apps.public import tasks
from palier.web.apps.public.models import BilanPublie
from palier.web.apps.public.operations.bilans import publier_bilans
from palier.web.apps.public.operations.commissions import publier_seances
from palier.web.apps.public.presentation.cartes import wait_line
from palier.web.apps.public.queries import suites
from palier.web.apps.public.queries.files import File
from palier.web.apps.public.rules.bilan import closed_periods, half_year, tell_objectifs
from palier.web.apps.public.rules.dit import tell_beyond
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import SENT, Monde, a
from tests.web.cotation.outils import adopte, cote
from tests.web.demandes.outils import TERRITOIRE
from tests.web.public.outils import arbre, texte
from tests.web.public.outils_commissions import LOI, bail, contenu, publie_bilan

FIN = dt.date(2027, 2, 1)


def _counts(content: Any) -> Iterator[int]:
    """Every count of units of a report."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key in {"n", "reste", "total"} and isinstance(value, int):
                yield value
            elif key in {"groupes", "canaux"}:
                yield from (row[-1] for row in value)
            else:
                yield from _counts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _counts(value)


def test_aucun_compte_n_est_petit() -> None:
    made = contenu()
    assert min(n for n in _counts(made) if n) >= 11
    assert made["categories"]["financement"]["groupes"] == [["plus", 90], ["plai", 45], ["pls", 45]]
    assert made["points"][0]["n"] == 180


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 120))
def test_aucun_compte_n_est_petit_quels_que_soient_les_baux(graine: int, n: int) -> None:
    draw = random.Random(graine)
    leases = [
        bail(bailleur=draw.choice("AAB"), qpv=draw.random() < 0.2,
             premier_quartile=draw.choice([True, False, None]),
             contingent=draw.choice(["bailleur", "epci"]), prioritaire=draw.random() < 0.4)
        for _ in range(n)
    ]  # fmt: skip
    rows = tell_objectifs(leases, LOI)
    told = [row for row in rows if row["etat"] == "dit"]
    for row in told:
        assert row["n"] >= 11
        assert row["total"] - row["n"] == 0 or row["total"] - row["n"] >= 11
        assert row["atteint"] == (
            row["n"] * int(row["part"].split("/")[1]) >= row["total"] * int(row["part"][0])
        )
    for key in {(row["code"], row["contingent"]) for row in told}:
        same = [row for row in told if (row["code"], row["contingent"]) == key]
        whole = [row for row in same if not row["perimetre"]]
        owners = [row for row in same if row["perimetre"]]
        for row in whole[: len(owners)]:
            for name in ("n", "total"):
                rest = row[name] - sum(owner[name] for owner in owners)
                assert rest == 0 or rest >= 11


def test_ce_qui_reste_apres_les_extraits_n_est_pas_petit() -> None:
    units = [("s1", ["URGENCE"])] * 12 + [("s1", [])] * 20 + [("s2", ["URGENCE"])] * 3 + [("s2", [])] * 20
    dit = {"s1": {"n": 32, "groupes": [["URGENCE", 12]], "reste": 20}}
    assert tell_beyond(units, dit) == {"n": 55, "groupes": [], "reste": 55}
    assert tell_beyond(units, {})["groupes"] == [["URGENCE", 15]]
    assert tell_beyond(units[:40], dit)["n"] is None  # eight homes would be left


def test_les_points_gagnants_ont_assez_de_menages_de_chaque_cote() -> None:
    rows = [("Centre", "t3", k) for k in range(30)] + [("Sud", "t3", 5)] * 12 + [("Sud", "t4", 900)] * 3
    found = {(g.secteur, g.typologie): g for g in publish_gagnants(rows)}
    assert ("", "t4") not in found
    assert "900" not in json.dumps([g.quartiles for g in found.values()])
    assert found["Centre", "t3"].quartiles == {50: 14}  # seven on the short side of a quarter


def test_les_semestres_sont_finis_et_ne_se_recouvrent_pas() -> None:
    found = list(closed_periods(dt.date(2025, 3, 4), dt.date(2026, 7, 30)))
    assert [du for du, _ in found] == [dt.date(2025, 1, 1), dt.date(2025, 7, 1)]
    assert half_year(found[-1][1] + dt.timedelta(days=1))[0] == dt.date(2026, 1, 1)


@pytest.mark.django_db
def test_la_page_dit_le_bilan_et_son_jumeau(client: Client) -> None:
    publie_bilan()
    page = arbre(client.get("/chiffres/attributions"))
    words = texte(page)
    for told in ("PLUS, le plus courant", "Public prioritaire", "Urgence survenue depuis le calcul",
                 "Pas assez de candidats", "Hors quartier prioritaire",
                 "estimé sur les demandes"):  # fmt: skip
        assert told in words
    answer = client.get("/chiffres/attributions.csv")
    rows = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    assert ["financement", "plai", "", "nombre", "45"] in [row[3:] for row in rows]
    for query in ("?du=2020-01-01", "?territoire=1", "?du=x", "?du=2026-02-31"):
        assert client.get(f"/chiffres/attributions{query}").status_code == 404
        assert client.get(f"/chiffres/attributions.csv{query}").status_code == 404


@pytest.mark.django_db
def test_un_bail_reel_arrive_au_bilan_sans_menage_reconnu(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home is let through the operations; the report counts it, and tells nothing of it."""
    monde = Monde()
    adopte()
    cote()
    point = monde.decide(rangs=1)
    monde.signe(point.seance)
    first = monde.numeros[0]
    chosen = monde.candidatures(point)[first]
    with perimetre(territoire=TERRITOIRE):
        current = Demande.objects.get(numero_unique=first).scores.get(calcul__courant=True)
    assert chosen.total == current.total is not None
    monde.repond(monde.envoie(point, first), "oui", SENT)
    baux.signer_bail(
        acteur=monde.agent, candidature=chosen.pk, signe_le=SENT, reference="B 1", identite_verifiee=True,
        au=SENT, maintenant=a(SENT),
    )  # fmt: skip
    publier_seances(maintenant=a(SENT))
    assert publier_bilans(territoire=TERRITOIRE, au=dt.date(2027, 1, 30), maintenant=a(FIN)) == []

    with perimetre(territoire=TERRITOIRE, lecteur=True):
        (lease,) = suites.leases(TERRITOIRE, dt.date(2026, 7, 1), dt.date(2026, 12, 31), {})
        assert Counter(suites.channels(TERRITOIRE, dt.date(2026, 7, 1), dt.date(2026, 12, 31))) == {
            ("reservataire", "bail"): 1, ("reservataire", "non_attribution"): 2,
        }  # fmt: skip
    assert (lease.financement, lease.typologie, lease.contingent) == ("plus", "t3", "reservataire")
    assert lease.total == current.total

    monkeypatch.setattr(tasks, "aujourdhui", lambda: FIN)
    monkeypatch.setattr(tasks, "maintenant", lambda: a(FIN))
    tasks.publier_bilans(0)
    row = BilanPublie.objects.get()
    assert (row.du, row.au) == (dt.date(2026, 7, 1), dt.date(2026, 12, 31))
    assert not [n for n in _counts(row.contenu) if n]
    assert {o["etat"] for o in row.contenu["objectifs"]} == {"sans_objet", "masque"}
    tasks.publier_bilans(0)
    assert Evenement.objects.filter(verbe="bilan.publier").count() == 1
    assert BilanPublie.objects.get().pk == row.pk

    words = texte(arbre(client.get("/chiffres/attributions")))
    assert words.count("Calcul masqué : les groupes sont trop petits.") >= 9
    assert "Sans objet" in words
    with perimetre():
        assert not Candidature.objects.exists()


def test_la_ligne_d_attente_d_une_carte() -> None:
    assert wait_line(None, "fr") == ""
    assert wait_line(File(None, None), "fr") == "Groupe trop petit pour un calcul"
    assert wait_line(File(412, 26), "fr") == "412 demandes semblables, attente médiane 26 mois"
    assert wait_line(File(12, None), "fr") == "12 demandes semblables"


@pytest.mark.django_db
def test_la_liste_dit_les_demandes_semblables(client: Client) -> None:
    """The line of a card is the published figure of its queue; nowhere else is it computed."""
    from palier.web.apps.public.models import StatistiqueFile
    from palier.web.apps.public.queries import files as lines
    from tests.web.public.outils_chiffres import publie

    publie()
    row = StatistiqueFile.objects.get(secteur="", typologie="t3")
    told = lines._published()[row.territoire]["t3"]
    assert (told.n, told.attente) == (row.n, row.attente["q50"])
