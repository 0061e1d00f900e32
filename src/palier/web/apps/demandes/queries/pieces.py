"""Papers of a request: those expected and those filed, with their files. Call inside an open perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from palier import law
from palier.tables import colonne
from palier.web.apps.demandes.models import Demande, EtatPiece, FichierPiece, NiveauPreuve, Piece
from palier.web.apps.demandes.queries.fiche import FAITS_SENSIBLES, amounts_of, sensitive_of
from palier.web.apps.demandes.rules.papiers import expected_facts
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class PieceVue:
    """A fact and what proves it.

    Parameters
    ----------
    fait : str
        Code of the fact.
    documents : str
        Which documents prove it, as the law names them; empty where it names none.
    attendue : bool
        Whether the request as it is wants it.
    sensible : bool
        Whether the fact alone is of class 4.
    piece : Piece or None
        Its state; None: nothing was filed.
    fichiers : tuple of FichierPiece
        Its files, the oldest first.
    """

    fait: str
    documents: str
    attendue: bool
    sensible: bool
    piece: Piece | None
    fichiers: tuple[FichierPiece, ...] = ()

    @property
    def etat(self) -> str:
        """State of the paper: ``attendue`` where nothing was filed."""
        return self.piece.etat if self.piece else EtatPiece.ATTENDUE.value

    @property
    def a_juger(self) -> bool:
        """Whether a file waits for somebody's eyes: one that came after the last judgement counts."""
        if self.piece is None or not self.fichiers:
            return False
        return self.piece.jugee_le is None or any(
            f.depose_le.date() > self.piece.jugee_le for f in self.fichiers
        )


def papers_of(demande: Demande, au: dt.date, *, lecteur: bool) -> list[PieceVue]:
    """Return the papers expected of a request, then the others that were filed.

    Parameters
    ----------
    demande : Demande
        The request.
    au : date
        Day of the law.
    lecteur : bool
        Whether class 4 may be read (a named reader, or the person herself, inside a perimeter that says so):
        without it, papers whose name alone would tell are left out.
    """
    rules = law.at(au, non_verifie=True)
    closed = sensitive_of(demande) if lecteur else {}
    reasons = {closed.get("motif_principal")} | set(colonne("motifs").codes_of(closed.get("motifs") or 0))
    row = vars(demande) | amounts_of(demande) | closed
    wanted = expected_facts(rules, row, frozenset(code for code in reasons if code))
    known = {
        p.fait: p for p in Piece.objects.filter(demande=demande, niveau=NiveauPreuve.PIECE).order_by("fait")
    }
    files: dict[uuid.UUID, list[FichierPiece]] = defaultdict(list)
    for found in FichierPiece.objects.filter(piece__demande=demande).order_by("depose_le", "pk"):
        files[found.piece_id].append(found)
    documents = rules.get("pieces_attendues")
    return [
        PieceVue(
            fait=fait,
            documents=str(documents.cell((fait,)) or ""),
            attendue=fait in wanted,
            sensible=fait in FAITS_SENSIBLES,
            piece=known.get(fait),
            fichiers=tuple(files[known[fait].pk]) if fait in known else (),
        )
        for fait in [*wanted, *(f for f in known if f not in wanted)]
        if lecteur or fait not in FAITS_SENSIBLES
    ]


def file_of(demande: Demande, identifiant: uuid.UUID) -> FichierPiece | None:
    """Return a file of a request; the policy hides those of class 4 from others than readers."""
    return (
        FichierPiece.objects.filter(pk=identifiant, piece__demande=demande)
        .select_related("piece__demande")
        .first()
    )


def fileable_facts(*, lecteur: bool) -> list[str]:
    """Return the facts for which a paper may be filed, those of class 4 for readers only."""
    return [f for f in colonne("verifie_piece").codes if lecteur or f not in FAITS_SENSIBLES]


def paths_of(territoire: str) -> set[str]:
    """Return the names of all the files of a territory."""
    with perimetre(territoire=territoire, lecteur=True):
        return set(
            FichierPiece.objects.filter(piece__demande__territoire=territoire).values_list(
                "chemin", flat=True
            )
        )
