"""The grids of a territory, parsed once per process."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from palier import law
from palier.engines.cotation.compiler import Program, compile_grille
from palier.engines.cotation.model import Grille as Regles
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.reference import Regle, prepare
from palier.web.apps.cotation.models import Grille

ADOPTEES = ("adoptee", "en_vigueur")


Cle = tuple[str, str, str]


def _key(grille: Grille) -> Cle:
    return grille.sha256, grille.texte, str(grille)


@lru_cache(maxsize=16)
def _parsed(sha256: str, texte: str, origine: str) -> Regles:
    del sha256
    return parse_grille(texte, origine)


def parsed(grille: Grille) -> Regles:
    """Return a grid as engines read it."""
    return _parsed(*_key(grille))


def in_force(territoire: str, au: dt.date) -> Grille | None:
    """Return the grid of a territory that applies on a day; None if none is adopted by then."""
    rows = Grille.objects.filter(territoire=territoire, du__lte=au).order_by("-du", "-adoptee_le")
    return next((row for row in rows if parsed(row).statut in ADOPTEES), None)


def others(grille: Grille) -> tuple[Regles, ...]:
    """Return the other versions of a grid: one of them may have replaced it."""
    return tuple(parsed(row) for row in _others(grille))


def _others(grille: Grille) -> list[Grille]:
    return list(Grille.objects.filter(identifiant=grille.identifiant).exclude(pk=grille.pk).order_by("du"))


@lru_cache(maxsize=8)
def _program(cle: Cle, au: dt.date) -> Program:
    return compile_grille(_parsed(*cle), law.at(au, non_verifie=True))


def program(grille: Grille, au: dt.date) -> Program:
    """Return a grid compiled for the law of a day."""
    return _program(_key(grille), au)


@lru_cache(maxsize=8)
def _rule(cle: Cle, au: dt.date, connues: tuple[Cle, ...]) -> Regle:
    return prepare(_parsed(*cle), law.at(au, non_verifie=True), [_parsed(*other) for other in connues])


def rule(grille: Grille, au: dt.date) -> Regle:
    """Return a grid ready to judge one request on a day."""
    return _rule(_key(grille), au, tuple(_key(row) for row in _others(grille)))
