"""What the commission adds to the desk: an entry by function, a tile and an entry by seat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions.models import Seance
from palier.web.apps.attributions.queries.acteurs import by_seats, has_seat
from palier.web.apps.organismes.bureau import Entree, Tuile, declare_compte, declare_entree
from palier.web.components.dates import ecrire_date
from palier.web.postgres.perimetre import perimetre


def declare() -> None:
    """Declare the entry of the landlord's desk, and what a seat opens without any function."""
    entry = Entree(_("Commission"), "commission:agenda", "seance", "R", 20)
    declare_entree(entry)
    declare_compte(entry, tiles, has_seat)


def tiles(utilisateur: Any, au: dt.date) -> Iterable[Tuile]:
    """Return, for each seat of a person, the next session whose files are open to her."""
    for siege in by_seats(utilisateur, au):
        with perimetre(seances=siege.acteur.seances):
            waits = Seance.objects.filter(pk__in=siege.acteur.seances, le__gte=au).order_by("le").first()
        if waits is None:
            yield Tuile(
                _("Commission"), "info", _t("Aucune séance convoquée"), "", reverse("commission:agenda"),
                _("Voir le calendrier"), 20,
            )  # fmt: skip
        else:
            yield Tuile(
                _("Commission"),
                "a_vous" if waits.le == au else "en_attente",
                _t("Séance du %(jour)s") % {"jour": ecrire_date(waits.le, "longue")},
                "",
                reverse("commission:seance", args=[waits.pk]),
                _("Lire les dossiers"),
                5,
            )
