"""A request that a landlord saw through a candidacy alone is closed to it once nothing is left to follow."""

from __future__ import annotations

import uuid

from palier.web.apps.attributions.models import Candidature
from palier.web.apps.attributions.operations.acces import acte, lock, note
from palier.web.apps.attributions.queries.faits import VIVANTES
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Demande
from palier.web.postgres.perimetre import perimetre


def liberer(*, acteur: Acteur, candidature: uuid.UUID) -> list[uuid.UUID]:
    """Take back what a finished candidacy had opened; a live one of the same request takes it over.

    Returns
    -------
    list of UUID
        Organismes that no longer see the request.
    """
    with acte(acteur, "candidature", "U", Candidature, candidature) as seen:
        locked = lock(Candidature, candidature)
        given = list(locked.acces)
        with perimetre(territoire=seen.territoire):  # candidacies of any landlord
            demande = Demande.objects.select_for_update().get(pk=locked.demande_id)
            given = [pk for pk in given if not _taken_over(locked, pk)]
            left = [pk for pk in demande.organismes if pk not in given]
            if left and len(left) < len(demande.organismes):
                demande.organismes = left
                demande.save(update_fields=["organismes"])
        locked.acces = []
        locked.save(update_fields=["acces"])
        note(acteur, "candidature.liberer", "candidature", locked.pk, locked.bailleur_id, ["organismes"])
    return given


def _taken_over(finished: Candidature, organisme: uuid.UUID) -> bool:
    others = Candidature.objects.filter(
        demande_id=finished.demande_id, organismes__contains=[organisme], etat__in=(*VIVANTES, "bail")
    ).exclude(pk=finished.pk)
    heir = others.select_for_update(of=("self",)).order_by("pk").first()
    if heir is None:
        return False
    heir.acces = sorted({*heir.acces, organisme})
    heir.save(update_fields=["acces"])
    return True
