"""Counts of a territory for those who steer it, and files without names for those who check it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count

from palier.web.apps.attributions.models import Candidature, Decision
from palier.web.apps.attributions.queries.echeances import landlords
from palier.web.apps.attributions.rules.agregats import hide
from palier.web.apps.demandes.models import VIVANTES, Demande
from palier.web.postgres.perimetre import perimetre

PAR_PAGE = 50
_TAILLES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Table:
    """The parts of a whole; None for what is not shown."""

    code: str
    total: int | None
    parts: dict[str, int | None]


def tables(territoire: str) -> list[Table]:
    """Return the counts of a territory: live requests by household, candidates by state, decisions by kind.

    The rows are counted in the database and never leave it.
    """
    with perimetre(territoire=territoire):
        alive = Demande.objects.filter(territoire=territoire, statut__in=VIVANTES)
        sizes = dict(alive.values_list("nb_personnes").annotate(n=Count("pk")).order_by())
        files = Candidature.objects.filter(territoire=territoire)
        states = dict(files.values_list("etat").annotate(n=Count("pk")).order_by())
        decided = Decision.objects.filter(candidature__territoire=territoire).exclude(etat="proposee")
        kinds = dict(decided.values_list("code").annotate(n=Count("pk")).order_by())
    households = {str(n): sizes.get(n, 0) for n in _TAILLES}
    households["plus"] = sum(n for size, n in sizes.items() if size is not None and size > _TAILLES[-1])
    households["inconnu"] = sizes.get(None, 0)
    return [_table("menage", households), _table("candidature", states), _table("decision", kinds)]


def _table(code: str, comptes: dict[str, int]) -> Table:
    whole = sum(comptes.values())
    present = {name: n for name, n in comptes.items() if n}
    return Table(code, hide({"": whole})[""], hide(present))


@dataclass(frozen=True)
class Dossier:
    """A candidate without a name nor a number."""

    candidature: Candidature
    decision: Decision | None


def files(apres: uuid.UUID | None) -> tuple[list[Dossier], bool, str]:
    """Return a page of the candidates of all landlords, whether there are others, and the key of the next."""
    with perimetre(organismes=landlords()):
        rows = Candidature.objects.select_related("vacance", "bailleur", "proposee_par")
        rows = rows.filter(pk__lt=apres) if apres else rows
        found = list(rows.order_by("-pk")[: PAR_PAGE + 1])
        held = Decision.objects.filter(candidature__in=found).exclude(etat="proposee").order_by("pk")
        decided = {d.candidature_id: d for d in held}
    page = found[:PAR_PAGE]
    return (
        [Dossier(c, decided.get(c.pk)) for c in page],
        len(found) > PAR_PAGE,
        str(page[-1].pk) if page else "",
    )
