"""What letters add to the desk of the staff: an entry, a tile, a section on the page of a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palier.web.apps.attributions.courrier.textes import kind
from palier.web.apps.attributions.models import EtatCourrier
from palier.web.apps.attributions.queries import courriers
from palier.web.apps.comptes.rules import scope
from palier.web.apps.demandes.bureau import Section, declare_section
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.bureau import Entree, Tuile, declare_entree, declare_tuiles
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre


def declare() -> None:
    """Declare the entry, the tile and the section of letters."""
    declare_entree(Entree(_("Courriers"), "courriers:liste", "courrier", "R", 20))
    declare_tuiles("courriers", tiles)
    declare_section("courriers", "courrier", section)


def tiles(fonction: FonctionActive, au: dt.date) -> Iterable[Tuile]:
    """Return how many letters wait to leave, and how many are late."""
    if fonction.organisme_id is None or scope(fonction.role, "courrier", "R") is None:
        return
    with perimetre(organismes=[fonction.organisme_id]):
        waiting, late = courriers.counts(fonction.organisme_id, au)
    if not waiting:
        return
    words = ngettext("%(n)s courrier à envoyer", "%(n)s courriers à envoyer", waiting) % {"n": waiting}
    rest = ngettext(", %(n)s en retard", ", %(n)s en retard", late) % {"n": late} if late else ""
    yield Tuile(
        _("Courriers"), "a_vous", words, rest, reverse("courriers:liste"), _("Voir les courriers"), 15
    )


def section(fonction: FonctionActive, demande: Demande, lecteur: bool, langue: str) -> Section:
    """Return the letters of a request, and what may be prepared."""
    del lecteur, langue
    assert fonction.organisme_id is not None  # the right is that of an organisme
    rows = [
        {"c": row, "genre": kind(row), "etat": EtatCourrier(row.etat).label}
        for row in courriers.of_request(fonction.organisme_id, demande.pk)
    ]
    return Section("attributions/bureau/section_courriers.html", {"courriers": rows, "demande": demande})
