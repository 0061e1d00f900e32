"""What the law of retention would erase among my requests: shown, never done from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier import law
from palier.base.mots import nombre
from palier.web.apps.comptes.droits import droit
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries import conservation as lectures
from palier.web.apps.demandes.queries.acces import opened
from palier.web.apps.demandes.rules.conservation import TABLE
from palier.web.apps.demandes.views.outils import page_language
from palier.web.apps.organismes.views.outils import fonction_of
from palier.web.components.pieces import Colonne, Lien, Tableau
from palier.web.horloge import aujourdhui

_MOST = 50


@require_safe
@droit("conservation", "R")
def conservation(request: HttpRequest) -> HttpResponse:
    """Count, step by step, what the next monthly job erases, and name the first requests of each."""
    fonction, today, langue = fonction_of(request), aujourdhui(), page_language()
    held = law.at(today, non_verifie=True).get(TABLE)
    with opened(fonction):
        found = lectures.due(Demande.objects.pour(fonction), today)
        counts = found.counts()
        named = {
            name: list(getattr(found, name).order_by("radiee_le", "pk")[:_MOST])
            for name in ("pieces", "contenu", "preuve")
        }
    titles = {
        "pieces": _("Fichiers des pièces"),
        "contenu": _("Identité, ménage, ressources"),
        "preuve": _("La ligne elle-même"),
    }
    groups = [
        {
            "code": name,
            "titre": titles[name],
            "regle": str(held.cell((name,))),
            "mois": held.details[name]["mois"],
            "compte": counts[name],
            "tableau": Tableau(
                [Colonne(_("Demande")), Colonne(_("Close le")), Colonne(_("Motif"))],
                [
                    [
                        Lien(d.numero_unique, reverse("demandes:une", args=[d.pk])),
                        mots.say("date_depot_initial", d.radiee_le, langue, {}),
                        d.get_motif_radiation_display(),
                    ]
                    for d in rows
                ],
            )
            if rows
            else None,
        }
        for name, rows in named.items()
    ]
    context = {
        "groupes": groups,
        "total": nombre(sum(counts.values())),
        "chemin": [Lien(_("Demandes"), reverse("demandes:liste")), Lien(_("Conservation"), "")],
    }
    return render(request, "demandes/conservation.html", context)
