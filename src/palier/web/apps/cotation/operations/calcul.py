"""Score and rank a whole territory: read from the database, computed by the engine, written back at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from palier import __version__
from palier.base.errors import Problem, RefusalError
from palier.engines.cotation.classement import rank_demandes
from palier.engines.cotation.run import ScoreResult, score
from palier.web.apps.cotation.models import Calcul, Grille
from palier.web.apps.cotation.queries import grilles
from palier.web.apps.demandes.operations.lot import as_array, temporary
from palier.web.apps.demandes.queries import stock
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.ecriture import copy_frame
from palier.web.postgres.perimetre import perimetre

_VERROU = 7_254_373  # advisory lock, with the territory: one run at a time
_SCORE = (
    "demande_id", "systeme", "classe", "total", "total_verifie", "etat", "motif_etat", "manque", "points",
)  # fmt: skip
_PLACE = ("demande_id", "systeme", "typologie", "rang", "ordre")
_NOTEES = ("note", "note_partielle")


@dataclass(frozen=True)
class BilanCalcul:
    """What a run did: requests read, scored, places in queues, with which grid."""

    calcul: Calcul
    places: int


def recalculer(
    *, acteur: Any, territoire: str, au: dt.date, maintenant: dt.datetime, origine: str = "tache"
) -> BilanCalcul:
    """Score and rank again all requests of a territory with the grid in force on a day.

    Parameters
    ----------
    territoire : str
        SIREN of the EPCI.
    au, maintenant : date, datetime
        Day of the score, instant of the writing.

    Raises
    ------
    RefusalError
        DEM-032: no grid is in force.
    """
    grille = grilles.in_force(territoire, au)
    if grille is None:
        raise RefusalError(
            Problem(
                "DEM-032",
                f"territoire {territoire}",
                "Aucune grille adoptée ne s'applique ce jour-là : rien n'a été coté.",
                "Adoptez la grille du territoire, puis recommencez.",
                "R441-2-10 CCH, 11°",
            )
        )
    program, regles = grilles.program(grille, au), grilles.parsed(grille)
    chain = [nom.lstrip("-") for nom in regles.departage]
    with perimetre(territoire=territoire, lecteur=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_VERROU, territoire])
        demandes = stock.read(territoire, [*program.colonnes, "typologies", *chain])
        events = stock.read_events(territoire) if program.reads_evenements else None
        result = score(
            demandes,
            program,
            au=au,
            evenements=events,
            donnees_sha256=_digest(demandes),
            version=__version__,
            connues=grilles.others(grille),
        )
        files = rank_demandes(result.table, demandes, regles)
        made = _open(grille, territoire, au, maintenant, result)
        _write_scores(made, result, demandes["id"])
        places = _write_places(made, files, demandes)
        inscrire(
            acteur=acteur,
            verbe="cotation.recalculer",
            objet_type="territoire",
            objet_id=territoire,
            motif=str(grille)[:200],
            origine=origine,
        )
    return BilanCalcul(made, places)


def _digest(demandes: pl.DataFrame) -> str:
    """Return the digest of what was read; the order of rows does not count."""
    texts = [pl.col(nom).list.join("|") for nom, kind in demandes.schema.items() if isinstance(kind, pl.List)]
    sorted_rows = demandes.drop("id").with_columns(texts).sort("numero_unique")
    return hashlib.sha256(sorted_rows.write_csv().encode()).hexdigest()


def _open(
    grille: Grille, territoire: str, au: dt.date, maintenant: dt.datetime, result: ScoreResult
) -> Calcul:
    """Make the run the one that holds."""
    Calcul.objects.filter(territoire=territoire, courant=True).update(courant=False)
    return Calcul.objects.create(
        territoire=territoire,
        grille=grille,
        au=au,
        criteres=[nom.removeprefix("pts__") for nom in _points_of(result.table)],
        provenance=json.loads(result.provenance.to_json()),
        demandes=result.table.height,
        notees=int(result.table["etat"].is_in(_NOTEES).sum()),
        fait_le=maintenant,
    )


def _points_of(table: pl.DataFrame) -> list[str]:
    return [nom for nom in table.columns if nom.startswith("pts__")]


def _write_scores(calcul: Calcul, result: ScoreResult, ids: pl.Series) -> None:
    points = [pl.col(nom).cast(pl.String).fill_null("NULL") for nom in _points_of(result.table)]
    listed = pl.concat_str(points, separator=",") if points else pl.lit("")
    frame = result.with_lists().select(
        demande_id=ids,
        **{nom: pl.col(nom).cast(pl.String) for nom in ("systeme", "classe", "etat", "motif_etat")},
        total="total",
        total_verifie="total_verifie",
        manque=as_array("manque"),
        points=pl.lit("{") + listed + pl.lit("}"),
    )
    _insert("cotation_score", _SCORE, frame, calcul)


def _write_places(calcul: Calcul, files: pl.DataFrame, demandes: pl.DataFrame) -> int:
    frame = files.join(demandes.select("numero_unique", "id"), on="numero_unique").select(
        demande_id="id",
        systeme=pl.col("systeme").cast(pl.String),
        typologie=pl.col("typologie").cast(pl.String).fill_null(""),
        rang="rang",
        ordre="ordre",
    )
    _insert("cotation_place", _PLACE, frame, calcul)
    return frame.height


def _insert(table: str, columns: Sequence[str], frame: pl.DataFrame, calcul: Calcul) -> None:
    """Send rows by COPY to a temporary table, then to their own, each before its policy."""
    names = ", ".join(columns)
    temporary("lot_cotation", table, columns)
    copy_frame("lot_cotation", frame.select(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (calcul_id, {names}) SELECT %s, {names} FROM lot_cotation",  # noqa: S608 - ours
            [calcul.pk],
        )


def purger(*, territoire: str, garder: int = 2) -> int:
    """Erase old runs: the last ones stay, and the last one of each grid; return how many left.

    Parameters
    ----------
    garder : int
        How many of the last runs stay.
    """
    with perimetre(territoire=territoire):
        rows = list(Calcul.objects.filter(territoire=territoire).order_by("-fait_le", "-pk"))
        kept = {row.pk for row in rows[:garder]}
        seen: set[str] = set()
        for row in rows:
            if row.grille_id not in seen:
                kept.add(row.pk)
                seen.add(row.grille_id)
        gone = [row.pk for row in rows if row.pk not in kept]
        with connection.cursor() as cursor:
            for table in ("cotation_place", "cotation_score"):
                cursor.execute(f"DELETE FROM {table} WHERE calcul_id = ANY (%s)", [gone])  # noqa: S608 - ours
        Calcul.objects.filter(pk__in=gone).delete()
    return len(gone)
