"""An offer in words: what it costs, what remains, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from palier.web.apps.demandes.queries import fiche
from palier.web.apps.espace.presentation.tableau import deadline
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.components.pieces import Echeance, LigneMontant
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class Argent:
    """What a home costs each month, and what remains of the resources of the file."""

    lignes: list[LigneMontant]
    total: LigneMontant
    reste: int | None


def money_of(dossier: Dossier, suivi: Suivi) -> Argent:
    """Return the money of an offer, before any housing benefit."""
    vacance = suivi.candidature.vacance
    with perimetre(demandes=[dossier.demande.pk]):
        income = fiche.amounts_of(dossier.demande)["ressources_mensuelles_cent"]
    rent, charges = vacance.loyer_cent or 0, vacance.charges_cent
    lines = [LigneMontant(_("Loyer"), rent), LigneMontant(_("Charges"), charges)]
    total = LigneMontant(_("Total par mois, avant l'aide au logement"), rent + charges)
    return Argent(lines, total, None if income is None else income - rent - charges)


def offer_deadline(suivi: Suivi, au: dt.date) -> Echeance | None:
    """Return the deadline of an offer that runs."""
    if suivi.proposition is None or not suivi.offerte:
        return None
    words = _("Sans réponse, la loi compte un refus. Le logement passe à la personne suivante.")
    return deadline(suivi.proposition.limite, au, words)
