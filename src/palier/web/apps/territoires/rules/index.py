"""The places that the search knows, made from the tables of one edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from palier.web.apps.territoires.rules.recherche import entrees, poids

Point = tuple[float | None, float | None]
Boite = tuple[int | None, ...]
_BORDS = ("ouest", "sud", "est", "nord")
LIEU = (
    "genre",
    "code",
    "nom",
    "departement",
    "codes_postaux",
    "population",
    "lon",
    "lat",
    *_BORDS,
    "commune",
)
ENTREE = ("texte", "poids", "lieu_id", "via")
_GENRES = {"actuelle": "commune", "arrondissement": "arrondissement"}


@dataclass(frozen=True, slots=True)
class Fiche:
    """A place and the texts under which it is found.

    Parameters
    ----------
    genre : str
        ``commune``, ``arrondissement``, ``epci``, ``departement`` or ``region``.
    textes : dict
        Weight and former name (or nothing) by text.
    """

    genre: str
    code: str
    nom: str
    departement: str
    codes_postaux: list[str]
    population: int | None
    point: Point
    boite: Boite
    commune: str = ""
    textes: dict[str, tuple[int, str]] = field(default_factory=dict)

    def champs(self) -> tuple[Any, ...]:
        """Return the fields, in the order of ``LIEU``."""
        return (
            self.genre, self.code, self.nom, self.departement, self.codes_postaux, self.population,
            *self.point, *self.boite, self.commune,
        )  # fmt: skip

    def add(self, texte: str, rang: int, via: str = "") -> None:
        """Add a text; of two weights the best is kept."""
        weight = poids(self.genre, rang, self.population)
        if texte and weight > self.textes.get(texte, (0, ""))[0]:
            self.textes[texte] = (weight, via)


def make_fiches(tables: dict[str, pl.DataFrame]) -> list[Fiche]:
    """Make every place that can be searched.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Those of ``palier.formats.territoires.Territoires``.
    """
    communes = tables["communes"]
    vivantes = communes.filter(pl.col("type").is_in(list(_GENRES)))
    fiches = {row["code"]: _commune(row) for row in vivantes.iter_rows(named=True)}
    for row in communes.filter(~pl.col("type").is_in(list(_GENRES))).iter_rows(named=True):
        _add_other(fiches[row["parent"]], row)
    actuelles = communes.filter(pl.col("type") == "actuelle").select(
        "code", "departement", "region", "population", "lon", "lat", *_BORDS
    )
    places = actuelles.drop_nulls("lon").select("code", "lon", "lat")
    points = {code: (lon, lat) for code, lon, lat in places.iter_rows()}
    return [
        *fiches.values(),
        *_epci(tables, actuelles),
        *_units("departement", tables["departements"], actuelles, points),
        *_units("region", tables["regions"], actuelles, points),
    ]


def _boite(row: dict[str, Any] | None) -> Boite:
    return tuple(row[edge] for edge in _BORDS) if row else (None,) * 4


def _commune(row: dict[str, Any]) -> Fiche:
    fiche = Fiche(
        genre=_GENRES[row["type"]],
        code=row["code"],
        nom=row["nom"],
        departement=row["departement"],
        codes_postaux=row["codes_postaux"],
        population=row["population"],
        point=(row["lon"], row["lat"]),
        boite=_boite(row),
        commune=row["parent"] or "",
    )
    for texte, rang in entrees(row["cle"], row["article"]):
        fiche.add(texte, rang)
    for code in (row["code"].lower(), *row["codes_postaux"]):
        fiche.add(code, 0)
    return fiche


def _add_other(fiche: Fiche, row: dict[str, Any]) -> None:
    """Let a commune be found by a code that ended, or by the name of a commune that it holds."""
    if row["type"] == "ancienne":
        fiche.add(row["code"].lower(), 2)
        return
    for texte, rang in entrees(row["cle"], row["article"]):
        fiche.add(texte, 1 + rang, row["nom"])


def _envelope(rows: pl.DataFrame, by: str) -> dict[str, dict[str, Any]]:
    """Join populations and boxes of communes by one of their columns."""
    made = rows.group_by(by).agg(
        pl.col("population").sum(),
        pl.col("ouest", "sud").min(),
        pl.col("est", "nord").max(),
        pl.col("departement").mode().sort().first().alias("principal"),
    )
    return {row[by]: row for row in made.iter_rows(named=True)}


def _epci(tables: dict[str, pl.DataFrame], actuelles: pl.DataFrame) -> Iterator[Fiche]:
    held = tables["membres"].join(actuelles, left_on="commune", right_on="code")
    envelopes = _envelope(held, "epci")
    for row in tables["epci"].iter_rows(named=True):
        envelope = envelopes.get(row["code"])
        boite = _boite(envelope)
        fiche = Fiche(
            genre="epci",
            code=row["code"],
            nom=row["nom"],
            departement=envelope["principal"] if envelope else "",
            codes_postaux=[],
            population=row["population"],
            point=_middle(boite),
            boite=boite,
        )
        _name(fiche, row["cle"])
        fiche.add(row["code"], 0)
        yield fiche


def _units(
    genre: str, table: pl.DataFrame, actuelles: pl.DataFrame, points: dict[str, tuple[float, float]]
) -> Iterator[Fiche]:
    envelopes = _envelope(actuelles, genre)
    for row in table.iter_rows(named=True):
        envelope = envelopes.get(row["code"])
        fiche = Fiche(
            genre=genre,
            code=row["code"],
            nom=row["nom"],
            departement=row["code"] if genre == "departement" else "",
            codes_postaux=[],
            population=envelope["population"] if envelope else None,
            point=points.get(row["chef_lieu"], (None, None)),
            boite=_boite(envelope),
        )
        _name(fiche, row["cle"])
        if genre == "departement":
            fiche.add(row["code"].lower(), 0)
        yield fiche


def _name(fiche: Fiche, cle: str) -> None:
    for texte, rang in entrees(cle):
        fiche.add(texte, rang)


def _middle(boite: Boite) -> Point:
    ouest, sud, est, nord = boite
    if ouest is None or sud is None or est is None or nord is None:
        return None, None
    return (ouest + est) / 2_000_000, (sud + nord) / 2_000_000


def rows_of(fiches: Iterable[Fiche]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Return the rows of places (id, then ``LIEU``) and of texts (``ENTREE``)."""
    lieux: list[tuple[Any, ...]] = []
    textes: list[tuple[Any, ...]] = []
    for number, fiche in enumerate(fiches, 1):
        lieux.append((number, *fiche.champs()))
        textes.extend((texte, weight, number, via) for texte, (weight, via) in fiche.textes.items())
    return lieux, textes
