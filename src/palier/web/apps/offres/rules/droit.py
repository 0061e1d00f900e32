"""The law of ads at one date, read once from the registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class _Loi(Protocol):
    date: dt.date


@dataclass(frozen=True, slots=True)
class LoiAnnonces:
    """Values of ``law/data/annonces`` at a date; see the module ``droit``."""

    au: dt.date


def load_loi(loi: _Loi) -> LoiAnnonces:
    """Read the law of ads from a registry at a date.

    Parameters
    ----------
    loi : palier.law.LoiAu
        ``law.at(date, non_verifie=True)``: ads are checked with unverified
        values too, and each message that used one says so.
    """
    return LoiAnnonces(loi.date)
