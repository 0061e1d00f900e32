"""The column registry: ``columns.yaml`` as frozen objects with Polars types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import polars as pl

from palier.base.errors import PalierError
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Liste, Table, load_strict

TypeColonne = Literal[
    "texte", "date", "horodatage", "booleen", "entier", "cent", "degre", "code", "ensemble", "liste"
]  # fmt: skip
_ENTIERS: dict[str, pl.DataType] = {
    "u8": pl.UInt8(),
    "i16": pl.Int16(),
    "i32": pl.Int32(),
    "i64": pl.Int64(),
}


@cache
def _dtype(kind: str, bits: str, codes: tuple[str, ...]) -> pl.DataType:
    if kind in ("entier", "cent"):
        return _ENTIERS[bits]
    if kind == "code":
        return pl.Enum(list(codes))
    if kind == "ensemble":
        return pl.UInt32() if len(codes) <= 32 else pl.UInt64()
    simple: dict[str, pl.DataType] = {
        "texte": pl.String(),
        "date": pl.Date(),
        "horodatage": pl.Datetime("us"),
        "booleen": pl.Boolean(),
        "degre": pl.Decimal(16, 6),
        "liste": pl.List(pl.String()),
    }
    return simple[kind]


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: name, meaning, type, unit, sensitivity and synonyms.

    ``mots`` are words that stand for a number, ``rdc`` for storey 0.
    """

    nom: str
    libelle: str
    type: TypeColonne
    sensibilite: int
    source: str
    unite: str = ""
    bits: str = "i32"
    codes: tuple[str, ...] = ()
    nomenclature: str = ""
    synonymes: tuple[str, ...] = ()
    minimum: str | None = None
    maximum: str | None = None
    motif: str | None = None
    commune: bool = False
    max_codes: int | None = None
    fait: str | None = None
    fait_par_code: bool = False
    derive: tuple[str, ...] = ()
    exemple: str = ""
    mots: tuple[tuple[str, int], ...] = ()

    @property
    def dtype(self) -> pl.DataType:
        """Polars type of the column.

        A set of codes (``ensemble``) is an unsigned integer where bit ``i``
        stands for code ``i`` of its nomenclature.
        """
        return _dtype(self.type, self.bits, self.codes)

    def bit(self, code: str) -> int:
        """Return the bit of a code in a set column.

        Raises
        ------
        ValueError
            If the code is not in the nomenclature.
        """
        return 1 << self.codes.index(code)

    def mask(self, codes: list[str]) -> int:
        """Return the bits of several codes together."""
        return sum({self.bit(code) for code in codes})

    def codes_of(self, mask: int) -> list[str]:
        """Return the codes whose bits are set."""
        return [code for place, code in enumerate(self.codes) if mask >> place & 1]


@dataclass(frozen=True, slots=True)
class SchemaTable:
    """One table: its columns in order, its key and what it requires.

    ``publie`` and ``version`` are the name and the semantic version under which
    its Table Schema is offered to others.
    """

    nom: str
    libelle: str
    colonnes: tuple[Colonne, ...]
    obligatoires: tuple[str, ...]
    cle: tuple[str, ...]
    publie: str = ""
    version: str = ""

    def __getitem__(self, nom: str) -> Colonne:
        """Return a column by name; KeyError if the table has none."""
        for colonne in self.colonnes:
            if colonne.nom == nom:
                return colonne
        raise KeyError(nom)

    def __contains__(self, nom: object) -> bool:
        """Tell whether the table has the column."""
        return any(colonne.nom == nom for colonne in self.colonnes)

    @property
    def polars(self) -> dict[str, pl.DataType]:
        """Polars schema of the whole table."""
        return {colonne.nom: colonne.dtype for colonne in self.colonnes}


def _texts(table: Table, key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in cast(Liste, table.get(key, Liste())))


def _colonne(nom: str, raw: Table, codes: Table) -> Colonne:
    def text(key: str) -> str | None:
        return str(raw[key]) if key in raw else None

    nomenclature = text("codes") or ""
    kind = cast(TypeColonne, text("type"))
    return Colonne(
        nom=nom,
        libelle=str(raw["libelle"]),
        type=kind,
        sensibilite=int(str(raw["sensibilite"])),
        source=str(raw["source"]),
        unite=text("unite") or "",
        bits=text("bits") or "i32",
        codes=_texts(codes, nomenclature) if nomenclature else (),
        nomenclature=nomenclature,
        synonymes=_texts(raw, "synonymes"),
        minimum=text("min"),
        maximum=text("max"),
        motif=text("motif"),
        commune=text("commune") == "oui",
        max_codes=int(str(raw["max_codes"])) if "max_codes" in raw else None,
        fait=text("fait"),
        fait_par_code=text("fait_par_code") == "oui",
        derive=_texts(raw, "derive"),
        exemple=text("exemple") or "",
        mots=tuple((word, int(str(n))) for word, n in cast(Table, raw.get("mots", Table())).items()),
    )


@cache
def _registre() -> tuple[dict[str, Colonne], dict[str, SchemaTable]]:
    read = load_strict(read_packaged("palier.tables", "columns.yaml"), "columns.yaml", "TAB")
    if read.racine is None:
        raise PalierError(read.problemes)
    root = cast(Table, read.racine)
    codes, raw_columns, raw_tables = (cast(Table, root[k]) for k in ("codes", "colonnes", "tables"))
    colonnes = {nom: _colonne(nom, cast(Table, raw), codes) for nom, raw in raw_columns.items()}
    tables = {}
    for nom, node in raw_tables.items():
        raw = cast(Table, node)
        tables[nom] = SchemaTable(
            nom=nom,
            libelle=str(raw["libelle"]),
            colonnes=tuple(colonnes[c] for c in _texts(raw, "colonnes")),
            obligatoires=_texts(raw, "obligatoires"),
            cle=_texts(raw, "cle"),
            publie=str(raw.get("publie", "")),
            version=str(raw.get("version", "")),
        )
    return colonnes, tables


def colonne(nom: str) -> Colonne:
    """Return a column of the registry.

    Raises
    ------
    KeyError
        If no column has this name.
    """
    return _registre()[0][nom]


def all_colonnes() -> dict[str, Colonne]:
    """Return all columns by name, in the order of the registry."""
    return dict(_registre()[0])


def schema(nom: str) -> SchemaTable:
    """Return a table of the registry.

    Raises
    ------
    KeyError
        If no table has this name.
    """
    return _registre()[1][nom]


def all_schemas() -> dict[str, SchemaTable]:
    """Return all tables by name."""
    return dict(_registre()[1])
