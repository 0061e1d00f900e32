"""The path from the request to the keys in words that are easy to read and understand.

One idea a line, twelve words at most, a picture beside each; no acronym.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from palier.law import LoiAu
from palier.web.components.pieces import Fait


def steps(loi: LoiAu, telephone: str) -> list[tuple[str, list[Fait]]]:
    """Return the titles of the steps, each with its ideas.

    Parameters
    ----------
    loi : LoiAu
        The law today: numbers come from it.
    telephone : str
        Help by phone; empty where there is none.
    """
    months = int(loi.nombre("demande_validite_mois"))
    least = int(loi.nombre("caleol_candidats_min"))
    days = int(loi.nombre("caleol_offre_delai_jours"))
    appeal = int(loi.nombre("recours_administratif_mois"))
    found = [
        (
            _("1. Je demande un logement"),
            [
                Fait("pencil-simple", _("Je remplis une demande.")),
                Fait("house-line", _("Je peux le faire sur internet, au guichet ou sur papier.")),
                Fait("file-text", _("Je reçois un numéro.")),
                Fait("paperclip", _("Je garde ce numéro.")),
                Fait("calendar", _("Ma demande dure %(n)d mois.") % {"n": months}),
                Fait("arrows-clockwise", _("Chaque année, je dois la renouveler.")),
            ],
        ),
        (
            _("2. On compte mes points"),
            [
                Fait("scales", _("Une règle donne des points à chaque demande.")),
                Fait("user", _("La règle est la même pour tout le monde.")),
                Fait("eye", _("Je peux lire la règle.")),
                Fait("file-text", _("Des papiers prouvent ce que je dis.")),
                Fait("info", _("Les points aident à choisir.")),
                Fait("hand", _("Les points ne décident pas tout seuls.")),
            ],
        ),
        (
            _("3. Un logement est libre"),
            [
                Fait("key", _("Une personne quitte son logement.")),
                Fait("buildings", _("Le logement devient libre.")),
                Fait("list", _("On choisit %(n)d demandes au moins.") % {"n": least}),
                Fait("phone", _("On m'appelle ou on m'écrit.")),
            ],
        ),
        (
            _("4. Un groupe décide"),
            [
                Fait("user", _("Plusieurs personnes lisent ma demande.")),
                Fait("calendar-check", _("Elles se réunissent et elles décident.")),
                Fait("envelope-simple", _("Je reçois une lettre.")),
                Fait("question", _("La lettre dit pourquoi.")),
            ],
        ),
        (
            _("5. Je réponds"),
            [
                Fait("clock", _("J'ai %(n)d jours au moins pour répondre.") % {"n": days}),
                Fait("check-circle", _("Je peux dire oui.")),
                Fait("x-circle", _("Je peux dire non.")),
                Fait("warning-circle", _("Sans réponse, cela veut dire non.")),
            ],
        ),
        (
            _("6. J'ai les clés"),
            [
                Fait("pencil-simple", _("Je signe un papier : c'est le bail.")),
                Fait("key", _("Je reçois les clés.")),
                Fait("house-line", _("J'entre dans mon logement.")),
            ],
        ),
        (
            _("Je ne suis pas d'accord"),
            [
                Fait("pencil-simple", _("Je peux écrire à ceux qui ont décidé.")),
                Fait("scales", _("Je peux aussi demander à un juge.")),
                Fait("calendar", _("J'ai %(n)d mois pour le faire.") % {"n": appeal}),
            ],
        ),
        (
            _("Je veux de l'aide"),
            [
                Fait("map-pin", _("Je peux aller au guichet.")),
                Fait("user", _("Une personne peut m'aider.")),
            ],
        ),
    ]
    if telephone:
        found[-1][1].append(Fait("phone", _("Je peux téléphoner : %(numero)s.") % {"numero": telephone}))
    return found
