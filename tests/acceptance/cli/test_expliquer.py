"""One request explained: the terminal, its JSON and what is hidden say the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from palier.base.explanation import Explanation, Phrase, prune
from palier.base.rendu import render_lines
from palier.base.ressources import read_packaged
from palier.formats import read_written
from tests.unit.cli.outils import AU, Palier, csv, grille

SCHEMA = Draft202012Validator(json.loads(read_packaged("palier.base", "schemas/explanation.json")))


def phrase(data: Mapping[str, Any] | None) -> Phrase | None:
    if data is None:
        return None
    return Phrase(data["code"], {nom: valeur(v) for nom, v in data["valeurs"].items()})


def valeur(data: Any) -> Any:
    if isinstance(data, dict):
        return phrase(data)
    return [valeur(item) for item in data] if isinstance(data, list) else data


def points(data: int | str | None) -> int | Fraction | None:
    return Fraction(data) if isinstance(data, str) else data


def arbre(data: Mapping[str, Any]) -> Explanation:
    """Read back what the JSON holds."""
    return Explanation(
        code=data["code"],
        libelle=data["libelle"],
        lu=phrase(data["lu"]),
        etat_preuve=data["etat_preuve"],
        regle=phrase(data["regle"]),
        points=points(data["points"]),
        retenu=points(data["retenu"]),
        ecarte_par=phrase(data["ecarte_par"]),
        manque=tuple(data["manque"]),
        si_verifie=data["si_verifie"],
        reference=data["reference"],
        enfants=tuple(arbre(child) for child in data["enfants"]),
    )


def lignes(tree: Explanation, langue: str = "fr") -> list[str]:
    return ["  " * depth + text for depth, text in render_lines(tree, langue)]


def numero(notes: Path, etat: str, rang: int = 0) -> str:
    """A request of the territory in a state."""
    table = read_written(notes).filter(pl.col("etat") == etat).sort("total", "numero_unique", descending=True)
    return str(table["numero_unique"][rang])


def expliquer(palier: Palier, territoire: Path, numero: str, *more: object) -> Any:
    demandes = territoire / "demandes.parquet"
    return palier(
        "cotation", "expliquer", demandes, "--grille", "demo-ems", "--au", AU, "--numero", numero, *more
    )


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize(
    ("etat", "rang"), [("note", 0), ("note", 40), ("note_partielle", 30), ("hors_champ", 0)]
)
def test_the_terminal_says_what_the_json_holds(
    palier: Palier, territoire: Path, notes: Path, etat: str, rang: int, langue: str
) -> None:
    one = numero(notes, etat, rang)
    told = expliquer(palier, territoire, one, "--format", "json", "--langue", langue)
    assert (told.code, told.err) == (0, "")
    (data,) = json.loads(told.out)
    SCHEMA.validate(data)
    tree = arbre(data)
    assert tree.to_dict() == data
    whole = expliquer(palier, territoire, one, "--tout", "--langue", langue)
    assert whole.out.splitlines() == lignes(tree, langue)
    kept, dropped = prune(tree)
    short = expliquer(palier, territoire, one, "--langue", langue).out.splitlines()
    hidden = {
        "fr": f"{dropped} critères à 0 point ne sont pas montrés (--tout pour les voir).",
        "en": f"{dropped} criteria at 0 points are not shown (--tout to see them).",
    }[langue]
    assert short == lignes(kept, langue) + ([hidden] if dropped else [])
    assert (dropped > 10) is (etat != "hors_champ")


def test_the_points_told_are_those_of_the_table(palier: Palier, territoire: Path, notes: Path) -> None:
    table = read_written(notes)
    one = numero(notes, "note_partielle", 5)
    row = table.row(by_predicate=pl.col("numero_unique") == one, named=True)
    (data,) = json.loads(expliquer(palier, territoire, one, "--format", "json").out)
    assert data["points"] == row["total"]
    found = {line.code: line.points for _, line in arbre(data).walk()}
    assert {f"pts__{code}": p for code, p in found.items() if f"pts__{code}" in row}.items() <= row.items()


def test_the_position_comes_after(palier: Palier, territoire: Path, notes: Path) -> None:
    one = numero(notes, "note", 20)
    done = expliquer(palier, territoire, one, "--position")
    assert done.code == 0
    assert "\n\nPosition parmi les demandes semblables\n" in done.out
    both = json.loads(expliquer(palier, territoire, one, "--position", "--format", "json").out)
    assert [part["code"] for part in both] == ["total", "position.rang"]
    assert done.out.endswith("\n".join(lignes(arbre(both[1]))) + "\n")


def test_a_request_without_a_score_has_no_position(palier: Palier, territoire: Path, notes: Path) -> None:
    done = expliquer(palier, territoire, numero(notes, "hors_champ"), "--position")
    assert (done.code, done.out) == (11, "")
    assert "ATT-002" in done.err


def test_a_csv_is_explained_at_once(palier: Palier, tmp_path: Path) -> None:
    done = palier(
        "cotation", "expliquer", csv(tmp_path), "--grille", grille(tmp_path), "--au", AU,
        "--numero", "0670324010001G6780",
    )  # fmt: skip
    assert done.code == 0
    pasted = palier(
        "cotation", "expliquer", tmp_path / "d.csv", "--grille", tmp_path / "g.yaml", "--au", AU,
        "--numero", " 067 0324 010001 g6780 ",
    )  # fmt: skip
    assert pasted == done
    assert done.out.splitlines()[0] == "Grille d'essai : 32 points"
    assert done.out.splitlines()[-1] == "2 critères à 0 point ne sont pas montrés (--tout pour les voir)."
