"""Writers: all or nothing, no formula, and what is written is read back."""

from __future__ import annotations

import datetime as dt
import os
import stat
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl

from palier import formats
from palier.base.errors import TableError, UsageError
from palier.formats.tableschema import to_table_schema
from palier.tables import all_schemas, schema
from tests.unit.formats.outils import AU, BASE, NUMERO, csv_rows, csv_with, other

DANGERS = ["=1+1", "+33388", "-1", "@SUM(A1)", "\tx", "\rx", "'=x", "''-x"]


def test_no_text_cell_starts_a_formula_in_a_csv(tmp_path: Path) -> None:
    df = pl.DataFrame({"=titre": DANGERS, "n": [-1, -2, -3, -4, -5, -6, -7, -8]})
    formats.write_table(df, tmp_path / "s.csv")
    back = pl.read_csv(tmp_path / "s.csv", separator=";", infer_schema=False)
    assert back.columns == ["'=titre", "n"]
    assert [cell[0] for cell in back["'=titre"]] == ["'"] * len(DANGERS)
    assert back["n"].to_list() == [str(-i) for i in range(1, 9)]


def test_no_cell_is_a_formula_in_a_workbook(tmp_path: Path) -> None:
    df = pl.DataFrame(
        {
            "t": DANGERS,
            "n": [-1.5] * 8,
            "d": [dt.date(2026, 1, 2)] * 8,
            "gros": [10**17] * 8,
            "vide": [None] * 8,
        }
    )
    formats.write_table(df, tmp_path / "s.xlsx", table="demandes")
    page = openpyxl.load_workbook(tmp_path / "s.xlsx")["demandes"]
    rows = list(page.iter_rows(min_row=2))
    assert all(row[0].data_type == "s" and str(row[0].value).startswith("'") for row in rows)
    assert rows[0][1].value == -1.5
    assert rows[0][2].value == dt.datetime(2026, 1, 2)
    assert rows[0][3].value == str(10**17)
    assert rows[0][4].value is None


def test_registry_columns_are_written_in_their_own_form(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(csv_with({"Commune": "67482|67043", "Handicap": "oui"}), encoding="utf-8")
    read = formats.read_table(tmp_path / "d.csv", au=AU).table
    formats.write_table(read, tmp_path / "s.csv")
    row = pl.read_csv(tmp_path / "s.csv", separator=";", infer_schema=False).row(0, named=True)
    assert row["motifs"] == "expulsion|violences"
    assert row["localisations"] == "67482|67043"
    assert (row["handicap"], row["loyer_cent"], row["naissance"]) == ("oui", "50880", "1931-07-19")
    assert row["en_couple"] is None


@pytest.mark.parametrize("name", ["s.csv", "s.xlsx", "s.parquet"])
def test_what_is_written_is_read_back(name: str, tmp_path: Path) -> None:
    rows = [BASE | {"Horodatage": "2018-03-15 10:11:12"}, other(1, Nom="-Zoé", DALO="") | {"Horodatage": ""}]
    (tmp_path / "d.csv").write_text(csv_rows(rows), encoding="utf-8")
    read = formats.read_table(tmp_path / "d.csv", au=AU).table
    formats.write_table(read, tmp_path / name, table="demandes")
    back = formats.read_table(tmp_path / name, au=AU)
    assert back.table.equals(read)
    assert back.table.schema == pl.Schema(schema("demandes").polars)


def test_metadata_are_kept_beside_the_rows(tmp_path: Path) -> None:
    formats.write_table(pl.DataFrame({"a": [1]}), tmp_path / "s.parquet", table="scores", metadata={"k": "é"})
    assert formats.read_parquet_metadata(tmp_path / "s.parquet") == {"palier.table": "scores", "k": "é"}
    (tmp_path / "x.parquet").write_bytes(b"PAR1xxxx")
    with pytest.raises(TableError, match="FMT-012"):
        formats.read_parquet_metadata(tmp_path / "x.parquet")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("absent/s.csv", "USG-002"),
        (".", "USG-002"),
        ("s.ods", "USG-003"),
        ("s", "USG-003"),
        ("a\0b.csv", "USG-002"),
    ],
)
def test_a_wrong_path_is_said(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=code):
        formats.write_table(pl.DataFrame({"a": [1]}), tmp_path / name)


def test_too_many_rows_for_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="USG-002"):
        formats.write_table(pl.DataFrame({"a": pl.zeros(1_048_576, eager=True)}), tmp_path / "s.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "s.csv"
    formats.write_text(target, "ancien")
    with pytest.raises(pl.exceptions.PolarsError):
        formats.write_table(pl.DataFrame({"a": [b"\xff"]}), target)
    assert target.read_text(encoding="utf-8") == "ancien"
    assert [p.name for p in tmp_path.iterdir()] == ["s.csv"]


def test_a_system_without_nameless_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    formats.write_text(tmp_path / "a", "x")
    with pytest.raises(pl.exceptions.PolarsError):
        formats.write_table(pl.DataFrame({"a": [b"\xff"]}), tmp_path / "b.csv")
    (tmp_path / "d.csv").write_text(csv_rows([BASE, BASE, other(1)]), encoding="utf-8")
    made = formats.import_table(tmp_path / "d.csv", tmp_path / "s.parquet", au=AU, bonnes_lignes=True)
    assert made.lignes_ecrites == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "d.csv", "s.parquet", "s.rejets.csv"]


def test_texts_and_bytes(tmp_path: Path) -> None:
    formats.write_text(tmp_path / "a.yaml", "é\r\nb")
    assert formats.read_text(tmp_path / "a.yaml") == "é\nb"
    formats.write_bytes(tmp_path / "b", b"\xff")
    with pytest.raises(UsageError, match="USG-004"):
        formats.read_text(tmp_path / "b")
    formats.write_bytes(tmp_path / "b", b"a\0")
    with pytest.raises(UsageError, match="USG-004"):
        formats.read_text(tmp_path / "b")
    with pytest.raises(UsageError, match="USG-004"):
        formats.read_text(tmp_path / "a.yaml", max_bytes=2)
    for missing in (tmp_path / "absent", tmp_path, "a\0b"):
        with pytest.raises(UsageError, match="USG-001"):
            formats.read_text(missing)


def test_the_rejects_file_is_private_and_holds_no_value(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(csv_rows([BASE, other(1, Commune="1004")]), encoding="utf-8")
    out, rejects = tmp_path / "s.parquet", tmp_path / "r.csv"
    with pytest.raises(TableError, match="TAB-055"):
        formats.import_table(tmp_path / "d.csv", out, au=AU, rejets=rejects)
    assert not out.exists()
    assert rejects.read_text(encoding="utf-8") == "ligne;colonne;code\n3;localisations;TAB-055\n"
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    made = formats.import_table(tmp_path / "d.csv", out, au=AU, rejets=rejects, bonnes_lignes=True)
    assert (made.lignes_lues, made.lignes_ecrites, made.lignes_rejetees) == (2, 1, 1)
    assert pl.read_parquet(out)["numero_unique"].to_list() == [NUMERO]


@pytest.mark.parametrize("sortie", ["d.csv", "s.csv"])
def test_the_output_of_an_import_is_another_parquet(sortie: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(csv_with(), encoding="utf-8")
    with pytest.raises(UsageError, match=r"USG-00[23]"):
        formats.import_table(tmp_path / "d.csv", tmp_path / sortie, au=AU)
    with pytest.raises(UsageError, match="USG-002"):
        formats.import_table(tmp_path / "d.csv", tmp_path / "s.parquet", au=AU, rejets=tmp_path / "s.parquet")
    assert (tmp_path / "d.csv").read_text(encoding="utf-8") == csv_with()


def test_tables_written_in_pieces(tmp_path: Path) -> None:
    with formats.open_parquet_parts(tmp_path) as parts:
        for start in range(0, 30, 10):
            parts.append("a", pl.DataFrame({"x": range(start, start + 10)}))
        parts.append("b", pl.DataFrame({"y": ["z"]}))
        assert not list(tmp_path.glob("*.parquet"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.parquet", "b.parquet"]
    assert pl.read_parquet(tmp_path / "a.parquet")["x"].to_list() == list(range(30))
    assert formats.read_parquet_metadata(tmp_path / "b.parquet") == {"palier.table": "b"}
    with pytest.raises(pl.exceptions.PolarsError), formats.open_parquet_parts(tmp_path) as parts:
        parts.append("c", pl.DataFrame({"x": [1]}).select("absente"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.parquet", "b.parquet"]
    with pytest.raises(UsageError, match="USG-002"), formats.open_parquet_parts(tmp_path / "absent"):
        pass


@pytest.mark.parametrize("nom", sorted(all_schemas()))
def test_table_schemas_are_valid(nom: str) -> None:
    descriptor = to_table_schema(schema(nom))
    assert Schema.from_descriptor(descriptor).field_names == [c.nom for c in schema(nom).colonnes]


def test_frictionless_accepts_what_we_write(tmp_path: Path) -> None:
    rows = [
        BASE | {"Handicap": "oui", "Horodatage": "2018-03-15 10:11:12"},
        other(1) | {"Handicap": "", "Horodatage": ""},
    ]
    (tmp_path / "d.csv").write_text(csv_rows(rows), encoding="utf-8")
    formats.write_table(formats.read_table(tmp_path / "d.csv", au=AU).table, tmp_path / "s.csv")
    described = Schema.from_descriptor(to_table_schema(schema("demandes")))

    def judge(name: str) -> list[str]:
        dialect = Dialect(controls=[CsvControl(delimiter=";")])
        resource = Resource(path=name, basepath=str(tmp_path), schema=described, dialect=dialect)
        return [f"{e.type} {e.note}" for task in resource.validate().tasks for e in task.errors]

    assert judge("s.csv") == []
    wrong = (
        (tmp_path / "s.csv").read_text(encoding="utf-8").replace("expulsion|violences", "expulsion|xyz", 1)
    )
    (tmp_path / "faux.csv").write_text(wrong, encoding="utf-8")
    assert judge("faux.csv")
