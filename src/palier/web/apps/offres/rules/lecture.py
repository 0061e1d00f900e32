"""Read a lot of offers: CSV, XLSX, parquet, JSON; every problem at once, with its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palier.base.errors import Problem
from palier.formats import Correspondance
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.saisie import OffreSaisie


@dataclass(frozen=True, slots=True)
class LigneOffre:
    """A good row: its line in the file (rank of the item in a JSON lot), and the offer."""

    ligne: int
    offre: OffreSaisie


@dataclass(frozen=True, slots=True)
class LectureOffres:
    """A lot once read and checked.

    Parameters
    ----------
    lignes : list of LigneOffre
        Rows without a blocking fault, in the order of the file; empty when the whole
        file is at fault.
    lignes_lues : int
        Rows of the file.
    problemes, avertissements : list of Problem
        Grouped by code and column, with the first lines and the whole count.
    rejets : polars.DataFrame
        ``ligne``, ``colonne``, ``code``: one row per blocking fault.
    fichier_refuse : bool
        The whole file is at fault (titles, encoding, structure): nothing can be kept.
    references_rejetees : frozenset of str
        References of the rows at fault, where they can be read.
    lignes_sans_reference : int
        Rows at fault whose reference cannot be read.
    correspondance : list of Correspondance
        Titles used.
    ignorees : list of str
        Titles that no column claims.
    """

    lignes: list[LigneOffre]
    lignes_lues: int
    problemes: list[Problem]
    avertissements: list[Problem]
    rejets: pl.DataFrame
    fichier_refuse: bool
    references_rejetees: frozenset[str]
    lignes_sans_reference: int
    correspondance: list[Correspondance]
    ignorees: list[str]

    @property
    def is_acceptable(self) -> bool:
        """Whether the whole lot may be written as it stands."""
        return not self.problemes


def read_offres(path: Path | str, contexte: Contexte) -> LectureOffres:
    """Read and check a file of offers (``.csv``, ``.tsv``, ``.xlsx``, ``.parquet``, ``.json``).

    Never raises for what the file holds: read ``problemes``.

    Raises
    ------
    UsageError
        USG-001, USG-003.
    """
    raise NotImplementedError


def read_saisies(saisies: list[dict[str, object]], contexte: Contexte, origine: str = "") -> LectureOffres:
    """Read and check offers given as JSON objects (push API: one; batch: many).

    Keys are the names or declared synonyms of the columns, values plain JSON
    (``loyer`` in euros, ``loyer_logement_cent`` in cents, sets as lists of codes).
    """
    raise NotImplementedError
