"""Papers judged, and readers of class 4 named; each act leaves a line of journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from palier.base.errors import Problem, RefusalError
from palier.tables import colonne
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.demandes.models import (
    Demande,
    EtatPiece,
    LecteurSensible,
    MotifRefus,
    NiveauPreuve,
    Piece,
)
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.queries import active_functions

_MASQUES = {niveau: f"verifie_{niveau}" for niveau in NiveauPreuve.values}


def juger_piece(
    *,
    acteur: Any,
    demande: Demande,
    fait: str,
    niveau: str,
    etat: str,
    le: dt.date,
    maintenant: dt.datetime,
    motif: str = "",
    organisme: object = "",
) -> Piece:
    """Say the state of a paper; a verified one proves its fact at its level. Call inside a perimeter.

    Parameters
    ----------
    motif : str
        Why a paper is refused (``MotifRefus``): the person reads it.

    Raises
    ------
    RefusalError
        DEM-018: fact, level or state unknown; DEM-047: a refusal without one of the reasons.
    """
    facts = colonne("verifie_piece").codes
    if fait not in facts or niveau not in NiveauPreuve.values or etat not in EtatPiece.values:
        raise RefusalError(
            Problem(
                "DEM-018",
                "pièce",
                "Ce fait, ce niveau de preuve ou cet état n'existe pas.",
                "Choisissez-les dans les listes.",
            )
        )
    refused = etat == EtatPiece.REFUSEE
    if refused and motif not in MotifRefus.values:
        words = "Une pièce refusée dit pourquoi : la personne doit pouvoir la remplacer."
        raise RefusalError(Problem("DEM-047", "motif", words, "Choisissez l'un des motifs."))
    locked = Demande.objects.select_for_update().get(pk=demande.pk)
    given = None if etat == EtatPiece.ATTENDUE else le
    judged = le if etat in {EtatPiece.VERIFIEE, EtatPiece.REFUSEE} else None
    piece, _new = Piece.objects.update_or_create(
        demande=locked,
        fait=fait,
        niveau=niveau,
        defaults={
            "etat": etat,
            "recue_le": given,
            "jugee_le": judged,
            "motif_refus": motif if refused else None,
        },
    )
    mask, bit = _MASQUES[niveau], colonne("verifie_piece").bit(fait)
    before = getattr(locked, mask) or 0
    after = before | bit if etat == EtatPiece.VERIFIEE else before & ~bit
    if after != before:
        setattr(locked, mask, after)
        locked.modifiee_le = maintenant
        locked.save(update_fields=[mask, "modifiee_le"])
    inscrire(
        acteur=acteur,
        verbe=f"piece.{etat}",
        objet_type="demande",
        objet_id=locked.pk,
        organisme=organisme,
        champs=[mask],
        motif=motif if refused else "",
    )
    return piece


def nommer_lecteur(
    *, acteur: Any, utilisateur: Utilisateur, organisme: Organisme, du: dt.date
) -> LecteurSensible:
    """Name a person of an organisme to read class 4.

    Raises
    ------
    RefusalError
        DEM-019: she holds no function in this organisme on that day.
    """
    if organisme.pk not in {f.organisme_id for f in active_functions(utilisateur, du)}:
        raise RefusalError(
            Problem(
                "DEM-019",
                "lecteur",
                "Cette personne n'a pas de fonction dans cet organisme.",
                "Donnez-lui d'abord une fonction.",
            )
        )
    made, _new = LecteurSensible.objects.get_or_create(
        utilisateur=utilisateur, organisme=organisme, au=None, defaults={"du": du}
    )
    inscrire(
        acteur=acteur,
        verbe="lecteur.nommer",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
        organisme=organisme.pk,
    )
    return made


def retirer_lecteur(*, acteur: Any, lecteur: LecteurSensible, au: dt.date) -> None:
    """End the naming of a reader; this day is the last one."""
    lecteur.au = max(au, lecteur.du)
    lecteur.save(update_fields=["au"])
    inscrire(
        acteur=acteur,
        verbe="lecteur.retirer",
        objet_type="utilisateur",
        objet_id=lecteur.utilisateur_id,
        organisme=lecteur.organisme_id,
    )
