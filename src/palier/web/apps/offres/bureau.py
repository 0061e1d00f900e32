"""What the offers add to the desk of the staff: two entries, three tiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palier.web.apps.offres.models import EtatLot, Lot
from palier.web.apps.offres.queries import fiche
from palier.web.apps.organismes.bureau import Entree, Tuile, declare_entree, declare_tuiles
from palier.web.apps.organismes.queries import FonctionActive


def declare() -> None:
    """Declare the entries and tiles of the offers."""
    offers, files = _("Offres des bailleurs"), _("Fichiers des bailleurs")
    declare_entree(Entree(_("Mes offres"), "offres:liste", "offre_brouillon", "R", 10, offers))
    declare_entree(Entree(_("Envoyer un fichier"), "offres:lots", "lot", "R", 20, files))
    declare_tuiles("offres", tiles)


def tiles(fonction: FonctionActive, au: dt.date) -> Iterable[Tuile]:
    """Return what exists and what waits for a landlord."""
    del au
    if fonction.role not in {"agent_bailleur", "admin_bailleur"} or fonction.organisme_id is None:
        return
    counts = fiche.counts_of(fonction.organisme_id)
    held = Lot.objects.filter(organisme_id=fonction.organisme_id, etat=EtatLot.RETENU).count()
    here = reverse("offres:liste")
    if held:
        words = ngettext("%(n)d lot est retenu", "%(n)d lots sont retenus", held) % {"n": held}
        yield Tuile(
            _("Fichiers"),
            "a_vous",
            words,
            _(" : une personne doit confirmer"),
            reverse("offres:lots"),
            _("Lire le rapport"),
            5,
        )
    if counts["a_confirmer"]:
        n = counts["a_confirmer"]
        words = ngettext("%(n)d offre à confirmer", "%(n)d offres à confirmer", n) % {"n": n}
        yield Tuile(_("Offres"), "a_vous", words, "", f"{here}?etat=a_confirmer", _("Confirmer"), 10)
    n = counts["publiee"]
    words = ngettext("%(n)d offre en ligne", "%(n)d offres en ligne", n) % {"n": n}
    yield Tuile(_("Offres"), "fait" if n else "info", words, "", here, _("Voir"), 30)
