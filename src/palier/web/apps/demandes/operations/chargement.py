"""Load a file of requests: read and checked whole by ``formats``, then written in one transaction or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.db import IntegrityError
from django.db.utils import ProgrammingError

from palier import law
from palier.base.errors import Problem, TableError
from palier.formats import LectureTable, read_table
from palier.web.apps.demandes.models import Territoire
from palier.web.apps.demandes.operations import lot
from palier.web.apps.demandes.rules.controles import check_load
from palier.web.apps.journal.operations import inscrire, inscrire_plusieurs
from palier.web.apps.organismes.models import Organisme
from palier.web.postgres.perimetre import perimetre

ENFANTS = ("evenements", "publics", "ressources", "personnes")


@dataclass(frozen=True)
class BilanChargement:
    """What a load did: requests made, changed, left as they were; rows of each child table.

    ``effacees`` are rows of the file that were not written: their request was closed, then erased here.
    """

    lues: int
    nouvelles: int
    changees: int
    enfants: dict[str, int] = field(default_factory=dict)
    effacees: int = 0
    avertissements: tuple[Problem, ...] = ()

    @property
    def inchangees(self) -> int:
        """Requests that the file says as they were."""
        return self.lues - self.nouvelles - self.changees


def charger(
    *,
    acteur: Any,
    fichier: Path,
    territoire: str,
    organismes: Sequence[Organisme],
    au: dt.date,
    maintenant: dt.datetime,
    autres: Mapping[str, Path] | None = None,
    bonnes_lignes: bool = False,
    origine: str = "commande",
) -> BilanChargement:
    """Load a file of requests, and the child tables beside it.

    Parameters
    ----------
    acteur : Utilisateur, str
        Who loads.
    fichier : Path
        CSV, XLSX, parquet, or the State's XML.
    territoire : str
        Where the requests are scored: SIREN of the EPCI.
    organismes : sequence of Organisme
        Who manages them, and so sees them.
    au, maintenant : date, datetime
        Day of the checks, instant of the writing.
    autres : mapping of str to Path, optional
        Files of child tables by name: ``evenements``, ``publics``, ``ressources``, ``personnes``.
    bonnes_lignes : bool
        Keep the good lines of a file that has bad ones.
    origine : str
        Door, for the journal.

    Raises
    ------
    UsageError
        USG-001, USG-003.
    TableError
        Every problem of the files, then DEM-001 to DEM-006; nothing is written.
    """
    read = read_table(fichier, "demandes", au=au, bonnes_lignes=bonnes_lignes)
    children = dict(read.enfants) | {
        nom: read_table(path, nom, au=au, bonnes_lignes=bonnes_lignes).table
        for nom, path in (autres or {}).items()
    }
    return ecrire(
        acteur=acteur,
        lecture=read,
        enfants=children,
        territoire=territoire,
        organismes=organismes,
        au=au,
        maintenant=maintenant,
        ou=fichier.name,
        origine=origine,
    )


def ecrire(
    *,
    acteur: Any,
    lecture: LectureTable,
    enfants: Mapping[str, pl.DataFrame],
    territoire: str,
    organismes: Sequence[Organisme],
    au: dt.date,
    maintenant: dt.datetime,
    ou: str,
    origine: str = "commande",
) -> BilanChargement:
    """Write tables that are already checked; the other arguments are those of :func:`charger`.

    Raises
    ------
    TableError
        DEM-001 to DEM-006; nothing is written.
    """
    demandes = lecture.table
    problems = check_load(demandes, enfants, territoire, len(organismes), ou)
    if problems:
        raise TableError(problems)
    months = int(law.at(au, non_verifie=True).nombre("demande_validite_mois"))
    managers = sorted(organisme.pk for organisme in organismes)
    try:
        with perimetre(territoire=territoire, lecteur=True):
            numbers = lot.identify(demandes, territoire)
            erased = lot.erased(territoire)
            kept = ~numbers["id"].is_in(erased)
            demandes, numbers = demandes.filter(kept), numbers.filter(kept)
            made, changed = lot.write_rows(demandes, numbers["id"], managers, territoire, months, maintenant)
            counts = {
                nom: lot.write_children(nom, enfants[nom], numbers) for nom in ENFANTS if nom in enfants
            }
            Territoire.objects.update_or_create(
                code=territoire,
                defaults={"charge_le": maintenant},
                create_defaults={"charge_le": maintenant, "ouvert_le": maintenant},
            )
            for verb, ids in (("demande.creer", made), ("demande.modifier", changed)):
                inscrire_plusieurs(
                    acteur=acteur, verbe=verb, objet_type="demande", objets=ids, origine=origine
                )
            inscrire(
                acteur=acteur,
                verbe="demandes.charger",
                objet_type="territoire",
                objet_id=territoire,
                origine=origine,
            )
    except (IntegrityError, ProgrammingError) as error:
        raise _held_elsewhere(error, ou) from error
    left = lecture.table.height - demandes.height
    return BilanChargement(
        demandes.height, len(made), len(changed), counts, left, tuple(lecture.avertissements)
    )


def _held_elsewhere(error: Exception, ou: str) -> Exception:
    """Say that a number is that of a request of another territory; any other error is ours."""
    if "numero_unique" not in str(error):
        return error
    return TableError(
        Problem(
            "DEM-006",
            ou,
            "Un numéro unique est déjà celui d'une demande d'un autre territoire.",
            "Une demande n'a qu'un territoire ici : chargez-la dans le sien.",
        )
    )
