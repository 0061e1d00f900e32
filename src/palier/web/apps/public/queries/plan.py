"""What the site holds, for its plan and for crawlers."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils.translation import gettext_noop as noop

from palier.web.apps.offres.queries.conditions import EN_LIGNE

#: Public pages: path, words (French source text). The plan of the site and the sitemap show them all.
PAGES: tuple[tuple[str, str], ...] = (
    ("/", noop("Accueil")),
    ("/offres", noop("Logements à louer")),
    ("/acheter", noop("Logements à acheter")),
    ("/locaux", noop("Locaux d'activité")),
    ("/carte", noop("Carte des offres")),
    ("/alertes", noop("Recevoir les nouvelles offres")),
    ("/comprendre", noop("De la demande aux clés")),
    ("/simuler", noop("Simuler ma demande")),
    ("/chiffres", noop("Chiffres")),
    ("/chiffres/attributions", noop("À qui vont les logements")),
    ("/commissions", noop("Commissions d'attribution")),
    ("/donnees", noop("Données ouvertes")),
    ("/donnees/valider", noop("Vérifier un fichier d'offres")),
    ("/journal", noop("Journal vérifiable")),
    ("/developpeurs", noop("Développeurs")),
    ("/aide", noop("Aide et contact")),
    ("/plan-du-site", noop("Plan du site")),
    ("/accessibilite", noop("Accessibilité")),
    ("/confidentialite", noop("Confidentialité")),
    ("/mentions-legales", noop("Mentions légales")),
)
_MOST = 50_000  # addresses of one sitemap, by its standard


def departments() -> list[tuple[str, dt.date]]:
    """Return the departments that have offers on line, and the day of the newest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.departement, (max(o.publiee_le) AT TIME ZONE 'Europe/Paris')::date"
            f" FROM offres_offre o WHERE {EN_LIGNE} AND o.departement <> '' GROUP BY 1 ORDER BY 1"
        )
        return [(code, when) for code, when in cursor.fetchall()]


def offers(departement: str) -> list[tuple[str, dt.date]]:
    """Return the offers of a department and the day of their publication, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id::text, (o.publiee_le AT TIME ZONE 'Europe/Paris')::date FROM offres_offre o"
            f" WHERE {EN_LIGNE} AND o.departement = %s ORDER BY o.publiee_le DESC, o.id DESC LIMIT %s",
            [departement, _MOST],
        )
        return [(pk, when) for pk, when in cursor.fetchall()]
