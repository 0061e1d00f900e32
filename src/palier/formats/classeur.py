"""Read the first filled sheet of an XLSX workbook, after looking inside the archive."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import fastexcel
import polars as pl
from lxml import etree

from palier.formats.anomalies import Anomalies, visible
from palier.formats.source import Lignes
from palier.formats.xml_sur import parser_options

MAX_OCTETS = 300_000_000
MAX_GONFLE = 2_000_000_000
MAX_RAPPORT = 200
MAX_ENTREES = 5_000
_PIECE, _OVERLAP = 1 << 20, 512
_CELL = rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*'
_TRACES = {
    "FMT-023": re.compile(_CELL + rb"><f[ />]"),
    "FMT-024": re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7})'),
    "FMT-027": re.compile(_CELL + rb'\bt="e"'),
    "FMT-028": re.compile(
        rb'<c r="([A-Z]{1,3}\d{1,7})"(?: s="\d+")?(?: t="n")?><v>(?:\d{16,}|[\d.]+E\+?1[5-9])<'
    ),
}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


@dataclass
class SourceClasseur:
    """An open sheet, wholly in memory, all cells as texts."""

    entetes: list[str]
    feuille: pl.DataFrame
    premiere: int

    def lots(self) -> Iterator[Lignes]:
        """Give the only batch."""
        numbers = pl.int_range(self.feuille.height, dtype=pl.Int64, eager=True) + self.premiere
        filled = self.feuille.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
        yield Lignes(self.feuille.filter(filled), numbers.filter(filled))


def open_xlsx(path: Path, anomalies: Anomalies) -> SourceClasseur | None:
    """Open the first filled sheet of a workbook.

    Returns
    -------
    SourceClasseur or None
        None after a fault of the whole file: FMT-011, 020, 021, 023, 024, 026,
        027, 028. Several filled sheets are the warning FMT-022.
    """
    if path.stat().st_size > MAX_OCTETS:
        anomalies.refuse_fichier("FMT-011", "Maximum pour un classeur : 300 Mo.")
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            if not _is_sane(archive, anomalies):
                return None
            sheets = _sheets(archive)
            chosen = _choose(path, anomalies)
            if chosen is None:
                return None
            name, feuille = chosen
            _look_inside(archive, sheets.get(name), anomalies)
    except (fastexcel.FastExcelError, etree.XMLSyntaxError, pl.exceptions.PolarsError, *_BROKEN):
        anomalies.refuse_fichier("FMT-020")
        return None
    if anomalies.fatals:
        return None
    return _with_titles(feuille)


def _is_sane(archive: zipfile.ZipFile, anomalies: Anomalies) -> bool:
    entries = archive.infolist()
    swollen = sum(entry.file_size for entry in entries)
    worst = max(
        (e.file_size / max(e.compress_size, 1) for e in entries if e.file_size > 50_000_000), default=0
    )
    if len(entries) > MAX_ENTREES or swollen > MAX_GONFLE or worst > MAX_RAPPORT:
        anomalies.refuse_fichier("FMT-021")
        return False
    if archive.testzip() is not None:
        anomalies.refuse_fichier("FMT-020")
        return False
    if "[Content_Types].xml" not in archive.namelist() or "xl/workbook.xml" not in archive.namelist():
        anomalies.refuse_fichier("FMT-002")
        return False
    return True


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the file of each sheet inside the archive."""
    safe = etree.XMLParser(**parser_options())
    book = etree.fromstring(archive.read("xl/workbook.xml"), safe)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), safe)
    targets = {str(link.get("Id")): str(link.get("Target")) for link in links}
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(str(sheet.get(_R)), "")
        place = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        found[str(sheet.get("name"))] = place
    return found


def _choose(path: Path, anomalies: Anomalies) -> tuple[str, pl.DataFrame] | None:
    book = fastexcel.read_excel(path)
    filled: list[tuple[str, pl.DataFrame]] = []
    others: list[str] = []
    for name in book.sheet_names:
        rows = None if not filled else 1
        sheet = book.load_sheet(name, header_row=None, dtypes="string", skip_rows=0, n_rows=rows)
        frame = sheet.to_polars()
        if not frame.height:
            continue
        if filled:
            others.append(f"« {visible(name)} »")
        else:
            filled.append((name, frame))
    if not filled:
        anomalies.refuse_fichier("FMT-026")
        return None
    if others:
        said = f"Lue : « {visible(filled[0][0])} » ; ignorées : {', '.join(others[:5])}."
        anomalies.refuse_fichier("FMT-022", said)
    return filled[0]


def _look_inside(archive: zipfile.ZipFile, place: str | None, anomalies: Anomalies) -> None:
    """Search the sheet for what a reader of values does not show."""
    if place is None:
        return
    found: dict[str, list[str]] = {}
    tail = b""
    with archive.open(place) as stream:
        while piece := stream.read(_PIECE):
            window = tail + piece
            for code, trace in _TRACES.items():
                cells = found.setdefault(code, [])
                if len(cells) < 5 and (match := trace.search(window)):
                    cells.append(match[1].decode())
            tail = window[-_OVERLAP:]
    for code, cells in found.items():
        if cells:
            anomalies.refuse_fichier(code, f"Première : {cells[0]}.")


def _with_titles(feuille: pl.DataFrame) -> SourceClasseur:
    filled = feuille.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    first = int(filled.arg_true()[0]) if filled.any() else 0
    entetes = [str(cell or "") for cell in feuille.row(first)] if feuille.height else []
    width = max((i + 1 for i, cell in enumerate(entetes) if cell.strip()), default=0)
    while width < feuille.width and feuille[feuille.columns[width]].null_count() < feuille.height:
        width += 1
    rows = feuille[first + 1 :, :width]
    rows.columns = [str(place) for place in range(width)]
    return SourceClasseur(entetes[:width], rows, first + 2)
