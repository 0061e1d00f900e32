"""Files of papers: given, read, judged, withdrawn; each act and each reading leaves a line of journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from palier.base.errors import Problem, RefusalError, TableError
from palier.tables import colonne
from palier.web.apps.demandes.chiffrement import fingerprint, seal, unseal
from palier.web.apps.demandes.models import Demande, EtatPiece, FichierPiece, NiveauPreuve, Piece
from palier.web.apps.demandes.queries.fiche import FAITS_SENSIBLES
from palier.web.apps.demandes.rules.papiers import PAR_PIECE, judge_file
from palier.web.apps.journal.operations import inscrire
from palier.web.identifiants import uuid7

DOSSIER = "pieces"
_OU = "fichier"


def deposer_piece(
    *,
    acteur: Any,
    demande: Demande,
    fait: str,
    contenu: bytes,
    le: dt.date,
    maintenant: dt.datetime,
    organisme: object = "",
    origine: str = "site",
) -> FichierPiece:
    """Keep a file that proves a fact, closed; the same file given again changes nothing.

    Call inside a perimeter that sees the request; for a fact of class 4 (``FAITS_SENSIBLES``) it must let
    class 4 be read: a named reader, or the person herself.

    Parameters
    ----------
    acteur : Utilisateur, str
        Who gives it.
    fait : str
        A fact of ``verifie_piece``.
    contenu : bytes
        The file as it was sent.
    le, maintenant : date, datetime
        Day of receipt, instant of writing.

    Raises
    ------
    TableError
        DEM-040 to DEM-044: the file is refused.
    RefusalError
        DEM-018 unknown fact, DEM-045 the paper has all its files.
    """
    if fait not in colonne("verifie_piece").codes:
        raise RefusalError(_unknown())
    kind, problems = judge_file(contenu, _OU)
    if problems:
        raise TableError(problems)
    mark = fingerprint(demande.pk, contenu)
    kept = contenu if kind == "pdf" else _remade(contenu)  # slow: before the lock
    with transaction.atomic():
        locked = Demande.objects.select_for_update().get(pk=demande.pk)
        piece, _new = Piece.objects.get_or_create(demande=locked, fait=fait, niveau=NiveauPreuve.PIECE.value)
        known = FichierPiece.objects.filter(piece=piece, empreinte=mark).first()
        if known is not None:
            return known
        if FichierPiece.objects.filter(piece=piece).count() >= PAR_PIECE:
            words = f"Cette pièce a déjà {PAR_PIECE} fichiers."
            raise RefusalError(Problem("DEM-045", _OU, words, "Retirez-en un, ou réunissez les pages."))
        _receive(piece, le)
        made = _store(piece, kept, "pdf" if kind == "pdf" else "jpeg", mark, maintenant, acteur)
        _note(acteur, "piece.deposer", locked, made, organisme, origine)
    return made


def _remade(contenu: bytes) -> bytes:
    from palier.web.apps.demandes.operations.images import remake  # Pillow: the site starts without it

    return remake(contenu, _OU)


def _receive(piece: Piece, le: dt.date) -> None:
    """Say that a paper has come; one that is verified stays so until it is judged anew."""
    if piece.etat in {EtatPiece.ATTENDUE, EtatPiece.REFUSEE}:
        piece.etat, piece.recue_le, piece.jugee_le, piece.motif_refus = EtatPiece.RECUE.value, le, None, None
        piece.save(update_fields=["etat", "recue_le", "jugee_le", "motif_refus"])


def _store(
    piece: Piece, octets: bytes, genre: str, empreinte: str, maintenant: dt.datetime, acteur: Any
) -> FichierPiece:
    identifiant, name = uuid7(), uuid7().hex
    path = f"{DOSSIER}/{name[-2:]}/{name}"
    default_storage.save(path, ContentFile(seal(identifiant, octets)))
    return FichierPiece.objects.create(
        id=identifiant,
        piece=piece,
        sensible=piece.fait in FAITS_SENSIBLES,
        genre=genre,
        octets=len(octets),
        chemin=path,
        empreinte=empreinte,
        depose_le=maintenant,
        par=str(getattr(acteur, "pk", None) or acteur),
    )


def lire_fichier(
    *, acteur: Any, fichier: FichierPiece, organisme: object = "", origine: str = "site"
) -> bytes:
    """Return the bytes of a file, and leave the line of the reading. Call inside the perimeter.

    Raises
    ------
    UsageError
        DEM-020: no key given opens it.
    FileNotFoundError
        The file is not in the store any more.
    """
    with default_storage.open(fichier.chemin) as handle:
        octets = unseal(fichier.pk, handle.read())
    _note(acteur, "piece.lire", fichier.piece.demande, fichier, organisme, origine)
    return octets


@transaction.atomic
def retirer_fichier(
    *, acteur: Any, fichier: FichierPiece, organisme: object = "", origine: str = "site"
) -> None:
    """Erase a file that was given by mistake, as long as its paper is not judged. Call inside the perimeter.

    Raises
    ------
    RefusalError
        DEM-046: the paper is judged: what was decided rests on it.
    """
    piece = Piece.objects.select_for_update().get(pk=fichier.piece_id)
    if piece.etat in {EtatPiece.VERIFIEE, EtatPiece.REFUSEE}:
        words = "Cette pièce est déjà jugée : ses fichiers restent."
        raise RefusalError(Problem("DEM-046", _OU, words, "Déposez un autre fichier, il sera jugé."))
    effacer([fichier])
    if not FichierPiece.objects.filter(piece=piece).exists():
        piece.etat, piece.recue_le = EtatPiece.ATTENDUE.value, None
        piece.save(update_fields=["etat", "recue_le"])
    _note(acteur, "piece.retirer", piece.demande, fichier, organisme, origine)


def effacer(fichiers: Iterable[FichierPiece]) -> None:
    """Erase rows now, and their files once that is sure."""
    found = list(fichiers)
    names = [fichier.chemin for fichier in found]
    FichierPiece.objects.filter(pk__in=[fichier.pk for fichier in found]).delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _unknown() -> Problem:
    words = "Ce fait, ce niveau de preuve ou cet état n'existe pas."
    return Problem("DEM-018", "pièce", words, "Choisissez-les dans les listes.")


def _note(
    acteur: Any, verbe: str, demande: Demande, fichier: FichierPiece, organisme: object, origine: str
) -> None:
    inscrire(
        acteur=acteur,
        verbe=verbe,
        objet_type="demande",
        objet_id=demande.pk,
        organisme=organisme,
        champs=[f"piece:{fichier.pk}"],
        origine=origine,
    )
