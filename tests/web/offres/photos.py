"""Pictures drawn by the tests themselves, and what to hide in them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw


def dessin(
    largeur: int = 1600, hauteur: int = 1200, genre: str = "JPEG", teinte: int = 90, **options: Any
) -> bytes:
    """A picture of two flat colours, so that what comes out can be compared."""
    image = Image.new("RGB", (largeur, hauteur), (teinte, 120, 160))
    ImageDraw.Draw(image).rectangle((0, 0, largeur // 2, hauteur // 2), fill=(220, 40, 40))
    stream = io.BytesIO()
    image.save(stream, genre, **options)
    return stream.getvalue()


def exif(orientation: int = 1, position: bool = False) -> bytes:
    """An EXIF block: a maker, an orientation, and a position if asked."""
    found = Image.Exif()
    found[0x010F], found[0x0112] = "Appareil secret", orientation
    if position:
        found.get_ifd(0x8825)[1] = "N"
        found.get_ifd(0x8825)[2] = (48.0, 35.0, 0.0)
    return found.tobytes()
