"""Paths given by people: open with words when it fails, write all or nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from palier.base.errors import UsageError
from palier.formats.catalogue import probleme

LECTURE = (".csv", ".txt", ".tsv", ".xlsx", ".parquet", ".xml")
ECRITURE = (".parquet", ".csv", ".xlsx")
_OS_ERROR = re.compile(r"\(os error (\d+)\)")
_CUT = re.compile(r"thrift: transport error|write whole buffer")  # polars, cut short while it wrote
_PANNES = {
    errno.ENOSPC: "Le disque est plein.",
    errno.EDQUOT: "Le quota de disque est atteint.",
    errno.EFBIG: "Il dépasse la taille permise.",
    errno.EACCES: "Les droits d'écriture manquent.",
    errno.EPERM: "Les droits d'écriture manquent.",
    errno.EROFS: "Le disque est en lecture seule.",
    errno.ENOENT: "Le dossier n'existe plus.",
    errno.ENOTDIR: "Le chemin passe par un fichier.",
    errno.ENAMETOOLONG: "Le nom est trop long.",
    errno.EIO: "Le disque ne répond pas.",
    errno.EMFILE: "Trop de fichiers sont ouverts.",
}
_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)


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


def check_writable(path: Path | str, *lus: Path | None) -> Path:
    """Return the path if a file can be created there and none of the files read would be lost.

    Parameters
    ----------
    path : path
        Where a file must stand at the end.
    *lus : path or None
        What the command reads: neither it nor a link to it can be written.

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
            why = "Le chemin passe par un fichier." if target.parent.exists() else "Le dossier n'existe pas."
            raise usage("USG-002", path, why)
        with suppress(FileNotFoundError):
            target.lstat()  # a name that the system cannot hold is refused before any work
        for lu in lus:
            if lu is not None and is_same_file(target, lu):
                raise usage("USG-002", path, f"C'est aussi un fichier lu : {lu}.")
        if not os.access(target.parent, os.W_OK):
            raise usage("USG-002", path, "Les droits d'écriture manquent.")
    except (OSError, ValueError) as error:
        raise usage("USG-002", path, _PANNES.get(_number(error) or 0, "")) from error
    return target


def is_same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file, by any link, or would once they are written."""
    with suppress(OSError):  # one of them does not exist, or not yet
        return one.samefile(other)
    return one.parent.resolve() / one.name == other.parent.resolve() / other.name


def _number(error: BaseException) -> int | None:
    """Return the number of a failure of the system: 0 if it gives none, None if it is no such failure."""
    for found in (error, *error.args):
        if isinstance(found, OSError) and found.errno:
            return found.errno
        if match := _OS_ERROR.search(str(found)):  # polars writes by itself, and says so in words
            return int(match[1])
    return 0 if isinstance(error, OSError) or _CUT.search(str(error)) else None


@contextmanager
def write_failures(path: Path | str) -> Iterator[None]:
    """Say in French why the system could not write, whichever library was writing.

    Raises
    ------
    UsageError
        USG-002.
    """
    try:
        yield
    except Exception as error:
        number = _number(error)
        if number is None:
            raise
        raise usage("USG-002", path, _PANNES.get(number, "")) from error


@contextmanager
def draft(folder: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give the path of a file without a name in a folder, which vanishes by itself.

    Where the system cannot make a nameless file, a hidden name is used and
    removed at the end.
    """
    nameless = getattr(os, "O_TMPFILE", 0)
    try:
        if not nameless:
            raise OSError(errno.EOPNOTSUPP, "O_TMPFILE")
        descriptor = os.open(folder, nameless | os.O_RDWR, mode)
    except OSError as error:
        if error.errno not in _NO_NAMELESS:
            raise
        named = folder / f".{secrets.token_hex(6)}.partiel"
        os.close(os.open(named, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        try:
            yield named
        finally:
            named.unlink(missing_ok=True)
    else:
        try:
            yield Path(f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)


@contextmanager
def atomic(path: Path | str, mode: int = 0o666) -> Iterator[Path]:
    """Give a path to write on; what was written takes its name at the end, or vanishes.

    The file has no name until it is whole and flushed to disk: a command that
    is killed leaves nothing behind, neither under the final name nor beside.

    Parameters
    ----------
    path : path
        Where the file must stand at the end.
    mode : int
        Permissions before the mask of the process, e.g. ``0o600``.

    Raises
    ------
    UsageError
        USG-002.
    """
    target = check_writable(path)
    with write_failures(path), draft(target.parent, mode) as written:
        yield written
        _publish(written, target)


def _publish(written: Path, target: Path) -> None:
    """Flush a file, then give it its name in one step."""
    with written.open("rb") as stream:
        os.fsync(stream.fileno())
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        if written.parent == target.parent:
            written.replace(target)
        else:
            passing = f".{secrets.token_hex(6)}.partiel"
            os.link(written, passing, dst_dir_fd=folder, follow_symlinks=True)
            (target.parent / passing).replace(target)
        os.fsync(folder)
    finally:
        os.close(folder)


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


def file_sha256(path: Path | str) -> str:
    """Digest of a file, in constant memory.

    Raises
    ------
    UsageError
        USG-001.
    """
    with check_readable(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def make_folder(path: Path | str) -> Path:
    """Return a folder where files can be written, made with its parents if it is absent.

    Raises
    ------
    UsageError
        USG-002.
    """
    try:
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise usage("USG-002", path, "Ce n'est pas un dossier.") from error
    except (OSError, ValueError) as error:
        raise usage("USG-002", str(path).replace("\0", "?"), _PANNES.get(_number(error) or 0, "")) from error
    if not os.access(target, os.W_OK):
        raise usage("USG-002", path, "Les droits d'écriture manquent.")
    return target
