"""The published heads of the journal: as a table, and for programs that keep them elsewhere.

References
----------
RFC 4287 (Atom), RFC 4151 (tag addresses), FIPS 180-4 (SHA-256)
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

import polars as pl
from django.utils.formats import time_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from palier.web.apps.journal.models import TetePubliee
from palier.web.apps.public.presentation import dates
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.pieces import Colonne, Tableau
from palier.web.components.textes import enumerer
from palier.web.horloge import PARIS

_SCHEMA: dict[str, pl.DataType] = {
    "jour": pl.Date(),
    "numero": pl.Int64(),
    "instant": pl.String(),
    "empreinte": pl.String(),
    "publiee_le": pl.String(),
}
_DEBUT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_JOUR = dt.timedelta(days=1)


def table(tetes: Sequence[TetePubliee], langue: str) -> Tableau:
    """Return the heads as a table, one per day, in the order given."""
    columns = [
        Colonne(_("Jour")),
        Colonne(_("Dernière ligne"), chiffre=True),
        Colonne(_("Écrite le")),
        Colonne(_("Empreinte")),
    ]
    rows = [
        [
            dates.full(head.jour),
            ecrire_nombre(head.numero, langue),
            enumerer([dates.full(dates.in_paris(head.instant)), _hour(head.instant)]),
            format_html("<code>{}</code>", head.empreinte),
        ]
        for head in tetes
    ]
    return Tableau(
        columns, rows, _("Une ligne par jour fini ; l'heure est celle de Paris, l'empreinte un SHA-256.")
    )


def _hour(instant: dt.datetime) -> str:
    return time_format(instant.astimezone(PARIS), "H:i", use_l10n=False)


def _utc(instant: dt.datetime) -> str:
    """Return an instant with its microseconds: those that the digest holds."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _row(head: TetePubliee) -> dict[str, Any]:
    return {
        "jour": head.jour,
        "numero": head.numero,
        "instant": _utc(head.instant),
        "empreinte": head.empreinte,
        "publiee_le": _utc(head.publiee_le),
    }


def csv_of(tetes: Sequence[TetePubliee]) -> str:
    """Return the heads as CSV (UTF-8 with its mark, semicolons)."""
    frame = pl.DataFrame([_row(head) for head in tetes], schema=_SCHEMA, orient="row")
    return "\ufeff" + frame.write_csv(separator=";")


def json_of(tetes: Sequence[TetePubliee]) -> str:
    """Return the heads as JSON."""
    rows = [_row(head) | {"jour": head.jour.isoformat()} for head in tetes]
    return json.dumps({"algorithme": "SHA-256", "tetes": rows}, ensure_ascii=False, indent=1)


def atom_of(tetes: Sequence[TetePubliee], site: str, auteur: str) -> str:
    """Return the heads as a feed, one entry per day: readers of feeds keep what they have received.

    Parameters
    ----------
    tetes : sequence of TetePubliee
        The newest heads, newest first.
    site : str
        Public address of the site.
    auteur : str
        Who runs it.
    """
    updated = max((head.publiee_le for head in tetes), default=_DEBUT).astimezone(dt.UTC)
    feed = f"{site}/journal.atom"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        "<title>Têtes publiées du journal</title>",
        f"<id>{escape(feed)}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{site}/journal")}/>',
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(auteur)}</name></author>",
        "<rights>Licence Ouverte 2.0</rights>",
    ]
    return "\n".join([*lines, *(_entry(head, site) for head in tetes), "</feed>", ""])


def _entry(head: TetePubliee, site: str) -> str:
    """Return an entry; its page is the one that begins with this day."""
    host = urlsplit(site).hostname or "localhost"
    day = head.jour.isoformat()
    page = f"{site}/journal?avant={(head.jour + _JOUR).isoformat()}"
    when = head.publiee_le.astimezone(dt.UTC).isoformat()
    return (
        f"<entry><title>Tête du journal au {dates.full(head.jour)}</title>"
        f"<id>tag:{escape(host)},{day}:journal</id><published>{when}</published><updated>{when}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>'
        f"<summary>{head.numero}:{head.empreinte}</summary></entry>"
    )
