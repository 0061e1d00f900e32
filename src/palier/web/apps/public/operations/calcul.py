"""Compute the published figures of a territory from its requests, scores and homes, with the engines.

The requests are read once, under the perimeter of the territory; what leaves is figures only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from palier.base.errors import Problem, RefusalError
from palier.base.provenance import Provenance
from palier.engines.cotation.statistiques import Secteurs, publish_attentes, publish_files, read_secteurs
from palier.tables import colonne
from palier.web.apps.cotation.models import Calcul, Score
from palier.web.apps.cotation.queries.grilles import parsed
from palier.web.apps.demandes.queries import stock
from palier.web.apps.journal.operations import SYSTEME
from palier.web.apps.parc.models import Logement
from palier.web.apps.public.models import StatistiqueFile
from palier.web.apps.public.operations.chiffres import Publie, publier
from palier.web.apps.public.rules.chiffres import AConserver, figures_of, problems_of, provenance_of
from palier.web.apps.territoires.queries import communes_of
from palier.web.postgres.perimetre import perimetre

_COLONNES = (
    "numero_unique", "date_depot_initial", "statut", "motif_radiation", "typologies", "localisations",
)  # fmt: skip
_PARTIES = {"radiee", "attribuee"}


@dataclass(frozen=True, slots=True)
class Calcule:
    """What a computation published, and the queues that it does not tell."""

    publie: Publie
    masquees: int
    au: dt.date


def calculer(*, territoire: str, maintenant: dt.datetime, acteur: Any = SYSTEME, origine: str) -> Calcule:
    """Compute the figures of a territory on the day of its current scores, and publish them.

    Nothing is written unless all of it is computed: after a failure the former figures stay, with their
    date.

    Raises
    ------
    RefusalError
        CHI-007: nothing was scored yet; CHI-002 to CHI-004.
    TableError
        Those of the estimation.
    """
    with perimetre(territoire=territoire):
        run = Calcul.objects.select_related("grille").filter(territoire=territoire, courant=True).first()
        if run is None:
            raise RefusalError(
                Problem(
                    "CHI-007",
                    f"territoire {territoire}",
                    "Aucune cotation n'est en cours sur ce territoire : il n'y a rien à compter.",
                    "Adoptez la grille et cotez les demandes, puis recommencez.",
                )
            )
        demandes = stock.read(territoire, _COLONNES)
        scores = _scores(run, demandes["id"])
        ends = _ends(territoire)
    secteurs = _secteurs(demandes, territoire, run.au)
    baux = _leases(demandes, ends, secteurs)
    publication = publish_files(scores, demandes, secteurs)
    figures = figures_of(publication, publish_attentes(baux, run.au))
    rules = parsed(run.grille)
    problems = problems_of(rules, (), secteurs.par_commune.values(), len(figures))
    if problems:
        raise RefusalError(problems)
    made = publier(
        a_conserver=AConserver(
            territoire=territoire,
            au=run.au,
            figures=figures,
            provenance=provenance_of(_provenance(run), rules, _digest(baux), secteurs.par_commune),
            grille=rules,
            texte=run.grille.texte,
        ),
        maintenant=maintenant,
        acteur=acteur,
        origine=origine,
    )
    return Calcule(made, publication.masquees, run.au)


def due(territoire: str, au: dt.date) -> bool:
    """Tell whether the figures of the month are missing.

    One publication a month: with one a day, what a single household changes could be read by subtraction.
    """
    last = StatistiqueFile.objects.filter(territoire=territoire).order_by("-au").values_list("au", flat=True)
    found = last.first()
    return found is None or (found.year, found.month) < (au.year, au.month)


def _scores(run: Calcul, ids: pl.Series) -> pl.DataFrame:
    """Return the scores of a run, row for row beside the requests; one that was never scored has none."""
    places: dict[tuple[str | None, str | None], int] = {
        (systeme.id, classe.id): place
        for systeme in parsed(run.grille).systemes
        for place, classe in enumerate(systeme.classes)
    }
    rows = Score.objects.filter(calcul=run).values_list("demande_id", "systeme", "classe", "etat", "total")
    table = pl.DataFrame(
        [(str(pk), s, c, places.get((s, c)), etat, total) for pk, s, c, etat, total in rows],
        schema={"id": pl.String, "systeme": pl.String, "classe": pl.String, "classe_rang": pl.Int32,
                "etat": pl.String, "total": pl.Int64},
        orient="row",
    )  # fmt: skip
    beside = pl.DataFrame({"id": ids}).join(table, on="id", how="left", maintain_order="left")
    return beside.with_columns(pl.col("etat").fill_null("refusee")).drop("id")


def _ends(territoire: str) -> pl.DataFrame:
    """Return the day on which each request left, housed or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, radiee_le FROM demandes_demande"
            " WHERE territoire = %s AND radiee_le IS NOT NULL",
            [territoire],
        )
        return pl.DataFrame(cursor.fetchall(), schema={"id": pl.String, "sortie_date": pl.Date}, orient="row")


def _secteurs(demandes: pl.DataFrame, territoire: str, au: dt.date) -> Secteurs:
    """Return the sector of each commune of the territory, as its homes say it.

    Where the communes of the territory were not loaded, those that the requests name stand for them.
    """
    asked = demandes["localisations"].explode().drop_nulls().unique().to_list()
    places = set(communes_of(territoire, au)) or set(asked)
    rows = (
        Logement.objects.filter(commune_code__in=places)
        .exclude(secteur="")
        .values_list("commune_code", "secteur")
        .distinct()
    )
    pairs = pl.DataFrame(list(rows), schema={"commune_code": pl.String, "secteur": pl.String}, orient="row")
    return read_secteurs(pairs)


def _leases(demandes: pl.DataFrame, ends: pl.DataFrame, secteurs: Secteurs) -> pl.DataFrame:
    """Return the table ``baux``: each request, by the first size and the first known sector it asks for."""
    codes = colonne("typologies").codes
    wished = [
        next((code for place, code in enumerate(codes) if (mask or 0) >> place & 1), None)
        for mask in demandes["typologies"]
    ]
    known: Mapping[str, str] = secteurs.par_commune
    places = [
        next((known[code] for code in sorted(found or ()) if code in known), None)
        for found in demandes["localisations"].to_list()
    ]
    rows = demandes.join(ends, on="id", how="left", maintain_order="left")
    gone = pl.col("statut").cast(pl.String).is_in(list(_PARTIES))
    housed = pl.col("motif_radiation").cast(pl.String) == "attribution"
    return (
        rows.select(
            "numero_unique",
            "date_depot_initial",
            sortie_date=pl.when(gone).then("sortie_date"),
            sortie_motif=pl.when(gone).then(pl.col("motif_radiation").cast(pl.String)),
            bail_date=pl.when(gone & housed).then("sortie_date"),
            typologie=pl.Series(wished, dtype=pl.String),
            secteur=pl.Series(places, dtype=pl.String),
            connue=~gone | pl.col("sortie_date").is_not_null(),  # some are loaded as ended, without the day
        )
        .filter("connue")
        .drop("connue")
        .sort("numero_unique")
    )


def _digest(baux: pl.DataFrame) -> str:
    return hashlib.sha256(baux.write_csv().encode()).hexdigest()


def _provenance(run: Calcul) -> Provenance:
    return Provenance.from_json(json.dumps(run.provenance))
