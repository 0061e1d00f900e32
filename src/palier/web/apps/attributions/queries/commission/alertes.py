"""What a person must have seen: what the engine warns of before and during a session."""

from __future__ import annotations

import datetime as dt

from palier.base.errors import InputError, Problem
from palier.engines import commission as moteur
from palier.law.calendrier import calendrier
from palier.web.apps.attributions.models import Membre, Seance
from palier.web.apps.attributions.queries import faits
from palier.web.apps.attributions.queries.adresses import addresses_of
from palier.web.apps.attributions.queries.commission.lot import Examen, Lot

AVANT = ("projet",)


def session_warnings(lot: Lot, au: dt.date) -> list[Problem]:
    """Return the warnings of a session: its day, and before the call what would prevent it."""
    seance, loi = lot.seance, faits.loi_du(lot.seance.le)
    rule, called = lot.reglement, seance.convoquee_le
    if rule is None and seance.etat in AVANT:
        try:
            rule, called = faits.reglement_of(faits.reglement_au(seance.bailleur_id, seance.le)), au
        except InputError as error:
            return list(error.problems)
    if rule is None or called is None:
        return []
    files = tuple(faits.dossier_of(c) for e in lot.examens for c, _d in e.candidats)
    mode: moteur.model.reglement.Mode = seance.mode  # type: ignore[assignment]  # checked by the database
    read = moteur.Seance(seance.le, called, mode, rule, files, seance.reunion_demandee_le is not None)
    place = next((e.point.vacance.commune_code for e in lot.examens), "75056")
    found = [] if seance.etat not in AVANT else moteur.check_seance(read)
    return [*found, *moteur.warn_seance(read, calendrier(loi, place))]


def item_warnings(examen: Examen, membres: tuple[Membre, ...]) -> list[tuple[Membre, Problem]]:
    """Return the members who have the address of a candidate and have declared nothing (COM-089)."""
    marks = {str(m.pk): m.adresse_cle for m in membres if m.adresse_cle}
    if not marks:
        return []
    theirs = addresses_of([c.demande_id for c, _d in examen.candidats])
    said = {str(p.membre_id) for p in examen.presences if p.interet}
    by_id = {str(m.pk): m for m in membres}
    problems = moteur.warn_adresses(marks, {str(k): v for k, v in theirs.items()}, said)
    return [(by_id[p.ou], p) for p in problems]


def reunion_possible(seance: Seance, rule: moteur.Reglement | None) -> bool:
    """Tell whether a member may ask a written session to meet."""
    runs = seance.mode == "ecrite" and seance.etat in ("convoquee", "ouverte", "suspendue")
    return runs and rule is not None and rule.reunion_sur_demande and seance.reunion_demandee_le is None
