"""A map background in one file (PMTiles): is it one, and parts of it.

References
----------
PMTiles specification, version 3 (public domain): header of 127 bytes, tiles behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MAGIC, _VERSION, _HEADER = b"PMTiles", 3, 127
_TILES = {1: "vecteurs", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Archive:
    """A background that can be served.

    Parameters
    ----------
    chemin : Path
        Where it lies.
    octets : int
        Its size.
    modifie_ns : int
        When it was changed [ns].
    """

    chemin: Path
    octets: int
    modifie_ns: int


def fault_of(chemin: Path) -> str:
    """Return why a file is no background that a map can show, in French; empty for a good one."""
    try:
        with chemin.open("rb") as file:
            head = file.read(_HEADER)
    except OSError:
        return "Le fichier n'existe pas ou ne se lit pas."
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        return "Ce n'est pas un fichier PMTiles."
    if head[7] != _VERSION:
        return f"Le fichier est en version {head[7]} de PMTiles ; la version {_VERSION} est attendue."
    if head[99] not in _TILES:
        return "Le fichier ne dit pas de quoi ses tuiles sont faites."
    return ""


def state_of(chemin: Path) -> Archive | None:
    """Return the size and the date of a file; None where it is no longer there."""
    try:
        found = chemin.stat()
    except OSError:
        return None
    return Archive(chemin, found.st_size, found.st_mtime_ns)


def read_part(archive: Archive, debut: int, fin: int) -> Iterator[bytes]:
    """Yield the bytes from one place to another, both included, piece by piece."""
    with archive.chemin.open("rb") as file:
        file.seek(debut)
        left = fin - debut + 1
        while left > 0 and (piece := file.read(min(left, _CHUNK))):
            left -= len(piece)
            yield piece
