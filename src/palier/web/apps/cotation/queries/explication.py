"""Why a request has its points, and why they changed. Call inside an open perimeter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from palier.base.explanation import Explanation
from palier.engines.cotation.comparaison import explain_change
from palier.engines.cotation.explain import explain
from palier.engines.cotation.reference import score_row
from palier.web.apps.cotation.models import Score
from palier.web.apps.cotation.queries import grilles
from palier.web.apps.cotation.queries.scores import table_row
from palier.web.apps.cotation.rules.masque import amounts_read, mask, sensitive_criteria
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries.fiche import amounts_of, plain_row, sensitive_of
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class Expliquee:
    """An explanation as a person may read it.

    Parameters
    ----------
    explication : Explanation
        The tree, masked for who is no named reader.
    montants : tuple of str
        Columns of class 3 that it shows.
    a_jour : bool
        False where the request has changed since the run that scored it.
    """

    explication: Explanation
    montants: tuple[str, ...]
    a_jour: bool


def explain_score(
    fonction: FonctionActive, demande: Demande, score: Score, lecteur: bool, langue: str
) -> Expliquee:
    """Explain a score line by line, with the grid and the law of its run.

    The engine reads class 4 whoever asks, for points are made of it; what leaves is masked.
    """
    with perimetre(organismes=[fonction.organisme_id], lecteur=True):
        row = plain_row(demande, amounts_of(demande), sensitive_of(demande))
    return _explained(demande, score, row, lecteur, langue)


def explain_own(demande: Demande, score: Score, lecteur: bool, langue: str) -> Expliquee:
    """Explain a score to the person of the request (``lecteur``), or to her adviser, who reads no class 4."""
    with perimetre(demandes=[demande.pk], lecteur=True):
        row = plain_row(demande, amounts_of(demande), sensitive_of(demande))
        return _explained(demande, score, row, lecteur, langue)


def _explained(demande: Demande, score: Score, row: dict[str, Any], lecteur: bool, langue: str) -> Expliquee:
    regle = grilles.rule(score.calcul.grille, score.calcul.au)
    events = list(demande.evenements.values("evenement_date", "evenement_type", "adaptee"))
    line = score_row(regle, row, score.calcul.au, events)
    tree = explain(regle, line, langue)
    if not lecteur:
        tree = mask(tree, sensitive_criteria([regle.grille]), _reserved())
    points = [line.points.get(nom) for nom in score.calcul.criteres]
    same = (line.etat, line.total, line.total_verifie, points) == (
        score.etat,
        score.total,
        score.total_verifie,
        score.points,
    )
    return Expliquee(tree, amounts_read(tree), same)


def explain_difference(avant: Score, apres: Score, lecteur: bool, langue: str) -> Explanation:
    """Explain the difference of two scores, criterion by criterion."""
    before, after = grilles.parsed(avant.calcul.grille), grilles.parsed(apres.calcul.grille)
    tree = explain_change(table_row(avant), table_row(apres), before, after, langue)
    return tree if lecteur else mask(tree, sensitive_criteria([before, after]), _reserved())


def _reserved() -> str:
    return _("Critère réservé aux lecteurs nommés")
