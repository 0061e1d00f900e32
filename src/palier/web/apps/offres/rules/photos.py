"""Judge a picture by its bytes: kind, size, position; nothing is decoded, so nothing can swell.

References
----------
JPEG: ITU-T T.81, annex B; EXIF: CIPA DC-008; PNG: ISO/IEC 15948; WebP: RFC 9649.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from palier.base.mots import nombre
from palier.web.apps.offres.rules.anomalies import Anomalie, split
from palier.web.apps.offres.rules.controles.textes import judge_text
from palier.web.apps.offres.rules.parametrage import number

MAX_OCTETS = 15_000_000
MAX_PIXELS = 40_000_000
MIN_COTE = 400
LARGEURS = (480, 1200)  # the widths in which a picture is kept
_GPS = 0x8825
_FICHIER = re.compile(r"\S*\.(?:jpe?g|png|webp|heic|gif|bmp)|(?:img|dsc|photo|image)[\W_]*\d*", re.IGNORECASE)
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Photo:
    """What the header of a picture says."""

    format: str
    largeur: int
    hauteur: int
    position: bool


class _AbimeError(ValueError):
    pass


def check_photo(octets: bytes) -> tuple[Photo | None, list[Anomalie]]:
    """Return the header of a picture and what is wrong with it.

    Parameters
    ----------
    octets : bytes
        The whole file.

    Returns
    -------
    Photo or None
        None when the header cannot be read.
    list of Anomalie
        OFF-180 another kind of file, OFF-181 too large, OFF-182 position inside,
        OFF-183 damaged, OFF-184 small (a warning).
    """
    too_heavy = len(octets) > MAX_OCTETS
    reader = _reader(octets)
    if reader is None:
        return None, [Anomalie("OFF-180")]
    try:
        photo = reader(octets)
    except (_AbimeError, IndexError):
        return None, [Anomalie("OFF-183")]
    found = []
    if too_heavy or photo.largeur * photo.hauteur > MAX_PIXELS:
        words = (
            f"{nombre(photo.largeur)} sur {nombre(photo.hauteur)} pixels, {nombre(len(octets) // 1000)} ko."
        )
        found.append(Anomalie("OFF-181", detail=words))
    elif min(photo.largeur, photo.hauteur) < MIN_COTE:
        words = f"{nombre(photo.largeur)} sur {nombre(photo.hauteur)} pixels."
        found.append(Anomalie("OFF-184", detail=words))
    if photo.position:
        found.append(Anomalie("OFF-182"))
    return photo, found


def check_texte(texte: str) -> list[Anomalie]:
    """Return what is wrong in the words that stand for a picture.

    OFF-185 missing or the name of a file, OFF-132 too long, and what no text of an offer may hold.
    """
    words = texte.strip()
    if not words or _FICHIER.fullmatch(words):
        return [Anomalie("OFF-185")]
    longest = number("photos", "texte")
    if len(words) > longest:
        detail = f"{nombre(len(words))} caractères, pour {nombre(longest)} au plus."
        return [Anomalie("OFF-132", detail=detail)]
    return [fault._replace(champ="") for fault in split(judge_text(words))[0]]


def file_of(fichier: str, largeur: int) -> str:
    """Return the name of the file that holds a picture in a width."""
    return f"{fichier}-{largeur}.webp"


def fit(largeur: int, hauteur: int, voulue: int) -> tuple[int, int]:
    """Return the size in which a picture is kept for a width: never larger, never endlessly tall."""
    most_tall = 2 * voulue
    if largeur <= voulue and hauteur <= most_tall:
        return largeur, hauteur
    if hauteur * voulue > most_tall * largeur:
        return max(1, largeur * most_tall // hauteur), most_tall
    return voulue, max(1, hauteur * voulue // largeur)


def _reader(octets: bytes) -> Callable[[bytes], Photo] | None:
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
        raise _AbimeError
    return int.from_bytes(part, "big" if order == "big" else "little")


def _jpeg(octets: bytes) -> Photo:
    place, position = 2, False
    while True:
        if octets[place] != 0xFF:
            raise _AbimeError
        while octets[place] == 0xFF:
            place += 1
        marker = octets[place]
        place += 1
        if marker in (0x01, *range(0xD0, 0xD8)):
            continue
        if marker in (0xD9, 0xDA):
            raise _AbimeError
        length = _number(octets, place, 2)
        body = octets[place + 2 : place + length]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            position = position or has_gps(body[6:])
        if marker == 0xE1 and b"GPSLatitude" in body:  # XMP says it in words
            position = True
        if marker in _SOF:
            height, width = _number(octets, place + 3, 2), _number(octets, place + 5, 2)
            if not height or not width or b"\xff\xda" not in octets[place + length :]:
                raise _AbimeError
            return Photo("jpeg", width, height, position or _late_exif(octets, place + length))
        place += max(length, 2)


def _late_exif(octets: bytes, start: int) -> bool:
    """Look for an EXIF block that some cameras write after the frame header."""
    place = octets.find(b"Exif\0\0", start)
    return place >= 0 and has_gps(octets[place + 6 : place + 65_536])


def _png(octets: bytes) -> Photo:
    if octets[12:16] != b"IHDR":
        raise _AbimeError
    width, height = _number(octets, 16, 4), _number(octets, 20, 4)
    if not width or not height:
        raise _AbimeError
    place, position = 8, False
    while place + 8 <= len(octets):
        length, kind = _number(octets, place, 4), octets[place + 4 : place + 8]
        body = octets[place + 8 : place + 8 + length]
        if kind == b"eXIf":
            position = position or has_gps(body)
        elif kind in (b"tEXt", b"iTXt", b"zTXt"):
            position = position or b"GPSLatitude" in body
        elif kind == b"IEND":
            return Photo("png", width, height, position)
        place += 12 + length
    raise _AbimeError


def _webp(octets: bytes) -> Photo:
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
        raise _AbimeError
    return Photo("webp", *size, position)


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
    except _AbimeError:
        return b"\x88\x25" in tiff or b"\x25\x88" in tiff
