"""Search of candidates for a home among all the requests of its territory, in the order of its grid."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from palier.base.errors import Problem, RefusalError
from palier.engines import recherche as moteur
from palier.engines.recherche.compiler import COLONNES
from palier.engines.recherche.model import MOTIFS, SIGNAUX, mask_of
from palier.engines.recherche.run import DEPARTAGE
from palier.web.apps.attributions.models import Vacance
from palier.web.apps.attributions.queries import notes
from palier.web.apps.attributions.queries.faits import loi_du
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries import stock
from palier.web.postgres.perimetre import perimetre

PAR_PAGE = 30


@dataclass(frozen=True)
class Trouves:
    """What a search found, with what a page shows of each request.

    Parameters
    ----------
    candidats : Candidats
        Judgements, counts, order.
    ids : pl.Series
        Requests, row for row.
    totaux : pl.Series
        Their points, row for row; null without a score.
    """

    candidats: moteur.Candidats
    ids: pl.Series
    totaux: pl.Series


def home_of(vacance: Vacance, seance_le: dt.date, signature_le: dt.date) -> moteur.Vacance:
    """Return a home as the search reads it.

    Raises
    ------
    RefusalError
        ATR-004 if the home is not described yet.
    """
    if vacance.surface_m2 is None or vacance.financement is None or vacance.loyer_cent is None:
        raise RefusalError(
            Problem(
                "ATR-004",
                "vacance",
                "Ce logement n'est pas encore décrit.",
                "Qualifiez-le : loyer, surface, financement.",
            )
        )
    return moteur.Vacance(
        vacance.commune_code,
        vacance.typologie,
        vacance.surface_m2,
        vacance.financement,
        vacance.loyer_cent,
        vacance.charges_cent,
        seance_le,
        signature_le,
        vacance.etage,
        vacance.ascenseur,
        vacance.accessible,
        vacance.adapte,
    )


def search(vacance: Vacance, seance_le: dt.date, signature_le: dt.date) -> Trouves:
    """Judge every request of the territory of a home: counted here, never shown by this.

    Raises
    ------
    RefusalError
        ATR-004.
    InputError, LoiError
        Those of the search.
    """
    home = home_of(vacance, seance_le, signature_le)
    with perimetre(territoire=vacance.territoire, lecteur=True):
        scores = notes.current(vacance.territoire)
        chain = DEPARTAGE if scores is None else scores.departage
        names = (*COLONNES, *(nom.lstrip("-") for nom in chain))
        requests = stock.read(vacance.territoire, dict.fromkeys(names), garde=True)
    beside = None if scores is None else scores.beside(requests["id"])
    found = moteur.search_candidats(home, requests.drop("id"), loi_du(signature_le), beside, departage=chain)
    empty = pl.Series("total", [None], dtype=pl.Int32).new_from_index(0, requests.height)
    return Trouves(found, requests["id"], empty if beside is None else beside["total"])


@dataclass(frozen=True)
class Ligne:
    """A request of a search, with no name: what an agent may read before she shortlists it."""

    id: uuid.UUID
    ordre: int | None
    total: int | None
    motifs: tuple[str, ...]
    signaux: tuple[str, ...]
    demande: Demande


def first_ones(trouves: Trouves, territoire: str, apres: int = 0) -> tuple[list[Ligne], bool]:
    """Return a page of the eligible requests, in order, and whether there are others."""
    table = _beside(trouves).filter(pl.col("ordre") > apres).sort("ordre").head(PAR_PAGE + 1)
    return _lines(table.head(PAR_PAGE), territoire), table.height > PAR_PAGE


def excluded(trouves: Trouves, territoire: str, motif: str = "", apres: str = "") -> tuple[list[Ligne], bool]:
    """Return a page of the excluded requests with all their reasons, and whether there are others."""
    wanted = mask_of(MOTIFS, (motif,)) if motif else mask_of(MOTIFS, MOTIFS)
    kept = _beside(trouves).filter((pl.col("motifs") & wanted) > 0, pl.col("id") > apres)
    table = kept.sort("id").head(PAR_PAGE + 1)
    return _lines(table.head(PAR_PAGE), territoire), table.height > PAR_PAGE


def _beside(trouves: Trouves) -> pl.DataFrame:
    return trouves.candidats.table.select("motifs", "signaux", "ordre").with_columns(
        trouves.ids.alias("id"), trouves.totaux.alias("total")
    )


def _lines(table: pl.DataFrame, territoire: str) -> list[Ligne]:
    ids = [uuid.UUID(pk) for pk in table["id"]]
    with perimetre(territoire=territoire):
        files = {d.pk: d for d in Demande.objects.filter(pk__in=ids).defer("nom", "prenom")}
    return [
        Ligne(
            pk,
            row["ordre"],
            row["total"],
            moteur.names_of(row["motifs"], MOTIFS),
            moteur.names_of(row["signaux"], SIGNAUX),
            files[pk],
        )
        for pk, row in zip(ids, table.iter_rows(named=True), strict=True)
    ]


def numbers_of(demandes: Sequence[uuid.UUID], territoire: str) -> list[str]:
    """Return the numbers of chosen requests of a territory, for an act on them."""
    with perimetre(territoire=territoire):
        rows = Demande.objects.filter(pk__in=demandes, territoire=territoire).order_by("numero_unique")
        return list(rows.values_list("numero_unique", flat=True))
