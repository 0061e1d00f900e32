"""What happens to a request: renewed, warned, removed; each act leaves a line of journal."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from palier import law
from palier.base.errors import Problem, RefusalError
from palier.base.periods import add_months
from palier.web.apps.demandes.models import (
    VIVANTES,
    Avertissement,
    Demande,
    EvenementDemande,
    MotifRadiation,
    Statut,
)
from palier.web.apps.demandes.operations import echos
from palier.web.apps.demandes.queries import echeances
from palier.web.apps.demandes.rules.radiation import judge_radiation
from palier.web.apps.journal.operations import inscrire, inscrire_plusieurs
from palier.web.postgres.perimetre import perimetre


def renouveler(*, acteur: Any, demande: Demande, le: dt.date, maintenant: dt.datetime) -> Demande:
    """Renew a request: it lives one more term from this day. Call inside an open perimeter.

    Raises
    ------
    RefusalError
        DEM-017: it does not live any more, or was filed or renewed after this day.
    """
    locked: Demande = Demande.objects.select_for_update().get(pk=demande.pk)
    since = locked.date_renouvellement or locked.date_depot_initial
    if locked.statut not in VIVANTES or le < since:
        raise RefusalError(
            Problem(
                "DEM-017",
                "demande",
                "Cette demande ne peut pas être renouvelée à cette date.",
                "Vérifiez son état et la date : une demande radiée se dépose de nouveau.",
                "R441-2-7 CCH",
            )
        )
    months = int(law.at(le, non_verifie=True).nombre("demande_validite_mois"))
    locked.date_renouvellement, locked.expire_le = le, add_months(le, months)
    locked.modifiee_le = maintenant
    locked.save(update_fields=["date_renouvellement", "expire_le", "modifiee_le"])
    EvenementDemande.objects.create(demande=locked, evenement_date=le, evenement_type="renouvellement")
    _note(acteur, "demande.renouveler", locked, ["date_renouvellement"])
    return locked


def avertir(*, acteur: Any, demande: Demande, motif: str, recu_le: dt.date, preuve: str) -> Avertissement:
    """Keep a warning, or a notice of renewal, whose delivery is proven. Call inside an open perimeter.

    Raises
    ------
    RefusalError
        DEM-010 unknown reason, DEM-012 no proof.
    """
    problems = []
    if motif not in MotifRadiation.values:
        problems.append(Problem("DEM-010", motif[:30], "Ce motif n'existe pas.", "Donnez l'un des cinq."))
    if not preuve.strip():
        problems.append(
            Problem("DEM-012", "preuve", "Aucune preuve n'est donnée.", "Donnez la référence de l'envoi.")
        )
    if problems:
        raise RefusalError(problems)
    made, _new = Avertissement.objects.get_or_create(
        demande=demande, motif=motif, recu_le=recu_le, defaults={"preuve": preuve.strip()[:60]}
    )
    _note(acteur, f"demande.avertir.{motif}", demande)
    return made


def radier(
    *,
    acteur: Any,
    demande: Demande,
    motif: str,
    le: dt.date,
    preuve: str,
    maintenant: dt.datetime,
    prouve_le: dt.date | None = None,
) -> Demande:
    """Remove a request for one of the five reasons. Call inside an open perimeter.

    Parameters
    ----------
    preuve, prouve_le : str, date
        Reference and day of the lease, of the waiver or of the decision; warnings are those kept.

    Raises
    ------
    RefusalError
        COM-130 to COM-132, DEM-011, DEM-012, DEM-016, all at once.
    """
    locked: Demande = Demande.objects.select_for_update().get(pk=demande.pk)
    received = Avertissement.objects.filter(demande=locked, motif=motif).values_list("recu_le", flat=True)
    problems = judge_radiation(
        law.at(le, non_verifie=True),
        motif,
        le,
        dossier=echeances.file_of(locked),
        lieu=echeances.place_of(locked),
        preuve=preuve,
        prouve_le=prouve_le,
        avertie_le=received,
    )
    if problems:
        raise RefusalError(problems)
    _close([locked], motif, le, maintenant)
    _note(acteur, f"demande.radier.{motif}", locked, ["statut", "motif_radiation"])
    return locked


def _close(demandes: Sequence[Demande], motif: str, le: dt.date, maintenant: dt.datetime) -> None:
    for demande in demandes:
        leased = motif == MotifRadiation.ATTRIBUTION
        demande.statut = Statut.ATTRIBUEE.value if leased else Statut.RADIEE.value
        demande.motif_radiation, demande.radiee_le, demande.modifiee_le = motif, le, maintenant
    fields = ["statut", "motif_radiation", "radiee_le", "modifiee_le"]
    Demande.objects.bulk_update(demandes, fields, batch_size=500)
    EvenementDemande.objects.bulk_create(
        EvenementDemande(demande=demande, evenement_date=le, evenement_type="radiation")
        for demande in demandes
    )
    echos.tell_radiation(demandes, motif, le, maintenant)


@dataclass(frozen=True)
class BilanEcheances:
    """What the daily job found, and did unless it was a dry run.

    Parameters
    ----------
    a_avertir : tuple of UUID
        Requests whose notice of renewal must leave: two months before their end, and none received.
    radiees : tuple of UUID
        Requests removed, or that would be: past their day, notice received a month before.
    sans_avis : int
        Requests past their day that live on, for nobody told the person.
    """

    a_avertir: tuple[uuid.UUID, ...]
    radiees: tuple[uuid.UUID, ...]
    sans_avis: int


def passer_echeances(
    *, territoire: str, au: dt.date, maintenant: dt.datetime, essai: bool, acteur: Any = "systeme"
) -> BilanEcheances:
    """Remove the requests of a territory that were not renewed, all that the law wants being proven.

    Parameters
    ----------
    essai : bool
        Dry run: say what would be done.
    """
    rules = law.at(au, non_verifie=True)
    with perimetre(territoire=territoire):
        due = echeances.due(territoire, au)
        gone, silent = [], 0
        for demande, received in due.finies:
            problems = judge_radiation(
                rules,
                "non_renouvellement",
                au,
                dossier=echeances.file_of(demande),
                lieu=echeances.place_of(demande),
                preuve="avis",
                avertie_le=received,
            )
            if problems:
                silent += 1
            else:
                gone.append(demande)
        if gone and not essai:
            _close(gone, "non_renouvellement", au, maintenant)
            inscrire_plusieurs(
                acteur=acteur,
                verbe="demande.radier.non_renouvellement",
                objet_type="demande",
                objets=[str(demande.pk) for demande in gone],
                origine="tache",
            )
    return BilanEcheances(tuple(due.a_avertir), tuple(demande.pk for demande in gone), silent)


def _note(acteur: Any, verbe: str, demande: Demande, champs: Sequence[str] = ()) -> None:
    inscrire(acteur=acteur, verbe=verbe, objet_type="demande", objet_id=demande.pk, champs=champs)
