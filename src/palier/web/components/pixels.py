"""Pixels of a decoded picture in the colours of every screen, without anything else that its file holds."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

_PAPIER = (255, 255, 255)


def plain(image: Image.Image) -> Image.Image:
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
