"""The letters of a request, as its person reads them: those of a decision, those of an offer."""

from __future__ import annotations

import uuid

from palier.web.apps.attributions.models import Courrier
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.postgres.perimetre import perimetre


def of_candidacy(demande: uuid.UUID, suivi: Suivi) -> list[Courrier]:
    """Return the letters of a candidacy, its decision and its offer, the newest first."""
    with perimetre(demandes=[demande]):
        rows = Courrier.objects.filter(demande_id=demande)
        mine = rows.filter(candidature_id=suivi.candidature.pk)
        if suivi.decision is not None:
            mine |= rows.filter(decision_id=suivi.decision.pk)
        if suivi.proposition is not None:
            mine |= rows.filter(proposition_id=suivi.proposition.pk)
        return list(mine.order_by("-pk"))


def landlord_of(demande: uuid.UUID, courrier: uuid.UUID) -> uuid.UUID | None:
    """Return who wrote a letter of a request; None where the request has no such letter."""
    with perimetre(demandes=[demande]):
        rows = Courrier.objects.filter(pk=courrier, demande_id=demande)
        return rows.values_list("organisme_id", flat=True).first()


def one(courrier: uuid.UUID) -> Courrier:
    """Return a letter with what its sheet reads; call inside the perimeter of its landlord."""
    return Courrier.objects.select_related("demande", "organisme", "proposition").get(pk=courrier)
