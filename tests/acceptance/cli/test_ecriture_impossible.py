"""What cannot be written is told in French, by every command and format, and leaves nothing."""

from __future__ import annotations

import errno
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
from xlsxwriter.exceptions import FileCreateError

from palier.base.errors import UsageError
from palier.formats.chemins import atomic
from tests.unit.cli.outils import Fin, Palier, contents, csv, grille
from tests.unit.cli.test_francais import anglais

NOTER = "cotation noter d.csv --grille g.yaml --au 2026-11-24 --sortie {s}"
COMPARER = "cotation comparer d.csv --grille g.yaml --contre demo-ems --au 2026-11-24 --sortie {s}"
ATTENTE = "cotation attente baux.parquet --au 2026-11-24 --sortie {s}"
ANNEXE = "cotation annexe --grille g.yaml --sortie {s}"
IMPORTER = "demandes importer d.csv --au 2026-11-24 --sortie {s}"
GENERER = "territoire generer --au 2026-11-24 --taille 0.002 --sortie {s}"
COMMANDES = [
    (NOTER, "s.parquet"), (NOTER, "s.csv"), (NOTER, "s.xlsx"),
    (COMPARER, "s.parquet"), (COMPARER, "s.png"), (COMPARER, "s.svg"),
    (ATTENTE, "s.png"), (ATTENTE, "s.svg"),
    (ANNEXE, "s.md"), (ANNEXE, "s.docx"), (ANNEXE, "s.pdf"),
    (IMPORTER, "s.parquet"),
    (GENERER, "dossier"), (f"{GENERER} --national", "dossier"),
]  # fmt: skip


@pytest.fixture
def dossier(territoire: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    csv(tmp_path)
    grille(tmp_path)
    shutil.copy(territoire / "baux.parquet", tmp_path)
    (tmp_path / "dossier").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def no_room(most: int = 40) -> Iterator[None]:
    """Let no file grow beyond some bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def check(done: Fin, words: str) -> None:
    assert (done.code, done.err.split(" ", 1)[0]) == (2, "USG-002"), done.texte
    assert words in done.err
    assert not anglais(done.err.partition("\n")[2]), done.err


@pytest.mark.parametrize(("line", "sortie"), COMMANDES, ids=lambda value: value.removesuffix(" --sortie {s}"))
def test_no_room_is_told_and_leaves_nothing(palier: Palier, dossier: Path, line: str, sortie: str) -> None:
    palier(*line.format(s=f"dossier/{sortie}" if "." in sortie else sortie).split())
    shutil.rmtree(dossier / "dossier")  # what is loaded late is loaded now, and written nowhere
    (dossier / "dossier").mkdir()
    before = contents(dossier)
    with no_room():
        done = palier(*line.format(s=sortie).split())
    # Polars does not say why a parquet was cut in its last bytes.
    check(done, "" if "parquet" in done.err else "Il dépasse la taille permise.")
    assert contents(dossier) == before


@pytest.mark.parametrize(("prefix", "words"), [
    ("absent/", "Le dossier n'existe pas."),
    ("d.csv/", "Le chemin passe par un fichier."),
    ("x" * 260, "Le nom est trop long."),
], ids=["absent", "fichier", "long"])  # fmt: skip
@pytest.mark.parametrize(("line", "sortie"), [c for c in COMMANDES if "." in c[1]])
def test_a_bad_place_is_told_before_any_work(
    palier: Palier,
    dossier: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    sortie: str,
    prefix: str,
    words: str,
) -> None:
    before = contents(dossier)
    for reading in ("palier.cli.travaux.read_table", "palier.cli.rapports.read_table"):
        monkeypatch.setattr(reading, None)
    check(palier(*line.format(s=prefix + sortie).split()), words)
    assert contents(dossier) == before


@pytest.mark.parametrize(("line", "sortie"), [c for c in COMMANDES if "." in c[1]])
def test_a_folder_is_not_a_file(palier: Palier, dossier: Path, line: str, sortie: str) -> None:
    (dossier / sortie).mkdir()
    check(palier(*line.format(s=sortie).split()), "C'est un dossier.")


FULL = "No space left on device"
PANNES = [
    (OSError(errno.ENOSPC, FULL), "Le disque est plein."),
    (OSError(errno.EROFS, "Read-only file system"), "Le disque est en lecture seule."),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), "Le quota de disque est atteint."),
    (PermissionError(errno.EACCES, "Permission denied"), "Les droits d'écriture manquent."),
    (FileNotFoundError(errno.ENOENT, "No such file or directory"), "Le dossier n'existe plus."),
    (pl.exceptions.ComputeError(f"{FULL} (os error 28)"), "Le disque est plein."),
    (OSError(f"{FULL} (os error 28)"), "Le disque est plein."),
    (FileCreateError(OSError(errno.ENOSPC, FULL)), "Le disque est plein."),
    (pl.exceptions.ComputeError("parquet: Invalid thrift: transport error"), ""),
    (OSError(errno.EXDEV, "Invalid cross-device link"), ""),
    (OSError("something odd"), ""),
]


@pytest.mark.parametrize(("error", "words"), PANNES, ids=repr)
def test_each_failure_of_the_system_is_in_french(tmp_path: Path, error: Exception, words: str) -> None:
    with pytest.raises(UsageError) as told, atomic(tmp_path / "f"):
        raise error
    (problem,) = told.value.problems
    assert problem.constat == f"Le fichier de sortie ne peut pas être écrit. {words}".strip()
    assert not list(tmp_path.iterdir())


def test_a_fault_that_is_not_of_the_system_stays_ours(tmp_path: Path) -> None:
    with pytest.raises(pl.exceptions.ComputeError), atomic(tmp_path / "f"):
        raise pl.exceptions.ComputeError("cannot compare string with date")


def test_a_panic_is_our_fault_and_shows_no_traceback(
    palier: Palier, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_: object, **__: object) -> None:
        raise pl.exceptions.PanicException("index out of bounds")

    monkeypatch.setattr("palier.cli.travaux.read_table", panic)
    done = palier(*NOTER.format(s="s.csv").split())
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("INT-001 PanicException\n")
    assert "Traceback" not in done.err
