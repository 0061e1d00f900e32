"""Forms of the request: corrections, waiver, answer, mandate, writings, papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from palier.base.errors import PalierError
from palier.tables import colonne
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.models import Coordonnees, Demande
from palier.web.apps.espace.models import Portee
from palier.web.apps.espace.presentation.refus import all_said
from palier.web.apps.espace.rules.refus import MOTIFS
from palier.web.components.explication import words_language

_OUI_NON = [("", _("Je ne sais pas")), ("oui", _("Oui")), ("non", _("Non"))]
_BOOLEENS = ("accepte_autre_commune", "rez_de_chaussee_seul", "ascenseur", "parking")
_JOURS = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%Y-%m-%d"]


def hold(form: forms.BaseForm, error: PalierError) -> None:
    """Say the problems of an operation above a form."""
    for words in all_said(error):
        form.add_error(None, words)


class CorrectionForm(forms.Form):
    """What is corrected on line, and what is said to the desk."""

    typologies = forms.MultipleChoiceField(
        label=_("Tailles de logement que je demande"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une taille.")},
    )
    localisations = forms.MultipleChoiceField(
        label=_("Communes que je demande"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une commune.")},
    )
    accepte_autre_commune = forms.ChoiceField(
        label=_("J'accepte une autre commune"), choices=_OUI_NON, required=False
    )
    rez_de_chaussee_seul = forms.ChoiceField(
        label=_("Il me faut un rez-de-chaussée"), choices=_OUI_NON, required=False
    )
    ascenseur = forms.ChoiceField(label=_("Il me faut un ascenseur"), choices=_OUI_NON, required=False)
    parking = forms.ChoiceField(label=_("Je souhaite un parking"), choices=_OUI_NON, required=False)
    courriel = forms.EmailField(
        label=_("Courriel"),
        max_length=190,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Cette adresse n'est pas complète. Exemple : nom@exemple.fr")},
    )
    telephone = forms.RegexField(
        r"^[0-9+ .]{6,20}$",
        label=_("Téléphone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": _("Écrivez le numéro en chiffres. Exemple : 06 00 00 00 00")},
    )
    adresse = forms.CharField(
        label=_("Adresse postale"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    situation = forms.CharField(
        label=_("Autre changement : foyer, travail, ressources, logement"),
        help_text=_("Dites ce qui a changé. Une personne le vérifie avec une pièce."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        demande: Demande,
        joint: Coordonnees | None,
        communes: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        values: dict[str, Any] = {nom: _said(getattr(demande, nom)) for nom in _BOOLEENS}
        values["typologies"] = colonne("typologies").codes_of(getattr(demande, "typologies") or 0)  # noqa: B009
        values["localisations"] = demande.localisations or []
        if joint is not None:
            lines = "\n".join(joint.adresse)
            values |= {"courriel": joint.courriel, "telephone": joint.telephone, "adresse": lines}
        super().__init__(*args, **{"initial": values, **kwargs})
        spoken = words_language(translation.get_language() or "fr")
        sizes = [(code, mots.said("typologies", code, spoken)) for code in colonne("typologies").codes]
        self.fields["typologies"].choices = sizes  # type: ignore[attr-defined]
        self.fields["localisations"].choices = communes  # type: ignore[attr-defined]

    def clean_adresse(self) -> list[str]:
        """Return the lines of an envelope."""
        lines = [line.strip() for line in self.cleaned_data["adresse"].splitlines() if line.strip()]
        if len(lines) > 6 or any(len(line) > 60 for line in lines):
            raise forms.ValidationError(_("Six lignes au plus, de 60 caractères au plus."))
        return lines

    def values(self) -> dict[str, Any]:
        """Return the answers as the columns of a request hold them."""
        data = self.cleaned_data
        bits = 0
        for code in data["typologies"]:
            bits |= colonne("typologies").bit(code)
        found = {nom: {"oui": True, "non": False}.get(data[nom]) for nom in _BOOLEENS}
        kept = {nom: data[nom] for nom in ("courriel", "telephone", "adresse")}
        return {"typologies": bits, "localisations": sorted(data["localisations"]), **found, **kept}


def _said(valeur: bool | None) -> str:
    return "" if valeur is None else ("oui" if valeur else "non")


class RenoncerForm(forms.Form):
    """A waiver, written twice: a box and a button."""

    sur = forms.BooleanField(
        label=_("Je renonce à ma demande. Je sais qu'elle perd son ancienneté."),
        error_messages={"required": _("Cochez la case, si c'est bien votre volonté.")},
    )


_MOTS_REFUS = {
    "loyer": _("Le loyer et les charges"),
    "lieu": _("Le quartier, la commune, les transports"),
    "taille": _("La taille"),
    "etat": _("L'état du logement"),
    "acces": _("L'étage, l'accès, l'adaptation"),
    "entourage": _("Trop loin de mes proches, de l'école ou du travail"),
    "situation": _("Ma situation a changé"),
    "autre": _("Une autre raison"),
}


class ReponseForm(forms.Form):
    """Yes or no; a no says why."""

    sens = forms.ChoiceField(choices=[("oui", "oui"), ("non", "non")])
    motif = forms.ChoiceField(label=_("Si vous refusez : pourquoi ?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(code, _MOTS_REFUS[code]) for code in MOTIFS]
        self.fields["motif"].choices = [("", _("Choisissez une raison")), *words]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand a reason with a refusal."""
        data = super().clean() or {}
        if data.get("sens") == "non" and not data.get("motif"):
            self.add_error("motif", _("Dites pourquoi : cela n'enlève rien à votre demande."))
        return data

    @property
    def words(self) -> Any:
        """Return the words of the reason."""
        return _MOTS_REFUS.get(self.cleaned_data.get("motif", ""), "")


class MandatForm(forms.Form):
    """Who helps, for what, until when."""

    nom = forms.CharField(
        label=_("Nom de la personne ou de l'association"),
        max_length=80,
        error_messages={"required": _("Écrivez le nom de la personne qui vous aide.")},
    )
    courriel = forms.EmailField(
        label=_("Son adresse de courriel"),
        max_length=190,
        error_messages={
            "required": _("Écrivez l'adresse de la personne qui vous aide."),
            "invalid": _("Cette adresse n'est pas complète. Exemple : nom@exemple.fr"),
        },
    )
    portees = forms.MultipleChoiceField(
        label=_("Elle peut"),
        choices=Portee.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins un acte.")},
    )
    au = forms.DateField(
        label=_("Jusqu'au"),
        help_text=_("Douze mois au plus. Exemple : 30/06/2027"),
        input_formats=_JOURS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Écrivez la fin du mandat."),
            "invalid": _("Écrivez le jour, le mois et l'année. Exemple : 30/06/2027"),
        },
    )


class EcritForm(forms.Form):
    """A rectification or an objection."""

    genre = forms.ChoiceField(
        label=_("Vous voulez"),
        choices=[
            ("rectification", _("faire corriger une donnée")),
            ("contestation", _("contester une ligne de mes points")),
            ("opposition", _("vous opposer à un usage de vos données")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que vous voulez.")},
    )
    texte = forms.CharField(
        label=_("Dites laquelle, et pourquoi"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez quelques mots.")},
    )


class PieceForm(forms.Form):
    """A paper and what it proves."""

    fait = forms.ChoiceField(
        label=_("Cette pièce prouve"), error_messages={"required": _("Choisissez ce que la pièce prouve.")}
    )
    fichier = forms.FileField(
        label=_("Fichier"),
        help_text=_("PDF, JPEG ou PNG, 10 Mo au plus. Une photo du document suffit."),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )
