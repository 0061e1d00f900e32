"""A past result is made again to the letter, or refused: never shifted in silence."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from palier import law
from palier.engines.cotation.catalogue import read_grille
from palier.formats import read_parquet_metadata, read_written, write_table
from tests.unit.cli.outils import AU, Palier, grille

LOI = "plafonds_plus"


@pytest.fixture
def dossier(palier: Palier, territoire: Path, tmp_path: Path) -> Path:
    """Requests, events, the grid of the demonstration as a file, and their scores."""
    for nom in ("demandes", "evenements"):
        (tmp_path / f"{nom}.parquet").write_bytes((territoire / f"{nom}.parquet").read_bytes())
    grille(tmp_path, read_grille("demo-ems"))
    made = palier(
        "cotation", "noter", tmp_path / "demandes.parquet", "--grille", tmp_path / "g.yaml", "--au", AU,
        "--sortie", tmp_path / "n.parquet",
    )  # fmt: skip
    assert made.code == 0
    return tmp_path


def rejouer(palier: Palier, dossier: Path, *more: object, grille: object = "") -> Any:
    return palier(
        "cotation", "rejouer", dossier / "n.parquet", "--demandes", dossier / "demandes.parquet",
        "--grille", grille or dossier / "g.yaml", *more,
    )  # fmt: skip


def alter(path: Path, nom: str, valeur: pl.Expr) -> None:
    """Change one cell of a parquet, and keep what stands beside its rows."""
    table, kept = pl.read_parquet(path), read_parquet_metadata(path)
    place = table[nom].is_not_null().arg_max() or 0
    first = pl.int_range(pl.len()) == place
    changed = table.with_columns(
        pl.when(first).then(valeur.cast(table[nom].dtype)).otherwise(pl.col(nom)).alias(nom)
    )
    assert not changed.equals(table)
    write_table(changed, path, metadata=kept)


def test_equal(palier: Palier, dossier: Path) -> None:
    done = rejouer(palier, dossier)
    assert (done.code, done.out, done.err) == (0, "Résultat refait à l'identique : 400 demandes.\n", "")


def test_the_name_of_the_grid_does_not_matter_its_text_does(palier: Palier, dossier: Path) -> None:
    assert rejouer(palier, dossier, grille="demo-ems").code == 0
    (dossier / "g.yaml").write_bytes((dossier / "g.yaml").read_bytes().replace(b"\n", b"\r\n"))
    assert rejouer(palier, dossier).code == 0


def test_one_value_of_the_grid_altered(palier: Palier, dossier: Path) -> None:
    text = (dossier / "g.yaml").read_text(encoding="utf-8")
    assert text.count("points: 60") == 1
    grille(dossier, text.replace("points: 60", "points: 61"))
    done = rejouer(palier, dossier)
    assert (done.code, done.out) == (10, "")
    assert done.err.startswith("COT-084 g.yaml\n")


def test_one_answer_altered(palier: Palier, dossier: Path) -> None:
    alter(dossier / "demandes.parquet", "nb_personnes", pl.lit(9))
    done = rejouer(palier, dossier)
    assert done.code == 11
    assert done.err.startswith("COT-085 ")


def test_one_event_altered_or_all_left_out(palier: Palier, dossier: Path) -> None:
    alter(dossier / "evenements.parquet", "adaptee", ~pl.col("adaptee"))
    assert rejouer(palier, dossier).code == 11
    (dossier / "evenements.parquet").unlink()
    done = rejouer(palier, dossier)
    assert done.code == 11
    assert "demandes.parquet, aucun événement" in done.err


def test_events_may_have_moved(palier: Palier, dossier: Path) -> None:
    moved = (dossier / "evenements.parquet").rename(dossier / "autre.parquet")
    assert rejouer(palier, dossier, "--evenements", moved).code == 0


def test_both_problems_are_told_at_once(palier: Palier, dossier: Path) -> None:
    alter(dossier / "demandes.parquet", "nb_personnes", pl.lit(9))
    done = rejouer(palier, dossier, grille="toulouse")
    assert done.code == 10
    assert [line.split()[0] for line in done.err.splitlines() if not line.startswith(" ")] == [
        "COT-084",
        "COT-085",
    ]


def test_one_value_of_the_law_altered(palier: Palier, dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registre = law.load()
    valeur = registre.at(_day(), non_verifie=True).get(LOI)
    table: dict[Any, Any] = dict(valeur.table or {})
    table["1", "autres"] += 1
    changed = registre.with_value(LOI, valeur.du, table)
    monkeypatch.setattr("palier.law.registre.load", lambda: changed)
    done = rejouer(palier, dossier)
    assert (done.code, done.out) == (12, "")
    assert done.err.startswith(f"LOI-008 {LOI}\n")


def test_a_law_that_the_grid_does_not_read_changes_nothing(
    palier: Palier, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = law.load().with_value("objectif_qpv_q234", _day(), Fraction(2, 3))
    monkeypatch.setattr("palier.law.registre.load", lambda: changed)
    assert rejouer(palier, dossier).code == 0


@pytest.mark.parametrize(
    ("nom", "valeur"), [("total", pl.lit(299)), ("pts__dalo", pl.lit(1)), ("etat", pl.lit("hors_champ"))]
)
def test_one_number_of_the_result_altered(palier: Palier, dossier: Path, nom: str, valeur: pl.Expr) -> None:
    alter(dossier / "n.parquet", nom, valeur)
    done = rejouer(palier, dossier)
    assert done.code == 11
    assert done.err.startswith("COT-086 ")


def test_a_row_left_out(palier: Palier, dossier: Path) -> None:
    path = dossier / "n.parquet"
    write_table(read_written(path).head(399), path, metadata=read_parquet_metadata(path))
    assert rejouer(palier, dossier).code == 11


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"loi": 1}'])
def test_a_provenance_that_cannot_be_read(palier: Palier, dossier: Path, text: str) -> None:
    path = dossier / "n.parquet"
    write_table(read_written(path), path, metadata={"palier.provenance": text})
    done = rejouer(palier, dossier)
    assert done.code == 11
    assert done.err.startswith("COT-083 ")


def _day() -> Any:
    from palier.base.periods import parse_date

    return parse_date(AU)
