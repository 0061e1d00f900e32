"""Read a lot of offers: CSV, XLSX, parquet, JSON; every problem at once, with its line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palier.base.errors import Problem
from palier.formats import Correspondance
from palier.formats.lignes import LectureLignes, read_lignes, read_objets
from palier.tables import schema
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.bilan import Bilan
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.controle import check_offre
from palier.web.apps.offres.rules.saisie import CHAMPS, OffreSaisie

_TITRES_DOUTEUX = frozenset({"TAB-011", "TAB-012", "TAB-013"})


@dataclass(frozen=True, slots=True)
class LigneOffre:
    """A good row: its line in the file (rank of the item in a JSON lot), and the offer."""

    ligne: int
    offre: OffreSaisie
    avertissements: tuple[Anomalie, ...] = ()


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
    constats : polars.DataFrame
        ``ligne``, ``colonne``, ``code``, ``bloquant``, ``detail``: one row per fault of a
        line, warnings of the rules included; never a personal value.
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
    constats: pl.DataFrame
    fichier_refuse: bool
    references_rejetees: frozenset[str]
    lignes_sans_reference: int
    correspondance: list[Correspondance]
    ignorees: list[str]

    @property
    def is_acceptable(self) -> bool:
        """Whether the whole lot may be written as it stands."""
        return not self.problemes

    @property
    def rejets(self) -> pl.DataFrame:
        """Faults that refuse a line: ``ligne``, ``colonne``, ``code``."""
        return self.constats.filter("bloquant").select("ligne", "colonne", "code")


def read_offres(path: Path | str, contexte: Contexte) -> LectureOffres:
    """Read and check a file of offers (``.csv``, ``.tsv``, ``.xlsx``, ``.parquet``, ``.json``).

    Never raises for what the file holds: read ``problemes``.

    Raises
    ------
    UsageError
        USG-001, USG-003.
    """
    return _judge(read_lignes(path, "offres", au=contexte.au), contexte)


def read_saisies(
    saisies: Sequence[Mapping[str, object]], contexte: Contexte, origine: str = ""
) -> LectureOffres:
    """Read and check offers given as JSON objects (push API: one; batch: many).

    Keys are the names or declared synonyms of the columns, values plain JSON
    (``loyer`` in euros, ``loyer_logement_cent`` in cents, sets as lists of codes). An
    offer without SIREN is that of the sender.
    """
    return _judge(read_objets(saisies, "offres", au=contexte.au, origine=origine), contexte)


def _judge(lue: LectureLignes, contexte: Contexte) -> LectureOffres:
    bilan = Bilan(lue)
    absents = _silenced(lue)
    unread = _unreadable(lue.rejets)
    good: list[LigneOffre] = []
    refused: set[str] = set()
    anonymous = lue.lignes_lues - lue.table.height
    sender = pl.col("bailleur").fill_null(contexte.emetteur or pl.lit(None, dtype=pl.String))
    rows = lue.table.select(CHAMPS).with_columns(sender)
    offres = [OffreSaisie.from_row(row) for row in rows.iter_rows(named=True)]
    doubles = _doubles(offres)
    for ligne, bad, offre in zip(lue.lignes, lue.mauvaises, offres, strict=True):
        cells = unread.get(ligne)
        found = check_offre(offre, contexte, absents | cells if cells else absents)
        if (offre.bailleur, offre.reference_bailleur) in doubles:
            found.append(Anomalie("OFF-013", "reference_bailleur"))
        blocked = bilan.add(ligne, found)
        if not (bad or blocked):
            good.append(LigneOffre(ligne, offre, tuple(found)))
        elif offre.reference_bailleur:
            refused.add(offre.reference_bailleur)
        else:
            anonymous += 1
    return LectureOffres(
        lignes=[] if lue.fichier_refuse else good,
        lignes_lues=lue.lignes_lues,
        problemes=[*lue.problemes, *bilan.problems(bloquant=True)],
        avertissements=[*lue.avertissements, *bilan.problems(bloquant=False)],
        constats=bilan.frame(),
        fichier_refuse=lue.fichier_refuse,
        references_rejetees=frozenset(refused),
        lignes_sans_reference=anonymous,
        correspondance=lue.correspondance,
        ignorees=lue.ignorees,
    )


def _doubles(offres: Iterable[OffreSaisie]) -> frozenset[tuple[str | None, str | None]]:
    counts = Counter((o.bailleur, o.reference_bailleur) for o in offres if o.reference_bailleur)
    return frozenset(cle for cle, n in counts.items() if n > 1)


def _silenced(lue: LectureLignes) -> frozenset[str]:
    """Columns whose absence the reading of the titles has already told."""
    table = schema("offres")
    if any(p.code in _TITRES_DOUTEUX for p in lue.problemes):
        return frozenset(c.nom for c in table.colonnes if c.nom not in lue.entetes)
    return (
        frozenset(nom for nom in table.obligatoires if nom not in lue.entetes) if lue.entetes else frozenset()
    )


def _unreadable(rejets: pl.DataFrame) -> dict[int, frozenset[str]]:
    """Columns of each line whose cell could not be read."""
    cells = rejets.filter(pl.col("colonne") != "").group_by("ligne").agg(pl.col("colonne").unique())
    return {ligne: frozenset(colonnes) for ligne, colonnes in cells.iter_rows()}
