"""The form of one offer: fields drawn from the registry, judged by the rules of every other door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palier.base import mots
from palier.formats.catalogue import probleme
from palier.tables import Colonne, schema
from palier.web.apps.offres.queries.communes import name_commune, read_commune
from palier.web.apps.offres.rules import Contexte, OffreSaisie, read_saisies
from palier.web.apps.offres.rules.formulaire import HORS_PAGE, gather, groups_of, is_required, unit_of, write
from palier.web.components.templatetags.palier import date_courante
from palier.web.components.textes import enumerer

TITRES = {
    "annonce": lazy("L'annonce"),
    "lieu": lazy("Où"),
    "logement": lazy("Le logement"),
    "local": lazy("Le local"),
    "loyer": lazy("Loyer et charges"),
    "prix": lazy("Prix"),
    "livraison": lazy("Livraison"),
    "copropriete": lazy("La copropriété"),
    "bail": lazy("Loyer et bail"),
    "energie": lazy("Énergie"),
    "attribution": lazy("Qui peut le demander, et quand"),
    "publicite": lazy("La vente et ses publications"),
    "candidature": lazy("Candidatures"),
    "contact": lazy("Visites et contact"),
    "acces": lazy("Accessibilité et équipements"),
    "carte": lazy("Point sur la carte et quartier"),
}
AIDES = {
    "reference_bailleur": lazy("Celle de votre logiciel : elle désigne cette offre, et elle seule."),
    "commune_code": lazy("Nom, code postal ou code Insee. À Paris, Lyon et Marseille : l'arrondissement."),
    "description": lazy("Sans nom, sans numéro personnel, sans digicode."),
    "accessibilite": lazy("Ce qui a été vu sur place. Le reste demeure « non renseigné »."),
    "longitude": lazy("En degrés, par exemple 7,7466. Vide : la mairie est montrée."),
    "latitude": lazy("En degrés, par exemple 48,6053."),
    "loyer_maximal_cent": lazy("Celui de la convention. Il n'est pas montré au public."),
    "prix_energie_annee": lazy("Elle est écrite sur le diagnostic."),
}
_LONGS = frozenset(
    {"description", "offres_modalites", "visites", "activites_recherchees", "loyer_progressif"}
)
_VIDES = frozenset({"OFF-020", "TAB-015"})
_UTILE = "OFF-022"
_MOST_TEXT = 6_000  # the rules know the true lengths, and say them


class _Reponse(forms.CharField):
    """An answer as it was typed: the rules alone say what it lacks; ``required`` only shows."""

    def validate(self, value: Any) -> None:
        """Accept an empty answer."""

    def clean(self, value: Any) -> str:
        """Return the text, cut where no rule could need more."""
        return str(super().clean(value))[:_MOST_TEXT]


def _words(nom: str) -> str:
    langue = get_language() or "fr"
    return mots.word(f"colonne.{nom}", langue if langue in mots.LANGUES else "fr")


def code_words(colonne: Colonne, code: str) -> str:
    """Return a code of the registry in words, in the language of the page."""
    langue = get_language() or "fr"
    word = mots.word(f"code.{colonne.nom}.{code}", langue if langue in mots.LANGUES else "fr")
    return word[:1].upper() + word[1:]


def nature_words(nature: str) -> str:
    """Return a nature in words, in the language of the page."""
    langue = get_language() or "fr"
    return mots.word(f"code.nature.{nature}", langue if langue in mots.LANGUES else "fr")


def _widget(colonne: Colonne) -> forms.Widget:
    """Return the control that suits a column."""
    empty = ("", _("non renseigné"))
    if colonne.type == "code":
        return forms.Select(choices=[empty, *((code, code_words(colonne, code)) for code in colonne.codes)])
    if colonne.type == "booleen":
        return forms.Select(choices=[empty, ("oui", _("oui")), ("non", _("non"))])
    if colonne.type == "date":
        return forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    if colonne.nom == "commune_code":
        return forms.TextInput({"autocomplete": "off", "data-suggestions": "/api/v1/lieux"})
    if colonne.nom in _LONGS:
        return forms.Textarea({"rows": 3})
    mode = {"cent": "decimal", "degre": "decimal", "entier": "numeric"}.get(colonne.type, "")
    return forms.TextInput({"autocomplete": "off", **({"inputmode": mode} if mode else {})})


def _field(nom: str, nature: str) -> forms.Field:
    """Return the field of a column."""
    colonne = schema("offres")[nom]
    label = _("Commune") if nom == "commune_code" else _words(nom)
    words: dict[str, Any] = {"label": label, "help_text": AIDES.get(nom, "")}
    if colonne.type == "ensemble":
        choices = [(code, code_words(colonne, code)) for code in colonne.codes]
        return forms.MultipleChoiceField(
            choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **words
        )
    return _Reponse(required=is_required(nom, nature), widget=_widget(colonne), **words)


class OffreForm(forms.Form):
    """One offer of one nature.

    Parameters
    ----------
    data : QueryDict, optional
        What was sent.
    nature : str
        Decides of the questions.
    contexte : Contexte
        Date, places, law and sender of the checks.
    avant : mapping, optional
        Values of the registry that the offer has now; without them the offer is new.
    propose : mapping, optional
        Values of the registry to begin with, for a new offer.
    """

    version = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        nature: str,
        contexte: Contexte,
        avant: Mapping[str, Any] | None = None,
        propose: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        values = avant if avant is not None else propose or {}
        written = {nom: write(nom, value) for nom, value in values.items() if nom in schema("offres")}
        written["commune_code"] = name_commune(str(values.get("commune_code") or ""), contexte.au)
        super().__init__(data, initial=written | {"version": version or ""})
        self.nature, self.contexte, self.avant = nature, contexte, avant
        self.offre: OffreSaisie | None = None
        for groupe in groups_of(nature):
            for nom in groupe.champs:
                if nom != "reference_bailleur" or avant is None:  # a reference never changes
                    self.fields[nom] = _field(nom, nature)

    def clean(self) -> dict[str, Any]:
        """Read the whole offer by the rules; say each fault beside its question."""
        given = super().clean() or {}
        reponses = given | {"commune_code": self._commune(str(given.get("commune_code") or ""))}
        if self.avant is not None:
            reponses["reference_bailleur"] = self.avant.get("reference_bailleur")
        lue = read_saisies([gather(reponses, self.nature, self.avant)], self.contexte)
        if lue.lignes and not self.errors:
            self.offre = lue.lignes[0].offre
        elif lue.fichier_refuse:
            self._tell("", (f"{p.constat} {p.que_faire}" for p in lue.problemes))
        for row in lue.constats.filter("bloquant").unique(maintain_order=True).iter_rows(named=True):
            self._tell(row["colonne"], [_say(row["code"], row["detail"])])
        return given

    def _commune(self, typed: str) -> str:
        """Return the code of the commune; say what is unclear."""
        if not typed:
            return ""
        found = read_commune(typed, self.contexte.au)
        if not found.code:
            self.add_error(
                "commune_code",
                _("Plusieurs communes répondent : %(noms)s. Écrivez l'une d'elles ainsi.")
                % {"noms": ", ".join(found.proches)}
                if found.proches
                else _("Nous ne connaissons pas cette commune. Essayez son code Insee, ou son nom entier."),
            )
        return found.code

    def _tell(self, champ: str, faults: Iterable[str]) -> None:
        """Put faults beside their question, above all where it was not asked; once each."""
        if champ == "commune_code" and champ in self.errors:
            return
        for fault in faults:
            if champ in self.fields:
                self.add_error(champ, fault)
            else:
                self.add_error(None, f"{_words(champ)} : {fault}" if champ else fault)

    def connue(self) -> int | None:
        """Return the version that the page was made from; an unreadable one matches nothing."""
        text = str(self.cleaned_data.get("version") or "")
        return int(text) if text.isascii() and text.isdigit() else -1

    def groupes(self) -> list[dict[str, Any]]:
        """Return the groups of questions, in order, those that hold an error open."""
        table = schema("offres")
        found = []
        for groupe in groups_of(self.nature):
            champs = [nom for nom in groupe.champs if nom in self.fields]
            found.append(
                {
                    "id": groupe.id,
                    "titre": TITRES[groupe.id],
                    "replie": groupe.replie,
                    "libre": groupe.id != "energie",  # the certificate decides of all these answers
                    "ouvert": any(nom in self.errors for nom in champs),
                    "champs": [(self[nom], _unit(table[nom])) for nom in champs],
                }
            )
        return found


def _say(code: str, detail: str) -> str:
    """Return a fault in words, for a person who has the question before her eyes."""
    if code in _VIDES:
        return _("Cette réponse est nécessaire.")
    problem = probleme(code, "", detail)
    return f"{problem.constat} {problem.que_faire}"


def _unit(colonne: Colonne) -> str:
    """Return the unit of a question, in the language of the page."""
    words = {"€ par mois": _("€ par mois"), "€ par an": _("€ par an"), "mois": _("mois")}
    unit = unit_of(colonne)
    return words.get(unit, unit)


def warnings_of(saisie: Mapping[str, Any], contexte: Contexte) -> list[str]:
    """Return what deserves a look in an offer that is kept, and does not hold it back."""
    lue = read_saisies([dict(saisie)], contexte)
    found = lue.constats.filter(~lue.constats["bloquant"]).unique(maintain_order=True).to_dicts()
    missing = [_words(r["colonne"]) for r in found if r["code"] == _UTILE]
    told = [f"{_words(r['colonne'])} : {_say(r['code'], r['detail'])}" for r in found if r["code"] != _UTILE]
    if missing:
        told.append(_("Réponses utiles qui manquent : %(noms)s.") % {"noms": enumerer(missing)})
    return told


def told(saisie: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the landlord gave, in words and in the order of the registry."""
    table = schema("offres")
    shown = [c for c in table.colonnes if c.nom in saisie and c.nom not in HORS_PAGE]
    return [(_words(c.nom), _written(c, saisie[c.nom])) for c in shown]


def _written(colonne: Colonne, value: Any) -> str:
    if isinstance(value, list):
        return enumerer(code_words(colonne, code) for code in value)
    if colonne.type == "code":
        return code_words(colonne, str(value))
    if colonne.type == "booleen":
        return _("oui") if value else _("non")
    if colonne.type == "date":
        return date_courante(dt.date.fromisoformat(str(value)))
    unit = _unit(colonne)
    return f"{write(colonne.nom, value)} {unit}".strip()
