"""A home to allocate: notice, description, orientation, taking back, withdrawal."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from palier.web.apps.attributions.models import FINIES, Convention, Orientation, Vacance
from palier.web.apps.attributions.operations.acces import acte, lock, move, note, ouvert, refus
from palier.web.apps.attributions.operations.chutes import end_all
from palier.web.apps.attributions.queries import conventions
from palier.web.apps.attributions.queries.faits import count_terme, loi_du, terme_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.parc.models import Logement

DECRITS = (
    "loyer_cent", "charges_cent", "surface_m2", "financement", "dpe_classe", "accessible", "adapte", "etage",
    "ascenseur", "typologie", "epci", "mandant", "zone_tendue", "d331_25_1",
)  # fmt: skip


def recevoir_conge(
    *,
    acteur: Acteur,
    logement: uuid.UUID,
    territoire: str,
    conge_le: dt.date,
    bail_fin: dt.date,
    maintenant: dt.datetime,
) -> Vacance:
    """Open a vacancy on the notice of a tenant.

    Raises
    ------
    RefusalError
        Those of the machine: COM-022, COM-030, COM-031.
    """
    return _open(
        acteur, logement, territoire, "conge_recu", maintenant, {}, conge_le=conge_le, bail_fin=bail_fin
    )


def ouvrir_programme(
    *,
    acteur: Acteur,
    logement: uuid.UUID,
    territoire: str,
    livraison_le: dt.date | None,
    description: dict[str, Any],
    maintenant: dt.datetime,
) -> Vacance:
    """Open the vacancy of a home let for the first time, described at once.

    Raises
    ------
    RefusalError
        Those of the machine: COM-031 to COM-033.
    """
    return _open(
        acteur, logement, territoire, "qualifiee", maintenant, description, livraison_le=livraison_le
    )


def _open(
    acteur: Acteur,
    logement: uuid.UUID,
    territoire: str,
    vers: str,
    maintenant: dt.datetime,
    description: dict[str, Any],
    **dates: dt.date | None,
) -> Vacance:
    with ouvert(acteur, "vacance", "C", logement):
        home = Logement.objects.select_for_update().get(pk=logement, organisme_id__in=acteur.organismes)
        made = Vacance(
            logement=home,
            bailleur=home.organisme,
            organismes=[home.organisme_id],
            territoire=territoire,
            etat="",
            commune_code=home.commune_code,
            typologie=home.typologie.lower(),
            surface_m2=home.surface_m2,
            financement=home.financement.lower() or None,
            ouverte_le=maintenant,
            modifiee_le=maintenant,
            **dates,
        )
        _describe(made, description)
        still = Vacance.objects.filter(logement=home).exclude(etat__in=FINIES).count()
        move(
            "vacance",
            made,
            vers,
            acteur.role,
            {**dates, "vacances_ouvertes": still, "logement": _said(made)},
        )
        made.save(force_insert=True)
        note(acteur, "vacance.ouvrir", "vacance", made.pk, made.bailleur_id)
    return made


def qualifier(
    *, acteur: Acteur, vacance: uuid.UUID, description: dict[str, Any], maintenant: dt.datetime
) -> Vacance:
    """Describe the home: rent, area, financing, energy class, accessibility.

    Raises
    ------
    RefusalError
        ATR-002 an answer that is not asked for; those of the machine: COM-020, COM-032.
    """
    with acte(acteur, "vacance", "U", Vacance, vacance):
        locked = lock(Vacance, vacance)
        _describe(locked, description)
        move("vacance", locked, "qualifiee", acteur.role, {"logement": _said(locked)})
        _save(locked, maintenant)
        note(acteur, "vacance.qualifier", "vacance", locked.pk, locked.bailleur_id, sorted(description))
    return locked


def _describe(vacance: Vacance, description: dict[str, Any]) -> None:
    unknown = sorted(set(description) - set(DECRITS))
    if unknown:
        raise refus(
            "ATR-002",
            f"logement, {', '.join(unknown)[:60]}",
            "Cette réponse n'est pas de celles qui décrivent un logement.",
            f"Donnez : {', '.join(DECRITS)}.",
        )
    for nom, value in description.items():
        setattr(vacance, nom, value)


def _said(vacance: Vacance) -> dict[str, object]:
    return {nom: getattr(vacance, nom) for nom in DECRITS}


def orienter(
    *, acteur: Acteur, vacance: uuid.UUID, convention: uuid.UUID, au: dt.date, maintenant: dt.datetime
) -> Orientation:
    """Orient a home to the réservataire of a convention, and start the time it has to propose.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-034 to COM-036.
    """
    with acte(acteur, "vacance", "U", Vacance, vacance):
        locked = lock(Vacance, vacance)
        right = Convention.objects.get(pk=convention, bailleur_id=locked.bailleur_id)
        facts = {
            "au": au,
            "convention_du": right.du,
            "convention_au": right.au,
            "dans_perimetre": locked.commune_code in right.communes,
            "orientations_en_cours": locked.orientations.filter(en_cours=True).count(),
        }
        move("vacance", locked, "orientee", acteur.role, facts)
        loi = loi_du(au)
        term = count_terme(locked, right, au, loi)
        made = Orientation.objects.create(
            vacance=locked,
            convention=right,
            notifiee_le=au,
            limite=None if term is None else term.limite,
        )
        locked.organismes = sorted({*locked.organismes, right.reservataire_id})
        _save(locked, maintenant)
        note(acteur, "vacance.orienter", "vacance", locked.pk, locked.bailleur_id)
    return made


def reprendre(
    *,
    acteur: Acteur,
    vacance: uuid.UUID,
    au: dt.date,
    maintenant: dt.datetime,
    non_reserve: bool = False,
) -> Vacance:
    """Take a home: once the term of the réservataire has passed, or at once if nobody has a right to it.

    Parameters
    ----------
    non_reserve : bool
        The landlord records that the home is reserved to nobody, whatever its conventions cover.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-039, COM-045.
    """
    with acte(acteur, "vacance", "U", Vacance, vacance):
        locked = lock(Vacance, vacance)
        facts = {
            "au": au,
            "terme_reservataire": terme_of(locked, loi_du(au)),
            "renonciation_le": None,
            "conventions_vivantes": len(conventions.covering(locked, au)),
            "dit_non_reserve": non_reserve or locked.non_reserve_le is not None,
        }
        move("vacance", locked, "reprise_bailleur", acteur.role, facts)
        if non_reserve and locked.non_reserve_le is None:
            locked.non_reserve_le = au
        close_orientation(locked)
        _save(locked, maintenant)
        note(acteur, "vacance.reprendre", "vacance", locked.pk, locked.bailleur_id)
    return locked


def rendre(*, acteur: Acteur, vacance: uuid.UUID, au: dt.date, maintenant: dt.datetime) -> Vacance:
    """Give a home back to its landlord before the term: the réservataire has nobody to propose.

    Raises
    ------
    RefusalError
        ATR-206 the home is not oriented to it; those of the machine: COM-020, COM-022.
    """
    with acte(acteur, "orientation", "U", Vacance, vacance):
        locked = lock(Vacance, vacance)
        held = oriented_to(locked, acteur)
        facts = {"au": au, "terme_reservataire": terme_of(locked, loi_du(au)), "renonciation_le": au}
        move("vacance", locked, "reprise_bailleur", acteur.role, facts)
        held.renoncee_le, held.en_cours = au, False
        held.save(update_fields=["renoncee_le", "en_cours"])
        _save(locked, maintenant)
        note(acteur, "vacance.rendre", "vacance", locked.pk, locked.bailleur_id)
    return locked


def oriented_to(vacance: Vacance, acteur: Acteur) -> Orientation:
    """Return the orientation that runs, to the one who acts.

    Raises
    ------
    RefusalError
        ATR-206.
    """
    held = vacance.orientations.filter(
        en_cours=True, convention__reservataire_id__in=acteur.organismes
    ).first()
    if held is None:
        raise refus(
            "ATR-206",
            "vacance",
            "Ce logement n'est pas, ou n'est plus, orienté vers vous.",
            "Choisissez un logement de votre liste.",
            "L441-1 CCH",
        )
    found: Orientation = held
    return found


def close_orientation(vacance: Vacance) -> None:
    """End the orientation of a vacancy."""
    vacance.orientations.filter(en_cours=True).update(en_cours=False)


def retirer_vacance(
    *, acteur: Acteur, vacance: uuid.UUID, motif: str, au: dt.date, maintenant: dt.datetime
) -> Vacance:
    """Withdraw a home before its allocation; its candidacies end with it.

    Raises
    ------
    RefusalError
        ATR-003 on the agenda of a session; those of the machine: COM-020, COM-022, COM-040.
    """
    with acte(acteur, "vacance", "U", Vacance, vacance):
        locked = lock(Vacance, vacance)
        move("vacance", locked, "retiree", acteur.role, {"motif_retrait": motif})
        if locked.points.filter(etat="a_examiner").exclude(seance__etat="annulee").exists():
            raise refus(
                "ATR-003",
                "vacance",
                "Ce logement est à l'ordre du jour d'une séance.",
                "Dites d'abord le point « non examiné ».",
            )
        locked.motif_retrait = motif
        close_orientation(locked)
        _save(locked, maintenant)
        end_all(locked, "logement_retire", acteur.role, au, maintenant)
        note(acteur, f"vacance.retirer.{motif}", "vacance", locked.pk, locked.bailleur_id)
    return locked


def _save(vacance: Vacance, maintenant: dt.datetime) -> None:
    vacance.modifiee_le = maintenant
    vacance.save()
