"""A tiny background: a PMTiles archive of one picture, written by hand from the specification."""

from __future__ import annotations

import io
import struct
from pathlib import Path

from PIL import Image

PNG = 2


def _varint(number: int) -> bytes:
    made = b""
    while number > 0x7F:
        made += bytes([number & 0x7F | 0x80])
        number >>= 7
    return made + bytes([number])


def tuile(couleur: str = "#9ecbd0") -> bytes:
    """A tile of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (256, 256), couleur).save(buffer, "PNG")
    return buffer.getvalue()


def ecrire(chemin: Path, image: bytes, *, version: int = 3, genre: int = PNG) -> Path:
    """Write an archive whose only tile covers the world (zoom 0), nothing compressed."""
    entry = (1, 0, 1, len(image), 1)  # entries, id, run, length, place + 1
    root, meta = b"".join(_varint(number) for number in entry), b"{}"
    start = 127
    places = (start, len(root), start + len(root), len(meta), 0, 0, start + len(root) + len(meta), len(image))
    world = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    head = b"PMTiles" + bytes([version]) + struct.pack("<8Q3Q", *places, 1, 1, 1)
    head += struct.pack("<6B", 1, 1, 1, genre, 0, 0) + struct.pack("<4iB2i", *world, 0, 0, 0)
    assert len(head) == start
    chemin.write_bytes(head + root + meta + image)
    return chemin
