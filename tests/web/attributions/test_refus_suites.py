"""Offers, answers, leases: what the law forbids is refused, with its reasons, and writes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from palier.engines.commission import Mandat
from palier.web.apps.attributions.models import Candidature, PointSeance
from palier.web.apps.attributions.operations import (
    baux,
    horloge,
    seances,
    suites,
)
from palier.web.apps.attributions.operations.points import Choix
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Demande
from tests.web.attributions.outils import (
    AFTER,
    LAST,
    SENT,
    SESSION,
    Monde,
    a,
    refuse,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


def _bail(monde: Monde, candidature: Candidature, **plus: Any) -> object:
    given = {"signe_le": LAST, "reference": "B", "identite_verifiee": True, "au": LAST, **plus}
    return baux.signer_bail(acteur=monde.agent, candidature=candidature.pk, maintenant=a(LAST), **given)


def test_pla_o5_une_offre_de_neuf_jours_et_le_tour_des_rangs(monde: Monde) -> None:
    point = monde.decide(rangs=2)
    with refuse("CAL-007"):
        monde.envoie(point, monde.numeros[0], jours=9)
    with refuse("COM-062"):
        monde.envoie(point, monde.numeros[1])
    with refuse("COM-020"):
        monde.envoie(point, monde.numeros[2])
    assert monde.envoie(point, monde.numeros[0], jours=15).limite == dt.date(2026, 12, 28)


def test_pla_o28_le_dernier_jour_appartient_a_la_personne(monde: Monde) -> None:
    offer = monde.envoie(monde.decide(), monde.numeros[0])
    clock = horloge.horloge(monde.bailleur.pk)
    with refuse("COM-067"):
        horloge.echoir(acteur=clock, proposition=offer.pk, au=LAST, maintenant=a(LAST))
    with refuse("ATR-001"):
        horloge.echoir(
            acteur=Acteur("x", "reservataire", (monde.bailleur.pk,)), proposition=offer.pk, au=AFTER,
            maintenant=a(AFTER),
        )  # fmt: skip
    with refuse("COM-022"):
        horloge.echoir(acteur=monde.agent, proposition=offer.pk, au=AFTER, maintenant=a(AFTER))
    assert monde.repond(offer, "oui", LAST) is None


def test_entree_40_reponses_qui_ne_comptent_pas(monde: Monde) -> None:
    point = monde.decide()
    offer = monde.envoie(point, monde.numeros[0])
    with refuse("COM-064"):
        monde.repond(offer, "oui", AFTER)
    with refuse("ATR-023"):
        monde.repond(offer, "oui", LAST, au=SENT)
    with refuse("ATR-023"):
        monde.repond(offer, "oui", SENT, canal="pigeon")
    chosen = monde.candidatures(point)[monde.numeros[0]]
    for mandat in (
        None,
        Mandat(frozenset({"lire"}), LAST),
        Mandat(frozenset({"repondre_offre"}), SESSION),
        Mandat(frozenset({"repondre_offre"}), LAST, SENT),
    ):
        adviser = Acteur("conseil", "accompagnant", demandes=(chosen.demande_id,), mandat=mandat)
        with refuse("COM-065"):
            monde.repond(offer, "oui", SENT, adviser, "ecran")
    assert monde.etat(offer) == "en_cours"


def test_une_reception_plus_tardive_rend_le_delai_entier(monde: Monde) -> None:
    offer = monde.envoie(monde.decide(), monde.numeros[0])
    later = dt.date(2026, 12, 16)
    done = suites.dater_reception(acteur=monde.agent, proposition=offer.pk, recue_le=later)
    assert done.limite == dt.date(2026, 12, 28)
    with refuse("ATR-022"):
        suites.dater_reception(acteur=monde.agent, proposition=offer.pk, recue_le=SENT)


def test_entree_39_baux_impossibles(monde: Monde) -> None:
    point = monde.decide()
    first, second, third = (monde.candidatures(point)[n] for n in monde.numeros[:3])
    with refuse("COM-020"):
        _bail(monde, first)
    offer = monde.envoie(point, monde.numeros[0])
    with refuse("COM-020"):
        _bail(monde, first)
    monde.repond(offer, "oui", LAST)
    with refuse("COM-020"):
        _bail(monde, second)
    with refuse("COM-061", "COM-072"):
        _bail(monde, first, numero="067012600000167GR1")
    with refuse("COM-072"):
        _bail(monde, first, signe_le=SESSION - dt.timedelta(days=1))
    with refuse("COM-071"):
        _bail(monde, first, identite_verifiee=False)
    with refuse("DEM-012"):
        _bail(monde, first, reference=" ")
    assert monde.etat(third) == "non_attribution"


def _conditional(monde: Monde) -> PointSeance:
    point = monde.examen()
    files = monde.candidatures(point)
    first, second, third = monde.numeros[:3]
    monde.vote(
        point,
        [
            Choix(files[first].pk, "attribution_condition", rang=1, piece="avis_imposition", limite=LAST),
            Choix(files[second].pk, "attribution_rang", rang=2),
            Choix(files[third].pk, "non_attribution", motifs={"DETTE": {}}),
        ],
    )
    monde.clot(point)
    seances.clore(acteur=monde.president, seance=point.seance_id, maintenant=a(SESSION, 12))
    monde.repond(monde.envoie(point, first), "oui", SENT)
    return point


def test_pla_o30_la_piece_recue_le_dernier_jour_oblige_le_bailleur(monde: Monde) -> None:
    point = _conditional(monde)
    chosen = monde.candidatures(point)[monde.numeros[0]]
    with refuse("COM-070"):
        _bail(monde, chosen)
    suites.recevoir_piece(acteur=monde.agent, candidature=chosen.pk, le=LAST, maintenant=a(LAST))
    with refuse("COM-073"):
        suites.rendre_caduque(acteur=monde.agent, candidature=chosen.pk, au=AFTER, maintenant=a(AFTER))
    assert horloge.passer(bailleur=monde.bailleur.pk, au=AFTER, maintenant=a(AFTER)).caducites == 0
    _bail(monde, chosen)
    assert monde.etats(point) == ["bail", "caduque", "non_attribution"]


def test_sans_la_piece_l_attribution_tombe_le_lendemain(monde: Monde) -> None:
    point = _conditional(monde)
    assert horloge.passer(bailleur=monde.bailleur.pk, au=LAST, maintenant=a(LAST)).caducites == 0
    assert horloge.passer(bailleur=monde.bailleur.pk, au=AFTER, maintenant=a(AFTER)).caducites == 1
    assert monde.etats(point) == ["caduque", "offre_envoyee", "non_attribution"]
    assert monde.etat(point.vacance) == "attribuee"


def test_une_radiation_rend_caduque(monde: Monde) -> None:
    point = monde.decide()
    with monde.voir():
        Demande.objects.filter(numero_unique=monde.numeros[0]).update(
            statut="radiee", motif_radiation="renoncement"
        )
    monde.envoie(point, monde.numeros[0])
    assert horloge.passer(bailleur=monde.bailleur.pk, au=SENT, maintenant=a(SENT)).caducites == 1
    assert monde.etats(point) == ["caduque", "offre_envoyee", "non_attribution"]
