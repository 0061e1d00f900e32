"""Search of places for programs.

Annotations are not postponed here: ninja reads them through the decorators.
"""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from palier.web.apps.comptes.droits import droit
from palier.web.apps.territoires import queries
from palier.web.apps.territoires.rules.recherche import MAX_QUESTION
from palier.web.limites import limite

router = Router(tags=["Lieux"])
_HEURE = "public, max-age=3600"


class LieuSchema(Schema):
    """A place: commune, municipal arrondissement, EPCI, department or region.

    ``boite`` is west, south, east, north in degrees; ``via`` is the former or
    delegated commune whose name was typed.
    """

    genre: str
    code: str
    nom: str
    departement: str | None
    codes_postaux: list[str]
    population: int | None
    point: list[float] | None
    boite: list[float] | None
    commune: str | None = None
    via: str | None = None


class LieuxSchema(Schema):
    """Places found, the likeliest first."""

    lieux: list[LieuSchema]


class ErreurSchema(Schema):
    """What is wrong with the call."""

    title: str
    status: int
    problemes: list[dict[str, str | None]]


@router.get(
    "/lieux",
    response={200: LieuxSchema, 422: ErreurSchema, 429: ErreurSchema},
    summary="Chercher un lieu par son nom, son code postal ou son code Insee",
    operation_id="chercher_lieux",
)
@limite("lieux")
@droit("lieu", "R")
def lieux(
    request: HttpRequest,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=MAX_QUESTION,
            pattern=r"^[^\x00-\x1f\x7f]*$",
            description="Début de nom, code postal ou code Insee ; accents et traits d'union indifférents.",
            example="schilt",
        ),
    ],
    nombre: Annotated[
        int, Query(alias="limite", ge=1, le=queries.MAX_LIEUX, description="Nombre de lieux.")
    ] = 10,
) -> HttpResponse:
    """Chercher un lieu : les communes d'abord, puis EPCI, départements et régions."""
    del request
    body = f'{{"lieux": {queries.search_lieux(q, nombre)}}}'
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": _HEURE})
