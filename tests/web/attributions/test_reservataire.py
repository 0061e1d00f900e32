"""What a réservataire does: proposes while it holds the home, withdraws, gives back, delegates."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ObjectDoesNotExist

from palier.web.apps.attributions.models import Orientation
from palier.web.apps.attributions.operations import candidats, delegations, vacances
from palier.web.apps.attributions.rules import Acteur
from tests.web.attributions.outils import CALLED, PROPOSED, TOLD, Monde, a, refuse
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db
UN = dt.timedelta(days=1)


@pytest.fixture
def monde() -> Monde:
    return Monde()


def _chef(monde: Monde) -> Acteur:
    return Acteur("chef", "reservataire_chef", (monde.reservataire.pk,))


def test_il_rend_un_logement_avant_le_terme(monde: Monde) -> None:
    home = monde.orientee()
    vacances.rendre(acteur=monde.res, vacance=home.pk, au=PROPOSED, maintenant=a(PROPOSED))
    assert monde.etat(home) == "reprise_bailleur"
    with monde.voir():
        held = Orientation.objects.get(vacance=home)
        assert (held.renoncee_le, held.en_cours) == (PROPOSED, False)
    with refuse("ATR-206"):
        vacances.rendre(acteur=monde.res, vacance=home.pk, au=PROPOSED, maintenant=a(PROPOSED))
    with refuse("ATR-206"):  # it still sees the home; it holds it no more
        monde.proposer(home, monde.numeros[0])
    assert monde.proposer(home, monde.numeros[0], monde.agent).etat == "eligible"
    stranger = Monde.personne("reservataire", creer_organisme("reservataire"))
    with pytest.raises(ObjectDoesNotExist):
        vacances.rendre(acteur=stranger, vacance=home.pk, au=PROPOSED, maintenant=a(PROPOSED))


def test_il_ne_rend_plus_un_logement_pour_lequel_il_a_propose(monde: Monde) -> None:
    home = monde.orientee()
    monde.proposer(home, monde.numeros[0])
    with refuse("COM-020"):
        vacances.rendre(acteur=monde.res, vacance=home.pk, au=PROPOSED, maintenant=a(PROPOSED))


def test_il_retire_son_candidat_avant_l_ordre_du_jour_pas_apres(monde: Monde) -> None:
    point = monde.inscrit()
    listed = monde.candidatures(point)[monde.numeros[0]]
    with refuse("COM-022"):
        candidats.retirer(acteur=monde.res, candidature=listed.pk, au=CALLED, maintenant=a(CALLED))
    home = monde.orientee()
    mine = monde.proposer(home, monde.numeros[3])
    theirs = monde.proposer(home, monde.numeros[4], monde.agent)
    candidats.retirer(acteur=monde.res, candidature=mine.pk, au=PROPOSED, maintenant=a(PROPOSED))
    assert monde.etat(mine) == "retiree"
    with pytest.raises(ObjectDoesNotExist):
        candidats.retirer(acteur=monde.res, candidature=theirs.pk, au=PROPOSED, maintenant=a(PROPOSED))


def test_une_delegation_fait_proposer_le_bailleur_en_son_nom(monde: Monde) -> None:
    home = monde.orientee()
    alone = monde.proposer(home, monde.numeros[0], monde.agent)
    assert monde.etat(home) == "orientee"  # a landlord alone does not answer in its place
    assert alone.proposee_par_id == monde.bailleur.pk
    given = delegations.deleguer(
        acteur=_chef(monde), convention=monde.convention.pk, du=TOLD, au=PROPOSED, aujourdhui=TOLD,
        maintenant=a(TOLD),
    )  # fmt: skip
    made = monde.proposer(home, monde.numeros[1], monde.agent)
    assert made.proposee_par_id == monde.reservataire.pk
    assert set(made.organismes) == {monde.bailleur.pk, monde.reservataire.pk}
    assert monde.etat(home) == "candidats_recus"
    delegations.finir(acteur=_chef(monde), delegation=given.pk, aujourdhui=PROPOSED - UN)
    after = monde.proposer(home, monde.numeros[2], monde.agent)
    assert after.proposee_par_id == monde.bailleur.pk


@pytest.mark.parametrize(
    ("du", "au", "code"),
    [
        (TOLD - UN, TOLD, "ATR-207"),
        (PROPOSED, TOLD, "ATR-207"),
        (PROPOSED + 2 * UN, PROPOSED + dt.timedelta(days=1200), "ATR-207"),
        (PROPOSED, PROPOSED, "ATR-208"),
    ],
)
def test_une_delegation_a_ses_bornes(monde: Monde, du: dt.date, au: dt.date, code: str) -> None:
    known = {"acteur": _chef(monde), "convention": monde.convention.pk, "aujourdhui": TOLD}
    delegations.deleguer(**known, du=PROPOSED, au=PROPOSED + UN, maintenant=a(TOLD))
    with refuse(code):
        delegations.deleguer(**known, du=du, au=au, maintenant=a(TOLD))
    with refuse("ATR-001"):
        delegations.deleguer(**known | {"acteur": monde.res}, du=du, au=au, maintenant=a(TOLD))
    other = Acteur("x", "reservataire_chef", (creer_organisme("reservataire").pk,))
    with pytest.raises(ObjectDoesNotExist):
        delegations.deleguer(**known | {"acteur": other}, du=du, au=au, maintenant=a(TOLD))
