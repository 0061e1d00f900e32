"""Bytes to UTF-8: recognise the encoding of a text file, and transcode it piece by piece.

Nothing is copied to disk: a piece is transcoded in memory when it is read.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from palier.formats.anomalies import Anomalies

MORCEAU = 8 * 1024 * 1024
_UNDEFINED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_LATIN9_ONLY = frozenset(b"\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe")
_MARKS = (
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _pieces(path: Path, skip: int = 0) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(skip)
        while piece := stream.read(MORCEAU):
            yield piece


def _mark(path: Path) -> tuple[int, str | None, bool]:
    """Return the length of the byte order mark, its encoding, and whether there is one."""
    with path.open("rb") as stream:
        start = stream.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return len(mark), name, True
    return 0, None, False


def _decodes(path: Path, skip: int, encoding: str) -> tuple[bool, bool]:
    """Tell whether the file decodes, and whether some accent was read before the end or the failure."""
    decoder = codecs.getincrementaldecoder(encoding)()
    plain, accents = True, False
    try:
        for piece in _pieces(path, skip):
            if encoding == "utf-8" and plain and piece.isascii():
                continue
            plain = False
            accents = not decoder.decode(piece).isascii() or accents
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before = bytes(error.object[: error.start])
        return False, accents or not before.isascii()
    return True, accents


def detect(path: Path, anomalies: Anomalies) -> tuple[str, int] | None:
    """Recognise the encoding of a text file.

    Returns
    -------
    tuple of str and int, or None
        Encoding and length of its mark; None after FMT-003 or FMT-004.
    """
    skip, named, marked = _mark(path)
    if marked:
        if named is None or not _decodes(path, skip, named)[0]:
            anomalies.refuse_fichier("FMT-004")
            return None
        return named, skip
    if any(b"\0" in piece for piece in _pieces(path)):
        anomalies.refuse_fichier("FMT-003")
        return None
    good, accents = _decodes(path, 0, "utf-8")
    if good:
        return "utf-8", 0
    if accents:
        anomalies.refuse_fichier("FMT-004", "De l'UTF-8 y est mêlé à un autre encodage.")
        return None
    seen: set[int] = set()
    for piece in _pieces(path):
        seen |= {byte for byte in set(piece) if byte >= 0x80}
    if any(0x80 <= byte <= 0x9F for byte in seen):
        if seen & _UNDEFINED_1252:
            anomalies.refuse_fichier("FMT-004")
            return None
        return "cp1252", 0
    return ("iso8859-15" if seen & _LATIN9_ONLY else "cp1252"), 0


def read_utf8(path: Path, encoding: str, skip: int) -> Iterator[bytes]:
    """Give the text as pieces of UTF-8, line ends as LF."""
    decoder = codecs.getincrementaldecoder(encoding)() if encoding != "utf-8" else None
    held = b""
    for piece in _pieces(path, skip):
        text = decoder.decode(piece).encode("utf-8") if decoder else piece
        text, held = held + text, b""
        if text.endswith(b"\r"):
            text, held = text[:-1], b"\r"
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield text
    if held:
        yield b"\n"
