"""Files of papers: judged by their bytes, closed at rest, read by those who may, withdrawn."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from palier.base.errors import RefusalError, TableError, UsageError
from palier.web.apps.demandes import chiffrement
from palier.web.apps.demandes.models import Demande, FichierPiece, Piece
from palier.web.apps.demandes.operations import pieces, suivi
from palier.web.apps.demandes.queries import pieces as lectures
from palier.web.apps.demandes.rules.papiers import judge_file
from palier.web.apps.journal.models import Evenement
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.documents import FICHIERS, pdf, picture
from tests.web.demandes.outils import AU, MAINTENANT, charge, invente, une
from tests.web.personnel import creer_organisme


@pytest.mark.parametrize(("octets", "code"), [f[1:] for f in FICHIERS], ids=[f[0] for f in FICHIERS])
def test_un_fichier_se_juge_par_ses_octets(octets: bytes, code: str) -> None:
    kind, problems = judge_file(octets, "fichier")
    assert [p.code for p in problems] == ([code] if code else [])
    assert kind or code


@pytest.fixture
def demande(db: Any) -> Demande:
    owner = creer_organisme()
    charge([owner], table=invente().demandes.head(40), publics=invente().publics.head(0))
    return une(owner, statut="active", nb_personnes__gt=1)


def _depose(
    demande: Demande, contenu: bytes, fait: str = "revenu_fiscal", lecteur: bool = False
) -> FichierPiece:
    with perimetre(organismes=demande.organismes, lecteur=lecteur):
        return pieces.deposer_piece(
            acteur="essai", demande=demande, fait=fait, contenu=contenu, le=AU, maintenant=MAINTENANT
        )


def test_un_fichier_depose_est_ferme_et_relu(demande: Demande) -> None:
    secret = pdf(b"(SECRET-DE-LA-PERSONNE)")
    made = _depose(demande, secret)
    with default_storage.open(made.chemin) as handle:
        kept = handle.read()
    assert b"SECRET" not in kept
    assert demande.numero_unique not in made.chemin
    with perimetre(organismes=demande.organismes):
        assert pieces.lire_fichier(acteur="essai", fichier=made) == secret
        assert Piece.objects.get(demande=demande).etat == "recue"
    lines = Evenement.objects.filter(verbe__startswith="piece.").order_by("id")
    assert [(e.verbe, e.champs) for e in lines] == [
        ("piece.deposer", [f"piece:{made.pk}"]),
        ("piece.lire", [f"piece:{made.pk}"]),
    ]
    with pytest.raises(UsageError, match="DEM-020"):
        chiffrement.unseal(uuid.uuid4(), kept)
    with pytest.raises(UsageError, match="DEM-020"):
        chiffrement.unseal(made.pk, kept[:-1] + bytes([kept[-1] ^ 1]))


def test_une_image_est_refaite_sans_rien_de_cache(demande: Demande) -> None:
    made = _depose(demande, picture("PNG", (4000, 3000)))
    with perimetre(organismes=demande.organismes):
        kept = pieces.lire_fichier(acteur="essai", fichier=made)
    assert made.genre == "jpeg"
    image = Image.open(io.BytesIO(kept))
    assert (image.size, dict(image.getexif())) == ((2600, 1950), {})
    assert b"SECRETE" not in kept


def test_le_meme_fichier_deux_fois_ne_change_rien_et_le_nombre_est_borne(demande: Demande) -> None:
    first = _depose(demande, pdf())
    assert _depose(demande, pdf()).pk == first.pk
    for n in range(pieces.PAR_PIECE - 1):
        _depose(demande, pdf(b"(%d)" % n))
    with pytest.raises(RefusalError, match="DEM-045"):
        _depose(demande, pdf(b"(de trop)"))
    with pytest.raises(RefusalError, match="DEM-018"):
        _depose(demande, pdf(), "couleur")
    with pytest.raises(TableError, match="DEM-043"):
        _depose(demande, pdf(b"<</S/Launch>>"))
    with perimetre(organismes=demande.organismes):
        assert FichierPiece.objects.count() == pieces.PAR_PIECE


def test_la_piece_d_un_fait_sensible_n_est_vue_que_d_un_lecteur(demande: Demande) -> None:
    made = _depose(demande, pdf(), "violences", lecteur=True)
    assert made.sensible
    with perimetre(organismes=demande.organismes):
        assert not FichierPiece.objects.exists()
        assert lectures.file_of(demande, made.pk) is None
        assert "violences" not in {v.fait for v in lectures.papers_of(demande, AU, lecteur=False)}
    with perimetre(organismes=demande.organismes, lecteur=True):
        shown = {v.fait: v for v in lectures.papers_of(demande, AU, lecteur=True)}
        assert shown["violences"].fichiers == (made,)


def test_les_pieces_attendues_suivent_la_demande(demande: Demande) -> None:
    with perimetre(organismes=demande.organismes):
        shown = {v.fait: v for v in lectures.papers_of(demande, AU, lecteur=False)}
    assert {"identite", "composition", "revenu_fiscal", "ressources", "logement"} <= set(shown)
    assert all(v.attendue and v.etat == "attendue" and v.documents for v in shown.values())
    _depose(demande, pdf(), "territoire")
    with perimetre(organismes=demande.organismes):
        last = lectures.papers_of(demande, AU, lecteur=False)[-1]
    assert (last.fait, last.attendue, last.etat, last.a_juger) == ("territoire", False, "recue", True)


def test_juger_puis_remplacer(demande: Demande, django_capture_on_commit_callbacks: Any) -> None:
    made = _depose(demande, pdf())
    judge = {"acteur": "essai", "demande": demande, "fait": "revenu_fiscal", "niveau": "piece", "le": AU,
             "maintenant": MAINTENANT}  # fmt: skip
    with perimetre(organismes=demande.organismes):
        with pytest.raises(RefusalError, match="DEM-047"):
            suivi.juger_piece(**judge, etat="refusee")  # type: ignore[arg-type]
        suivi.juger_piece(**judge, etat="refusee", motif="perimee")  # type: ignore[arg-type]
        with pytest.raises(RefusalError, match="DEM-046"):
            pieces.retirer_fichier(acteur="essai", fichier=made)
    again = _depose(demande, pdf(b"(autre)"))
    with perimetre(organismes=demande.organismes):
        piece = Piece.objects.get(demande=demande)
        assert (piece.etat, piece.motif_refus) == ("recue", None)
        with django_capture_on_commit_callbacks(execute=True):
            for found in (made, again):
                pieces.retirer_fichier(acteur="essai", fichier=found)
        piece.refresh_from_db()
        assert (piece.etat, piece.recue_le) == ("attendue", None)
    assert not default_storage.exists(made.chemin)
