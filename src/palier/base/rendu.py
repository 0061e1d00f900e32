"""Lines of an explanation turned into words, once for all doors.

Terminal, page, letter and API show what :func:`render_tree` returns, so that
they agree to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from palier.base.explanation import Explanation, Phrase, Points
from palier.base.mots import has, nom_de_table, quantite, render, word


@dataclass(frozen=True, slots=True)
class LigneRendue:
    """One line in words.

    Parameters
    ----------
    profondeur : int
        Depth in the tree, 0 for the root.
    code : str
        Code of the line.
    titre : str
        Its name with its points, and what is kept of them.
    textes : tuple of (str, str)
        Kind (``lu``, ``regle``, ``ecarte``, ``manque``, ``preuve``,
        ``si_verifie``, ``reference``) and sentence.
    """

    profondeur: int
    code: str
    titre: str
    textes: tuple[tuple[str, str], ...]


def points_signes(points: Points, langue: str = "fr") -> str:
    """Write points with their sign: +20 points, −10 points, 0 point."""
    text = quantite("points", Fraction(points), langue)
    return f"+{text}" if points > 0 else text


def render_tree(explanation: Explanation, langue: str = "fr") -> list[LigneRendue]:
    """Turn a tree into lines of words, parents first.

    Raises
    ------
    LookupError
        If a code has no words.
    """
    return [_line(depth, line, langue) for depth, line in explanation.walk()]


def render_lines(explanation: Explanation, langue: str = "fr") -> list[tuple[int, str]]:
    """Turn a tree into texts with their depth: a title, then what is said of it one step deeper."""
    found: list[tuple[int, str]] = []
    for line in render_tree(explanation, langue):
        found.append((line.profondeur, line.titre))
        found += [(line.profondeur + 1, text) for _, text in line.textes]
    return found


def _line(depth: int, line: Explanation, langue: str) -> LigneRendue:
    return LigneRendue(depth, line.code, _title(depth, line, langue), tuple(_texts(depth, line, langue)))


def _title(depth: int, line: Explanation, langue: str) -> str:
    name, genre = line.libelle, f"ligne.{line.code}"
    if not name:
        name = word(genre if has(genre, langue) else line.code, langue)
    elif depth and has(genre, langue):
        name = _say("nomme", langue, genre=word(genre, langue), libelle=name)
    if line.points is None:
        return _say("titre_inconnu", langue, libelle=name) if line.retenu is not None else name
    points = (
        quantite("points", Fraction(line.points), langue)
        if depth == 0
        else points_signes(line.points, langue)
    )
    if line.retenu is None or line.retenu == line.points:
        return _say("titre", langue, libelle=name, points=points)
    return _say(
        "titre_retenu", langue, libelle=name, points=points, retenu=points_signes(line.retenu, langue)
    )


def _texts(depth: int, line: Explanation, langue: str) -> list[tuple[str, str]]:
    found = []
    for kind, phrase in (("lu", line.lu), ("regle", line.regle), ("ecarte", line.ecarte_par)):
        if phrase is not None:
            own = f"{kind}.{phrase.code.partition('.')[0]}"  # a domain may have its own lead-in
            code = own if has(f"rendu.{own}", langue) else kind
            found.append((kind, _say(code, langue, texte=render(phrase, langue))))
    asked = [nom for nom in line.manque if ":" not in nom]
    if asked:
        code = "manque" if depth else "manque_total"
        code = "manque_evenements" if asked == ["evenements"] else code
        found.append(("manque", _say(code, langue, nom_colonnes=asked)))
    for kind in ("loi", "table"):  # what the law or the grid lacks, and no applicant can give
        if tables := [nom_de_table(code, langue) for code in line.manque if code.startswith(f"{kind}:")]:
            found.append(("manque", _say(f"manque_{kind}", langue, tables=", ".join(tables))))
    if line.etat_preuve is not None:
        found.append(("preuve", _say(f"preuve.{line.etat_preuve}", langue)))
    if line.si_verifie is not None:
        code = "si_verifie" if line.si_verifie else "si_verifie_rien"
        found.append(("si_verifie", _say(code, langue, points=points_signes(line.si_verifie, langue))))
    if line.reference is not None:
        found.append(("reference", _say("reference", langue, texte=line.reference)))
    return found


def _say(code: str, langue: str, **valeurs: str | list[str]) -> str:
    return render(Phrase(f"rendu.{code}", valeurs), langue)
