"""Search of candidates for a home: the ordered list, every excluded request with all its reasons."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.base.mots import nombre, word
from palier.engines.recherche import MOTIFS, Regle
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Candidature, Seance, Vacance
from palier.web.apps.attributions.operations import candidats as operations
from palier.web.apps.attributions.presentation_comparaison import household, short
from palier.web.apps.attributions.presentation_partenaires import marks
from palier.web.apps.attributions.queries import recherche as lectures
from palier.web.apps.attributions.queries.vacances import OUVERTES
from palier.web.apps.attributions.views.formulaires import RechercheForm
from palier.web.apps.attributions.views.outils import actor_of, opened, vacancy
from palier.web.apps.comptes.droits import droit
from palier.web.apps.organismes.views.outils import key_of
from palier.web.components.explication import words_language
from palier.web.components.pieces import Lien, Pages
from palier.web.horloge import aujourdhui, maintenant

_MOST = 30


@require_safe
@droit("vacance", "U")
def chercher(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who could be proposed, in the order of the grid, and who could not, with every reason."""
    today = aujourdhui()
    langue = words_language(translation.get_language() or "fr")
    with opened(request):
        home = vacancy(request, pk)
        places = mots.places([home], today)
        day = _session_of(home, today)
        form = RechercheForm(request.GET or None)
        day = form.day(day)
        proposed = {c.demande_id for c in Candidature.objects.filter(vacance=home).exclude(etat="retiree")}
        kept = home.recherches.order_by("-faite_le").first()
    context: dict[str, Any] = {
        "vacance": home,
        "nom": mots.home(home, places),
        "jour": day,
        "consignee": kept,
        "chemin": [
            Lien(_("Logements à attribuer"), reverse("attributions:vacances")),
            Lien(mots.home(home, places), reverse("attributions:vacance", args=[pk])),
            Lien(_("Candidats"), ""),
        ],
    }
    try:
        found = lectures.search(home, day, day)
    except InputError as error:
        context["refus"] = [f"{p.constat} {p.que_faire}" for p in error.problems]
        return render(request, "attributions/bureau/recherche.html", context, status=422)
    context |= _told(request, found, home, langue) | {"proposes": proposed, "ouverte": home.etat in OUVERTES}
    return render(request, "attributions/bureau/recherche.html", context)


def _session_of(vacance: Vacance, au: dt.date) -> dt.date:
    """Return the day of the next session that is not called yet, else today."""
    rows = Seance.objects.filter(bailleur_id=vacance.bailleur_id, etat="projet", le__gte=au)
    found: dt.date | None = rows.order_by("le").values_list("le", flat=True).first()
    return found or au


def _told(request: HttpRequest, found: lectures.Trouves, home: Vacance, langue: str) -> dict[str, Any]:
    after = request.GET.get("apres", "")
    after_order = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    reason = request.GET.get("motif", "")
    reason = reason if reason in MOTIFS else ""
    key = key_of(request, "ecartee")
    kept = {"seance_le": request.GET["seance_le"]} if request.GET.get("seance_le") else {}
    lines, more = lectures.first_ones(found, home.territoire, after_order)
    out, more_out = lectures.excluded(found, home.territoire, reason, "" if key is None else str(key))
    result = found.candidats
    counted = ngettext("%(n)s demande possible", "%(n)s demandes possibles", result.eligibles) % {
        "n": nombre(result.eligibles)
    }
    n_out = result.comptes[reason] if reason else result.n - result.eligibles
    counted_out = ngettext("%(n)s demande écartée", "%(n)s demandes écartées", n_out) % {"n": nombre(n_out)}
    return {
        "lignes": [_line(x, result.regle, langue) for x in lines],
        "ecartees": [_line(x, result.regle, langue) for x in out],
        "n": result.n,
        "eligibles": result.eligibles,
        "comptes": [
            {"nom": word(f"recherche.nom.{c}", langue), "n": result.comptes[c], "seul": result.seuls[c],
             "url": f"?{urlencode({**kept, 'motif': c})}#ecartees", "courant": c == reason}
            for c in MOTIFS if result.comptes[c]
        ],
        "motif": word(f"recherche.nom.{reason}", langue) if reason else "",
        "pages": _pages(counted, kept, "apres", str(lines[-1].ordre) if more else "", bool(after_order)),
        "pages_ecartees": _pages(
            counted_out, {**kept, **({"motif": reason} if reason else {})}, "ecartee",
            str(out[-1].id) if more_out else "", key is not None,
        ),
        "langue_mots": langue,
    }  # fmt: skip


def _pages(resume: str, kept: dict[str, str], nom: str, suite: str, tournee: bool) -> Pages:
    following = f"?{urlencode({**kept, nom: suite})}" if suite else ""
    return Pages(resume, f"?{urlencode(kept)}" if tournee else "", following)


def _line(ligne: lectures.Ligne, regle: Regle, langue: str) -> dict[str, Any]:
    return {
        "id": ligne.id,
        "ordre": ligne.ordre,
        "numero": short(ligne.demande.numero_unique),
        "points": ligne.total,
        "depot": ligne.demande.date_depot_initial,
        "menage": household(ligne.demande),
        "signaux": marks(regle, ligne.signaux, langue),
        "motifs": [word(f"recherche.nom.{c}", langue) for c in ligne.motifs],
    }


@require_POST
@droit("vacance", "U")
def retenir(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record the search, then propose the requests that were ticked; each refusal is said."""
    today = aujourdhui()
    with opened(request):
        home = vacancy(request, pk)
        day = RechercheForm(request.POST).day(_session_of(home, today))
    actor, now = actor_of(request), maintenant()
    try:
        operations.rechercher(acteur=actor, vacance=pk, seance_le=day, signature_le=day, maintenant=now)
    except InputError as error:
        for problem in error.problems:
            messages.error(request, f"{problem.constat} {problem.que_faire}")
        return redirect("attributions:vacance", pk)
    chosen = _chosen(request)
    done = 0
    for number in lectures.numbers_of(chosen, home.territoire):
        try:
            operations.proposer_candidat(acteur=actor, vacance=pk, numero=number, au=today, maintenant=now)
            done += 1
        except InputError as error:
            for problem in error.problems:
                messages.error(request, f"{short(number)} : {problem.constat} {problem.que_faire}")
    if done:
        said = ngettext("%(n)s candidature inscrite.", "%(n)s candidatures inscrites.", done) % {"n": done}
        messages.success(request, said)
    elif not chosen:
        messages.success(request, _("La recherche est consignée, avec ses comptes."))
    return redirect("attributions:vacance", pk)


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    found = []
    for text in request.POST.getlist("demande")[:_MOST]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
