"""Read parquet, the typed format of the house: nothing is guessed there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palier.formats.anomalies import Anomalies, visible
from palier.formats.entetes import Champ
from palier.formats.source import Lignes
from palier.tables.registre import Colonne, SchemaTable, all_colonnes

LOT = 100_000


@dataclass
class SourceParquet:
    """An open parquet file."""

    entetes: list[str]
    types: list[pl.DataType]
    plan: pl.LazyFrame
    anomalies: Anomalies

    def lots(self) -> Iterator[Lignes]:
        """Give the batches, in the order of the file; line 1 is the first row."""
        start = 1
        names = [str(place) for place in range(len(self.entetes))]
        try:
            for frame in self.plan.collect_batches(chunk_size=LOT, maintain_order=True):
                numbers = pl.int_range(frame.height, dtype=pl.Int64, eager=True) + start
                start += frame.height
                yield Lignes(frame.rename(dict(zip(frame.columns, names, strict=True))), numbers)
        except pl.exceptions.PolarsError:
            self.anomalies.refuse_fichier("FMT-012")

    def check_types(self, champs: tuple[Champ, ...], table: SchemaTable) -> None:
        """Refuse columns of another type (FMT-013) and columns that do not exist (FMT-014)."""
        for champ in champs:
            found = self.types[champ.place]
            if not is_convertible(found, champ.colonne):
                wanted = champ.colonne.dtype
                self.anomalies.refuse_fichier("FMT-013", f"« {champ.entete} » : {found}, attendu {wanted}.")
        known = all_colonnes() if champs else self.entetes  # another table, already refused
        used = {champ.place for champ in champs}
        for place, entete in enumerate(self.entetes):
            if place not in used and entete not in known and not entete.startswith("pts__"):
                self.anomalies.refuse_fichier("FMT-014", f"« {visible(entete)} », table {table.nom}.")


def is_convertible(found: pl.DataType, colonne: Colonne) -> bool:
    """Tell whether a type of file can hold the column without guessing."""
    if found in (colonne.dtype, pl.Null()) or found == pl.String():
        return True
    if colonne.type in ("entier", "cent", "ensemble"):
        return found.is_integer()
    if colonne.type == "degre":
        return found.is_float() or found.is_decimal()
    if colonne.type == "code":
        return isinstance(found, pl.Enum | pl.Categorical)
    if colonne.type == "horodatage":
        return isinstance(found, pl.Datetime) and found.time_zone is None
    return False


def open_parquet(path: Path, anomalies: Anomalies) -> SourceParquet | None:
    """Open a parquet file; None after FMT-012 or FMT-019."""
    try:
        types = pl.read_parquet_schema(path)
        plan = pl.scan_parquet(path, glob=False)
        plan.select(pl.len()).collect()
    except (pl.exceptions.PolarsError, OSError, ValueError):
        anomalies.refuse_fichier("FMT-012")
        return None
    if len(types) > 1000:
        anomalies.refuse_fichier("FMT-019")
        return None
    return SourceParquet(list(types), list(types.values()), plan, anomalies)
