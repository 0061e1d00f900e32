"""From the open files to the folder of light ones: what ``palier lieux preparer`` does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from palier.formats.chemins import make_folder
from palier.formats.territoires import geometrie as geo
from palier.formats.territoires.contours import Contours, load_shapely, read_contours_source
from palier.formats.territoires.decoupage import read_decoupage
from palier.formats.territoires.dossier import write_dossier
from palier.formats.territoires.modele import COMMUNES, Source, refuse

_DESSINES = ("actuelle", "arrondissement")


@dataclass(frozen=True)
class Bilan:
    """What was made, for the person who asked.

    Parameters
    ----------
    millesime : date
        Date of the geography.
    lignes : dict of str to int
        Rows of each table.
    contours, sans_contour, inconnus : int
        Communes drawn, communes without outline, outlines of unknown codes.
    octets : dict of str to int
        Size of each outline file, compressed.
    sources : tuple of Source
        What was read.
    empreinte : str
        SHA-256 of the whole.
    """

    millesime: dt.date
    lignes: dict[str, int]
    contours: int
    sans_contour: int
    inconnus: int
    octets: dict[str, int]
    sources: tuple[Source, ...]
    empreinte: str


def prepare_territoires(
    sources: Path | str,
    donnees: Path | str,
    contours: Path | str | None = None,
    millesime: dt.date | None = None,
    mention: str = "",
) -> Bilan:
    """Prepare the territories, with their outlines if a file is given.

    Parameters
    ----------
    sources : path
        Folder of the npm package ``@etalab/decoupage-administratif``.
    donnees : path
        Data folder; its subfolder ``territoires`` is written.
    contours : path, optional
        Outlines and town halls; without it, everything works without maps.
    millesime : date, optional
        Date of the geography, for an edition that Palier does not know.
    mention : str
        Words that name the publisher of an outline file that Palier does not know.

    Raises
    ------
    UsageError
        USG-001, USG-002.
    TableError
        GEO-001 to GEO-009.
    """
    read = read_decoupage(Path(sources), millesime)
    outlines = read_contours_source(contours, mention) if contours is not None else None
    folder = make_folder(donnees)
    tables, drawn, unknown = read.tables, {}, 0
    if outlines is not None:
        codes = set(tables["communes"].filter(pl.col("type").is_in(_DESSINES))["code"])
        unknown = len(outlines.formes.keys() - codes)
        if unknown == len(outlines.formes):
            raise refuse("GEO-008", str(contours))
        tables = {**tables, "communes": locate(tables["communes"], outlines)}
        drawn = draw(tables, outlines)
    used = (read.source, outlines.source) if outlines else (read.source,)
    empreinte = write_dossier(folder, tables, drawn, read.millesime, used)
    found = tables["communes"].filter(pl.col("type").is_in(_DESSINES))["ouest"].is_not_null()
    return Bilan(
        millesime=read.millesime,
        lignes={name: table.height for name, table in tables.items()},
        contours=int(found.sum()),
        sans_contour=int((~found).sum()),
        inconnus=unknown,
        octets={name: len(text) for name, text in drawn.items()},
        sources=used,
        empreinte=empreinte,
    )


def locate(communes: pl.DataFrame, contours: Contours) -> pl.DataFrame:
    """Give each commune its point and its box."""
    shapely = load_shapely()
    rows: list[tuple[Any, ...]] = []
    for code in contours.formes.keys() | contours.points.keys():
        forme, mairie = contours.formes.get(code), contours.points.get(code)
        if forme is None:
            assert mairie is not None
            rows.append((code, round(mairie[0], 5), round(mairie[1], 5), None, None, None, None))
        else:
            rows.append((code, *geo.place_of(shapely, forme, mairie), *geo.box(shapely, forme)))
    names = ("lon", "lat", "ouest", "sud", "est", "nord")
    schema: dict[str, Any] = {name: COMMUNES[name] for name in ("code", *names)}
    found = pl.DataFrame(rows, schema=schema, orient="row")
    drawn = communes["type"].is_in(_DESSINES)
    parts = [
        communes.filter(drawn).drop(names).join(found, on="code", how="left"),
        communes.filter(~drawn),
    ]
    return pl.concat([part.select(COMMUNES.names()) for part in parts]).sort("code", "type")


def draw(tables: dict[str, pl.DataFrame], contours: Contours) -> dict[str, bytes]:
    """Draw the communes of each department, and the departments of the country.

    Returns
    -------
    dict of str to bytes
        GeoJSON compressed by gzip, by department code, and ``departements``.
    """
    shapely = load_shapely()
    rows = tables["communes"].filter(pl.col("type").is_in(_DESSINES) & pl.col("ouest").is_not_null())
    light: dict[str, Any] = {}
    for kind in _DESSINES:  # two coverages: an arrondissement lies on its commune
        codes = rows.filter(pl.col("type") == kind)["code"].to_list()
        made = geo.simplify_coverage(shapely, [contours.formes[c] for c in codes], geo.TOLERANCE_COMMUNE)
        light.update(zip(codes, made, strict=True))
    mention = contours.source.mention
    drawn = {
        departement: geo.compress(geo.to_geojson(_communes(shapely, part, light), mention))
        for (departement,), part in sorted(rows.partition_by("departement", as_dict=True).items())
    }
    drawn["departements"] = geo.compress(geo.to_geojson(_departements(shapely, tables, rows, light), mention))
    return drawn


def _communes(shapely: Any, part: pl.DataFrame, light: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for row in part.iter_rows(named=True):
        proprietes: dict[str, geo.Propriete] = {
            "nom": row["nom"],
            "population": row["population"],
            "point": [row["lon"], row["lat"]],
        }
        if row["type"] == "arrondissement":
            proprietes["commune"] = row["parent"]
        yield geo.feature(
            row["code"],
            proprietes,
            geo.coordinates(shapely, light[row["code"]], geo.DECIMALES_COMMUNE),
        )


def _departements(
    shapely: Any, tables: dict[str, pl.DataFrame], rows: pl.DataFrame, light: dict[str, Any]
) -> Iterable[dict[str, Any]]:
    actuelles = rows.filter(pl.col("type") == "actuelle")
    joined = {
        code: geo.dissolve(shapely, [light[c] for c in part["code"]])
        for (code,), part in sorted(actuelles.partition_by("departement", as_dict=True).items())
    }
    made = geo.simplify_coverage(shapely, [*joined.values()], geo.TOLERANCE_DEPARTEMENT)
    noms = dict(tables["departements"].select("code", "nom").iter_rows())
    for code, forme in zip(joined, made, strict=True):
        x, y = geo.place_of(shapely, forme, None)
        boite: list[float] = [edge / 1_000_000 for edge in geo.box(shapely, forme)]
        proprietes: dict[str, geo.Propriete] = {"nom": noms[code], "point": [x, y], "boite": boite}
        yield geo.feature(code, proprietes, geo.coordinates(shapely, forme, geo.DECIMALES_DEPARTEMENT))
