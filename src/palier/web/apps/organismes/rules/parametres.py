"""Parameters of the site: their names, bounds and defaults, read as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from palier.base.errors import Problem
from palier.base.ressources import read_packaged


@dataclass(frozen=True)
class Reglage:
    """A parameter that the operator may change from a date on."""

    cle: str
    libelle: str
    unite: str
    defaut: int
    minimum: int
    maximum: int


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(read_packaged("palier.web.apps.organismes.rules", "parametres.yaml"))
    return raw


@cache
def reglages() -> dict[str, Reglage]:
    """Return all parameters by key."""
    return {
        key: Reglage(key, row["libelle"], row["unite"], int(row["defaut"]), int(row["min"]), int(row["max"]))
        for key, row in _raw()["parametres"].items()
    }


def orders() -> list[tuple[str, str]]:
    """Return the pairs of which the first must stay below the second."""
    return [(low, high) for low, high in _raw()["ordres"]]


def check(
    cle: str, valeur: int, du: dt.date, aujourdhui: dt.date, ce_jour: Mapping[str, int]
) -> list[Problem]:
    """Return what is wrong with a new value.

    Parameters
    ----------
    cle, valeur, du : str, int, date
        Parameter, value, first day of the value.
    aujourdhui : date
        The past does not change: ``du`` is this day or later.
    ce_jour : mapping of str to int
        Values of all parameters on that first day, before the change.
    """
    found = reglages().get(cle)
    if found is None:
        return [
            Problem("ORG-010", cle[:60], "Ce réglage n'existe pas.", "Choisissez un réglage de la liste.")
        ]
    problems = []
    if not found.minimum <= valeur <= found.maximum:
        problems.append(
            Problem(
                "ORG-011",
                found.libelle,
                "La valeur sort de ses bornes.",
                f"Donnez un nombre de {found.minimum} à {found.maximum} {found.unite}.",
            )
        )
    if du < aujourdhui:
        problems.append(
            Problem(
                "ORG-012",
                "date d'effet",
                "Cette date est passée : ce qui a été calculé ne change pas.",
                "Choisissez aujourd'hui ou un jour à venir.",
            )
        )
    after = {**ce_jour, cle: valeur}
    for low, high in orders():
        if cle in {low, high} and after[low] >= after[high]:
            problems.append(
                Problem(
                    "ORG-013",
                    found.libelle,
                    f"« {reglages()[low].libelle} » doit rester sous « {reglages()[high].libelle} ».",
                    "Changez l'autre réglage d'abord, ou choisissez une autre valeur.",
                )
            )
    return problems
