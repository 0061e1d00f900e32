"""Points, position and wait of a request; and what they would be, were something else true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.base.explanation import Explanation
from palier.engines.cotation.reference import score_row
from palier.engines.secret.seuil import is_publishable
from palier.tables import colonne
from palier.web.apps.cotation.models import Place, Score
from palier.web.apps.cotation.queries import attentes, grilles, scores
from palier.web.apps.cotation.queries.attentes import AttentePubliee
from palier.web.apps.cotation.queries.explication import Expliquee, explain_difference, explain_own
from palier.web.apps.demandes.queries.fiche import amounts_of, plain_row, sensitive_of
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.rules.bandes import Bande, band_of, bands_of
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class PositionFile:
    """Where a number of points stands in a queue; no figure where the group is too small.

    Parameters
    ----------
    typologie : str
        Size of the queue.
    n, devant, egalite : int
        Requests of the queue, those with more points, the others with as many.
    bandes : list of Bande
        Counts by points.
    vous : int, optional
        Band of the person.
    attente : AttentePubliee, optional
        Published waits of this size.
    """

    typologie: str
    n: int
    devant: int
    egalite: int
    bandes: list[Bande]
    vous: int | None
    attente: AttentePubliee | None

    @property
    def masquee(self) -> bool:
        """Tell whether the group is too small to be shown."""
        return not self.bandes


@dataclass(frozen=True)
class Points:
    """A score as its person reads it."""

    score: Score | None
    expliquee: Expliquee | None
    positions: list[PositionFile]
    anciens: list[Score]


def read(dossier: Dossier, langue: str) -> Points:
    """Return points, line by line, with each position."""
    held = dossier.demande
    with perimetre(demandes=[held.pk]):
        score, former = scores.current(held), scores.history(held)
        places = [place for place, _n in scores.places(score)] if score is not None else []
        if score is None:
            return Points(None, None, [], [])
        tree = explain_own(held, score, dossier.mandat is None, langue)
    found = [position_of(score, place.systeme, place.typologie, score.total or 0, 1) for place in places]
    return Points(score, tree, found, former[1:])


def first_position(score: Score | None) -> PositionFile | None:
    """Return the first position of a score: the one that the first page tells, as the page of points does."""
    if score is None or score.total is None:
        return None
    first = next(iter(scores.places(score)), None)
    return None if first is None else position_of(score, first[0].systeme, first[0].typologie, score.total, 1)


def position_of(score: Score, systeme: str, typologie: str, total: int, moi: int) -> PositionFile:
    """Return the position of a number of points in a queue of the run: counts only leave this function.

    Parameters
    ----------
    moi : int
        1 where the person is already in the queue.
    """
    territory = score.calcul.territoire
    with perimetre(territoire=territory):  # counted, never shown
        queue = Place.objects.filter(calcul_id=score.calcul_id, systeme=systeme, typologie=typologie)
        rows = Score.objects.filter(
            calcul_id=score.calcul_id, demande_id__in=queue.values("demande_id"), total__isnull=False
        )
        totals = Counter(found for found in rows.values_list("total", flat=True) if found is not None)
    n = sum(totals.values()) + (0 if moi else 1)
    if not is_publishable(n):
        return PositionFile(typologie, 0, 0, 0, [], None, None)
    bands = bands_of(totals)
    return PositionFile(
        typologie,
        n,
        sum(count for points, count in totals.items() if points > total),
        totals[total] - moi if totals[total] else 0,
        bands,
        band_of(bands, total),
        attentes.published(territory, typologie),
    )


def difference(dossier: Dossier, langue: str) -> tuple[Explanation | None, Score | None, Score | None]:
    """Return why the points changed since the last run that gave others."""
    with perimetre(demandes=[dossier.demande.pk], lecteur=dossier.mandat is None):
        rows = scores.history(dossier.demande)
        other = [r for r in rows[1:] if (r.total, r.points) != (rows[0].total, rows[0].points)]
        former = next(iter(other), None)
        if former is None:
            return None, None, rows[0] if rows else None
        return explain_difference(former, rows[0], dossier.mandat is None, langue), former, rows[0]


@dataclass(frozen=True)
class EtSi:
    """What would change: points and position before, and after."""

    avant: int | None
    apres: int | None
    file_avant: PositionFile | None
    file_apres: PositionFile | None


def what_if(dossier: Dossier, score: Score, suppose: Mapping[str, Any]) -> EtSi:
    """Score the request as if something else were true; nothing is kept.

    Parameters
    ----------
    suppose : mapping
        ``taille`` and ``commune`` asked for in place of the others, ``fait`` proven by a paper.
    """
    held = dossier.demande
    with perimetre(demandes=[held.pk], lecteur=True):
        row = plain_row(held, amounts_of(held), sensitive_of(held))
        events = list(held.evenements.values("evenement_date", "evenement_type", "adaptee"))
    rule, day = grilles.rule(score.calcul.grille, score.calcul.au), score.calcul.au
    before = score_row(rule, row, day, events)
    after = score_row(rule, _supposed(row, suppose), day, events)
    size = suppose.get("taille") or _first_size(row)
    return EtSi(
        before.total,
        after.total,
        _queue(score, before.systeme, _first_size(row), before.total, 1),
        _queue(score, after.systeme, size, after.total, int(size in _sizes(row))),
    )


def _supposed(row: dict[str, Any], suppose: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(row)
    if suppose.get("taille"):
        found["typologies"] = colonne("typologies").bit(suppose["taille"])
    if suppose.get("commune"):
        found["localisations"] = [suppose["commune"]]
    if suppose.get("fait"):
        proven = found.get("verifie_piece") or 0
        found["verifie_piece"] = proven | colonne("verifie_piece").bit(suppose["fait"])
    return found


def _sizes(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(colonne("typologies").codes_of(row["typologies"] or 0))


def _first_size(row: dict[str, Any]) -> str:
    return next(iter(_sizes(row)), "")


def _queue(
    score: Score, systeme: str | None, taille: str, total: int | None, moi: int
) -> PositionFile | None:
    if systeme is None or total is None:
        return None
    return position_of(score, systeme, taille, total, moi)
