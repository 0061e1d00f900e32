"""The return file of a landlord: made from what is written, the same bytes each time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from palier.base.errors import Problem, UsageError
from palier.formats.retour import name_retour, write_retour
from palier.web.apps.attributions.queries.retour import lines_of
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.organismes.models import Organisme
from palier.web.postgres.perimetre import perimetre

_MOST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Retour:
    """A return file: its name, its bytes, what it counts."""

    nom: str
    contenu: bytes
    attributions: int
    radiations: int


def faire_retour(
    *, acteur: Any, organisme: Organisme, du: dt.date, au: dt.date, aujourdhui: dt.date, origine: str = "site"
) -> Retour:
    """Make the return file of a period that is over, or ends today.

    Raises
    ------
    UsageError
        DEM-070: a period that is empty, to come, or longer than a year.
    """
    if not du <= au <= aujourdhui or au - du > _MOST:
        words = "La période est vide, à venir, ou dépasse un an."
        raise UsageError(Problem("DEM-070", "période", words, "Donnez deux jours passés, dans l'ordre."))
    with perimetre(organismes=[organisme.pk]):
        lines = lines_of(organisme, du, au)
        content = write_retour(lines)
        inscrire(
            acteur=acteur,
            verbe="demandes.retour",
            objet_type="organisme",
            objet_id=organisme.pk,
            organisme=organisme.pk,
            champs=["numero_unique", "motif_radiation"],
            origine=origine,
        )
    leases = sum(line.operation == "attribution" for line in lines)
    return Retour(name_retour(organisme.siren, du, au, content), content, leases, len(lines) - leases)
