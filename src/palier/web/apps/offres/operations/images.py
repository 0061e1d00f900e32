"""Make a picture anew from its pixels alone: upright, bounded, without anything hidden in its file."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from palier.base.errors import TableError
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.photos import LARGEURS, MAX_PIXELS, fit
from palier.web.components.pixels import plain

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITE = 80


@dataclass(frozen=True, slots=True)
class ImageRefaite:
    """A picture as it is kept: one WebP file by width; its size is that of the largest."""

    largeur: int
    hauteur: int
    fichiers: dict[int, bytes]


def remake(octets: bytes, ou: str = "") -> ImageRefaite:
    """Decode a picture and encode it again, in each of the widths.

    Parameters
    ----------
    octets : bytes
        A file that :func:`~palier.web.apps.offres.rules.photos.check_photo` has accepted.
    ou : str
        Name of the file, in messages.

    Raises
    ------
    TableError
        OFF-181: more pixels than its header said; OFF-183: damaged.
    """
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries of the process open it to cut files
        with Image.open(io.BytesIO(octets), formats=_FORMATS) as source:
            if source.width * source.height > MAX_PIXELS:
                raise TableError(Anomalie("OFF-181").problem(ou))
            largest = max(LARGEURS)
            source.draft("RGB", (2 * largest, 2 * largest))  # a JPEG is read at the scale that serves
            upright = ImageOps.exif_transpose(source)
            upright.thumbnail((2 * largest, 4 * largest))
            pixels = plain(upright)
    except TableError:
        raise
    except Exception as error:  # a decoder may raise anything on a file that was made to break it
        raise TableError(Anomalie("OFF-183").problem(ou)) from error
    made = {width: _encode(pixels, fit(*pixels.size, width)) for width in LARGEURS}
    width, height = fit(*pixels.size, largest)
    return ImageRefaite(width, height, made)


def _encode(pixels: Image.Image, taille: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    small = pixels if taille == pixels.size else pixels.resize(taille, Image.Resampling.LANCZOS)
    small.save(stream, "WEBP", quality=_QUALITE, method=4)
    return stream.getvalue()
