"""Homes oriented to a réservataire, and one of them: search, propose, withdraw, give back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.engines.recherche.explain import explain_comptes
from palier.web.apps.attributions import presentation as lieux
from palier.web.apps.attributions import presentation_partenaires as mots
from palier.web.apps.attributions.models import Candidature, Decision, Orientation
from palier.web.apps.attributions.operations import candidats, vacances
from palier.web.apps.attributions.queries import reservataire as lectures
from palier.web.apps.attributions.queries.recherche import home_of
from palier.web.apps.attributions.views.outils import actor_of, mine, opened
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes.views.outils import fonction_of, say
from palier.web.components.explication import words_language
from palier.web.components.pieces import Echeance, Etat, Lien
from palier.web.horloge import aujourdhui, maintenant

OBJET = "orientation"
SHOWN = 200  # excluded requests shown one by one; all are counted


def left(limite: dt.date | None, au: dt.date) -> int | None:
    """Return the days left until a term; None where none runs."""
    return None if limite is None else (limite - au).days


@require_safe
@droit(OBJET, "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List the homes oriented to my organisme, the first term first."""
    today = aujourdhui()
    with opened(request):
        rows = lectures.oriented(mine(request, OBJET))
    places = lieux.places([o.vacance for o in rows], today)
    lines = [_line(o, places, today) for o in rows]
    late = [line for line in lines if line["jours"] is not None and line["jours"] < 0]
    waiting = [line for line in lines if not line["n"] and line not in late]
    n = len(lines)
    context = {
        "lignes": lines,
        "premier": waiting[0] if waiting else None,
        "compte": ngettext("%(n)s logement orienté vers vous", "%(n)s logements orientés vers vous", n)
        % {"n": n},
        "attendent": len(waiting),
        "delegations": scope(fonction_of(request).role, "delegation", "R") is not None,
    }
    return render(request, "attributions/reservataire/liste.html", context)


def _line(orientation: Orientation, places: dict[str, str], today: dt.date) -> dict[str, Any]:
    home = orientation.vacance
    return {
        "nom": lieux.home(home, places),
        "url": reverse("attributions:oriente", args=[home.pk]),
        "bailleur": orientation.convention.bailleur.nom,
        "limite": orientation.limite,
        "jours": left(orientation.limite, today),
        "libre": home.bail_fin or home.livraison_le,
        "loyer_cent": None if home.loyer_cent is None else home.loyer_cent + home.charges_cent,
        "n": orientation.n,  # type: ignore[attr-defined]  # counted by the query
        "etat": state_of(orientation, today, orientation.n),  # type: ignore[attr-defined]
    }


def state_of(orientation: Orientation, today: dt.date, n: int) -> Etat:
    """Return where a home stands for its réservataire, in words."""
    days = left(orientation.limite, today)
    if not orientation.en_cours:
        given = orientation.renoncee_le is not None
        return Etat("info", _("Rendu au bailleur") if given else _("N'est plus orienté vers vous"))
    if n:
        words = ngettext("%(n)s candidat proposé", "%(n)s candidats proposés", n) % {"n": n}
        return Etat("fait", words)
    if days is not None and days < 0:
        return Etat("bloque", _("Terme passé"), _(", le bailleur peut reprendre le logement"))
    if days is None:
        return Etat("a_vous", _("À proposer"), _(", sans terme : la commune n'est pas en zone tendue"))
    return Etat("a_vous", _("À proposer"))


def held(request: HttpRequest, pk: uuid.UUID) -> Orientation:
    """Return a home oriented to my organisme; 404 and a line of journal for any other.

    Outside of ``opened``: its transaction would take the line back.
    """
    with opened(request):
        found = lectures.one(mine(request, OBJET), pk)
    if found is None:
        refuser(request, OBJET, pk)
    return found


@require_safe
@droit(OBJET, "R")
def logement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a home: days left, my candidates and what became of them, my requests that fit and why not."""
    return _home(request, pk)


def _home(request: HttpRequest, pk: uuid.UUID, status: int = 200) -> HttpResponse:
    today, langue = aujourdhui(), words_language(translation.get_language() or "fr")
    me = mine(request, OBJET)
    orientation = held(request, pk)
    with opened(request):
        proposed = lectures.candidates(me, pk)
        decided = lectures.decisions(proposed)
    vacance = orientation.vacance
    live = [c for c in proposed if c.etat not in ("ecartee", "retiree", "caduque")]
    open_ = orientation.en_cours and vacance.etat in lectures.OUVERTES
    name = lieux.home(vacance, lieux.places([vacance], today))
    context: dict[str, Any] = {
        "nom": name,
        "chemin": [Lien(_("Logements orientés"), reverse("attributions:orientes")), Lien(name, "")],
        "vacance": vacance,
        "bailleur": orientation.convention.bailleur.nom,
        "ouvert": open_,
        "rendable": orientation.en_cours and vacance.etat == "orientee",
        "etat": state_of(orientation, today, len(live)),
        "echeance": deadline(orientation, today) if open_ and orientation.limite and not live else None,
        "loyer_cent": None if vacance.loyer_cent is None else vacance.loyer_cent + vacance.charges_cent,
        "candidats": [candidate(c, decided.get(c.pk)) for c in proposed],
        "designe": fonction_of(request).role == "etat",
    }
    if open_:
        context |= _search(me, orientation, {c.numero_unique for c in live}, today, langue)
    return render(request, "attributions/reservataire/logement.html", context, status=status)


def deadline(orientation: Orientation, today: dt.date) -> Echeance:
    """Return the deadline of a home, with what silence does."""
    assert orientation.limite is not None
    days = (orientation.limite - today).days
    day = mots.long_day(orientation.limite)
    if days < 0:
        over = _("Le terme était le %(jour)s.") % {"jour": day}
        return Echeance(days, over, _("Le bailleur peut reprendre le logement."))
    return Echeance(
        days,
        _("Proposez jusqu'au %(jour)s, à minuit.") % {"jour": day},
        _("Le lendemain, le bailleur reprend le logement et propose lui-même."),
    )


def _search(
    me: uuid.UUID, orientation: Orientation, taken: set[str], today: dt.date, langue: str
) -> dict[str, Any]:
    home = home_of(orientation.vacance, today, today)
    found = lectures.search(me, orientation.vacance, home, today)
    counts = explain_comptes(found.comptes)
    return {
        "recherche": True,
        "cherchees": found.comptes.n,
        "eligibles": [
            {"r": r, "deja": r.numero in taken, "signaux": mots.marks(found.comptes.regle, r.signaux, langue)}
            for r in found.eligibles[:SHOWN]
        ],
        "eligibles_n": len(found.eligibles),
        "comptes": mots.lines(counts, langue),
        "ecartes": [
            {"r": r, "motifs": [mots.reason(c, langue) for c in r.motifs]} for r in found.ecartes[:SHOWN]
        ],
        "ecartes_n": len(found.ecartes),
        "langue_mots": langue,
    }


def candidate(candidature: Candidature, decision: Decision | None) -> dict[str, Any]:
    """Return one of my candidates, and what became of it."""
    return {
        "c": candidature,
        "etat": mots.candidate_state(candidature, decision),
        "motifs": [mots.reason(c) for c in candidature.motifs_ecart],
        "decision": decision,
        "retirable": candidature.etat in ("proposee", "eligible"),
    }


def _acted(request: HttpRequest, pk: uuid.UUID, done: str, error: InputError | None) -> HttpResponse:
    """Go back to the home, with what was done or every reason why not."""
    if error is None:
        messages.success(request, done)
        return redirect("attributions:oriente", pk)
    say(request, error)
    return _home(request, pk, 409)


@require_POST
@droit("candidature", "C")
def proposer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose one of my requests for a home."""
    numero = request.POST.get("numero", "").strip().upper()[:18]
    held(request, pk)
    try:
        made = candidats.proposer_candidat(
            acteur=actor_of(request),
            vacance=pk,
            numero=numero,
            au=aujourdhui(),
            maintenant=maintenant(),
            designe_prefet=request.POST.get("designe") == "oui",
        )
    except InputError as error:
        return _acted(request, pk, "", error)
    except ObjectDoesNotExist:
        messages.error(request, _("Aucune demande que vous gérez n'a ce numéro. Vérifiez-le."))
        return _home(request, pk, 422)
    if made.etat == "ecartee":
        messages.warning(request, _("La demande est enregistrée, et écartée par une règle calculée."))
        return redirect("attributions:oriente", pk)
    return _acted(request, pk, _("La demande est proposée pour ce logement."), None)


@require_POST
@droit("candidature", "U")
def retirer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Withdraw one of my candidates, before it is on an agenda."""
    me = mine(request, OBJET)
    with opened(request):
        found = Candidature.objects.filter(pk=pk, proposee_par_id=me).first()
    if found is None or fonction_of(request).role in ("agent_bailleur", "admin_bailleur"):
        refuser(request, "candidature", pk)
    try:
        candidats.retirer(acteur=actor_of(request), candidature=pk, au=aujourdhui(), maintenant=maintenant())
    except InputError as error:
        return _acted(request, found.vacance_id, "", error)
    return _acted(request, found.vacance_id, _("La proposition est retirée."), None)


@require_POST
@droit(OBJET, "U")
def rendre(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a home back to its landlord before the term."""
    held(request, pk)
    try:
        vacances.rendre(acteur=actor_of(request), vacance=pk, au=aujourdhui(), maintenant=maintenant())
    except InputError as error:
        return _acted(request, pk, "", error)
    messages.success(request, _("Le logement est rendu à son bailleur."))
    return redirect("attributions:orientes")
