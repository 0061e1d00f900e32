"""Search: one page of cards by key, a count, what each filter removed."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import connection

from palier.web.apps.offres.queries.conditions import DISTANCE, conditions, where
from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.postgres.lecture import fetch_row, fetch_rows

PAR_PAGE = 20
_KEYS = {
    "recentes": ("o.publiee_le", "DESC", "timestamptz"),
    "loyer": ("coalesce(o.loyer_cc_cent, o.prix_cent)", "ASC", "bigint"),
    "surface": ("o.surface_m2", "DESC", "bigint"),
    "distance": (DISTANCE, "ASC", "double precision"),
}
_CARD = (
    "o.carte || jsonb_build_object('id', o.id, 'statut', o.statut, 'publiee_le', o.publiee_le,"
    " 'confirmee_le', o.confirmee_le)"
)
_SECONDS = 60
_LOCAL = frozenset({"communes", "departement", "epci", "centre", "boite"})


@dataclass(frozen=True)
class Page:
    """A page of offers as JSON text made by the database, and the key of the next one."""

    json: str
    suivante: str

    @property
    def offres(self) -> list[dict[str, Any]]:
        """The cards, as plain data."""
        found: list[dict[str, Any]] = json.loads(self.json)
        return found


def search(filtres: Filtres, apres: str = "", limite: int = PAR_PAGE) -> Page:
    """Return a page of live offers.

    Parameters
    ----------
    filtres : Filtres
        What the reader asks for, and the order.
    apres : str
        Key given by the page before; an unreadable one starts again.
    limite : int
        Number of offers, 1 to 100.
    """
    return _page(fetch_row(*_page_query(filtres, apres, limite)), limite)


def search_and_count(filtres: Filtres, apres: str = "", limite: int = PAR_PAGE) -> tuple[Page, int]:
    """Return a page of live offers and the number of all that match, in one statement where it is quick."""
    if _is_wide(filtres):
        return search(filtres, apres, limite), count(filtres)
    text, values = _page_query(filtres, apres, limite)
    whole, whole_values = _count_query(filtres)
    row = fetch_row(f"SELECT p.*, ({whole}) FROM ({text}) AS p", [*whole_values, *values])
    return _page(row[:-1], limite), int(row[-1])


def _page_query(filtres: Filtres, apres: str, limite: int) -> tuple[str, list[Any]]:
    """Return the statement of a page: cards, their number, sort key and id of the last one."""
    tri = "recentes" if filtres.tri == "distance" and filtres.centre is None else filtres.tri
    key, way, kind = _KEYS[tri]
    centre = filtres.centre or (0.0, 0.0)
    key_values = [centre[1], centre[1], centre[0]] if tri == "distance" else []
    sql, values = where(conditions(filtres))
    sql += f" AND {key} IS NOT NULL" if tri not in {"recentes", "distance"} else ""
    if (last := _decode(apres)) is not None:
        sign = "<" if way == "DESC" else ">"
        sql += f" AND ({key}, o.id) {sign} (%s::{kind}, %s::uuid)"
        values += [*key_values, *last]
    # The cards are made for the rows of the page only, once they are known.
    inner = (
        f"SELECT o.id, {key} AS cle FROM offres_offre o WHERE {sql} ORDER BY {key} {way}, o.id {way}"
        f" LIMIT {limite:d}"
    )
    order = [*key_values] if tri == "distance" else []
    outer = (
        f"SELECT coalesce(json_agg({_CARD} ORDER BY p.cle {way}, p.id {way}), '[]')::text AS cartes,"
        f" count(*) AS nombre, (array_agg(p.cle::text ORDER BY p.cle {way}, p.id {way}))[{limite:d}] AS cle,"
        f" (array_agg(p.id::text ORDER BY p.cle {way}, p.id {way}))[{limite:d}] AS dernier"
        f" FROM ({inner}) AS p JOIN offres_offre o ON o.id = p.id"
    )
    return outer, [*key_values, *values, *order]


def _page(row: Sequence[Any], limite: int) -> Page:
    text, found, last_key, last_id = row
    return Page(text, _encode(last_key, last_id) if found == limite else "")


def _count_query(filtres: Filtres) -> tuple[str, list[Any]]:
    sql, values = where(conditions(filtres))
    return f"SELECT count(*) FROM offres_offre o WHERE {sql}", values


def _is_wide(filtres: Filtres) -> bool:
    """Tell whether the filters leave the whole country: such counts are kept for a minute."""
    return not set(filtres.active()) & _LOCAL


def count(filtres: Filtres) -> int:
    """Count the live offers; the whole country is counted once a minute."""
    wide = _is_wide(filtres)
    name = f"compte:{filtres.query()}"[:240]
    memory = caches["memoire"]
    if wide and (known := memory.get(name)) is not None:
        return int(known)
    (found,) = fetch_row(*_count_query(filtres))
    if wide:
        memory.set(name, found, _SECONDS)
    return int(found)


def removed_by(filtres: Filtres) -> dict[str, int]:
    """Return, for each active filter, how many offers there would be without it alone."""
    return {name: count(filtres.without(name)) for name in filtres.active()}


def _encode(key: str, identifiant: str) -> str:
    """Return the key of a page, safe in an address."""
    return base64.urlsafe_b64encode(f"{key}|{identifiant}".encode()).decode().rstrip("=")


def _decode(apres: str) -> tuple[str, str] | None:
    """Return sort key and id, None for what is no key of ours."""
    if not apres or len(apres) > 200:
        return None
    try:
        text = base64.urlsafe_b64decode(apres + "=" * (-len(apres) % 4)).decode("ascii")
    except ValueError:
        return None
    key, _, identifiant = text.rpartition("|")
    return (key, identifiant) if _plausible(key, identifiant) else None


def _plausible(key: str, identifiant: str) -> bool:
    """Tell whether the parts of a key have the form that the database reads."""
    try:
        uuid.UUID(identifiant)
        if "-" in key.lstrip("-") and ":" in key:
            dt.datetime.fromisoformat(key)
        else:
            float(key)
    except ValueError:
        return False
    return len(key) < 60


def count_by_size(filtres: Filtres) -> dict[int, int]:
    """Return the number of offers by number of rooms, all other filters kept; 6 is six and more."""
    free = filtres.without("pieces")
    wide = _is_wide(free)
    name = f"tailles:{free.query()}"[:240]
    memory = caches["memoire"]
    if wide and (known := memory.get(name)) is not None:
        return dict(known)
    sql, values = where(conditions(free))
    text = f"SELECT o.pieces, count(*) FROM offres_offre o WHERE {sql} AND o.pieces IS NOT NULL GROUP BY 1"
    found = {int(pieces): int(n) for pieces, n in fetch_rows(text, values)}
    if wide:
        memory.set(name, found, _SECONDS)
    return found


@dataclass(frozen=True)
class Nouvelles:
    """What is new for an alert, seen at one instant: a count, the newest cards, what was seen lately."""

    nombre: int
    cartes: list[dict[str, Any]]
    recentes: list[str]


def news(
    filtres: Filtres,
    depuis: dt.datetime,
    jusqu_a: dt.datetime,
    limite: int,
    *,
    sauf: Sequence[str] = (),
    recentes_depuis: dt.datetime,
) -> Nouvelles:
    """Return what came on line between two instants, in one statement: a lot written meanwhile is in no part.

    Parameters
    ----------
    depuis, jusqu_a : datetime
        Aware; the first is excluded, the second included.
    limite : int
        Number of cards.
    sauf : sequence of str
        Identifiers of offers already told.
    recentes_depuis : datetime
        Offers on line since then are listed in ``recentes``, told or not.
    """
    window = ("o.publiee_le > %s AND o.publiee_le <= %s", (min(depuis, recentes_depuis), jusqu_a))
    sql, values = where([*conditions(filtres), window])
    query = (
        f"WITH vues AS (SELECT o.id, o.publiee_le, o.publiee_le > %s AND o.id <> ALL(%s::uuid[]) AS neuve"
        f" FROM offres_offre o WHERE {sql}),"
        " premieres AS (SELECT id, publiee_le FROM vues WHERE neuve"
        " ORDER BY publiee_le DESC, id DESC LIMIT %s)"
        " SELECT (SELECT count(*) FROM vues WHERE neuve),"
        f" (SELECT coalesce(json_agg({_CARD} ORDER BY o.publiee_le DESC, o.id DESC), '[]')::text"
        " FROM premieres p JOIN offres_offre o ON o.id = p.id),"
        " (SELECT coalesce(json_agg(id), '[]')::text FROM vues WHERE publiee_le > %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [depuis, list(sauf), *values, limite, recentes_depuis])
        count, cards, recent = cursor.fetchone()
    return Nouvelles(int(count), json.loads(cards), json.loads(recent))
