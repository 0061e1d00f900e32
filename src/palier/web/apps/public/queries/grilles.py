"""The grids that territories publish: their versions, and the one that applies on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.web.apps.public.models import GrillePubliee
from palier.web.apps.public.queries.chiffres import place_name


@dataclass(frozen=True, slots=True)
class Version:
    """One published version, without its text."""

    sha256: str
    territoire: str
    identifiant: str
    du: dt.date
    publiee_le: dt.datetime


@dataclass(frozen=True, slots=True)
class Territoire:
    """A territory with its versions, the latest first."""

    code: str
    nom: str
    versions: tuple[Version, ...]

    def at(self, au: dt.date) -> Version:
        """Return the version that applies on a day; the first one for a day before it."""
        return next((v for v in self.versions if v.du <= au), self.versions[-1])


_FIELDS = ("sha256", "territoire", "identifiant", "du", "publiee_le")


def published(au: dt.date) -> list[Territoire]:
    """Return the territories that publish a grid, by name."""
    found: dict[str, list[Version]] = {}
    for row in GrillePubliee.objects.order_by("territoire", "-du", "-publiee_le").values_list(*_FIELDS):
        version = Version(*row)
        found.setdefault(version.territoire, []).append(version)
    made = [Territoire(code, place_name(code, au), tuple(versions)) for code, versions in found.items()]
    return sorted(made, key=lambda territoire: (territoire.nom, territoire.code))


def versions_of(territoire: str, au: dt.date) -> Territoire | None:
    """Return the versions of a territory; None if it publishes none."""
    rows = GrillePubliee.objects.filter(territoire=territoire).order_by("-du", "-publiee_le")
    versions = tuple(Version(*row) for row in rows.values_list(*_FIELDS))
    return Territoire(territoire, place_name(territoire, au), versions) if versions else None


def text_of(version: Version) -> str:
    """Return the text of a version, whole."""
    return GrillePubliee.objects.values_list("texte", flat=True).get(pk=version.sha256)
