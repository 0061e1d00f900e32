"""Adopt a grid: checked whole, then kept under the hash of its text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from palier import law
from palier.base.errors import Problem, RefusalError
from palier.engines.cotation.checks import require_valid
from palier.engines.cotation.model import parse_grille
from palier.web.apps.cotation.models import Grille
from palier.web.apps.journal.operations import inscrire


@transaction.atomic
def adopter(
    *,
    acteur: Any,
    texte: str,
    origine: str,
    territoire: str,
    maintenant: dt.datetime,
    porte: str = "commande",
) -> Grille:
    """Keep a grid for a territory; the same text twice changes nothing.

    Parameters
    ----------
    texte, origine : str
        Text of the grid, and its name for messages.
    territoire : str
        The territory that adopts it.

    Raises
    ------
    RuleFileError
        Every problem of the grid.
    RefusalError
        DEM-030 for a grid of another territory, DEM-031 if this version was adopted with another text.
    """
    made = parse_grille(texte, origine)
    require_valid(made, law.at(made.du, non_verifie=True))
    problems = []
    if made.territoire != territoire:
        problems.append(
            Problem(
                "DEM-030",
                f"{origine}, territoire",
                f"Cette grille est celle de {made.territoire or 'aucun territoire'}.",
                f"Donnez la grille du territoire {territoire}.",
                "R441-2-10 CCH, 11°",
            )
        )
    same = Grille.objects.filter(identifiant=made.id, du=made.du)
    if same.exclude(sha256=made.sha256).exists():
        problems.append(
            Problem(
                "DEM-031",
                f"{origine}, {made.version}",
                "Cette version de la grille est déjà adoptée, avec un autre texte.",
                "Une version adoptée ne change plus : donnez une autre date à la version corrigée.",
                "R441-2-10 CCH, 11°",
            )
        )
    if problems:
        raise RefusalError(problems)
    found, new = Grille.objects.get_or_create(
        sha256=made.sha256,
        defaults={
            "territoire": territoire,
            "identifiant": made.id,
            "du": made.du,
            "texte": texte,
            "adoptee_le": maintenant,
        },
    )
    if new:
        inscrire(
            acteur=acteur,
            verbe="grille.adopter",
            objet_type="grille",
            objet_id=made.sha256,
            motif=made.version[:200],
            origine=porte,
        )
    return found
