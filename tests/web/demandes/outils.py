"""Invented requests for the tests of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

import polars as pl

from palier.formats.modele import LectureTable
from palier.synthetic import generate_territoire
from palier.synthetic.territoire import Territoire
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.operations.chargement import BilanChargement, ecrire
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre

AU = dt.date(2026, 11, 24)
MAINTENANT = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
TERRITOIRE = "246700488"


@cache
def invente(taille: float = 0.002, graine: int = 1, au: dt.date = AU) -> Territoire:
    """A small invented territory; another seed gives other numbers."""
    return generate_territoire(graine=graine, au=au, taille=taille)


def lecture(table: pl.DataFrame) -> LectureTable:
    """A table as if it had been read from a file."""
    from palier.tables import schema

    absent = [pl.lit(None, dtype=c.dtype).alias(c.nom) for c in schema("demandes").colonnes
              if c.nom not in table.columns]  # fmt: skip
    whole = table.with_columns(absent).select(list(schema("demandes").polars))
    return LectureTable(whole, [], [], [], pl.DataFrame(), whole.height)


def charge(
    organismes: Sequence[Organisme],
    territoire: str = TERRITOIRE,
    table: pl.DataFrame | None = None,
    au: dt.date = AU,
    **enfants: pl.DataFrame,
) -> BilanChargement:
    """Load invented requests for some organismes."""
    made = invente(au=au)
    given = enfants or {"evenements": made.evenements, "publics": made.publics}
    return ecrire(
        acteur="essai",
        lecture=lecture(made.demandes if table is None else table),
        enfants=given if table is None or enfants else {},
        territoire=territoire,
        organismes=organismes,
        au=au,
        maintenant=MAINTENANT,
        ou="essai.parquet",
    )


def fonction(organisme: Organisme, role: str = "agent_bailleur") -> FonctionActive:
    """The function of an agent of an organisme."""
    return FonctionActive(role, organisme.pk, organisme.nom, organisme.siren)


def une(organisme: Organisme, **voulu: Any) -> Demande:
    """A request of an organisme, seen through its perimeter."""
    with perimetre(organismes=[organisme.pk]):
        found: Demande = Demande.objects.filter(**voulu).order_by("numero_unique").first()
    return found
