"""Paths given by people: open with words when it fails, write all or nothing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from palier.base.errors import UsageError
from palier.formats.catalogue import probleme

LECTURE = (".csv", ".txt", ".tsv", ".xlsx", ".parquet", ".xml")
ECRITURE = (".parquet", ".csv", ".xlsx")


def usage(code: str, path: Path | str, detail: str = "") -> UsageError:
    """Make the error of a path."""
    return UsageError(probleme(code, str(path), detail))


def check_readable(path: Path | str) -> Path:
    """Return the path if it is a file that can be read.

    Raises
    ------
    UsageError
        USG-001.
    """
    try:
        found = Path(path)
        if "\0" in str(path):
            raise usage("USG-001", str(path).replace("\0", "?"))
        if found.is_dir():
            raise usage("USG-001", path, "C'est un dossier.")
        if not found.is_file():
            raise usage("USG-001", path)
        with found.open("rb"):
            return found
    except PermissionError as error:
        raise usage("USG-001", path, "Les droits de lecture manquent.") from error
    except (OSError, ValueError) as error:
        raise usage("USG-001", path) from error


def check_extension(path: Path, known: tuple[str, ...]) -> str:
    """Return the extension in lower case if it is known.

    Raises
    ------
    UsageError
        USG-003.
    """
    suffix = path.suffix.lower()
    if suffix not in known:
        raise usage("USG-003", path, f"Attendu : {', '.join(known)}.")
    return suffix


def check_writable(path: Path | str, source: Path | None = None) -> Path:
    """Return the path if a file can be created there and it is not the source.

    Raises
    ------
    UsageError
        USG-002.
    """
    try:
        target = Path(path)
        if "\0" in str(path):
            raise usage("USG-002", str(path).replace("\0", "?"))
        if target.is_dir():
            raise usage("USG-002", path, "C'est un dossier.")
        if not target.parent.is_dir():
            raise usage("USG-002", path, "Le dossier n'existe pas.")
        if source is not None and target.exists() and target.samefile(source):
            raise usage("USG-002", path, "La sortie est aussi l'entrée.")
        if not os.access(target.parent, os.W_OK):
            raise usage("USG-002", path, "Les droits d'écriture manquent.")
    except (OSError, ValueError) as error:
        raise usage("USG-002", path) from error
    return target


@contextmanager
def atomic(path: Path | str, mode: int | None = None) -> Iterator[Path]:
    """Give a temporary path in the same folder; rename it at the end, or remove it.

    The file is flushed to disk before it takes its name, so that an interrupted
    command never leaves half a file under the final name.

    Parameters
    ----------
    path : path
        Where the file must stand at the end.
    mode : int, optional
        Permissions, e.g. ``0o600``; by default those of any new file.

    Raises
    ------
    UsageError
        USG-002.
    """
    target = check_writable(path)
    partial = target.parent / f".{target.name}.{secrets.token_hex(4)}.partiel"
    try:
        descriptor = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if mode is None else mode)
        os.close(descriptor)
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise usage("USG-002", path, error.strerror or "") from error
    finally:
        partial.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write a file all at once.

    Raises
    ------
    UsageError
        USG-002.
    """
    with atomic(path) as partial:
        partial.write_bytes(data)


def write_text(path: Path | str, text: str) -> None:
    """Write a text file in UTF-8 all at once.

    Raises
    ------
    UsageError
        USG-002.
    """
    write_bytes(path, text.encode("utf-8"))


def read_text(path: Path | str, max_bytes: int = 2_000_000) -> str:
    """Read a short text file in UTF-8, line ends as LF.

    Parameters
    ----------
    path : path
        A grid or another document written by hand.
    max_bytes : int
        Size beyond which the file is refused.

    Raises
    ------
    UsageError
        USG-001 (missing), USG-004 (too big, not UTF-8, with NUL bytes).
    """
    found = check_readable(path)
    with found.open("rb") as stream:
        raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise usage("USG-004", path, f"Il dépasse {max_bytes} octets.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise usage("USG-004", path, "Il n'est pas en UTF-8.") from error
    if "\0" in text:
        raise usage("USG-004", path, "Il contient des octets nuls.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
