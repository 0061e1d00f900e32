"""Forms of the end of the path; the operations judge what they mean, and nothing is answered beforehand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions.models import Canal
from palier.web.apps.attributions.views.formulaires import Jour
from palier.web.horloge import aujourdhui


class SuiteForm(forms.Form):
    """An act on the file of one candidate; the only one is chosen, among several none is."""

    def __init__(self, *args: Any, choix: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qui"] = forms.ChoiceField(
            label=_("Candidat"), choices=choix, widget=forms.RadioSelect,
            initial=choix[0][0] if len(choix) == 1 else None,
        )  # fmt: skip
        self.order_fields(["qui"])


class ReceptionForm(SuiteForm):
    """A later day of reception."""

    recue_le = Jour(label=_("Reçue le"), help_text=_("Jamais plus tôt : le délai ne se réduit pas."))


class ReponseForm(SuiteForm):
    """An answer told by phone, on paper or at the desk."""

    sens = forms.ChoiceField(
        label=_("Réponse"), widget=forms.RadioSelect,
        choices=[("oui", _("Oui, accepte")), ("non", _("Non, refuse"))],
    )  # fmt: skip
    canal = forms.ChoiceField(
        label=_("Reçue"), widget=forms.RadioSelect,
        choices=[(code, text) for code, text in Canal.choices if code != Canal.ECRAN],
    )  # fmt: skip
    jour = Jour(label=_("Jour de la réponse"))


class RemiseForm(SuiteForm):
    """A decision handed over."""

    remise_le = Jour(label=_("Remise le"))
    preuve = forms.CharField(
        label=_("Preuve de remise"), max_length=60,
        help_text=_("Numéro de l'avis de réception, ou « remise en main propre »."),
    )  # fmt: skip


class JourVenuForm(SuiteForm):
    """Something that has happened, at the latest today."""

    jour = Jour(label=_("Jour"))

    def clean_jour(self) -> dt.date:
        """Refuse a day to come."""
        day: dt.date = self.cleaned_data["jour"]
        if day > aujourdhui():
            raise forms.ValidationError(_("Ce jour n'est pas encore venu. Donnez celui de l'acte."))
        return day


FORMES: dict[str, type[SuiteForm]] = {
    "dater": ReceptionForm,
    "repondre": ReponseForm,
    "notifier": RemiseForm,
    "piece": JourVenuForm,
    "contester": JourVenuForm,
    "clore": JourVenuForm,
}
