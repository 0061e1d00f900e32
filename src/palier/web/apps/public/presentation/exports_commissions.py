"""Extracts of minutes for programs: homes as CSV, whole extracts as JSON, news as Atom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

import polars as pl
from django.utils.html import escape

from palier.formats.ecriture import to_text_cells
from palier.web.apps.public.models import SeancePubliee
from palier.web.apps.public.presentation import dates

_SCHEMA: dict[str, pl.DataType] = {
    "bailleur": pl.String(),
    "pv": pl.Int64(),
    "seance": pl.Int64(),
    "date": pl.Date(),
    "mode": pl.String(),
    "place": pl.Int64(),
    "commune_code": pl.String(),
    "typologie": pl.String(),
    "issue": pl.String(),
    "motif": pl.String(),
    "quorum_comptes": pl.Int64(),
    "quorum_requis": pl.Int64(),
    "trois_dossiers": pl.Boolean(),
}
_DEBUT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def csv_of(seances: Sequence[SeancePubliee]) -> str:
    """Return one home a line; an empty commune or size is hidden."""
    rows = [row for seance in seances for row in _rows(seance)]
    table = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return "\ufeff" + to_text_cells(table).write_csv(separator=";")


def _rows(seance: SeancePubliee) -> list[list[Any]]:
    content: dict[str, Any] = seance.extrait
    head = [seance.organisme.siren, seance.pv_numero, seance.numero, seance.le, seance.mode]
    return [
        [
            *head,
            place,
            home["commune"],
            home["typologie"],
            home["issue"],
            home["motif"],
            *(home["quorum"] or (None, None)),
            home["trois_dossiers"],
        ]
        for place, home in enumerate(content["logements"], start=1)
    ]


def json_of(seances: Sequence[SeancePubliee]) -> str:
    """Return the extracts in the order of each chain."""
    rows = [
        {
            "bailleur": seance.organisme.siren,
            "extrait": seance.extrait,
            "empreinte_extrait": seance.empreinte_extrait,
            "pv": {
                "numero": seance.pv_numero,
                "empreinte": seance.empreinte,
                "precedent": seance.precedent,
                "signe_le": seance.signe_le.isoformat() if seance.signe_le else None,
            },
        }
        for seance in seances
    ]
    rule = (
        "empreinte_extrait = sha256(empreinte_extrait d'avant, vide pour le premier + saut de ligne"
        " + extrait en JSON aux clés triées, sans espace, en UTF-8), bailleur par bailleur"
    )
    whole = {"algorithme": "SHA-256", "regle": rule, "extraits": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def atom_of(seances: Sequence[SeancePubliee], site: str, auteur: str) -> str:
    """Return the extracts as a feed, the newest first.

    Parameters
    ----------
    seances : sequence of SeancePubliee
        The newest first.
    site : str
        Public address of the site.
    auteur : str
        Who runs it.
    """
    updated = max((s.publiee_le for s in seances), default=_DEBUT).astimezone(dt.UTC)
    feed = f"{site}/commissions.atom"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        "<title>Extraits des procès-verbaux des commissions</title>",
        f"<id>{escape(feed)}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{site}/commissions")}/>',
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(auteur)}</name></author>",
        "<rights>Licence Ouverte 2.0</rights>",
    ]
    return "\n".join([*lines, *(_entry(seance, site) for seance in seances), "</feed>", ""])


def _entry(seance: SeancePubliee, site: str) -> str:
    host = urlsplit(site).hostname or "localhost"
    siren, when = seance.organisme.siren, seance.publiee_le.astimezone(dt.UTC).isoformat()
    page = f"{site}/commissions/{siren}/{seance.pv_numero}"
    return (
        f"<entry><title>{escape(seance.organisme.nom)}, séance du {dates.full(seance.le)}</title>"
        f"<id>tag:{escape(host)},{seance.le.isoformat()}:pv:{siren}:{seance.pv_numero}</id>"
        f"<published>{when}</published><updated>{when}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>'
        f"<summary>Procès-verbal {seance.pv_numero}, {seance.empreinte}</summary></entry>"
    )
