"""Forms of the commission: bounds and labels; the rules stand in operations and in the engine."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions import phrases


def date_input() -> forms.DateInput:
    """Return a field of a day."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SeanceForm(forms.Form):
    """A session to prepare."""

    le = forms.DateField(label=_("Jour de la séance"), widget=date_input())
    mode = forms.ChoiceField(label=_("Comment la commission se réunit"), widget=forms.RadioSelect)
    lieu = forms.CharField(
        label=_("Lieu, ou lien de la visioconférence"), max_length=120, required=False,
        help_text=_("Les membres le lisent sur leur convocation."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mode"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, _t(words)) for code, words in phrases.MODES.items()]


class AnnulationForm(forms.Form):
    """Why a session is cancelled."""

    motif = forms.CharField(
        label=_("Pourquoi la séance est annulée"), max_length=200,
        help_text=_("Cette phrase est dite aux personnes convoquées."),
    )  # fmt: skip


class EnvoiForm(forms.Form):
    """When the minutes were sent to the prefect."""

    envoi_le = forms.DateField(label=_("Envoyé au préfet le"), widget=date_input())


class ReglementForm(forms.Form):
    """A vintage of the règlement: pasted, or a file."""

    fichier = forms.FileField(
        label=_("Fichier du règlement (YAML)"), required=False,
        widget=forms.ClearableFileInput({"accept": ".yaml,.yml,text/plain"}),
    )  # fmt: skip
    texte = forms.CharField(
        label=_("Ou collez le texte ici"), required=False, max_length=20_000, strip=False,
        widget=forms.Textarea({"rows": 14, "spellcheck": "false", "class": "form-control code"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take the text of the file where there is one."""
        data: dict[str, Any] = super().clean() or {}
        given = data.get("fichier")
        if given is not None:
            if given.size > 20_000:
                raise forms.ValidationError(_t("Ce fichier est trop long pour un règlement."))
            try:
                data["texte"] = given.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(
                    _t("Ce fichier n'est pas un texte en UTF-8 : enregistrez-le dans ce codage.")
                ) from error
        if not (data.get("texte") or "").strip():
            raise forms.ValidationError(_t("Choisissez un fichier, ou collez le texte."))
        return data


class MembreForm(forms.Form):
    """A seat to give."""

    nom = forms.CharField(
        label=_("Nom de la personne"), max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )
    qualite = forms.ChoiceField(label=_("Qualité"))
    lieu = forms.RegexField(
        label=_("De quel lieu ou de quel organisme"), regex=r"^\s*[0-9AB]{2,9}\s*$", required=False,
        help_text=_(
            "Code INSEE pour un maire, SIREN pour un EPCI, un réservataire ou un mandant, numéro du"
            " département pour l'État. Rien pour les membres de l'organisme."
        ),
        error_messages={"invalid": _("Écrivez un code INSEE, un SIREN ou un numéro de département.")},
    )  # fmt: skip
    president = forms.BooleanField(label=_("Préside la commission"), required=False)
    du = forms.DateField(label=_("Siège à partir du"), widget=date_input())
    au = forms.DateField(label=_("Jusqu'au"), widget=date_input(), required=False)
    courriel = forms.EmailField(
        label=_("Adresse électronique de son compte"), max_length=190, required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Sans compte, la personne siège en salle et ne vote pas à distance."),
    )  # fmt: skip
    adresse = forms.CharField(
        label=_("Adresse postale de la personne"), max_length=200, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_(
            "Elle n'est pas gardée : une empreinte en est faite, comparée à celles des candidats pour"
            " avertir d'un lien non déclaré."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, au: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["qualite"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(phrases.codes("caleol_membres", au).items())

    def clean(self) -> dict[str, Any]:
        """Demand a place where the quality is that of one, and dates that follow."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("du") and data.get("au") and data["au"] < data["du"]:
            self.add_error("au", _t("Le siège finit avant de commencer."))
        scope = phrases.details("caleol_membres", data.get("du") or dt.date(2026, 1, 1))
        quality = data.get("qualite")
        if quality in scope and scope[quality]["portee"] != "organisme" and not data.get("lieu"):
            if "lieu" not in self.errors:
                self.add_error("lieu", _t("Dites de quel lieu ou organisme : cette personne y siège seule."))
        elif quality in scope and scope[quality]["portee"] == "organisme":
            data["lieu"] = ""
        return data


class CompteForm(forms.Form):
    """The account of a seat."""

    courriel = forms.EmailField(label=_("Adresse électronique de son compte"), max_length=190)


class FinForm(forms.Form):
    """The last day of a seat."""

    au = forms.DateField(label=_("Dernier jour du siège"), widget=date_input())
