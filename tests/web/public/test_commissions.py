"""The public side of the commissions: what is told, what is not, and that anybody can check the chain."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from palier.web.apps.attributions.models import Candidature, Pv, Seance
from palier.web.apps.journal.models import Evenement
from palier.web.apps.parc.models import Logement
from palier.web.apps.public import tasks
from palier.web.apps.public.models import SeancePubliee
from palier.web.apps.public.operations.commissions import publier_seances
from palier.web.apps.public.rules.dit import tell, tell_pairs, tell_sets
from palier.web.apps.public.rules.extrait import PointLu, extract
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import COMMUNE, SESSION, Monde, a
from tests.web.personnel import creer_organisme
from tests.web.public.outils import arbre, texte
from tests.web.public.outils_commissions import point, publie_commission

JOUR = dt.date(2026, 12, 9)


def _extrait(*points: PointLu) -> dict[str, Any]:
    return extract(numero=1, seance=1, le=SESSION, mode="salle", reglement="", points=points)


def test_un_petit_groupe_n_est_jamais_dit() -> None:
    assert tell([]) == {"n": None, "groupes": [], "reste": 0}
    assert tell(["a"] * 20 + ["b"] * 10) == {"n": 30, "groupes": [], "reste": 30}
    assert tell(["a"] * 20 + ["b"] * 11 + [None] * 3)["groupes"] == [["a", 20]]
    assert tell_sets([["a", "b"]] * 12 + [[]] * 30) == {
        "n": 42, "groupes": [["a", 12], ["b", 12]], "reste": 30,
    }  # fmt: skip
    rows = tell_pairs([("x", "oui")] * 15 + [("x", "non")] * 12 + [("y", "oui")] * 11)
    assert ["", "", 38] in rows
    assert min(n for *_, n in rows) >= 11


def test_l_extrait_ne_dit_rien_d_un_seul_menage() -> None:
    """Ten homes: not a vote, not a decision, not which exception; eleven: sums only."""
    made = _extrait(*[point(exception="DALO_PREFET", decisions=("attribution",))] * 10)
    words = json.dumps(made)
    assert made["votes"] is None
    assert (made["decisions"]["n"], made["exceptions"]["n"]) == (None, None)
    assert not [word for word in ("DALO", "plus", 'attribution"', "PREFET") if word in words]
    assert made["logements"][0]["trois_dossiers"] is False

    full = _extrait(*[point()] * 11)
    assert full["votes"] == {"oui": 55, "non": 11, "abstentions": 0}
    assert full["decisions"] == {
        "n": 33, "groupes": [["attribution_rang", 22], ["non_attribution", 11]], "reste": 0,
    }  # fmt: skip
    assert full["financements"]["groupes"] == [["plus", 11]]


@pytest.mark.parametrize(
    ("semblables", "voisins", "dit"),
    [(11, 40, (COMMUNE, "t3")), (10, 40, (COMMUNE, None)), (2, 9, (None, None))],
)
def test_un_logement_qui_se_reconnait_n_est_pas_situe(
    semblables: int, voisins: int, dit: tuple[str | None, str | None]
) -> None:
    (home,) = _extrait(point(semblables=semblables, voisins=voisins))["logements"]
    assert (home["commune"], home["typologie"]) == dit
    assert set(home) == {"commune", "typologie", "issue", "motif", "quorum", "trois_dossiers"}


@pytest.mark.django_db
def test_une_grande_seance_dit_ses_comptes(client: Client) -> None:
    owner = creer_organisme()
    publie_commission(owner, aujourdhui())
    words = texte(arbre(client.get(f"/commissions/{owner.siren}/2")))
    assert "PLAI, le plus social" in words
    assert "Urgence survenue depuis le calcul" in words
    assert re.search(r"voix pour\.\s*150", words)
    small = texte(arbre(client.get(f"/commissions/{owner.siren}/1")))
    assert "Non examiné : quorum non atteint" in small
    assert small.count("calcul masqué") >= 3
    listed = texte(arbre(client.get("/commissions")))
    assert owner.nom in listed


@pytest.fixture
def monde() -> Monde:
    """A session that is over and signed, one to come, eleven homes of the landlord."""
    found = Monde()
    point = found.decide()
    Logement.objects.bulk_create(
        Logement(identifiant=f"V{k}", organisme=found.bailleur, commune_code=COMMUNE, typologie="T3")
        for k in range(10)
    )
    found.signe(point.seance)
    found.seance(dt.date(2027, 1, 12), "distance")
    return found


@pytest.mark.django_db
def test_la_commission_d_un_bailleur(monde: Monde, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    done = publier_seances(maintenant=a(JOUR))
    assert (done.seances, done.extraits) == (2, 1)
    siren = monde.bailleur.siren
    monkeypatch.setattr("palier.web.apps.public.views.commissions.aujourdhui", lambda: JOUR)

    words = texte(arbre(client.get("/commissions")))
    assert monde.bailleur.nom in words
    assert "mardi 12 janvier 2027" in words

    words = texte(arbre(client.get(f"/commissions/{siren}")))
    assert "au moins 3 des six membres du bailleur" in words
    assert "ne compte pas pour le quorum" in words
    assert "aussi se réunir à distance, ou par écrit" in words
    assert "délibération inventée" in words
    assert "À distance" in words

    page = client.get(f"/commissions/{siren}/1")
    words = texte(arbre(page))
    assert "T3" in words
    assert "3 pour 3 requis" in words
    assert words.count("Calcul masqué : moins de onze en tout.") == 4
    with monde.voir():
        minutes = Pv.objects.get()
        people = list(Candidature.objects.values_list("numero_unique", "pk", "demande_id", "vacance_id"))
    told = "".join(
        client.get(address).content.decode()
        for address in (f"/commissions/{siren}", f"/commissions/{siren}/1", "/commissions.json",
                        "/commissions.csv", "/commissions.atom")
    )  # fmt: skip
    assert minutes.empreinte in told
    assert not [word for row in people for word in row if str(word) in told]
    assert not [m for m in monde.membres if str(m.pk) in told]

    for address in ("/commissions/000000000", f"/commissions/{siren}/2", f"/commissions/{siren}?avant=x"):
        assert client.get(address).status_code == 404
    assert client.get("/commissions.json?bailleur=000000000").status_code == 404


@pytest.mark.django_db
def test_chacun_recalcule_la_chaine_des_extraits(monde: Monde, client: Client) -> None:
    """Two sessions; the hash of each extract follows from the JSON alone."""
    publier_seances(maintenant=a(JOUR))
    with monde.voir():
        second = Seance.objects.get(numero=2)
        Pv.objects.create(
            seance=second, bailleur=monde.bailleur, numero=2, contenu={"numero": 2},
            precedent=Pv.objects.get(numero=1).empreinte, empreinte="b" * 64,
            signe_par=monde.membres[0], signe_le=a(dt.date(2027, 1, 12)),
        )  # fmt: skip
    assert publier_seances(maintenant=a(JOUR)).extraits == 1
    rows = client.get("/commissions.json").json()["extraits"]
    before = ("", "")
    for row in rows:
        text = json.dumps(row["extrait"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(f"{before[0]}\n{text}".encode()).hexdigest() == row["empreinte_extrait"]
        assert row["pv"]["precedent"] == before[1]
        before = (row["empreinte_extrait"], row["pv"]["empreinte"])
    assert len(rows) == 2


@pytest.mark.django_db
def test_un_extrait_s_ecrit_une_fois(monde: Monde) -> None:
    tasks.publier_seances(0)
    kept = SeancePubliee.objects.get(etat="signee")
    Logement.objects.filter(identifiant__startswith="V").delete()  # would hide the size now
    again = publier_seances(maintenant=a(JOUR))
    assert (again.seances, again.extraits) == (0, 0)
    assert SeancePubliee.objects.get(pk=kept.pk).extrait == kept.extrait
    assert Evenement.objects.filter(verbe="commission.publier").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        SeancePubliee.objects.filter(pk=kept.pk).update(empreinte="")


@pytest.mark.django_db
def test_les_pages_publiques_ne_lisent_aucune_table_de_personnes(monde: Monde, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    publier_seances(maintenant=a(JOUR))
    siren = monde.bailleur.siren
    with (
        perimetre(),
        CaptureQueriesContext(
            connection,
        ) as seen,
    ):
        for address in (
            "/commissions",
            f"/commissions/{siren}",
            f"/commissions/{siren}/1",
            "/commissions.json",
        ):
            assert client.get(address).status_code == 200
    asked = " ".join(query["sql"] for query in seen.captured_queries)
    closed = ("demandes_", "candidature", "decision", "pointseance", "attributions_seance", "attributions_pv")
    assert "public_seancepubliee" in asked
    assert not [table for table in closed if table in asked]
