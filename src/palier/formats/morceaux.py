"""Write tables of any size piece by piece: one parquet each, all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl

from palier.formats.chemins import atomic, usage, write_failures


class Morceaux:
    """Pieces of tables, kept in a private folder until the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces: dict[str, list[Path]] = {}

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add rows to a table; the columns are those of its first piece."""
        pieces = self._pieces.setdefault(table, [])
        place = self._folder / f"{table}.{len(pieces):06d}.parquet"
        frame.write_parquet(place, compression="lz4", statistics=False)
        pieces.append(place)

    def finish(self, target: Path) -> None:
        """Write each table as one parquet; no name is taken before all are written."""
        with ExitStack() as stack:
            for table, pieces in self._pieces.items():
                partial = stack.enter_context(atomic(target / f"{table}.parquet"))
                plan = pl.scan_parquet(pieces, glob=False)
                plan.sink_parquet(partial, metadata={"palier.table": table}, statistics=False)


@contextmanager
def open_parquet_parts(folder: Path | str) -> Iterator[Morceaux]:
    """Open a folder where tables are written in pieces, in bounded memory.

    Parameters
    ----------
    folder : path
        An existing folder; ``<table>.parquet`` appears there at the end, for
        each table, unless an error leaves the block.

    Raises
    ------
    UsageError
        USG-002.
    """
    target = Path(folder)
    if not target.is_dir():
        raise usage("USG-002", folder, "Le dossier n'existe pas.")
    with write_failures(folder), tempfile.TemporaryDirectory(prefix=".morceaux-", dir=target) as name:
        pieces = Morceaux(Path(name))
        yield pieces
        pieces.finish(target)
