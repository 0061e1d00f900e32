"""From words to values: one request or event written by hand, made of exact values.

Worked examples of grids, test cases and the tutorial write a request as
``colonne: texte``. This module is the only one that reads such texts.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from palier.base.errors import Problem, TableError
from palier.base.exact import parse_cents, parse_integer
from palier.base.identifiers import is_commune
from palier.base.periods import parse_date
from palier.tables.registre import Colonne, colonne, schema

Valeur = bool | int | str | Decimal | dt.date | dt.datetime | list[str] | None
Texte = str | Sequence[str]

_ADAPTEE = {"adaptee": True, "non_adaptee": False}


def parse_valeur(col: Colonne, texte: Texte) -> Valeur:
    """Read the value of one column.

    Parameters
    ----------
    col : Colonne
        Column of the registry.
    texte : str or sequence of str
        One word, or several for a set of codes or a list of communes. An
        empty text, or an empty sequence outside those, is an unknown answer.

    Returns
    -------
    bool, int, str, date, datetime, list of str or None
        A set of codes is an integer whose bits are the codes; an amount is
        an integer number of cents.

    Raises
    ------
    ValueError
        With a French reason, which never holds the value itself.

    Examples
    --------
    >>> from palier.tables import colonne
    >>> parse_valeur(colonne("loyer_cent"), "508,80 €")
    50880
    >>> parse_valeur(colonne("typologies"), ["t2", "t3"])
    12
    """
    items = [texte] if isinstance(texte, str) else list(texte)
    words = [item.strip() for item in items if item.strip()]
    if col.type == "ensemble":
        return _ensemble(col, words) if words or not isinstance(texte, str) else None
    if col.type == "liste":
        return _liste(col, words) if words or not isinstance(texte, str) else None
    if not words:
        return None
    if len(words) > 1:
        raise ValueError("une seule valeur est attendue")
    return _simple(col, words[0])


def parse_evenement(texte: str) -> dict[str, Valeur]:
    """Read one event: ``2025-03-01 offre_refusee adaptee``.

    Parameters
    ----------
    texte : str
        Date, code of the event and, for an offer, ``adaptee`` or
        ``non_adaptee``; without it nobody said whether the offer was suited.

    Returns
    -------
    dict
        ``evenement_date``, ``evenement_type``, ``adaptee``.

    Raises
    ------
    ValueError
        If a word is not understood.

    Examples
    --------
    >>> parse_evenement("2025-03-01 absence")["evenement_type"]
    'absence'
    """
    words = texte.split()
    if not 2 <= len(words) <= 3:
        raise ValueError("il faut une date, un événement et, pour une offre, adaptee ou non_adaptee")
    if len(words) == 3 and words[2] not in _ADAPTEE:
        raise ValueError("le dernier mot d'un événement est adaptee ou non_adaptee")
    return {
        "evenement_date": parse_valeur(colonne("evenement_date"), words[0]),
        "evenement_type": parse_valeur(colonne("evenement_type"), words[1]),
        "adaptee": _ADAPTEE[words[2]] if len(words) == 3 else None,
    }


def row_from_texts(mapping: Mapping[str, Texte], origine: str = "") -> dict[str, Valeur]:
    """Read a row of the table ``demandes`` written as texts.

    Parameters
    ----------
    mapping : mapping of str to str or sequence of str
        Name of a column of ``demandes`` to its text.
    origine : str
        Place shown in messages.

    Returns
    -------
    dict
        The columns that were written, in the order given; an unknown answer
        is None.

    Raises
    ------
    TableError
        VAL-001 unknown column, VAL-002 unreadable value; every problem at once.
    """
    table = schema("demandes")
    known = [c.nom for c in table.colonnes]
    row: dict[str, Valeur] = {}
    problems: list[Problem] = []
    for nom, texte in mapping.items():
        place = f"{origine}, colonne {nom}" if origine else f"colonne {nom}"
        if nom not in table:
            problems.append(
                Problem(
                    "VAL-001", place, "Cette colonne n'est pas dans la table demandes.", _near(nom, known)
                )
            )
            continue
        try:
            row[nom] = parse_valeur(table[nom], texte)
        except ValueError as error:
            found = f"La réponse {_shown(table[nom], texte)} n'a pas de sens ici : {error}."
            problems.append(Problem("VAL-002", place, found, _form(table[nom])))
    if problems:
        raise TableError(problems)
    return row


def evenements_from_texts(textes: Iterable[str], origine: str = "") -> list[dict[str, Valeur]]:
    """Read the events of one request written as texts.

    Raises
    ------
    TableError
        VAL-003, every problem at once.
    """
    found: list[dict[str, Valeur]] = []
    problems: list[Problem] = []
    for place, texte in enumerate(textes, 1):
        try:
            found.append(parse_evenement(texte))
        except ValueError as error:
            where = f"{origine}, événement {place}" if origine else f"événement {place}"
            problems.append(
                Problem(
                    "VAL-003",
                    where,
                    f"Cet événement est illisible : {error}.",
                    "Écrivez par exemple « 2025-03-01 offre_refusee adaptee ».",
                )
            )
    if problems:
        raise TableError(problems)
    return found


def _simple(col: Colonne, word: str) -> Valeur:
    if col.type == "booleen":
        if word not in ("oui", "non"):
            raise ValueError("oui ou non est attendu")
        return word == "oui"
    if col.type == "code":
        return _code(col, word)
    if col.type == "date":
        return _date(col, word)
    if col.type == "horodatage":
        try:
            return dt.datetime.fromisoformat(word)
        except ValueError:
            raise ValueError("ce n'est pas un instant") from None
    if col.type in ("entier", "cent"):
        return _bounded(col, _number(col, word))
    if col.type == "degre":
        return _degre(word)
    return _texte(col, word)


def _date(col: Colonne, word: str) -> dt.date:
    try:
        day = parse_date(word)
    except ValueError:
        raise ValueError("ce n'est pas une date") from None
    if col.minimum is not None and day < parse_date(col.minimum):
        raise ValueError(f"la date est antérieure au {col.minimum}")
    return day


def _degre(word: str) -> Decimal:
    if re.fullmatch(r"[+-]?[0-9]{1,9}([.,][0-9]{1,15})?", word) is None:
        raise ValueError("ce n'est pas un angle en degrés décimaux")
    return Decimal(word.replace(",", ".")).quantize(Decimal("0.000001"))


def _number(col: Colonne, word: str) -> int:
    try:
        return parse_cents(word) if col.type == "cent" else parse_integer(word.removesuffix("€"))
    except ValueError:
        raise ValueError(
            "ce n'est pas un montant" if col.type == "cent" else "ce n'est pas un nombre entier"
        ) from None


def _bounded(col: Colonne, value: int) -> int:
    low, high = col.minimum, col.maximum
    if (low is not None and value < int(low)) or (high is not None and value > int(high)):
        raise ValueError(f"la valeur sort des bornes de la colonne ({low} à {high})")
    return value


def _code(col: Colonne, word: str) -> str:
    if word not in col.codes:
        raise ValueError(f"les codes admis sont {', '.join(col.codes)}")
    return word


def _ensemble(col: Colonne, words: list[str]) -> int:
    codes = [_code(col, word) for word in words]
    _at_most(col, codes)
    return col.mask(codes)


def _liste(col: Colonne, words: list[str]) -> list[str]:
    _at_most(col, words)
    return [_texte(col, word) for word in words]


def _at_most(col: Colonne, words: list[str]) -> None:
    if len(set(words)) != len(words):
        raise ValueError("une réponse est écrite deux fois")
    if col.max_codes is not None and len(words) > col.max_codes:
        raise ValueError(f"au plus {col.max_codes} réponses sont admises")


def _texte(col: Colonne, word: str) -> str:
    if col.motif is not None and re.fullmatch(col.motif, word) is None:
        raise ValueError("la forme n'est pas celle attendue")
    if col.commune and not is_commune(word):
        raise ValueError("ce n'est pas un code commune de cinq caractères")
    return word


def _near(nom: str, known: list[str]) -> str:
    close = difflib.get_close_matches(nom, known, n=1, cutoff=0.6)
    return f"Vouliez-vous dire « {close[0]} » ?" if close else "La liste est dans le dictionnaire des tables."


def _shown(col: Colonne, texte: Texte) -> str:
    text = texte if isinstance(texte, str) else ", ".join(texte)
    return f"« {text} »" if col.sensibilite <= 1 else f"({len(text)} caractères)"


def _form(col: Colonne) -> str:
    forms = {
        "booleen": "Écrivez oui ou non.",
        "date": "Écrivez une date, AAAA-MM-JJ.",
        "horodatage": "Écrivez AAAA-MM-JJTHH:MM:SS.",
        "entier": "Écrivez un nombre entier.",
        "degre": "Écrivez des degrés décimaux, par exemple 48.6053.",
        "cent": "Écrivez un montant en euros, par exemple 508,80 €.",
        "code": "Écrivez un des codes admis.",
        "ensemble": "Écrivez une liste de codes, [code, code].",
        "liste": 'Écrivez une liste, par exemple ["67482"].',
    }
    return forms.get(col.type, "Vérifiez cette réponse.")
