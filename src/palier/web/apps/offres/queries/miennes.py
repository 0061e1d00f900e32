"""The offers of one landlord, for its staff: by state, by page of key."""

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
    organisme_id: uuid.UUID, statut: str = "", reference: str = "", apres: uuid.UUID | None = None
) -> PageOffres:
    """Return offers of a landlord, the oldest confirmation first so that what is due comes up.

    Parameters
    ----------
    statut : str
        One of the states; empty for those on line.
    reference : str
        Beginning of a reference.
    apres : uuid.UUID, optional
        Last offer of the page before.
    """
    rows = Offre.objects.filter(organisme_id=organisme_id).order_by("pk")
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


def own(organisme_id: uuid.UUID, identifiant: uuid.UUID) -> Offre | None:
    """Return an offer of this landlord; that of another does not exist for it."""
    return Offre.objects.filter(organisme_id=organisme_id, pk=identifiant).first()


def usual_contact(organisme_id: uuid.UUID) -> dict[str, str]:
    """Return how the newest offer of a landlord is answered: what its next one will most often say."""
    newest = Offre.objects.filter(organisme_id=organisme_id).order_by("-pk").values_list("saisie", flat=True)
    given = newest.first() or {}
    names = ("contact_service", "contact_telephone", "contact_mail", "contact_adresse")
    return {name: given[name] for name in names if given.get(name)}


def holds_reference(organisme_id: uuid.UUID, reference: str) -> bool:
    """Tell whether a landlord has an offer of this reference, in any state."""
    return Offre.objects.filter(organisme_id=organisme_id, reference=reference).exists()
