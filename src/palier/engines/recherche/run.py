"""The search: one home against every request, all reasons, counts, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from palier.base.errors import Problem, TableError
from palier.engines.recherche.compiler import AIDE, COLONNES, compile_regle
from palier.engines.recherche.model import (
    MOTIFS,
    SIGNAUX,
    VIE,
    Jugement,
    Regle,
    Vacance,
    mask_of,
    names_of,
    prepare,
)
from palier.law.registre import LoiAu
from palier.tables import schema

DEPARTAGE = ("date_depot_initial", "numero_unique")
_SCORES = ("classe_rang", "total")


@dataclass(frozen=True)
class Candidats:
    """What a search found.

    Parameters
    ----------
    regle : Regle
        The home and its thresholds.
    table : pl.DataFrame
        A row per request, in the order given: ``numero_unique``, ``motifs``,
        ``signaux`` (bits), ``ordre`` (from 1, null if excluded).
    n, eligibles : int
        Requests, requests that nothing excludes.
    comptes : mapping of str to int
        Requests that each reason excludes; one request may have several.
    seuls : mapping of str to int
        Requests that this reason alone excludes.
    signaux : mapping of str to int
        Eligible requests that each mark concerns.
    """

    regle: Regle
    table: pl.DataFrame
    n: int
    eligibles: int
    comptes: Mapping[str, int]
    seuls: Mapping[str, int]
    signaux: Mapping[str, int]

    @property
    def vivantes(self) -> int:
        """Return the requests that live, whatever the home."""
        dead = mask_of(MOTIFS, VIE)
        return int(self.table.select(((pl.col("motifs") & dead) == 0).sum()).item())

    def premiers(self, combien: int = 50) -> pl.DataFrame:
        """Return the first eligible requests, in order."""
        return self.table.filter(pl.col("ordre") <= combien).sort("ordre")

    def jugement(self, numero: str) -> Jugement:
        """Return the reasons and the marks of one request.

        Raises
        ------
        TableError
            REC-005 if the number was not searched.
        """
        found = self.table.filter(pl.col("numero_unique") == numero)
        if found.height != 1:
            words = "Cette demande n'est pas parmi celles qui ont été cherchées."
            raise TableError(Problem("REC-005", "numéro unique", words, "Vérifiez le numéro et la date."))
        row = found.row(0, named=True)
        return Jugement(names_of(row["motifs"], MOTIFS), names_of(row["signaux"], SIGNAUX))


def search_candidats(
    vacance: Vacance,
    demandes: pl.DataFrame,
    loi: LoiAu,
    scores: pl.DataFrame | None = None,
    aides_cent: pl.Series | None = None,
    departage: Sequence[str] = DEPARTAGE,
) -> Candidats:
    """Search candidates for one home among all requests.

    Parameters
    ----------
    vacance : Vacance
        The home.
    demandes : pl.DataFrame
        Table ``demandes``; a column that is absent is unknown.
    loi : LoiAu
        The law at the day of the signature.
    scores : pl.DataFrame, optional
        Beside ``demandes``, row for row: ``total`` and, if the grid has classes,
        ``classe_rang``. A request without score comes after the others.
    aides_cent : pl.Series, optional
        Housing aid expected for this home, beside ``demandes``.
    departage : sequence of str
        What orders equal scores, a ``-`` in front for the greatest first; as the grid declares.

    Raises
    ------
    InputError, LoiError
        Those of :func:`~palier.engines.recherche.model.prepare`.
    TableError
        REC-003 a column that no search can do without, REC-004 scores or aids
        that do not stand beside the requests.
    """
    regle = prepare(vacance, loi)
    _check(demandes, scores, aides_cent, departage)
    category, motifs, signaux = compile_regle(regle, loi)
    made = _columns(demandes, aides_cent).with_columns(category)
    table = made.select("numero_unique", motifs, signaux)
    table = table.with_columns(_order(table, demandes, scores, departage))
    return Candidats(regle, table, table.height, *_counts(table))


def _columns(demandes: pl.DataFrame, aides: pl.Series | None) -> pl.DataFrame:
    types = schema("demandes").polars
    absent = [pl.lit(None, dtype=types[nom]).alias(nom) for nom in COLONNES if nom not in demandes.columns]
    held = demandes.select(nom for nom in COLONNES if nom in demandes.columns).with_columns(absent)
    if aides is None:
        return held.with_columns(pl.lit(0, dtype=pl.Int32).alias(AIDE))
    return held.with_columns(aides.alias(AIDE))


def _check(
    demandes: pl.DataFrame, scores: pl.DataFrame | None, aides: pl.Series | None, departage: Sequence[str]
) -> None:
    names = ("numero_unique", "date_depot_initial", *(nom.lstrip("-") for nom in departage))
    found = [
        Problem("REC-003", nom, "Cette colonne manque.", "Ajoutez-la à la table des demandes.")
        for nom in dict.fromkeys(names)
        if nom not in demandes.columns
    ]
    words = "Il n'y a pas une ligne par demande, dans le même ordre."
    if scores is not None and (
        scores.height != demandes.height
        or "total" not in scores.columns
        or (
            "numero_unique" in scores.columns
            and not scores["numero_unique"].equals(demandes["numero_unique"])
        )
    ):
        found.append(Problem("REC-004", "notes", words, "Donnez la table des notes de ces demandes."))
    if aides is not None and len(aides) != demandes.height:
        found.append(Problem("REC-004", "aides", words, "Donnez une aide, ou rien, par demande."))
    if found:
        raise TableError(found)


def _order(
    table: pl.DataFrame, demandes: pl.DataFrame, scores: pl.DataFrame | None, departage: Sequence[str]
) -> pl.Series:
    """Return the places of the eligible requests: by class, total, then the declared chain."""
    places = (table["motifs"] == 0).arg_true()
    names = [nom.lstrip("-") for nom in departage]
    columns = [demandes[nom].gather(places).alias(f"d_{nom}") for nom in names]
    keys, down = [f"d_{nom}" for nom in names], [nom.startswith("-") for nom in departage]
    if scores is not None:
        held = [nom for nom in _SCORES if nom in scores.columns]
        columns = [*(scores[nom].gather(places) for nom in held), *columns]
        keys, down = [*held, *keys], [*(nom == "total" for nom in held), *down]
    eligible = pl.DataFrame([places.alias("place"), *columns])
    ordered = eligible.sort(keys, descending=down, nulls_last=True)["place"]
    empty = pl.Series("ordre", [None], dtype=pl.Int32).new_from_index(0, table.height)
    return empty.scatter(ordered, pl.int_range(1, len(ordered) + 1, dtype=pl.Int32, eager=True))


def _counts(table: pl.DataFrame) -> tuple[int, dict[str, int], dict[str, int], dict[str, int]]:
    """Count by reason from the few combinations that exist."""
    pairs = table.group_by("motifs", "signaux").len().rows()
    counted, alone, marks = (dict.fromkeys(codes, 0) for codes in (MOTIFS, MOTIFS, SIGNAUX))
    eligible = 0
    for motifs, signaux, n in pairs:
        reasons = names_of(motifs, MOTIFS)
        for code in reasons:
            counted[code] += n
        if len(reasons) == 1:
            alone[reasons[0]] += n
        if not reasons:
            eligible += n
            for code in names_of(signaux, SIGNAUX):
                marks[code] += n
    return eligible, counted, alone, marks
