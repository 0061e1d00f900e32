"""Accounts of the demonstration: public on purpose, and refused outside of it."""

from __future__ import annotations

from dataclasses import dataclass

MOT_DE_PASSE = "palier-demonstration"
SECRET_TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - idem: its codes are shown in the local outbox


@dataclass(frozen=True)
class Compte:
    """An account of the demonstration: a role in an organisme, or a seat in the commission."""

    courriel: str
    role: str
    libelle: str
    siege: str = ""


#: The applicant of the demonstration enters by this address: no password, a code that arrives in the outbox.
DEMANDEUR = "demandeur@demonstration.example"
COMPTES = (
    Compte("agent@demonstration.example", "agent_bailleur", "agent d'un bailleur"),
    Compte("admin@demonstration.example", "admin_bailleur", "administratrice d'un bailleur"),
    Compte("presidente@demonstration.example", "", "présidente de la commission", "president"),
    Compte("membre@demonstration.example", "", "membre de la commission", "membre"),
    Compte("reservataire@demonstration.example", "reservataire", "réservataire"),
    Compte("chef@demonstration.example", "reservataire_chef", "responsable chez le réservataire"),
    Compte("epci@demonstration.example", "epci", "agente de l'intercommunalité"),
    Compte("etat@demonstration.example", "etat", "agent de la préfecture"),
    Compte("audit@demonstration.example", "auditeur", "auditeur"),
    Compte("exploitant@demonstration.example", "", "exploitant du site"),
)
