"""What a person types in the search of places, and the texts under which a place is found.

A place is found by the start of its name (with or without its article), of a
word inside it, of a postal code or of an INSEE code. The order is: exactly
what was typed, then names before inner words, then population.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from palier.base.lieux import make_cle

MAX_QUESTION = 80
_MOTS_VIDES = frozenset("a au aux d de des du en et l la las le les lez los sous sur canton ca cc cu".split())
_ELISION = re.compile(r"\b([dl]) (?=\w)")
_CODE = re.compile(r"(?:\d{5}|2[ab]\d{3}|\d{2,3}|2[ab])")
_COUPE = re.compile(r"\b(\d{2}) (\d{3})\b")
_RANGS = 3
_CENT_MILLIONS = 100_000_000
# Larger places weigh less, so that a town comes before the department that holds it.
_PARTS = {"commune": 1, "arrondissement": 1, "epci": 4, "departement": 10, "region": 20}


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched.

    Parameters
    ----------
    texte : str
        Start of a key or of a code, in the form of :func:`palier.base.lieux.make_cle`.
    code : str
        Postal code, INSEE code or department typed beside a name, else empty.
    """

    texte: str
    code: str = ""


def read_question(saisie: str) -> Question:
    """Read what a person typed.

    Examples
    --------
    >>> read_question("Schiltigheim (67300)")
    Question(texte='schiltigheim', code='67300')
    >>> read_question("67 300")
    Question(texte='67300', code='')
    """
    key = _COUPE.sub(r"\1\2", make_cle(saisie[:MAX_QUESTION]))
    words = key.split()
    codes = [word for word in words if _CODE.fullmatch(word)]
    names = [word for word in words if not _CODE.fullmatch(word)]
    if len(codes) == 1 and names:
        return Question(" ".join(names), codes[0])
    return Question(key)


def entrees(cle: str, article: int = 0) -> Iterator[tuple[str, int]]:
    """Give the texts under which a name is found, each with its rank: 0 the name, 1 a word inside.

    Parameters
    ----------
    cle : str
        Key of the name.
    article : int
        Length of its leading article in the key, with its space.

    Examples
    --------
    >>> list(entrees("la grande motte", 3))
    [('la grande motte', 0), ('grande motte', 0), ('motte', 1)]
    """
    seen = {cle}
    yield cle, 0
    for other in (cle[article:], _ELISION.sub(r"\1", cle)):
        if other not in seen:
            seen.add(other)
            yield other, 0
    words = cle[article:].split()
    for start in range(1, len(words)):
        if words[start] in _MOTS_VIDES:
            continue
        tail = " ".join(words[start:])
        if tail not in seen:
            seen.add(tail)
            yield tail, 1


def poids(genre: str, rang: int, population: int | None) -> int:
    """Return the weight of a text in the order of answers: higher comes first."""
    people = min((population or 0) // _PARTS.get(genre, 1), _CENT_MILLIONS - 1)
    return (_RANGS - rang) * _CENT_MILLIONS + people
