"""What allocations add to the desk of the staff: entries and tiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palier.web.apps.attributions.queries import travail
from palier.web.apps.comptes.rules import scope
from palier.web.apps.demandes.bureau import Porte, declare_porte
from palier.web.apps.organismes.bureau import Entree, Tuile, declare_entree, declare_tuiles
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre


def declare() -> None:
    """Declare the entries and the tile of the desk of allocations."""
    declare_entree(Entree(_("À faire"), "attributions:travail", "vacance", "U", 5))
    declare_entree(Entree(_("Logements à attribuer"), "attributions:vacances", "vacance", "U", 10))
    declare_porte(Porte(_("Retour vers le fichier national"), "attributions:retour", "retour", "R"))
    declare_entree(Entree(_("Visites"), "attributions:visites", "visite", "R", 20))
    declare_entree(Entree(_("Objectifs"), "attributions:objectifs", "objectif", "R", 22))
    declare_entree(Entree(_("Conventions"), "attributions:conventions", "convention", "R", 24))
    declare_entree(Entree(_("Absences"), "attributions:absences", "absence", "C", 80))
    declare_tuiles("attributions", tiles)


def tiles(fonction: FonctionActive, au: dt.date) -> Iterable[Tuile]:
    """Return how many acts wait, and how many are late."""
    if fonction.organisme_id is None or scope(fonction.role, "vacance", "U") is None:
        return
    with perimetre(organismes=[fonction.organisme_id]):
        tasks = travail.tasks_of(fonction.organisme_id, au)
    if not tasks:
        return
    groups = travail.by_week(tasks, au)
    late, today = len(groups["retard"]), len(groups["jour"])
    words = ngettext("%(n)s acte à faire", "%(n)s actes à faire", len(tasks)) % {"n": len(tasks)}
    rest = ngettext(", %(n)s en retard", ", %(n)s en retard", late) % {"n": late} if late else ""
    yield Tuile(
        _("Attributions"),
        "a_vous" if late or today else "en_attente",
        words,
        rest,
        reverse("attributions:travail"),
        _("Voir ce qui est à faire"),
        10,
    )
