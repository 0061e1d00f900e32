"""Each command says which table it was given and which one it expects."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.unit.cli.outils import AU, ENTETES, LIGNES, Palier, contents, csv, grille

NOTER = "cotation noter {f} --grille g.yaml --au 2026-11-24 --sortie s.parquet"
ATTENTE = "cotation attente {f} --au 2026-11-24"
BAUX = "Numéro unique;Date de dépôt;Typologie;Date du bail"
BAIL = "0670324010001G6780;12/03/2024;t3;01/06/2025"
# File given, command, table recognised, table expected.
CAS = [
    ("demandes.parquet", ATTENTE, "demandes", "baux"),
    ("d.csv", ATTENTE, "demandes", "baux"),
    ("evenements.parquet", ATTENTE, "evenements", "baux"),
    ("notes.parquet", ATTENTE, "scores", "baux"),
    ("baux.parquet", NOTER, "baux", "demandes"),
    ("baux.csv", NOTER, "baux", "demandes"),
    ("evenements.parquet", NOTER, "evenements", "demandes"),
    ("logements.parquet", NOTER, "logements", "demandes"),
    ("decisions.parquet", NOTER, "decisions", "demandes"),
    ("notes.parquet", NOTER, "scores", "demandes"),
    ("notes.csv", NOTER, "scores", "demandes"),
    ("notes.files.csv", NOTER, "files", "demandes"),
    ("baux.parquet", NOTER.replace("noter {f}", "noter d.csv --evenements {f}"), "baux", "evenements"),
    ("d.csv", NOTER.replace("noter {f}", "noter d.csv --evenements {f}"), "demandes", "evenements"),
    ("baux.parquet", "demandes importer {f} --sortie s.parquet", "baux", "demandes"),
    ("demandes.parquet", "demandes importer {f} --sortie s.parquet --table baux", "demandes", "baux"),
    (
        "personnes.parquet",
        "demandes importer {f} --sortie s.parquet --table evenements",
        "personnes",
        "evenements",
    ),
    ("baux.parquet", "cotation expliquer {f} --grille g.yaml --au 2026-11-24 --numero x", "baux", "demandes"),
    (
        "baux.csv",
        "cotation comparer {f} --grille g.yaml --contre demo-ems --au 2026-11-24",
        "baux",
        "demandes",
    ),
]


@pytest.fixture(scope="module")
def dossier(territoire: Path, notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("autre_table")
    for path in territoire.glob("*.parquet"):
        shutil.copy(path, folder)
    shutil.copy(notes, folder / "notes.parquet")
    for nom in ("evenements.parquet", "demandes.parquet"):  # nothing is found beside d.csv
        assert (folder / nom).is_file()
    csv(folder)
    csv(folder, [BAIL], BAUX, "baux.csv")
    csv(folder, ["0670324010001G6780;primo;32;note"], "numero_unique;systeme;total;etat", "notes.csv")
    csv(
        folder,
        ["0670324010001G6780;primo;t3;1;1"],
        "numero_unique;systeme;typologie;rang;ordre",
        "notes.files.csv",
    )
    grille(folder)
    return folder


@pytest.mark.parametrize(
    ("nom", "line", "found", "wanted"), CAS, ids=[f"{c[1].split()[1]} {c[0]}" for c in CAS]
)
def test_another_table_is_named(
    palier: Palier,
    dossier: Path,
    monkeypatch: pytest.MonkeyPatch,
    nom: str,
    line: str,
    found: str,
    wanted: str,
) -> None:
    monkeypatch.chdir(dossier)
    before = contents(dossier)
    done = palier(*line.format(f=nom).split())
    assert (done.code, done.out) == (11, ""), done.texte
    codes = [text for text in done.err.splitlines() if text.startswith(("TAB", "FMT"))]
    assert codes == [f"TAB-016 {nom}"], "un seul problème, et rien de ses suites"
    assert f"Reconnue : {found}, «" in done.err
    assert f"Attendue : {wanted}, «" in done.err
    assert contents(dossier) == before


def test_a_table_of_leases_says_when_they_were_signed_or_requests_ended(
    palier: Palier, tmp_path: Path
) -> None:
    source = csv(tmp_path, [BAIL.rpartition(";")[0]], BAUX.rpartition(";")[0])
    done = palier("cotation", "attente", source, "--au", AU)
    assert (done.code, done.out) == (11, "")
    assert done.err.startswith("TAB-010 d.csv\n")
    assert "« Date de signature du bail » ou « Fin de la demande »" in done.err


@pytest.mark.parametrize("entetes", [
    ENTETES,
    ENTETES + ";Secteur",                             # a column that leases alone have
    ENTETES + ";Date du bail",                        # and one of their signs, among answers
    "Numéro unique;Date de dépôt;Typologie;Commune;Secteur",
    "Numéro unique;Date de dépôt",
    "Numéro unique;Date de dépôt;Etat",               # « etat » is a column of results too
])  # fmt: skip
def test_requests_are_still_requests(palier: Palier, tmp_path: Path, entetes: str) -> None:
    by_title = dict(zip(ENTETES.split(";"), LIGNES[0].split(";"), strict=True))
    more = {"Secteur": "Nord", "Date du bail": "01/06/2025", "Etat": "active"}
    cells = [(by_title | more)[title] for title in entetes.split(";")]
    source = csv(tmp_path, [";".join(cells)], entetes)
    done = palier(
        "cotation", "noter", source, "--grille", grille(tmp_path), "--au", AU, "--sortie", tmp_path / "n.csv"
    )
    assert done.code == 0, done.err


def test_leases_that_wait_are_still_leases(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    baux = pl.read_parquet(territoire / "baux.parquet")
    waiting = baux.filter(pl.col("sortie_date").is_null())
    waiting.write_parquet(tmp_path / "baux.parquet")
    done = palier("cotation", "attente", tmp_path / "baux.parquet", "--au", AU)
    assert done.code == 0
    assert done.err == "baux.parquet : trop peu de baux signés pour une estimation.\n"
