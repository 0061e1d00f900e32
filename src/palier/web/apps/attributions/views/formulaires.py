"""Forms of the desk: what an agent writes; what it means is judged by the operations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palier.engines.commission.run.gardes_logement import RETRAITS
from palier.web.apps.attributions.models import Candidature, Convention, Recherche, Seance
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.organismes.models import Genre, Organisme

_OUI_NON = [("oui", _("Oui")), ("non", _("Non"))]
_TAILLES = [("chambre", _("Chambre")), *((f"t{n}", f"T{n}") for n in range(1, 7))]
_FINANCEMENTS = [("plai", "PLAI"), ("plus", "PLUS"), ("pls", "PLS")]
MOTS_RETRAITS = {
    "vente": _("Le logement est vendu"),
    "demolition": _("Le logement sera démoli"),
    "travaux": _("Le logement est en travaux"),
    "erreur": _("La vacance est une erreur"),
    "locataire_reste": _("Le locataire reste"),
}


class Jour(forms.DateField):
    """A day, by the calendar of the browser or typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class Montant(forms.DecimalField):
    """Euros, read as cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=9999, decimal_places=2, max_digits=6, localize=True, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return cents; None where nothing was written."""
        text = value.replace(",", ".") if isinstance(value, str) else value
        found: Decimal | None = super().clean(text)
        return None if found is None else int(found * 100)


class OuiNon(forms.ChoiceField):
    """Yes or no, nothing chosen beforehand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_OUI_NON, widget=forms.RadioSelect, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return a boolean; None where nothing was chosen."""
        return {"oui": True, "non": False}.get(super().clean(value))


class CongeForm(forms.Form):
    """A notice."""

    reference = forms.CharField(label=_("Référence du logement"), max_length=60)
    conge_le = Jour(label=_("Congé reçu le"))
    bail_fin = Jour(label=_("Fin du bail"))


class DescriptionForm(forms.Form):
    """What a home is; the machine says what is missing."""

    typologie = forms.ChoiceField(label=_("Taille"), choices=_TAILLES)
    surface_m2 = forms.IntegerField(label=_("Surface habitable"), min_value=9, max_value=300)
    etage = forms.IntegerField(label=_("Étage"), min_value=-2, max_value=60, required=False)
    ascenseur = OuiNon(label=_("Ascenseur"), required=False)
    loyer_cent = Montant(label=_("Loyer sans les charges"))
    charges_cent = Montant(label=_("Charges"))
    financement = forms.ChoiceField(label=_("Financement"), choices=_FINANCEMENTS)
    dpe_classe = forms.ChoiceField(label=_("Classe énergie"), choices=[(c, c) for c in "ABCDEFG"])
    accessible = OuiNon(label=_("Accessible en fauteuil roulant"))
    adapte = forms.BooleanField(label=_("Équipé pour un handicap"), required=False)
    zone_tendue = forms.BooleanField(label=_("En zone tendue"), required=False)
    d331_25_1 = forms.BooleanField(
        label=_("Financé par l'aide de l'article D331-25-1 (un seul dossier suffit)"), required=False
    )


class ProgrammeForm(DescriptionForm):
    """A home let for the first time, described at once."""

    reference = forms.CharField(label=_("Référence du logement"), max_length=60)
    livraison_le = Jour(label=_("Livraison"))
    field_order = ("reference", "livraison_le")


class OrienterForm(forms.Form):
    """To which convention."""

    def __init__(self, *args: Any, conventions: list[Convention], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(c.pk), f"{c.reservataire.nom}, {c.reference}") for c in conventions]
        self.fields["convention"] = forms.ChoiceField(
            label=_("Convention"), choices=choices, widget=forms.RadioSelect
        )


class ReprendreForm(forms.Form):
    """Taken back; said to be reserved to nobody where a convention covers the home."""

    def __init__(self, *args: Any, couvert: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if couvert:
            self.fields["non_reserve"] = forms.BooleanField(
                label=_("Ce logement n'est réservé à personne : je le consigne"),
                help_text=_("Une convention couvre cette commune. Votre nom et le jour sont gardés."),
            )


class RetirerForm(forms.Form):
    """Why a home is withdrawn."""

    motif = forms.ChoiceField(
        label=_("Motif"), choices=[(code, MOTS_RETRAITS[code]) for code in RETRAITS], widget=forms.RadioSelect
    )


class InscrireForm(forms.Form):
    """On which session; with which recorded search, where three files are not there."""

    def __init__(
        self, *args: Any, seances: list[tuple[Seance, str]], recherches: list[tuple[Recherche, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["seance"] = forms.ChoiceField(
            label=_("Séance"), choices=[(str(s.pk), text) for s, text in seances], widget=forms.RadioSelect
        )
        if recherches:
            self.fields["recherche"] = forms.ChoiceField(
                label=_("Recherche consignée, si moins de trois dossiers"),
                choices=[("", _("Aucune")), *((str(r.pk), text) for r, text in recherches)],
                required=False,
            )


class TourForm(forms.Form):
    """The candidate whose turn it is: shown to be checked, there is no other choice."""

    def __init__(
        self, *args: Any, candidats: list[tuple[Candidature, str]], au: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(c.pk), text) for c, text in candidats]
        self.fields["candidature"] = forms.ChoiceField(
            label=_("Candidat"), choices=choices, widget=forms.RadioSelect,
            initial=choices[0][0] if choices else None,
        )  # fmt: skip
        self.order_fields(["candidature"])
        for nom in ("recue_le", "signe_le"):
            if nom in self.fields:
                self.fields[nom].initial = au


class OffreForm(TourForm):
    """An offer of a home: when it arrives, and how many days."""

    recue_le = Jour(
        label=_("Reçue par la personne le"),
        help_text=_("Si elle la reçoit plus tard, datez son courrier : le délai entier repart de ce jour."),
    )
    jours = forms.IntegerField(
        label=_("Jours pour répondre"), required=False, min_value=1, max_value=90,
        help_text=_("Rien : le délai de la loi. Jamais moins."),
    )  # fmt: skip


class BailForm(TourForm):
    """A lease that was signed."""

    signe_le = Jour(label=_("Bail signé le"))
    reference = forms.CharField(label=_("Référence du bail"), max_length=60)
    identite_verifiee = forms.BooleanField(
        label=_("J'ai vérifié l'identité de la personne et le numéro unique"), required=False
    )


class SuivreForm(forms.Form):
    """Who follows a home."""

    def __init__(self, *args: Any, agents: list[Utilisateur], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Personne")), *((str(u.pk), u.nom) for u in agents)]
        self.fields["agent"] = forms.ChoiceField(label=_("Agent"), choices=choices, required=False)


class VisiteForm(forms.Form):
    """An appointment."""

    jour = Jour(label=_("Jour"))
    heure = forms.TimeField(label=_("Heure"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    duree_minutes = forms.IntegerField(label=_("Durée"), min_value=5, max_value=240, initial=30)
    rendez_vous = forms.CharField(
        label=_("Lieu du rendez-vous"), max_length=120, help_text=_("Jamais un code d'entrée.")
    )


class AbsenceForm(forms.Form):
    """Days away and the colleague who follows."""

    def __init__(
        self, *args: Any, absents: list[Utilisateur], relais: list[Utilisateur], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for nom, label, people in (
            ("absent", _("Agent absent"), absents), ("relais", _("Relayé par"), relais)
        ):  # fmt: skip
            self.fields[nom] = forms.ChoiceField(label=label, choices=[(str(u.pk), u.nom) for u in people])
        self.order_fields(["absent", "relais", "du", "au"])

    du = Jour(label=_("Premier jour"))
    au = Jour(label=_("Dernier jour"))


class ConventionForm(forms.Form):
    """A right to propose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Genre.RESERVATAIRE, Genre.EPCI, Genre.ETAT)
        rows = Organisme.objects.filter(genre__in=kinds, actif=True).order_by("nom")
        self.fields["reservataire"] = forms.ChoiceField(
            label=_("Réservataire"), choices=[(str(o.pk), o.nom) for o in rows]
        )
        self.order_fields(["reservataire", "reference", "du", "au", "communes", "delai_jours"])

    reference = forms.CharField(label=_("Référence"), max_length=60)
    du = Jour(label=_("Premier jour"))
    au = Jour(label=_("Dernier jour"), required=False)
    communes = forms.CharField(
        label=_("Communes couvertes"),
        help_text=_("Codes INSEE, séparés par un espace : 67482 67218."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    delai_jours = forms.IntegerField(
        label=_("Jours pour proposer"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=_(
            "En zone tendue, la loi laisse un mois au plus. Hors zone tendue, ce délai est le terme."
        ),
    )

    def clean_communes(self) -> list[str]:
        """Return the codes written."""
        return str(self.cleaned_data["communes"]).replace(",", " ").upper().split()


class FinForm(forms.Form):
    """The last day of a convention."""

    au = Jour(label=_("Dernier jour"))


class RechercheForm(forms.Form):
    """Days of a search, and the files to keep."""

    seance_le = Jour(label=_("Jour de la séance"), required=False)

    def day(self, sinon: dt.date) -> dt.date:
        """Return the day asked for, else another one."""
        found: dt.date | None = self.cleaned_data.get("seance_le") if self.is_valid() else None
        return found or sinon
