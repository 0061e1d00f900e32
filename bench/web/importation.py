"""A landlord's file of 10,000 lines through the real door, beside a bare COPY of the same cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from dataclasses import dataclass
from typing import Any

import polars as pl

BAILLEUR = "732829320"


@dataclass(frozen=True)
class Import:
    """Elapsed and processor time of the import [s], elapsed time of the bare COPY [s], lines."""

    mur: float
    processeur: float
    nu: float
    lignes: int
    etat: str
    problemes: int


def sample(au: dt.date, lignes: int, lieux: pl.DataFrame | None, fautives: int) -> bytes:
    """Return a CSV of invented offers of one landlord in his territory, of which some break a rule."""
    from palier.formats.ecriture import to_text_cells
    from palier.web.exploitation.peuplement import territory_offers

    frame = territory_offers(au, lignes, lieux).head(lignes)
    numbered = [f"BANC-{i}" for i in range(frame.height)]
    frame = frame.with_columns(
        bailleur=pl.lit(BAILLEUR), reference_bailleur=pl.Series(numbered), adresse=pl.Series(numbered)
    )
    if fautives:
        bad = pl.int_range(pl.len()) % (frame.height // fautives) == 0
        frame = frame.with_columns(surface_m2=pl.when(bad).then(0).otherwise(pl.col("surface_m2")))
    return to_text_cells(frame).write_csv().encode()


def measure(lignes: int = 10_000, fautives: int = 0) -> Import:
    """Import a file in a transaction that is undone at the end."""
    from django.db import connection, transaction

    from palier.web.apps.offres.operations import lots
    from palier.web.apps.offres.queries.contexte import contexte_du, parametres
    from palier.web.apps.organismes.models import Organisme
    from palier.web.apps.organismes.operations import creer_organisme
    from palier.web.exploitation.peuplement import town_halls
    from palier.web.horloge import aujourdhui, maintenant

    today = aujourdhui()
    content = sample(today, lignes, town_halls(), fautives)
    with transaction.atomic():
        owner = Organisme.objects.filter(siren=BAILLEUR).first() or creer_organisme(
            acteur="systeme", siren=BAILLEUR, nom="Banc", genre="bailleur", courriel="banc@bailleur.example"
        )
        common: dict[str, Any] = {"acteur": "banc", "maintenant": maintenant()}
        start, used = time.perf_counter(), time.process_time()
        lot = lots.recevoir(organisme=owner, contenu=content, nom="banc.csv", source="page", **common)
        lot = lots.traiter(lot=lot, contexte=contexte_du(today, BAILLEUR), parametres=parametres(), **common)
        wall, processor = time.perf_counter() - start, time.process_time() - used
        start = time.perf_counter()
        _bare(connection, content)
        bare = time.perf_counter() - start
        transaction.set_rollback(True)
    return Import(wall, processor, bare, lignes, str(lot.etat), len(lot.rapport.get("problemes", ())))


def _bare(connection: Any, content: bytes) -> None:
    """Copy the cells as texts into a table of their own: no rule, no report, no index."""
    rows = csv.reader(io.StringIO(content.decode()))
    names = next(rows)
    columns = ", ".join(f"c{i} text" for i in range(len(names)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE banc ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY banc FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
