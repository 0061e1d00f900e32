"""Communes and their EPCI at a date, and as the rules of offers look them up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from palier.web.apps.territoires.models import Commune, Epci, Millesime
from palier.web.apps.territoires.rules import Boite, CommuneConnue, libelle

VIVANTES = ("actuelle", "arrondissement")


@dataclass(frozen=True, slots=True)
class CommuneAt:
    """A commune, or a municipal arrondissement, at a date.

    Parameters
    ----------
    departement, region : str
        Codes.
    epci, ept : str
        SIREN of the EPCI with own taxes and, in the Métropole du Grand Paris,
        of the EPT; empty where there is none.
    parent : str
        Commune of an arrondissement, else empty.
    longitude, latitude : float, optional
        Town hall [degrees].
    boite : Boite, optional
        None without outlines.
    """

    code: str
    nom: str
    type: str
    departement: str
    region: str
    epci: str
    ept: str
    parent: str
    codes_postaux: tuple[str, ...]
    population: int | None
    longitude: float | None
    latitude: float | None
    boite: Boite | None


# Dates before the first edition are answered by it: nothing older was loaded.
_AT = """
WITH jour AS (SELECT greatest(%(au)s::date, (SELECT min(du) FROM territoires_millesime)) AS j)
SELECT DISTINCT ON (c.code) c.code, c.nom, c.type, c.departement, c.region,
  coalesce((SELECT m.epci FROM territoires_membre m JOIN territoires_epci e ON e.code = m.epci
    WHERE m.commune = coalesce(nullif(c.parent, ''), c.code) AND e.type <> 'EPT'
      AND m.du <= jour.j AND (m.au IS NULL OR m.au >= jour.j) LIMIT 1), ''),
  coalesce((SELECT m.epci FROM territoires_membre m JOIN territoires_epci e ON e.code = m.epci
    WHERE m.commune = coalesce(nullif(c.parent, ''), c.code) AND e.type = 'EPT'
      AND m.du <= jour.j AND (m.au IS NULL OR m.au >= jour.j) LIMIT 1), ''),
  c.parent, c.codes_postaux, c.population, c.lon, c.lat, c.ouest, c.sud, c.est, c.nord
FROM territoires_commune c, jour
WHERE c.code = ANY(%(codes)s) AND c.type IN ('actuelle', 'arrondissement')
  AND c.du <= jour.j AND (c.au IS NULL OR c.au >= jour.j)
ORDER BY c.code, c.du DESC
"""


def communes_at(codes: Iterable[str], au: dt.date) -> dict[str, CommuneAt]:
    """Return the communes that have these codes at a date; unknown and ended codes are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_AT, {"codes": list(codes), "au": au})
        rows = cursor.fetchall()
    return {row[0]: _at(row) for row in rows}


def _at(row: tuple[Any, ...]) -> CommuneAt:
    code, nom, kind, departement, region, epci, ept, parent, postaux, population, lon, lat, *edges = row
    boite = None if edges[0] is None else Boite(*edges)
    return CommuneAt(
        code, nom, kind, departement, region, epci, ept, parent, tuple(postaux), population, lon, lat, boite
    )


def commune_at(code: str, au: dt.date) -> CommuneAt | None:
    """Return the commune, or the municipal arrondissement, that has a code at a date."""
    return communes_at([code], au).get(code)


def epci_at(commune: str, au: dt.date) -> str:
    """Return the SIREN of the EPCI of a commune at a date; empty if it has none or is unknown."""
    found = commune_at(commune, au)
    return found.epci if found else ""


def epci_named(siren: str) -> str:
    """Return the latest name of an EPCI; empty if it is unknown."""
    return Epci.objects.filter(code=siren).order_by("-du").values_list("nom", flat=True).first() or ""


def communes_of(epci: str, au: dt.date) -> list[str]:
    """Return the codes of the communes of an EPCI at a date, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commune FROM territoires_membre WHERE epci = %(epci)s"
            " AND (au IS NULL OR au >= %(au)s)"
            " AND du <= greatest(%(au)s::date, (SELECT min(du) FROM territoires_millesime)) ORDER BY commune",
            {"epci": epci, "au": au},
        )
        return [row[0] for row in cursor.fetchall()]


class Lieux:
    """Communes as the rules of offers look them up; each code is read once.

    It satisfies ``palier.web.apps.offres.rules.Lieux``. Codes that ended are
    answered too, with their last day and what to write instead.
    """

    def __init__(self) -> None:
        self._communes: dict[str, CommuneConnue | None] = {}
        self._postaux: dict[str, list[str]] = {}
        self._premier = Millesime.objects.order_by("du").values_list("du", flat=True).first()

    def load(self, codes: Iterable[str]) -> None:
        """Read many codes at once."""
        wanted = sorted({code for code in codes if len(code) == 5} - self._communes.keys())
        rows = list(Commune.objects.filter(code__in=wanted).order_by("code", "du"))
        parents = {row.parent for row in rows if row.parent}
        noms = dict(
            Commune.objects.filter(code__in=parents, type="actuelle", au__isnull=True).values_list(
                "code", "nom"
            )
        )
        by_code: dict[str, list[Commune]] = {code: [] for code in wanted}
        for row in rows:
            by_code[row.code].append(row)
        self._communes |= {code: self._known(found, noms) for code, found in by_code.items()}

    def commune(self, code: str) -> CommuneConnue | None:
        """Return the commune that has, or had, this code; None if there never was one."""
        if code not in self._communes:
            self.load([code])
        return self._communes.get(code)

    def communes_du_code_postal(self, code_postal: str) -> list[str]:
        """Return ``67482 Strasbourg`` and the like."""
        if code_postal not in self._postaux:
            self._postaux[code_postal] = communes_of_postal(code_postal)
        return self._postaux[code_postal]

    def _known(self, rows: list[Commune], noms: dict[str, str]) -> CommuneConnue | None:
        """Make one answer of the rows of a code: the living one, else how it ended."""
        if not rows:
            return None
        alive = [row for row in rows if row.type in VIVANTES]
        others = [row for row in rows if row.type not in VIVANTES]
        row = (alive or others)[-1]
        fin = row.au if alive else row.du - dt.timedelta(days=1)
        heir = next((o for o in reversed(others) if o.type == "ancienne"), others[-1] if others else None)
        named = next((o.nom for o in rows if o.type != "ancienne"), "")
        instead = libelle(heir.parent, noms.get(heir.parent, "")) if fin and heir else None
        return CommuneConnue(
            code=row.code,
            nom=row.nom if alive else named,
            codes_postaux=frozenset(row.codes_postaux),
            boite=_boite(row),
            debut=row.du if alive and row.du != self._premier else None,
            fin=fin,
            remplacee_par=instead,
        )


def _boite(row: Commune) -> Boite | None:
    if row.ouest is None or row.sud is None or row.est is None or row.nord is None:
        return None
    return Boite(row.ouest, row.sud, row.est, row.nord)


def communes_of_postal(code_postal: str) -> list[str]:
    """Return code and name of the communes that a postal code serves, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.code, l.nom FROM territoires_entree e JOIN territoires_lieu l ON l.id = e.lieu_id"
            " WHERE e.texte = %s AND %s = ANY(l.codes_postaux) ORDER BY e.poids DESC, l.code LIMIT 60",
            [code_postal, code_postal],
        )
        return [libelle(code, nom) for code, nom in cursor.fetchall()]
