"""What would be left each month: a question, an answer, nothing kept."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palier.base.exact import round_fraction
from palier.base.mots import LANGUES, render
from palier.web.apps.offres.rules import OffreSaisie
from palier.web.apps.offres.rules.effort import Effort, estimate_effort
from palier.web.apps.public.presentation.recherche import core_name
from palier.web.components.ecriture import ecrire_montant, ecrire_part

_FIELDS = (
    "loyer_logement_cent",
    "charges_logement_cent",
    "depense_min_cent",
    "depense_max_cent",
    "prix_energie_annee",
)
_MOST_EUR = 50_000


class EffortForm(forms.Form):
    """Resources and housing aid of a month, whole euros."""

    ressources = forms.IntegerField(
        label=gettext_lazy("Ressources du foyer, par mois, sans l'aide au logement"),
        min_value=1,
        max_value=_MOST_EUR,
        error_messages={
            "invalid": gettext_lazy("Écrivez un nombre entier, par exemple 1450."),
            "required": gettext_lazy("Écrivez les ressources du foyer, par exemple 1450."),
        },
    )
    aide = forms.IntegerField(
        label=gettext_lazy("Aide au logement attendue, par mois"),
        help_text=gettext_lazy("Estimation de la CAF ou de la MSA. Laissez vide si vous ne savez pas."),
        min_value=0,
        max_value=_MOST_EUR,
        required=False,
        error_messages={"invalid": gettext_lazy("Écrivez un nombre entier, par exemple 210.")},
    )


@dataclass(frozen=True, slots=True)
class Reponse:
    """The estimate in words: share, what is left, each term."""

    part: str
    reste: str
    termes: list[tuple[str, str]]
    regle: str


def answer(d: dict[str, Any], ressources_eur: int, aide_eur: int | None, langue: str) -> Reponse:
    """Return the estimate of a home to rent, in words."""
    offre = OffreSaisie(**{name: d.get(name) for name in _FIELDS})
    spoken = langue if langue in LANGUES else "fr"
    aid = None if aide_eur is None else aide_eur * 100
    found = estimate_effort(offre, ressources_eur * 100, aid, spoken)
    tree = found.explication
    return Reponse(
        part=_share(found, langue),
        reste=_left(found, langue),
        termes=[
            (core_name(line.libelle, langue), render(line.lu, spoken)) for line in tree.enfants if line.lu
        ],
        regle=render(tree.regle, spoken) if tree.regle else "",
    )


def _share(found: Effort, langue: str) -> str:
    if found.bas is None or found.haut is None:
        return _("Ce calcul n'est pas possible : le loyer n'est pas connu.")
    low, high = ecrire_part(found.bas, langue), ecrire_part(found.haut, langue)
    if low == high:
        return _("%(part)s de vos ressources") % {"part": low}
    return _("de %(bas)s à %(haut)s de vos ressources") % {"bas": low, "haut": high}


def _left(found: Effort, langue: str) -> str:
    if found.reste_bas_cent is None or found.reste_haut_cent is None:
        return ""
    low, high = (_euros(value, langue) for value in (found.reste_bas_cent, found.reste_haut_cent))
    if low == high:
        return _("Il resterait %(montant)s par mois.") % {"montant": low}
    return _("Il resterait de %(bas)s à %(haut)s par mois.") % {"bas": low, "haut": high}


def _euros(cents: Fraction, langue: str) -> str:
    """Write whole euros: an estimate has no cents."""
    return ecrire_montant(round_fraction(cents / 100, "demi_haut") * 100, langue, rond=True)
