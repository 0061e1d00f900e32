"""Row-level security across connections, commits, views: with transactions that really end."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction

from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import charge
from tests.web.personnel import creer_organisme


def _compte(table: str = "demandes_demande") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


@pytest.fixture
def engagee(base_reelle: None) -> Any:
    """Requests that are committed, as other connections see them."""
    owner = creer_organisme()
    charge([owner])
    return owner


@pytest.mark.parametrize("geste", ["commit", "rollback"])
def test_une_connexion_reprise_ne_garde_rien(engagee: Any, geste: str) -> None:
    """After a transaction the setting is empty text, not null: it must count as nothing."""
    with perimetre(organismes=[engagee.pk]):
        assert _compte() > 0
        if geste == "rollback":
            transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('palier.organismes', true)")
        assert cursor.fetchone() == ("",)
    assert _compte() == 0
    with transaction.atomic():
        assert _compte() == 0


def test_une_autre_connexion_ne_voit_rien(engagee: Any) -> None:
    seen: list[int] = []

    def elsewhere() -> None:
        seen.append(_compte())
        connection.close()

    with perimetre(organismes=[engagee.pk]):
        assert _compte() > 0
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert seen == [0]


def test_une_vue_ou_une_fonction_du_proprietaire_passerait_outre(engagee: Any) -> None:
    """The pitfall is real: so no view without ``security_invoker`` and no SECURITY DEFINER may exist."""
    with connections["admin"].cursor() as owner:
        owner.execute("CREATE VIEW essai_fuite AS SELECT * FROM demandes_demande")
        owner.execute(
            "CREATE VIEW essai_sure WITH (security_invoker = true) AS SELECT * FROM demandes_demande"
        )
        owner.execute("GRANT SELECT ON essai_fuite, essai_sure TO palier_app")
    try:
        assert _compte("essai_fuite") > 0
        assert _compte("essai_sure") == 0
        with perimetre(organismes=[engagee.pk]):
            assert _compte("essai_sure") > 0
    finally:
        with connections["admin"].cursor() as owner:
            owner.execute("DROP VIEW essai_fuite, essai_sure")
