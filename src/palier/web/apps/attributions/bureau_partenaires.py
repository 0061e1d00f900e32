"""What allocations add to the desk of réservataires, State and auditors, and to that of a landlord."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palier.web.apps.attributions.queries import reservataire as lectures
from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes.bureau import Entree, Tuile, declare_entree, declare_tuiles
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre


def declare() -> None:
    """Declare the entries and the tile of those who propose."""
    declare_entree(Entree(_("Logements orientés"), "attributions:orientes", "orientation", "R", 5))
    declare_entree(Entree(_("Vos candidats"), "attributions:suivi", "orientation", "R", 12))
    declare_entree(Entree(_("Exports"), "attributions:exports", "export", "R", 45))
    declare_entree(Entree(_("Programmes prévenus"), "attributions:abonnements", "abonnement", "R", 62))
    declare_entree(Entree(_("Territoire"), "attributions:territoire", "agregat", "R", 15))
    declare_tuiles("attributions_orientes", tiles)


def tiles(fonction: FonctionActive, au: dt.date) -> Iterable[Tuile]:
    """Return how many homes wait for candidates, and the first last day."""
    if fonction.organisme_id is None or scope(fonction.role, "orientation", "R") is None:
        return
    with perimetre(organismes=[fonction.organisme_id]):
        rows = [o for o in lectures.oriented(fonction.organisme_id) if not o.n]  # type: ignore[attr-defined]
    if not rows:
        return
    words = ngettext("%(n)s logement attend", "%(n)s logements attendent", len(rows)) % {"n": len(rows)}
    soon = [o for o in rows if o.limite is not None and (o.limite - au).days <= 7]
    rest = ngettext(", %(n)s avant sept jours", ", %(n)s avant sept jours", len(soon)) % {"n": len(soon)}
    yield Tuile(
        _("Logements orientés vers vous"),
        "a_vous",
        words,
        rest if soon else "",
        reverse("attributions:orientes"),
        _("Proposer des candidats"),
        8,
    )
