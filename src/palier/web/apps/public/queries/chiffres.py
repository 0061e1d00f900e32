"""All that is published about the queues of a territory at a date, for the page of figures and its twins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.tables import colonne
from palier.web.apps.public.models import StatistiqueFile
from palier.web.apps.territoires.queries import commune_at, epci_named

TAILLES = tuple(code for code in colonne("typologies").codes if code != "chambre")


@dataclass(frozen=True, slots=True)
class Repere:
    """Of 100 requests, after some months: housed (with 95 % bounds), gone otherwise."""

    mois: int
    loge: int
    bas: int
    haut: int
    parti: int


@dataclass(frozen=True, slots=True)
class Estimee:
    """What those waiting may expect: shares at fixed months, and months by which a share is housed."""

    reperes: tuple[Repere, ...]
    mois: Mapping[str, int | None]
    horizon_mois: int

    def at(self, mois: int) -> Repere | None:
        """Return the shares after some months; None beyond what is observed."""
        return next((repere for repere in self.reperes if repere.mois == mois), None)


@dataclass(frozen=True, slots=True)
class Attente:
    """Waits of a queue [months]; None where too few leases allow none."""

    baux: int | None
    depuis: dt.date | None
    q10: int | None
    q50: int | None
    q90: int | None
    maximum: int
    liberes: int | None
    en_attente_mediane: int | None
    estimee: Estimee | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Requests compared by points alone: counts by class of points, both ends included."""

    systeme: str | None
    classe: str | None
    n: int
    classes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class FilePubliee:
    """What is published of one queue."""

    secteur: str
    typologie: str
    n: int
    pas: int
    segments: tuple[Segment, ...]
    quartiles: Mapping[str, int]
    attente: Attente | None


@dataclass(frozen=True, slots=True)
class Chiffres:
    """All queues of a territory at a date, and the other dates that are kept."""

    territoire: str
    nom: str
    au: dt.date
    publiee_le: dt.datetime
    dates: tuple[dt.date, ...]
    files: Mapping[tuple[str, str], FilePubliee]
    provenance: Mapping[str, Any]

    def file(self, secteur: str = "", typologie: str = "") -> FilePubliee | None:
        """Return a queue; None where it is not told."""
        return self.files.get((secteur, typologie))

    @property
    def secteurs(self) -> tuple[str, ...]:
        """Sectors of which something is told, in order."""
        return tuple(sorted({secteur for secteur, _ in self.files if secteur}))

    @property
    def tailles(self) -> tuple[str, ...]:
        """Sizes to show: all of them, told or not; single rooms only where they are told."""
        rooms = ("chambre",) if ("", "chambre") in self.files else ()
        return (*rooms, *TAILLES)


@dataclass(frozen=True, slots=True)
class Territoire:
    """A territory of which something is published, and the latest date."""

    code: str
    nom: str
    au: dt.date
    publiee_le: dt.datetime


def territories() -> list[Territoire]:
    """Return the territories of which something is published, by name."""
    latest = (
        StatistiqueFile.objects.order_by("territoire", "-au")
        .distinct("territoire")
        .values_list("territoire", "au", "publiee_le")
    )
    found = [Territoire(code, place_name(code, au), au, publiee_le) for code, au, publiee_le in latest]
    return sorted(found, key=lambda territoire: (territoire.nom, territoire.code))


def place_name(code: str, au: dt.date) -> str:
    """Return the name of a territory: an EPCI, or a commune that is one of its own; else its code."""
    if len(code) == 5:
        commune = commune_at(code, au)
        return commune.nom if commune else code
    return epci_named(code) or code


def figures_at(territoire: str, au: dt.date | None = None) -> Chiffres | None:
    """Return what is published of a territory at a date, the latest by default; None if nothing is."""
    rows = StatistiqueFile.objects.filter(territoire=territoire)
    dates = tuple(rows.order_by("-au").values_list("au", flat=True).distinct())
    day = au or (dates[0] if dates else None)
    if day is None or day not in dates:
        return None
    kept = list(rows.filter(au=day))
    return Chiffres(
        territoire=territoire,
        nom=place_name(territoire, day),
        au=day,
        publiee_le=kept[0].publiee_le,
        dates=dates,
        files={(row.secteur, row.typologie): _file(row) for row in kept},
        provenance=kept[0].provenance,
    )


def _file(row: StatistiqueFile) -> FilePubliee:
    segments = tuple(
        Segment(s["systeme"], s["classe"], s["n"], tuple((de, a, n) for de, a, n in s["classes"]))
        for s in row.histogramme.get("segments", ())
    )
    pas = row.histogramme.get("pas", 1)
    attente = _attente(row.attente) if row.attente else None
    return FilePubliee(row.secteur, row.typologie, row.n, pas, segments, row.quantiles, attente)


def _attente(kept: Mapping[str, Any]) -> Attente:
    estimee = kept.get("estimee")
    expected = None
    if estimee is not None:
        points = tuple(Repere(**repere) for repere in estimee["reperes"])
        expected = Estimee(points, estimee["mois"], estimee["horizon_mois"])
    since = kept.get("depuis")
    return Attente(
        baux=kept.get("baux"),
        depuis=dt.date.fromisoformat(since) if since else None,
        q10=kept.get("q10"),
        q50=kept.get("q50"),
        q90=kept.get("q90"),
        maximum=kept.get("maximum") or 0,
        liberes=kept.get("liberes_12_mois"),
        en_attente_mediane=kept.get("en_attente_mediane"),
        estimee=expected,
    )
