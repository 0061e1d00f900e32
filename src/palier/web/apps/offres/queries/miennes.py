"""The offers of one landlord for its staff, of all for an auditor: by state, by page of key."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from palier.web.apps.offres.models import Offre, Statut

PAR_PAGE = 50


@dataclass(frozen=True)
class PageOffres:
    """A page of offers, and whether there are others."""

    offres: list[Offre]
    suite: bool


def offers_of(
    organisme_id: uuid.UUID | None,
    statut: str = "",
    reference: str = "",
    apres: uuid.UUID | None = None,
    *,
    siren: str = "",
) -> PageOffres:
    """Return offers of a landlord, the oldest first.

    Parameters
    ----------
    organisme_id : UUID, optional
        The landlord; None: all of them.
    statut : str
        One of the states; empty for those on line.
    reference : str
        Beginning of a reference.
    apres : uuid.UUID, optional
        Last offer of the page before.
    siren : str
        That of a landlord, among all.
    """
    rows = Offre.objects.select_related("organisme").order_by("pk")
    if organisme_id is not None:
        rows = rows.filter(organisme_id=organisme_id)
    if siren:
        rows = rows.filter(organisme__siren=siren)
    rows = (
        rows.filter(statut=statut)
        if statut in Statut.values
        else rows.filter(statut__in=("publiee", "a_confirmer"))
    )
    if reference:
        rows = rows.filter(reference__istartswith=reference)
    if apres is not None:
        rows = rows.filter(pk__gt=apres)
    found = list(rows[: PAR_PAGE + 1])
    return PageOffres(found[:PAR_PAGE], len(found) > PAR_PAGE)


def own(organisme_id: uuid.UUID | None, identifiant: uuid.UUID) -> Offre | None:
    """Return an offer of this landlord (None: of any); that of another does not exist for it."""
    rows = Offre.objects.filter(pk=identifiant)
    return (rows if organisme_id is None else rows.filter(organisme_id=organisme_id)).first()


def usual_contact(organisme_id: uuid.UUID) -> dict[str, str]:
    """Return how the newest offer of a landlord is answered: what its next one will most often say."""
    newest = Offre.objects.filter(organisme_id=organisme_id).order_by("-pk").values_list("saisie", flat=True)
    given = newest.first() or {}
    names = ("contact_service", "contact_telephone", "contact_mail", "contact_adresse")
    return {name: given[name] for name in names if given.get(name)}


def holds_reference(organisme_id: uuid.UUID, reference: str) -> bool:
    """Tell whether a landlord has an offer of this reference, in any state."""
    return Offre.objects.filter(organisme_id=organisme_id, reference=reference).exists()
