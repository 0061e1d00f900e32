"""What the first page of a request shows: the one thing to do, the path, and the rest at a glance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.base.periods import add_months
from palier.web.apps.cotation.models import Score
from palier.web.apps.cotation.queries import scores
from palier.web.apps.demandes.models import VIVANTES, Avertissement
from palier.web.apps.demandes.queries.pieces import PieceVue, papers_of
from palier.web.apps.espace.models import Mandat
from palier.web.apps.espace.queries import candidatures, ecrits, lecteurs
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.queries.points import PositionFile, first_position
from palier.web.postgres.perimetre import perimetre

RENOUVELER_MOIS = 2


@dataclass(frozen=True)
class Tableau:
    """A request at a glance."""

    suivis: list[Suivi]
    pieces: list[PieceVue]
    score: Score | None
    position: PositionFile | None
    lectures: list[lecteurs.Lecture]
    mandat: Mandat | None
    avertissement: Avertissement | None
    vivante: bool
    a_renouveler: bool

    @property
    def offre(self) -> Suivi | None:
        """The candidacy whose offer awaits an answer."""
        return next((s for s in self.suivis if s.offerte), None)

    @property
    def condition(self) -> Suivi | None:
        """The candidacy that awaits a paper."""
        waits = (s for s in self.suivis if s.vivante and s.decision and s.decision.condition_limite)
        return next((s for s in waits if s.candidature.piece_recue_le is None), None)

    @property
    def en_cours(self) -> Suivi | None:
        """The candidacy that has gone farthest, else the newest that lives."""
        alive = [s for s in self.suivis if s.vivante]
        return max(alive, key=_advance, default=None)


_ORDRE = (
    "proposee", "eligible", "inscrite", "examinee", "attribution_condition", "attribution_rang",
    "attribution", "offre_envoyee", "acceptee",
)  # fmt: skip


def _advance(suivi: Suivi) -> int:
    etat = suivi.candidature.etat
    return _ORDRE.index(etat) if etat in _ORDRE else -1


def read(dossier: Dossier, au: dt.date) -> Tableau:
    """Return a request at a glance, on a day."""
    demande = dossier.demande
    followed = candidatures.of(demande.pk)
    with perimetre(demandes=[demande.pk], lecteur=dossier.mandat is None):
        score = scores.current(demande)
        alive = demande.statut in VIVANTES
        return Tableau(
            suivis=followed,
            pieces=papers_of(demande, au, lecteur=dossier.mandat is None),
            score=score,
            position=first_position(score),
            lectures=lecteurs.of(demande.pk),
            mandat=ecrits.live(demande.pk, au),
            avertissement=ecrits.warning(demande.pk) if alive else None,
            vivante=alive,
            a_renouveler=alive and demande.expire_le <= add_months(au, RENOUVELER_MOIS),
        )
