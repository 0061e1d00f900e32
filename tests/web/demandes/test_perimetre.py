"""Row-level security of the requests, probed directly with the web role: nothing said, nothing seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries.acces import opened
from palier.web.apps.demandes.queries.fiche import one
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import charge, fonction, invente
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db

FERMEES = ("demandes_sensible", "demandes_public")
TABLES = (
    "demandes_demande", "demandes_argent", "demandes_personne", "demandes_ressource", "demandes_evenement",
    "demandes_avertissement", "demandes_piece", "demandes_coordonnees", "demandes_fichier",
    "demandes_rapprochement", *FERMEES,
)  # fmt: skip


def _compte(table: str = "demandes_demande") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


@pytest.fixture
def deux() -> tuple[Any, Any]:
    """Two landlords of two territories, each with its requests."""
    first, second = creer_organisme(), creer_organisme()
    charge([first])
    other = invente(graine=2)
    charge([second], "200046977", other.demandes, evenements=other.evenements, publics=other.publics)
    return first, second


def test_le_role_du_site_est_soumis_aux_regles(deux: tuple[Any, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("palier_app", False, False)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
            " AND relname LIKE 'demandes%'"
        )
        assert {name for (name,) in cursor.fetchall()} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_rien_de_dit_rien_de_vu(deux: tuple[Any, Any], table: str) -> None:
    assert _compte(table) == 0


def test_chaque_organisme_voit_les_siennes(deux: tuple[Any, Any]) -> None:
    first, second = deux
    seen = {}
    for owner in deux:
        with perimetre(organismes=[owner.pk]):
            seen[owner.pk] = set(Demande.objects.values_list("pk", flat=True))
            assert _compte("demandes_argent") == len(seen[owner.pk]) > 30
            assert _compte("demandes_evenement") > 0
    assert not seen[first.pk] & seen[second.pk]
    with perimetre(organismes=[first.pk, second.pk]):
        assert _compte() == len(seen[first.pk]) + len(seen[second.pk])
    assert _compte() == 0


@pytest.mark.parametrize("table", FERMEES)
def test_la_classe_4_ne_se_voit_que_d_un_lecteur_nomme(deux: tuple[Any, Any], table: str) -> None:
    first, _second = deux
    with perimetre(organismes=[first.pk]):
        assert _compte(table) == 0
    with perimetre(organismes=[first.pk], lecteur=True):
        assert _compte(table) > 0
    with perimetre(lecteur=True):
        assert _compte(table) == 0


def test_une_requete_sans_filtre_ou_a_travers_une_jointure_reste_bornee(deux: tuple[Any, Any]) -> None:
    first, second = deux
    with perimetre(organismes=[first.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM demandes_demande WHERE %s = ANY (organismes)", [second.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM demandes_evenement e JOIN demandes_demande d ON d.id = e.demande_id"
            " WHERE d.territoire = '200046977'"
        )
        assert cursor.fetchone() == (0,)


def test_on_n_ecrit_pas_ailleurs(deux: tuple[Any, Any]) -> None:
    first, second = deux
    with perimetre(organismes=[second.pk]):
        theirs = Demande.objects.order_by("pk").values_list("pk", flat=True)[0]
    with perimetre(organismes=[first.pk]):
        mine = Demande.objects.order_by("pk").first()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Demande.objects.filter(pk=mine.pk).update(organismes=[second.pk])
        assert Demande.objects.filter(pk=theirs).update(nom="X") == 0
        assert Demande.objects.filter(pk=theirs).delete()[0] == 0
        mine.pk, mine.organismes, mine.numero_unique = None, [second.pk], "067012600000167GR1"
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.save(force_insert=True)
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("INSERT INTO demandes_argent (demande_id) VALUES (%s)", [theirs])


def test_une_erreur_rend_le_perimetre_d_avant(deux: tuple[Any, Any]) -> None:
    first, second = deux
    with perimetre(organismes=[first.pk]):
        before = _compte()
        with pytest.raises(DatabaseError), perimetre(organismes=[second.pk]), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert _compte() == before
        with perimetre(organismes=[second.pk]):
            assert _compte() != 0
        assert _compte() == before
    with pytest.raises(ZeroDivisionError), perimetre(organismes=[first.pk]):
        raise ZeroDivisionError
    assert _compte() == 0


def test_une_valeur_qui_n_est_pas_un_numero_ne_passe_pas() -> None:
    with pytest.raises(ValueError, match="UUID"), perimetre(organismes=["1,2"]):
        pass


def test_le_premier_rempart_tient_seul(deux: tuple[Any, Any]) -> None:
    """The queries keep to the perimeter even where the policy would let more through."""
    first, second = deux
    with perimetre(organismes=[second.pk]):
        theirs = Demande.objects.order_by("pk").first()
    with perimetre(organismes=[first.pk, second.pk]):
        assert one(fonction(first), theirs.pk, lecteur=False) is None
        assert one(fonction(second), theirs.pk, lecteur=False) is not None
        assert one(fonction(second, "epci"), theirs.pk, lecteur=False) is None
    with opened(fonction(second, "reservataire")):
        assert _compte() == Demande.objects.filter(organismes__contains=[second.pk]).count() > 0
    with opened(fonction(second, "epci")):  # aggregates only
        assert _compte() == 0


def test_ni_vue_ni_fonction_ne_passe_outre() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind IN ('v', 'm')"
            " AND NOT coalesce(reloptions @> '{security_invoker=true}', false)"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE nspname = 'public' AND prosecdef"
        )
        assert cursor.fetchall() == []
