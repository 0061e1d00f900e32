"""Publish the report of each closed half-year of a territory, once, from its allocations."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Hashable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from palier import __version__, law
from palier.web.apps.journal.operations import SYSTEME, inscrire
from palier.web.apps.public.models import BilanPublie, SeancePubliee
from palier.web.apps.public.queries import suites
from palier.web.apps.public.rules.bilan import closed_periods, report
from palier.web.postgres.perimetre import perimetre


@transaction.atomic
def publier_bilans(
    *, territoire: str, au: dt.date, maintenant: dt.datetime, acteur: Any = SYSTEME, origine: str = "tache"
) -> list[BilanPublie]:
    """Publish the half-years that are over and not told yet; one that is told does not change.

    Parameters
    ----------
    territoire : str
        Its code.
    au, maintenant : date, datetime
        Today, instant of the publication.

    Returns
    -------
    list of BilanPublie
        The new ones.
    """
    told = set(BilanPublie.objects.filter(territoire=territoire).values_list("du", flat=True))
    made = []
    with perimetre(territoire=territoire, lecteur=True):
        first = suites.first_day(territoire)
        periods = [p for p in closed_periods(first, au) if p[0] not in told] if first else []
        if not periods:
            return []
        seuil, quartile = suites.quartile_of(territoire, au)
        for du, end in periods:
            here = suites.seances_of(territoire, du, end)
            signed = {row.pk: row for row in SeancePubliee.objects.filter(pk__in=here, etat="signee")}
            content = report(
                suites.leases(territoire, du, end, quartile),
                [point for point in suites.decided(territoire, du, end) if point.seance in signed],
                suites.channels(territoire, du, end),
                _whole(signed, here),
                law.at(end, non_verifie=True),
            )
            made.append(
                BilanPublie(
                    territoire=territoire,
                    du=du,
                    au=end,
                    contenu=content,
                    provenance={
                        "version": __version__,
                        "calcule_le": au.isoformat(),
                        "quartile": {k: v for k, v in asdict(seuil).items() if k in _DU_SEUIL},
                    },
                    publiee_le=maintenant,
                )
            )
        BilanPublie.objects.bulk_create(made)
        inscrire(
            acteur=acteur,
            verbe="bilan.publier",
            objet_type="territoire",
            objet_id=territoire,
            motif=", ".join(row.du.isoformat() for row in made)[:200],
            origine=origine,
        )
    return made


_DU_SEUIL = ("origine", "reference", "verifie")


def _whole(
    signed: Mapping[uuid.UUID, SeancePubliee], here: Mapping[uuid.UUID, int]
) -> dict[Hashable, Mapping[str, Any]]:
    """Return the extracts of the sessions that lie wholly in the territory."""
    found: dict[Hashable, Mapping[str, Any]] = {}
    for pk, row in signed.items():
        content: dict[str, Any] = row.extrait
        if len(content["logements"]) == here[pk]:
            found[pk] = content
    return found
