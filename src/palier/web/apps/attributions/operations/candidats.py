"""Candidates of a vacancy: searched, proposed, judged by the computed rules, withdrawn by themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import polars as pl

from palier.engines import commission as moteur
from palier.engines import recherche
from palier.engines.recherche.compiler import COLONNES
from palier.tables import schema
from palier.web.apps.attributions.models import Candidature, Orientation, Proposition, Recherche, Vacance
from palier.web.apps.attributions.operations.acces import AGENTS, acte, lock, move, note, refus
from palier.web.apps.attributions.operations.chutes import drop_offer, fall, save
from palier.web.apps.attributions.operations.vacances import oriented_to
from palier.web.apps.attributions.queries import delegations
from palier.web.apps.attributions.queries import recherche as lectures
from palier.web.apps.attributions.queries.faits import loi_du, terme_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries import fiche
from palier.web.postgres.perimetre import perimetre


def rechercher(
    *, acteur: Acteur, vacance: uuid.UUID, seance_le: dt.date, signature_le: dt.date, maintenant: dt.datetime
) -> tuple[Recherche, recherche.Candidats]:
    """Search candidates among all the requests of the territory, in the order of its grid; keep the counts.

    Raises
    ------
    RefusalError
        ATR-004.
    InputError, LoiError
        Those of the search.
    """
    with acte(acteur, "vacance", "U", Vacance, vacance) as seen:
        found = lectures.search(seen, seance_le, signature_le).candidats
        made = Recherche.objects.create(
            vacance=seen,
            au=seance_le,
            n=found.n,
            eligibles=found.eligibles,
            motifs={code: count for code, count in found.comptes.items() if count},
            faite_le=maintenant,
        )
        _keep_order(seen, found)
        note(acteur, "vacance.rechercher", "vacance", seen.pk, seen.bailleur_id)
    return made, found


def _keep_order(vacance: Vacance, found: recherche.Candidats) -> None:
    orders = dict(found.table.select("numero_unique", "ordre").iter_rows())
    rows = Candidature.objects.filter(vacance=vacance).select_for_update(of=("self",)).order_by("pk")
    for candidature in rows:
        if candidature.ordre != orders.get(candidature.numero_unique):
            candidature.ordre = orders.get(candidature.numero_unique)
            candidature.save(update_fields=["ordre"])


def proposer_candidat(
    *,
    acteur: Acteur,
    vacance: uuid.UUID,
    numero: str,
    au: dt.date,
    maintenant: dt.datetime,
    designe_prefet: bool = False,
) -> Candidature:
    """Propose a request for a home, judged at once by the computed rules.

    A landlord reaches the requests of the territory of the home; a réservataire and the State, those that
    they manage, for a home that is oriented to them. The first eligible candidate of the réservataire answers
    the orientation. Where it has delegated its management, the landlord proposes in its name.

    Raises
    ------
    RefusalError
        ATR-004, ATR-005 (a designation that is not the State's), ATR-006 (already proposed), ATR-206 (not
        oriented to it); those of the machine: COM-022, COM-038, COM-041.
    Demande.DoesNotExist
        No such request within reach.
    """
    with acte(acteur, "candidature", "C", Vacance, vacance):
        locked = lock(Vacance, vacance)
        _may_receive(locked, acteur, designe_prefet)
        demande, given = _reach(acteur, locked, numero)
        names = _in_the_name_of(locked, acteur, au)
        made = Candidature(
            vacance=locked,
            demande=demande,
            bailleur_id=locked.bailleur_id,
            organismes=sorted({locked.bailleur_id, *names}),
            acces=given,
            territoire=demande.territoire,
            numero_unique=demande.numero_unique,
            proposee_par_id=names[0],
            etat="",
            designe_prefet=designe_prefet,
            proposee_le=au,
        )
        if Candidature.objects.filter(vacance=locked, demande=demande).exclude(etat__in=_finished()).exists():
            raise refus("ATR-006", "candidature", "Cette demande est déjà proposée.", "Reprenez son dossier.")
        move("candidature", made, "proposee", acteur.role, {"numero": demande.numero_unique})
        _judge(made, locked, au)
        save(made, maintenant)
        _answer_orientation(locked, made, names, au, maintenant)
        note(acteur, f"candidature.{made.etat}", "candidature", made.pk, made.bailleur_id)
    return made


def _finished() -> list[str]:
    return [code for code, etat in moteur.load_machine("candidature").etats.items() if etat.fin]


def _may_receive(vacance: Vacance, acteur: Acteur, designe_prefet: bool) -> None:
    if vacance.etat not in ("qualifiee", "orientee", "candidats_recus", "reprise_bailleur"):
        raise refus(
            "ATR-007",
            "vacance",
            "Ce logement ne reçoit plus de candidats.",
            "Attendez la fin de son examen.",
        )
    if designe_prefet and acteur.role != "etat":
        raise refus(
            "ATR-005",
            "candidature",
            "Seul le préfet désigne une personne au titre du DALO.",
            "Proposez ce dossier sans désignation.",
            "L441-2-3, II CCH",
        )
    if acteur.role not in AGENTS and not designe_prefet:
        oriented_to(vacance, acteur)


def _in_the_name_of(vacance: Vacance, acteur: Acteur, au: dt.date) -> tuple[uuid.UUID, ...]:
    """Return who proposes: the landlord stands for a réservataire that has delegated its management."""
    if acteur.role not in AGENTS:
        return acteur.organismes
    held = Orientation.objects.filter(vacance=vacance, en_cours=True).select_related("convention").first()
    if held is None or delegations.running(held.convention_id, au) is None:
        return acteur.organismes
    return (held.convention.reservataire_id,)


def _reach(acteur: Acteur, vacance: Vacance, numero: str) -> tuple[Demande, list[uuid.UUID]]:
    """Return a request within reach, and who sees it from now on through this candidacy."""
    if acteur.role in AGENTS:  # who holds the home may take any request of its territory
        opened = perimetre(organismes=acteur.organismes, territoire=vacance.territoire)
    else:
        opened = perimetre(organismes=acteur.organismes)
    with opened:
        demande = Demande.objects.select_for_update().get(numero_unique=numero, territoire=vacance.territoire)
        given = [pk for pk in (vacance.bailleur_id, *acteur.organismes) if pk not in demande.organismes]
        if given:
            demande.organismes = sorted({*demande.organismes, *given})
            demande.save(update_fields=["organismes"])
    return demande, list(dict.fromkeys(given))


def _judge(candidature: Candidature, vacance: Vacance, au: dt.date) -> None:
    """Let the computed rules say whether a candidate may go before the commission."""
    home = lectures.home_of(vacance, au, au)
    with perimetre(organismes=[candidature.bailleur_id], lecteur=True):
        demande = candidature.demande
        row = fiche.plain_row(demande, fiche.amounts_of(demande), fiche.sensitive_of(demande))
    found = recherche.search_candidats(home, _frame(row), loi_du(au)).jugement(demande.numero_unique)
    reasons = tuple(code for code in found.motifs if code in moteur.ECARTS)
    candidature.motifs_ecart = list(reasons)
    candidature.signaux = [*(c for c in found.motifs if c not in reasons), *found.signaux]
    vers = "ecartee" if reasons else "eligible"
    move("candidature", candidature, vers, "moteur", {"motifs_ecart": reasons})


def _frame(row: dict[str, Any]) -> pl.DataFrame:
    types = schema("demandes").polars
    return pl.DataFrame({nom: [row.get(nom)] for nom in COLONNES}).cast({nom: types[nom] for nom in COLONNES})


def _answer_orientation(
    vacance: Vacance, made: Candidature, names: Sequence[uuid.UUID], au: dt.date, maintenant: dt.datetime
) -> None:
    held = Orientation.objects.filter(vacance=vacance, en_cours=True).select_related("convention").first()
    if held is None or held.convention.reservataire_id not in names:
        return
    if vacance.etat == "orientee" and made.etat == "eligible":
        facts = {
            "au": au,
            "candidats_eligibles": 1,
            "terme_reservataire": terme_of(vacance, loi_du(au)),
        }
        move("vacance", vacance, "candidats_recus", "reservataire", facts)
        vacance.modifiee_le = maintenant
        vacance.save()


def retirer(
    *, acteur: Acteur, candidature: uuid.UUID, au: dt.date, maintenant: dt.datetime
) -> Proposition | None:
    """Withdraw a candidacy for the person, at any time before the lease; return the offer that follows.

    Who proposed it may withdraw it too, until it is on an agenda.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-022.
    """
    with acte(acteur, "candidature", "U", Candidature, candidature) as seen:
        vacance = lock(Vacance, seen.vacance_id)
        locked = lock(Candidature, candidature)
        move("candidature", locked, "retiree", acteur.role, {})
        locked.retire_le = au
        save(locked, maintenant)
        drop_offer(locked)
        following = fall(vacance, locked, role=acteur.role, au=au, maintenant=maintenant)
        note(acteur, "candidature.retirer", "candidature", locked.pk, locked.bailleur_id)
    return following
