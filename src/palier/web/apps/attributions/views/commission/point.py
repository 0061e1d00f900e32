"""One home at a time: who is there, candidates in columns, the ballot of the five decisions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.base.errors import InputError
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions import presentation_comparaison as comparaison
from palier.web.apps.attributions.queries.acteurs import Siege
from palier.web.apps.attributions.queries.commission.lot import session
from palier.web.apps.attributions.queries.comparaison import CHAMPS, compare
from palier.web.apps.attributions.views.commission import ecran
from palier.web.apps.attributions.views.commission.communs import (
    base_context,
    mode_of,
    path_of,
    session_link,
    state_of,
)
from palier.web.apps.attributions.views.commission.porte import (
    Mains,
    commission,
    hands_of,
    session_of,
    session_of_point,
)
from palier.web.apps.attributions.views.commission.saisie import Saisie
from palier.web.apps.comptes.droits import refuser
from palier.web.apps.journal.operations import inscrire
from palier.web.components.dessin.facade import Facade
from palier.web.components.explication import words_language


@require_safe
@commission("candidature", "R")
def point(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Show one home of a session."""
    return page(request, point)


def page(
    request: HttpRequest, pk: uuid.UUID, problemes: Iterable[Any] = (), statut: int = 200,
    saisies: Mapping[uuid.UUID, Saisie] | None = None, projection: bool = False,
    mains: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Render the screen of a home, with what an act has just refused and what was typed."""
    seance_pk = session_of_point(request, pk)
    with session_of(request, seance_pk) as (seance, siege):
        lot = session(seance, None if siege is None else siege.membre, pk)
        examen = next(e for e in lot.examens if e.point.pk == pk)
        shut = siege is not None and not examen.candidats and examen.point.nature == "examen"
        seen = ecran.read(lot, examen)
        columns, estimate = _columns(seen) if not shut and _reads(request, seen, siege) else (None, False)
        if columns is not None:
            _write_down(request, seen)
        homes = [e.point.vacance for e in lot.examens]
    if shut:  # a home for which she does not sit; the line of journal outside of the perimeter
        refuser(request, "candidature", pk)
    places = mots.places(homes, seance.le)
    hands = hands_of(request)
    home, name = examen.point.vacance, mots.home(examen.point.vacance, places)
    context = base_context(
        _("Logement %(n)s sur %(total)s") % {"n": examen.point.place, "total": len(lot.examens)},
        path_of(session_link(seance)),
        ecran.told(seen, list(problemes)),
    )
    kept = ecran.saisies_of(seen) if saisies is None else saisies
    context |= {
        "organisme_courant": seance.bailleur.nom,
        "seance": seance, "point": examen.point, "vacance": home, "nom": name, "mode": mode_of(seance),
        "etat_seance": state_of(seance), "facade": _facade(home), "colonnes": columns, "estime": estimate,
        "candidats": ecran.candidates(seen, kept), "appel": ecran.roll(seen), "controles": ecran.checks(seen),
        "quorum": examen.quorum, "non_examens": _reasons(), "voix": _sens(),
        "loyer_cent": None if home.loyer_cent is None else home.loyer_cent + home.charges_cent,
        "bulletins": len(examen.bulletins), "tour": examen.point.tour,
    } | _neighbours(seen, places) | _may(hands, seen, siege, mains or {})  # fmt: skip
    model = "projection" if projection else "point"
    return render(request, f"attributions/commission/{model}.html", context, status=statut)


def _reads(request: HttpRequest, seen: ecran.Ecran, siege: Siege | None) -> bool:
    """Tell whether a person reads the facts of candidates: a seat, or the landlord; an auditor does not."""
    actor = hands_of(request).par_fonction
    return siege is not None or (actor is not None and seen.lot.seance.bailleur_id in actor.organismes)


def _columns(seen: ecran.Ecran) -> tuple[Any, bool]:
    """Return the candidates in columns; none for a home that is not described."""
    files = [c for c, _d in seen.examen.candidats]
    if not files:
        return None, False
    try:
        found = compare(seen.examen.point.vacance, files, seen.lot.seance.le)
    except InputError:
        return None, False
    langue = words_language(translation.get_language() or "fr")
    return comparaison.columns(found, langue), found.annee.origine == "estime"


def _write_down(request: HttpRequest, seen: ecran.Ecran) -> None:
    """Leave a line of journal: that resources were read for this home, never what they are."""
    if seen.examen.candidats:
        inscrire(
            acteur=request.user,
            verbe="candidature.comparer",
            objet_type="vacance",
            objet_id=seen.examen.point.vacance_id,
            organisme=seen.lot.seance.bailleur_id,
            champs=CHAMPS,
        )


def _facade(home: Any) -> Facade:
    floors = max(home.etage or 0, 3)
    return Facade("immeuble", floors, home.etage, bool(home.ascenseur))


def _reasons() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in phrases.NON_EXAMENS.items() if code != "annulation"]


def _sens() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in phrases.SENS.items()]


def _neighbours(seen: ecran.Ecran, places: dict[str, str]) -> dict[str, Any]:
    found = ecran.neighbours(seen)
    after = found["suivant"]
    return {**found, "suivant_nom": mots.home(after["vacance"], places) if after else ""}


def _may(hands: Mains, seen: ecran.Ecran, siege: Siege | None, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return which acts this person may try on this home now, with the hands that a refusal leaves typed."""
    seance, held = seen.lot.seance, seen.examen.point
    alive = held.etat == "a_examiner"
    sits = hands.siege(seance.bailleur_id)
    roll, proposes = hands.actor("seance", "U", seance), hands.actor("decision", "C", seance)
    closes = sits is not None and sits.membre.president and seance.pk in sits.acteur.seances
    mine = None if sits is None else sits.membre.pk
    voters = seen.voters() if seance.mode != "ecrite" else [m.pk for m, v in seen.siegent if v]
    proposed = any(d is not None and d.etat == "proposee" for _c, d in seen.examen.candidats)
    cast = {b.membre_id for b in seen.examen.bulletins}
    represented = [m for p in seen.examen.presences if p.membre_id == mine for m in p.pouvoirs]
    names = {m.pk: m.nom for m, _v in seen.siegent}
    ballots = [
        {"pk": pk, "nom": "" if pk == mine else names.get(pk, ""), "recu": pk in cast}
        for pk in [mine, *represented]
        if pk in voters
    ]
    remote = seance.mode != "salle"
    return {
        "peut_appeler": alive and roll is not None and seance.etat in ("convoquee", "ouverte", "suspendue"),
        "peut_proposer": alive and proposes is not None and seance.etat == "ouverte"
        and held.nature == "examen",
        "peut_deliberer": alive and closes and seance.etat == "ouverte" and not remote,
        "peut_clore": alive and closes and seance.etat == "ouverte" and remote,
        "peut_ecarter": alive and closes and seance.etat in ("convoquee", "ouverte", "suspendue"),
        "votants": [(pk, names[pk], typed.get(f"voix-{pk}", "")) for pk in seen.voters()],
        "voix_tous": typed.get("voix_tous", ""),
        "voix_dites": any(typed.get(f"voix-{pk}") for pk in seen.voters()),
        "urne": ballots if alive and remote and proposed and seance.etat == "ouverte" else [],
        "propose": proposed, "a_distance": remote, "siege": siege,
        "vote_n": len(voters),
    }  # fmt: skip


@require_safe
@commission("candidature", "R")
def projection(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Show a home to a room: no name, no number, what was counted."""
    return page(request, point, projection=True)
