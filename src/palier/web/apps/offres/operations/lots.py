"""Lots of offers: kept, checked whole, applied at once or not at all.

A lot goes ``recu`` → ``controle`` | ``retenu`` | ``refuse`` → ``applique`` | ``abandonne``. Its file stays in
the storage until the report is thirteen months old; nothing of it is written before the whole is checked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from palier.base.errors import Problem, RefusalError, UsageError
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.offres.models import EtatLot, Lot
from palier.web.apps.offres.operations import masse
from palier.web.apps.offres.queries import lots as lectures
from palier.web.apps.offres.rules import Contexte, LectureOffres, Parametres, decide_flux, read_offres
from palier.web.apps.offres.rules.flux import DecisionFlux
from palier.web.apps.organismes.models import Organisme
from palier.web.identifiants import uuid7

SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet", ".json")
TAILLE_MAX = 100 * 1024 * 1024
_REPORTED = 200


@transaction.atomic
def recevoir(
    *,
    acteur: Any,
    organisme: Organisme,
    contenu: bytes,
    nom: str,
    source: str,
    maintenant: dt.datetime,
    complet: bool = False,
    bonnes_lignes: bool = False,
    essai: bool = False,
    fichier_du: dt.datetime | None = None,
    cle_idempotence: str = "",
) -> Lot:
    """Keep a file of offers; nothing is read yet.

    The same key of idempotence gives the lot already kept; with another content it is refused.

    Raises
    ------
    UsageError
        OFF-210 kind of file, OFF-211 size, OFF-212 empty.
    RefusalError
        OFF-213: the key has served for another file.
    """
    suffix = Path(nom).suffix.lower()
    problems = []
    if suffix not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        problems.append(Problem("OFF-210", nom, "Ce type de fichier n'est pas lu.", f"Envoyez : {kinds}."))
    if len(contenu) > TAILLE_MAX:
        problems.append(
            Problem("OFF-211", nom, "Le fichier dépasse 100 Mo.", "Envoyez-le en plusieurs lots.")
        )
    if not contenu:
        problems.append(Problem("OFF-212", nom, "Le fichier est vide.", "Vérifiez l'export, puis renvoyez."))
    if problems:
        raise UsageError(problems)
    digest = hashlib.sha256(contenu).hexdigest()
    if cle_idempotence:
        known = Lot.objects.filter(organisme=organisme, cle_idempotence=cle_idempotence).first()
        if known is not None and known.sha256 == digest:
            return known
        if known is not None:
            raise RefusalError(
                Problem(
                    "OFF-213",
                    "Idempotency-Key",
                    "Cette clé a déjà servi pour un autre fichier.",
                    "Donnez une clé neuve à chaque envoi différent.",
                )
            )
    number = uuid7()
    # The name is kept, for messages speak of it; the folder is a number that nobody can guess.
    stored = default_storage.save(f"lots/{number}/{_plain(Path(nom).stem)}{suffix}", ContentFile(contenu))
    lot = Lot.objects.create(
        id=number,
        organisme=organisme,
        source=source,
        nom=nom[-120:],
        fichier=stored,
        sha256=digest,
        complet=complet,
        bonnes_lignes=bonnes_lignes,
        essai=essai,
        fichier_du=fichier_du,
        cle_idempotence=cle_idempotence,
        par=str(getattr(acteur, "pk", None) or acteur),
        recu_le=maintenant,
    )
    _note(acteur, "lot.recevoir", lot)
    return lot


def _plain(nom: str) -> str:
    """Return a name that any disk takes, whatever was sent."""
    return re.sub(r"[^\w.\-]", "_", nom).strip(".")[:60] or "lot"


def traiter(
    *,
    acteur: Any,
    lot: Lot,
    contexte: Contexte,
    parametres: Parametres,
    maintenant: dt.datetime,
    accepte: bool = False,
) -> Lot:
    """Check a lot whole, then apply it at once, hold it, or refuse it.

    Parameters
    ----------
    accepte : bool
        A person has read the report of a held lot and confirms the withdrawals.

    Notes
    -----
    The reading takes no lock. The decision and the writing are one transaction, in which the landlord's
    row is locked: two lots of one landlord never cross.
    """
    lecture = read_offres(default_storage.path(lot.fichier), contexte)
    with transaction.atomic():
        Organisme.objects.select_for_update().get(pk=lot.organisme_id)
        locked = Lot.objects.select_for_update().get(pk=lot.pk)
        if locked.etat not in {EtatLot.RECU, EtatLot.CONTROLE, EtatLot.RETENU}:
            return locked
        decision = _decide(locked, lecture, parametres, accepte=accepte)
        refused = lecture.fichier_refuse or (lecture.problemes and not locked.bonnes_lignes)
        locked.controle_le = maintenant
        if refused or decision.suite == "refuse":
            locked.etat = EtatLot.REFUSE
        elif decision.suite == "retenu":
            locked.etat = EtatLot.RETENU
        elif locked.essai:
            locked.etat = EtatLot.CONTROLE
        else:
            masse.write(
                acteur=acteur,
                lot=locked,
                lecture=lecture,
                decision=decision,
                au=contexte.au,
                maintenant=maintenant,
            )
            locked.etat, locked.applique_le = EtatLot.APPLIQUE, maintenant
        locked.rapport = report(lecture, decision)
        locked.save()
        _note(acteur, f"lot.{locked.etat}", locked)
    return locked


@transaction.atomic
def lever_essai(*, acteur: Any, lot: Lot) -> Lot:
    """Ask that a lot checked as a dry run, or held, be written.

    Raises
    ------
    RefusalError
        OFF-214: the lot is not waiting for anyone.
    """
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    if locked.etat not in {EtatLot.RETENU, EtatLot.CONTROLE}:
        raise RefusalError(_not_waiting(locked))
    locked.essai = False
    locked.save(update_fields=["essai"])
    _note(acteur, "lot.accepter", locked)
    return locked


def _not_waiting(lot: Lot) -> Problem:
    return Problem("OFF-214", lot.nom, "Ce lot n'attend plus de réponse.", "Consultez son rapport.")


@transaction.atomic
def abandonner(*, acteur: Any, lot: Lot) -> Lot:
    """Close a held or checked lot without writing its offers.

    Raises
    ------
    RefusalError
        OFF-214: the lot is not waiting for anyone.
    """
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    if locked.etat not in {EtatLot.RETENU, EtatLot.CONTROLE}:
        raise RefusalError(_not_waiting(locked))
    locked.etat = EtatLot.ABANDONNE
    locked.save(update_fields=["etat"])
    _note(acteur, "lot.abandonne", locked)
    return locked


@transaction.atomic
def purger(*, avant: dt.datetime) -> int:
    """Erase reports and files older than their keeping (13 months); return how many."""
    old = list(Lot.objects.filter(recu_le__lt=avant).exclude(etat=EtatLot.RETENU))
    for lot in old:
        default_storage.delete(lot.fichier)
    Lot.objects.filter(pk__in=[lot.pk for lot in old]).delete()
    if old:
        inscrire(
            acteur="systeme",
            verbe="lot.purger",
            objet_type="lot",
            objet_id=f"{len(old)} lots",
            origine="tache",
        )
    return len(old)


def report(lecture: LectureOffres, decision: DecisionFlux) -> dict[str, Any]:
    """Return the report of a lot as plain data: counts, problems, mapping of titles; no values."""
    problems = [*decision.problemes, *lecture.problemes]
    return {
        "lignes": lecture.lignes_lues,
        "bonnes": len(lecture.lignes),
        "rejetees": lecture.lignes_lues - len(lecture.lignes),
        "nouvelles": len(decision.nouvelles),
        "confirmees": len(decision.confirmees),
        "retirees": len(decision.retirees),
        "problemes": _problems(problems),
        "avertissements": _problems(lecture.avertissements),
        "rejets": lecture.rejets.head(10_000).to_dicts(),
        "correspondance": [[c.entete, c.colonne] for c in lecture.correspondance],
        "ignorees": list(lecture.ignorees),
    }


def _problems(found: Sequence[Problem]) -> list[dict[str, str | None]]:
    return [problem.to_dict() for problem in found[:_REPORTED]]


def _decide(lot: Lot, lecture: LectureOffres, parametres: Parametres, *, accepte: bool) -> DecisionFlux:
    """Decide what the feed does to what is on line now."""
    return decide_flux(
        lectures.live_references(lot.organisme),
        frozenset(line.offre.reference_bailleur or "" for line in lecture.lignes),
        parametres,
        complet=lot.complet,
        rejetees=lecture.references_rejetees,
        lignes_sans_reference=lecture.lignes_sans_reference,
        fichier_du=lot.fichier_du,
        dernier_du=lectures.last_applied(lot.organisme),
        accepte=accepte,
        ou=lot.nom,
    )


def _note(acteur: Any, verbe: str, lot: Lot) -> None:
    inscrire(
        acteur=acteur,
        verbe=verbe,
        objet_type="lot",
        objet_id=lot.pk,
        organisme=lot.organisme_id,
        origine=lot.source,
    )
