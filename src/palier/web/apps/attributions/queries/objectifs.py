"""Objectives of mixity of a landlord over a civil year, live: read from leases and decisions, exact.

Households are counted, never shown: the whole territory of a home is opened here and nowhere on a page.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Q

from palier.engines import commission as moteur
from palier.engines.cotation.comparaison.quartile import Quartile, find_quartile
from palier.tables import schema
from palier.tables.derive import Contexte, sources
from palier.web.apps.attributions.models import Candidature, Decision, Orientation, Vacance
from palier.web.apps.attributions.queries.faits import FAVORABLES, loi_du
from palier.web.apps.demandes.models import Argent, Demande, PublicPrioritaire
from palier.web.apps.demandes.models.colonnes import ARGENT
from palier.web.apps.demandes.queries import stock
from palier.web.apps.organismes.models import Genre, Organisme
from palier.web.postgres.perimetre import perimetre

PROPRE, ETAT = "bailleur", "etat"
_LUES = tuple(
    dict.fromkeys(c for nom in ("ressources_uc_annuelles_cent", "uc_dixieme") for c in sources(nom))
)
_seuils: dict[tuple[str, int], Quartile] = {}


@dataclass(frozen=True)
class Annee:
    """Where the objectives of a landlord stand in a year.

    Parameters
    ----------
    annee : int
        The civil year.
    objectifs : tuple of Objectif
        Outside QPV, in QPV, then each contingent.
    contingents : mapping of str to str
        Names of the réservataires, by SIREN.
    origine : str
        Where the threshold of the first quartile comes from: ``loi``, ``estime``, ``inconnu``.
    """

    annee: int
    objectifs: tuple[moteur.Objectif, ...]
    contingents: dict[str, str]
    origine: str


def of_year(bailleur: uuid.UUID, au: dt.date) -> Annee:
    """Return the objectives of a landlord from the first of January to a day."""
    since = dt.date(au.year, 1, 1)
    with perimetre(organismes=[bailleur]):
        signed = list(_signed(bailleur, since, au))
        given = {c.vacance_id: c for c in _decided(bailleur, since, au)} | {c.vacance_id: c for c in signed}
        homes = [c.vacance for c in given.values()]
        held = contingents_of(homes)
    leased = {c.pk for c in signed}
    known: dict[uuid.UUID, moteur.Menage] = {}
    origins = set()
    for territory in sorted({c.territoire for c in given.values()}):
        ids = [c.demande_id for c in given.values() if c.territoire == territory]
        known |= households(ids, territory, au)
        origins.add(threshold(territory, au).origine)
    suites = [
        moteur.Suite(
            known[c.demande_id], bool(c.vacance.logement.qpv_code), held[c.vacance_id], c.pk in leased
        )
        for c in given.values()
        if c.demande_id in known
    ]
    found = moteur.read_objectifs(moteur.count_suites(suites), loi_du(au))
    return Annee(au.year, found, names_of(held.values()), "estime" if "estime" in origins else "loi")


def names_of(contingents: Iterable[str]) -> dict[str, str]:
    """Return the names of the réservataires among some contingents, by SIREN."""
    return dict(Organisme.objects.filter(siren__in=set(contingents)).values_list("siren", "nom"))


def _signed(bailleur: uuid.UUID, du: dt.date, au: dt.date) -> Iterable[Candidature]:
    rows = Candidature.objects.filter(bailleur_id=bailleur, bail__signe_le__range=(du, au))
    return rows.select_related("vacance__logement")


def _decided(bailleur: uuid.UUID, du: dt.date, au: dt.date) -> Iterable[Candidature]:
    """Return who was given a home first, by decisions of the year."""
    first = Decision.objects.filter(
        Q(rang__isnull=True) | Q(rang=1),
        code__in=FAVORABLES,
        point__seance__le__range=(du, au),
        corrige__isnull=True,
    ).exclude(etat="proposee")
    rows = Candidature.objects.filter(bailleur_id=bailleur, pk__in=first.values("candidature_id"))
    return rows.exclude(vacance__etat__in=("qualifiee", "retiree")).select_related("vacance__logement")


def contingents_of(vacances: Iterable[Vacance]) -> dict[uuid.UUID, str]:
    """Return in whose contingent each home is: ``bailleur``, ``etat``, else the SIREN of the réservataire."""
    homes = [v.pk for v in vacances]
    rows = Orientation.objects.filter(vacance_id__in=homes).select_related("convention__reservataire")
    found = dict.fromkeys(homes, PROPRE)
    for held in rows.order_by("notifiee_le", "pk"):
        body = held.convention.reservataire
        found[held.vacance_id] = ETAT if body.genre == Genre.ETAT else body.siren
    return found


def households(demandes: Sequence[uuid.UUID], territoire: str, au: dt.date) -> dict[uuid.UUID, moteur.Menage]:
    """Return what objectives read of the households of some requests of a territory."""
    with perimetre(territoire=territoire):
        rows = list(Demande.objects.filter(pk__in=demandes))
        amounts = {a.pk: a for a in Argent.objects.filter(pk__in=demandes)}
        told = PublicPrioritaire.objects.filter(demande_id__in=demandes, public_etat="valide")
        priority = set(told.values_list("demande_id", flat=True))
    quartile = threshold(territoire, au)
    first = _first(rows, amounts, quartile, au)
    return {
        row.pk: moteur.Menage(
            None if is_first is None else 1 if is_first else 2,
            bool(row.label_anru),
            row.dalo == "reconnu" or row.pk in priority,
        )
        for row, is_first in zip(rows, first, strict=True)
    }


def _first(
    demandes: Sequence[Any], argent: dict[uuid.UUID, Any], seuil: Quartile, au: dt.date
) -> list[bool | None]:
    types = schema("demandes").polars
    columns = {
        nom: [getattr(argent.get(d.pk) if nom in ARGENT else d, nom, None) for d in demandes] for nom in _LUES
    }
    frame = pl.DataFrame(columns, schema={nom: types[nom] for nom in _LUES})
    found: list[bool | None] = frame.select(
        pl.Series("n", range(len(demandes))), q=seuil.holds(Contexte(au, loi_du(au)))
    )["q"].to_list()
    return found


def threshold(territoire: str, au: dt.date) -> Quartile:
    """Return the threshold of the first quartile of a territory: the law's, else that of its requests."""
    key = (territoire, au.toordinal())
    if key not in _seuils:
        if len(_seuils) > 200:
            _seuils.clear()
        context = Contexte(au, loi_du(au))
        with perimetre(territoire=territoire):
            requests = stock.read(territoire, _LUES)
        _seuils[key] = find_quartile(requests, context, territoire)
    return _seuils[key]
