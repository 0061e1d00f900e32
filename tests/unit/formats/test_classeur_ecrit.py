"""Workbooks that we write: two outside readers agree on them, and nothing is left beside."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest
from lxml import etree

from palier.formats.classeur_ecrit import _letters, write_sheet

TEXTES = ["", " bord ", "a<b & \"c\" > 'd'", "é🙂", "ligne\nsuivante", "tab\tulation", "x" * 4_000]


def lu(path: Path) -> list[tuple[object, ...]]:
    """Read as openpyxl does, titles put aside."""
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))


def test_texts_come_back_as_they_were(tmp_path: Path) -> None:
    write_sheet(pl.DataFrame({"t": TEXTES}), tmp_path / "s.xlsx", "essai")
    again = fastexcel.read_excel(tmp_path / "s.xlsx").load_sheet("essai").to_polars()["t"].to_list()
    assert [t or "" for t in again] == TEXTES


@pytest.mark.parametrize("code", [0, 7, 11, 13, 27, 31, 0xFFFE, 0xFFFF])
def test_a_character_that_xml_cannot_hold_breaks_nothing(tmp_path: Path, code: int) -> None:
    write_sheet(pl.DataFrame({"t": [f"a{chr(code)}b", "c"]}), tmp_path / "s.xlsx", "essai")
    with zipfile.ZipFile(tmp_path / "s.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert f"a_x{code:04X}_b".encode() in sheet
    etree.fromstring(sheet)
    assert lu(tmp_path / "s.xlsx")[1] == ("c",)


def test_a_text_that_looks_like_such_a_character_is_told_from_it(tmp_path: Path) -> None:
    write_sheet(pl.DataFrame({"t": ["_x0041_", "_x41_"]}), tmp_path / "s.xlsx", "essai")
    with zipfile.ZipFile(tmp_path / "s.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ">_x005F_x0041_<" in sheet
    assert ">_x41_<" in sheet


VALEURS = {
    "entier": ([1, -5, 10**14, 10**15, None], [1, -5, 10**14, str(10**15), None]),
    "décimal": ([0.1, -1.5, 1e-7, 16.83, None], [0.1, -1.5, 1e-7, 16.83, None]),
    "jour": (
        [dt.date(2026, 2, 28), dt.date(1900, 3, 1), dt.date(1900, 2, 28), dt.date(1890, 5, 4), None],
        [dt.datetime(2026, 2, 28), dt.datetime(1900, 3, 1), "1900-02-28", "1890-05-04", None],
    ),
    "texte": (["12", "=1", None, "x", ""], ["12", "=1", None, "x", ""]),
}


@pytest.mark.parametrize("nom", VALEURS)
def test_values_keep_their_kind(tmp_path: Path, nom: str) -> None:
    given, wanted = VALEURS[nom]
    write_sheet(pl.DataFrame({nom: given, "fin": [1] * len(given)}), tmp_path / "s.xlsx", "essai")
    assert [row[0] for row in lu(tmp_path / "s.xlsx")] == wanted
    assert [row[1] for row in lu(tmp_path / "s.xlsx")] == [1] * len(given)


def test_the_first_line_holds_the_titles_in_bold_and_stays_in_sight(tmp_path: Path) -> None:
    write_sheet(pl.DataFrame({"a & b": [1], "date": [dt.date(2026, 1, 2)]}), tmp_path / "s.xlsx", "essai")
    page = openpyxl.load_workbook(tmp_path / "s.xlsx")["essai"]
    assert [cell.value for cell in page[1]] == ["a & b", "date"]
    assert all(cell.font.bold for cell in page[1])
    assert not any(cell.font.bold for cell in page[2])
    assert page.freeze_panes == "A2"
    assert page["B2"].number_format.replace("\\", "") == "yyyy-mm-dd"


@pytest.mark.parametrize("rows", [0, 1, 20_000, 20_001])
def test_no_row_is_lost_between_batches(tmp_path: Path, rows: int) -> None:
    write_sheet(pl.DataFrame({"n": range(rows)}), tmp_path / "s.xlsx", "essai")
    assert [row[0] for row in lu(tmp_path / "s.xlsx")] == list(range(rows))


def test_columns_are_lettered() -> None:
    assert [_letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_nothing_is_written_beside_and_the_bytes_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nom in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory"):
        monkeypatch.setattr(tempfile, nom, None)
    frame = pl.DataFrame({"t": TEXTES, "n": range(len(TEXTES))})
    for nom in ("a", "b"):
        write_sheet(frame, tmp_path / nom, "essai")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
