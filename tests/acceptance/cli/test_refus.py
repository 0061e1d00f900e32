"""What is refused: the right exit code, words that help, and not a byte written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.cli.outils import GRILLE, LIGNES, Palier, contents, csv, grille

N = "--grille g.yaml --au 2026-11-24 --sortie n.parquet"
E = "--grille g.yaml --au 2026-11-24 --numero 0670922010002G6780"
C = "--grille g.yaml --contre demo-ems --au 2026-11-24"
REFUS = [
    # command, exit code, code, what must be read
    (f"cotation noter absent.csv {N}", 2, "USG-001", "absent.csv"),
    ("cotation noter d.csv --grille g.yaml --au 2026-13-01 --sortie n.parquet", 2, "USG-011", "--au"),
    ("cotation noter d.csv --grille g.yaml --au hier --sortie n.parquet", 2, "USG-011", "2026-11-24"),
    ("cotation noter d.csv --grille g.yaml --au 24/11/26 --sortie n.parquet", 2, "USG-011", "--au"),
    (
        "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie n.pdf",
        2,
        "USG-003",
        ".parquet, .csv, .xlsx",
    ),
    (
        "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie absent/n.csv",
        2,
        "USG-002",
        "n'existe pas",
    ),
    (
        "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie d.csv",
        2,
        "USG-002",
        "aussi un fichier lu",
    ),
    (
        "cotation noter d.files.csv --grille g.yaml --au 2026-11-24 --sortie d.csv",
        2,
        "USG-002",
        "aussi un fichier lu",
    ),
    ("cotation noter d.csv --grille demo-em --au 2026-11-24 --sortie n.csv", 10, "COT-062", "« demo-ems »"),
    ("cotation noter d.csv --grille xyz --au 2026-11-24 --sortie n.csv", 10, "COT-062", "toulouse"),
    (
        "cotation noter d.csv --grille absente.yaml --au 2026-11-24 --sortie n.csv",
        2,
        "USG-001",
        "absente.yaml",
    ),
    ("cotation noter d.csv --grille fausse.yaml --au 2026-11-24 --sortie n.csv", 10, "COT-010", "« points »"),
    (
        "cotation noter faux.csv --grille g.yaml --au 2026-11-24 --sortie n.csv",
        11,
        "TAB-020",
        "18 caractères",
    ),
    (
        "cotation noter d.csv --grille g.yaml --au 2031-01-01 --sortie n.csv",
        12,
        "LOI-003",
        "--loi-non-verifiee",
    ),
    (f"cotation noter . {N}", 2, "USG-001", "C'est un dossier"),
    (f"cotation noter / {N}", 2, "USG-001", "C'est un dossier"),
    (f"cotation noter d.csv {N} --evenements .", 2, "USG-001", "C'est un dossier"),
    ("cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie .", 2, "USG-003", ".parquet"),
    (
        "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie . --bonnes-lignes",
        2,
        "USG-003",
        ".parquet",
    ),
    (f"cotation noter d.csv {N} --evenements absent.parquet", 2, "USG-001", "absent.parquet"),
    (f"cotation expliquer absent.csv {E}", 2, "USG-001", "absent.csv"),
    ("cotation expliquer d.csv --grille g.yaml --au 2026-11-24 --numero 123", 11, "COT-082", "18 caractères"),
    (f"cotation expliquer d.csv {E} --format xml", 2, "USG-012", "texte, json"),
    (f"cotation expliquer d.csv {E} --langue de", 2, "USG-012", "fr, en"),
    (f"cotation comparer d.csv {C} --part-tete 0", 2, "USG-014", "10 %"),
    (f"cotation comparer d.csv {C} --part-tete beaucoup", 2, "USG-014", "10 %"),
    (f"cotation comparer d.csv {C} --part-tete 120%", 2, "USG-014", "10 %"),
    (f"cotation comparer d.csv {C} --sortie c.pdf", 2, "USG-003", ".png, .svg"),
    (f"cotation comparer d.csv {C} --sortie dossier/c.csv", 2, "USG-002", "n'existe pas"),
    (
        f"cotation comparer d.csv {C} --numero 0670922010002G6780 --sortie c.csv",
        2,
        "USG-010",
        "seulement affiché",
    ),
    (f"cotation comparer d.csv {C} --numero 123", 11, "COT-082", "18 caractères"),
    (f"cotation comparer d.csv {C} --langue de", 2, "USG-012", "fr, en"),
    ("cotation attente absent.parquet --au 2026-11-24", 2, "USG-001", "absent.parquet"),
    ("cotation attente vide.csv --au 2026-11-24", 11, "TAB-016", "Attendue : baux"),
    (f"cotation noter vide.csv {N}", 11, "FMT-009", "vide.csv"),
    ("cotation attente baux.parquet --au 2026-11-24 --typologie t9", 2, "USG-012", "t1, t2, t3"),
    (
        "cotation attente baux.parquet --au 2026-11-24 --typologie t3 --secteur Nord",
        2,
        "USG-012",
        "Connus pour t3",
    ),
    ("cotation attente baux.parquet --au 2026-11-24 --secteur Nord", 2, "USG-012", "--typologie"),
    ("cotation attente baux.parquet --au 2026-11-24 --sortie c.jpg", 2, "USG-003", ".png, .svg"),
    ("cotation attente baux.parquet --au 2026-11-24 --depuis jamais", 2, "USG-011", "--depuis"),
    ("cotation annexe --grille g.yaml --sortie a.odt", 2, "USG-003", ".md, .docx, .pdf"),
    ("cotation annexe --grille fausse.yaml --sortie a.md", 10, "COT-010", "« points »"),
    ("cotation annexe --grille g.yaml --langue en", 2, "USG-010", "« --langue » n'existe pas"),
    ("cotation attente baux.parquet --au 2026-11-24 --langue de", 2, "USG-012", "fr, en"),
    ("cotation verifier absente.yaml", 2, "USG-001", "absente.yaml"),
    ("cotation verifier fausse.yaml", 10, "COT-010", "« points »"),
    ("cotation verifier g.yaml --au 2026-02-30", 2, "USG-011", "--au"),
    ("cotation rejouer d.csv --demandes d.csv --grille g.yaml", 2, "USG-013", "d.csv"),
    ("cotation rejouer absent.parquet --demandes d.csv --grille g.yaml", 2, "USG-001", "absent.parquet"),
    ("cotation rejouer baux.parquet --demandes d.csv --grille g.yaml", 11, "COT-083", "baux.parquet"),
    ("cotation rejouer casse.parquet --demandes d.csv --grille g.yaml", 11, "FMT-012", "casse.parquet"),
    ("demandes importer absent.csv --sortie t.parquet", 2, "USG-001", "absent.csv"),
    ("demandes importer d.csv --sortie t.csv", 2, "USG-003", ".parquet"),
    ("demandes importer d.csv --sortie t.parquet --table zzz", 2, "USG-012", "demandes"),
    ("demandes importer d.csv --sortie t.parquet --au demain", 2, "USG-011", "--au"),
    ("demandes importer faux.csv --sortie t.parquet", 11, "TAB-020", "aucune table n'a été écrite"),
    ("demandes importer faux.csv --sortie t.parquet", 11, "TAB-020", "--bonnes-lignes"),
    ("loi montrer plafonds_plu", 12, "LOI-001", "plafonds_plus"),
    ("loi montrer plafonds_plus --au 1990-01-01", 12, "LOI-002", "plafonds_plus"),
    ("loi montrer --au 1990", 2, "USG-011", "--au"),
    ("loi montrer --format xml", 2, "USG-012", "texte, json"),
    ("loi fraicheur --au 1990", 2, "USG-011", "--au"),
    ("territoire generer --sortie d.csv --au 2026-11-24 --taille 0.01", 2, "USG-002", "pas un dossier"),
    ("territoire generer --sortie neuf --au 1950-01-01 --taille 0.01", 2, "SYN-011", ""),
    ("territoire generer --sortie neuf --au 2026-11-24 --graine -1", 2, "SYN-013", ""),
    ("territoire generer --sortie neuf --au 2026-11-24 --taille 0", 2, "SYN-010", ""),
    ("territoire generer --sortie neuf --au 2026-11-24 --national --taille -1", 2, "SYN-012", ""),
    ("demo --dossier d.csv --taille 0.01", 2, "USG-002", "pas un dossier"),
]


@pytest.fixture(scope="module")
def dossier(territoire: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that the cases name."""
    folder = tmp_path_factory.mktemp("refus")
    csv(folder)
    csv(folder, nom="d.files.csv")
    csv(folder, [], nom="vide.csv")
    csv(folder, [LIGNES[0].replace("0670324010001G6780", "0671324010001G6780")], nom="faux.csv")
    grille(folder)
    grille(folder, GRILLE.replace("points: 5}", "point: 5}"), "fausse.yaml")
    (folder / "casse.parquet").write_bytes(b"PAR1 coupe")
    shutil.copy(territoire / "baux.parquet", folder)
    return folder


@pytest.mark.parametrize(("line", "exit_code", "code", "words"), REFUS, ids=[row[0] for row in REFUS])
def test_refused(
    palier: Palier,
    dossier: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    exit_code: int,
    code: str,
    words: str,
) -> None:
    monkeypatch.chdir(dossier)
    before = contents(dossier)
    done = palier(*line.split())
    assert (done.code, done.out) == (exit_code, ""), done.texte
    assert code in done.err
    assert words in done.err.replace("\u202f", " ")
    assert contents(dossier) == before
    assert not (dossier / "neuf").exists()


def test_all_wrong_grids_are_told_at_once(
    palier: Palier, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dossier)
    done = palier("cotation", "verifier", "fausse.yaml", "g.yaml", "demo-em", "absente.yaml")
    assert done.code == 10
    assert done.out.startswith("essai@2026-01-01 : valide")
    assert [line.split()[0] for line in done.err.splitlines() if not line.startswith(" ")] == [
        "COT-010",
        "COT-011",
        "COT-062",
        "USG-001",
    ]


def test_a_wrong_example_is_refused_after_the_verdict(palier: Palier, tmp_path: Path) -> None:
    text = GRILLE + (
        "exemples:\n  - {nom: faux, au: 2026-11-24, demande: {date_depot_initial: 2026-01-01}, total: 1}\n"
    )
    done = palier("cotation", "verifier", grille(tmp_path, text))
    assert done.code == 10
    assert "à corriger" in done.out
    assert "COT-060" in done.err


def test_an_unwritable_folder_is_said(
    palier: Palier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    done = palier("territoire", "generer", "--sortie", tmp_path, "--au", "2026-11-24", "--taille", "0.01")
    assert done.code == 2
    assert "Les droits d'écriture manquent." in done.err
