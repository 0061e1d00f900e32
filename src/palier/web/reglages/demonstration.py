"""Accounts of the demonstration: public on purpose, and refused outside of it."""

from __future__ import annotations

from dataclasses import dataclass

MOT_DE_PASSE = "palier-demonstration"
SECRET_TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - idem: its codes are shown in the local outbox


@dataclass(frozen=True)
class Compte:
    """An account of the demonstration."""

    courriel: str
    role: str
    libelle: str


COMPTES = (
    Compte("agent@demonstration.example", "agent_bailleur", "agent d'un bailleur"),
    Compte("admin@demonstration.example", "admin_bailleur", "administratrice d'un bailleur"),
    Compte("audit@demonstration.example", "auditeur", "auditeur"),
    Compte("exploitant@demonstration.example", "", "exploitant du site"),
)
