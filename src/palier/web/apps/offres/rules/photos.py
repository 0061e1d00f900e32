"""Judge a picture by its bytes: kind, size, position; nothing is decoded, so nothing can swell."""

from __future__ import annotations

import re

from palier.base.mots import nombre
from palier.formats.images import Entete as Photo
from palier.formats.images import ImageAbimeeError, read_header
from palier.web.apps.offres.rules.anomalies import Anomalie, split
from palier.web.apps.offres.rules.controles.textes import judge_text
from palier.web.apps.offres.rules.parametrage import number

MAX_OCTETS = 15_000_000
MAX_PIXELS = 40_000_000
MIN_COTE = 400
LARGEURS = (480, 1200)  # the widths in which a picture is kept
_FICHIER = re.compile(r"\S*\.(?:jpe?g|png|webp|heic|gif|bmp)|(?:img|dsc|photo|image)[\W_]*\d*", re.IGNORECASE)


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
    try:
        photo = read_header(octets)
    except ImageAbimeeError:
        return None, [Anomalie("OFF-183")]
    if photo is None:
        return None, [Anomalie("OFF-180")]
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
