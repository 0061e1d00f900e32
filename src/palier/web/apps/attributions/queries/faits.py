"""Rows as what the engine of the commission reads. Call inside a perimeter that sees them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from django.db.models import QuerySet

from palier import law
from palier.base.calendrier import Calendrier, Echeance
from palier.base.errors import Problem, RefusalError
from palier.engines import commission as moteur
from palier.law import LoiAu
from palier.law.calendrier import calendrier
from palier.web.apps.attributions.models import (
    Bulletin,
    Candidature,
    Convention,
    Decision,
    Membre,
    Nature,
    PointSeance,
    Presence,
    Proposition,
    Reglement,
    Seance,
    Vacance,
)
from palier.web.apps.attributions.rules import departement_of
from palier.web.apps.demandes.models import Demande, Statut
from palier.web.apps.demandes.queries.echeances import place_of

FAVORABLES = ("attribution", "attribution_rang", "attribution_condition")
#: On the agenda of a home, withdrawn since or not.
PRESENTES = ("inscrite", "examinee", "retiree")
OFFERTES = ("offre_envoyee", "acceptee")
#: Those whom an event may still make void: nothing has ended them, and no lease is signed.
VIVANTES = tuple(
    code
    for code in moteur.load_machine("candidature").etats
    if moteur.load_machine("candidature").fleche(code, "caduque")
)


def loi_du(au: dt.date) -> LoiAu:
    """Return the law of a day; each value says whether somebody has checked it."""
    return law.at(au, non_verifie=True)


def calendrier_of(demande: Demande, loi: LoiAu) -> Calendrier:
    """Return the calendar that counts for a person."""
    return calendrier(loi, place_of(demande))


def logement_of(vacance: Vacance) -> moteur.Logement:
    """Return the home, with whose college it has."""
    last = (
        vacance.orientations.order_by("-notifiee_le", "-pk")
        .values_list("convention__reservataire__siren", flat=True)
        .first()
    )
    return moteur.Logement(
        str(vacance.pk),
        vacance.commune_code,
        departement_of(vacance.commune_code),
        vacance.epci or None,
        vacance.mandant or None,
        last,
        vacance.d331_25_1,
    )


def dossier_of(candidature: Candidature) -> moteur.Dossier:
    """Return the file of a candidate, as the request stands."""
    demande = candidature.demande
    return moteur.Dossier(
        demande.numero_unique,
        demande.date_depot_initial,
        demande.date_renouvellement,
        demande.statut,
        candidature.designe_prefet,
        demande.dalo == "reconnu",
        candidature.retire_le,
    )


def dossiers_of(candidatures: Iterable[Candidature]) -> tuple[moteur.Dossier, ...]:
    """Return the files of candidates, in their order."""
    return tuple(dossier_of(candidature) for candidature in candidatures)


def recherche_of(point: PointSeance) -> moteur.RechercheConsignee | None:
    """Return the recorded search of an item."""
    found = point.recherche
    if found is None:
        return None
    return moteur.RechercheConsignee(found.au, found.n, found.eligibles, found.motifs)


def reglement_of(reglement: Reglement) -> moteur.Reglement:
    """Return a vintage of the règlement, with the end that was set to it."""
    read = _parsed(reglement.texte, str(reglement.pk))
    return replace(read, au=reglement.au) if reglement.au else read


@lru_cache(maxsize=64)
def _parsed(texte: str, origine: str) -> moteur.Reglement:
    return moteur.parse_reglement(texte, origine)


def reglement_au(bailleur: uuid.UUID, au: dt.date) -> Reglement:
    """Return the vintage in force on a day.

    Raises
    ------
    RefusalError
        COM-018 if none is, or more than one.
    """
    found = [r for r in Reglement.objects.filter(bailleur_id=bailleur, du__lte=au) if not r.au or r.au >= au]
    if len(found) != 1:
        raise RefusalError(
            Problem(
                "COM-018",
                "règlement",
                f"{len(found)} règlement en vigueur au {au.isoformat()}.",
                "Enregistrez le règlement de ce jour, et fermez l'ancien la veille.",
                "R441-9 CCH",
            )
        )
    return found[0]


def membres_at(bailleur: uuid.UUID, au: dt.date) -> tuple[moteur.Membre, ...]:
    """Return the commission of a landlord on a day."""
    seats = Membre.objects.filter(bailleur_id=bailleur, du__lte=au).order_by("-president", "qualite", "pk")
    return tuple(membre_of(m) for m in seats if m.au is None or m.au >= au)


def membre_of(membre: Membre) -> moteur.Membre:
    """Return a seat."""
    return moteur.Membre(str(membre.pk), membre.qualite, membre.lieu or None, membre.president)


def seance_of(
    seance: Seance, reglement: Reglement, convoquee_le: dt.date, dossiers: tuple[moteur.Dossier, ...] = ()
) -> moteur.Seance:
    """Return a session as it is called."""
    asked = seance.reunion_demandee_le is not None
    mode: Any = seance.mode  # checked by the database
    return moteur.Seance(seance.le, convoquee_le, mode, reglement_of(reglement), dossiers, asked)


def presences_of(point: PointSeance) -> tuple[moteur.Presence, ...]:
    """Return who checked in for an item."""
    return tuple(presence_of(p) for p in Presence.objects.filter(point=point).order_by("pk"))


def presence_of(presence: Presence) -> moteur.Presence:
    """Return a member who checked in, with the proxies she holds."""
    held = tuple(str(m) for m in presence.pouvoirs)
    return moteur.Presence(str(presence.membre_id), held, presence.interet or None)


def bulletins_of(point: PointSeance) -> tuple[moteur.Bulletin, ...]:
    """Return the ballots of the round of an item."""
    return tuple(bulletin_of(b) for b in ballots_of(point))


def ballots_of(point: PointSeance) -> QuerySet[Bulletin]:
    """Return the rows of the ballots of the round of an item."""
    return Bulletin.objects.filter(point=point, tour=point.tour).order_by("recu", "pk")


def bulletin_of(bulletin: Bulletin) -> moteur.Bulletin:
    """Return a ballot."""
    by = str(bulletin.par_id) if bulletin.par_id else None
    return moteur.Bulletin(str(bulletin.membre_id), bulletin.sens, by, bulletin.recu)  # type: ignore[arg-type]


def decision_of(decision: Decision) -> moteur.Decision:
    """Return a decision."""
    waits = (
        moteur.Condition(decision.condition_piece, decision.condition_limite)
        if decision.condition_limite
        else None
    )
    return moteur.Decision(
        decision.candidature.numero_unique,
        decision.code,
        decision.rang,
        waits,
        decision.motifs,
        decision.texte,
        str(decision.corrige_id) if decision.corrige_id else None,
    )


def ecarts_of(point: PointSeance) -> tuple[moteur.EcartOrdre, ...]:
    """Return the departures from the computed order, as somebody explained them."""
    return tuple(moteur.EcartOrdre(e["numero"], e["code"], e["texte"]) for e in point.ecarts)


def examined(point: PointSeance) -> list[Candidature]:
    """Return the candidates put before the session, by number."""
    rows = Candidature.objects.filter(vacance_id=point.vacance_id, etat__in=("inscrite", "examinee"))
    return list(rows.select_related("demande").order_by("numero_unique"))


def presented(point: PointSeance) -> list[Candidature]:
    """Return the files of an item as they were put on the agenda: those withdrawn since are named too."""
    gone = Candidature.objects.filter(vacance_id=point.vacance_id, etat="retiree")
    return [*examined(point), *gone.select_related("demande").order_by("numero_unique")]


def point_of(point: PointSeance, candidatures: Sequence[Candidature]) -> moteur.Point:
    """Return an item, with everything that was done for it."""
    seance = point.seance
    proposals = Decision.objects.filter(point=point, etat="proposee").select_related("candidature")
    return gathered(
        point,
        logement_of(point.vacance),
        candidatures,
        membres_at(seance.bailleur_id, seance.le),
        Presence.objects.filter(point=point).order_by("pk"),
        proposals.order_by("pk"),
        ballots_of(point),
    )


def gathered(
    point: PointSeance,
    logement: moteur.Logement,
    candidatures: Iterable[Candidature],
    membres: Sequence[moteur.Membre],
    presences: Iterable[Presence],
    proposees: Iterable[Decision],
    bulletins: Iterable[Bulletin],
) -> moteur.Point:
    """Return an item from rows that were read already."""
    return moteur.Point(
        logement,
        dossiers_of(candidatures),
        tuple(membres),
        tuple(presence_of(p) for p in presences),
        tuple(decision_of(d) for d in proposees),
        tuple(bulletin_of(b) for b in bulletins),
        tuple(point.ordre),
        ecarts_of(point),
        recherche_of(point),
        scrutin_of(point),
    )


def scrutin_of(point: PointSeance) -> moteur.Scrutin | None:
    """Return between which instants ballots are received."""
    if point.scrutin_ouvert and point.scrutin_ferme:
        return moteur.Scrutin(point.scrutin_ouvert, point.scrutin_ferme)
    return None


def cloture_of(point: PointSeance) -> moteur.Cloture:
    """Return the closing of an item as it was counted then, with each decision as last corrected."""
    rows = Decision.objects.filter(point=point).exclude(etat="proposee").select_related("candidature")
    decisions = [decision_of(last_of(d)) for d in rows]
    ranked = sorted(decisions, key=lambda d: (not d.favorable, d.rang or 0, d.numero))
    vote = moteur.Depouillement(
        point.oui or 0, point.non or 0, point.abstentions or 0, True, point.departage or None,  # type: ignore[arg-type]
        point.participants, point.participants_requis,
    )  # fmt: skip
    why = cast("moteur.model.dossier.Exception3 | None", point.exception or None)
    files = moteur.ExamenDossiers(point.dossiers_n or 0, point.dossiers_requis or 0, why, (), True)
    base = cast("moteur.model.reglement.Base", point.quorum_base)
    quorum = moteur.Quorum(
        base, point.quorum_comptes or 0, point.quorum_requis or 0, point.quorum_effectif or 0
    )
    closed = point.etat == "clos"
    return moteur.Cloture(
        str(point.vacance_id), point.seance.le, closed, quorum, files, vote if closed else None,
        tuple(ranked), ecarts_of(point),
    )  # fmt: skip


def last_of(decision: Decision) -> Decision:
    """Return the decision that corrects another one in the end, else itself."""
    found = decision
    while (after := Decision.objects.filter(corrige=found).exclude(etat="proposee").first()) is not None:
        found = after
    return found


def closing_of(candidature: Candidature) -> PointSeance:
    """Return the item that decided for a candidate.

    Raises
    ------
    PointSeance.DoesNotExist
        No item did.
    """
    return (
        PointSeance.objects.select_related("seance", "vacance")
        .filter(decisions__candidature=candidature, etat="clos", nature=Nature.EXAMEN)
        .latest("clos_le")
    )


def decided(candidature: Candidature) -> Decision:
    """Return the decision that holds for a candidate."""
    first = Decision.objects.select_related("candidature").exclude(etat="proposee")
    return last_of(first.filter(candidature=candidature, corrige__isnull=True).latest("pk"))


def offre_of(proposition: Proposition) -> moteur.Offre:
    """Return an offer as it runs."""
    demande = proposition.candidature.demande
    loi = loi_du(proposition.recue_le)
    return moteur.make_offre(
        demande.numero_unique,
        proposition.recue_le,
        loi,
        calendrier_of(demande, loi),
        proposition.rang,
        proposition.jours,
    )


def reponse_of(proposition: Proposition) -> moteur.Reponse | None:
    """Return the answer to an offer, as it was let in."""
    if proposition.reponse_le is None:
        return None
    sens = "oui" if proposition.etat == "acceptee" else "non"
    number = proposition.candidature.numero_unique
    return moteur.Reponse(number, proposition.reponse_le, sens, proposition.repondu_par)  # type: ignore[arg-type]


def terme_of(vacance: Vacance, loi: LoiAu) -> Echeance | None:
    """Return the term of the réservataire of a vacancy; None if none runs."""
    held = vacance.orientations.filter(en_cours=True).first()
    if held is None or held.limite is None:
        return None
    return count_terme(vacance, held.convention, held.notifiee_le, loi)


def count_terme(vacance: Vacance, convention: Convention, du: dt.date, loi: LoiAu) -> Echeance | None:
    """Count the term that a convention leaves to its réservataire for a home."""
    return moteur.count_reservataire(
        du,
        loi,
        calendrier(loi, vacance.commune_code),
        tendue=vacance.zone_tendue,
        jours=convention.delai_jours,
    )


def cause_of(candidature: Candidature, au: dt.date) -> str:
    """Return why a candidacy is void, as the files say it; empty if nothing makes it so."""
    statut = candidature.demande.statut
    if statut == Statut.RADIEE:
        return "radiation"
    if statut == Statut.ATTRIBUEE:
        return "loge_ailleurs"
    if candidature.etat not in ("attribution_condition", *OFFERTES):
        return ""
    held = decided(candidature)
    late = held.condition_limite is not None and au > held.condition_limite
    received = candidature.piece_recue_le
    if late and (received is None or received > held.condition_limite):  # type: ignore[operator]  # late: known
        return "condition_echue"
    return ""
