"""The published files of each day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

#: Name of a file to its media type.
FICHIERS = {
    "offres.csv.gz": "application/gzip",
    "offres.parquet": "application/vnd.apache.parquet",
    "offres.geojson.gz": "application/gzip",
    "changements.csv": "text/csv; charset=utf-8",
}
_JOUR = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fichier:
    """A published file: its day, its size [bytes], when it was written [seconds]."""

    jour: dt.date
    nom: str
    chemin: Path
    octets: int
    ecrit: float

    @property
    def type(self) -> str:
        """Media type."""
        return FICHIERS[self.nom]


def _root() -> Path:
    return Path(settings.DONNEES) / "publications"


def folder_of(jour: dt.date) -> Path:
    """Return the folder of a day."""
    return _root() / jour.isoformat()


def days() -> list[dt.date]:
    """Return the published days, in order."""
    root = _root()
    if not root.is_dir():
        return []
    names = sorted(place.name for place in root.iterdir() if _JOUR.fullmatch(place.name))
    return [dt.date.fromisoformat(name) for name in names]


def find(nom: str, jour: dt.date | None = None) -> Fichier | None:
    """Return a file of a day, else of the last one; None where there is none."""
    known = days()
    day = jour or (known[-1] if known else None)
    if day is None or nom not in FICHIERS:
        return None
    place = folder_of(day) / nom
    try:
        seen = place.stat()
    except FileNotFoundError:
        return None
    return Fichier(day, nom, place, seen.st_size, seen.st_mtime)


def latest() -> list[Fichier]:
    """Return the files of the last day."""
    return [found for nom in FICHIERS if (found := find(nom)) is not None]
