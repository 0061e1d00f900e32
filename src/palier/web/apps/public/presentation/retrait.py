"""Why an offer has left, and what can be done now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from palier.web.apps.offres.queries.fiche import Fiche
from palier.web.apps.public.presentation import dates


def reason_of(fiche: Fiche) -> tuple[str, str]:
    """Return what happened, then what to do."""
    words = {
        "pourvue": (
            _("Ce logement a été attribué."),
            _("Voici des annonces proches, encore ouvertes."),
        ),
        "expiree": (
            _("Le bailleur n'a pas confirmé cette annonce à temps."),
            _("Le logement est peut-être encore libre : demandez au bailleur."),
        ),
        "annulee": (
            _("Le bailleur a retiré cette annonce."),
            _("Voici des annonces proches, encore ouvertes."),
        ),
        "non_conforme": (
            _("Cette annonce ne disait pas tout ce que la loi demande."),
            _("Elle reviendra si le bailleur la corrige."),
        ),
    }
    return words.get(
        fiche.motif_retrait,
        (_("Cette annonce n'est plus en ligne."), _("Voici des annonces proches, encore ouvertes.")),
    )


def last_seen(fiche: Fiche) -> str:
    """Return when the landlord last confirmed the offer."""
    if fiche.confirmee_le is None:
        return ""
    day = dates.full(dates.in_paris(fiche.confirmee_le))
    return _("Dernière confirmation du bailleur : le %(jour)s.") % {"jour": day}
