"""Who sees a candidacy: probed directly with the web role, then by each actor (PLA-O42 to O50)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction

from palier.web.apps.attributions.models import (
    Absence,
    Bulletin,
    Candidature,
    Proposition,
    Vacance,
    Visite,
)
from palier.web.apps.attributions.operations import candidats, horloge, seances, vacances
from palier.web.apps.attributions.queries import acteurs, dossiers
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import CALLED, CONGE, PROPOSED, SENT, SESSION, TOLD, Monde, a, demandeur
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db

TABLES = (
    "attributions_vacance", "attributions_orientation", "attributions_recherche", "attributions_candidature",
    "attributions_proposition", "attributions_bail", "attributions_decision", "attributions_seance",
    "attributions_pointseance", "attributions_presence", "attributions_bulletin", "attributions_pv",
    "attributions_courrier", "attributions_visite", "attributions_absence",
)  # fmt: skip
LIAISONS = ("attributions_abonnement", "attributions_livraison", "attributions_appelapi")
UN = dt.timedelta(days=1)


@pytest.fixture
def monde() -> Monde:
    return Monde()


def _compte(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


def test_chaque_table_est_sous_sa_regle(monde: Monde) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
            " AND relname LIKE 'attributions%'"
        )
        assert {name for (name,) in cursor.fetchall()} == {*TABLES, *LIAISONS}


#: Tables of the apps with persons that hold none: rights of organisms, texts, entries before any account.
SANS_DEMANDEUR = {
    "attributions_convention", "attributions_delegation", "attributions_membre", "attributions_reglement",
}  # fmt: skip


def test_aucune_table_a_personnes_n_est_sans_regle(monde: Monde) -> None:
    """Read in the catalogue: what points to a request, by any number of steps, is closed."""
    monde.decide()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE liee(oid) AS (SELECT 'demandes_demande'::regclass::oid UNION"
            " SELECT conrelid FROM pg_constraint JOIN liee ON confrelid = liee.oid WHERE contype = 'f')"
            " SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND (oid IN (SELECT oid FROM liee) OR relname LIKE 'attributions%%')"
        )
        held = dict(cursor.fetchall())
    assert {"attributions_visite", "attributions_bulletin", "cotation_score", "demandes_piece"} <= set(held)
    assert {name for name, closed in held.items() if not closed} == SANS_DEMANDEUR
    assert [name for name, closed in held.items() if closed and _compte(name)] == []


def test_rien_de_dit_rien_de_vu_et_chacun_les_siennes(monde: Monde) -> None:
    point = monde.decide()
    monde.signe(point.seance)
    offer = monde.envoie(point, monde.numeros[0])
    monde.repond(offer, "oui", SENT)
    with monde.voir():
        Visite.objects.create(
            candidature=monde.candidatures(point)[monde.numeros[0]], debut=a(SENT), duree_minutes=30,
            rendez_vous="Devant la porte", proposee_le=a(SESSION),
        )  # fmt: skip
        Absence.objects.create(
            organisme=monde.bailleur, absent=monde.agent.qui, relais=monde.admin.qui, du=SENT, au=SENT
        )
    full = [t for t in TABLES if t not in {"attributions_recherche", "attributions_bail"}]
    assert [t for t in TABLES if _compte(t)] == []
    with perimetre(organismes=[creer_organisme().pk]):
        assert [t for t in TABLES if _compte(t)] == []
    with monde.voir():
        assert [t for t in TABLES if _compte(t)] == full
    with perimetre(
        organismes=[monde.reservataire.pk]
    ):  # its candidates, its item; not the session, not the votes
        assert _compte("attributions_candidature") == 3
        assert _compte("attributions_pointseance") == 1
        assert [
            t for t in ("attributions_seance", "attributions_bulletin", "attributions_pv") if _compte(t)
        ] == []
    assert [t for t in TABLES if _compte(t)] == []


def test_une_erreur_ou_une_jointure_n_ouvre_rien(monde: Monde) -> None:
    monde.decide()
    with pytest.raises(DatabaseError), monde.voir(), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert _compte("attributions_candidature") == 0
    with perimetre(organismes=[creer_organisme().pk]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM attributions_decision d JOIN attributions_candidature c"
            " ON c.id = d.candidature_id WHERE c.bailleur_id = %s",
            [monde.bailleur.pk],
        )
        assert cursor.fetchone() == (0,)


def test_un_membre_et_un_demandeur_lisent_sans_ecrire(monde: Monde) -> None:
    point = monde.examen()
    one = monde.candidatures(point)[monde.numeros[0]]
    for seen in ({"seances": [point.seance_id]}, {"demandes": [one.demande_id]}):
        with perimetre(**seen):
            assert Candidature.objects.filter(pk=one.pk).exists()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Candidature.objects.filter(pk=one.pk).update(etat="attribution")
    with perimetre(demandes=[one.demande_id]):
        assert Candidature.objects.count() == 1
        assert Vacance.objects.count() == 0
    with perimetre(seances=[point.seance_id]), pytest.raises(DatabaseError), transaction.atomic():
        Bulletin.objects.create(
            point_id=uuid.uuid4(), membre_id=uuid.uuid4(), tour=1, sens="oui", recu=a(SESSION)
        )


def test_pla_o42_la_vacance_d_un_autre_bailleur_n_existe_pas(monde: Monde) -> None:
    home = monde.vacance()
    stranger = Monde.personne("agent_bailleur", creer_organisme())
    asked: dict[str, Any] = {"vacance": home.pk, "maintenant": a(TOLD)}
    with pytest.raises(ObjectDoesNotExist):
        vacances.orienter(acteur=stranger, convention=monde.convention.pk, au=TOLD, **asked)
    with pytest.raises(ObjectDoesNotExist):
        candidats.proposer_candidat(acteur=stranger, numero=monde.numeros[0], au=PROPOSED, **asked)
    lines = Evenement.objects.filter(verbe="acces.refuser", objet_id=home.pk, acteur=str(stranger.qui.pk))
    assert lines.count() == 2
    with pytest.raises(ObjectDoesNotExist):
        vacances.recevoir_conge(
            acteur=stranger, logement=home.logement_id, territoire="246700488", conge_le=CONGE,
            bail_fin=CONGE, maintenant=a(CONGE),
        )  # fmt: skip


def test_pla_o43_un_membre_lit_de_la_convocation_au_pv(monde: Monde) -> None:
    point = monde.inscrit()
    one = monde.candidatures(point)[monde.numeros[0]]

    def reads(membre: Any, au: dt.date) -> bool:
        return dossiers.one(monde.siege(membre, au), one.pk) is not None

    seat = monde.membres[3]
    assert not reads(seat, CALLED)
    monde.ouvre(point.seance)
    assert reads(seat, SESSION)
    assert reads(monde.maire, SESSION)
    assert not reads(monde.maire_ailleurs, SESSION)
    monde.vote(point, monde.rangs(point, monde.numeros[0]))
    monde.clot(point)
    seances.clore(acteur=monde.president, seance=point.seance_id, maintenant=a(SESSION, 12))
    monde.signe(point.seance)
    assert reads(seat, SESSION)
    assert not reads(seat, SESSION + UN)
    open_one = acteurs.by_seat(seat.utilisateur, SESSION)
    done = horloge.passer(bailleur=monde.bailleur.pk, au=SESSION + UN, maintenant=a(SESSION + UN))
    assert done.seances == 1
    assert open_one is not None
    assert dossiers.one(open_one, one.pk) is None  # the database itself, whatever the page remembers
    other = monde.personne("agent_bailleur", creer_organisme())
    assert acteurs.by_seat(other.qui, SESSION) is None


def test_pla_o44_chaque_reservataire_ne_lit_que_ses_candidats(monde: Monde) -> None:
    home = monde.orientee()
    mine = monde.proposer(home, monde.numeros[0])
    theirs = monde.proposer(home, monde.numeros[1], monde.agent)
    assert dossiers.one(monde.res, mine.pk) is not None
    assert dossiers.one(monde.res, theirs.pk) is None
    assert dossiers.one(monde.agent, theirs.pk) is not None


def test_un_reservataire_ne_propose_que_les_demandes_qu_il_gere(monde: Monde) -> None:
    home = monde.orientee()
    with monde.voir():
        Demande.objects.filter(numero_unique=monde.numeros[0]).update(organismes=[monde.bailleur.pk])
    with pytest.raises(Demande.DoesNotExist):
        monde.proposer(home, monde.numeros[0])
    assert monde.proposer(home, monde.numeros[0], monde.agent).etat == "eligible"


def test_un_demandeur_ne_repond_qu_a_ses_offres(monde: Monde) -> None:
    point = monde.decide()
    offer = monde.envoie(point, monde.numeros[0])
    other = monde.candidatures(point)[monde.numeros[1]]
    with pytest.raises(Proposition.DoesNotExist):
        monde.repond(offer, "oui", SENT, demandeur(other), "ecran")
    with pytest.raises(Candidature.DoesNotExist):
        candidats.retirer(
            acteur=demandeur(other), candidature=monde.candidatures(point)[monde.numeros[0]].pk, au=SENT,
            maintenant=a(SENT),
        )  # fmt: skip
    assert Evenement.objects.filter(verbe="acces.refuser", objet_type="proposition").count() == 1


@pytest.mark.parametrize("role", ["auditeur", "epci", "exploitant", "membre", "demandeur"])
def test_un_role_sans_droit_n_ouvre_pas_de_vacance(monde: Monde, role: str) -> None:
    from palier.web.apps.attributions.rules import DroitError

    home = monde.vacance()
    with pytest.raises(DroitError, match="ATR-001"):
        vacances.recevoir_conge(
            acteur=Acteur("x", role, (monde.bailleur.pk,)), logement=home.logement_id, territoire="246700488",
            conge_le=CONGE, bail_fin=CONGE, maintenant=a(CONGE),
        )  # fmt: skip


def test_une_candidature_finie_referme_la_demande(monde: Monde) -> None:
    """The landlord saw a request of another desk through its candidacy alone."""
    numero, desk = monde.numeros[0], creer_organisme()
    homes = [monde.orientee(), monde.orientee()]
    with monde.voir():
        pk = Demande.objects.get(numero_unique=numero).pk
    with perimetre(organismes=[desk.pk, monde.bailleur.pk]):
        Demande.objects.filter(pk=pk).update(organismes=[desk.pk])
    first, second = (monde.proposer(home, numero, monde.agent) for home in homes)
    assert (first.acces, second.acces) == ([monde.bailleur.pk], [])

    def leave(candidature: Candidature) -> int:
        candidats.retirer(acteur=monde.agent, candidature=candidature.pk, au=CALLED, maintenant=a(CALLED))
        return horloge.passer(bailleur=monde.bailleur.pk, au=CALLED, maintenant=a(CALLED)).liberees

    def sees() -> bool:
        with monde.voir():
            return Demande.objects.filter(pk=pk).exists()

    assert leave(first) == 1
    assert sees()
    assert leave(second) == 1
    assert not sees()
    with perimetre(organismes=[desk.pk]):
        assert Demande.objects.get(pk=pk).organismes == [desk.pk]
