"""Judge the file of a paper by its bytes: a PDF that does nothing, a JPEG or a PNG; and which are expected.

A PDF is never rendered here. What may act in it is looked for by the names of its dictionaries (ISO
32000-2, 7.3.5), written plainly or with escapes, in the file and in its compressed streams; a stream of
objects that cannot be opened, or a protected file, is refused: nobody could say what it holds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from palier.base.errors import Problem
from palier.base.mots import nombre
from palier.formats.images import ImageAbimeeError, read_header
from palier.law import LoiAu

MAX_OCTETS = 10_000_000
MAX_PIXELS = 40_000_000
PAR_PIECE = 8
_OUVERT_MAX = 80_000_000  # bytes of opened streams, all together
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FLUX = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_AGIT = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|GoToE|ImportData|SubmitForm|Rendition|XFA)"
    rb"(?![A-Za-z0-9])"
)
_SCRIPT = re.compile(rb"/JS(?![A-Za-z0-9])")
_PROTEGE = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_OBJETS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")


def judge_file(octets: bytes, ou: str) -> tuple[str, list[Problem]]:
    """Return the kind of a file (``pdf``, ``image``, empty) and what refuses it, all at once.

    Parameters
    ----------
    octets : bytes
        The whole file.
    ou : str
        What messages call it; never the name that the person gave it.
    """
    heavy = [_too_heavy(octets, ou)] if len(octets) > MAX_OCTETS else []
    if octets[:1024].find(b"%PDF-") >= 0:
        return "pdf", heavy or _judge_pdf(octets, ou)
    try:
        header = read_header(octets)
    except ImageAbimeeError:
        return "image", [*heavy, damaged(ou)]
    if header is None or header.format == "webp":
        words = "Ce fichier n'est ni un PDF, ni une image JPEG ou PNG."
        return "", [*heavy, Problem("DEM-040", ou, words, "Donnez un PDF, ou une photo du document.")]
    if header.largeur * header.hauteur > MAX_PIXELS:
        words = f"L'image a {nombre(header.largeur)} sur {nombre(header.hauteur)} pixels."
        heavy.append(Problem("DEM-041", ou, words, "Donnez une image plus petite."))
    return "image", heavy


def damaged(ou: str) -> Problem:
    """Say that a file cannot be read."""
    return Problem("DEM-042", ou, "Le fichier est abîmé : il ne se lit pas.", "Refaites-le, puis déposez-le.")


def _too_heavy(octets: bytes, ou: str) -> Problem:
    words = f"Le fichier pèse {nombre(len(octets) // 1000)} ko, pour {nombre(MAX_OCTETS // 1000)} au plus."
    return Problem("DEM-041", ou, words, "Donnez un fichier plus léger, ou une page par fichier.")


def _judge_pdf(octets: bytes, ou: str) -> list[Problem]:
    if b"endobj" not in octets or b"%%EOF" not in octets[-2048:]:
        return [damaged(ou)]
    plain = _unescaped(octets)
    outside = _FLUX.sub(b"", plain)
    if _PROTEGE.search(outside):
        words = "Le PDF est protégé par un mot de passe ou des restrictions."
        return [Problem("DEM-044", ou, words, "Enregistrez-le sans protection, ou donnez-en une photo.")]
    acts = bool(_AGIT.search(plain) or _SCRIPT.search(outside))
    closed = False
    for dictionary, body in _streams(octets):
        objects = bool(_OBJETS.search(dictionary))
        opened = _inflated(dictionary, body, objects)
        closed = closed or (objects and opened is None)
        if opened and not acts:
            inside = _unescaped(opened)
            acts = bool(_AGIT.search(inside) or (objects and _SCRIPT.search(inside)))
    if acts:
        words = "Le PDF contient un programme, une action ou un fichier joint."
        return [Problem("DEM-043", ou, words, "Imprimez-le en PDF, ou donnez-en une photo.")]
    if closed:
        return [damaged(ou)]
    return []


def _streams(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Return each stream with the text before it that holds its dictionary; opened sizes stay bounded."""
    for found in _FLUX.finditer(octets):
        start = max(octets.rfind(b"endobj", 0, found.start()), octets.rfind(b"endstream", 0, found.start()))
        yield _unescaped(octets[max(start, found.start() - 65_536, 0) : found.start()]), found[1]


def _inflated(dictionary: bytes, body: bytes, objects: bool) -> bytes | None:
    """Return an opened stream, as far as it is needed; None where it cannot be opened."""
    if b"/Filter" not in dictionary:
        return body
    filters = re.findall(rb"/([A-Za-z0-9]+(?:Decode)?)", dictionary)
    others = [name for name in filters if name.endswith(b"Decode") and name != b"FlateDecode"]
    if others or b"/Predictor" in dictionary:
        return None
    try:
        engine = zlib.decompressobj()
        opened = engine.decompress(body, _OUVERT_MAX if objects else _OUVERT_MAX // 10)
    except zlib.error:
        return None
    return None if objects and engine.unconsumed_tail else opened


def _unescaped(octets: bytes) -> bytes:
    """Return names as they are read: ``/J#61vaScript`` is ``/JavaScript``."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), octets) if b"#" in octets else octets


def expected_facts(loi: LoiAu, demande: Mapping[str, Any], motifs: frozenset[str]) -> list[str]:
    """Return the facts whose paper is expected of a request, in the order of the law.

    Parameters
    ----------
    demande : mapping
        Its row, amounts and class 4 included where the reader may see them.
    motifs : frozenset of str
        Reasons of the request, where the reader may see them.
    """
    known = loi.get("pieces_attendues").details
    return [fact for fact, row in known.items() if _is_expected(row["si"], fact, demande, motifs)]


def _is_expected(si: str, fact: str, demande: Mapping[str, Any], motifs: frozenset[str]) -> bool:
    match si:
        case "toujours":
            return True
        case "plusieurs":
            return (demande.get("nb_personnes") or 1) > 1
        case "grossesse":
            return (demande.get("nb_a_naitre") or 0) > 0
        case "handicap":
            return bool(demande.get("handicap")) or (demande.get("nb_carte_invalidite") or 0) > 0
        case "emploi":
            return demande.get("situation_professionnelle") not in {None, "sans_activite", "autre"}
        case "loyer":
            return (demande.get("loyer_cent") or 0) > 0
        case "dalo":
            return demande.get("dalo") in {"reconnu", "refus_offre"}
        case "motif":
            return fact in motifs
    raise KeyError(si)
