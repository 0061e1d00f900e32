"""What every reader of tables gives: titles, then batches of cells with their line numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl


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
