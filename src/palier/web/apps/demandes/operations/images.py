"""Make the picture of a paper anew from its pixels: upright, readable, nothing hidden in its file."""

from __future__ import annotations

import io

from PIL import Image, ImageFile, ImageOps

from palier.base.errors import TableError
from palier.web.apps.demandes.rules.papiers import MAX_PIXELS, damaged
from palier.web.components.pixels import plain

_COTE, _QUALITE = 2600, 82  # an A4 sheet at 220 dots an inch: small print stays readable


def remake(octets: bytes, ou: str) -> bytes:
    """Return a JPEG made of the pixels of a picture that the rules have accepted.

    Raises
    ------
    TableError
        DEM-042: it cannot be decoded, or holds more pixels than its header says.
    """
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries of the process open it to cut files
        with Image.open(io.BytesIO(octets), formats=("JPEG", "PNG")) as source:
            if source.width * source.height > MAX_PIXELS:
                raise TableError(damaged(ou))
            source.draft("RGB", (2 * _COTE, 2 * _COTE))
            upright = ImageOps.exif_transpose(source)
            upright.thumbnail((_COTE, _COTE), Image.Resampling.LANCZOS)
            stream = io.BytesIO()
            plain(upright).save(stream, "JPEG", quality=_QUALITE, optimize=True)
    except TableError:
        raise
    except Exception as error:  # a decoder may raise anything on a file that was made to break it
        raise TableError(damaged(ou)) from error
    return stream.getvalue()
