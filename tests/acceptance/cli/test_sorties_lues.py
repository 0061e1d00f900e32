"""No command writes on what it reads: itself, another spelling of its path, a hard or a symbolic link."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.unit.cli.outils import Palier, contents, csv, grille

SORTE = ("chemin", "détour", "lien dur", "lien symbolique")
# What is read, and the command that would write on {s}, a name for the same file.
LECTURES = {
    "noter, demandes": ("d.csv", "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie {s}"),
    "noter, grille": ("g.csv", "cotation noter d.csv --grille g.csv --au 2026-11-24 --sortie {s}"),
    "noter, événements": (
        "e.csv",
        "cotation noter d.csv --evenements e.csv --grille g.yaml --au 2026-11-24 --sortie {s}",
    ),
    "noter, événements trouvés à côté": (
        "d.evenements.parquet",
        "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie {s}",
    ),
    "comparer, demandes": (
        "d.csv",
        "cotation comparer d.csv --grille g.yaml --contre demo-ems --au 2026-11-24 --sortie {s}",
    ),
    "comparer, grille": (
        "g.csv",
        "cotation comparer d.csv --grille g.csv --contre demo-ems --au 2026-11-24 --sortie {s}",
    ),
    "comparer, contre": (
        "g.csv",
        "cotation comparer d.csv --grille demo-ems --contre g.csv --au 2026-11-24 --sortie {s}",
    ),
    "comparer, image": (
        "g.svg",
        "cotation comparer d.csv --grille demo-ems --contre g.svg --au 2026-11-24 --sortie {s}",
    ),
    "attente, baux": ("baux.parquet", "cotation attente baux.parquet --au 2026-11-24 --sortie {s}"),
    "annexe, grille": ("g.md", "cotation annexe --grille g.md --sortie {s}"),
    "importer, fichier": ("t.parquet", "demandes importer t.parquet --sortie {s}"),
    "importer, rejets": ("d.csv", "demandes importer d.csv --sortie n.parquet --rejets {s}"),
    "importer, rejets d'office": (
        "n.rejets.csv",
        "demandes importer n.rejets.csv --bonnes-lignes --sortie n.parquet",
    ),
    "noter, rejets d'office": (
        "n.rejets.csv",
        "cotation noter n.rejets.csv --bonnes-lignes --grille g.yaml --au 2026-11-24 --sortie n.csv",
    ),
}
# These outputs have an ending that their input cannot have: only a link leads from one to the other.
LIENS_SEULS = {"attente, baux": ".png"}
D_OFFICE = "n.rejets.csv"  # a name that the command gives by itself
CAS = [
    pytest.param(nom, sorte, id=f"{nom}, {sorte}")
    for nom in LECTURES
    for sorte in (SORTE[2:] if nom in LIENS_SEULS else SORTE[:1] if "d'office" in nom else SORTE)
]


@pytest.fixture
def dossier(territoire: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    csv(tmp_path)
    csv(tmp_path, nom=D_OFFICE)
    csv(tmp_path, [], "Numéro unique;Date;Événement", "e.csv")
    for nom in ("g.yaml", "g.csv", "g.svg", "g.md"):
        grille(tmp_path, nom=nom)
    events = pl.read_parquet(territoire / "evenements.parquet")
    events.head(1).write_parquet(tmp_path / "d.evenements.parquet")
    pl.read_parquet(territoire / "demandes.parquet").head(3).write_parquet(tmp_path / "t.parquet")
    shutil.copy(territoire / "baux.parquet", tmp_path)
    (tmp_path / "autre").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def other_name(nom: str, lu: str, sorte: str) -> str:
    """Make another name of the file read, and return it."""
    if sorte == "chemin":
        return lu
    if sorte == "détour":
        return f"autre/../{lu}"
    link = f"lien{LIENS_SEULS.get(nom, Path(lu).suffix)}"
    (os.link if sorte == "lien dur" else os.symlink)(lu, link)
    return link


@pytest.mark.parametrize(("nom", "sorte"), CAS)
def test_what_is_read_is_never_written(palier: Palier, dossier: Path, nom: str, sorte: str) -> None:
    lu, line = LECTURES[nom]
    sortie = other_name(nom, lu, sorte)
    before = contents(dossier)
    done = palier(*line.format(s=sortie).split())
    assert (done.code, done.out) == (2, ""), done.texte
    assert done.err.splitlines()[0] == f"USG-002 {sortie}"
    assert f"C'est aussi un fichier lu : {lu}." in done.err
    assert contents(dossier) == before


@pytest.mark.parametrize("line", [
    "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie g2.csv",
    "cotation annexe --grille g.md --sortie g2.md",
    "demandes importer t.parquet --sortie t2.parquet",
])  # fmt: skip
def test_the_same_command_writes_elsewhere(palier: Palier, dossier: Path, line: str) -> None:
    done = palier(*line.split())
    assert done.code == 0, done.err
    assert (dossier / line.rsplit(maxsplit=1)[-1]).is_file()


def test_a_chart_beside_a_table_is_guarded_too(palier: Palier, dossier: Path) -> None:
    line = "cotation comparer d.csv --grille g.svg --contre demo-ems --au 2026-11-24 --sortie g.parquet"
    before = contents(dossier)
    done = palier(*line.split())
    assert done.code == 2
    assert done.err.startswith("USG-002 g.svg\n")
    assert contents(dossier) == before


def test_queues_beside_scores_are_guarded_too(palier: Palier, dossier: Path) -> None:
    grille(dossier, nom="n.files.csv")
    done = palier(*"cotation noter d.csv --grille n.files.csv --au 2026-11-24 --sortie n.csv".split())
    assert done.code == 2
    assert done.err.startswith("USG-002 n.files.csv\n")
    assert not (dossier / "n.csv").exists()


def test_replaying_writes_nothing(palier: Palier, dossier: Path) -> None:
    palier(*"cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie n.parquet".split())
    before = contents(dossier)
    done = palier(*"cotation rejouer n.parquet --demandes d.csv --grille g.yaml".split())
    assert done.code == 0, done.err
    assert contents(dossier) == before
    refused = palier(*"cotation rejouer n.parquet --demandes d.csv --grille g.yaml --sortie d.csv".split())
    assert refused.code == 2
    assert "« --sortie » n'existe pas" in refused.err


def test_rejects_are_a_csv(palier: Palier, dossier: Path) -> None:
    line = "demandes importer d.csv --sortie n.parquet --rejets n.personnes.parquet"
    done = palier(*line.split())
    assert done.code == 2
    assert done.err.startswith("USG-003 n.personnes.parquet\n")
    assert not (dossier / "n.parquet").exists()
