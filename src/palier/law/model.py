"""Frozen objects of the law: a dated value, its reference, its file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from palier.base.exact import Arrondi

Nombre = int | Fraction
Cellule = int | Fraction | str
Cle = tuple[str, ...]


def _vide() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value is written, and where it was read.

    Parameters
    ----------
    texte : str
        The legal text, or the page that gives the value.
    article : str, optional
        Article or annex.
    url : str, optional
        Address of the text or of the page.
    publie_le : date, optional
        Publication of the text.
    lu_dans : str, optional
        Where the value was actually read, when that is not the text itself.
    """

    texte: str
    article: str | None = None
    url: str | None = None
    publie_le: dt.date | None = None
    lu_dans: str | None = None


@dataclass(frozen=True, slots=True)
class Prolonge:
    """How a table goes on after its last row.

    Beyond key ``apres`` of ``dimension``, the value is that of ``apres`` plus
    the value of key ``par`` for each further unit.
    """

    dimension: str
    apres: int
    par: str


@dataclass(frozen=True, slots=True)
class Derive:
    """A table that is another one multiplied and rounded, e.g. PLS = 1.30 PLUS."""

    de: str
    fois: Fraction
    arrondi: Arrondi
    reference: Reference


@dataclass(frozen=True, slots=True)
class ValeurLegale:
    """One value of the law over one period.

    Parameters
    ----------
    id : str
        Name of the table, the same over time.
    libelle : str
        Public name, in French.
    unite : str
        Unit in words: ``euros par an``, ``mois``, ``part``.
    dimensions : tuple of str
        Names of the keys of ``table``; empty for a scalar.
    du, au : date
        First and last day; ``au`` is None while nobody closed the value.
    valeur : Fraction, str or None
        The scalar.
    table : mapping of key tuples to int, Fraction or str, or None
        The table. A list of codes is a table from code to label.
    prolonge : Prolonge, optional
        How the table goes on.
    reference : Reference
        Text, article, address, publication.
    verifie : bool
        Whether somebody read the source; False once the value is stale.
    details : mapping
        For a list of codes, what is said of each code besides its label.
    rupture : bool
        The value may jump by more than 10 % from the one before.
    lacune : str, optional
        Why no value is known just before this one.
    hypothese : bool
        Set by a what-if.
    perime : bool
        The value was read after its check had expired.
    sha256 : str
        Hash of what can change a result: id, start, unit, dimensions, content
        and prolongation. Closing or checking a value leaves it unchanged.
    """

    id: str
    libelle: str
    unite: str
    dimensions: tuple[str, ...]
    du: dt.date
    au: dt.date | None
    valeur: Fraction | str | None
    table: Mapping[Cle, Cellule] | None
    prolonge: Prolonge | None
    reference: Reference
    verifie: bool
    details: Mapping[str, Mapping[str, str]] = field(default_factory=_vide)
    rupture: bool = False
    lacune: str | None = None
    hypothese: bool = False
    perime: bool = False
    sha256: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """Compute the hash."""
        object.__setattr__(self, "sha256", _hash(self))

    def keys(self, prefixe: Cle = ()) -> tuple[str, ...]:
        """List the keys that follow a prefix, in the order of the file."""
        depth = len(prefixe)
        found = (key[depth] for key in self.table or () if key[:depth] == prefixe and len(key) > depth)
        return tuple(dict.fromkeys(found))

    def cell(self, cle: Cle) -> Cellule | None:
        """Return the value of a key, prolonged where the file says so, or None."""
        if self.table is None:
            return None
        if cle in self.table:
            return self.table[cle]
        if self.prolonge is None or len(cle) != len(self.dimensions):
            return None
        place = self.dimensions.index(self.prolonge.dimension)
        asked = cle[place]
        if not (asked.isascii() and asked.isdigit() and str(int(asked)) == asked):
            return None
        beyond = int(asked) - self.prolonge.apres
        last = self.table.get((*cle[:place], str(self.prolonge.apres), *cle[place + 1 :]))
        step = self.table.get((*cle[:place], self.prolonge.par, *cle[place + 1 :]))
        if beyond <= 0 or last is None or step is None or isinstance(last, str) or isinstance(step, str):
            return None
        return exact(last + beyond * Fraction(step))


@dataclass(frozen=True, slots=True)
class Fiche:
    """One file: the successive values of one table.

    Parameters
    ----------
    id, theme : str
        Names of the file and of its folder.
    libelle, unite : str
        Public name and unit.
    dimensions : tuple of str
        Names of the keys.
    valeurs : tuple of ValeurLegale
        In the order of time.
    verifie_le : date
        Day of the last reading of the sources.
    verifie_par : str
        Who read them.
    rythme : str
        How often the law moves (see :mod:`palier.law.freshness`).
    notes : str
        What a reader must know.
    libelles : mapping
        Labels of the keys of each dimension.
    referentiels : mapping
        For each dimension, the official list its codes belong to.
    derive : Derive, optional
        How the values come from another file.
    publie : tuple of ValeurLegale
        Published values that the derived ones must equal.
    """

    id: str
    theme: str
    libelle: str
    unite: str
    dimensions: tuple[str, ...]
    valeurs: tuple[ValeurLegale, ...]
    verifie_le: dt.date
    verifie_par: str
    rythme: str
    notes: str = ""
    libelles: Mapping[str, Mapping[str, str]] = field(default_factory=_vide)
    referentiels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    derive: Derive | None = None
    publie: tuple[ValeurLegale, ...] = ()


def exact(value: Fraction) -> Nombre:
    """Return a whole Fraction as an int."""
    return value.numerator if value.denominator == 1 else value


def _hash(valeur: ValeurLegale) -> str:
    table = None
    if valeur.table is not None:
        table = sorted(([*key], str(value)) for key, value in valeur.table.items())
    prolonge = valeur.prolonge and [valeur.prolonge.dimension, valeur.prolonge.apres, valeur.prolonge.par]
    content = {
        "id": valeur.id,
        "du": valeur.du.isoformat(),
        "unite": valeur.unite,
        "dimensions": list(valeur.dimensions),
        "valeur": None if valeur.valeur is None else str(valeur.valeur),
        "table": table,
        "prolonge": prolonge,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
