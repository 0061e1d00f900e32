"""French typography, once for all pages: narrow and fixed spaces, apostrophes, ordinals.

References
----------
Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import re
from functools import lru_cache

FINE, INSECABLE = "\u202f", "\u00a0"
_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITES = "€|m²|km|cm|m|kg|kWh|h|min|ans?|mois|jours?|points?|pièces?|personnes?"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)|(?<=\w)'(?=[«\u201c])"), "\u2019"),
    (re.compile(r"[ \u00a0]+(?=[;!?%])"), FINE),
    (re.compile(r"(?<=\S) (?=:(?:\s|$))"), INSECABLE),
    (re.compile(r"«[ \u00a0]*"), "«" + INSECABLE),
    (re.compile(r"[ \u00a0]*»"), INSECABLE + "»"),
    (re.compile(r"(?<![\w.,/-])-(?=\d)"), "\u2212"),
    (re.compile(rf"(?<=\d) (?=(?:{_UNITES})(?!\w))"), INSECABLE),
    (re.compile(rf"\b(1er|\d{{1,2}}) (?={_MOIS})"), r"\1" + INSECABLE),
    (re.compile(r"\bn° (?=\w)"), "n°" + INSECABLE),
)
_ORDINAL = re.compile(r"\b(1)(er|re)\b|\b(\d{1,3})(e)\b")
_TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_VERBATIM = frozenset({"script", "style", "pre", "code", "textarea", "kbd"})
_PLAIN = frozenset({"svg", "option", "title"})
_ENTITY = {"&#x27;": "'", "&#39;": "'"}
_TO_MEND = re.compile(r"['«»;!?%:°-]|&#|\d[ e]|\d(?:er|re)\b")


@lru_cache(maxsize=8_192)
def _mend(texte: str) -> str:
    for pattern, replacement in _RULES:
        texte = pattern.sub(replacement, texte)
    return texte


def typographier(texte: str) -> str:
    """Mend a plain text: spaces, apostrophes, minus signs; no markup is added."""
    return _mend(texte) if _TO_MEND.search(texte) else texte


def exposants(texte: str) -> str:
    """Write the ordinals of an escaped text: 1<sup>er</sup>, 2<sup>e</sup>."""
    return _ORDINAL.sub(lambda m: f"{m[1] or m[3]}<sup>{m[2] or m[4]}</sup>", texte)


def typographier_html(page: str) -> str:
    """Mend the text of a page, never its tags, its code or what a person types."""
    found: list[str] = []
    closed_by = ""  # name of the verbatim element that is open
    plain = 0
    for part in _TAG.split(page):
        if part.startswith("<"):
            name = _NAME.match(part)
            tag = name[1].lower() if name else ""
            if closed_by:
                closed_by = "" if part.startswith("</") and tag == closed_by else closed_by
            elif tag in _VERBATIM and not part.endswith("/>"):
                closed_by = tag if not part.startswith("</") else ""
            elif tag in _PLAIN and not part.endswith("/>"):
                plain += -1 if part.startswith("</") else 1
            found.append(part)
        elif closed_by or not _TO_MEND.search(part):
            found.append(part)
        else:
            mended = _mend_escaped(part)
            found.append(mended if plain > 0 else exposants(mended))
    return "".join(found)


def _mend_escaped(texte: str) -> str:
    """Mend a text where Django wrote apostrophes as references; other references stay."""
    for reference, char in _ENTITY.items():
        texte = texte.replace(reference, char)
    pieces = re.split(r"(&[#\w]+;)", texte)
    if len(pieces) == 1:
        return _mend(texte)
    # A reference ends with « ; »: hide it behind one private character.
    hidden = "".join("\ue000" if i % 2 else piece for i, piece in enumerate(pieces))
    references = iter(pieces[1::2])
    return re.sub("\ue000", lambda _: next(references), _mend(hidden))
