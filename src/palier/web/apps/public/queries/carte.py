"""Offers on a map: groups by squares in one statement, and the outlines below them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.cache import caches
from django.db import connection

from palier.web.apps.offres.queries.conditions import conditions, where
from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.queries.lieux import Lieu
from palier.web.apps.public.rules import cadre
from palier.web.apps.public.rules.cadre import Boite, Point
from palier.web.apps.territoires.queries import Trace, digest_of, traces

_SECONDS = 60
_MOST_DEPARTMENTS = 6
_CELLS = """
SELECT count(*), avg(o.longitude), avg(o.latitude), min(o.longitude), min(o.latitude),
  max(o.longitude), max(o.latitude), min(o.commune_code), max(o.commune_code), min(o.id::text)
FROM offres_offre o WHERE {where}
GROUP BY floor((o.longitude - %s) / %s), floor((o.latitude - %s) / %s)
ORDER BY 1 DESC, 10 LIMIT %s
"""
_INSIDE = "point(o.longitude, o.latitude) <@ box(point(%s, %s), point(%s, %s))"


@dataclass(frozen=True, slots=True)
class Groupe:
    """Offers of one square.

    Parameters
    ----------
    nombre : int
        Offers.
    point : Point
        Their middle.
    boite : Boite
        Box that holds them.
    commune : str
        Code of their commune; empty when there are several.
    offre : str
        Id of one of them.
    """

    nombre: int
    point: Point
    boite: Boite
    commune: str
    offre: str


def frame_of(filtres: Filtres, lieu: Lieu | None) -> Boite:
    """Return what the map of some filters shows: the box asked for, the place, else where offers are."""
    if filtres.boite:
        return cadre.fit(filtres.boite, marge=0.0)
    if filtres.centre:
        return cadre.fit(cadre.around(*filtres.centre, filtres.rayon_km))
    if lieu and lieu.boite:
        return cadre.fit(lieu.boite)
    if lieu and lieu.point:
        return cadre.fit(cadre.around(*lieu.point, 5))
    return cadre.fit(_extent(filtres))


def _extent(filtres: Filtres) -> Boite:
    """Return the box of the live offers in metropolitan France; kept a minute."""
    name = f"etendue:{filtres.query()}"[:240]
    known: Boite | None = caches["memoire"].get(name)
    if known is not None:
        return known
    west, south, east, north = cadre.FRANCE
    found = [*conditions(filtres), (_INSIDE, (east, north, west, south))]
    sql, values = where(found)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(o.longitude), min(o.latitude), max(o.longitude), max(o.latitude)"
            f" FROM offres_offre o WHERE {sql}",
            values,
        )
        row = cursor.fetchone()
    box: Boite = cadre.FRANCE if row[0] is None else (row[0], row[1], row[2], row[3])
    caches["memoire"].set(name, box, _SECONDS)
    return box


def groups(filtres: Filtres, boite: Boite, carreau: Point, limite: int) -> list[Groupe]:
    """Return the offers of a frame, grouped by squares, the largest groups first.

    Parameters
    ----------
    filtres : Filtres
        What the reader asks for.
    boite : Boite
        The frame.
    carreau : Point
        Width and height of a square [degrees].
    limite : int
        Most groups returned.
    """
    name = f"carte:{carreau[0]:.6f}:{','.join(f'{v:.4f}' for v in boite)}:{filtres.query()}"
    memory = caches["memoire"]
    wide = cadre.is_wide(boite) and len(name) < 240
    if wide and (known := memory.get(name)) is not None:
        return list(known)
    rows = _rows(filtres, boite, carreau, limite)
    if wide:
        memory.set(name, rows, _SECONDS)
    return rows


def _rows(filtres: Filtres, boite: Boite, carreau: Point, limite: int) -> list[Groupe]:
    west, south, east, north = boite
    inside = (_INSIDE, (east, north, west, south))
    sql, values = where([*conditions(filtres), inside])
    with connection.cursor() as cursor:
        cursor.execute(_CELLS.format(where=sql), [*values, west, carreau[0], south, carreau[1], limite])
        return [
            Groupe(
                row[0],
                (row[1], row[2]),
                (row[3], row[4], row[5], row[6]),
                row[7] if row[7] == row[8] else "",
                row[9],
            )
            for row in cursor.fetchall()
        ]


def cards(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return the cards of some offers by id."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, carte::text FROM offres_offre WHERE id = ANY(%s::uuid[])", [ids])
        return {identifiant: json.loads(card) for identifiant, card in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Fond:
    """Outlines below the offers, and the file that holds them for the interactive map."""

    traces: tuple[Trace, ...]
    fichier: str


def ground(boite: Boite, unites: float) -> Fond:
    """Return the outlines that meet a frame, thinned to what a drawing of some units shows."""
    digest = digest_of("departements")
    return _ground(boite, unites, digest) if digest else Fond((), "")


@lru_cache(maxsize=16)
def _ground(boite: Boite, unites: float, digest: str) -> Fond:
    step = (boite[2] - boite[0]) / unites
    near = _met("departements", digest, boite)
    if cadre.is_wide(boite) or not 0 < len(near) <= _MOST_DEPARTMENTS:
        return Fond(tuple(_thinned(trace, step) for trace in near), _file("departements"))
    by_file = {d.code: _met(d.code, digest_of(d.code) or "", boite) for d in near}
    communes = sorted((c for found in by_file.values() for c in found), key=lambda c: -(c.population or 0))
    fullest = max(by_file, key=lambda code: len(by_file[code]))
    return Fond(tuple(_thinned(c, step) for c in communes), _file(fullest))


def _met(nom: str, digest: str, boite: Boite) -> list[Trace]:
    """Return the outlines of a file that meet a frame."""
    boxes = _boxes(nom, digest)
    return [t for t, box in zip(traces(nom), boxes, strict=True) if box and cadre.meets(box, boite)]


@lru_cache(maxsize=16)
def _boxes(nom: str, digest: str) -> list[Boite | None]:
    del digest
    return [cadre.box_of([point for ring in trace.anneaux for point in ring]) for trace in traces(nom)]


def _thinned(trace: Trace, step: float) -> Trace:
    rings = (cadre.thin(ring, step) for ring in trace.anneaux)
    return replace(trace, anneaux=tuple(ring for ring in rings if ring))


def _file(nom: str) -> str:
    digest = digest_of(nom)
    return f"/carte/contours/{nom}.geojson?v={digest[:12]}" if digest else ""
