"""Why the score of a request changed: two runs, criterion by criterion."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.cotation.models import Score
from palier.web.apps.cotation.queries import scores
from palier.web.apps.cotation.queries.explication import explain_difference
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries.acces import is_reader, opened
from palier.web.apps.organismes.views.outils import fonction_of, key_of
from palier.web.components.explication import tree_of, words_language
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui


@require_safe
@droit("score", "R")
def changement(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Compare the score that holds with a former one: the last that differs, unless one is asked for."""
    fonction = fonction_of(request)
    langue = words_language(translation.get_language() or "fr")
    reader = is_reader(request.user, fonction, aujourdhui())
    with opened(fonction, lecteur=reader):
        demande = Demande.objects.pour(fonction).filter(pk=identifiant).first()
        rows = scores.history(demande) if demande is not None else []
        chosen = _chosen(rows, key_of(request, "avant"))
        tree = explain_difference(chosen, rows[0], reader, langue) if chosen is not None else None
    if demande is None:
        refuser(request, "demande", identifiant)
    context = {
        "demande": demande,
        "chemin": [
            Lien(_("Demandes"), reverse("demandes:liste")),
            Lien(demande.numero_unique, reverse("demandes:une", args=[demande.pk])),
            Lien(_("Changement de points"), ""),
        ],
        "apres": rows[0] if rows else None,
        "avant": chosen,
        "autres": rows[1:],
        "arbre": tree_of(tree, langue) if tree is not None else None,
    }
    return render(request, "cotation/changement.html", context)


def _chosen(rows: list[Score], voulu: uuid.UUID | None) -> Score | None:
    """Return the former score to compare with."""
    former = rows[1:]
    asked = [row for row in former if row.calcul_id == voulu]
    other = [row for row in former if (row.total, row.points) != (rows[0].total, rows[0].points)]
    return next(iter([*asked, *other, *former]), None)
