"""The whole path, from a notice to a lease: silence of rank 1, offer to rank 2, removal, minutes, journal."""

from __future__ import annotations

import datetime as dt

import pytest

from palier.engines.commission import seal
from palier.web.apps.attributions.models import Bail, Candidature, Orientation, Pv, Vacance
from palier.web.apps.attributions.operations import baux, horloge, suites
from palier.web.apps.demandes.models import Demande, EvenementDemande
from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.queries import verify
from tests.web.attributions.outils import AFTER, LAST, SENT, SESSION, Monde, a, demandeur

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


def test_du_conge_au_bail(monde: Monde) -> None:
    point = monde.decide(rangs=2)
    first, second, third = monde.numeros[:3]
    assert monde.etats(point) == ["attribution_rang", "attribution_rang", "non_attribution"]
    minutes = monde.signe(point.seance)
    assert seal(minutes.contenu, "") == minutes.empreinte
    for decision in monde.decisions(point):
        suites.notifier(acteur=monde.agent, decision=decision.pk, remise_le=SENT, preuve="LR 1")

    offer = monde.envoie(point, first)
    assert (offer.limite, offer.ouvert_le) == (LAST, AFTER)
    assert horloge.passer(bailleur=monde.bailleur.pk, au=LAST, maintenant=a(LAST)).silences == 0
    done = horloge.passer(bailleur=monde.bailleur.pk, au=AFTER, maintenant=a(AFTER, 0))
    assert done.silences == 1
    assert monde.etats(point) == ["rang_suivant", "offre_envoyee", "non_attribution"]
    with monde.voir():
        following = Candidature.objects.get(numero_unique=second).propositions.get()
    assert (following.rang, following.recue_le, following.limite) == (2, AFTER, dt.date(2027, 1, 4))
    again = horloge.passer(bailleur=monde.bailleur.pk, au=AFTER, maintenant=a(AFTER, 1))
    assert (again.silences, again.caducites) == (0, 0)

    chosen = monde.candidatures(point)[second]
    monde.repond(following, "oui", AFTER, demandeur(chosen), "ecran")
    assert monde.etat(point.vacance) == "acceptee"
    signed = dt.date(2026, 12, 29)
    baux.signer_bail(
        acteur=monde.agent, candidature=chosen.pk, signe_le=signed, reference="B 12",
        identite_verifiee=True, au=signed, maintenant=a(signed),
    )  # fmt: skip
    assert monde.etat(point.vacance) == "bail_signe"
    assert monde.etats(point) == ["rang_suivant", "bail", "non_attribution"]
    with monde.voir():
        housed = Demande.objects.get(numero_unique=second)
        assert (housed.statut, housed.motif_radiation, housed.radiee_le) == (
            "attribuee",
            "attribution",
            signed,
        )
        assert EvenementDemande.objects.filter(
            demande__numero_unique=first, evenement_type="offre_refusee"
        ).exists()
        assert Bail.objects.get().candidature_id == chosen.pk
        assert Pv.objects.count() == 1
        assert Orientation.objects.get().convention_id == monde.convention.pk
    verbs = list(Evenement.objects.order_by("pk").values_list("verbe", flat=True))
    assert verbs[-1] == "bail.signer"
    assert {"vacance.ouvrir", "vacance.orienter", "seance.convoquer", "point.clore", "pv.signer",
            "proposition.sans_reponse", "proposition.acceptee.ecran", "demande.radier.attribution"
    } <= set(verbs)  # fmt: skip
    assert verify().rompue is None
    assert third in monde.numeros


def test_un_refus_appelle_le_rang_suivant_puis_une_nouvelle_recherche(monde: Monde) -> None:
    point = monde.decide(rangs=2)
    offer = monde.envoie(point, monde.numeros[0])
    second = monde.repond(offer, "non", SENT, canal="papier")
    assert second is not None
    assert second.rang == 2
    assert second.saisi_par == ""
    assert monde.repond(second, "non", SENT) is None
    assert monde.etat(point.vacance) == "qualifiee"
    assert monde.etats(point) == ["rang_suivant", "refusee", "non_attribution"]


def test_l_accepte_qui_se_retire_laisse_le_rang_suivant(monde: Monde) -> None:
    from palier.web.apps.attributions.operations.candidats import retirer

    point = monde.decide(rangs=2)
    offer = monde.envoie(point, monde.numeros[0])
    monde.repond(offer, "oui", SENT)
    chosen = monde.candidatures(point)[monde.numeros[0]]
    following = retirer(acteur=demandeur(chosen), candidature=chosen.pk, au=LAST, maintenant=a(LAST))
    assert following is not None
    assert following.rang == 2
    assert monde.etats(point) == ["retiree", "offre_envoyee", "non_attribution"]
    assert monde.etat(point.vacance) == "attribuee"


def test_un_bail_libere_les_autres_logements_du_menage(monde: Monde) -> None:
    """Two homes give the same household; the lease of one calls the next rank of the other."""
    first, second = monde.numeros[:2]
    points = []
    session = monde.seance()
    for _ in range(2):
        points.append(monde.inscrit(3, session))
    monde.ouvre(session)
    for point in points:
        monde.vote(point, monde.rangs(point, first, second))
        monde.clot(point)
    offers = [monde.envoie(point, first) for point in points]
    for offer in offers:
        monde.repond(offer, "oui", SENT)
    chosen = monde.candidatures(points[0])[first]
    baux.signer_bail(
        acteur=monde.agent, candidature=chosen.pk, signe_le=LAST, reference="B 1", identite_verifiee=True,
        au=LAST, maintenant=a(LAST),
    )  # fmt: skip
    assert monde.etats(points[0]) == ["bail", "caduque", "non_attribution"]
    assert monde.etats(points[1]) == ["caduque", "offre_envoyee", "non_attribution"]
    assert monde.etat(points[1].vacance) == "attribuee"


def test_sans_attribution_le_logement_retourne_a_la_recherche(monde: Monde) -> None:
    point = monde.examen()
    monde.vote(point, monde.rangs(point))
    assert monde.clot(point).attributaires == ()
    assert monde.etat(point.vacance) == "qualifiee"
    with monde.voir():
        assert not Orientation.objects.filter(vacance_id=point.vacance_id, en_cours=True).exists()


def test_le_reservataire_qui_tarde_rend_le_logement(monde: Monde) -> None:
    home = monde.orientee()
    for day, count in ((dt.date(2026, 11, 12), 0), (dt.date(2026, 11, 13), 1), (SESSION, 0)):
        done = horloge.passer(bailleur=monde.bailleur.pk, au=day, maintenant=a(day))
        assert done.reprises == count
    with monde.voir():
        assert Vacance.objects.get(pk=home.pk).etat == "reprise_bailleur"
