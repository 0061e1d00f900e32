"""Forms of the entry: address, code, number and birth."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_NUMERO = r"^\s*(?:[0-9A-Za-z][\s-]*){18}$"


class EntreeForm(forms.Form):
    """An address to which a code is sent."""

    courriel = forms.EmailField(
        label=_("Votre adresse de courriel"),
        max_length=190,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Écrivez votre adresse de courriel."),
            "invalid": _("Cette adresse n'est pas complète. Exemple : nom@exemple.fr"),
        },
    )
    partage = forms.BooleanField(
        label=_("Cet ordinateur est partagé"),
        required=False,
        help_text=_("Nous fermons votre espace après 10 minutes sans rien faire, au lieu de 30."),
    )


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.CharField(
        label=_("Code à six chiffres"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Écrivez le code reçu par courriel.")},
    )

    def clean_code(self) -> str:
        """Take the code as it is copied, spaces included."""
        return "".join(str(self.cleaned_data["code"]).split())


class RattachementForm(forms.Form):
    """Unique number and date of birth."""

    numero = forms.RegexField(
        _NUMERO,
        label=_("Numéro unique de la demande"),
        max_length=30,
        help_text=_("18 caractères, sur votre attestation. Exemple : 067 0524 004127 G2104"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Écrivez le numéro unique de votre demande."),
            "invalid": _("Le numéro unique a 18 caractères. Recopiez-le de votre attestation."),
        },
    )
    naissance = forms.DateField(
        label=_("Votre date de naissance"),
        help_text=_("Jour, mois, année. Exemple : 23/04/1988"),
        input_formats=["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.TextInput(attrs={"autocomplete": "bday", "inputmode": "text"}),
        error_messages={
            "required": _("Écrivez votre date de naissance."),
            "invalid": _("Écrivez le jour, le mois et l'année. Exemple : 23/04/1988"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naissance"].localize = False
