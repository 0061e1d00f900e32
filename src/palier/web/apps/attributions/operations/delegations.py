"""Delegated management: a réservataire lets the landlord propose in its name, for a convention and a time."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.base.errors import Problem, UsageError
from palier.web.apps.attributions.models import Convention, Delegation
from palier.web.apps.attributions.operations.acces import note, ouvert
from palier.web.apps.attributions.rules import Acteur

_LONGEST = dt.timedelta(days=3 * 366)


def deleguer(
    *,
    acteur: Acteur,
    convention: uuid.UUID,
    du: dt.date,
    au: dt.date,
    aujourdhui: dt.date,
    maintenant: dt.datetime,
) -> Delegation:
    """Let the landlord of a convention propose candidates in the name of its réservataire.

    Raises
    ------
    UsageError
        ATR-207 dates, ATR-208 another delegation of these days.
    Convention.DoesNotExist
        Not one of the réservataire that acts.
    """
    with ouvert(acteur, "delegation", "C", convention):
        right = Convention.objects.select_for_update(of=("self",)).get(
            pk=convention, reservataire_id__in=acteur.organismes
        )
        problems = [*_dates(right, du, au, aujourdhui)]
        if right.delegations.filter(du__lte=au, au__gte=du).exists():
            problems.append(
                Problem(
                    "ATR-208",
                    "dates",
                    "Cette convention est déjà déléguée pendant ces jours.",
                    "Finissez d'abord l'autre délégation, ou choisissez d'autres jours.",
                )
            )
        if problems:
            raise UsageError(problems)
        made = Delegation.objects.create(convention=right, du=du, au=au, donnee_le=maintenant)
        note(acteur, "delegation.donner", "delegation", made.pk, acteur.organismes[0])
    return made


def _dates(convention: Convention, du: dt.date, au: dt.date, aujourdhui: dt.date) -> list[Problem]:
    if not aujourdhui <= du <= au <= du + _LONGEST:
        return [
            Problem(
                "ATR-207",
                "dates",
                "Ces jours ne se suivent pas, sont passés, ou durent plus de trois ans.",
                "Donnez un premier jour à partir d'aujourd'hui, et un dernier jour au plus trois ans après.",
            )
        ]
    if du < convention.du or (convention.au is not None and au > convention.au):
        return [
            Problem(
                "ATR-207",
                "dates",
                "La convention ne court pas tous ces jours.",
                "Restez dans ses dates.",
            )
        ]
    return []


def finir(*, acteur: Acteur, delegation: uuid.UUID, aujourdhui: dt.date) -> Delegation | None:
    """Take a delegation back: today is its last day; one that has not started is removed.

    Raises
    ------
    UsageError
        ATR-207 it is over already.
    """
    with ouvert(acteur, "delegation", "U", delegation):
        held = Delegation.objects.select_for_update(of=("self",)).get(
            pk=delegation, convention__reservataire_id__in=acteur.organismes
        )
        if held.au < aujourdhui:
            words = "Cette délégation est déjà finie."
            raise UsageError(Problem("ATR-207", "délégation", words, "Rien n'est à faire."))
        note(acteur, "delegation.finir", "delegation", held.pk, acteur.organismes[0])
        if held.du > aujourdhui:
            held.delete()
            return None
        held.au = aujourdhui
        held.save(update_fields=["au"])
    return held
