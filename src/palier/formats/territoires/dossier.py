"""The prepared folder: written all at once, read back with its digests checked."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from palier.formats.chemins import write_bytes, write_text
from palier.formats.territoires.modele import TABLES, Source, refuse

SOUS_DOSSIER = "territoires"
SOURCES = "sources.json"
FORMAT = "palier-territoires/1"
_NOM_CONTOUR = re.compile(r"(departements|[0-9][0-9AB][0-9]?)\.geojson\.gz")


@dataclass(frozen=True)
class Territoires:
    """What was prepared: tables, the date of the geography, and where each part comes from.

    Parameters
    ----------
    tables : dict of str to DataFrame
        ``communes``, ``epci``, ``membres``, ``departements``, ``regions``.
    millesime : date
        Day from which the geography holds.
    sources : tuple of Source
        The open files; their words must stand wherever the data are shown.
    contours : dict of str to str
        SHA-256 of each outline file, by department code or ``departements``;
        empty without outlines.
    empreinte : str
        SHA-256 of the whole: equal folders, equal digests.
    """

    tables: dict[str, pl.DataFrame]
    millesime: dt.date
    sources: tuple[Source, ...]
    contours: dict[str, str]
    empreinte: str


def write_dossier(
    folder: Path,
    tables: dict[str, pl.DataFrame],
    contours: dict[str, bytes],
    millesime: dt.date,
    sources: tuple[Source, ...],
) -> str:
    """Write the prepared files; ``sources.json`` comes last and makes them count.

    Returns
    -------
    str
        SHA-256 of the whole.
    """
    target = folder / SOUS_DOSSIER
    (target / "contours").mkdir(parents=True, exist_ok=True)
    (target / SOURCES).unlink(missing_ok=True)
    digests: dict[str, str] = {}
    for name, table in tables.items():
        buffer = io.BytesIO()
        table.write_parquet(buffer, compression="zstd", statistics=False)
        write_bytes(target / f"{name}.parquet", buffer.getvalue())
        digests[f"{name}.parquet"] = hashlib.sha256(buffer.getvalue()).hexdigest()
    for old in (target / "contours").iterdir():
        if _NOM_CONTOUR.fullmatch(old.name):
            old.unlink()
    for name, drawn in contours.items():
        write_bytes(target / "contours" / f"{name}.geojson.gz", drawn)
        digests[f"contours/{name}.geojson.gz"] = hashlib.sha256(drawn).hexdigest()
    notice = {
        "format": FORMAT,
        "millesime": millesime.isoformat(),
        "sources": [source.to_dict() for source in sources],
        "fichiers": digests,
    }
    text = json.dumps(notice, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_text(target / SOURCES, text)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_territoires(folder: Path | str) -> Territoires:
    """Read what ``palier lieux preparer`` wrote in a data folder.

    Raises
    ------
    TableError
        GEO-010 if it is absent, of another format or altered.
    """
    target = Path(folder) / SOUS_DOSSIER
    notice, empreinte = _notice_of(target)
    tables = {}
    for name, schema in TABLES.items():
        raw = _checked(target, f"{name}.parquet", notice["fichiers"])
        tables[name] = pl.read_parquet(io.BytesIO(raw))
        if tables[name].schema != schema:
            raise refuse(
                "GEO-010", str(target / f"{name}.parquet"), "Le format est celui d'une autre version."
            )
    contours = {
        name.removeprefix("contours/").removesuffix(".geojson.gz"): digest
        for name, digest in notice["fichiers"].items()
        if name.startswith("contours/")
    }
    sources = tuple(Source(**source) for source in notice["sources"])
    return Territoires(tables, dt.date.fromisoformat(notice["millesime"]), sources, contours, empreinte)


def read_contours(folder: Path | str, name: str) -> bytes | None:
    """Return an outline file, compressed by gzip; None where there is none.

    Parameters
    ----------
    folder : path
        The data folder.
    name : str
        Department code, or ``departements``; anything else gives None.
    """
    file = f"{name}.geojson.gz"
    place = Path(folder) / SOUS_DOSSIER / "contours" / file
    if not _NOM_CONTOUR.fullmatch(file) or not place.is_file():
        return None
    return place.read_bytes()


def read_notice(folder: Path | str) -> dict[str, Any]:
    """Return ``sources.json``: edition, sources and their words, digest of each file.

    Raises
    ------
    TableError
        GEO-010 if it is absent or of another format.
    """
    return _notice_of(Path(folder) / SOUS_DOSSIER)[0]


def _notice_of(target: Path) -> tuple[dict[str, Any], str]:
    place = target / SOURCES
    try:
        text = place.read_bytes()
        notice: dict[str, Any] = json.loads(text)
        known = notice["format"] == FORMAT and isinstance(notice["fichiers"], dict)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refuse("GEO-010", str(place)) from error
    if not known:
        raise refuse("GEO-010", str(place), "Le format est celui d'une autre version.")
    return notice, hashlib.sha256(text).hexdigest()


def _checked(target: Path, name: str, digests: dict[str, str]) -> bytes:
    try:
        raw = (target / name).read_bytes()
    except OSError as error:
        raise refuse("GEO-010", str(target / name)) from error
    if hashlib.sha256(raw).hexdigest() != digests.get(name):
        raise refuse("GEO-010", str(target / name), "Il a été changé.")
    return raw
