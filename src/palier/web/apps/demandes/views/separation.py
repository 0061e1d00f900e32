"""A couple parts: the page that makes two requests of one."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.models import Demande, Personne
from palier.web.apps.demandes.operations.separation import Menage, separer
from palier.web.apps.demandes.views.outils import Ouverte, page_language, path_of, reached
from palier.web.apps.organismes.views.outils import hold
from palier.web.horloge import aujourdhui, maintenant

OBJET = "separation"
_TEXTE = {"autocomplete": "off"}


class SeparationForm(forms.Form):
    """Who leaves, with whom, and the writing that says so."""

    preuve = forms.CharField(
        label=gettext_lazy("Référence de l'écrit qui dit la séparation"),
        help_text=gettext_lazy("Déclaration des deux, jugement, convention ou ordonnance de protection."),
        max_length=60,
        widget=forms.TextInput(_TEXTE),
    )
    numero = forms.CharField(
        label=gettext_lazy("Numéro unique de la seconde demande"),
        help_text=gettext_lazy("Donné par l'enregistrement, 18 signes."),
        max_length=24,
        widget=forms.TextInput(_TEXTE),
    )
    nom = forms.CharField(label=gettext_lazy("Nom de la personne qui part"), max_length=120,
                          widget=forms.TextInput(_TEXTE))  # fmt: skip
    prenom = forms.CharField(label=gettext_lazy("Prénom de la personne qui part"), max_length=120,
                             widget=forms.TextInput(_TEXTE))  # fmt: skip
    naissance = forms.DateField(
        label=gettext_lazy("Date de naissance de la personne qui part"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    part_personnes = forms.IntegerField(label=gettext_lazy("Personnes à loger avec elle, elle comprise"))
    part_mineurs = forms.IntegerField(label=gettext_lazy("Dont mineurs"))
    reste_personnes = forms.IntegerField(label=gettext_lazy("Personnes à loger dans la première demande"))
    reste_mineurs = forms.IntegerField(label=gettext_lazy("Dont mineurs, première demande"))
    situation = forms.ChoiceField(label=gettext_lazy("Situation de chacun"), widget=forms.RadioSelect)
    rangs = forms.MultipleChoiceField(
        label=gettext_lazy("Personnes de la demande qui partent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, demande: Demande, langue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naissance"].initial = demande.conjoint_naissance
        self.fields["part_personnes"].initial = 1
        self.fields["part_mineurs"].initial = 0
        self.fields["reste_personnes"].initial = max((demande.nb_personnes or 2) - 1, 1)
        self.fields["reste_mineurs"].initial = demande.nb_mineurs or 0
        situation, ranks = self.fields["situation"], self.fields["rangs"]
        assert isinstance(situation, forms.ChoiceField)
        assert isinstance(ranks, forms.MultipleChoiceField)
        situation.choices = [
            (code, mots.said("situation_familiale", code, langue))
            for code in ("separe", "divorce", "celibataire")
        ]
        ranks.choices = [
            (str(p.personne_rang), _person(p, langue))
            for p in Personne.objects.filter(demande=demande, personne_rang__gt=1).order_by("personne_rang")
        ]
        if not ranks.choices:
            del self.fields["rangs"]


def _person(personne: Personne, langue: str) -> str:
    link = mots.say("personne_lien", personne.personne_lien, langue, {})
    return f"{link}, {mots.say('personne_naissance', personne.personne_naissance, langue, {})}"


@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "U")
def separation(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Make two requests of a couple's one."""
    with reached(request, identifiant, OBJET) as held:
        posted = request.method == "POST"
        form = SeparationForm(request.POST if posted else None, demande=held.demande, langue=page_language())
        made = _part(request, held, form) if posted and form.is_valid() else None
        if made is None:
            context = {"demande": held.demande, "form": form, "chemin": path_of(held.demande, _("Séparer"))}
            return render(request, "demandes/separation.html", context, status=422 if posted else 200)
    messages.success(request, _("La seconde demande est faite ; chacune garde la date de dépôt."))
    return redirect("demandes:une", made.pk)


def _part(request: HttpRequest, held: Ouverte, form: SeparationForm) -> Demande | None:
    given = form.cleaned_data
    try:
        return separer(
            acteur=request.user,
            demande=held.demande,
            numero="".join(given["numero"].split()).upper(),
            nom=given["nom"],
            prenom=given["prenom"],
            naissance=given["naissance"],
            reste=Menage(given["reste_personnes"], given["reste_mineurs"], given["situation"]),
            part=Menage(given["part_personnes"], given["part_mineurs"], given["situation"]),
            rangs=frozenset(int(rank) for rank in given.get("rangs", [])),
            preuve=given["preuve"],
            le=aujourdhui(),
            maintenant=maintenant(),
            organisme=held.fonction.organisme_id or "",
        )
    except InputError as error:
        hold(form, error)
        return None
