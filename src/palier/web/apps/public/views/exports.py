"""Offers for programs: the filters of the list, five formats; bounded, tagged, never cut in silence."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from palier import __version__
from palier.base.errors import Problem
from palier.formats.ecriture import to_text_cells
from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries import recherche
from palier.web.apps.offres.rules.filtres import Filtres, parse_filtres
from palier.web.apps.public.presentation import atom, jsonld
from palier.web.apps.public.queries import exports
from palier.web.apps.public.queries.lieux import place_of
from palier.web.apps.public.views.liste import PAGES, page_of, title_of
from palier.web.apps.public.views.reponses import MINUTE, absolute, cached, etag_of
from palier.web.erreurs import problem_json
from palier.web.limites import limite

BORNE = exports.BORNE
_BORNE_LIEE, _FLUX = 1_000, 50
_BOM = "\ufeff".encode()


def _read(request: HttpRequest, borne: int) -> tuple[Filtres, exports.Etat] | HttpResponse:
    """Return the filters and the state of their selection, or why they are refused."""
    filtres = parse_filtres({name: request.GET.getlist(name) for name in request.GET})
    if filtres.problems:
        return problem_json(422, filtres.problems)
    state = exports.state_of(filtres)
    if state.nombre <= borne:
        return filtres, state
    whole = absolute("/donnees")
    answer = problem_json(
        422,
        [
            Problem(
                "WEB-413",
                "filtres",
                f"La sélection compte {state.nombre} offres ; cette porte en donne {borne} au plus.",
                f"Ajoutez un filtre (commune, département, taille), ou prenez l'instantané du jour : {whole}",
            )
        ],
    )
    answer["Link"] = f'<{whole}>; rel="alternate"'
    return answer


def _tagged(
    request: HttpRequest, response: HttpResponse, forme: str, filtres: Filtres, state: exports.Etat
) -> HttpResponse:
    """Give the tag of a selection in a format; 304 to who holds it already, before anything is made."""
    when = state.modifie.timestamp() if state.modifie else None
    tag = etag_of(forme, filtres.query(), state.nombre, state.a_confirmer, when, __version__)
    response["X-Palier-Nombre"] = str(state.nombre)
    response["Access-Control-Allow-Origin"] = "*"
    return cached(request, response, secondes=MINUTE, etag=tag, modifie=when)


def _stream(
    request: HttpRequest, parts: Iterator[bytes], kind: str, name: str, filtres: Filtres, state: exports.Etat
) -> HttpResponse:
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _tagged(request, response, name, filtres, state)  # type: ignore[arg-type]  # a response too


def csv_parts(filtres: Filtres, borne: int) -> Iterator[bytes]:
    """Return the pieces of a CSV file: UTF-8 with its mark, semicolons, no cell that a spreadsheet runs."""
    yield _BOM
    first = True
    for table in exports.tables(filtres, borne):
        yield to_text_cells(table).write_csv(separator=";", include_header=first).encode()
        first = False
    if first:
        yield to_text_cells(exports.empty_table()).write_csv(separator=";").encode()


def geojson_parts(filtres: Filtres, borne: int) -> Iterator[bytes]:
    """Return the pieces of a GeoJSON file (RFC 7946)."""
    yield b'{"type":"FeatureCollection","features":['
    joint = ""
    for batch in exports.features(filtres, borne):
        yield (joint + ",\n".join(batch)).encode()
        joint = ",\n"
    yield b"]}\n"


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def csv(request: HttpRequest) -> HttpResponse:
    """Give the selection as CSV, of the Table Schema ``offres-ouvertes``."""
    read = _read(request, BORNE)
    if isinstance(read, HttpResponse):
        return read
    return _stream(request, csv_parts(read[0], BORNE), "text/csv; charset=utf-8", "offres.csv", *read)


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def geojson(request: HttpRequest) -> HttpResponse:
    """Give the selection as GeoJSON points."""
    read = _read(request, BORNE)
    if isinstance(read, HttpResponse):
        return read
    parts = geojson_parts(read[0], BORNE)
    return _stream(request, parts, "application/geo+json", "offres.geojson", *read)


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def parquet(request: HttpRequest) -> HttpResponse:
    """Give the selection as parquet: typed columns, dates, lists of codes."""
    read = _read(request, BORNE)
    if isinstance(read, HttpResponse):
        return read
    return _stream(request, _parquet(read[0]), "application/vnd.apache.parquet", "offres.parquet", *read)


def _parquet(filtres: Filtres) -> Iterator[bytes]:
    tables = list(exports.tables(filtres, BORNE)) or [exports.empty_table()]
    buffer = io.BytesIO()
    pl.concat(tables).write_parquet(buffer, metadata={"palier.table": "offres-ouvertes"})
    yield buffer.getvalue()


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def liees(request: HttpRequest) -> HttpResponse:
    """Give the selection as linked data (schema.org)."""
    read = _read(request, _BORNE_LIEE)
    if isinstance(read, HttpResponse):
        return read
    return _stream(request, _linked(*read), "application/ld+json", "offres.jsonld", *read)


def _linked(filtres: Filtres, state: exports.Etat) -> Iterator[bytes]:
    items: list[dict[str, Any]] = []
    for rank, card in enumerate(exports.cards(filtres, _BORNE_LIEE), start=1):
        item = jsonld.listing(card, absolute(f"/offres/{card['id']}"))
        items.append({"@type": "ListItem", "position": rank, "item": item})
    yield json.dumps(
        {
            "@context": jsonld.CONTEXTE,
            "@type": "ItemList",
            "numberOfItems": state.nombre,
            "license": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            "itemListElement": items,
        },
        ensure_ascii=False,
    ).encode()


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def flux(request: HttpRequest) -> HttpResponse:
    """Give the newest offers of the selection as an Atom feed."""
    filtres = parse_filtres({name: request.GET.getlist(name) for name in request.GET})
    if filtres.problems:
        return problem_json(422, filtres.problems)
    filtres = replace(filtres, tri="recentes")
    lieu = place_of(filtres)
    query = filtres.query()
    bare = page_of(filtres).query()
    text = atom.feed(
        recherche.search(filtres, limite=_FLUX).offres,
        titre=title_of(filtres, filtres.autour_de or (lieu.libelle if lieu else "")),
        page=absolute(PAGES[filtres.nature] + (f"?{bare}" if bare else "")),
        flux=absolute("/offres.atom" + (f"?{query}" if query else "")),
        auteur=settings.ENVIRONNEMENT.operateur,
    )
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return cached(request, response, secondes=5 * MINUTE)
