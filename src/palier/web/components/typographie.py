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
    (re.compile(r"\b(\d{5}) (?=[A-ZÀÉÈÎÔŒ])"), r"\1" + INSECABLE),
    (re.compile(r"\bn° (?=\w)"), "n°" + INSECABLE),
)
_ORDINAL = re.compile(r"\b(1)(er|re)\b|\b(\d{1,3})(e)\b")
_ENTITY = {"&#x27;": "'", "&#39;": "'"}
_SIGNS = r"'«»;!?%:°\-\d"  # a text without any of them has nothing to mend
_TO_MEND = re.compile(f"[{_SIGNS}]")
_TEXT = re.compile(f"(^|>)([^<]*[{_SIGNS}][^<]*)")
_LABEL = re.compile(r'(?<=data-l=")[^"]+')  # the titles of a table, that style sheets show on phones
_BLOCK = re.compile(
    r"<(?P<brut>script|style|pre|code|textarea|kbd)\b[^>]*>.*?</(?P=brut)>"
    r"|<(?P<plat>svg|option|title)\b[^>]*>.*?</(?P=plat)>",
    re.DOTALL,
)


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
    """Mend the text of a page and the titles of its tables, never its tags, its code nor what a person types.

    Notes
    -----
    Ordinals are not raised inside drawings, options and titles, which hold no markup.
    """
    found: list[str] = []
    start = 0
    for block in _BLOCK.finditer(page):
        found.append(_TEXT.sub(_raised, page[start : block.start()]))
        found.append(block[0] if block["brut"] else _TEXT.sub(_plain, block[0]))
        start = block.end()
    found.append(_TEXT.sub(_raised, page[start:]))
    whole = "".join(found)
    return _LABEL.sub(lambda label: _mend_escaped(label[0]), whole) if "data-l=" in whole else whole


def _plain(found: re.Match[str]) -> str:
    return found[1] + _mend_escaped(found[2])


def _raised(found: re.Match[str]) -> str:
    return found[1] + exposants(_mend_escaped(found[2]))


@lru_cache(maxsize=8_192)
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
