"""A candidate's file, for whoever may read it: perimeter of the database first, then the item itself."""

from __future__ import annotations

import uuid

from palier.engines.commission.run.college import siege
from palier.web.apps.attributions.models import Candidature, Membre
from palier.web.apps.attributions.queries.faits import logement_of, loi_du, membre_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.postgres.perimetre import perimetre


def one(acteur: Acteur, candidature: uuid.UUID) -> Candidature | None:
    """Return a candidacy with its request; None for any other, whether it exists or not.

    A member reads the files of the homes for which she sits: the mayor of another commune does not.
    """
    with perimetre(organismes=acteur.organismes, seances=acteur.seances, demandes=acteur.demandes):
        found = Candidature.objects.filter(pk=candidature).first()
        if found is None:
            return None
        with perimetre(organismes=[found.bailleur_id]):
            whole = Candidature.objects.select_related("demande", "vacance").filter(pk=candidature).first()
            if whole is None:
                return None  # the request itself is closed to its landlord
            return whole if acteur.membre is None or _sits(acteur.membre, whole) else None


def _sits(membre: uuid.UUID, candidature: Candidature) -> bool:
    seat = Membre.objects.get(pk=membre)
    home = logement_of(candidature.vacance)
    return siege(membre_of(seat), home, loi_du(candidature.proposee_le))
