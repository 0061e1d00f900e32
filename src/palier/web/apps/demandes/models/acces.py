"""First belt: the requests that a function reaches; the second is the policy of the table itself."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models

from palier.web.apps.comptes.rules import scope


class Fonctions(Protocol):
    """Where a person acts."""

    @property
    def role(self) -> str:
        """Role held."""

    @property
    def organisme_id(self) -> Any:
        """Organisme in whose name she acts; None for the operator."""


class Demandes(models.Manager[Any]):
    """Requests by perimeter."""

    def pour(self, fonction: Fonctions, action: str = "R") -> models.QuerySet[Any]:
        """Return the requests that a function may read (``R``) or change (``U``), of its organisme only."""
        if fonction.organisme_id is None or scope(fonction.role, "demande", action) is None:
            return self.none()
        return self.filter(organismes__contains=[fonction.organisme_id])
