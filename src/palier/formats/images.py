"""Read the header of a picture: kind, size, position; nothing is decoded, so nothing can swell.

References
----------
JPEG: ITU-T T.81, annex B; EXIF: CIPA DC-008; PNG: ISO/IEC 15948; WebP: RFC 9649.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_GPS = 0x8825
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Entete:
    """What the header of a picture says."""

    format: str
    largeur: int
    hauteur: int
    position: bool


class ImageAbimeeError(ValueError):
    """A picture whose header cannot be read."""


def read_header(octets: bytes) -> Entete | None:
    """Return the header of a JPEG, a PNG or a WebP; None for any other kind of file.

    Raises
    ------
    ImageAbimeeError
        The file says what it is, and does not hold it.
    """
    reader = _reader(octets)
    if reader is None:
        return None
    try:
        return reader(octets)
    except IndexError as error:
        raise ImageAbimeeError from error


def _reader(octets: bytes) -> Callable[[bytes], Entete] | None:
    if octets.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png
    if octets[:4] == b"RIFF" and octets[8:12] == b"WEBP":
        return _webp
    return None


def _number(octets: bytes, start: int, size: int, order: str = "big") -> int:
    part = octets[start : start + size]
    if len(part) < size:
        raise ImageAbimeeError
    return int.from_bytes(part, "big" if order == "big" else "little")


def _jpeg(octets: bytes) -> Entete:
    place, position = 2, False
    while True:
        if octets[place] != 0xFF:
            raise ImageAbimeeError
        while octets[place] == 0xFF:
            place += 1
        marker = octets[place]
        place += 1
        if marker in (0x01, *range(0xD0, 0xD8)):
            continue
        if marker in (0xD9, 0xDA):
            raise ImageAbimeeError
        length = _number(octets, place, 2)
        body = octets[place + 2 : place + length]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            position = position or has_gps(body[6:])
        if marker == 0xE1 and b"GPSLatitude" in body:  # XMP says it in words
            position = True
        if marker in _SOF:
            height, width = _number(octets, place + 3, 2), _number(octets, place + 5, 2)
            if not height or not width or b"\xff\xda" not in octets[place + length :]:
                raise ImageAbimeeError
            return Entete("jpeg", width, height, position or _late_exif(octets, place + length))
        place += max(length, 2)


def _late_exif(octets: bytes, start: int) -> bool:
    """Look for an EXIF block that some cameras write after the frame header."""
    place = octets.find(b"Exif\0\0", start)
    return place >= 0 and has_gps(octets[place + 6 : place + 65_536])


def _png(octets: bytes) -> Entete:
    if octets[12:16] != b"IHDR":
        raise ImageAbimeeError
    width, height = _number(octets, 16, 4), _number(octets, 20, 4)
    if not width or not height:
        raise ImageAbimeeError
    place, position = 8, False
    while place + 8 <= len(octets):
        length, kind = _number(octets, place, 4), octets[place + 4 : place + 8]
        body = octets[place + 8 : place + 8 + length]
        if kind == b"eXIf":
            position = position or has_gps(body)
        elif kind in (b"tEXt", b"iTXt", b"zTXt"):
            position = position or b"GPSLatitude" in body
        elif kind == b"IEND":
            return Entete("png", width, height, position)
        place += 12 + length
    raise ImageAbimeeError


def _webp(octets: bytes) -> Entete:
    size: tuple[int, int] | None = None
    place, position = 12, False
    while place + 8 <= len(octets):
        kind, length = octets[place : place + 4], _number(octets, place + 4, 4, "little")
        body = octets[place + 8 : place + 8 + length]
        if kind == b"VP8X":
            size = _number(body, 4, 3, "little") + 1, _number(body, 7, 3, "little") + 1
        elif kind == b"VP8L" and size is None:
            bits = _number(body, 1, 4, "little")
            size = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        elif kind == b"VP8 " and size is None:
            size = _number(body, 6, 2, "little") & 0x3FFF, _number(body, 8, 2, "little") & 0x3FFF
        elif kind == b"EXIF":
            position = position or has_gps(body.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            position = position or b"GPSLatitude" in body
        place += 8 + length + length % 2
    if size is None or 0 in size:
        raise ImageAbimeeError
    return Entete("webp", *size, position)


def has_gps(tiff: bytes) -> bool:
    """Tell whether an EXIF block holds a position: its first directory points to a GPS directory."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return False
    try:
        start = _number(tiff, 4, 4, order)
        count = _number(tiff, start, 2, order)
        tags = (_number(tiff, start + 2 + 12 * rank, 2, order) for rank in range(min(count, 512)))
        return any(tag == _GPS for tag in tags)
    except ImageAbimeeError:
        return b"\x88\x25" in tiff or b"\x25\x88" in tiff
