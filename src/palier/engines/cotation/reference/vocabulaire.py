"""Columns as the reference reads them: straight from ``columns.yaml``, without Polars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from palier.base.errors import PalierError
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Liste, Table, load_strict
from palier.engines.cotation.model.nodes import Mesure, Source


@dataclass(frozen=True, slots=True)
class Mot:
    """What the reference needs to know of a column."""

    nom: str
    libelle: str
    type: str
    unite: str
    codes: tuple[str, ...]
    nomenclature: str
    derive: tuple[str, ...]


@cache
def mots() -> dict[str, Mot]:
    """Return every column by name."""
    read = load_strict(read_packaged("palier.tables", "columns.yaml"), "columns.yaml", "TAB")
    if read.racine is None:
        raise PalierError(read.problemes)
    root = cast(Table, read.racine)
    codes = cast(Table, root["codes"])

    def texts(table: Table, key: str) -> tuple[str, ...]:
        return tuple(str(item) for item in cast(Liste, table.get(key, Liste())))

    found = {}
    for nom, node in cast(Table, root["colonnes"]).items():
        raw = cast(Table, node)
        nomenclature = str(raw.get("codes", ""))
        found[nom] = Mot(
            nom=nom,
            libelle=str(raw["libelle"]),
            type=str(raw["type"]),
            unite=str(raw.get("unite", "")),
            codes=texts(codes, nomenclature) if nomenclature else (),
            nomenclature=nomenclature,
            derive=texts(raw, "derive"),
        )
    return found


@cache
def masque(nom: str, codes: tuple[str, ...]) -> int:
    """Return the bits of several codes of a set column."""
    known = mots()[nom].codes
    return sum(1 << known.index(code) for code in set(codes))


def codes_de(nom: str, bits: int) -> list[str]:
    """Return the codes whose bits are set in a set column."""
    return [code for place, code in enumerate(mots()[nom].codes) if bits >> place & 1]


@cache
def en_centimes(source: Source) -> bool:
    """Tell whether a source is an amount: the tables it is compared with are in euros."""
    if isinstance(source, Mesure):
        return mots()[source.colonne].type == "cent"
    return mots()[source.numerateur].type == "cent" and mots()[source.denominateur].type != "cent"


@cache
def sources(nom: str) -> tuple[str, ...]:
    """Return the answers that a column comes from: itself unless it is derived."""
    mot = mots().get(nom)
    if mot is None or not mot.derive:
        return (nom,)
    return tuple(dict.fromkeys(source for part in mot.derive for source in sources(part)))
