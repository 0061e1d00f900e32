"""Keep published figures about queues, and the text of the grid that made them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from palier.base.errors import Problem, RefusalError
from palier.web.apps.journal.operations import SYSTEME, inscrire
from palier.web.apps.public.models import GrillePubliee, StatistiqueFile
from palier.web.apps.public.rules.chiffres import AConserver, Figure


@dataclass(frozen=True, slots=True)
class Publie:
    """What a publication changed: rows kept, rows of the same date that are no longer told."""

    files: int
    retirees: int
    change: bool


@transaction.atomic
def publier(
    *, a_conserver: AConserver, maintenant: dt.datetime, acteur: Any = SYSTEME, origine: str = "commande"
) -> Publie:
    """Replace the figures of a territory at a date; the same ones twice change nothing.

    Parameters
    ----------
    a_conserver : AConserver
        Figures, provenance and grid.
    maintenant : datetime
        Instant of the publication.
    acteur : Utilisateur or str
        Who publishes.
    origine : str
        Door, for the journal.

    Raises
    ------
    RefusalError
        CHI-004 if this version of the grid was published with another text.
    """
    _keep_grid(a_conserver, maintenant)
    mine = StatistiqueFile.objects.filter(territoire=a_conserver.territoire, au=a_conserver.au)
    kept = list(mine.select_for_update().order_by("secteur", "typologie"))
    wanted = sorted(a_conserver.figures, key=lambda figure: (figure.secteur, figure.typologie))
    if _same(kept, wanted, a_conserver.provenance):
        return Publie(len(wanted), 0, change=False)
    names = {(figure.secteur, figure.typologie) for figure in wanted}
    gone = sum((row.secteur, row.typologie) not in names for row in kept)
    mine.delete()
    StatistiqueFile.objects.bulk_create(
        StatistiqueFile(
            territoire=a_conserver.territoire,
            au=a_conserver.au,
            provenance=a_conserver.provenance,
            publiee_le=maintenant,
            **figure.plain(),
        )
        for figure in wanted
    )
    inscrire(
        acteur=acteur,
        verbe="chiffres.publier",
        objet_type="statistique_file",
        objet_id=f"{a_conserver.territoire}@{a_conserver.au.isoformat()}",
        motif=a_conserver.grille.version[:200],
        origine=origine,
    )
    return Publie(len(wanted), gone, change=True)


def _keep_grid(a_conserver: AConserver, maintenant: dt.datetime) -> None:
    grille = a_conserver.grille
    same_version = GrillePubliee.objects.filter(identifiant=grille.id, du=grille.du)
    if same_version.exclude(sha256=grille.sha256).exists():
        raise RefusalError(
            Problem(
                "CHI-004",
                f"{grille.origine}, {grille.version}",
                "Cette version de la grille est déjà publiée, avec un autre texte.",
                "Une version publiée ne change plus : donnez une autre date à la version corrigée.",
                "R441-2-10 CCH, 11°",
            )
        )
    GrillePubliee.objects.get_or_create(
        sha256=grille.sha256,
        defaults={
            "territoire": a_conserver.territoire,
            "identifiant": grille.id,
            "du": grille.du,
            "texte": a_conserver.texte,
            "publiee_le": maintenant,
        },
    )


def _same(kept: list[StatistiqueFile], wanted: list[Figure], provenance: dict[str, Any]) -> bool:
    """Tell whether the database says the same already."""
    if len(kept) != len(wanted) or any(row.provenance != provenance for row in kept):
        return False
    names = ("secteur", "typologie", "n", "histogramme", "quantiles", "attente")
    return all(
        {name: getattr(row, name) for name in names} == figure.plain()
        for row, figure in zip(kept, wanted, strict=True)
    )
