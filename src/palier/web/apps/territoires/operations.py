"""Load an edition of the official geography: what changed is closed and dated, the rest is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from palier.base.errors import InputError, RefusalError, TableError
from palier.formats.catalogue import probleme
from palier.formats.territoires import Territoires, read_territoires
from palier.web.apps.journal.operations import SYSTEME, inscrire
from palier.web.apps.territoires.models import Commune, Departement, Epci, Membre, Millesime, Region, Valable
from palier.web.apps.territoires.rules.index import ENTREE, LIEU, make_fiches, rows_of
from palier.web.identifiants import uuid7
from palier.web.postgres.ecriture import copy_values

_VERROU = 7_067_482  # advisory lock: one load at a time


@dataclass(frozen=True)
class _Table:
    """How a prepared table becomes rows.

    A change of ``identite`` closes the row and opens another; ``suite`` is only brought up to date.
    """

    modele: type[Valable]
    cle: tuple[str, ...]
    identite: tuple[str, ...]
    suite: tuple[str, ...] = ()

    @property
    def champs(self) -> tuple[str, ...]:
        return (*self.cle, *self.identite, *self.suite)


_TABLES = {
    "regions": _Table(Region, ("code",), ("nom",), ("cle", "zone", "chef_lieu")),
    "departements": _Table(Departement, ("code",), ("nom", "region"), ("cle", "zone", "chef_lieu")),
    "epci": _Table(Epci, ("code",), ("type", "nom"), ("cle", "population")),
    "membres": _Table(Membre, ("epci", "commune"), ()),
    "communes": _Table(
        Commune,
        ("code", "type"),
        ("nom", "departement", "region", "parent"),
        ("cle", "article", "zone", "siren", "codes_postaux", "population",
         "lon", "lat", "ouest", "sud", "est", "nord"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class BilanChargement:
    """What a load changed, by table; nothing if the same folder was already loaded."""

    millesime: dt.date
    deja_charge: bool = False
    ajoutes: dict[str, int] = field(default_factory=dict)
    fermes: dict[str, int] = field(default_factory=dict)
    mis_a_jour: dict[str, int] = field(default_factory=dict)
    lieux: int = 0


def charger_territoires(*, acteur: Any, dossier: Path | str, origine: str = "commande") -> BilanChargement:
    """Load the places that ``palier lieux preparer`` made.

    Parameters
    ----------
    acteur : Utilisateur or str
        The operator, or ``SYSTEME`` for the command line.
    dossier : path
        The data folder.
    origine : str
        Door, for the journal.

    Raises
    ------
    RefusalError
        GEO-012 if the account is not the operator's.
    TableError
        GEO-010 (folder absent or altered), GEO-011 (older than what is loaded).
    """
    if acteur != SYSTEME and not getattr(acteur, "exploitant", False):
        raise RefusalError(probleme("GEO-012", "lieux"))
    read = read_territoires(dossier)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_VERROU])
        last = Millesime.objects.order_by("-du").first()
        if last and last.du == read.millesime and last.empreinte == read.empreinte:
            return BilanChargement(read.millesime, deja_charge=True)
        if last and last.du > read.millesime:
            raise _older(read.millesime, last.du)
        made = _load(read)
        Millesime.objects.update_or_create(
            du=read.millesime,
            defaults={"empreinte": read.empreinte, "sources": [s.to_dict() for s in read.sources]},
        )
        inscrire(
            acteur=acteur,
            verbe="territoires.charger",
            objet_type="millesime",
            objet_id=read.millesime.isoformat(),
            champs=[name for name, table in _TABLES.items() if _touched(made, name)],
            origine=origine,
        )
    return made


def charger_si_present(
    *, acteur: Any, dossier: Path | str, origine: str = "commande"
) -> BilanChargement | None:
    """Load the places if a folder was prepared; None, and nothing done, if it was not."""
    if not (Path(dossier) / "territoires" / "sources.json").is_file():
        return None
    return charger_territoires(acteur=acteur, dossier=dossier, origine=origine)


def _older(given: dt.date, loaded: dt.date) -> InputError:
    return TableError(probleme("GEO-011", given.isoformat(), f"Déjà chargé : {loaded.isoformat()}."))


def _touched(made: BilanChargement, name: str) -> bool:
    return bool(made.ajoutes.get(name) or made.fermes.get(name) or made.mis_a_jour.get(name))


def _load(read: Territoires) -> BilanChargement:
    made = BilanChargement(read.millesime)
    for name, table in _TABLES.items():
        change = _compare(table, read.tables[name], read.millesime)
        _apply(table, change, read.millesime)
        made.ajoutes[name] = len(change.neuves)
        made.fermes[name] = len(change.finies)
        made.mis_a_jour[name] = len(change.changees)
    lieux, textes = rows_of(make_fiches(read.tables))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM territoires_entree")
        cursor.execute("DELETE FROM territoires_lieu")
    copy_values("territoires_lieu", ("id", *LIEU), lieux)
    copy_values("territoires_entree", ENTREE, textes)
    return BilanChargement(read.millesime, False, made.ajoutes, made.fermes, made.mis_a_jour, len(lieux))


@dataclass
class _Change:
    """Rows to insert as (id, du, values), ids to close or erase, ids to write again."""

    neuves: list[tuple[Any, ...]] = field(default_factory=list)
    finies: list[Any] = field(default_factory=list)
    effacees: list[Any] = field(default_factory=list)
    changees: list[tuple[Any, ...]] = field(default_factory=list)


def _compare(table: _Table, frame: pl.DataFrame, millesime: dt.date) -> _Change:
    """Compare the living rows with those of the edition."""
    rows = table.modele._default_manager.filter(au__isnull=True).values_list("id", "du", *table.champs)
    width, n_identity = len(table.cle), len(table.cle) + len(table.identite)
    living = {row[2 : 2 + width]: row for row in rows.iterator(chunk_size=5_000)}
    change = _Change()
    empty = {f.name for f in table.modele._meta.get_fields() if getattr(f, "blank", False)}
    blank = [name in empty for name in table.champs]
    for given in frame.select(table.champs).iter_rows():
        values = tuple(
            "" if value is None and is_blank else value for value, is_blank in zip(given, blank, strict=True)
        )
        old = living.pop(values[:width], None)
        if old is None:
            change.neuves.append((uuid7(), millesime, *values))
        elif old[2:] == values:
            continue
        elif old[2 : 2 + n_identity] == values[:n_identity] or old[1] == millesime:
            change.changees.append((old[0], old[1], *values))
        else:
            change.finies.append(old[0])
            change.neuves.append((uuid7(), millesime, *values))
    for row in living.values():
        (change.effacees if row[1] == millesime else change.finies).append(row[0])
    return change


def _apply(table: _Table, change: _Change, millesime: dt.date) -> None:
    """Write the changes; a row brought up to date keeps its id and its day."""
    objects = table.modele._default_manager
    objects.filter(pk__in=change.finies).update(au=millesime - dt.timedelta(days=1))
    objects.filter(pk__in=[*change.effacees, *(row[0] for row in change.changees)]).delete()
    columns = ("id", "du", *table.champs)
    copy_values(table.modele._meta.db_table, columns, [*change.changees, *change.neuves])
