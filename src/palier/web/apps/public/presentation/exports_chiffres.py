"""Published figures for programs: a table with one queue a line, a feed with one publication an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

import polars as pl
from django.utils.html import escape

from palier.formats.ecriture import to_text_cells
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.queries.chiffres import Chiffres, FilePubliee, Territoire

REPERES_MOIS = (12, 24, 36, 60)
_SCHEMA: dict[str, pl.DataType] = {
    "territoire": pl.String(),
    "territoire_nom": pl.String(),
    "au": pl.Date(),
    "secteur": pl.String(),
    "typologie": pl.String(),
    "demandes": pl.Int64(),
    "points_q25": pl.Int64(),
    "points_q50": pl.Int64(),
    "points_q75": pl.Int64(),
    "logements_attribues_12_mois": pl.Int64(),
    "loges_menages": pl.Int64(),
    "loges_depuis": pl.Date(),
    "loges_attente_mois_q10": pl.Int64(),
    "loges_attente_mois_q50": pl.Int64(),
    "loges_attente_mois_q90": pl.Int64(),
    "en_attente_anciennete_mediane_mois": pl.Int64(),
    **{f"estimation_part_logee_{mois}_mois_pour_cent": pl.Int64() for mois in REPERES_MOIS},
    "grille": pl.String(),
}
_DEBUT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def csv_of(chiffres: Chiffres) -> str:
    """Return every queue as CSV (UTF-8 with its mark, semicolons); an empty cell is a hidden figure."""
    rows = [_row(chiffres, chiffres.files[key]) for key in sorted(chiffres.files)]
    table = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return "\ufeff" + to_text_cells(table).write_csv(separator=";")


def _row(chiffres: Chiffres, file: FilePubliee) -> list[object]:
    waits = file.attente
    quartiles = [file.quartiles.get(name) for name in ("q25", "q50", "q75")]
    observed: list[object] = [None] * 7
    shares: list[object] = [None] * len(REPERES_MOIS)
    if waits:
        since = waits.depuis if waits.baux else None
        observed = [
            waits.liberes,
            waits.baux,
            since,
            waits.q10,
            waits.q50,
            waits.q90,
            waits.en_attente_mediane,
        ]
        if waits.estimee:
            points = [waits.estimee.at(mois) for mois in REPERES_MOIS]
            shares = [point.loge if point else None for point in points]
    return [
        chiffres.territoire,
        chiffres.nom,
        chiffres.au,
        file.secteur,
        file.typologie,
        file.n,
        *quartiles,
        *observed,
        *shares,
        str(chiffres.provenance.get("grille", "")),
    ]


def atom_of(territoires: Iterable[Territoire], site: str, auteur: str) -> str:
    """Return the latest publication of each territory, the newest first, with stable ids.

    Parameters
    ----------
    territoires : iterable of Territoire
        Territories and their latest publication.
    site : str
        Public address of the site.
    auteur : str
        Who runs it.
    """
    rows = sorted(territoires, key=lambda t: (t.publiee_le, t.code), reverse=True)
    updated = max((t.publiee_le for t in rows), default=_DEBUT)
    feed = f"{site}/chiffres.atom"
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        "<title>Chiffres publiés sur les demandes de logement social</title>",
        f"<id>{escape(feed)}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{site}/chiffres")}/>',
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(auteur)}</name></author>",
        "<rights>Licence Ouverte 2.0</rights>",
    ]
    return "\n".join([*head, *(_entry(row, site) for row in rows), "</feed>", ""])


def _entry(row: Territoire, site: str) -> str:
    query = f"?territoire={row.code}&au={row.au.isoformat()}"
    page, table = f"{site}/chiffres{query}", f"{site}/chiffres.csv{query}"
    when = row.publiee_le.isoformat()
    return (
        f"<entry><title>{escape(row.nom)}, chiffres au {dates.full(row.au)}</title>"
        f"<id>{escape(page)}</id><published>{when}</published><updated>{when}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>'
        f'<link rel="enclosure" type="text/csv" href={quoteattr(table)}/></entry>'
    )
