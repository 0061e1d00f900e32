"""``palier chiffres publier``: what it refuses before anything is written, and what it sends."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from palier.cli.options import read_date
from palier.cli.publication import measure
from tests.unit.cli.outils import AU, GRILLE, Palier, grille

PUBLIER = ("chiffres", "publier")


def tables(territoire: Path) -> tuple[Path, str, Path]:
    return territoire / "demandes.parquet", "--baux", territoire / "baux.parquet"


@pytest.mark.parametrize(
    ("grille_ou_texte", "au", "code", "problemes"),
    [
        ("demo-ems-2027", AU, 10, ["CHI-001"]),
        (GRILLE.replace("statut: adoptee", "statut: brouillon"), AU, 10, ["CHI-001"]),
        (GRILLE.replace("2026-01-01", "2027-03-01"), AU, 10, ["CHI-001"]),
    ],
    ids=["projet", "brouillon", "a venir"],
)
def test_les_refus(
    palier: Palier,
    territoire: Path,
    tmp_path: Path,
    grille_ou_texte: str,
    au: str,
    code: int,
    problemes: list[str],
) -> None:
    given = grille(tmp_path, grille_ou_texte) if "\n" in grille_ou_texte else grille_ou_texte
    end = palier(*PUBLIER, *tables(territoire), "--grille", given, "--au", au)
    assert end.code == code
    assert all(problem in end.texte for problem in problemes)


def test_un_nom_de_secteur_trop_long_est_refuse(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    baux = pl.read_parquet(territoire / "baux.parquet").with_columns(secteur=pl.lit("x" * 41))
    path = tmp_path / "baux.parquet"
    baux.write_parquet(path)
    end = palier(
        *PUBLIER, territoire / "demandes.parquet", "--baux", path, "--grille", "demo-ems", "--au", AU
    )
    assert (end.code, "CHI-002" in end.texte) == (11, True)


def test_dix_demandes_ne_se_publient_pas(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    path = tmp_path / "demandes.parquet"
    pl.read_parquet(territoire / "demandes.parquet").head(10).write_parquet(path)
    end = palier(*PUBLIER, path, "--baux", territoire / "baux.parquet", "--grille", "demo-ems", "--au", AU)
    assert (end.code, "CHI-003" in end.texte) == (11, True)


def test_une_commune_de_deux_secteurs_est_dite(territoire: Path, tmp_path: Path) -> None:
    baux = pl.read_parquet(territoire / "baux.parquet")
    other = baux.with_row_index("i").with_columns(
        secteur=pl.when(pl.col("i") == 0).then(pl.lit("Ailleurs")).otherwise("secteur")
    )
    path = tmp_path / "baux.parquet"
    other.drop("i").write_parquet(path)
    made = measure(territoire / "demandes.parquet", path, "demo-ems", read_date(AU), None, False, False)
    assert [problem.code for problem in made.avertissements] == ["CHI-006"]
    assert made.a_conserver.territoire == "246700488"
    assert made.a_conserver.provenance["grille"] == "demo-ems@2026-01-01"
