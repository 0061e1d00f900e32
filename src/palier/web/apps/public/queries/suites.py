"""The allocations of a territory as the report reads them. Call inside the perimeter of the territory."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import connection, models

from palier import law
from palier.engines.cotation.comparaison.quartile import Quartile, find_quartile
from palier.tables.derive import Contexte
from palier.web.apps.attributions.models import Bail, Candidature, Decision, PointSeance
from palier.web.apps.demandes.queries import stock
from palier.web.apps.public.rules.bilan import BailLu, PointDecide

_RESSOURCES = ("nb_personnes", "nb_moins_14", "ressources_mensuelles_cent")
_REFUS = ("refusee", "sans_reponse")


def first_day(territoire: str) -> dt.date | None:
    """Return the first day on which something was decided or signed; None if nothing was."""
    closed = PointSeance.objects.filter(vacance__territoire=territoire, etat="clos").order_by("clos_le")
    signed = Bail.objects.filter(candidature__territoire=territoire).order_by("signe_le")
    instant = closed.values_list("clos_le", flat=True).first()
    days = [signed.values_list("signe_le", flat=True).first(), instant.date() if instant else None]
    return min((day for day in days if day is not None), default=None)


def quartile_of(territoire: str, au: dt.date) -> tuple[Quartile, dict[str, bool | None]]:
    """Return the threshold of the first quartile, and whether each request is below it."""
    ctx = Contexte(au, law.at(au, non_verifie=True))
    table = stock.read(territoire, [*_RESSOURCES, "statut"])
    found = find_quartile(table, ctx, territoire)
    held = table.select("id", q1=found.holds(ctx))
    return found, dict(held.iter_rows())


def leases(territoire: str, du: dt.date, au: dt.date, quartile: dict[str, bool | None]) -> list[BailLu]:
    """Return the leases signed in a period."""
    rows = Bail.objects.filter(candidature__territoire=territoire, signe_le__range=(du, au)).select_related(
        "candidature__demande", "candidature__bailleur", "candidature__vacance__logement"
    )
    found = list(rows.order_by("pk"))
    priority = _priority([bail.candidature.demande_id for bail in found])
    made = []
    for bail in found:
        candidature = bail.candidature
        demande, home = candidature.demande, candidature.vacance
        made.append(
            BailLu(
                bailleur=candidature.bailleur.siren,
                financement=(home.financement or "").lower(),
                typologie=home.typologie.lower(),
                commune=home.commune_code,
                secteur=home.logement.secteur,
                qpv=bool(home.logement.qpv_code),
                contingent=_contingent(candidature),
                premier_quartile=quartile.get(str(demande.pk)),
                relogement=bool(demande.relogement_de_droit or demande.label_anru),
                prioritaire=demande.dalo == "reconnu" or demande.pk in priority,
                total=candidature.total,
            )
        )
    return made


def _priority(demandes: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return the requests that have a validated priority public: that it is one, never which."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT demande_id FROM demandes_public"
            " WHERE public_etat = 'valide' AND demande_id = ANY (%s)",
            [list(demandes)],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _contingent(candidature: Candidature) -> str:
    """Return the kind of the réservataire that a home was last oriented to, else the landlord's own."""
    last = (
        candidature.vacance.orientations.order_by("-notifiee_le", "-pk")
        .values_list("convention__reservataire__genre", flat=True)
        .first()
    )
    return last or "bailleur"


def decided(territoire: str, du: dt.date, au: dt.date) -> list[PointDecide]:
    """Return the homes that sessions decided in a period."""
    rows = list(_points(territoire, du, au).order_by("pk"))
    codes: dict[uuid.UUID, list[str]] = {row.pk: [] for row in rows}
    made = Decision.objects.filter(point__in=rows).exclude(etat="proposee")
    for point_id, code in made.order_by("pk").values_list("point_id", "code"):
        codes[point_id].append(code)
    return [
        PointDecide(row.seance_id, tuple(e["code"] for e in row.ecarts), row.exception, tuple(codes[row.pk]))
        for row in rows
    ]


def _points(territoire: str, du: dt.date, au: dt.date) -> models.QuerySet[PointSeance]:
    return PointSeance.objects.filter(
        vacance__territoire=territoire, etat="clos", nature="examen", clos_le__date__range=(du, au)
    )


def seances_of(territoire: str, du: dt.date, au: dt.date) -> dict[uuid.UUID, int]:
    """Return the sessions of a period, and how many of their homes lie in the territory."""
    rows = PointSeance.objects.filter(
        vacance__territoire=territoire, seance_id__in=_points(territoire, du, au).values("seance_id")
    )
    found: dict[uuid.UUID, int] = {}
    for (seance,) in rows.values_list("seance_id"):
        found[seance] = found.get(seance, 0) + 1
    return found


def channels(territoire: str, du: dt.date, au: dt.date) -> list[tuple[str, str]]:
    """Return, for each file that was decided, who proposed it and how it ended."""
    made = (
        Decision.objects.filter(point__in=_points(territoire, du, au))
        .exclude(etat="proposee")
        .select_related("candidature__proposee_par")
        .prefetch_related("candidature__propositions")
    )
    return [(d.candidature.proposee_par.genre, _end(d)) for d in made.order_by("pk")]


def _end(decision: Decision) -> str:
    candidature = decision.candidature
    if candidature.etat == "bail":
        return "bail"
    if decision.code in {"non_attribution", "irrecevabilite"}:
        return decision.code
    if any(offer.etat in _REFUS for offer in candidature.propositions.all()):
        return "refus"
    return "autre" if candidature.etat in {"caduque", "retiree"} else "rang"
