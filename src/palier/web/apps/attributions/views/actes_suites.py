"""Acts of the end of the path, on the page of a home: the answer, its delays, the decision handed over."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palier.web.apps.attributions.models import Candidature, Decision, Proposition, Vacance
from palier.web.apps.attributions.operations import suites
from palier.web.apps.attributions.presentation_comparaison import short
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views import formulaires_suites as f
from palier.web.apps.attributions.views.actes import Acte
from palier.web.apps.comptes.rules import scope
from palier.web.horloge import maintenant

ACTES: dict[str, Acte] = {
    "repondre": Acte(
        gettext_lazy("Noter la réponse du candidat"),
        gettext_lazy("Enregistrer la réponse"),
        gettext_lazy("La réponse est enregistrée."),
        "acceptee",
    ),
    "notifier": Acte(
        gettext_lazy("Dire qu'une décision est remise"),
        gettext_lazy("Enregistrer la remise"),
        gettext_lazy("La décision est remise ; le délai de recours court."),
        "notifiee",
    ),
    "dater": Acte(
        gettext_lazy("Corriger le jour de réception de la proposition"),
        gettext_lazy("Enregistrer le jour"),
        gettext_lazy("Le délai repart en entier de ce jour."),
    ),
    "piece": Acte(
        gettext_lazy("Dire que la pièce attendue est arrivée"),
        gettext_lazy("Enregistrer la pièce"),
        gettext_lazy("La pièce est reçue ; arrivée à temps, elle oblige à signer."),
    ),
    "contester": Acte(
        gettext_lazy("Enregistrer un recours contre une décision"),
        gettext_lazy("Enregistrer le recours"),
        gettext_lazy("Le recours est enregistré."),
        "recours",
    ),
    "clore": Acte(
        gettext_lazy("Dire que le recours a sa réponse"),
        gettext_lazy("Enregistrer la réponse au recours"),
        gettext_lazy("La décision est définitive."),
        "definitive",
    ),
}
_DROITS = {
    "repondre": ("proposition", "U"),
    "notifier": ("decision", "U"),
    "dater": ("proposition", "U"),
    "piece": ("candidature", "U"),
    "contester": ("decision", "U"),
    "clore": ("decision", "U"),
}


def open_acts(vacance: Vacance, role: str) -> list[str]:
    """Return the acts of the end of the path that somebody's file awaits, and that a role may do."""
    return [
        code
        for code, (objet, action) in _DROITS.items()
        if scope(role, objet, action) is not None and choices_of(code, vacance)
    ]


def choices_of(code: str, vacance: Vacance) -> list[tuple[str, str]]:
    """Return the files on which the machine lets an act be done, in words without a name."""
    match code:
        case "notifier":
            told = Decision.objects.filter(
                point__vacance=vacance, etat="votee", point__seance__close_le__isnull=False
            )
            rows = [(d.pk, d.candidature) for d in told.select_related("candidature").order_by("rang", "pk")]
        case "contester" | "clore":
            held = Decision.objects.filter(
                point__vacance=vacance, etat="notifiee" if code == "contester" else "recours"
            )
            rows = [(d.pk, d.candidature) for d in held.select_related("candidature").order_by("rang", "pk")]
        case "piece":
            waits = Candidature.objects.filter(vacance=vacance, piece_recue_le__isnull=True).filter(
                decisions__code="attribution_condition", decisions__etat__in=("votee", "notifiee")
            )
            rows = [(c.pk, c) for c in waits.distinct().order_by("rang", "pk")]
        case _:
            running = Proposition.objects.filter(vacance=vacance, etat="en_cours")
            rows = [(p.pk, p.candidature) for p in running.select_related("candidature")]
    return [(str(pk), _named(c)) for pk, c in rows]


def _named(candidature: Candidature) -> str:
    said = {"numero": short(candidature.numero_unique), "rang": candidature.rang}
    return _("%(numero)s, rang %(rang)s") % said if candidature.rang else short(candidature.numero_unique)


def form_of(code: str, vacance: Vacance, data: Any = None) -> forms.Form:
    """Return the form of an act, with the files it may bear on."""
    return f.FORMES[code](data, prefix=code, choix=choices_of(code, vacance))


def act(code: str, acteur: Acteur, form: forms.Form, au: dt.date) -> None:
    """Do an act with what its form says.

    Raises
    ------
    RefusalError
        Those of the operation.
    """
    said, now = form.cleaned_data, maintenant()
    on = uuid.UUID(said["qui"])
    doors: dict[str, Callable[[], object]] = {
        "dater": lambda: suites.dater_reception(acteur=acteur, proposition=on, recue_le=said["recue_le"]),
        "repondre": lambda: suites.repondre(
            acteur=acteur, proposition=on, sens=said["sens"], canal=said["canal"], le=said["jour"], au=au,
            maintenant=now,
        ),
        "notifier": lambda: suites.notifier(
            acteur=acteur, decision=on, remise_le=said["remise_le"], preuve=said["preuve"]
        ),
        "piece": lambda: suites.recevoir_piece(
            acteur=acteur, candidature=on, le=said["jour"], maintenant=now
        ),
        "contester": lambda: suites.contester(acteur=acteur, decision=on, au=said["jour"]),
        "clore": lambda: suites.clore_recours(acteur=acteur, decision=on, clos_le=said["jour"]),
    }  # fmt: skip
    doors[code]()
