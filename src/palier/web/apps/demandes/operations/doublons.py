"""Two requests of one household become one, by a person; nothing is deleted, and it can be undone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from palier.base.errors import Problem, RefusalError
from palier.tables import colonne
from palier.web.apps.demandes.models import (
    VIVANTES,
    Demande,
    EtatPiece,
    EvenementDemande,
    NatureRapprochement,
    Piece,
    Rapprochement,
)
from palier.web.apps.demandes.operations.echos import give_all_back, move_all
from palier.web.apps.demandes.operations.gardes import held_back
from palier.web.apps.demandes.operations.vie import radier
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.perimetre import perimetre

_MASQUES = ("verifie_piece", "verifie_social", "verifie_etat")
_GARDES = ("date_depot_initial", "horodatage_depot", *_MASQUES)


@transaction.atomic
def fusionner(
    *,
    acteur: Any,
    gardee: Demande,
    autre: Demande,
    preuve: str,
    le: dt.date,
    maintenant: dt.datetime,
    raisons: tuple[str, ...] = (),
    organisme: object = "",
) -> Rapprochement:
    """Join two requests: the one that is kept takes the oldest filing date, events and papers of the other.

    The other leaves the register by the written waiver of the person, one of the five reasons: ``preuve`` is
    its reference. Household, wishes and amounts stay those of the request that is kept. Call inside a
    perimeter that sees both.

    Raises
    ------
    RefusalError
        DEM-050 one request given twice, DEM-051 one does not live, DEM-052 a candidacy runs on the other,
        DEM-053 the pair is already judged, DEM-012 no proof; all at once.
    """
    first, second = _locked(gardee, autre)
    problems = _refused(first, second)
    if not preuve.strip():
        words = "Le renoncement écrit à la demande en double n'est pas cité."
        problems.append(
            Problem("DEM-012", "preuve", words, "Donnez la référence de l'écrit.", "R441-2-8 CCH")
        )
    if problems:
        raise RefusalError(problems)
    before = _before(first, second)
    _keep_oldest(first, second)
    before |= _move_children(first, second) | {"plus": move_all(first, second)}
    first.organismes = sorted({*first.organismes, *second.organismes})
    first.modifiee_le = second.modifiee_le = maintenant
    first.save()
    second.save()
    radier(
        acteur=acteur, demande=second, motif="renoncement", le=le, prouve_le=le, preuve=preuve,
        maintenant=maintenant,
    )  # fmt: skip
    made = Rapprochement.objects.create(
        nature=NatureRapprochement.FUSION.value, gardee=first, autre=second, raisons=list(raisons),
        par=_name(acteur), le=maintenant, avant=before,
    )  # fmt: skip
    _note(acteur, "demande.fusionner", first, organisme)
    return made


@transaction.atomic
def distinguer(
    *,
    acteur: Any,
    gardee: Demande,
    autre: Demande,
    maintenant: dt.datetime,
    raisons: tuple[str, ...] = (),
    organisme: object = "",
) -> Rapprochement:
    """Write that two requests are those of two households: the pair is proposed no more.

    Raises
    ------
    RefusalError
        DEM-050, DEM-053.
    """
    first, second = _locked(gardee, autre)
    problems = [p for p in _refused(first, second) if p.code in {"DEM-050", "DEM-053"}]
    if problems:
        raise RefusalError(problems)
    made = Rapprochement.objects.create(
        nature=NatureRapprochement.DISTINCTES.value, gardee=first, autre=second, raisons=list(raisons),
        par=_name(acteur), le=maintenant,
    )  # fmt: skip
    _note(acteur, "demande.distinguer", first, organisme)
    return made


@transaction.atomic
def defaire(
    *, acteur: Any, rapprochement: Rapprochement, maintenant: dt.datetime, organisme: object = ""
) -> Rapprochement:
    """Undo a junction, or a decision that two requests differ: each finds again what it had.

    Raises
    ------
    RefusalError
        DEM-053 undone already, or a parting; DEM-051 the request that was kept does not live any more.
    """
    held = Rapprochement.objects.select_for_update().get(pk=rapprochement.pk)
    if held.defait_le is not None or held.nature == NatureRapprochement.SEPARATION:
        raise RefusalError(_judged())
    first, second = _locked(held.gardee, held.autre)
    if held.nature == NatureRapprochement.FUSION:
        if first.statut not in VIVANTES:
            raise RefusalError(_dead())
        give_all_back(first, second, held.avant.get("plus", {}))
        _give_back(first, second, held.avant, maintenant)
    held.defait_le = maintenant
    held.save(update_fields=["defait_le"])
    _note(acteur, "demande.defaire_fusion", first, organisme)
    return held


def _locked(gardee: Demande, autre: Demande) -> tuple[Demande, Demande]:
    """Lock both, always in the order of their ids."""
    rows = {
        d.pk: d
        for d in Demande.objects.select_for_update().filter(pk__in=[gardee.pk, autre.pk]).order_by("pk")
    }
    return rows[gardee.pk], rows[autre.pk]


def _refused(first: Demande, second: Demande) -> list[Problem]:
    if first.pk == second.pk:
        return [Problem("DEM-050", "demandes", "C'est la même demande.", "Choisissez-en deux.")]
    found = [] if {first.statut, second.statut} <= set(VIVANTES) else [_dead()]
    pairs = Rapprochement.objects.filter(defait_le__isnull=True)
    if pairs.filter(gardee__in=[first, second], autre__in=[first, second]).exists():
        found.append(_judged())
    with perimetre(territoire=second.territoire):
        found += held_back(second)
    return found


def _dead() -> Problem:
    words = "L'une des deux demandes ne vit plus."
    return Problem("DEM-051", "demandes", words, "Seules deux demandes vivantes se réunissent.")


def _judged() -> Problem:
    words = "Une décision est déjà écrite sur ces deux demandes."
    return Problem("DEM-053", "demandes", words, "Défaites-la d'abord, si elle est fausse.")


def _before(first: Demande, second: Demande) -> dict[str, Any]:
    """Return what undoing will need, as plain data."""

    def plain(demande: Demande) -> dict[str, Any]:
        return {nom: _said(getattr(demande, nom)) for nom in _GARDES}

    return {
        "gardee": plain(first) | {"organismes": [str(pk) for pk in first.organismes]},
        "autre": plain(second) | {"statut": second.statut},
    }


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _keep_oldest(first: Demande, second: Demande) -> None:
    if second.date_depot_initial < first.date_depot_initial:
        first.date_depot_initial = second.date_depot_initial
        first.horodatage_depot = second.horodatage_depot


def _move_children(first: Demande, second: Demande) -> dict[str, list[Any]]:
    """Give events and the papers that the kept request lacks; a proof follows its paper."""
    events = list(EvenementDemande.objects.filter(demande=second).values_list("pk", flat=True))
    EvenementDemande.objects.filter(pk__in=events).update(demande=first)
    own = set(Piece.objects.filter(demande=first).values_list("fait", "niveau"))
    papers = [p for p in Piece.objects.filter(demande=second) if (p.fait, p.niveau) not in own]
    Piece.objects.filter(pk__in=[p.pk for p in papers]).update(demande=first)
    for paper in papers:
        if paper.etat == EtatPiece.VERIFIEE:
            mask, bit = f"verifie_{paper.niveau}", colonne("verifie_piece").bit(paper.fait)
            setattr(first, mask, (getattr(first, mask) or 0) | bit)
            setattr(second, mask, (getattr(second, mask) or 0) & ~bit)
    return {"evenements": events, "pieces": [str(p.pk) for p in papers]}


def _give_back(first: Demande, second: Demande, avant: dict[str, Any], maintenant: dt.datetime) -> None:
    EvenementDemande.objects.filter(demande=second, evenement_type="radiation").delete()
    EvenementDemande.objects.filter(pk__in=avant["evenements"]).update(demande=second)
    Piece.objects.filter(pk__in=avant["pieces"]).update(demande=second)
    for demande, values in ((first, avant["gardee"]), (second, avant["autre"])):
        demande.date_depot_initial = dt.date.fromisoformat(values["date_depot_initial"])
        stamp = values["horodatage_depot"]
        demande.horodatage_depot = dt.datetime.fromisoformat(stamp) if stamp else None
        for mask in _MASQUES:
            setattr(demande, mask, values[mask])
        demande.modifiee_le = maintenant
    first.organismes = avant["gardee"]["organismes"]
    second.statut, second.motif_radiation, second.radiee_le = avant["autre"]["statut"], None, None
    first.save()
    second.save()


def _name(acteur: Any) -> str:
    return str(getattr(acteur, "pk", None) or acteur)


def _note(acteur: Any, verbe: str, demande: Demande, organisme: object) -> None:
    inscrire(acteur=acteur, verbe=verbe, objet_type="demande", objet_id=demande.pk, organisme=organisme)
