"""Counts of a territory, never of a small group; files without names, for an auditor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from palier.base.mots import nombre
from palier.engines.secret import SEUIL
from palier.web.apps.attributions import presentation as lieux
from palier.web.apps.attributions import presentation_partenaires as mots
from palier.web.apps.attributions.queries import agregats as lectures
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.demandes.queries.echeances import territories
from palier.web.apps.organismes.views.outils import fonction_of, key_of
from palier.web.components.pieces import Choix, Colonne, GroupeChoix, Pages, Tableau
from palier.web.horloge import aujourdhui

OBJET = "agregat"
TITRES: dict[str, str | Promise] = {
    "menage": gettext_lazy("Demandes vivantes, par personnes à loger"),
    "candidature": gettext_lazy("Candidats, par état"),
    "decision": gettext_lazy("Décisions, par sorte"),
}
MENAGES: dict[str, str | Promise] = {
    "1": gettext_lazy("une personne"),
    "2": gettext_lazy("deux personnes"),
    "3": gettext_lazy("trois personnes"),
    "4": gettext_lazy("quatre personnes"),
    "plus": gettext_lazy("cinq personnes ou plus"),
    "inconnu": gettext_lazy("nombre inconnu"),
}


@require_safe
@droit(OBJET, "R")
def territoire(request: HttpRequest) -> HttpResponse:
    """Show the counts of a territory: that of an EPCI, any for an auditor."""
    fonction = fonction_of(request)
    anywhere = scope(fonction.role, OBJET, "R") == "partout"
    known = territories() if anywhere else [fonction.siren]
    wanted = request.GET.get("territoire", "")
    chosen = wanted if wanted in known else (known[0] if known else "")
    tables = lectures.tables(chosen) if chosen else []
    context = {
        "territoire": chosen,
        "choix": GroupeChoix(
            "territoire", _("Territoire (SIREN)"), [Choix(t, t, choisi=t == chosen) for t in known], False
        )
        if anywhere and len(known) > 1
        else None,
        "bouton": _("Voir"),
        "tableaux": [(t.code, TITRES[t.code], _sheet(t)) for t in tables],
        "seuil": SEUIL,
        "audit": anywhere,
    }
    return render(request, "attributions/agregats.html", context)


def _sheet(table: lectures.Table) -> Tableau:
    columns = [Colonne(_("Groupe")), Colonne(_("Nombre"), True)]
    rows = [(_word(table.code, code), _said(n)) for code, n in table.parts.items()]
    return Tableau(columns, rows, total=(_("Ensemble"), _said(table.total)))


def _word(table: str, code: str) -> str:
    if table == "menage":
        return str(MENAGES[code])
    return lieux.state("candidature", code)


def _said(n: int | None) -> str:
    return _("calcul masqué") if n is None else nombre(n)


@require_safe
@droit(OBJET, "R")
def audit(request: HttpRequest) -> HttpResponse:
    """List the candidates of all landlords without name, number nor paper: for an auditor alone."""
    if scope(fonction_of(request).role, OBJET, "R") != "partout":
        refuser(request, OBJET)
    today = aujourdhui()
    rows, more, following = lectures.files(key_of(request))
    places = lieux.places([r.candidature.vacance for r in rows], today)
    context = {
        "lignes": [_file(r, places) for r in rows],
        "pages": Pages(
            _("Le dernier proposé d'abord"),
            request.path if request.GET else "",
            f"?apres={following}" if more else "",
        ),
    }
    return render(request, "attributions/audit.html", context)


def _file(row: lectures.Dossier, places: dict[str, str]) -> dict[str, Any]:
    found = row.candidature
    return {
        "c": found,
        "nom": lieux.home(found.vacance, places),
        "etat": mots.candidate_state(found),
        "motifs": [mots.reason(c) for c in found.motifs_ecart],
        "decision": list(row.decision.motifs) if row.decision else [],
    }
