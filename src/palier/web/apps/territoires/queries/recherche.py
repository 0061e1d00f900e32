"""Places by what a person types: names, postal codes, INSEE codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from palier.web.apps.territoires.rules import read_question

MAX_LIEUX = 20


@dataclass(frozen=True, slots=True)
class LieuTrouve:
    """A place found: as the API answers it, for pages."""

    genre: str
    code: str
    nom: str
    departement: str | None
    codes_postaux: tuple[str, ...]
    population: int | None
    point: tuple[float, float] | None
    boite: tuple[float, float, float, float] | None
    commune: str | None = None
    via: str | None = None


_NOM_ENTIER = 300_000_000  # weights of names and codes, not of inner words: see rules.recherche.poids
_ORDRES = (1, 2, 3)  # lengths of beginnings that have an index in the order of weights
# `~>=~` and `~<~` compare bytes: the index serves whatever the collation, even for a bound parameter.
# Degrees are made from millionths by division in double precision: 7688149 gives 7.688149.
_LIEU = """json_build_object('genre', l.genre, 'code', l.code, 'nom', l.nom,
  'departement', nullif(l.departement, ''), 'codes_postaux', l.codes_postaux, 'population', l.population,
  'point', CASE WHEN l.lon IS NOT NULL THEN json_build_array(l.lon, l.lat) END,
  'boite', CASE WHEN l.ouest IS NOT NULL THEN json_build_array(
    l.ouest / 1e6::float8, l.sud / 1e6::float8, l.est / 1e6::float8, l.nord / 1e6::float8) END,
  'commune', nullif(l.commune, ''), 'via', nullif({via}, ''))"""
_TROUVE = """
SELECT coalesce(json_agg({lieu} ORDER BY r.exact DESC, r.poids DESC, l.id), '[]')::text
FROM (
  SELECT * FROM (
    SELECT DISTINCT ON (t.lieu_id) t.* FROM (
      (SELECT e.lieu_id, true AS exact, e.poids, e.via FROM territoires_entree e{jointure}
       WHERE e.texte = %(q)s AND e.poids >= %(entier)s{filtre} ORDER BY e.poids DESC LIMIT %(limite)s)
      UNION ALL
      (SELECT e.lieu_id, false, e.poids, e.via FROM territoires_entree e{jointure}
       WHERE {debut}{filtre} ORDER BY e.poids DESC LIMIT %(large)s)
    ) t ORDER BY t.lieu_id, t.exact DESC, t.poids DESC
  ) u ORDER BY u.exact DESC, u.poids DESC, u.lieu_id LIMIT %(limite)s
) r JOIN territoires_lieu l ON l.id = r.lieu_id
"""


def _statement(debut: str, jointure: str = "", filtre: str = "") -> str:
    return _TROUVE.format(lieu=_LIEU.format(via="r.via"), debut=debut, jointure=jointure, filtre=filtre)


_ETENDUE = "e.texte ~>=~ %(q)s AND e.texte ~<~ %(fin)s"
_SIMPLE = _statement(_ETENDUE)
_COURTE = {n: _statement(f"left(e.texte, {n}) = %(q)s") for n in _ORDRES}
_FILTRE = _statement(
    _ETENDUE,
    " JOIN territoires_lieu f ON f.id = e.lieu_id",
    " AND (upper(%(code)s) IN (f.departement, f.code) OR %(code)s = ANY(f.codes_postaux))",
)
_NOMME = f"SELECT {_LIEU.format(via='NULL')}::text FROM territoires_lieu l WHERE l.genre = %s AND l.code = %s"


def search_lieux(saisie: str, limite: int = 10) -> str:
    """Return the places that match what a person typed, as the JSON text of a list.

    Parameters
    ----------
    saisie : str
        Name, postal code or INSEE code, with or without accents; a code may stand beside a name.
    limite : int
        1 to 20.
    """
    question = read_question(saisie)
    if not question.code:
        return _search(question.texte, "", limite)
    tries = ((question.texte, question.code), (question.code, ""), (question.texte, ""))
    return next((found for texte, code in tries if (found := _search(texte, code, limite)) != "[]"), "[]")


def _search(texte: str, code: str, limite: int) -> str:
    if not texte:
        return "[]"
    statement = _FILTRE if code else _COURTE.get(len(texte), _SIMPLE)
    bounded = max(1, min(limite, MAX_LIEUX))
    values: dict[str, str | int] = {
        "q": texte,
        "fin": texte + "~",
        "code": code,
        "entier": _NOM_ENTIER,
        "large": 4 * bounded,
        "limite": bounded,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return str(cursor.fetchone()[0])


def find_lieux(saisie: str, limite: int = 10) -> list[LieuTrouve]:
    """Return the places that match what a person typed, the likeliest first."""
    return [_lieu(row) for row in json.loads(search_lieux(saisie, limite))]


def lieu_named(genre: str, code: str) -> LieuTrouve | None:
    """Return a place by its kind and code."""
    with connection.cursor() as cursor:
        cursor.execute(_NOMME, [genre, code])
        row = cursor.fetchone()
    return _lieu(json.loads(row[0])) if row else None


def _lieu(row: dict[str, Any]) -> LieuTrouve:
    listed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return LieuTrouve(**listed)
