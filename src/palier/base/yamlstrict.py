"""Strict YAML: scalars stay text, with their lines; nothing clever.

Duplicate keys, aliases, anchors and explicit tags are refused. ``01004`` stays
the commune code ``01004`` and ``33 %`` stays text until it is made exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Self

import yaml

from palier.base.errors import Problem

_MAX_BYTES = 2_000_000
_MAX_DEPTH = 40
# libyaml where the wheel brings it: eight times faster, the same events
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# without these signs, neither alias nor tag nor second document: one reading is enough
_SIGNS = re.compile(r"[&*!]|---|\.\.\.")


class Texte(str):
    """A YAML scalar as text, with the line where it stands."""

    __slots__ = ("ligne", "nul")
    ligne: int
    nul: bool

    def __new__(cls, value: str, ligne: int = 0, nul: bool = False) -> Self:
        """Make a text that knows its line; ``nul`` marks an empty scalar."""
        made = super().__new__(cls, value)
        made.ligne = ligne
        made.nul = nul
        return made


class Liste(list["Noeud"]):
    """A YAML sequence with the line where it starts."""

    ligne: int = 0


class Table(dict[str, "Noeud"]):
    """A YAML mapping with the line where it starts and the line of each key."""

    ligne: int = 0
    lignes: dict[str, int]


Noeud = Texte | Liste | Table


@dataclass
class Lecture:
    """What a strict reading gives: the tree, or the problems that prevent it."""

    racine: Noeud | None
    problemes: list[Problem] = field(default_factory=list)
    arbre: Noeud | None = None


class _Builder:
    def __init__(self, origine: str, prefixe: str) -> None:
        self.origine = origine
        self.prefixe = prefixe
        self.problemes: list[Problem] = []

    def refuse(self, number: str, ligne: int, constat: str, que_faire: str) -> None:
        self.problemes.append(
            Problem(f"{self.prefixe}-{number}", f"{self.origine}, ligne {ligne}", constat, que_faire)
        )

    def build(self, node: yaml.Node, depth: int = 0) -> Noeud:
        ligne = node.start_mark.line + 1
        if depth > _MAX_DEPTH:
            self.refuse("003", ligne, "Le fichier est trop imbriqué.", "Simplifiez la structure.")
            return Texte("", ligne)
        if isinstance(node, yaml.ScalarNode):
            plain = node.style in (None, "")
            return Texte(node.value, ligne, nul=plain and node.value in ("", "~", "null"))
        if isinstance(node, yaml.SequenceNode):
            items = Liste(self.build(child, depth + 1) for child in node.value)
            items.ligne = ligne
            return items
        table = Table()
        table.ligne = ligne
        table.lignes = {}
        for key, child in node.value:
            place = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.refuse("003", place, "Une clé n'est pas un mot simple.", "Écrivez « clé: valeur ».")
                continue
            if key.value in table:
                first = table.lignes[key.value]
                self.refuse(
                    "002",
                    place,
                    f"La clé « {key.value} » est écrite deux fois (déjà ligne {first}).",
                    "Gardez-en une seule.",
                )
                continue
            table[key.value] = self.build(child, depth + 1)
            table.lignes[key.value] = place
        return table


def _forbidden(text: str, builder: _Builder) -> None:
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        ligne = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                builder.refuse("003", ligne, "Le fichier contient deux documents.", "N'en gardez qu'un.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            builder.refuse(
                "003",
                ligne,
                "Les renvois (& et *) ne sont pas admis.",
                "Recopiez la valeur en toutes lettres.",
            )
        elif getattr(event, "tag", None):
            builder.refuse(
                "003", ligne, "Les étiquettes de type (!) ne sont pas admises.", "Retirez l'étiquette."
            )


def load_strict(text: str, origine: str, prefixe: str) -> Lecture:
    """Read a YAML text strictly.

    Parameters
    ----------
    text : str
        The whole document.
    origine : str
        Name shown in messages.
    prefixe : str
        Family of codes: problems are ``<prefixe>-001`` (unreadable),
        ``-002`` (duplicate key), ``-003`` (alias, tag, several documents).

    Returns
    -------
    Lecture
        ``racine`` is None as soon as there is one problem; ``arbre`` is the tree
        all the same where nothing but keys written twice is wrong (the first one counts).
    """
    builder = _Builder(origine, prefixe)
    if len(text) > _MAX_BYTES:
        builder.refuse("001", 1, "Le fichier dépasse 2 Mo.", "Vérifiez que c'est le bon fichier.")
        return Lecture(None, builder.problemes)
    try:
        if _SIGNS.search(text):
            _forbidden(text, builder)
        if builder.problemes:
            return Lecture(None, builder.problemes)
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        ligne = mark.line + 1 if mark else 1
        builder.refuse(
            "001",
            ligne,
            "La mise en page du fichier ne se comprend plus à partir de cette ligne.",
            "Regardez cette ligne et celle du dessus : un même bloc commence à la même colonne, avec des "
            "espaces et sans tabulation ; un deux-points est suivi d'une espace ; un guillemet se ferme.",
        )
        return Lecture(None, builder.problemes)
    if node is None:
        builder.refuse("001", 1, "Le fichier est vide.", "Donnez un fichier rempli.")
        return Lecture(None, builder.problemes)
    tree = builder.build(node)
    twice = all(problem.code == f"{prefixe}-002" for problem in builder.problemes)
    return Lecture(None if builder.problemes else tree, builder.problemes, tree if twice else None)
