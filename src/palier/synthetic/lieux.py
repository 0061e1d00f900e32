"""Places: the communes of the territory, and the territories of France."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from math import isqrt
from typing import cast

import numpy as np
import polars as pl

from palier.base.yamlstrict import Liste, Table
from palier.synthetic.marges import load_table
from palier.synthetic.tirage import Tableau, Urne
from palier.tables import colonne

ILE_DE_FRANCE = frozenset({"75", "77", "78", "91", "92", "93", "94", "95"})
PART_IDF = Fraction(34, 100)
PART_PARC_IDF = Fraction(25, 100)
ZONES = colonne("zone").codes


@dataclass(frozen=True)
class Zone:
    """A territory that scores: its code, its department and its communes with their weights."""

    code: str
    nom: str
    departement: str
    prefixe: str
    communes: tuple[str, ...]
    populations: tuple[int, ...]
    poids: Fraction
    poids_parc: Fraction


@dataclass(frozen=True)
class Lieux:
    """Zones and communes as arrays; a commune is an index in ``codes``.

    Parameters
    ----------
    zones : tuple of Zone
        Where requests are filed.
    ailleurs : tuple of str
        Communes outside the zones, where some people live or work.
    paris_limitrophes : frozenset of str
        Communes of the first zone of income ceilings.
    """

    zones: tuple[Zone, ...]
    ailleurs: tuple[str, ...]
    paris_limitrophes: frozenset[str]

    @cached_property
    def codes(self) -> list[str]:
        """Codes of all communes."""
        return [c for zone in self.zones for c in zone.communes] + list(self.ailleurs)

    @cached_property
    def series(self) -> pl.Series:
        """Codes as a series, to be gathered."""
        return pl.Series(self.codes, dtype=pl.String)

    @cached_property
    def debut(self) -> Tableau:
        """Index of the first commune of each zone, then the end."""
        return np.cumsum([0, *(len(zone.communes) for zone in self.zones)]).astype(np.int32)

    @cached_property
    def zone_de(self) -> Tableau:
        """Zone of each commune, -1 elsewhere."""
        tailles = [len(zone.communes) for zone in self.zones]
        dedans = np.repeat(np.arange(len(self.zones), dtype=np.int32), tailles)
        return np.concatenate([dedans, np.full(len(self.ailleurs), -1, dtype=np.int32)])

    @cached_property
    def plafond(self) -> Tableau:
        """Zone of the income ceilings of each commune."""
        return np.asarray([self._plafond(code) for code in self.codes], dtype=np.uint8)

    @cached_property
    def outre_mer(self) -> Tableau:
        """Communes overseas, whose ceilings are other texts: their zone is unknown."""
        return np.asarray([code.startswith(("97", "98")) for code in self.codes], dtype=np.bool_)

    def _plafond(self, code: str) -> int:
        if code in self.paris_limitrophes:
            return ZONES.index("paris_limitrophes")
        return ZONES.index("idf" if code[:2] in ILE_DE_FRANCE else "autres")

    @cached_property
    def prefixes(self) -> Tableau:
        """First three digits of the unique number of each zone."""
        return np.asarray([int(zone.prefixe) for zone in self.zones], dtype=np.int64)

    @cached_property
    def tirage_zone(self) -> Urne:
        """Zone of a request."""
        return Urne([[zone.poids for zone in self.zones]])

    @cached_property
    def tirage_zone_parc(self) -> Urne:
        """Zone of a home."""
        return Urne([[zone.poids_parc for zone in self.zones]])

    @cached_property
    def tirage_commune(self) -> Urne:
        """Commune inside a zone, by population."""
        return Urne([[Fraction(p) for p in zone.populations] for zone in self.zones])

    @cached_property
    def tirage_autre(self) -> Urne:
        """Further communes asked for: by the root of the population, flatter."""
        return Urne([[Fraction(isqrt(p * 100)) for p in zone.populations] for zone in self.zones])

    @cached_property
    def voisine(self) -> Tableau:
        """For each zone, the next one of its department (itself if alone)."""
        par_departement: dict[str, list[int]] = {}
        for i, zone in enumerate(self.zones):
            par_departement.setdefault(zone.departement, []).append(i)
        suite = np.arange(len(self.zones), dtype=np.int32)
        for places in par_departement.values():
            for place, suivante in zip(places, [*places[1:], places[0]], strict=True):
                suite[place] = suivante
        return suite


def _table(noeud: object) -> Table:
    return cast(Table, noeud)


@cache
def load_territoire() -> Table:
    """Read the territory: communes, districts, landlords."""
    return load_table("territoire")


@cache
def lieux_territoire() -> Lieux:
    """Return the Eurométropole de Strasbourg as one zone."""
    raw = load_territoire()
    communes = {code: _table(noeud) for code, noeud in _table(raw["communes"]).items()}
    zone = Zone(
        code=str(raw["siren"]),
        nom=str(raw["nom"]),
        departement=str(raw["departement"]),
        prefixe=str(raw["territoire"]),
        communes=tuple(communes),
        populations=tuple(int(str(c["population"])) for c in communes.values()),
        poids=Fraction(1),
        poids_parc=Fraction(1),
    )
    return Lieux((zone,), tuple(_table(raw["communes_voisines"])), frozenset())


@cache
def lieux_national() -> Lieux:
    """Return the territories of France, weighted by the population of their department."""
    raw = load_table("national")
    departements = {code: _table(noeud) for code, noeud in _table(raw["departements"]).items()}
    territoires = {code: _table(noeud) for code, noeud in _table(raw["territoires"]).items()}
    populations = {code: int(str(d["population"])) for code, d in departements.items()}
    couvert: dict[str, int] = {}
    for t in territoires.values():
        couvert[str(t["departement"])] = couvert.get(str(t["departement"]), 0) + int(str(t["population"]))
    idf = sum(p for code, p in populations.items() if code in ILE_DE_FRANCE)
    autres = sum(populations.values()) - idf
    zones = []
    for code, t in territoires.items():
        departement = str(t["departement"])
        dedans = departement in ILE_DE_FRANCE
        part = Fraction(int(str(t["population"])), couvert[departement]) * populations[departement]
        communes = _table(t["communes"])
        zones.append(
            Zone(
                code=code,
                nom=str(t["nom"]),
                departement=departement,
                prefixe=str(departements[departement]["territoire"]),
                communes=tuple(communes),
                populations=tuple(int(str(p)) for p in communes.values()),
                poids=part * (PART_IDF / idf if dedans else (1 - PART_IDF) / autres),
                poids_parc=part * (PART_PARC_IDF / idf if dedans else (1 - PART_PARC_IDF) / autres),
            )
        )
    limitrophes = cast(Liste, raw["paris_limitrophes"])
    return Lieux(tuple(zones), (), frozenset(str(code) for code in limitrophes))
