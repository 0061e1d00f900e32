"""Write a sheet as XLSX, in one pass and without any temporary file.

What a request says would otherwise wait in clear in the system's temporary
folder, and stay there if the command is killed. The same rows give the same
bytes: the archive bears no date.

References
----------
ECMA-376, part 1: SpreadsheetML, cells with inline strings.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

import polars as pl

_LOT = 20_000
_GROS = 10**15  # a spreadsheet keeps 15 digits
_JOUR_0 = 25_569  # 1 January 1970
_PREMIER_JOUR = dt.date(1900, 3, 1)  # before it, spreadsheets do not agree on days
_DEBUT_ZIP = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TITRE, _JOUR = 1, 2  # places in cellXfs
_INTERDITS = (*(code for code in range(32) if code not in (9, 10)), 0xFFFE, 0xFFFF)
_RARE = r"[\x00-\x08\x0B-\x1F\x{FFFE}\x{FFFF}]|_x[0-9A-Fa-f]{4}_"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)


def write_sheet(df: pl.DataFrame, path: Path, sheet: str) -> None:
    """Write a table of texts, numbers and dates as a workbook of one sheet.

    Parameters
    ----------
    df : polars.DataFrame
        Texts, numbers, dates; a null leaves its cell empty. Whole numbers of
        more than 15 digits and days before March 1900 are written as texts.
    path : path
        Where to write; nothing is written beside it.
    sheet : str
        Name of the sheet.
    """
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
        f'<sheet name={quoteattr(sheet[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    with path.open("wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*_PARTS.items(), ("xl/workbook.xml", book)):
            archive.writestr(_entry(name), _HEAD + text)
        with archive.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as part:
            _write_rows(df, part)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DEBUT_ZIP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_rows(df: pl.DataFrame, part: IO[bytes]) -> None:
    titles = pl.DataFrame([[title] for title in df.columns], schema=dict.fromkeys(df.columns, pl.String))
    part.write((_HEAD + _SHEET).encode())
    part.write(_rows(titles, 1, _TITRE).encode())
    for start in range(0, df.height, _LOT):
        part.write(_rows(df.slice(start, _LOT), start + 2).encode())
    part.write(b"</sheetData></worksheet>")


def _rows(df: pl.DataFrame, first: int, style: int = 0) -> str:
    line = pl.int_range(first, first + df.height, eager=True).cast(pl.String).alias("line")
    cells = [
        _cell(df[name].alias("value"), f"{_letters(place)}", line, style)
        for place, name in enumerate(df.columns)
    ]
    rows = pl.select(pl.concat_str([pl.lit('<row r="'), line, pl.lit('">'), *cells, pl.lit("</row>")]))
    return "".join(rows.to_series().to_list())


def _cell(values: pl.Series, letters: str, line: pl.Series, style: int) -> pl.Series:
    """Write the cells of one column; nothing for a null."""
    kind, value = values.dtype, pl.lit(values)
    text = pl.concat_str(
        pl.lit('" t="inlineStr"><is><t xml:space="preserve">'), _escaped(values), pl.lit("</t></is></c>")
    )
    if kind.is_numeric():
        number = pl.concat_str(pl.lit('"><v>'), value.cast(pl.String), pl.lit("</v></c>"))
        small = value.is_between(-_GROS, _GROS, closed="none")
        rest = pl.when(small).then(number).otherwise(text)
    elif kind == pl.Date():
        serial = (value.cast(pl.Int32) + _JOUR_0).cast(pl.String)
        day = pl.concat_str(pl.lit(f'" s="{_JOUR}"><v>'), serial, pl.lit("</v></c>"))
        rest = pl.when(value >= _PREMIER_JOUR).then(day).otherwise(text)
    else:
        rest = text
    start = f'<c s="{style}" r="{letters}' if style else f'<c r="{letters}'
    written = pl.concat_str(pl.lit(start), pl.lit(line), rest)
    return pl.select(pl.when(value.is_not_null()).then(written).otherwise(pl.lit(""))).to_series()


def _escaped(values: pl.Series) -> pl.Expr:
    """Write texts for XML; what XML cannot hold is written as spreadsheets do, ``_x0007_``."""
    texts = values.cast(pl.String).str.replace_all("&", "&amp;", literal=True)
    texts = texts.str.replace_all("<", "&lt;", literal=True).str.replace_all(">", "&gt;", literal=True)
    if texts.str.contains(_RARE).any():
        texts = texts.str.replace_all(r"_(x[0-9A-Fa-f]{4}_)", "_x005F_${1}")
        for code in _INTERDITS:
            texts = texts.str.replace_all(chr(code), f"_x{code:04X}_", literal=True)
    return pl.lit(texts)


def _letters(place: int) -> str:
    """Name a column: A, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
