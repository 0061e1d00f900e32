"""The journal is append-only for everyone, chained, and names the line that was altered."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, connections, transaction

from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.journal.queries import head, verify
from palier.web.postgres import roles


def _trois_lignes() -> list[Evenement]:
    return [inscrire(acteur="essai", verbe="a.b", objet_type="objet", objet_id=i) for i in range(3)]


@pytest.mark.django_db
def test_le_site_se_connecte_sans_pouvoir() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("palier_app",)
    assert roles.excesses() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE journal_evenement SET motif = 'x'",
        "DELETE FROM journal_evenement",
        "TRUNCATE journal_evenement",
        "ALTER TABLE journal_evenement DISABLE TRIGGER ALL",
        "DROP TABLE journal_evenement",
    ],
)
def test_le_role_du_site_ne_reecrit_pas_le_journal(ordre: str) -> None:
    _trois_lignes()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ordre)
    assert verify().lignes == 3


@pytest.mark.django_db
def test_chaque_ligne_porte_l_empreinte_de_la_precedente() -> None:
    lines = [Evenement.objects.get(pk=e.pk) for e in _trois_lignes()]
    assert [bytes(b.precedent) for b in lines[1:]] == [bytes(a.empreinte) for a in lines[:-1]]
    found = head()
    assert found is not None
    assert found.empreinte == bytes(lines[-1].empreinte).hex()
    assert verify().rompue is None


def test_une_ligne_alteree_par_le_proprietaire_est_nommee(base_reelle: None) -> None:
    """PLA-O50: the verifier names the line that was changed in the database."""
    lines = _trois_lignes()
    with connections["admin"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # an owner can silence the guard
        cursor.execute("UPDATE journal_evenement SET objet_id = '99' WHERE id = %s", [lines[1].pk])
        assert verify().rompue == lines[1].pk
        cursor.execute("DELETE FROM journal_evenement WHERE id = %s", [lines[1].pk])
        assert verify().rompue == lines[2].pk
        cursor.execute("SET session_replication_role = DEFAULT")
