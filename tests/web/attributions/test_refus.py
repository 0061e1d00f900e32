"""Homes and candidates: what the law forbids is refused, with its reasons, and writes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from palier.web.apps.attributions.models import Convention, PointSeance, Vacance
from palier.web.apps.attributions.operations import (
    candidats,
    points,
    seances,
    vacances,
)
from palier.web.apps.attributions.operations.points import Choix
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Demande
from tests.web.attributions.outils import (
    CALLED,
    CONGE,
    DECRIT,
    FIN,
    LAST,
    PROPOSED,
    SESSION,
    TOLD,
    Monde,
    a,
    refuse,
)
from tests.web.demandes.outils import TERRITOIRE

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


def test_une_seule_vacance_par_logement(monde: Monde) -> None:
    home = monde.vacance()
    with refuse("COM-031"):
        vacances.recevoir_conge(
            acteur=monde.agent, logement=home.logement_id, territoire=TERRITOIRE, conge_le=CONGE,
            bail_fin=FIN, maintenant=a(CONGE),
        )  # fmt: skip
    home.pk = None
    with monde.voir(), pytest.raises(IntegrityError), transaction.atomic():
        Vacance.objects.create(**{f.attname: getattr(home, f.attname) for f in Vacance._meta.fields[1:]})


def test_un_conge_apres_la_fin_du_bail(monde: Monde) -> None:
    home = monde.vacance()
    vacances.retirer_vacance(
        acteur=monde.admin, vacance=home.pk, motif="erreur", au=CONGE, maintenant=a(CONGE)
    )
    with refuse("COM-030"):
        vacances.recevoir_conge(
            acteur=monde.agent, logement=home.logement_id, territoire=TERRITOIRE, conge_le=FIN,
            bail_fin=CONGE, maintenant=a(CONGE),
        )  # fmt: skip


def test_un_logement_qui_n_est_pas_decrit(monde: Monde) -> None:
    home = monde.vacance()
    with monde.voir():
        Vacance.objects.filter(pk=home.pk).update(etat="conge_recu")
    missing = dict.fromkeys(("loyer_cent", "dpe_classe"))
    with refuse("COM-032"):
        vacances.qualifier(
            acteur=monde.agent, vacance=home.pk, description={**DECRIT, **missing}, maintenant=a(CONGE)
        )
    with refuse("ATR-002"):
        vacances.qualifier(
            acteur=monde.agent, vacance=home.pk, description={"couleur": "bleu"}, maintenant=a(CONGE)
        )


def test_un_logement_neuf_et_son_programme(monde: Monde) -> None:
    home = monde.vacance()
    vacances.retirer_vacance(
        acteur=monde.admin, vacance=home.pk, motif="travaux", au=CONGE, maintenant=a(CONGE)
    )

    def first(livraison: dt.date | None) -> Vacance:
        return vacances.ouvrir_programme(
            acteur=monde.agent, logement=home.logement_id, territoire=TERRITOIRE, livraison_le=livraison,
            description=DECRIT, maintenant=a(CONGE),
        )  # fmt: skip

    with refuse("COM-033"):
        first(None)
    assert first(FIN).etat == "qualifiee"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"au": dt.date(2026, 10, 11)}, "COM-034"), ({"communes": ["67218"]}, "COM-035")],
    ids=["entree 41 convention finie", "entree 41 hors du perimetre"],
)
def test_une_convention_qui_ne_donne_pas_ce_droit(monde: Monde, change: dict[str, Any], code: str) -> None:
    Convention.objects.filter(pk=monde.convention.pk).update(**change)
    home = monde.vacance()
    with refuse(code):
        vacances.orienter(
            acteur=monde.agent, vacance=home.pk, convention=monde.convention.pk, au=TOLD, maintenant=a(TOLD)
        )


def test_reprise_avant_le_terme_et_propositions_apres(monde: Monde) -> None:
    home, term = monde.orientee(), dt.date(2026, 11, 12)
    with refuse("COM-039"):
        vacances.reprendre(acteur=monde.agent, vacance=home.pk, au=term, maintenant=a(term))
    late = term + dt.timedelta(days=1)
    with refuse("COM-038"):
        candidats.proposer_candidat(
            acteur=monde.res, vacance=home.pk, numero=monde.numeros[0], au=late, maintenant=a(late)
        )
    assert monde.etat(home) == "orientee"


def test_retirer_un_logement(monde: Monde) -> None:
    point = monde.inscrit()

    def withdraw(acteur: Acteur, motif: str) -> object:
        return vacances.retirer_vacance(
            acteur=acteur, vacance=point.vacance_id, motif=motif, au=CALLED, maintenant=a(CALLED)
        )

    with refuse("COM-022"):
        withdraw(monde.agent, "vente")
    with refuse("COM-040"):
        withdraw(monde.admin, "envie")
    with refuse("ATR-003"):
        withdraw(monde.admin, "vente")
    seances.annuler(acteur=monde.agent, seance=point.seance_id, motif="salle fermée")
    withdraw(monde.admin, "vente")
    assert set(monde.etats(point)) == {"caduque"}
    with refuse("COM-020"):
        withdraw(monde.admin, "vente")


# --- Candidates -----------------------------------------------------------------------------------------


def test_pla_o20_deux_fois_la_meme_demande_n_en_font_pas_trois(monde: Monde) -> None:
    home = monde.orientee()
    for numero in monde.numeros[:2]:
        monde.proposer(home, numero)
    with refuse("ATR-006"):
        monde.proposer(home, monde.numeros[1])
    session = monde.seance()
    with refuse("COM-050"):
        seances.inscrire(acteur=monde.agent, seance=session.pk, vacance=home.pk, maintenant=a(CALLED))
    assert set(monde.etats(PointSeance(vacance=home))) == {"eligible"}


def test_une_regle_calculee_ecarte_et_le_dit(monde: Monde) -> None:
    from palier.web.apps.demandes.models import Argent

    with monde.voir():
        Argent.objects.filter(demande__numero_unique=monde.numeros[0]).update(
            rfr_n2_eur=250000, rfr_n1_eur=250000
        )
        Demande.objects.filter(numero_unique=monde.numeros[0]).update(nb_personnes=9)
    made = monde.proposer(monde.orientee(), monde.numeros[0])
    assert made.etat == "ecartee"
    assert {"plafond", "menage_trop_grand"} <= set(made.motifs_ecart)


def test_seul_l_etat_designe(monde: Monde) -> None:
    home = monde.orientee()
    with refuse("ATR-005"):
        monde.proposer(home, monde.numeros[0], designe_prefet=True)


def test_pla_o23_une_reconnaissance_dalo_n_est_pas_une_designation(monde: Monde) -> None:
    home = monde.orientee()
    with monde.voir():
        Demande.objects.filter(numero_unique=monde.numeros[0]).update(dalo="reconnu")
    monde.proposer(home, monde.numeros[0])
    with refuse("COM-050", "COM-052"):
        seances.inscrire(acteur=monde.agent, seance=monde.seance().pk, vacance=home.pk, maintenant=a(CALLED))


def test_pla_o22_un_seul_dossier_designe_par_le_prefet(monde: Monde) -> None:
    home = monde.orientee()
    with monde.voir():
        demande = Demande.objects.get(numero_unique=monde.numeros[0])
        demande.organismes = sorted({*demande.organismes, *monde.prefet.organismes})
        demande.save()
        Vacance.objects.filter(pk=home.pk).update(
            organismes=sorted({monde.bailleur.pk, monde.reservataire.pk, *monde.prefet.organismes})
        )
    monde.proposer(home, monde.numeros[0], monde.prefet, designe_prefet=True)
    with monde.voir():
        Vacance.objects.filter(pk=home.pk).update(etat="candidats_recus")
    made = seances.inscrire(
        acteur=monde.agent, seance=monde.seance().pk, vacance=home.pk, maintenant=a(CALLED)
    )
    assert monde.etat(made.vacance) == "inscrite"


def test_pla_o21_deux_dossiers_et_la_recherche_qui_le_prouve(monde: Monde) -> None:
    home = monde.orientee()
    search, found = candidats.rechercher(
        acteur=monde.agent, vacance=home.pk, seance_le=SESSION, signature_le=SESSION, maintenant=a(PROPOSED)
    )
    assert (search.n, search.eligibles) == (found.n, found.eligibles)
    assert sum(search.motifs.values()) >= search.n - search.eligibles
    for numero in monde.numeros[:2]:
        monde.proposer(home, numero)
    session = monde.seance()
    asked = {"acteur": monde.agent, "seance": session.pk, "vacance": home.pk, "maintenant": a(CALLED)}
    with refuse("COM-050", "COM-051"):
        seances.inscrire(**asked, recherche=search.pk)
    with monde.voir():
        Demande.objects.exclude(numero_unique__in=monde.numeros[:2]).update(localisations=["67218"])
        Demande.objects.update(accepte_autre_commune=False)
    search, _found = candidats.rechercher(
        acteur=monde.agent, vacance=home.pk, seance_le=SESSION, signature_le=SESSION, maintenant=a(CALLED)
    )
    assert search.eligibles == 2
    point = seances.inscrire(**asked, recherche=search.pk)
    assert sorted(point.ordre) == sorted(monde.numeros[:2])


def test_pla_o24_une_demande_expiree_la_veille(monde: Monde) -> None:
    def renewed(le: dt.date) -> None:
        with monde.voir():
            Demande.objects.filter(numero_unique=monde.numeros[2]).update(date_renouvellement=le)

    home = monde.orientee()
    for numero in monde.numeros[:3]:
        monde.proposer(home, numero)
    session = monde.seance()
    renewed(SESSION - dt.timedelta(days=366))
    asked = {"acteur": monde.agent, "seance": session.pk, "vacance": home.pk, "maintenant": a(CALLED)}
    with refuse("COM-042"):
        seances.inscrire(**asked)
    renewed(CALLED)
    point = seances.inscrire(**asked)
    renewed(SESSION - dt.timedelta(days=366))
    monde.ouvre(session)
    monde.vote(point, monde.rangs(point, monde.numeros[0])[:2])
    with refuse("COM-050"):
        monde.clot(point)


def test_pla_o25_un_candidat_se_retire_avant_l_ouverture(monde: Monde) -> None:
    point = monde.inscrit()
    gone = monde.candidatures(point)[monde.numeros[2]]
    candidats.retirer(acteur=monde.agent, candidature=gone.pk, au=CALLED, maintenant=a(CALLED))
    monde.ouvre(point.seance)
    left = monde.numeros[:2]
    files = monde.candidatures(point)
    monde.vote(point, [Choix(files[n].pk, "attribution_rang", rang=k) for k, n in enumerate(left, 1)])
    with refuse("COM-050", "COM-053"):
        monde.clot(point)
    points.non_examiner(acteur=monde.president, point=point.pk, motif="dossiers", maintenant=a(SESSION))
    assert monde.etat(point.vacance) == "inscrite"
    with refuse("COM-050"):
        seances.inscrire(
            acteur=monde.agent, seance=monde.seance(dt.date(2027, 1, 12)).pk, vacance=point.vacance_id,
            maintenant=a(LAST),
        )  # fmt: skip
