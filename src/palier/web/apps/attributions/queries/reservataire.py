"""What a réservataire reads: homes oriented to it, its own candidates, its own requests for a home.

Call inside its perimeter, but :func:`search`, which opens it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from palier.engines import recherche
from palier.engines.recherche.compiler import COLONNES
from palier.engines.recherche.model import MOTIFS, SIGNAUX, names_of
from palier.engines.recherche.run import DEPARTAGE
from palier.web.apps.attributions.models import Candidature, Decision, Orientation, Vacance
from palier.web.apps.attributions.queries import notes
from palier.web.apps.attributions.queries.faits import loi_du
from palier.web.apps.demandes.queries import stock
from palier.web.postgres.perimetre import perimetre

PAR_PAGE = 50
OUVERTES = ("orientee", "candidats_recus")


@dataclass(frozen=True)
class Trouve:
    """One request of a search: its place, or why it is excluded."""

    demande: uuid.UUID
    numero: str
    ordre: int | None
    motifs: tuple[str, ...]
    signaux: tuple[str, ...]


@dataclass(frozen=True)
class Trouvailles:
    """A search among the requests of a réservataire, in order; counts are those of the search."""

    comptes: recherche.Candidats
    eligibles: list[Trouve]
    ecartes: list[Trouve]


def oriented(reservataire: uuid.UUID) -> list[Orientation]:
    """Return the homes that wait for a réservataire, the first term first; ``n``: its live candidates."""
    live = Q(vacance__candidatures__proposee_par_id=reservataire) & ~Q(
        vacance__candidatures__etat__in=("ecartee", "retiree", "caduque")
    )
    rows = Orientation.objects.filter(
        convention__reservataire_id=reservataire, en_cours=True, vacance__etat__in=OUVERTES
    )
    found = rows.select_related("vacance", "convention__bailleur").annotate(
        n=Count("vacance__candidatures", filter=live)
    )
    return list(found.order_by(F("limite").asc(nulls_last=True), "pk"))


def one(reservataire: uuid.UUID, vacance: uuid.UUID) -> Orientation | None:
    """Return the last orientation of a home to a réservataire, over or not."""
    rows = Orientation.objects.filter(vacance_id=vacance, convention__reservataire_id=reservataire)
    return rows.select_related("vacance", "convention__bailleur").order_by("-notifiee_le", "-pk").first()


def candidates(reservataire: uuid.UUID, vacance: uuid.UUID | None = None) -> list[Candidature]:
    """Return the candidates that a réservataire proposed, for a home or all, the last first."""
    return list(_proposed(reservataire, vacance).order_by("-proposee_le", "-pk"))


def page(reservataire: uuid.UUID, etat: str, apres: uuid.UUID | None) -> tuple[list[Candidature], bool, int]:
    """Return a page of the candidates of a réservataire, whether there are others, and how many in all."""
    rows = _proposed(reservataire, None)
    rows = rows.filter(etat=etat) if etat else rows
    total = rows.count()
    if apres is not None:
        rows = rows.filter(pk__lt=apres)
    found = list(rows.order_by("-pk")[: PAR_PAGE + 1])
    return found[:PAR_PAGE], len(found) > PAR_PAGE, total


def _proposed(reservataire: uuid.UUID, vacance: uuid.UUID | None) -> QuerySet[Candidature]:
    rows = Candidature.objects.filter(proposee_par_id=reservataire).select_related("vacance", "demande")
    return rows if vacance is None else rows.filter(vacance_id=vacance)


def decisions(candidatures: list[Candidature]) -> dict[uuid.UUID, Decision]:
    """Return what the commission decided for some candidates, the last decision of each."""
    rows = Decision.objects.filter(candidature__in=candidatures).exclude(etat="proposee")
    return {d.candidature_id: d for d in rows.select_related("point__seance").order_by("pk")}


def search(
    reservataire: uuid.UUID, vacance: Vacance, logement: recherche.Vacance, au: dt.date
) -> Trouvailles:
    """Search a home among the requests that a réservataire manages, in the order of the grid.

    Class 4 is read by the rules alone; nothing of it is returned.
    """
    with perimetre(territoire=vacance.territoire):
        scores = notes.current(vacance.territoire)
    chain = DEPARTAGE if scores is None else scores.departage
    names = (*COLONNES, *(nom.lstrip("-") for nom in chain))
    with perimetre(organismes=[reservataire], lecteur=True):
        requests = stock.read(vacance.territoire, dict.fromkeys(names))
    found = recherche.search_candidats(
        logement,
        requests.drop("id"),
        loi_du(au),
        None if scores is None else scores.beside(requests["id"]),
        departage=chain,
    )
    table = found.table.with_columns(requests["id"])
    rows = [
        Trouve(
            uuid.UUID(row["id"]),
            row["numero_unique"],
            row["ordre"],
            names_of(row["motifs"], MOTIFS),
            names_of(row["signaux"], SIGNAUX),
        )
        for row in table.sort("ordre", "numero_unique", nulls_last=True).iter_rows(named=True)
    ]
    return Trouvailles(found, [r for r in rows if r.ordre is not None], [r for r in rows if r.ordre is None])
