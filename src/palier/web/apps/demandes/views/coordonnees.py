"""Where the person of a request is reached: read and corrected at the desk."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit
from palier.web.apps.demandes.models import Coordonnees
from palier.web.apps.demandes.operations.coordonnees import ecrire_coordonnees
from palier.web.apps.demandes.views.outils import Ouverte, path_of, reached
from palier.web.apps.organismes.views.outils import hold
from palier.web.horloge import maintenant

OBJET = "coordonnees"
_LIGNES, _LARGEUR = 6, 60


class CoordonneesForm(forms.Form):
    """Mail, phone, envelope, and the language of letters beside French."""

    courriel = forms.EmailField(
        label=gettext_lazy("Courriel"),
        max_length=190,
        required=False,
        help_text=gettext_lazy("Le code qui ouvre l'espace de la personne part à cette adresse."),
        error_messages={
            "invalid": gettext_lazy("Cette adresse n'est pas complète. Exemple : nom@exemple.fr")
        },
    )
    telephone = forms.RegexField(
        r"^[0-9+ .]{6,20}$",
        label=gettext_lazy("Téléphone"),
        required=False,
        error_messages={"invalid": gettext_lazy("Écrivez le numéro en chiffres. Exemple : 06 00 00 00 00")},
    )
    adresse = forms.CharField(
        label=gettext_lazy("Adresse postale"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Les lignes de l'enveloppe, sous le nom : six au plus, de 60 caractères."),
    )
    langue = forms.ChoiceField(label=gettext_lazy("Langue des lettres, à côté du français"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(code, nom) for code, nom in settings.LANGUAGES if code != "fr"]
        self.fields["langue"].choices = [("", gettext_lazy("Français seul")), *spoken]  # type: ignore[attr-defined]

    def clean_adresse(self) -> list[str]:
        """Return the lines of an envelope."""
        lines = [line.strip() for line in self.cleaned_data["adresse"].splitlines() if line.strip()]
        if len(lines) > _LIGNES or any(len(line) > _LARGEUR for line in lines):
            raise forms.ValidationError(_("Six lignes au plus, de 60 caractères au plus."))
        return lines


def _held(joint: Coordonnees | None) -> dict[str, Any]:
    if joint is None:
        return {}
    return {
        "courriel": joint.courriel,
        "telephone": joint.telephone,
        "adresse": "\n".join(joint.adresse),
        "langue": joint.langue,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "U")
def coordonnees(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Correct where a person is reached."""
    with reached(request, identifiant, OBJET) as held:
        posted = request.method == "POST"
        joint = Coordonnees.objects.filter(pk=held.demande.pk).first()
        form = CoordonneesForm(request.POST if posted else None, initial=_held(joint))
        changed = _write(request, held, form) if posted and form.is_valid() else None
        if changed is None:
            plus = {"demande": held.demande, "form": form, "chemin": path_of(held.demande, _("Joindre"))}
            return render(request, "demandes/coordonnees.html", plus, status=422 if posted else 200)
    done = _("Les coordonnées sont enregistrées.") if changed else _("Rien n'a changé.")
    messages.success(request, done)
    return redirect("demandes:une", identifiant)


def _write(request: HttpRequest, held: Ouverte, form: CoordonneesForm) -> list[str] | None:
    try:
        return ecrire_coordonnees(
            acteur=request.user,
            demande=held.demande,
            valeurs=form.cleaned_data,
            maintenant=maintenant(),
            organisme=held.fonction.organisme_id or "",
        )
    except InputError as error:
        hold(form, error)
        return None
