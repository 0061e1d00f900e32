"""Sessions: what the law forbids is refused, with its reasons, and writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from palier.engines.commission import EcartOrdre
from palier.web.apps.attributions.models import PointSeance
from palier.web.apps.attributions.operations import (
    points,
    pv,
    seances,
)
from palier.web.apps.attributions.operations.points import Choix
from palier.web.apps.attributions.rules import Acteur
from tests.web.attributions.outils import (
    CALLED,
    LAST,
    SESSION,
    Monde,
    a,
    refuse,
    reglement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


def test_convoquer_trop_tard_ouvrir_un_autre_jour_inscrire_apres(monde: Monde) -> None:
    point = monde.inscrit()
    who = {"acteur": monde.agent, "seance": point.seance_id}
    with refuse("COM-080"):
        seances.convoquer(**who, au=SESSION - dt.timedelta(days=2))
    seances.convoquer(**who, au=CALLED)
    with refuse("ATR-011"):
        seances.inscrire(**who, vacance=point.vacance_id, maintenant=a(CALLED))
    with refuse("COM-084"):
        seances.ouvrir(acteur=monde.president, seance=point.seance_id, au=CALLED, maintenant=a(CALLED))
    with refuse("COM-022"):
        seances.ouvrir(**who, au=SESSION, maintenant=a(SESSION))


def test_entree_42_le_reglement_change_apres_la_convocation(monde: Monde) -> None:
    point = monde.inscrit()
    seances.convoquer(acteur=monde.agent, seance=point.seance_id, au=CALLED)
    new = reglement(monde.bailleur, **{"min: 3": "min: 4", "2026-01-01": "2026-12-01"})
    seances.adopter_reglement(acteur=monde.admin, texte=new, origine="essai")
    with refuse("COM-082"):
        seances.ouvrir(acteur=monde.president, seance=point.seance_id, au=SESSION, maintenant=a(SESSION))


def test_pla_o11_sans_quorum_le_point_revient(monde: Monde) -> None:
    point = monde.examen()
    there = [m.pk for m in monde.membres[:2]] + [monde.maire.pk]
    monde.pointe(point, there)
    made = monde.clot(point)
    assert (made.examine, made.quorum.comptes, made.quorum.requis) == (False, 2, 3)
    assert set(monde.etats(point)) == {"inscrite"}
    with monde.voir():
        kept = PointSeance.objects.get(pk=point.pk)
    assert (kept.etat, kept.motif_non_examen) == ("non_examine", "quorum")
    again = seances.inscrire(
        acteur=monde.agent, seance=monde.seance(dt.date(2027, 1, 12)).pk, vacance=point.vacance_id,
        maintenant=a(LAST),
    )  # fmt: skip
    assert again.etat == "a_examiner"


def test_pla_o13_o14_le_maire_tranche_un_partage(monde: Monde) -> None:
    point = monde.examen()
    monde.vote(point, monde.rangs(point, monde.numeros[0]), oui=2, non=2, presents=4)
    made = monde.clot(point)
    assert made.vote is not None
    assert (made.vote.adopte, made.vote.departage) == (False, "aucun")
    assert monde.etat(point.vacance) == "inscrite"
    with monde.voir():
        assert PointSeance.objects.get(pk=point.pk).tour == 2
    monde.pointe(point, [monde.maire.pk])
    for membre, sens in zip(monde.membres[:3], ("oui", "non", "non"), strict=True):
        monde.voter(point, membre.pk, sens)
    monde.voter(point, monde.maire.pk)
    assert monde.clot(point).vote.departage == "maire"  # type: ignore[union-attr]  # it was voted
    assert monde.etat(point.vacance) == "attribuee"


def test_pla_o15_le_maire_d_une_autre_commune_ne_vote_pas(monde: Monde) -> None:
    point = monde.examen()
    monde.pointe(point, [monde.maire_ailleurs.pk])
    with refuse("COM-110"):
        monde.voter(point, monde.maire_ailleurs.pk)


def test_pla_o16_un_interet_fait_sortir(monde: Monde) -> None:
    point = monde.examen()
    monde.pointe(point, [m.pk for m in monde.membres[:2]])
    monde.pointe(point, [monde.membres[2].pk], interet="parent")
    with refuse("COM-112"):
        monde.voter(point, monde.membres[2].pk)
    assert monde.clot(point).examine is False


def test_pla_o18_un_reservataire_n_a_qu_un_avis(monde: Monde) -> None:
    seat = monde.membre("reservataire", monde.reservataire.siren)
    point = monde.examen()
    monde.pointe(point, [seat.pk])
    with refuse("COM-110"):
        monde.voter(point, seat.pk)


def test_pla_o48_un_agent_ne_vote_pas_et_nul_ne_vote_pour_un_autre(monde: Monde) -> None:
    point = monde.examen()
    monde.pointe(point, [m.pk for m in monde.membres[:3]])

    def cast(acteur: Acteur, membre: int) -> object:
        return points.voter(
            acteur=acteur, point=point.pk, membre=monde.membres[membre].pk, sens="oui", maintenant=a(SESSION)
        )

    with refuse("ATR-001"):
        cast(monde.agent, 0)
    with refuse("ATR-013"):
        cast(monde.siege(monde.membres[1]), 2)
    cast(monde.siege(monde.membres[1]), 1)
    with refuse("COM-113"):
        cast(monde.siege(monde.membres[1]), 1)
    with refuse("ATR-001"):
        points.clore_point(acteur=monde.agent, point=point.pk, maintenant=a(SESSION))


@pytest.mark.parametrize(
    ("choix", "codes"),
    [
        (lambda f, n: [Choix(f[n[0]].pk, "attribution_rang", rang=1),
                       Choix(f[n[1]].pk, "attribution_rang", rang=3),
                       Choix(f[n[2]].pk, "non_attribution", motifs={"DETTE": {}})], {"COM-093"}),
        (lambda f, n: [Choix(f[n[0]].pk, "attribution"), Choix(f[n[1]].pk, "attribution"),
                       Choix(f[n[2]].pk, "non_attribution", motifs={"DETTE": {}})], {"COM-092"}),
        (lambda f, n: [Choix(f[k].pk, "non_attribution") for k in n], {"COM-096"}),
        (lambda f, n: [Choix(f[n[0]].pk, "attribution")], {"COM-090"}),
        (lambda f, n: [Choix(f[k].pk, "non_attribution", motifs={"AUTRE": {}}) for k in n], {"COM-099"}),
        (lambda f, n: [Choix(f[k].pk, "non_attribution", motifs={"TETE": {}}) for k in n], {"COM-097"}),
        (lambda f, n: [Choix(f[n[0]].pk, "attribution_condition", piece="photo", limite=LAST),
                       *(Choix(f[k].pk, "non_attribution", motifs={"DETTE": {}}) for k in n[1:])],
         {"COM-095"}),
    ],
    ids=["PLA-O27 rangs 1 et 3", "entree 38 deux attributions", "PLA-O31 refus sans motif",
         "entree 38 un candidat sans decision", "entree 44 autre seul", "entree 44 motif inconnu",
         "PLA-O29 piece hors liste"],
)  # fmt: skip
def test_une_proposition_que_la_loi_refuse(
    monde: Monde, choix: Callable[[Any, Any], list[Choix]], codes: set[str]
) -> None:
    point = monde.examen()
    monde.vote(point, choix(monde.candidatures(point), monde.numeros[:3]))
    with refuse(*codes):
        monde.clot(point)
    assert set(monde.etats(point)) == {"inscrite"}
    assert {d.etat for d in monde.decisions(point)} == {"proposee"}


def test_pla_o34_ajourner_n_est_pas_une_decision(monde: Monde) -> None:
    point = monde.examen()
    files = monde.candidatures(point)
    with refuse("COM-091"):
        points.proposer_decisions(
            acteur=monde.agent, point=point.pk, choix=[Choix(c.pk, "ajourne") for c in files.values()]
        )
    with refuse("ATR-016"):
        points.non_examiner(acteur=monde.president, point=point.pk, motif="ajourne", maintenant=a(SESSION))
    points.non_examiner(acteur=monde.president, point=point.pk, motif="piece", maintenant=a(SESSION))
    assert monde.etat(point.vacance) == "inscrite"


def test_un_ecart_a_l_ordre_se_motive(monde: Monde) -> None:
    point = monde.examen()
    with monde.voir():
        PointSeance.objects.filter(pk=point.pk).update(ordre=monde.numeros[:3])
    choix = monde.rangs(point, monde.numeros[1], monde.numeros[0])
    monde.vote(point, choix)
    with refuse("COM-102"):
        monde.clot(point)
    why = EcartOrdre(monde.numeros[0], "URGENCE", "perte du logement le 1er décembre")
    points.proposer_decisions(acteur=monde.agent, point=point.pk, choix=choix, ecarts=[why])
    assert monde.clot(point).ecarts == (why,)


def test_une_seance_ne_se_clot_ni_ne_se_signe_avant_l_heure(monde: Monde) -> None:
    point = monde.examen()
    who = {"acteur": monde.president, "seance": point.seance_id}
    with refuse("COM-085"):
        seances.clore(**who, maintenant=a(SESSION))
    with refuse("COM-020"):
        pv.signer_pv(**who, au=SESSION, maintenant=a(SESSION))
    seances.suspendre(**who, au=SESSION, maintenant=a(SESSION))
    monde.pointe(point, [monde.membres[0].pk])
    with refuse("ATR-014"):
        monde.voter(point, monde.membres[0].pk)
    with refuse("COM-020"):
        seances.annuler(acteur=monde.agent, seance=point.seance_id, motif="trop tard")
