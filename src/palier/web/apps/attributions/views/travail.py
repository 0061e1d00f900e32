"""The work list of a desk: late, today, this week, later."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.queries import travail as lectures
from palier.web.apps.attributions.queries.absences import names_of, running
from palier.web.apps.attributions.views.outils import actor_of, mine, opened
from palier.web.apps.comptes.droits import droit
from palier.web.horloge import aujourdhui


@require_safe
@droit("vacance", "U")
def travail(request: HttpRequest) -> HttpResponse:
    """List what is to be done, the most pressing first; the one button opens the first row."""
    today = aujourdhui()
    with opened(request):
        whole = request.GET.get("liste") == "tout"
        me = actor_of(request).qui.pk
        tasks = lectures.tasks_of(mine(request), today, None if whole else me)
        relayed = names_of(running(mine(request), today), me, today)
    places = mots.places([t.vacance for t in tasks if t.vacance is not None], today)
    rows = [_row(t, places) for t in tasks]
    groups = lectures.by_week(tasks, today)
    parts = [
        ("retard", _("En retard"), "bloque"),
        ("jour", _("Aujourd'hui"), "a_vous"),
        ("semaine", _("Cette semaine"), "en_attente"),
        ("plus_tard", _("Plus tard"), "info"),
        ("sans_terme", _("Sans terme fixé"), "info"),
    ]
    blocks = [
        (code, title, sign, [rows[k] for k in groups[code]]) for code, title, sign in parts if groups[code]
    ]
    context = {
        "blocs": blocks,
        "premier": rows[0] if rows else None,
        "compte": _said(groups, len(rows)),
        "tout": whole,
        "relais": relayed,
    }
    return render(request, "attributions/bureau/travail.html", context)


def _said(groups: dict[str, list[int]], n: int) -> str:
    late = len(groups["retard"])
    whole = ngettext("%(n)s acte à faire", "%(n)s actes à faire", n) % {"n": n}
    if not late:
        return _("%(actes)s, aucun en retard") % {"actes": whole}
    return ngettext("%(actes)s, dont %(n)s en retard", "%(actes)s, dont %(n)s en retard", late) % {
        "actes": whole,
        "n": late,
    }


def _row(tache: lectures.Tache, places: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"acte": mots.TACHES[tache.code], "jour": tache.jour, "depuis": None, "url": ""}
    if tache.vacance is not None:
        row["dossier"] = mots.home(tache.vacance, places)
        row["url"] = reverse("attributions:vacance", args=[tache.vacance.pk])
    elif tache.seance is not None:
        row["dossier"] = _("Séance %(n)s") % {"n": tache.seance.numero}
        row["depuis"] = tache.seance.le
        row["url"] = reverse("commission:seance", args=[tache.seance.pk])
    elif tache.dossier:
        row |= {"dossier": tache.dossier, "url": tache.url}
    else:
        row["dossier"] = _("Commission d'attribution")
        row["url"] = reverse("commission:agenda")
    return row
