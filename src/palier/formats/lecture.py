"""From an open source to checked rows of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from palier.base.errors import TableError
from palier.formats.anomalies import Anomalies
from palier.formats.cellules import convert, has_long
from palier.formats.chemins import LECTURE, check_extension, check_readable
from palier.formats.colonnes_parquet import SourceParquet, open_parquet
from palier.formats.controles import check_coherence
from palier.formats.csv_texte import open_csv
from palier.formats.doublons import Doublons
from palier.formats.entetes import Titres, map_headers
from palier.formats.lot import Lot
from palier.formats.modele import LectureTable
from palier.formats.source import Lignes, Source, SourceArbre
from palier.formats.types_parquet import convert_typed
from palier.tables.registre import SchemaTable, schema

_SIGNATURES = {
    b"PK\x03\x04": ".xlsx",
    b"PK\x05\x06": ".xlsx",
    b"PAR1": ".parquet",
    b"\x89PNG": "png",
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "xls",
    b"\x1f\x8b": "gzip",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"BZh": "bzip2",
    b"\x7fELF": "elf",
    b"SQLite": "sqlite",
    b"<?xml": ".xml",
}
_TEXTES = (".csv", ".txt", ".tsv")


def kind_of(path: Path, anomalies: Anomalies) -> str | None:
    """Return the format of a file, by its name and its first bytes.

    Returns
    -------
    str or None
        ``.csv``, ``.xlsx``, ``.parquet`` or ``.xml``; None after FMT-001,
        FMT-002 or FMT-025.

    Raises
    ------
    UsageError
        USG-003.
    """
    suffix = check_extension(path, LECTURE)
    wanted = ".csv" if suffix in _TEXTES else suffix
    with path.open("rb") as stream:
        start = stream.read(64)
    if not start:
        anomalies.refuse_fichier("FMT-001")
        return None
    found = next((kind for mark, kind in _SIGNATURES.items() if start.startswith(mark)), None)
    if found == "xls" and wanted == ".xlsx":
        anomalies.refuse_fichier("FMT-025")
        return None
    if found not in (None, wanted) or (found is None and wanted in (".xlsx", ".parquet")):
        said = f"Il commence comme un fichier {found.lstrip('.').upper()}." if found else ""
        anomalies.refuse_fichier("FMT-002", said)
        return None
    return wanted


class LecteurTable:
    """Reads a source batch by batch into checked rows.

    Parameters
    ----------
    source : Source
        An open file.
    table : SchemaTable
        What it should hold.
    au : date
        Date of the work.
    anomalies : Anomalies
        Receives every fault.
    """

    def __init__(self, source: Source, table: SchemaTable, au: dt.date, anomalies: Anomalies) -> None:
        self.source, self.table, self.au, self.anomalies = source, table, au, anomalies
        known = source.titres if isinstance(source, SourceArbre) else None
        self.titres: Titres = known or map_headers(source.entetes, table, anomalies)
        if isinstance(source, SourceParquet):
            source.check_types(self.titres.champs, table)
        self.champs = {champ.colonne.nom: champ for champ in self.titres.champs}
        self.doublons = Doublons(table.cle if set(table.cle) <= set(self.champs) else ())
        self.lignes_lues = 0

    def lots(self, progress: Callable[[int], None] | None = None) -> Iterator[tuple[pl.DataFrame, pl.Series]]:
        """Give the good rows of each batch and their lines; duplicates are not yet out."""
        for rows, lignes, mauvaises in self.toutes(progress):
            yield (rows.filter(~mauvaises), lignes.filter(~mauvaises)) if mauvaises.any() else (rows, lignes)

    def toutes(
        self, progress: Callable[[int], None] | None = None
    ) -> Iterator[tuple[pl.DataFrame, pl.Series, pl.Series]]:
        """Give the rows of each batch, good or not, their lines, and which ones are bad.

        A cell at fault is null.
        """
        if not self.champs or any(p.code == "FMT-013" for p in self.anomalies.fatals):
            return
        for batch in self.source.lots():
            self.lignes_lues += batch.lignes.len() + sum(s.len() for s in batch.rejetees.values())
            for code, lines in batch.rejetees.items():
                self.anomalies.add(code, lines)
            if batch.lignes.len():
                typed = isinstance(self.source, SourceParquet)
                long = typed or has_long(batch.cellules)
                # The platform checks the commune of an offer itself, at the day of the offer.
                listed = self.table.nom != "offres"
                lot = Lot(batch.lignes, self.anomalies, longues=long, communes=listed)
                rows = self._rows(batch, lot)
                yield rows, batch.lignes, lot.mauvaises
            if progress:
                progress(self.lignes_lues)
        if not self.lignes_lues and not self.anomalies.fatals:
            self.anomalies.refuse_fichier("FMT-009")

    def _rows(self, batch: Lignes, lot: Lot) -> pl.DataFrame:
        typed = isinstance(self.source, SourceParquet)
        for fault in batch.fautes:
            mask = pl.int_range(batch.lignes.len(), eager=True).is_in(fault.rangs)
            lot.signaler(fault.code, mask, None, fault.entete)
        structural = lot.mauvaises
        read = {}
        for nom, champ in self.champs.items():
            cells = batch.cellules[str(champ.place)]
            read[nom] = convert_typed(champ, cells, lot) if typed else convert(champ, cells, lot)
            if nom in self.table.obligatoires:
                empty = cells.is_null() if typed else cells.str.strip_chars().fill_null("") == ""
                lot.signaler("TAB-015", empty & ~structural, champ.colonne, champ.entete)
        known = pl.DataFrame(read)
        absent = [pl.lit(None, dtype=c.dtype).alias(c.nom) for c in self.table.colonnes if c.nom not in read]
        rows = known.with_columns(absent).select(c.nom for c in self.table.colonnes)
        check_coherence(rows, self.champs, self.au, lot)
        self.doublons.add(rows, batch.lignes)
        return rows

    @property
    def ignorees(self) -> list[str]:
        """Titles, or elements, that no column claims."""
        source = self.source
        return source.ignorees if isinstance(source, SourceArbre) else list(self.titres.ignorees)

    @property
    def has_children(self) -> bool:
        """Whether the file carries child tables."""
        return isinstance(self.source, SourceArbre)

    def enfants(self, kept: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """Return the child tables of the requests that are kept."""
        return self.source.enfants(kept["numero_unique"]) if isinstance(self.source, SourceArbre) else {}

    def report_doubles(self) -> pl.Series:
        """Report the keys used twice (TAB-021) and return their lines."""
        lines = self.doublons.lignes()
        key = self.doublons.cle
        if lines.len():
            champ = self.champs[key[0]]
            self.anomalies.add("TAB-021", lines, champ.colonne, champ.entete)
        return lines


def open_source(path: Path, table: SchemaTable, au: dt.date, anomalies: Anomalies) -> Source:
    """Open a file of a known format.

    Raises
    ------
    UsageError
        USG-003.
    TableError
        When the whole file is at fault: FMT codes.
    """
    kind = kind_of(path, anomalies)
    source: Source | None = None
    if kind == ".xml" and table.nom == "demandes":
        from palier.formats.sne_source import SourceSne  # loads a parser of XML, as the next one

        source = SourceSne(path, anomalies, au)
    elif kind == ".xml":
        anomalies.refuse_fichier("FMT-002", f"Le XML ne porte pas la table {table.nom}.")
    elif kind == ".xlsx":
        from palier.formats.classeur import open_xlsx

        source = open_xlsx(path, anomalies)
    elif kind == ".parquet":
        source = open_parquet(path, anomalies)
    elif kind is not None:
        source = open_csv(path, table, anomalies)
    if source is None:
        raise TableError(anomalies.problemes())
    return source


def read_table(
    path: Path | str, table: str = "demandes", *, au: dt.date, bonnes_lignes: bool = False
) -> LectureTable:
    """Read and check a whole table: CSV, TSV, XLSX, parquet or the State's XML.

    Parameters
    ----------
    path : path
        File; its format follows from its name, checked against its content.
    table : str
        Name of a table of the registry.
    au : date
        Date of the work, against which dates and ages are checked.
    bonnes_lignes : bool
        Keep the good lines of a file that has bad ones. A fault of the whole
        file (titles, encoding, structure) still refuses it.

    Returns
    -------
    LectureTable

    Raises
    ------
    UsageError
        USG-001, USG-003.
    TableError
        Every problem of the file: FMT, TAB and SNE codes.
    """
    found = check_readable(path)
    anomalies = Anomalies(found.name)
    target = schema(table)
    reader = LecteurTable(open_source(found, target, au, anomalies), target, au, anomalies)
    frames = [frame for frame, _ in reader.lots()]
    doubled = reader.report_doubles()
    if anomalies.fatals or (anomalies.a_refuser and not bonnes_lignes):
        raise TableError(anomalies.problemes())
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=target.polars)
    if doubled.len():
        rows = rows.filter(reader.doublons.keep(rows, doubled))
    return LectureTable(
        table=rows.rechunk(),
        correspondance=reader.titres.correspondance,
        ignorees=reader.ignorees,
        problemes=anomalies.problemes(),
        rejets=anomalies.rejets(),
        lignes_lues=reader.lignes_lues,
        enfants=reader.enfants(rows),
        avertissements=anomalies.avertissements(),
    )
