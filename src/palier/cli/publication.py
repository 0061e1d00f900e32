"""Make the figures that ``palier chiffres publier`` sends to the site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from palier.base.errors import Problem, RuleFileError, TableError
from palier.cli.travaux import Cotation, load_tables, load_text, score_tables
from palier.engines.cotation.statistiques import publish_attentes, publish_files, read_secteurs
from palier.formats import file_sha256, read_table

if TYPE_CHECKING:  # the web room is loaded inside the functions
    from palier.web.apps.public.rules.chiffres import AConserver


@dataclass(frozen=True)
class Mesures:
    """Figures ready to be kept; ``masquees`` counts the queues that are not told."""

    cotation: Cotation
    a_conserver: AConserver
    masquees: int
    avertissements: tuple[Problem, ...]


def measure(
    demandes: Path,
    baux: Path,
    grille: str,
    au: dt.date,
    evenements: Path | None,
    non_verifiee: bool,
    bonnes_lignes: bool,
) -> Mesures:
    """Score the requests, count the queues, estimate the waits.

    Raises
    ------
    RuleFileError
        CHI-001: the grid does not apply on that date.
    TableError
        CHI-002, CHI-003: a sector has too long a name, nothing may be told.
    PalierError
        Those of reading, scoring and estimating.
    """
    from palier.web.apps.public.rules.chiffres import AConserver, figures_of, problems_of, provenance_of

    tables = load_tables(demandes, evenements, au, bonnes_lignes)
    made = score_tables(tables, grille, au, non_verifiee)
    leases = read_table(baux, "baux", au=au).table
    secteurs = read_secteurs(leases)
    publication = publish_files(made.result.table, tables.demandes, secteurs)
    figures = figures_of(publication, publish_attentes(leases, au))
    provenance = made.result.provenance
    names = tuple(secteurs.par_commune.values())
    _refuse(problems_of(made.grille, provenance.simulation, names, len(figures)))
    kept = AConserver(
        territoire=made.grille.territoire or "",
        au=au,
        figures=figures,
        provenance=provenance_of(provenance, made.grille, file_sha256(baux), secteurs.par_commune),
        grille=made.grille,
        texte=load_text(grille)[0],
    )
    shared = tuple(_shared(baux.name, commune) for commune in secteurs.partagees)
    return Mesures(made, kept, publication.masquees, shared)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        of_grid = any(problem.code == "CHI-001" for problem in problems)
        raise (RuleFileError if of_grid else TableError)(problems)


def _shared(nom: str, commune: str) -> Problem:
    return Problem(
        "CHI-006",
        f"{nom}, commune {commune}",
        "Cette commune est dans plusieurs secteurs : les demandes pour elle ne comptent dans aucun.",
        "Donnez un seul secteur par commune, ou ignorez cet avis.",
    )
