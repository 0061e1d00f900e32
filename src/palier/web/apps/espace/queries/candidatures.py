"""The candidacies of a request, each with its home, its decision, its offer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from palier.web.apps.attributions.models import Candidature, Decision, Proposition
from palier.web.apps.attributions.queries.faits import VIVANTES, decided
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.territoires.queries import communes_at
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class Suivi:
    """A candidacy as its person follows it.

    Parameters
    ----------
    candidature : Candidature
        With its vacancy.
    bailleur, lieu : str
        Landlord, commune of the home.
    decision : Decision, optional
        The one that holds, with its session; None before the session is closed.
    proposition : Proposition, optional
        The home offered to her.
    """

    candidature: Candidature
    bailleur: str
    lieu: str
    decision: Decision | None
    proposition: Proposition | None

    @property
    def vivante(self) -> bool:
        """Tell whether something may still happen to it."""
        return self.candidature.etat in VIVANTES

    @property
    def offerte(self) -> bool:
        """Tell whether an answer is awaited."""
        return self.proposition is not None and self.proposition.etat == "en_cours"


def of(demande: uuid.UUID, une: uuid.UUID | None = None) -> list[Suivi]:
    """Return the candidacies of a request, or one of them, the newest first.

    The policy shows them to the person; what they say of the home and of the session is read in the name of
    their landlord, once they have been shown.
    """
    with perimetre(demandes=[demande]):
        rows = Candidature.objects.filter(demande_id=demande)
        seen = list((rows.filter(pk=une) if une else rows).values_list("pk", "bailleur_id"))
        names = dict(Organisme.objects.filter(pk__in={b for _pk, b in seen}).values_list("pk", "nom"))
    found = []
    for landlord, nom in names.items():
        with perimetre(organismes=[landlord], demandes=[demande]):
            mine = [pk for pk, owner in seen if owner == landlord]
            held = Candidature.objects.select_related("vacance", "demande").filter(pk__in=mine)
            found += [_follow(candidature, nom) for candidature in held]
    return sorted(found, key=lambda s: (s.candidature.proposee_le, s.candidature.pk), reverse=True)


def _follow(candidature: Candidature, bailleur: str) -> Suivi:
    code = candidature.vacance.commune_code
    place = communes_at([code], aujourdhui()).get(code)
    offer = Proposition.objects.filter(candidature=candidature).first()
    return Suivi(candidature, bailleur, place.nom if place else code, _decision(candidature), offer)


def _decision(candidature: Candidature) -> Decision | None:
    """Return the decision that holds, once its item is closed."""
    try:
        found = decided(candidature)
    except Decision.DoesNotExist:
        return None
    return Decision.objects.select_related("point__seance").get(pk=found.pk)
