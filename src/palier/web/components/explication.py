"""An explanation as the parts of a page: the words are those of every other door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.base.explanation import Explanation, Points, prune
from palier.base.mots import LANGUES, nombre_exact, quantite, render
from palier.base.rendu import LigneRendue, render_tree
from palier.web.components.pieces import Critere, Etat, GroupeCriteres

_AILLEURS = ("preuve", "reference")
_PREUVE = "preuve"
_PLURIEL = 2


@dataclass(frozen=True, slots=True)
class Arbre:
    """A tree to show.

    Parameters
    ----------
    groupes : list of GroupeCriteres
        Families and what bounds the total.
    total : str
        Points of the root in words, without unit; empty where there is no score.
    unite : str
        « points ».
    tete : tuple of str
        What is said of the whole.
    tus : list of (str, str)
        Criteria that gave nothing: name, and what was read.
    langue : str
        Language of the words: French where a language has none.
    """

    groupes: list[GroupeCriteres]
    total: str
    unite: str
    tete: tuple[str, ...]
    tus: list[tuple[str, str]]
    langue: str


def words_language(langue: str) -> str:
    """Return the language of the words of explanations for a page."""
    return langue if langue in LANGUES else "fr"


def tree_of(explication: Explanation, langue: str) -> Arbre:
    """Return a tree as the parts of a page; criteria without points are listed apart."""
    spoken = words_language(langue)
    kept, _dropped = prune(explication)
    said = dict(zip(_paths(kept), render_tree(kept, spoken), strict=True))
    groups = [_group(child, (place,), said, spoken) for place, child in enumerate(kept.enfants)]
    total = "" if kept.points is None else nombre_exact(Fraction(kept.points))
    many = kept.points is None or abs(Fraction(kept.points)) >= _PLURIEL
    unit = ngettext("point", "points", _PLURIEL if many else 1)
    head = tuple(text for kind, text in said[()].textes if kind not in _AILLEURS)
    silent = [
        (line.libelle, " ".join(text for kind, text in shown.textes if kind == "lu"))
        for line, shown in zip(_lines(explication), render_tree(explication, spoken), strict=True)
        if not line.enfants and line.libelle and line.points == 0 and _id(line) not in _ids(kept)
    ]
    return Arbre(groups, total, unit, head, silent, spoken)


def _paths(line: Explanation, here: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Yield the place of each line, in the order of the rendered lines."""
    yield here
    for place, child in enumerate(line.enfants):
        yield from _paths(child, (*here, place))


def _lines(line: Explanation) -> Iterator[Explanation]:
    return (found for _depth, found in line.walk())


def _id(line: Explanation) -> tuple[str, str]:
    return line.code, line.libelle


def _ids(line: Explanation) -> set[tuple[str, str]]:
    return {_id(found) for found in _lines(line)}


def _group(
    line: Explanation, here: tuple[int, ...], said: dict[tuple[int, ...], LigneRendue], langue: str
) -> GroupeCriteres:
    shown = said[here]
    kept = line.points if line.retenu is None else line.retenu
    return GroupeCriteres(
        nom=_name(line, shown),
        regle=" ".join(text for kind, text in shown.textes if kind not in _AILLEURS),
        sous_total="" if kept is None else quantite("points", Fraction(kept), langue),
        criteres=[_criterion(child, (*here, i), said, langue) for i, child in enumerate(line.enfants)],
    )


def _criterion(
    line: Explanation, here: tuple[int, ...], said: dict[tuple[int, ...], LigneRendue], langue: str
) -> Critere:
    shown = said[here]
    texts = [text for kind, text in shown.textes if kind not in _AILLEURS]
    reference = next((text for kind, text in shown.textes if kind == "reference"), "")
    paper = next((child for child in line.enfants if child.code == _PREUVE), None)
    return Critere(
        nom=_name(line, shown),
        points=_points(line.points, line),
        textes=[*texts, reference] if reference else texts,
        preuve=_proof(line.etat_preuve, render(paper.regle, langue) if paper else ""),
        retenu=not line.points or line.retenu is None or line.retenu == line.points,
        nul=line.points == 0,
        enfants=[
            _criterion(child, (*here, i), said, langue)
            for i, child in enumerate(line.enfants)
            if child is not paper
        ],
    )


def _name(line: Explanation, shown: LigneRendue) -> str:
    """Return the name of a line: the title of the other doors, without its points."""
    return line.libelle or shown.titre.partition(" : ")[0]


def _points(points: Points | None, line: Explanation) -> str:
    if points is not None:
        return nombre_exact(Fraction(points))
    return "?" if line.manque else ""


def _proof(etat: str | None, papier: str) -> Etat | None:
    """Return the state of the proof as a status line; a declared answer asks for none."""
    if etat == "verifie":
        return Etat("verifie", _("Vérifié"))
    if etat != "a_verifier":
        return None
    word = _("À vérifier")
    if papier.casefold().startswith(word.casefold()):
        return Etat("a_verifier", word, papier[len(word) :])
    return Etat("a_verifier", word, f", {papier}" if papier else "")
