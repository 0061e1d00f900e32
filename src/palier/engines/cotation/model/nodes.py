"""Frozen nodes of a scoring grid: what the YAML text means, made exact.

Conditions are three-valued (true, false, unknown), as in Kleene's logic: a
missing answer is neither yes nor no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from palier.base.exact import Arrondi

Sens = Literal["des", "plus_de", "jusqu_a", "moins_de"]
Absent = Literal["manque", "zero", "hors_champ"]
Preuve = Literal["declare", "piece", "travailleur_social", "etat"]
Regle = Literal["somme", "maximum", "choix"]
PREUVES: tuple[Preuve, ...] = ("declare", "piece", "travailleur_social", "etat")
REMISE_A_ZERO = "remise_a_zero"
NOTES = ("note", "note_partielle")  # the states of a request that has a score


@dataclass(frozen=True, slots=True)
class RefTable:
    """A threshold read in a table: of the law, or of the grid itself."""

    id: str
    par: tuple[str, ...]
    loi: bool


@dataclass(frozen=True, slots=True)
class Borne:
    """One bound: ``des`` >=, ``plus_de`` >, ``jusqu_a`` <=, ``moins_de`` <."""

    sens: Sens
    valeur: Fraction | RefTable

    @property
    def basse(self) -> bool:
        """Tell whether it bounds from below."""
        return self.sens in ("des", "plus_de")


@dataclass(frozen=True, slots=True)
class Rapport:
    """A ratio of two columns, compared exactly, never divided."""

    numerateur: str
    denominateur: str

    @property
    def colonnes(self) -> tuple[str, ...]:
        """Columns read."""
        return (self.numerateur, self.denominateur)


@dataclass(frozen=True, slots=True)
class Mesure:
    """A single column used as a measure."""

    colonne: str

    @property
    def colonnes(self) -> tuple[str, ...]:
        """Columns read."""
        return (self.colonne,)


Source = Mesure | Rapport


@dataclass(frozen=True, slots=True)
class Egal:
    """The column has this value."""

    colonne: str
    valeur: str | bool | int


@dataclass(frozen=True, slots=True)
class Parmi:
    """The column has one of these codes."""

    colonne: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contient:
    """The set column holds at least one of these codes."""

    colonne: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dans:
    """The measure or ratio lies between the bounds."""

    source: Source
    bornes: tuple[Borne, ...]


@dataclass(frozen=True, slots=True)
class Connu:
    """The answer is known (or not): never unknown itself."""

    colonne: str
    connu: bool


@dataclass(frozen=True, slots=True)
class Et:
    """All of these."""

    membres: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Ou:
    """At least one of these."""

    membres: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Non:
    """Not this."""

    membre: Condition


Condition = Egal | Parmi | Contient | Dans | Connu | Et | Ou | Non


def columns_of(node: Condition) -> tuple[str, ...]:
    """Columns that a condition reads, in order, each once; tables included."""
    return tuple(dict.fromkeys(_walk_columns(node)))


def _walk_columns(node: Condition) -> Iterator[str]:
    if isinstance(node, Et | Ou):
        for member in node.membres:
            yield from _walk_columns(member)
    elif isinstance(node, Non):
        yield from _walk_columns(node.membre)
    elif isinstance(node, Dans):
        yield from node.source.colonnes
        yield from columns_of_bornes(node.bornes)
    else:
        yield node.colonne


def columns_of_bornes(bornes: tuple[Borne, ...]) -> Iterator[str]:
    """Columns that choose a threshold in a table."""
    for borne in bornes:
        if isinstance(borne.valeur, RefTable):
            yield from borne.valeur.par


@dataclass(frozen=True, slots=True)
class Fixe:
    """Shape 1: a flag gives fixed points."""

    si: Condition
    points: int


@dataclass(frozen=True, slots=True)
class Bande:
    """One band of a scale."""

    bornes: tuple[Borne, ...]
    points: int
    ligne: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Bandes:
    """Shape 5: exclusive bands over a measure or a ratio."""

    source: Source
    bandes: tuple[Bande, ...]


@dataclass(frozen=True, slots=True)
class Lineaire:
    """Shape 6: points per unit, started or completed.

    ``mois`` is the length of the unit in months when the measure is the time
    since the date column ``depuis``; else ``pas`` is the length of the unit of
    the column ``colonne``. Units are counted above ``au_dela``.
    """

    points: int
    entame: bool
    depuis: str | None = None
    mois: int = 0
    colonne: str | None = None
    pas: int = 1
    au_dela: int = 0


@dataclass(frozen=True, slots=True)
class Compte:
    """Shape 10: points for each counted event from the n-th on."""

    evenement: str
    points: int
    adaptee: bool | None = None
    fenetre_mois: int | None = None
    a_partir_de: int = 1
    une_fois: bool = False


@dataclass(frozen=True, slots=True)
class Cumul:
    """An account with history: monthly gain, events, bounds, in that order."""

    depuis: str
    gagne: int
    evenements: tuple[tuple[str, int | None], ...]
    bas: int
    haut: int


@dataclass(frozen=True, slots=True)
class Case:
    """Shape 4: the box declared in the request gives the points."""

    colonne: str
    cases: tuple[tuple[str, int], ...]
    autres: int


Mecanisme = Fixe | Bandes | Lineaire | Compte | Cumul | Case


@dataclass(frozen=True, slots=True)
class Critere:
    """One criterion: a mechanism with its caps, proof and policy on absence.

    ``garde`` is a condition without which the mechanism gives 0. ``faits`` are
    groups: each group must have one of its facts verified at level ``preuve``.
    """

    id: str
    libelle: str
    mecanisme: Mecanisme
    absent: Absent
    garde: Condition | None = None
    preuve: Preuve = "declare"
    faits: tuple[tuple[str, ...], ...] = ()
    priorite: str | None = None
    plafond: int | None = None
    plancher: int | None = None
    fige: str | None = None
    reference: str | None = None
    libelle_en: str | None = None
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Facteur:
    """Shape 20: a multiplicative term under a condition."""

    si: Condition
    fois: Fraction
    ligne: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Famille:
    """A family: a rule over criteria or sets of options, bounds, factors."""

    id: str
    libelle: str
    regle: Regle
    membres: tuple[Critere | Famille, ...]
    plafond: int | None = None
    plancher: int | None = None
    facteurs: tuple[Facteur, ...] = ()
    libelle_en: str | None = None
    ligne: int = 0

    def criteres(self) -> Iterator[Critere]:
        """Yield all criteria below, in order."""
        for member in self.membres:
            if isinstance(member, Famille):
                yield from member.criteres()
            else:
                yield member


@dataclass(frozen=True, slots=True)
class Classe:
    """Shape 16: a class that comes before points; None means all others."""

    id: str
    libelle: str
    si: Condition | None
    ligne: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Force:
    """Shape 11: a value that replaces the sum."""

    id: str
    si: Condition
    total: int
    ligne: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class HorsChamp:
    """Shape 13: not scored, with a reason."""

    si: Condition
    motif: str
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Systeme:
    """Shape 12: one of at most two systems, the second for mutations."""

    id: str
    libelle: str
    si: Condition | None
    familles: tuple[Famille, ...]
    classes: tuple[Classe, ...] = ()
    forces: tuple[Force, ...] = ()
    ligne: int = 0

    def criteres(self) -> Iterator[Critere]:
        """Yield all criteria in order."""
        for famille in self.familles:
            yield from famille.criteres()


@dataclass(frozen=True, slots=True)
class TableLocale:
    """Shape 9: thresholds chosen by columns, written in the grid."""

    id: str
    par: tuple[str, ...]
    valeurs: tuple[tuple[tuple[str, ...], Fraction], ...]
    ligne: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Exemple:
    """A worked example written in the grid, run by ``palier cotation verifier``."""

    nom: str
    au: dt.date
    demande: tuple[tuple[str, str | tuple[str, ...]], ...]
    total: int | None
    points: tuple[tuple[str, int], ...]
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Grille:
    """A whole grid, valid in form; its sense is judged by ``checks``."""

    id: str
    libelle: str
    cadre: str
    territoire: str | None
    communes: tuple[str, ...]
    du: dt.date
    statut: str
    remplace: dt.date | None
    deliberation: str | None
    source: str | None
    completude: str
    plafond: int | None
    plancher: int | None
    arrondi: Arrondi
    absent: Absent
    departage: tuple[str, ...]
    hors_champ: tuple[HorsChamp, ...]
    systemes: tuple[Systeme, ...]
    tables: tuple[TableLocale, ...]
    exemples: tuple[Exemple, ...]
    sha256: str
    origine: str
    lignes: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    def ligne(self, cle: str) -> int:
        """Return the line of a key of the document, 1 if it is not written."""
        return dict(self.lignes).get(cle, 1)

    @property
    def version(self) -> str:
        """Identifier of the version: ``id@du``."""
        return f"{self.id}@{self.du.isoformat()}"

    def table(self, nom: str) -> TableLocale | None:
        """Return a local table by name."""
        return next((t for t in self.tables if t.id == nom), None)

    def criteres(self) -> dict[str, tuple[Critere, ...]]:
        """Group the criteria of all systems by id."""
        found: dict[str, list[Critere]] = {}
        for systeme in self.systemes:
            for critere in systeme.criteres():
                found.setdefault(critere.id, []).append(critere)
        return {name: tuple(items) for name, items in found.items()}


def columns_of_mecanisme(mecanisme: Mecanisme) -> tuple[str, ...]:
    """Columns that a mechanism reads; ``evenements`` stands for the child table."""
    if isinstance(mecanisme, Fixe):
        return columns_of(mecanisme.si)
    if isinstance(mecanisme, Bandes):
        tables = (c for bande in mecanisme.bandes for c in columns_of_bornes(bande.bornes))
        return tuple(dict.fromkeys((*mecanisme.source.colonnes, *tables)))
    if isinstance(mecanisme, Lineaire):
        return (mecanisme.depuis or mecanisme.colonne or "",)
    if isinstance(mecanisme, Compte):
        return ("evenements",)
    if isinstance(mecanisme, Cumul):
        return (mecanisme.depuis, "evenements")
    return (mecanisme.colonne,)


def columns_of_critere(critere: Critere) -> tuple[str, ...]:
    """Columns that a criterion reads, the date it is frozen at included."""
    guard = columns_of(critere.garde) if critere.garde is not None else ()
    frozen = (critere.fige,) if critere.fige else ()
    return tuple(dict.fromkeys((*guard, *columns_of_mecanisme(critere.mecanisme), *frozen)))
