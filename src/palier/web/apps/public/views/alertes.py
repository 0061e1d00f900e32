"""Alerts: ask, confirm, see, change, stop; a signed link is the only key."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.web.apps.comptes.droits import Vue, droit
from palier.web.apps.offres.queries import recherche
from palier.web.apps.offres.rules.filtres import parse_filtres
from palier.web.apps.public.models import Alerte
from palier.web.apps.public.operations import alertes, courriels
from palier.web.apps.public.presentation import recherche as mots
from palier.web.apps.public.queries.alertes import SEL_CONFIRMER, SEL_VOIR, filters_of, read_token, token
from palier.web.apps.public.queries.lieux import place_of, resolve
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien
from palier.web.horloge import maintenant
from palier.web.limites import limite


class AlerteForm(forms.Form):
    """One address; the filters are in the address of the page."""

    courriel = forms.EmailField(
        label=lazy("Votre adresse de courriel"),
        max_length=190,
        help_text=lazy("Elle ne sert qu'à cette alerte, et s'efface quand vous l'arrêtez."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": lazy("Écrivez votre adresse de courriel."),
            "invalid": lazy("Cette adresse n'est pas complète. Exemple : nom@exemple.fr"),
        },
    )


def discrete(view: Vue) -> Vue:
    """Keep a page opened by a signed link out of search engines, other sites' referrers and caches.

    Not ``no-referrer``: under it browsers send the form with ``Origin: null``, which the guard against forged
    forms refuses.
    """

    @wraps(view)
    def hidden(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "same-origin"
        answer["Cache-Control"] = "no-store"
        return answer

    return hidden


@require_http_methods(["GET", "HEAD", "POST"])
@droit("alerte", "C")
@discrete
def demander(request: HttpRequest) -> HttpResponse:
    """Ask for an alert on the filters of the address."""
    if request.method == "POST":
        return _ask(request)
    filtres = parse_filtres({name: request.GET.getlist(name) for name in request.GET})
    return _page(request, AlerteForm(), filtres.query(tri="recentes"))


@limite("alerte")
def _ask(request: HttpRequest) -> HttpResponse:
    """Keep the wish; the answer is the same whether the address is known or not."""
    form = AlerteForm(request.POST)
    filtres = alertes.parse(request.POST.get("filtres", "")[:1_000])
    query = filtres.query(tri="recentes")
    if not form.is_valid():
        return _page(request, form, query, status=422)
    alertes.demander(
        courriel=form.cleaned_data["courriel"],
        filtres=filtres,
        langue=get_language() or "fr",
        maintenant=maintenant(),
    )
    return redirect(adresse("/alertes/envoye"))


def _page(request: HttpRequest, form: AlerteForm, query: str, status: int = 200) -> HttpResponse:
    filtres = alertes.parse(query)
    place = place_of(filtres)
    label = filtres.autour_de or (place.libelle if place else "")
    names = [mots.filter_name(filtres, name, label, get_language() or "fr") for name in filtres.active()]
    context = {
        "form": form,
        "query": query,
        "filtres": names,
        "nature": mots.natures(filtres),
        "liste": mots.link("/offres", filtres),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(_("Recevoir les nouvelles offres"), "")],
    }
    return render(request, "public/alerte_demander.html", context, status=status)


@require_safe
@droit("alerte", "R")
@discrete
def envoye(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return render(request, "public/alerte_envoye.html")


@require_http_methods(["GET", "HEAD", "POST"])
@droit("alerte", "U")
@discrete
def confirmer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Confirm by a button: programs that open the links of mails confirm nothing."""
    alerte = read_token(jeton, SEL_CONFIRMER)
    if alerte is None:
        return render(request, "public/alerte_perimee.html", status=404)
    if request.method == "POST":
        alertes.confirmer(alerte=alerte, maintenant=maintenant())
        return redirect(adresse(f"/alertes/{token(alerte, SEL_VOIR)}?fait=confirmee"))
    return render(request, "public/alerte_confirmer.html", {"filtres": courriels.summary(alerte)})


def _known(jeton: str) -> Alerte:
    alerte = read_token(jeton, SEL_VOIR)
    if alerte is None:
        raise Http404
    return alerte


@require_http_methods(["GET", "HEAD", "POST"])
@droit("alerte", "U")
@discrete
def voir(request: HttpRequest, jeton: str) -> HttpResponse:
    """See an alert; keep it, or stop it."""
    alerte = read_token(jeton, SEL_VOIR)
    if alerte is None:
        return render(request, "public/alerte_perimee.html", status=404)
    if request.method == "POST":
        act = request.POST.get("geste", "")
        if act == "arreter":
            alertes.arreter(alerte=alerte)
            return redirect(adresse("/alertes/arretee"))
        if act == "garder":
            alertes.renouveler(alerte=alerte, maintenant=maintenant())
            return redirect(adresse(f"/alertes/{jeton}?fait=gardee"))
        raise Http404
    filtres = filters_of(alerte)
    done = {
        "confirmee": _("Votre alerte est en place."),
        "gardee": _("Votre alerte continue."),
        "changee": _("Vos filtres sont changés."),
    }
    context = {
        "alerte": alerte,
        "filtres": courriels.summary(alerte),
        "liste": mots.link("/offres", filtres),
        "compte": recherche.count(filtres),
        "changer": adresse(f"/alertes/{jeton}/changer"),
        "fait": done.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "public/alerte.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@droit("alerte", "U")
@discrete
def changer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Change the filters of an alert."""
    alerte = _known(jeton)
    langue = get_language() or "fr"
    filtres, error, typed = filters_of(alerte), "", ""
    if request.method == "POST":
        given = parse_filtres({name: request.POST.getlist(name) for name in request.POST})
        typed = request.POST.get("lieu", "").strip()[:80]
        place = resolve(typed) if typed else None
        if typed and place is None:
            error = _("Nous ne connaissons pas ce lieu. Essayez le code postal, ou le nom de la commune.")
        elif not given.problems:
            bare = replace(given, communes=(), departement="", epci="", centre=None, autour_de="")
            kept = place.narrow(bare, given.rayon_km) if place else replace(bare, rayon_km=0)
            other = alertes.changer(alerte=alerte, filtres=kept)
            return redirect(adresse(f"/alertes/{token(other, SEL_VOIR)}?fait=changee"))
        filtres = given
    place = place_of(filtres)
    label = typed or filtres.autour_de or (place.libelle if place else "")
    context = {
        "formulaire": mots.form(filtres, label, None, langue, error),
        "erreurs": filtres.problems,
        "nature": filtres.nature,
    }
    status = 422 if error or filtres.problems else 200
    return render(request, "public/alerte_changer.html", context, status=status)


@require_safe
@droit("alerte", "R")
@discrete
def arretee(request: HttpRequest) -> HttpResponse:
    """Say that the address is erased."""
    return render(request, "public/alerte_arretee.html")


@csrf_exempt
@require_POST
@droit("alerte", "U")
@discrete
def stop(request: HttpRequest, jeton: str) -> HttpResponse:
    """Stop from the mail program (RFC 8058): no page, no cookie; the link is the key."""
    del request
    alerte = read_token(jeton, SEL_VOIR)
    if alerte is not None:
        alertes.arreter(alerte=alerte)
    return HttpResponse(status=204)
