"""Words of the desk: acts to do, states, homes; the codes are those of the machines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palier.engines.commission import load_machine
from palier.web.apps.attributions.models import Vacance
from palier.web.apps.territoires.queries import communes_at

Texte = str | Promise

#: Acts of the work list, in words.
TACHES: dict[str, Texte] = {
    "decrire": gettext_lazy("Décrire le logement"),
    "orienter": gettext_lazy("Orienter le logement, ou le reprendre"),
    "reprendre": gettext_lazy("Reprendre le logement : le réservataire n'a pas proposé"),
    "inscrire": gettext_lazy("Inscrire le logement à une séance"),
    "reponse": gettext_lazy("Recueillir la réponse du candidat"),
    "piece": gettext_lazy("Recevoir la pièce attendue"),
    "notifier": gettext_lazy("Remettre les lettres de décision"),
    "offrir": gettext_lazy("Envoyer l'offre au rang suivant"),
    "bail": gettext_lazy("Faire signer le bail"),
    "convoquer": gettext_lazy("Convoquer la commission"),
    "transmettre": gettext_lazy("Envoyer le procès-verbal au préfet"),
    "reunir": gettext_lazy("Réunir la commission"),
    "visite": gettext_lazy("Faire visiter le logement"),
}


def places(vacances: list[Vacance], au: dt.date) -> dict[str, str]:
    """Return the names of the communes of some homes, by code."""
    codes = {v.commune_code for v in vacances}
    return {code: found.nom for code, found in communes_at(codes, au).items()} if codes else {}


def home(vacance: Vacance, lieux: dict[str, str]) -> str:
    """Return a home in words: « T3 de 66 m², Orlemont »."""
    said: dict[str, Any] = {
        "taille": vacance.typologie.upper(),
        "lieu": lieux.get(vacance.commune_code, vacance.commune_code),
    }
    if vacance.surface_m2 is None:
        return _("%(taille)s, %(lieu)s") % said
    return _("%(taille)s de %(surface)s m², %(lieu)s") % {**said, "surface": vacance.surface_m2}


def state(machine: str, code: str) -> str:
    """Return a state in words."""
    return load_machine(machine).etats[code].libelle
