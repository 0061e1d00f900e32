"""Who has entered, which request she holds, and for whom she acts."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from palier.engines.commission import Mandat as MandatMoteur
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Demande
from palier.web.apps.espace.models import Compte, Mandat, Rattachement
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class Dossier:
    """A request as its applicant, or her adviser, opens it.

    Parameters
    ----------
    demande : Demande
        The request.
    compte : Compte
        Who has entered.
    mandat : Mandat, optional
        Of the adviser; None for the applicant herself.
    """

    demande: Demande
    compte: Compte
    mandat: Mandat | None = None

    @property
    def role(self) -> str:
        """The role of the machines."""
        return "demandeur" if self.mandat is None else "accompagnant"

    def may(self, portee: str) -> bool:
        """Tell whether an act is hers: all are for the applicant."""
        return self.mandat is None or portee in self.mandat.portees

    @property
    def acteur(self) -> Acteur:
        """Who acts, for the operations of allocations."""
        held = self.mandat
        engine = MandatMoteur(scopes_of(held), held.au) if held is not None else None
        return Acteur(self.compte, self.role, demandes=(self.demande.pk,), mandat=engine)


#: What the engine calls the scopes of a mandate.
_MOTEUR = {"repondre": "repondre_offre"}


def scopes_of(mandat: Mandat) -> frozenset[str]:
    """Return the scopes of a mandate, in the words of the engine."""
    return frozenset(_MOTEUR.get(portee, portee) for portee in mandat.portees)


def one(identifiant: uuid.UUID) -> Compte | None:
    """Return an account."""
    with perimetre(usager=str(identifiant)):
        return Compte.objects.filter(pk=identifiant).first()


def mine(compte: Compte) -> Dossier | None:
    """Return the request that an account holds; None for none."""
    held = Rattachement.objects.filter(compte_id=compte.pk).values_list("demande_id", flat=True).first()
    if held is None:
        return None
    with perimetre(demandes=[held]):
        found = Demande.objects.filter(pk=held).first()
    return Dossier(found, compte) if found is not None else None


def mandates(compte: Compte) -> list[Mandat]:
    """Return the mandates given to the address of an account, the ended ones too, the soonest end first."""
    if not compte.cle_courriel:
        return []
    with perimetre(usager=compte.cle_courriel):
        return list(Mandat.objects.filter(cle_courriel=compte.cle_courriel).order_by("au", "pk"))


def is_live(mandat: Mandat, au: dt.date) -> bool:
    """Tell whether a mandate holds on a day."""
    return mandat.revoque_le is None and mandat.du <= au <= mandat.au


def entrusted(compte: Compte, identifiant: uuid.UUID, au: dt.date) -> tuple[Dossier | None, Mandat | None]:
    """Return the request of a mandate that holds; else the mandate alone, if there was one."""
    known = next((m for m in mandates(compte) if m.pk == identifiant), None)
    if known is None or not is_live(known, au):
        return None, known
    with perimetre(demandes=[known.demande_id]):
        found = Demande.objects.filter(pk=known.demande_id).first()
    return (Dossier(found, compte, known) if found is not None else None), known
