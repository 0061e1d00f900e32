"""Make a picture anew from its pixels alone: upright, bounded, without anything hidden in its file."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from palier.base.errors import TableError
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.photos import LARGEURS, MAX_PIXELS, fit

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITE, _PAPIER = 80, (255, 255, 255)


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
        with Image.open(io.BytesIO(octets), formats=_FORMATS) as source:
            if source.width * source.height > MAX_PIXELS:
                raise TableError(Anomalie("OFF-181").problem(ou))
            largest = max(LARGEURS)
            source.draft("RGB", (2 * largest, 2 * largest))  # a JPEG is read at the scale that serves
            upright = ImageOps.exif_transpose(source)
            upright.thumbnail((2 * largest, 4 * largest))
            pixels = _plain(upright)
    except TableError:
        raise
    except Exception as error:  # a decoder may raise anything on a file that was made to break it
        raise TableError(Anomalie("OFF-183").problem(ou)) from error
    made = {width: _encode(pixels, fit(*pixels.size, width)) for width in LARGEURS}
    width, height = fit(*pixels.size, largest)
    return ImageRefaite(width, height, made)


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels in sRGB, on white, in a picture that knows nothing else."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        image = _to_srgb(image, profile)
    clean = Image.new("RGB", image.size, _PAPIER)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        clean.paste(layer, mask=layer.getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    return clean


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the colours of a wider space as every screen shows them; a broken profile is ignored."""
    try:
        made = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return made or image


def _encode(pixels: Image.Image, taille: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    small = pixels if taille == pixels.size else pixels.resize(taille, Image.Resampling.LANCZOS)
    small.save(stream, "WEBP", quality=_QUALITE, method=4)
    return stream.getvalue()
