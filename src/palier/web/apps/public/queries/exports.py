"""Offers by the thousand, for programs: one state, then batches by key."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.conf import settings
from django.db import connection

from palier.web.apps.offres.queries.conditions import conditions, where
from palier.web.apps.offres.queries.contexte import parametres
from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.rules.table_ouverte import PRIVES, frame_of

LOT = 1_000
BORNE = 10_000  # offers of an export on demand; more stand in the files of the day
_ORDER = "ORDER BY o.publiee_le DESC, o.id DESC LIMIT %s"
_AFTER = "(o.publiee_le, o.id) < (%s, %s::uuid)"
_ROW = """
o.saisie - %s::text[] || jsonb_build_object(
  'statut_offre', o.statut, 'bailleur', r.siren,
  'publiee_date', (o.publiee_le AT TIME ZONE 'Europe/Paris')::date,
  'confirmee_date', (o.confirmee_le AT TIME ZONE 'Europe/Paris')::date,
  'identifiant', o.id, 'adresse_web', %s || o.id, 'commune_nom', o.carte ->> 'commune',
  'departement_code', o.departement, 'epci_siren', nullif(o.epci, ''), 'bailleur_nom', r.nom)
"""
_TABLE = f"""
SELECT o.publiee_le, o.id::text, ({_ROW})::text FROM offres_offre o
JOIN organismes_organisme r ON r.id = o.organisme_id WHERE {{where}} {_ORDER}
"""
_FEATURE = """
json_build_object('type', 'Feature', 'id', o.id,
  'geometry', CASE WHEN o.longitude IS NULL THEN NULL
    ELSE json_build_object('type', 'Point', 'coordinates', json_build_array(o.longitude, o.latitude)) END,
  'properties', o.carte - ARRAY['longitude', 'latitude'] || jsonb_build_object(
    'adresse_web', %s || o.id, 'statut', o.statut,
    'publiee_le', o.publiee_le, 'confirmee_le', o.confirmee_le))
"""
_FEATURES = (
    f"SELECT o.publiee_le, o.id::text, ({_FEATURE})::text FROM offres_offre o WHERE {{where}} {_ORDER}"
)
_CARDS = f"""
SELECT o.publiee_le, o.id::text, (o.carte || jsonb_build_object('id', o.id, 'publiee_le', o.publiee_le))::text
FROM offres_offre o WHERE {{where}} {_ORDER}
"""


@dataclass(frozen=True, slots=True)
class Etat:
    """What a selection holds now: enough to tell whether it has changed.

    Parameters
    ----------
    nombre, a_confirmer : int
        Offers, and those to be confirmed.
    modifie : datetime, optional
        Last write; None without an offer.
    """

    nombre: int
    a_confirmer: int
    modifie: dt.datetime | None


def state_of(filtres: Filtres) -> Etat:
    """Return the state of a selection."""
    sql, values = where(conditions(filtres))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE o.statut = 'a_confirmer'), max(o.modifiee_le)"
            f" FROM offres_offre o WHERE {sql}",
            values,
        )
        return Etat(*cursor.fetchone())


def _batches(statement: str, head: list[Any], filtres: Filtres, limite: int) -> Iterator[list[str]]:
    """Walk a selection by key, the newest first; each batch is one JSON text per offer."""
    base = conditions(filtres)
    last: tuple[Any, str] | None = None
    left = limite
    while left > 0:
        found = [*base, (_AFTER, last)] if last else base
        sql, values = where(found)
        size = min(LOT, left)
        with connection.cursor() as cursor:
            cursor.execute(statement.format(where=sql), [*head, *values, size])
            rows = cursor.fetchall()
        if rows:
            yield [row[2] for row in rows]
        if len(rows) < size:
            return
        last = (rows[-1][0], rows[-1][1])
        left -= size


def _page() -> str:
    return f"{settings.ADRESSE_PUBLIQUE}/offres/"


def tables(filtres: Filtres, limite: int) -> Iterator[pl.DataFrame]:
    """Return the offers of a selection as tables, batch by batch."""
    days = parametres().retrait_jours
    for lines in _batches(_TABLE, [list(PRIVES), _page()], filtres, limite):
        yield frame_of("\n".join(lines), days)


def empty_table() -> pl.DataFrame:
    """Return a table without a row, with all its columns."""
    return frame_of("", parametres().retrait_jours)


def features(filtres: Filtres, limite: int) -> Iterator[list[str]]:
    """Return the offers of a selection as GeoJSON features, batch by batch."""
    return _batches(_FEATURES, [_page()], filtres, limite)


def cards(filtres: Filtres, limite: int) -> Iterator[dict[str, Any]]:
    """Return the cards of a selection, one by one."""
    for lines in _batches(_CARDS, [], filtres, limite):
        yield from (json.loads(line) for line in lines)
