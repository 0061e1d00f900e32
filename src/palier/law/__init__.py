"""The law as data: dated tables with article, source and day of the last check.

One YAML file per table, ``data/<theme>/<id>.yaml``. :func:`at` gives the law at
a date; a value that is unknown, too early, stale or unchecked is an error that
says so, never a default.
"""

from palier.law.describe import describe
from palier.law.freshness import Fraicheur
from palier.law.model import Reference, ValeurLegale
from palier.law.registre import LoiAu, Registre, at, load
from palier.law.zones import zone_plafond

__all__ = [
    "Fraicheur",
    "LoiAu",
    "Reference",
    "Registre",
    "ValeurLegale",
    "at",
    "describe",
    "load",
    "zone_plafond",
]
