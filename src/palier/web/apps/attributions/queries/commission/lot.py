"""The homes of a session read together: a handful of queries, whatever their number."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from palier.base.errors import RefusalError
from palier.engines import commission as moteur
from palier.engines.commission.run.college import siege
from palier.web.apps.attributions.models import (
    Bulletin,
    Candidature,
    Decision,
    Membre,
    Orientation,
    PointSeance,
    Presence,
    Seance,
)
from palier.web.apps.attributions.queries import faits
from palier.web.apps.attributions.rules import departement_of

#: A candidate who is on the agenda, decided or not; the others never came before the commission.
ABSENTS = ("proposee", "eligible", "ecartee")
#: A request has a hundred columns: those that make a file of the engine.
_COLONNES = (
    *(champ.name for champ in Candidature._meta.concrete_fields),
    "demande__numero_unique",
    "demande__date_depot_initial",
    "demande__date_renouvellement",
    "demande__statut",
    "demande__dalo",
)


@dataclass(frozen=True, slots=True)
class Examen:
    """A home of a session, and all that was read of it.

    Parameters
    ----------
    point : PointSeance
        With its vacancy.
    logement : Logement
        What makes its college.
    candidats : tuple of (Candidature, Decision or None)
        In the computed order, best first; the last decision of this item.
    presences, bulletins : tuple
        Rows of this item, of its round.
    quorum : Quorum, optional
        As it stands now, or as it was counted; None before the convocation.
    """

    point: PointSeance
    logement: moteur.Logement
    candidats: tuple[tuple[Candidature, Decision | None], ...]
    presences: tuple[Presence, ...]
    bulletins: tuple[Bulletin, ...]
    quorum: moteur.Quorum | None


@dataclass(frozen=True, slots=True)
class Lot:
    """A session as its pages show it."""

    seance: Seance
    membres: tuple[Membre, ...]
    reglement: moteur.Reglement | None
    examens: tuple[Examen, ...]

    def before(self, examen: Examen) -> Examen | None:
        """Return the home before another one on the agenda."""
        place = self.examens.index(examen)
        return self.examens[place - 1] if place else None

    def after(self, examen: Examen) -> Examen | None:
        """Return the home after another one on the agenda."""
        place = self.examens.index(examen)
        return self.examens[place + 1] if place + 1 < len(self.examens) else None


def session(seance: Seance, siege_de: Membre | None = None, seul: uuid.UUID | None = None) -> Lot:
    """Return a session with its homes.

    Parameters
    ----------
    siege_de : Membre, optional
        The seat of who reads: candidates of homes for which she does not sit are left out.
    seul : UUID, optional
        The item whose candidates, presences, ballots and quorum are wanted; by default those of all, without
        ballots.
    """
    points = list(seance.points.select_related("vacance__logement").order_by("place"))
    homes = _logements(points)
    seats = members(seance)
    loi = faits.loi_du(seance.le)
    rule = None if seance.reglement is None else faits.reglement_of(seance.reglement)
    mine = None if siege_de is None else faits.membre_of(siege_de)
    shown = [
        p for p in points if seul in (None, p.pk) and (mine is None or siege(mine, homes[p.vacance_id], loi))
    ]
    files, decisions = _candidats(shown)
    wanted = [p for p in points if seul in (None, p.pk)]
    there = _by_point(Presence.objects.filter(point__in=wanted).order_by("pk"))
    votes = {} if seul is None else _by_point(Bulletin.objects.filter(point__in=shown).order_by("recu", "pk"))
    engine = tuple(faits.membre_of(m) for m in seats)
    return Lot(
        seance,
        tuple(seats),
        rule,
        tuple(
            Examen(
                p,
                homes[p.vacance_id],
                tuple((c, decisions.get((p.pk, c.pk))) for c in _ordered(files.get(p.vacance_id, []))),
                tuple(there.get(p.pk, ())),
                tuple(b for b in votes.get(p.pk, ()) if b.tour == p.tour),
                _quorum(p, homes[p.vacance_id], engine, there.get(p.pk, ()), rule, loi)
                if p in wanted
                else None,
            )
            for p in points
        ),
    )


def members(seance: Seance) -> list[Membre]:
    """Return the commission on the day of a session, its president first."""
    rows = Membre.objects.filter(bailleur_id=seance.bailleur_id, du__lte=seance.le)
    return [m for m in rows.order_by("-president", "qualite", "pk") if m.au is None or m.au >= seance.le]


def _logements(points: Iterable[PointSeance]) -> dict[uuid.UUID, moteur.Logement]:
    vacances = {p.vacance_id: p.vacance for p in points}
    last = dict(
        Orientation.objects.filter(vacance_id__in=vacances)
        .order_by("vacance_id", "-notifiee_le", "-pk")
        .distinct("vacance_id")
        .values_list("vacance_id", "convention__reservataire__siren")
    )
    return {
        pk: moteur.Logement(
            str(pk),
            v.commune_code,
            departement_of(v.commune_code),
            v.epci or None,
            v.mandant or None,
            last.get(pk),
            v.d331_25_1,
        )
        for pk, v in vacances.items()
    }


def _candidats(
    points: Sequence[PointSeance],
) -> tuple[dict[uuid.UUID, list[Candidature]], dict[tuple[uuid.UUID, uuid.UUID], Decision]]:
    files: dict[uuid.UUID, list[Candidature]] = defaultdict(list)
    rows = Candidature.objects.filter(vacance_id__in=[p.vacance_id for p in points]).exclude(etat__in=ABSENTS)
    for row in rows.select_related("demande").only(*_COLONNES).order_by("numero_unique"):
        files[row.vacance_id].append(row)
    held = {row.pk: row for found in files.values() for row in found}
    made: dict[tuple[uuid.UUID, uuid.UUID], Decision] = {}
    for decision in Decision.objects.filter(point__in=points).order_by("pk"):
        if decision.candidature_id in held:
            decision.candidature = held[decision.candidature_id]
        made[decision.point_id, decision.candidature_id] = decision
    return files, made


def _ordered(files: list[Candidature]) -> list[Candidature]:
    """Order candidates as the comparison does, so that letters agree."""
    return sorted(files, key=lambda c: (c.ordre is None, c.ordre or 0, c.numero_unique))


def _by_point(rows: Iterable[Presence | Bulletin]) -> dict[uuid.UUID, list]:
    found: dict[uuid.UUID, list] = defaultdict(list)
    for row in rows:
        found[row.point_id].append(row)
    return found


def _quorum(
    point: PointSeance,
    logement: moteur.Logement,
    membres: Sequence[moteur.Membre],
    presences: Sequence[Presence],
    rule: moteur.Reglement | None,
    loi: object,
) -> moteur.Quorum | None:
    if point.quorum_requis is not None:
        base: object = point.quorum_base
        return moteur.Quorum(base, point.quorum_comptes or 0, point.quorum_requis, point.quorum_effectif or 0)  # type: ignore[arg-type]
    if rule is None:
        return None
    there = tuple(
        moteur.Presence(str(p.membre_id), tuple(str(m) for m in p.pouvoirs), p.interet or None)
        for p in presences
    )
    try:
        college = moteur.gather_college(membres, logement, there, rule, loi)  # type: ignore[arg-type]
    except RefusalError:
        return None
    return moteur.count_quorum(college, logement, rule, loi)  # type: ignore[arg-type]
