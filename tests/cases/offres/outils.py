"""Places, contexts and files for the cases of public offers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from palier import law
from palier.base.yamlstrict import load_strict
from palier.web.apps.offres.rules import Boite, Commune, Contexte, load_loi

AU = dt.date(2026, 11, 24)
EMETTEUR = "732829320"
DOSSIER = Path(__file__).parent
Ligne = dict[str, Any]


class LieuxInventes:
    """A few real communes with rough boxes, and two invented ones that begin or end."""

    def __init__(self) -> None:
        schiltigheim = Boite(7_690_000, 48_590_000, 7_780_000, 48_630_000)
        self.communes = {
            c.code: c
            for c in (
                Commune("67447", "Schiltigheim", frozenset({"67300"}), schiltigheim),
                Commune("67482", "Strasbourg", frozenset({"67000", "67100", "67200"})),
                Commune("75056", "Paris", frozenset({"75001"})),
                Commune("97411", "Saint-Denis", frozenset({"97400"})),
                Commune("2A004", "Ajaccio", frozenset({"20000"})),
                Commune("67999", "Vieuxbourg", fin=dt.date(2025, 12, 31), remplacee_par="67447 Schiltigheim"),
                Commune("67997", "Neufbourg", debut=dt.date(2027, 1, 1)),
            )
        }

    def commune(self, code: str) -> Commune | None:
        """Look a commune up."""
        return self.communes.get(code)

    def communes_du_code_postal(self, code_postal: str) -> list[str]:
        """Name the communes of a postal code."""
        return [f"{c.code} {c.nom}" for c in self.communes.values() if code_postal in c.codes_postaux]


@cache
def contexte(au: dt.date = AU, emetteur: str | None = EMETTEUR) -> Contexte:
    """Surroundings of a check."""
    return Contexte(au, LieuxInventes(), load_loi(law.at(au, non_verifie=True)), emetteur)


def read_cases(nom: str) -> Any:
    """Cases of a file, scalars as text."""
    read = load_strict((DOSSIER / f"{nom}.yaml").read_text(encoding="utf-8"), nom, "TAB")
    assert not read.problemes, read.problemes
    return read.racine


@cache
def bases() -> dict[str, Ligne]:
    """Valid offers by name, inheritance done."""
    found: dict[str, Ligne] = {}
    for cas in read_cases("valides"):
        found[str(cas["nom"])] = change(found.get(str(cas.get("base", "")), {}), cas["offre"])
    return found


def change(base: Ligne, avec: Ligne) -> Ligne:
    """Change some cells; an empty YAML value takes the column away."""
    made = {**base, **{str(k): expand(str(v)) for k, v in avec.items()}}
    return {k: v for k, v in made.items() if not getattr(avec.get(k), "nul", False)}


def expand(text: str) -> str:
    """Write ``(3001)`` as a text of 3,001 characters."""
    number = text.strip("()")
    return ("Mot et " * 2_000)[: int(number)] if text.startswith("(") and number.isdigit() else text


def write_csv(path: Path, lignes: list[Ligne], separateur: str = ";", encodage: str = "utf-8") -> None:
    """Write rows as a CSV; titles are the union of their keys."""
    path.write_bytes(csv_text(lignes, separateur).encode(encodage))


def csv_text(lignes: list[Ligne], separateur: str = ";") -> str:
    """Rows as the text of a CSV."""
    titles = list(dict.fromkeys(t for ligne in lignes for t in ligne))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separateur, lineterminator="\n")
    writer.writerows([titles, *([ligne.get(t, "") for t in titles] for ligne in lignes)])
    return stream.getvalue()


def _sheet(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    titles = list(bases()["location"])
    book.active.append(titles)
    book.active.append([bases()["location"][t] for t in titles])
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _merge(book: Any) -> None:
    book.active.merge_cells("A2:A3")


def _formula(book: Any) -> None:
    book.active["A2"] = "=B2&C2"


def _hidden(book: Any) -> None:
    book.active.title = "Offres"
    page = book.create_sheet("Brouillon")
    page.append(["vieux"])
    page.sheet_state = "hidden"


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", b"\0" * 60_000_000)
    return stream.getvalue()


def _shifted() -> bytes:
    return csv_text([bases()["location"]]).replace("12 rue de la Gare", "12 rue; de la Gare").encode()


FABRIQUES: dict[str, Callable[[], bytes]] = {
    "melange": lambda: csv_text([bases()["location"]]).encode() + "A;é\n".encode("cp1252"),
    "decale": _shifted,
    "marque": lambda: csv_text([bases()["location"]]).encode("utf-8-sig"),
    "tabulations": lambda: csv_text([bases()["location"]], "\t").encode(),
    "fusion": lambda: _sheet(_merge),
    "formule": lambda: _sheet(_formula),
    "cachee": lambda: _sheet(_hidden),
    "bombe": _bomb,
    "imbrique": lambda: b"[" * 100_000,
    "enveloppe": lambda: json.dumps({"offres": [bases()["location"]]}).encode(),
}


def make_file(cas: Any, folder: Path) -> Path:
    """Write the file of a case."""
    path = folder / str(cas["fichier"])
    if "fabrique" in cas:
        path.write_bytes(FABRIQUES[str(cas["fabrique"])]())
    elif "texte" in cas:
        path.write_text(str(cas["texte"]), encoding="utf-8")
    else:
        rows = [change(bases()["location"], ligne) for ligne in cas["lignes"]]
        if path.suffix == ".json":
            path.write_text(json.dumps(rows), encoding="utf-8")
        else:
            write_csv(path, rows)
    return path
