"""Read the files of ``@etalab/decoupage-administratif`` into tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

from palier.base.errors import Problem, TableError
from palier.base.lieux import make_cle
from palier.base.yamlstrict import Table
from palier.formats.catalogue import probleme
from palier.formats.territoires.modele import (
    COMMUNES,
    DEPARTEMENTS,
    EPCI,
    MEMBRES,
    REGIONS,
    Source,
    millesime_of,
    refuse,
    sources_connues,
)

FICHIERS = ("communes", "epci", "ept", "departements", "regions")
MAX_OCTETS = 100_000_000
_TYPES = {
    "commune-actuelle": "actuelle",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
}
# Insee's kind of name → words of the leading article in the key (L', Le, La, Les, Aux, Las, Los)
_ARTICLES = {2: "le ", 3: "la ", 4: "les ", 5: "l ", 6: "aux ", 7: "las ", 8: "los "}
_EPCI = {"MET69": "METLYON"}

Ligne = dict[str, Any]


@dataclass(frozen=True)
class Decoupage:
    """The tables of one edition, its date and where it comes from."""

    tables: dict[str, pl.DataFrame]
    millesime: dt.date
    source: Source


def read_decoupage(folder: Path, millesime: dt.date | None = None) -> Decoupage:
    """Read one edition of the administrative geography.

    Parameters
    ----------
    folder : path
        Folder of the npm package: ``package.json`` and ``data/*.json``.
    millesime : date, optional
        Date of the geography, for an edition that Palier does not know.

    Raises
    ------
    TableError
        GEO-001 (files missing, all named), GEO-002 (bad form), GEO-003
        (contradictions, all named), GEO-004 (unknown edition).
    """
    places = {name: folder / "data" / f"{name}.json" for name in FICHIERS}
    manquants = [p for p in (folder / "package.json", *places.values()) if not p.is_file()]
    if manquants:
        raise TableError([probleme("GEO-001", str(p), "Fichier absent.") for p in manquants])
    package, _ = _load(folder / "package.json", dict)
    version = str(package.get("version", ""))
    date = millesime or millesime_of(version, str(folder / "package.json"))
    digest = hashlib.sha256()
    lus: dict[str, list[Ligne]] = {}
    for name, place in places.items():
        lus[name], raw = _load(place, list)
        digest.update(raw)
    tables = {
        "communes": _table(COMMUNES, places["communes"], lus["communes"], _communes),
        "epci": _table(EPCI, places["epci"], [*lus["epci"], *lus["ept"]], _epci),
        "membres": _table(MEMBRES, places["epci"], [*lus["epci"], *lus["ept"]], _membres),
        "departements": _table(DEPARTEMENTS, places["departements"], lus["departements"], _departements),
        "regions": _table(REGIONS, places["regions"], lus["regions"], _regions),
    }
    if found := [*contradictions(tables, folder)]:
        raise TableError(found)
    known = cast(Table, sources_connues()["decoupage"])
    source = Source(
        str(known["nom"]), version, str(known["licence"]), str(known["mention"]), digest.hexdigest()
    )
    return Decoupage(tables, date, source)


def _load(place: Path, kind: type) -> tuple[Any, bytes]:
    with place.open("rb") as stream:
        raw = stream.read(MAX_OCTETS + 1)
    if len(raw) > MAX_OCTETS:
        raise refuse("GEO-002", str(place), f"Il dépasse {MAX_OCTETS} octets.")
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise refuse("GEO-002", str(place), "Ce n'est pas du JSON.") from error
    if not isinstance(found, kind) or not found:
        raise refuse("GEO-002", str(place), "Une liste est attendue." if kind is list else "")
    return found, raw


def _table(
    schema: pl.Schema, place: Path, rows: list[Ligne], make: Callable[[list[Ligne]], Iterable[Ligne]]
) -> pl.DataFrame:
    """Make a table, sorted by its first columns; a missing or mistyped field is GEO-002."""
    try:
        made = pl.DataFrame(list(make(rows)), schema=schema, strict=True)
    except KeyError as error:
        raise refuse("GEO-002", str(place), f"Champ absent ou inconnu : {error}.") from error
    except (TypeError, ValueError, AttributeError, pl.exceptions.PolarsError) as error:
        raise refuse("GEO-002", str(place), "Un champ n'est pas de la sorte attendue.") from error
    return made.sort(schema.names()[:2])


def _codes(values: object) -> list[str]:
    """Accept a list of texts of five signs, in order."""
    if not isinstance(values, list) or not all(isinstance(v, str) and len(v) == 5 for v in values):
        raise TypeError("codes")
    return sorted(values)


def _communes(rows: list[Ligne]) -> Iterable[Ligne]:
    for row in rows:
        nom, cle = row["nom"], make_cle(row["nom"])
        (code,) = _codes([row["code"]])
        article = _ARTICLES.get(row.get("typeLiaison") or 0, "")
        commun = {"departement": row["departement"], "region": row["region"], "zone": row["zone"]}
        yield {
            "code": code,
            "type": _TYPES[row["type"]],
            "nom": nom,
            "cle": cle,
            "article": len(article) if cle.startswith(article) else 0,
            **commun,
            "parent": row.get("chefLieu") or row.get("commune"),
            "siren": row.get("siren"),
            "codes_postaux": _codes(row.get("codesPostaux", [])),
            "population": row.get("population"),
        }
        for ancien in _codes(row.get("anciensCodes", [])):
            yield {"code": ancien, "type": "ancienne", "nom": nom, "cle": cle, "article": 0,
                   **commun, "parent": code, "codes_postaux": []}  # fmt: skip


def _epci(rows: list[Ligne]) -> Iterable[Ligne]:
    for row in rows:
        nom = row["nom"]
        yield {
            "code": row["code"],
            "type": _EPCI.get(row["type"], row["type"]),
            "nom": nom,
            "cle": make_cle(nom),
            "population": row.get("populationMunicipale"),
        }


def _membres(rows: list[Ligne]) -> Iterable[Ligne]:
    for row in rows:
        yield from ({"epci": row["code"], "commune": membre["code"]} for membre in row["membres"])


def _departements(rows: list[Ligne]) -> Iterable[Ligne]:
    for row in rows:
        yield {
            "code": row["code"],
            "nom": row["nom"],
            "cle": make_cle(row["nom"]),
            "region": row["region"],
            "zone": row["zone"],
            "chef_lieu": row.get("chefLieu"),
        }


def _regions(rows: list[Ligne]) -> Iterable[Ligne]:
    for row in rows:
        yield {
            "code": row["code"],
            "nom": row["nom"],
            "cle": make_cle(row["nom"]),
            "zone": row["zone"],
            "chef_lieu": row.get("chefLieu"),
        }


def contradictions(tables: dict[str, pl.DataFrame], folder: Path) -> Iterable[Problem]:
    """Tell each code that stands twice and each reference that leads nowhere."""
    keys = {
        "communes": tables["communes"].select("code", "type").rows(),
        "epci": tables["epci"].select("code").rows(),
        "membres": tables["membres"].rows(),
        "departements": tables["departements"].select("code").rows(),
        "regions": tables["regions"].select("code").rows(),
    }
    for name, rows in keys.items():
        twice = sorted(" ".join(key) for key, n in Counter(rows).items() if n > 1)
        if twice:
            yield probleme("GEO-003", f"{folder}, {name}", f"Codes en double : {_some(twice)}.")
    communes = tables["communes"]
    actuelles = communes.filter(pl.col("type") == "actuelle")["code"]
    autres = communes.filter(pl.col("type") != "actuelle")
    for name, given, known in (
        ("communes, rattachement", autres["parent"], actuelles),
        ("communes, département", communes["departement"], tables["departements"]["code"]),
        ("départements, région", tables["departements"]["region"], tables["regions"]["code"]),
        ("epci, membres", tables["membres"]["commune"], actuelles),
    ):
        lost = given.fill_null("(vide)").filter(~given.fill_null("(vide)").is_in(known.implode()))
        if lost.len():
            yield probleme("GEO-003", f"{folder}, {name}", f"Inconnus : {_some(lost.unique().sort())}.")


def _some(codes: Iterable[str], most: int = 5) -> str:
    listed = list(codes)
    return ", ".join(listed[:most]) + (f" et {len(listed) - most} autres" if len(listed) > most else "")
