"""A batch of rows under construction: columns as arrays, then a frame of the registry."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import cast

import numpy as np
import polars as pl

from palier.synthetic.tirage import Tableau, stream
from palier.tables import Colonne, schema


class Place(IntEnum):
    """Where a draw takes place: each has its own stream."""

    MENAGES = 1
    LOGEMENT = 2
    MOTIFS = 3
    RESSOURCES = 4
    SOUHAITS = 5
    PRIORITES = 6
    PREUVES = 7
    DATES = 8
    ABSENCES = 9
    NUMEROS = 10
    EVENEMENTS = 11
    PARC = 12
    FILE = 13
    BAUX = 14
    COMMISSION = 15
    NOMS = 16
    CIBLES = 17
    PROPOSITIONS = 18
    DECISIONS = 19
    DOSSIERS = 20
    OFFRES = 21
    ANNEE = 22


@dataclass
class Lot:
    """A batch of ``n`` rows at a date.

    Parameters
    ----------
    graine : int
        Seed.
    morceau : int
        Number of the chunk, part of each stream.
    n : int
        Rows.
    au : int
        Date of state, in days since 1970.
    """

    graine: int
    morceau: int
    n: int
    au: int
    colonnes: dict[str, Tableau | pl.Series] = field(default_factory=dict)
    vides: dict[str, Tableau] = field(default_factory=dict)

    def rng(self, place: Place) -> np.random.Generator:
        """Return the stream of a place of this batch."""
        return stream(self.graine, self.morceau, place)

    def __getitem__(self, nom: str) -> Tableau:
        """Return a column as an array."""
        return cast(Tableau, self.colonnes[nom])

    def __setitem__(self, nom: str, valeurs: Tableau | pl.Series) -> None:
        """Set a column; names that begin with ``_`` never leave the batch."""
        self.colonnes[nom] = valeurs

    def blank(self, nom: str, masque: Tableau) -> None:
        """Leave some answers empty, besides those already empty."""
        self.vides[nom] = self.vides[nom] | masque if nom in self.vides else masque

    def frame(self, table: str) -> pl.DataFrame:
        """Return the columns of a table that the batch has, with the registry's types."""
        found = [c for c in schema(table).colonnes if c.nom in self.colonnes]
        series = {c.nom: to_series(c, self.colonnes[c.nom]) for c in found}
        vides = {f"?{nom}": masque for nom, masque in self.vides.items() if nom in series}
        return pl.DataFrame(series | vides).select(
            pl.when(~pl.col(f"?{nom}")).then(pl.col(nom)).alias(nom) if f"?{nom}" in vides else pl.col(nom)
            for nom in series
        )


def to_series(colonne: Colonne, valeurs: Tableau | pl.Series) -> pl.Series:
    """Give an array the type of its column: codes are indices, dates are days since 1970."""
    if isinstance(valeurs, pl.Series):
        return valeurs.alias(colonne.nom)
    if colonne.type == "code":
        indices = pl.Series(colonne.nom, np.ascontiguousarray(valeurs, dtype=np.uint8))
        return indices.cat.to(colonne.dtype)
    if colonne.type == "date":
        return pl.Series(colonne.nom, np.ascontiguousarray(valeurs, dtype=np.int32)).cast(pl.Date())
    if colonne.type == "horodatage":
        return pl.Series(colonne.nom, np.ascontiguousarray(valeurs, dtype=np.int64)).cast(colonne.dtype)
    return pl.Series(colonne.nom, np.ascontiguousarray(valeurs), dtype=colonne.dtype, strict=True)
