"""What every reader of tables gives: titles, then batches of cells with their line numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from palier.formats.entetes import Titres


@dataclass(frozen=True, slots=True)
class Faute:
    """A fault that the reader itself found on some rows of a batch."""

    code: str
    rangs: list[int]
    entete: str


@dataclass(frozen=True, slots=True)
class Lignes:
    """A batch of lines of a file.

    Parameters
    ----------
    cellules : polars.DataFrame
        One column per title, in the order of the file, named by its place
        (``"0"``, ``"1"``…); texts, except from a typed file.
    lignes : polars.Series of Int64
        Line number of each row.
    rejetees : dict of str to polars.Series of Int64
        Lines that are no rows, by code.
    fautes : list of Faute
        Faults of rows that stand in ``cellules``.
    """

    cellules: pl.DataFrame
    lignes: pl.Series
    rejetees: dict[str, pl.Series] = field(default_factory=dict)
    fautes: list[Faute] = field(default_factory=list)


class Source(Protocol):
    """An open table."""

    entetes: list[str]

    def lots(self) -> Iterator[Lignes]:
        """Give the batches, in the order of the file."""


class SourceArbre(ABC):
    """An open tree: its elements are known by name, and children stand below each row."""

    @property
    @abstractmethod
    def titres(self) -> Titres:
        """Mapping of elements to columns."""

    @property
    @abstractmethod
    def ignorees(self) -> list[str]:
        """Elements that no column reads."""

    @abstractmethod
    def enfants(self, kept: pl.Series) -> dict[str, pl.DataFrame]:
        """Return the children of the rows that are kept, given by their keys."""
