"""What is told of a half-year of allocations: counts by category, points that won, departures, objectives.

Periods are closed half-years that never overlap, each told once: from two publications of overlapping
periods a single household could be found by subtraction.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from palier.engines.commission import Menage, Suite, count_suites, read_objectifs
from palier.engines.commission.run.objectifs import CONTINGENT, QPV, Objectif
from palier.engines.cotation.statistiques import publish_gagnants
from palier.engines.cotation.statistiques.masquage import TOUS, Motif, counts_of, publishable
from palier.engines.secret import is_publishable
from palier.law import LoiAu
from palier.web.apps.public.rules.dit import tell, tell_beyond, tell_pairs

DELAI_JOURS = 31
_OUI, _NON = "oui", "non"


@dataclass(frozen=True, slots=True)
class BailLu:
    """A lease of the period: its home, what the categories read of its household."""

    bailleur: str
    financement: str
    typologie: str
    commune: str
    secteur: str
    qpv: bool
    contingent: str
    premier_quartile: bool | None
    relogement: bool
    prioritaire: bool
    total: int | None

    @property
    def suite(self) -> Suite:
        """The lease as the objectives count it."""
        quartile = None if self.premier_quartile is None else (1 if self.premier_quartile else 2)
        return Suite(Menage(quartile, self.relogement, self.prioritaire), self.qpv, self.contingent)


@dataclass(frozen=True, slots=True)
class PointDecide:
    """A home that a session decided: codes of its departures, of its exception, of its decisions."""

    seance: Hashable
    ecarts: tuple[str, ...]
    exception: str
    decisions: tuple[str, ...]


def half_year(jour: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the half-year of a day.

    Examples
    --------
    >>> half_year(dt.date(2026, 8, 3))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    """
    if jour.month <= 6:
        return dt.date(jour.year, 1, 1), dt.date(jour.year, 6, 30)
    return dt.date(jour.year, 7, 1), dt.date(jour.year, 12, 31)


def closed_periods(premier: dt.date, au: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the half-years from a first day on that ended long enough ago to be complete."""
    first, last = half_year(premier)
    while last + dt.timedelta(days=DELAI_JOURS) <= au:
        yield first, last
        first, last = half_year(last + dt.timedelta(days=1))


def report(
    baux: Sequence[BailLu],
    points: Sequence[PointDecide],
    canaux: Sequence[tuple[str, str]],
    extraits: Mapping[Hashable, Mapping[str, Any]],
    loi: LoiAu,
) -> dict[str, Any]:
    """Return the content of a half-year.

    Parameters
    ----------
    baux, points : sequences
        Leases signed, homes decided.
    canaux : sequence of tuple
        Who proposed each file that was decided, and how it ended.
    extraits : mapping
        Extracts of the sessions that lie wholly in the territory, by session.
    """
    objectifs = tell_objectifs(baux, loi)
    return {
        "categories": {
            "financement": tell(bail.financement for bail in baux),
            "typologie": tell(bail.typologie for bail in baux),
            "commune": tell(bail.commune for bail in baux),
            "priorite": tell(_OUI if bail.prioritaire else _NON for bail in baux),
            "quartile": _quartiles(baux, objectifs),
        },
        "canaux": tell_pairs(canaux),
        "points": [
            {"secteur": g.secteur, "typologie": g.typologie, "n": g.n}
            | {f"q{part}": g.quartiles.get(part) for part in (25, 50, 75)}
            for g in publish_gagnants((b.secteur, b.typologie, b.total) for b in baux if b.total is not None)
        ],
        "ecarts": _beyond([(p.seance, p.ecarts) for p in points], extraits, "ecarts"),
        "exceptions": _beyond([(p.seance, [p.exception][: bool(p.exception)]) for p in points], extraits,
                              "exceptions"),
        "decisions": _beyond([(p.seance, [code]) for p in points for code in p.decisions], extraits,
                             "decisions"),
        "objectifs": objectifs,
    }  # fmt: skip


def _beyond(
    units: Sequence[tuple[Hashable, Sequence[str]]],
    extraits: Mapping[Hashable, Mapping[str, Any]],
    nom: str,
) -> dict[str, Any]:
    return tell_beyond(units, {seance: extrait[nom] for seance, extrait in extraits.items()})


def tell_objectifs(baux: Sequence[BailLu], loi: LoiAu) -> list[dict[str, Any]]:
    """Return where each objective stands, for the territory and for each landlord."""
    whole = read_objectifs(count_suites(bail.suite for bail in baux), loi)
    owners = sorted({bail.bailleur for bail in baux})
    by_owner = {
        owner: read_objectifs(count_suites(b.suite for b in baux if b.bailleur == owner), loi)
        for owner in owners
    }
    rows = []
    for objectif in whole:
        key = (objectif.code, objectif.contingent)
        parts = {
            owner: next((o for o in found if (o.code, o.contingent) == key), None)
            for owner, found in by_owner.items()
        }
        motifs: Counter[Motif] = Counter()
        for owner, part in parts.items():
            if part is not None:
                motifs[frozenset({owner}), frozenset({_OUI})] += part.n
                motifs[frozenset({owner}), frozenset({_NON})] += part.total - part.n
        kept = publishable(+motifs)
        rows.append(_told(TOUS, objectif, kept))
        rows += [_told(owner, part, kept) for owner, part in parts.items() if part is not None]
    return rows


def _told(perimetre: str, objectif: Objectif, kept: frozenset[tuple[str, str]]) -> dict[str, Any]:
    """Return an objective in plain data; without numbers where a group is too small."""
    row = {
        "perimetre": perimetre,
        "code": objectif.code,
        "contingent": objectif.contingent,
        "part": str(objectif.part),
        "etat": "sans_objet",
    }
    if objectif.sans_objet:
        return row
    if not {(perimetre, TOUS), (perimetre, _OUI)} <= kept:
        return row | {"etat": "masque"}
    return row | {
        "etat": "dit", "n": objectif.n, "total": objectif.total, "atteint": objectif.atteint,
        "manque": objectif.manque,
    }  # fmt: skip


def _quartiles(baux: Sequence[BailLu], objectifs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Count the quartiles, unless subtracting an objective from them would give a small group."""
    made = tell(
        None if b.premier_quartile is None else ("q1" if b.premier_quartile else "q234") for b in baux
    )
    told = [o for o in objectifs if o["perimetre"] == TOUS and o["code"] != CONTINGENT and o["etat"] == "dit"]
    motifs: Counter[Motif] = Counter(
        (frozenset({"qpv" if b.qpv else "hors"}), frozenset({_OUI if _counted(b) else _NON})) for b in baux
    )
    counts = counts_of(motifs)
    for objectif in told:
        other = "hors" if objectif["code"] == QPV else "qpv"
        if any(counts[other, code] > 0 and not is_publishable(counts[other, code]) for code in (_OUI, _NON)):
            return {"n": made["n"], "groupes": [], "reste": made["n"] or 0}
    return made


def _counted(bail: BailLu) -> bool:
    """Tell whether a lease is of the first quartile, for what is known."""
    return bool(bail.premier_quartile)
