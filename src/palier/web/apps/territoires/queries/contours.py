"""Outlines of the prepared folder, and the words that name their publishers."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from palier.base.errors import InputError
from palier.formats.territoires import read_contours, read_notice


@dataclass(frozen=True, slots=True)
class Trace:
    """An outline to draw: rings of (longitude, latitude), and where its name goes."""

    code: str
    nom: str
    population: int | None
    point: tuple[float, float] | None
    anneaux: tuple[tuple[tuple[float, float], ...], ...]
    commune: str | None = None


def _mark(dossier: Path) -> int:
    try:
        return (dossier / "territoires" / "sources.json").stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=2)
def _notice(dossier: Path, mark: int) -> dict[str, Any]:
    """Return the notice of the prepared folder; empty if there is none. ``mark`` makes it read again."""
    try:
        return read_notice(dossier) if mark else {}
    except InputError:
        return {}


def _digests() -> dict[str, str]:
    folder = Path(settings.DONNEES)
    files = _notice(folder, _mark(folder)).get("fichiers", {})
    return {
        name.removeprefix("contours/").removesuffix(".geojson.gz"): digest
        for name, digest in files.items()
        if name.startswith("contours/")
    }


def has_contours() -> bool:
    """Tell whether maps have a ground."""
    return bool(_digests())


def digest_of(nom: str) -> str | None:
    """Return the SHA-256 of an outline file: a department code, or ``departements``."""
    return _digests().get(nom)


def contours_of(nom: str) -> bytes | None:
    """Return an outline file as GeoJSON compressed by gzip; None where there is none."""
    return read_contours(Path(settings.DONNEES), nom) if digest_of(nom) else None


@lru_cache(maxsize=8)
def _traces(nom: str, digest: str) -> tuple[Trace, ...]:
    del digest
    raw = read_contours(Path(settings.DONNEES), nom)
    features = json.loads(gzip.decompress(raw))["features"] if raw else []
    return tuple(
        Trace(
            code=f["properties"]["code"],
            nom=f["properties"]["nom"],
            population=f["properties"].get("population"),
            point=tuple(f["properties"]["point"]) if f["properties"].get("point") else None,
            anneaux=tuple(
                tuple((x, y) for x, y in ring) for part in f["geometry"]["coordinates"] for ring in part
            )
            if f["geometry"]
            else (),
            commune=f["properties"].get("commune"),
        )
        for f in features
    )


def traces(nom: str) -> tuple[Trace, ...]:
    """Return the outlines of a department, or of the departments, to be drawn without a script."""
    digest = digest_of(nom)
    return _traces(nom, digest) if digest else ()


def mentions() -> list[str]:
    """Return the words that name the publishers of places and outlines, to be shown under maps."""
    folder = Path(settings.DONNEES)
    return [str(source["mention"]) for source in _notice(folder, _mark(folder)).get("sources", [])]
