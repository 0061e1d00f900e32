"""Easy-to-read twins: one idea a line, twelve words at most, no acronym, dates in full."""

from __future__ import annotations

from django.utils.translation import gettext as _

from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.components.dates import ecrire_date
from palier.web.components.ecriture import ecrire_montant
from palier.web.components.pieces import Fait


def how() -> list[Fait]:
    """Say how it works."""
    return [
        Fait("file-text", _("Vous avez fait une demande de logement.")),
        Fait("paperclip", _("Vous donnez des papiers. Une personne les vérifie.")),
        Fait("scales", _("Votre demande a des points. La règle est la même pour tous.")),
        Fait("house-line", _("Un bailleur peut proposer votre dossier pour un logement.")),
        Fait("user", _("Des personnes se réunissent et choisissent. C'est la commission.")),
        Fait("envelope-simple", _("La commission vous écrit sa réponse.")),
        Fait("hand", _("Vous pouvez dire oui ou non au logement.")),
        Fait("calendar", _("Chaque année, vous renouvelez votre demande.")),
        Fait("phone", _("Vous avez besoin d'aide ? Téléphonez, ou venez au guichet.")),
    ]


def decision(suivi: Suivi) -> list[Fait]:
    """Say a decision."""
    held = suivi.decision
    if held is None:
        return [
            Fait("house-line", _("Votre dossier est proposé pour un logement.")),
            Fait("clock", _("La commission n'a pas encore choisi.")),
            Fait("envelope-simple", _("Vous recevrez une lettre.")),
        ]
    lines = [
        Fait("house-line", _("Un logement était libre à %(lieu)s.") % {"lieu": suivi.lieu}),
        Fait(
            "calendar",
            _("La commission a choisi le %(jour)s.") % {"jour": ecrire_date(held.point.seance.le, "longue")},
        ),
    ]
    said = {
        "attribution": Fait("check-circle", _("La commission a choisi votre dossier.")),
        "attribution_rang": Fait("check-circle", _("La commission a choisi votre dossier, avec un rang.")),
        "attribution_condition": Fait(
            "paperclip", _("La commission vous choisit, si vous donnez une pièce.")
        ),
        "non_attribution": Fait("circle-dashed", _("La commission a choisi un autre dossier.")),
        "irrecevabilite": Fait("warning-circle", _("Votre demande ne remplit pas une condition de la loi.")),
    }
    lines.append(said[held.code])
    if held.rang and held.rang > 1:
        lines.append(
            Fait("list-bullets", _("Vous avez le rang %(rang)s. Vous passez après.") % {"rang": held.rang})
        )
    if held.condition_limite and suivi.vivante:
        day = ecrire_date(held.condition_limite, "longue")
        lines.append(Fait("calendar", _("Donnez la pièce avant le %(jour)s.") % {"jour": day}))
    if held.code == "non_attribution":
        lines.append(Fait("footprints", _("Votre demande continue. Vous gardez vos points.")))
    if held.recours_limite:
        day = ecrire_date(held.recours_limite, "longue")
        lines.append(Fait("pencil-simple", _("Vous n'êtes pas d'accord ? Écrivez au bailleur.")))
        lines.append(Fait("calendar", _("Écrivez avant le %(jour)s.") % {"jour": day}))
    return [*lines, Fait("phone", _("Vous avez besoin d'aide ? Téléphonez, ou venez au guichet."))]


def offre(suivi: Suivi) -> list[Fait]:
    """Say an offer."""
    offer, home = suivi.proposition, suivi.candidature.vacance
    assert offer is not None
    day, monthly = ecrire_date(offer.limite, "longue"), (home.loyer_cent or 0) + home.charges_cent
    lines = [
        Fait("house-line", _("Un logement est pour vous à %(lieu)s.") % {"lieu": suivi.lieu}),
        Fait("hand-coins", _("Il coûte %(loyer)s chaque mois.") % {"loyer": ecrire_montant(monthly)}),
        Fait("hand", _("Vous pouvez dire oui. Vous pouvez dire non.")),
    ]
    if suivi.offerte:
        lines += [
            Fait("calendar", _("Vous devez répondre avant le %(jour)s.") % {"jour": day}),
            Fait("warning-circle", _("Sans réponse, c'est non.")),
            Fait("user", _("Le logement va alors à une autre personne.")),
        ]
    else:
        lines.append(Fait("info", _("Cette proposition est finie.")))
    return [*lines, Fait("phone", _("Vous avez besoin d'aide ? Téléphonez, ou venez au guichet."))]


def warning(dossier: Dossier) -> list[Fait]:
    """Say what ends a request, and how to keep it."""
    day = ecrire_date(dossier.demande.expire_le, "longue")
    return [
        Fait("calendar", _("Votre demande s'arrête le %(jour)s.") % {"jour": day}),
        Fait("arrows-clockwise", _("Vous cherchez encore ? Renouvelez votre demande avant ce jour.")),
        Fait("check-circle", _("Vous gardez vos points et votre place.")),
        Fait("warning-circle", _("Sans réponse, votre demande disparaît.")),
        Fait("phone", _("Vous avez besoin d'aide ? Téléphonez, ou venez au guichet.")),
    ]
