"""The six questions of the simulator: a form whose values are read, used and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palier.tables import colonne
from palier.web.apps.public.presentation.recherche import code_word
from palier.web.apps.public.queries.chiffres import TAILLES
from palier.web.apps.public.queries.lieux import Lieu, resolve_commune
from palier.web.apps.public.rules.simulation import Reponses

_EUROS_AN, _EUROS_MOIS, _TAILLES_MAX = 500_000, 50_000, 2
GROUPES: dict[str, tuple[str, ...]] = {
    "menage": ("adultes", "age", "age_conjoint", "mineurs", "moins_14", "autres", "invalidite"),
    "ressources": ("rfr", "ressources", "emploi", "essentiel"),
    "logement": ("mode", "loyer", "aide", "type", "surface", "occupants", "non_decent"),
    "motifs": ("motif_1", "motif_2", "motif_3", "dalo"),
    "lieu": ("lieu", "habite", "travaille"),
    "taille": ("tailles", "attente"),
}


def _choices(nom: str, *tete: tuple[str, Any]) -> Any:
    """Return the codes of a column with their words, in the language of the page, French by default."""

    def made() -> Iterator[tuple[str, str]]:
        langue = get_language() or "fr"
        yield from tete
        for code in colonne(nom).codes:
            yield code, code_word(nom, code, langue)

    return made


class _Entier(forms.IntegerField):
    """A whole number as a person writes it: « 1 450 », « 1450 € »."""

    def to_python(self, value: Any) -> int | None:
        """Read a number without its spaces and unit."""
        if isinstance(value, str):
            value = value.translate({ord(char): None for char in " \u00a0\u202f€"})
        return super().to_python(value)


def entier(
    label: Any, low: int, high: int, exemple: int, *, aide: Any = "", requis: bool = True, vide: Any = ""
) -> _Entier:
    """Make a field for a whole number.

    Parameters
    ----------
    label, aide : str
        Words of the field.
    low, high : int
        Bounds, both included.
    exemple : int
        Shown where what was written is no number.
    requis : bool
        It must be answered.
    vide : str
        Said where it must be and is not.
    """
    return _Entier(
        label=label,
        help_text=aide,
        min_value=low,
        max_value=high,
        required=requis,
        error_messages={
            "invalid": EXEMPLE[exemple],
            "required": vide or lazy("Répondez par un nombre, 0 s'il n'y en a pas."),
            "min_value": lazy("Écrivez au moins %(limit_value)s."),
            "max_value": lazy("Écrivez au plus %(limit_value)s."),
        },
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
    )


EXEMPLE = {
    2: lazy("Écrivez un nombre entier, par exemple 2."),
    34: lazy("Écrivez un nombre entier, par exemple 34."),
    620: lazy("Écrivez un nombre entier d'euros, par exemple 620."),
    1450: lazy("Écrivez un nombre entier d'euros, par exemple 1450."),
    18000: lazy("Écrivez un nombre entier d'euros, par exemple 18000."),
    48: lazy("Écrivez un nombre entier de mètres carrés, par exemple 48."),
    18: lazy("Écrivez un nombre entier de mois, par exemple 18."),
}
_CHOISIR = {"required": lazy("Choisissez une réponse."), "invalid_choice": lazy("Choisissez dans la liste.")}
_VIDE = ("", lazy("choisir"))
_SANS = ("", lazy("sans réponse"))
_AUCUN = ("", lazy("aucun autre"))


class SimulationForm(forms.Form):
    """Six questions; what may stay empty says so."""

    # 1. household
    adultes = forms.ChoiceField(
        label=lazy("Adultes du ménage"),
        choices=[("1", lazy("Une personne")), ("2", lazy("Un couple"))],
        widget=forms.RadioSelect,
        error_messages=_CHOISIR,
    )
    age = entier(lazy("Votre âge"), 16, 120, 34, vide=lazy("Écrivez votre âge."))
    age_conjoint = entier(lazy("Âge de l'autre adulte"), 16, 120, 34, requis=False)
    mineurs = entier(lazy("Enfants de moins de 18 ans"), 0, 20, 2)
    moins_14 = entier(lazy("Dont enfants de moins de 14 ans"), 0, 20, 2)
    autres = entier(lazy("Autres personnes à charge"), 0, 10, 2)
    invalidite = forms.BooleanField(
        label=lazy("Une personne a une carte mobilité inclusion, mention invalidité"), required=False
    )
    # 2. resources
    rfr = entier(
        lazy("Revenu fiscal de référence"),
        0,
        _EUROS_AN,
        18000,
        vide=lazy("Écrivez ce montant, 0 s'il n'y en a pas."),
    )
    ressources = entier(
        lazy("Ressources par mois"),
        0,
        _EUROS_MOIS,
        1450,
        aide=lazy("De tout le ménage, sans l'aide au logement."),
        requis=False,
    )
    emploi = forms.ChoiceField(
        label=lazy("Votre situation professionnelle"),
        choices=_choices("situation_professionnelle", _SANS),
        required=False,
        error_messages=_CHOISIR,
    )
    essentiel = forms.BooleanField(
        label=lazy("Mon métier est reconnu essentiel par mon territoire"), required=False
    )
    # 3. present home
    mode = forms.ChoiceField(
        label=lazy("Votre logement d'aujourd'hui"),
        choices=_choices("logement_mode", _VIDE),
        error_messages=_CHOISIR,
    )
    loyer = entier(lazy("Loyer avec les charges, par mois"), 0, _EUROS_MOIS, 620, requis=False)
    aide = entier(lazy("Aide au logement reçue, par mois"), 0, _EUROS_MOIS, 620, requis=False)
    type = forms.ChoiceField(
        label=lazy("Taille de ce logement"),
        choices=_choices("logement_type", _SANS),
        required=False,
        error_messages=_CHOISIR,
    )
    surface = entier(lazy("Surface de ce logement"), 1, 2_000, 48, requis=False)
    occupants = entier(lazy("Personnes qui y vivent"), 1, 50, 2, requis=False)
    non_decent = forms.BooleanField(label=lazy("Ce logement est indigne ou non décent"), required=False)
    # 4. motives
    motif_1 = forms.ChoiceField(
        label=lazy("Raison principale"), choices=_choices("motifs", _VIDE), error_messages=_CHOISIR
    )
    motif_2 = forms.ChoiceField(
        label=lazy("Deuxième raison"),
        choices=_choices("motifs", _AUCUN),
        required=False,
        error_messages=_CHOISIR,
    )
    motif_3 = forms.ChoiceField(
        label=lazy("Troisième raison"),
        choices=_choices("motifs", _AUCUN),
        required=False,
        error_messages=_CHOISIR,
    )
    dalo = forms.BooleanField(
        label=lazy("La commission de médiation a reconnu ma demande prioritaire (DALO)"), required=False
    )
    # 5. place
    lieu = forms.CharField(
        label=lazy("Commune où vous voulez vivre"),
        max_length=80,
        help_text=lazy("Nom ou code postal."),
        error_messages={"required": lazy("Écrivez une commune ou un code postal.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggestions": "/api/v1/lieux"}),
    )
    habite = forms.BooleanField(label=lazy("J'habite déjà dans cette intercommunalité"), required=False)
    travaille = forms.BooleanField(label=lazy("J'y travaille"), required=False)
    # 6. size
    tailles = forms.MultipleChoiceField(
        label=lazy("Une ou deux tailles"),
        choices=[(code, code.upper()) for code in TAILLES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": lazy("Choisissez une ou deux tailles."),
            "invalid_choice": lazy("Choisissez dans la liste."),
        },
    )
    attente = entier(
        lazy("Demande déposée depuis"),
        0,
        600,
        18,
        aide=lazy("0 si elle n'est pas encore déposée."),
    )

    trouve: Lieu | None = None

    def __init__(self, data: Any = None, *, annee: int) -> None:
        """Name the notice of tax: that of the year before, on the income of two years ago."""
        super().__init__(data)
        self.fields["rfr"].help_text = _(
            "De toutes ces personnes. Avis d'impôt %(avis)d, sur les revenus %(revenus)d."
        ) % {"avis": annee - 1, "revenus": annee - 2}

    def clean_lieu(self) -> str:
        """Find the commune that was written."""
        typed = str(self.cleaned_data["lieu"]).strip()
        self.trouve = resolve_commune(typed)
        if self.trouve is None:
            raise forms.ValidationError(
                _("Nous ne connaissons pas cette commune. Essayez le code postal, ou le nom entier.")
            )
        return typed

    def clean_tailles(self) -> list[str]:
        """Refuse a third size."""
        sizes = list(self.cleaned_data["tailles"])
        if len(sizes) > _TAILLES_MAX:
            raise forms.ValidationError(
                ngettext("Gardez %(n)d taille au plus.", "Gardez %(n)d tailles au plus.", _TAILLES_MAX)
                % {"n": _TAILLES_MAX}
            )
        return sizes

    def clean(self) -> dict[str, Any]:
        """Refuse answers that contradict each other, all at once."""
        given = super().clean() or {}
        young, minors = given.get("moins_14"), given.get("mineurs")
        if young is not None and minors is not None and young > minors:
            self.add_error("moins_14", _("Ce nombre dépasse celui des enfants de moins de 18 ans."))
        if (
            given.get("adultes") == "2"
            and given.get("age_conjoint") is None
            and "age_conjoint" not in self.errors
        ):
            self.add_error("age_conjoint", _("Pour un couple, donnez cet âge : il compte pour les plafonds."))
        motives = [given.get(f"motif_{n}") for n in (1, 2, 3)]
        for place, motive in enumerate(motives):
            if motive and motive in motives[:place]:
                self.add_error(f"motif_{place + 1}", _("Cette raison est déjà choisie."))
        rent, aid, means = given.get("loyer"), given.get("aide"), given.get("ressources")
        if rent is not None and aid is not None and aid > rent:
            self.add_error("aide", _("L'aide dépasse le loyer. Vérifiez les deux montants."))
        if rent and means == 0:
            self.add_error(
                "ressources",
                _("Avec un loyer, des ressources à 0 ne se comparent pas. Écrivez ce que vous recevez."),
            )
        return given

    def groupes(self) -> list[dict[str, Any]]:
        """Return the six questions with their fields."""
        euros, units = _("€ par mois"), {"age": _("ans"), "age_conjoint": _("ans"), "rfr": _("€ par an")}
        units |= {
            "ressources": euros,
            "loyer": euros,
            "aide": euros,
            "surface": _("m²"),
            "attente": _("mois"),
        }
        titles = {
            "menage": _("Votre ménage"),
            "ressources": _("Vos ressources"),
            "logement": _("Votre logement actuel"),
            "motifs": _("Pourquoi vous cherchez"),
            "lieu": _("Où"),
            "taille": _("Quelle taille, et depuis quand"),
        }
        return [
            {"nom": nom, "titre": titles[nom], "champs": [(self[c], units.get(c, "")) for c in champs]}
            for nom, champs in GROUPES.items()
        ]

    def reponses(self) -> Reponses:
        """Return the answers, once the form is valid."""
        given = self.cleaned_data
        assert self.trouve is not None
        couple = given["adultes"] == "2"
        return Reponses(
            couple=couple,
            mineurs=given["mineurs"],
            moins_14=given["moins_14"],
            autres=given["autres"],
            age=given["age"],
            age_conjoint=given["age_conjoint"] if couple else None,
            invalidite=given["invalidite"],
            rfr_eur=given["rfr"],
            ressources_eur=given["ressources"],
            emploi=given["emploi"] or None,
            essentiel=given["essentiel"],
            logement_mode=given["mode"],
            logement_type=given["type"] or None,
            surface_m2=given["surface"],
            occupants=given["occupants"],
            loyer_eur=given["loyer"],
            aide_eur=given["aide"],
            non_decent=given["non_decent"],
            motifs=tuple(given[f"motif_{n}"] for n in (1, 2, 3) if given[f"motif_{n}"]),
            dalo=given["dalo"],
            commune=self.trouve.code,
            habite=given["habite"],
            travaille=given["travaille"],
            tailles=tuple(given["tailles"]),
            attente_mois=given["attente"],
        )

    def caches(self) -> list[tuple[str, str]]:
        """Return what was answered as pairs of name and value, to be posted again with one change."""
        names = [name for names in GROUPES.values() for name in names]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]  # type: ignore[attr-defined]  # a QueryDict
