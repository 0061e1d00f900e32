"""Forms of the staff's pages: bounds and labels; the rules stand in operations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palier.web.apps.organismes import queries
from palier.web.apps.organismes.models import Genre, Organisme, Role
from palier.web.apps.organismes.operations import PORTEES
from palier.web.apps.organismes.rules.parametres import reglages
from palier.web.apps.organismes.rules.roles import roles_of

MOTS_PORTEES = {
    "offres:lire": _("Lire les annonces de l'organisme"),
    "offres:ecrire": _("Déposer et modifier les annonces de l'organisme"),
    "attributions:lire": _("Lire les logements à attribuer, les candidats, les décisions, les demandes"),
    "attributions:ecrire": _("Faire les actes d'un agent sur les attributions"),
    "attributions:administrer": _("Retirer un logement avant son attribution"),
}


def _roles(genre: str | None) -> list[tuple[str, Any]]:
    """Return the roles that may be given: those of one kind of organisme, or all."""
    kept = Role.values if genre is None else roles_of(genre)
    return [(value, label) for value, label in Role.choices if value in kept]


class FonctionForm(forms.Form):
    """A role, and the organisme in which it is held when the giver reaches several."""

    role = forms.ChoiceField(label=_("Rôle"))
    organisme = forms.ModelChoiceField(label=_("Organisme"), queryset=Organisme.objects.none())

    def __init__(self, *args: Any, organisme: Organisme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unique = organisme
        role, place = self.fields["role"], self.fields["organisme"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(place, forms.ModelChoiceField)
        role.choices = _roles(organisme.genre if organisme else None)
        if organisme is None:
            place.queryset = Organisme.objects.filter(actif=True).order_by("nom")
        else:
            del self.fields["organisme"]

    @property
    def place(self) -> Organisme:
        """The organisme in which the role is given."""
        found: Organisme = self.unique or self.cleaned_data["organisme"]
        return found


class InvitationForm(FonctionForm):
    """A person to invite."""

    courriel = forms.EmailField(
        label=_("Adresse électronique professionnelle"),
        max_length=190,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    nom = forms.CharField(
        label=_("Nom montré aux collègues"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    field_order = ("courriel", "nom", "organisme", "role")


class ExploitantForm(forms.Form):
    """Another operator to invite."""

    courriel = forms.EmailField(label=_("Adresse électronique professionnelle"), max_length=190)
    nom = forms.CharField(label=_("Nom montré aux collègues"), max_length=80)


class CleForm(forms.Form):
    """A key for a program."""

    libelle = forms.CharField(
        label=_("Nom de la clé"), max_length=60, help_text=_("Le programme qui s'en sert, par exemple.")
    )
    portees = forms.MultipleChoiceField(
        label=_("Ce que la clé permet"),
        choices=[(name, MOTS_PORTEES[name]) for name in PORTEES],
        widget=forms.CheckboxSelectMultiple,
    )
    expire_le = forms.DateField(
        label=_("Dernier jour de validité"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class OrganismeForm(forms.Form):
    """What an operator writes of an organisme; SIREN and kind are set once."""

    siren = forms.RegexField(
        label=_("SIREN"),
        regex=r"^\s*(?:[0-9]\s*){9}$",
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Un SIREN a neuf chiffres.")},
    )
    genre = forms.ChoiceField(label=_("Genre"), choices=Genre.choices)
    nom = forms.CharField(label=_("Nom public"), max_length=120)
    courriel = forms.EmailField(label=_("Courriel public"), max_length=190, required=False)
    telephone = forms.RegexField(
        label=_("Téléphone public"), regex=r"^[0-9+ .]{2,20}$", max_length=20, required=False
    )
    adresse = forms.CharField(label=_("Adresse postale publique"), max_length=200, required=False)
    actif = forms.BooleanField(
        label=_("Ouvert : ses agents entrent, ses clés fonctionnent"), required=False, initial=True
    )

    def __init__(self, *args: Any, existant: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("siren", "genre") if existant else ("actif",):
            del self.fields[name]

    def clean_siren(self) -> str:
        """Drop the spaces that people write in a SIREN."""
        return "".join(str(self.cleaned_data["siren"]).split())


class ParametreForm(forms.Form):
    """A new value of a parameter."""

    cle = forms.ChoiceField(label=_("Réglage"))
    valeur = forms.IntegerField(label=_("Nouvelle valeur"), min_value=0, max_value=10_000)
    du = forms.DateField(label=_("À partir du"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{row.libelle} ({row.unite})") for key, row in reglages().items()]


class FonctionChoisieForm(forms.Form):
    """The function under which a person wants to act."""

    fonction = forms.CharField(max_length=80)

    def __init__(self, *args: Any, tenues: list[queries.FonctionActive], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenues = {f"{f.role}:{f.organisme_id}" for f in tenues}

    def clean_fonction(self) -> str:
        """Keep a function that is held, refuse any other."""
        wanted = str(self.cleaned_data["fonction"])
        if wanted not in self.tenues:
            raise forms.ValidationError(_("Vous ne tenez pas cette fonction."))
        return wanted
