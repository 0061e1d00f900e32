"""The outbox of a desk: letters to print, to send, to date; the answer that a person tells."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.base.mots import nombre
from palier.formats.lettres import letters_to_pdf
from palier.web.apps.attributions.courrier import dessins, textes
from palier.web.apps.attributions.models import Canal, Courrier, EtatCourrier, GenreCourrier
from palier.web.apps.attributions.operations import courriers as actes
from palier.web.apps.attributions.queries import courriers as lectures
from palier.web.apps.attributions.rules.courriers import OFFRES, PROUVES, may_go, said
from palier.web.apps.attributions.views.outils import actor_of, mine, opened, out_of_reach
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.views.outils import hold, key_of, say
from palier.web.components.pieces import ChampLibre, Choix, GroupeChoix, Lien, Pages
from palier.web.horloge import aujourdhui, maintenant

_SIGNES = {
    "a_imprimer": "a_vous", "imprimee": "a_vous", "envoyee": "en_attente", "recue": "fait",
    "revenue": "attention",
}  # fmt: skip


class DateForm(forms.Form):
    """A day in the life of a letter, and its proof."""

    le = forms.DateField(label=gettext_lazy("Jour"), widget=forms.DateInput({"type": "date"}))
    preuve = forms.CharField(
        label=gettext_lazy("Preuve de remise"), max_length=60, required=False,
        help_text=gettext_lazy("Numéro de l'avis de réception, ou « remise en main propre »."),
    )  # fmt: skip


class ReponseForm(forms.Form):
    """An answer told by phone, on paper or at the desk; nothing is chosen beforehand."""

    sens = forms.ChoiceField(
        label=gettext_lazy("Réponse"), widget=forms.RadioSelect,
        choices=[("oui", gettext_lazy("Oui, accepte")), ("non", gettext_lazy("Non, refuse"))],
    )  # fmt: skip
    canal = forms.ChoiceField(
        label=gettext_lazy("Reçue"), widget=forms.RadioSelect,
        choices=[(code, text) for code, text in Canal.choices if code != "ecran"],
    )  # fmt: skip
    jour = forms.DateField(label=gettext_lazy("Jour de la réponse"), widget=forms.DateInput({"type": "date"}))


@require_safe
@droit("courrier", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List the letters of my organisme, those to send first; a code opens its letter."""
    told = request.GET.get("code", "").strip()[:40]
    if told:
        with opened(request):
            found = lectures.by_code(mine(request, "courrier"), told)
        if found is not None:
            return redirect("courriers:un", found.pk)
    return _list(request, told)


def _list(request: HttpRequest, told: str = "", problems: list[str] | None = None) -> HttpResponse:
    get, today, after = request.GET, aujourdhui(), key_of(request)
    wanted = lectures.Filtres(
        etat=get.get("etat", "") if get.get("etat") in EtatCourrier.values else "",
        genre=get.get("genre", "") if get.get("genre") in GenreCourrier.values else "",
        preuve=get.get("preuve") == "oui",
    )
    with opened(request):
        rows, more, total = lectures.page(mine(request, "courrier"), wanted, after)
        waiting, late = lectures.counts(mine(request, "courrier"), today)
    asked = {"etat": wanted.etat, "genre": wanted.genre, "preuve": "oui" if wanted.preuve else ""}
    asked = {name: value for name, value in asked.items() if value}
    following = urlencode({**asked, "apres": str(rows[-1].pk)}) if more else ""
    counted = ngettext("%(n)s courrier", "%(n)s courriers", total) % {"n": nombre(total)}
    states = [Choix(code, str(text), choisi=code == wanted.etat) for code, text in EtatCourrier.choices]
    kinds = [Choix(code, str(text), choisi=code == wanted.genre) for code, text in GenreCourrier.choices]
    proofs = [Choix("oui", _("À remise prouvée"), choisi=wanted.preuve)]
    context = {
        "lignes": [_line(row, today) for row in rows],
        "etats": GroupeChoix("etat", _("État"), [Choix("", _("En cours")), *states], False),
        "genres": GroupeChoix("genre", _("Sorte"), [Choix("", _("Toutes")), *kinds], False),
        "preuves": GroupeChoix("preuve", _("Preuve"), [Choix("", _("Toutes")), *proofs], False),
        "code": ChampLibre(
            "code", _("Code dit au téléphone"), told,
            erreur=_("Aucun de vos courriers n'a ce code. Faites-le répéter.") if told else "",
        ),
        "choisis": len(asked), "bouton": _("Filtrer"), "compte": counted, "aujourdhui": today,
        "attend": waiting, "retard": late, "problemes": problems or [],
        "pages": Pages(
            counted, f"?{urlencode(asked)}" if after else "", f"?{following}" if following else ""
        ),
    }  # fmt: skip
    status = 422 if problems else 200
    return render(request, "attributions/bureau/courriers.html", context, status=status)


def _line(row: Courrier, today: Any) -> dict[str, Any]:
    return {
        "c": row, "genre": textes.kind(row), "etat": EtatCourrier(row.etat).label, "signe": _SIGNES[row.etat],
        "numero": row.demande.numero_unique, "choix": may_go(row.etat, "envoyee"),
        "retard": row.pour_le < today and row.etat in ("a_imprimer", "imprimee"),
        "sans_adresse": row.contenu.get("sans_adresse") and not row.courriel,
    }  # fmt: skip


def _ids(request: HttpRequest) -> list[uuid.UUID]:
    found = []
    for value in request.POST.getlist("courrier")[:500]:
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return found


@require_POST
@droit("courrier", "U")
def imprimer(request: HttpRequest) -> HttpResponse:
    """Give one PDF of the chosen letters, and mark them printed."""
    try:
        with opened(request):
            rows = actes.imprimer(acteur=actor_of(request), courriers=_ids(request), maintenant=maintenant())
            sheets = [textes.lettre(row) for row in rows]
    except Courrier.DoesNotExist:
        refuser(request, "courrier")
    except InputError as error:
        return _list(request, problems=[f"{p.constat} {p.que_faire}" for p in error.problems])
    return _pdf(letters_to_pdf(sheets, _("Courriers"), dessins.fonts()), "courriers.pdf")


def _pdf(content: bytes, nom: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{nom}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@droit("courrier", "U")
def envoyer(request: HttpRequest) -> HttpResponse:
    """Say that the chosen letters have left today."""
    today = aujourdhui()
    try:
        rows = actes.envoyer(acteur=actor_of(request), courriers=_ids(request), le=today, au=today)
    except Courrier.DoesNotExist:
        refuser(request, "courrier")
    except InputError as error:
        return _list(request, problems=[f"{p.constat} {p.que_faire}" for p in error.problems])
    sent = ngettext("%(n)s courrier est parti.", "%(n)s courriers sont partis.", len(rows))
    messages.success(request, sent % {"n": len(rows)})
    return redirect("courriers:liste")


def _mine(request: HttpRequest, pk: uuid.UUID) -> Courrier:
    found = lectures.one(mine(request, "courrier"), pk)
    if found is None:
        out_of_reach("courrier", pk)
    return found


@require_safe
@droit("courrier", "R")
def un(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a letter: what it says, where it is, and what may be done."""
    with opened(request):
        return _page(request, _mine(request, pk))


def _page(
    request: HttpRequest, row: Courrier, *, recu: forms.Form | None = None, reponse: forms.Form | None = None
) -> HttpResponse:
    offer = row.proposition
    pending = row.genre in OFFRES and offer is not None and offer.etat == "en_cours"
    part = textes.volet(row, "fr")
    said_in = [mark_safe(bloc) for bloc in part.blocs]  # noqa: S308 - rendered by our own templates
    today = {"le": aujourdhui().isoformat()}
    failed = next((form for form in (recu, reponse) if form is not None), None)
    context = {
        "chemin": [Lien(_("Courriers"), reverse("courriers:liste")), Lien(textes.kind(row), "")],
        "c": row, "genre": textes.kind(row), "numero": row.demande.numero_unique, "code": said(row.code),
        "etat": EtatCourrier(row.etat).label, "signe": _SIGNES[row.etat],
        "titre_courrier": part.titre,
        "blocs": said_in, "prouve": row.genre in PROUVES,
        "sans_adresse": row.contenu.get("sans_adresse"), "imprimable": may_go(row.etat, "imprimee"),
        "partant": may_go(row.etat, "envoyee"), "attendu": may_go(row.etat, "recue"),
        "recu": recu or DateForm(initial=today), "form": failed, "proposition": offer,
        "reponse": (reponse or ReponseForm(initial={"jour": today["le"]})) if pending else None,
    }  # fmt: skip
    return render(request, "attributions/bureau/courrier.html", context, status=422 if failed else 200)


@require_safe
@droit("courrier", "R")
def feuille(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the PDF of one letter, whatever its state; its state does not change."""
    with opened(request):
        row = _mine(request, pk)
        sheet = textes.lettre(row)
    return _pdf(letters_to_pdf([sheet], sheet.titre, dessins.fonts()), f"courrier-{row.code}.pdf")


@require_POST
@droit("courrier", "U")
def dater(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say when a letter was received, with its proof, or that it came back."""
    form, today = DateForm(request.POST), aujourdhui()
    with opened(request):
        row = _mine(request, pk)
        if form.is_valid():
            try:
                if "revenue" in request.POST:
                    actes.revenir(acteur=actor_of(request), courrier=pk, le=form.cleaned_data["le"], au=today)
                else:
                    actes.recevoir(
                        acteur=actor_of(request), courrier=pk, le=form.cleaned_data["le"],
                        preuve=form.cleaned_data["preuve"], au=today, maintenant=maintenant(),
                    )  # fmt: skip
                return redirect("courriers:un", pk)
            except InputError as error:
                hold(form, error)
        return _page(request, row, recu=form)


@require_POST
@droit("courrier", "C")
def refaire(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Prepare anew a letter that came back."""
    with opened(request):
        _mine(request, pk)
        try:
            made = actes.refaire(acteur=actor_of(request), courrier=pk, maintenant=maintenant())
        except InputError as error:
            say(request, error)
            return redirect("courriers:un", pk)
    return redirect("courriers:un", made.pk)


@require_POST
@droit("courrier", "U")
def repondre(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take down the answer of a person, found by the code of her letter."""
    form = ReponseForm(request.POST)
    with opened(request):
        row = _mine(request, pk)
        if form.is_valid():
            read = form.cleaned_data
            try:
                actes.repondre(
                    acteur=actor_of(request), courrier=pk, sens=read["sens"], canal=read["canal"],
                    le=read["jour"], au=aujourdhui(), maintenant=maintenant(),
                )  # fmt: skip
                messages.success(request, _("La réponse est enregistrée."))
                return redirect("courriers:un", pk)
            except InputError as error:
                hold(form, error)
        return _page(request, row, reponse=form)


@require_POST
@droit("courrier", "C")
def preparer(request: HttpRequest, demande: uuid.UUID) -> HttpResponse:
    """Prepare the attestation of a request, or the warning of a person who no longer answers."""
    mine(request, "courrier")
    warned = request.POST.get("genre") == "avertissement"
    act = actes.preparer_avertissement if warned else actes.preparer_attestation
    try:
        made = act(acteur=actor_of(request), demande=demande, maintenant=maintenant())
    except Demande.DoesNotExist:
        refuser(request, "courrier", demande)
    return redirect("courriers:un", made.pk)
