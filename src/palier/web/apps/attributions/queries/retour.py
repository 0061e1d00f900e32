"""What a landlord tells the national register of a period: leases with their contingent, other removals.

Call inside the perimeter of the landlord.
"""

from __future__ import annotations

import datetime as dt

from palier.formats.retour import LigneRetour
from palier.web.apps.attributions.models import Bail, Orientation, Vacance
from palier.web.apps.demandes.models import Demande, MotifRadiation, Statut
from palier.web.apps.organismes.models import Genre, Organisme

CONTINGENTS = {Genre.ETAT: "etat", Genre.EPCI: "collectivites", Genre.RESERVATAIRE: "reservataire"}


def lines_of(organisme: Organisme, du: dt.date, au: dt.date) -> list[LigneRetour]:
    """Return the ends of requests of a period, bounds included."""
    return [*_leases(organisme, du, au), *_removals(organisme, du, au)]


def _leases(organisme: Organisme, du: dt.date, au: dt.date) -> list[LigneRetour]:
    leases = (
        Bail.objects.filter(signe_le__range=(du, au), candidature__bailleur=organisme)
        .select_related("candidature__vacance__logement")
        .order_by("signe_le", "pk")
    )
    homes = [lease.candidature.vacance for lease in leases]
    held = {
        o.vacance_id: o.convention.reservataire
        for o in Orientation.objects.filter(vacance__in=homes, en_cours=True).select_related(
            "convention__reservataire"
        )
    }
    return [
        _lease(lease, lease.candidature.vacance, held.get(lease.candidature.vacance_id), organisme)
        for lease in leases
    ]


def _lease(lease: Bail, home: Vacance, reservataire: Organisme | None, organisme: Organisme) -> LigneRetour:
    return LigneRetour(
        numero_unique=lease.candidature.numero_unique,
        operation="attribution",
        date=lease.signe_le,
        motif=MotifRadiation.ATTRIBUTION.value,
        siren=organisme.siren,
        contingent=CONTINGENTS.get(Genre(reservataire.genre), "reservataire") if reservataire else "bailleur",
        reservataire=reservataire.siren if reservataire else "",
        logement=home.logement.identifiant,
        commune=home.commune_code,
        typologie=home.typologie,
        financement=home.financement or "",
    )


def _removals(organisme: Organisme, du: dt.date, au: dt.date) -> list[LigneRetour]:
    rows = Demande.objects.filter(
        organismes__contains=[organisme.pk], statut=Statut.RADIEE, radiee_le__range=(du, au)
    ).values_list("numero_unique", "radiee_le", "motif_radiation")
    return [
        LigneRetour(number, "radiation", day, reason or "", organisme.siren)
        for number, day, reason in rows
        if day is not None
    ]
