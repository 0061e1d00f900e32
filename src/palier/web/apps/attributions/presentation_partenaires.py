"""Words of the pages of those who propose, count or check: states of a candidate, reasons, deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from palier.base.explanation import Explanation
from palier.base.mots import render, word
from palier.engines.recherche.compiler import COLONNES
from palier.engines.recherche.explain import explain_jugement
from palier.engines.recherche.model import Jugement, Regle
from palier.web.apps.attributions.models import Candidature, Decision
from palier.web.apps.attributions.presentation import state
from palier.web.components.pieces import Etat
from palier.web.components.templatetags.palier import date_courante, date_longue

_SIGNES = {
    "ecartee": "ecarte", "retiree": "ecarte", "caduque": "ecarte", "non_attribution": "ecarte",
    "irrecevabilite": "ecarte", "rang_suivant": "ecarte", "refusee": "ecarte", "sans_reponse": "ecarte",
    "bail": "fait", "acceptee": "fait", "attribution": "fait",
}  # fmt: skip
_TUS = {"besoin_adaptation", "manque_besoin"}


def long_day(jour: dt.date) -> str:
    """Return a deadline in words, in the language of the page."""
    return date_longue(jour)


def lines(explication: Explanation, langue: str) -> list[str]:
    """Return the lines of an explanation, in words."""
    return [render(line.lu, langue) for line in explication.enfants]


def reason(code: str, langue: str = "fr") -> str:
    """Return a reason that excludes a request, in words."""
    return word(f"recherche.nom.{code}", langue)


def marks(regle: Regle, signaux: Sequence[str], langue: str = "fr") -> list[str]:
    """Return the marks of a search in words; those that would tell the health of somebody are not said."""
    told = tuple(code for code in signaux if code not in _TUS)
    made = explain_jugement(regle, dict.fromkeys(COLONNES), Jugement((), told))
    return lines(made, langue)


def candidate_state(candidature: Candidature, decision: Decision | None = None) -> Etat:
    """Return where a candidate stands: icon, word, day of the session that decided."""
    words = state("candidature", candidature.etat)
    sign = _SIGNES.get(candidature.etat, "en_attente")
    if decision is None:
        return Etat(sign, words)
    day = date_courante(decision.point.seance.le)
    return Etat(sign, words, _(", séance du %(jour)s") % {"jour": day})
