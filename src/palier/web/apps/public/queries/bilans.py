"""The published reports of half-years; no table with a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.web.apps.organismes.models import Organisme
from palier.web.apps.public.models import BilanPublie
from palier.web.apps.public.queries.chiffres import place_name


@dataclass(frozen=True, slots=True)
class Bilan:
    """A report, the name of its territory, the names of its landlords, the periods that are told."""

    territoire: str
    nom: str
    du: dt.date
    au: dt.date
    publiee_le: dt.datetime
    contenu: Mapping[str, Any]
    provenance: Mapping[str, Any]
    bailleurs: Mapping[str, str]
    periodes: tuple[tuple[dt.date, dt.date], ...]


def territories() -> list[tuple[str, str]]:
    """Return the territories that have a report, code and name, by name."""
    rows = BilanPublie.objects.order_by("territoire", "-au").distinct("territoire")
    found = [(code, place_name(code, au)) for code, au in rows.values_list("territoire", "au")]
    return sorted(found, key=lambda row: (row[1], row[0]))


def report_at(territoire: str, du: dt.date | None = None) -> Bilan | None:
    """Return the report of a half-year, the latest by default; None if there is none."""
    rows = BilanPublie.objects.filter(territoire=territoire).order_by("-du")
    found = (rows.filter(du=du) if du else rows).first()
    if found is None:
        return None
    content: dict[str, Any] = found.contenu
    sirens = {row["perimetre"] for row in content["objectifs"]}
    names = dict(Organisme.objects.filter(siren__in=sirens).values_list("siren", "nom"))
    periods = tuple(rows.values_list("du", "au"))
    return Bilan(
        territoire, place_name(territoire, found.au), found.du, found.au, found.publiee_le, content,
        found.provenance, names, periods,
    )  # fmt: skip


def points_won(territoire: str, typologie: str) -> tuple[Bilan, dict[str, Any]] | None:
    """Return what is told of the points that won homes of a size, in the last half-year that tells it."""
    if not (territoire and typologie):
        return None
    for row in BilanPublie.objects.filter(territoire=territoire).order_by("-du")[:4]:
        content: dict[str, Any] = row.contenu
        for group in content["points"]:
            if (group["secteur"], group["typologie"]) == ("", typologie.lower()) and group["q50"] is not None:
                found = report_at(territoire, row.du)
                return (found, group) if found else None
    return None
