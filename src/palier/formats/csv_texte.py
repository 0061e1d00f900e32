"""Read CSV and TSV as people export them: any usual encoding, separator and quoting."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from palier.formats.anomalies import Anomalies, visible
from palier.formats.avance import ahead
from palier.formats.decoupe import Bloc, Enregistrements, cut_blocks, read_records
from palier.formats.encodage import detect, read_utf8
from palier.formats.entetes import key as title_key
from palier.formats.entetes import titles_of
from palier.formats.source import Lignes
from palier.tables.registre import SchemaTable

SEPARATEURS = ";,\t|"
MAX_COLONNES = 1000
_HINT = b"sep="


@dataclass
class SourceCsv:
    """An open CSV: its titles are read, its batches are to come."""

    entetes: list[str]
    separateur: str
    blocs: Iterator[Bloc]
    anomalies: Anomalies

    def lots(self) -> Iterator[Lignes]:
        """Give the batches, in the order of the file."""
        return ahead(self._lots())

    def _lots(self) -> Iterator[Lignes]:
        for bloc in self.blocs:
            if (plain := self._plain(bloc)) is not None:
                yield plain
                continue
            records = read_records(bloc, self.separateur, self.anomalies)
            if records is None:
                return
            try:
                rows = self._rows(records)
            except pl.exceptions.PolarsError:
                self.anomalies.refuse_fichier("FMT-018", ou=f"après la ligne {bloc.premiere}")
                return
            yield rows

    def _plain(self, bloc: Bloc) -> Lignes | None:
        """Read a block without quotes where each line is a whole row; None for any other.

        As many separators as whole rows need, and no line with too many of
        them, which the reader refuses: then no line lacks any. Lines of tabs
        only are empty, so that tabs are counted line by line.
        """
        text, width, lines = bloc.octets, len(self.entetes), bloc.octets.count(b"\n")
        separators = text.count(self.separateur.encode())
        if self.separateur == "\t" or b'"' in text or separators != (width - 1) * lines:
            return None
        try:
            cells = _split(text, width, self.separateur)
        except pl.exceptions.PolarsError:
            return None
        numbers = pl.int_range(lines, dtype=pl.Int64, eager=True) + bloc.premiere
        return Lignes(cells, numbers) if cells.height == lines else None

    def _rows(self, records: Enregistrements) -> Lignes:
        width = len(self.entetes)
        filled = records.cellules > 0
        wrong = filled & (records.cellules != width) & ~records.mal_places
        misplaced = filled & records.mal_places
        good = filled & ~wrong & ~misplaced
        octets = records.octets if good.all() else _keep(records.octets, good)
        cells = _split(octets, width, self.separateur)
        if records.casses:
            cells = cells.with_columns(pl.all().str.replace_all("\x1e", "\n", literal=True))
        rejected = {"FMT-007": records.lignes.filter(wrong), "FMT-016": records.lignes.filter(misplaced)}
        return Lignes(cells, records.lignes.filter(good), rejected)


def _keep(octets: bytes, good: pl.Series) -> bytes:
    lines = octets.split(b"\n")[:-1]
    return b"".join(line + b"\n" for line, ok in zip(lines, good, strict=True) if ok)


def _split(octets: bytes, width: int, separateur: str) -> pl.DataFrame:
    names = [str(place) for place in range(width)]
    if not octets:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String()))
    header = separateur.join(names).encode() + b"\n"
    return pl.read_csv(
        header + octets,
        separator=separateur,
        quote_char='"' if b'"' in octets else None,
        infer_schema=False,
        empty_string_is_null=True,
    )


def open_csv(path: Path, table: SchemaTable, anomalies: Anomalies) -> SourceCsv | None:
    """Open a CSV and read its titles.

    Returns
    -------
    SourceCsv or None
        None after a fault of the whole file: FMT-001, 003, 004, 005, 006, 017, 019.
    """
    found = detect(path, anomalies)
    if found is None:
        return None
    blocs = cut_blocks(read_utf8(path, *found), anomalies)
    header, rest = next(((h, r) for h, r in map(_header, blocs) if h), ("", None))
    if rest is None:
        if not anomalies.fatals:
            anomalies.refuse_fichier("FMT-001")
        return None
    separateur = _separator(header, table)
    entetes = _cells(header, separateur)
    if len(entetes) < 2:
        alone = title_key(header) in titles_of(table.nom)
        said = f"Il n'y a qu'un titre, « {visible(header)} » ; une table en a plusieurs." if alone else ""
        anomalies.refuse_fichier("FMT-005", said)
        return None
    if len(entetes) > MAX_COLONNES:
        anomalies.refuse_fichier("FMT-019")
        return None
    remaining = chain([rest] if rest.octets else [], blocs)
    return SourceCsv(entetes, separateur, iter(remaining), anomalies)


def _header(bloc: Bloc) -> tuple[str, Bloc]:
    """Take the first record that is not empty, and leave the rest of the block."""
    place, line = 0, bloc.premiere
    text = bloc.octets
    while place < len(text):
        end = text.index(b"\n", place)
        while text.count(b'"', place, end) % 2:
            end = text.index(b"\n", end + 1)
        record = text[place:end]
        line += record.count(b"\n") + 1
        place = end + 1
        if record.strip() and not record.lower().startswith(_HINT):
            return record.decode("utf-8"), Bloc(text[place:], line)
    return "", Bloc(b"", line)


def _cells(header: str, separateur: str) -> list[str]:
    try:
        return next(csv.reader([header.replace("\n", " ")], delimiter=separateur), [])
    except csv.Error:
        return []


def _separator(header: str, table: SchemaTable) -> str:
    """Choose the separator under which the most titles are known, then the most cells appear."""
    known = titles_of(table.nom)

    def weight(separateur: str) -> tuple[int, int]:
        cells = _cells(header, separateur)
        return sum(title_key(cell) in known for cell in cells), len(cells)

    return max(SEPARATEURS, key=weight)
