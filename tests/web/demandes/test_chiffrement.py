"""Class 4 at rest: unreadable without the key, bound to its request, rotated without loss."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from palier.base.errors import UsageError
from palier.tables import schema
from palier.web.apps.demandes.chiffrement import _own_key, decrypt, encrypt
from palier.web.apps.demandes.models import Argent, Demande
from palier.web.apps.demandes.models.colonnes import ARGENT, LIGNE, SENSIBLE
from palier.web.apps.demandes.queries.fiche import FAITS_SENSIBLES, sensitive_of
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import charge, invente
from tests.web.personnel import creer_organisme

UN, AUTRE = uuid.UUID(int=1), uuid.UUID(int=2)
ANCIENNE, NEUVE = "a1" * 30 + "xyz", "b2" * 30 + "uvw"


def test_ce_qui_est_ferme_se_rouvre_et_ne_se_lit_pas() -> None:
    closed = encrypt(UN, {"handicap": True})
    assert b"handicap" not in closed
    assert closed != encrypt(UN, {"handicap": True})
    assert decrypt(UN, closed) == {"handicap": True}


def test_une_boite_ne_s_ouvre_pas_pour_une_autre_demande_ni_alteree() -> None:
    closed = encrypt(UN, {"motifs": 4})
    for demande, box in ((AUTRE, closed), (UN, closed[:-1] + bytes([closed[-1] ^ 1])), (UN, closed[:9])):
        with pytest.raises(UsageError, match="DEM-020"):
            decrypt(demande, box)


def test_une_rotation_ouvre_ce_que_l_ancienne_cle_a_ferme(settings: Any) -> None:
    settings.CLE_SENSIBLE = ANCIENNE
    closed = encrypt(UN, {"a": 1})
    settings.CLE_SENSIBLE = NEUVE
    with pytest.raises(UsageError, match="DEM-020"):
        decrypt(UN, closed)
    settings.CLES_SENSIBLES_ANCIENNES = [ANCIENNE]
    assert decrypt(UN, closed) == {"a": 1}
    assert encrypt(UN, {})[:5] != closed[:5]


def test_hors_production_le_site_se_fait_une_cle_lisible_de_lui_seul(tmp_path: Path) -> None:
    first = _own_key(tmp_path)
    place = tmp_path / "cle-sensible"
    assert place.read_text() == first
    assert len(first) >= 43
    assert place.stat().st_mode & 0o777 == 0o600
    _own_key.cache_clear()
    assert _own_key(tmp_path) == first


def test_chaque_colonne_est_rangee_selon_sa_classe() -> None:
    fields = {f.name for f in Demande._meta.get_fields()}
    assert set(LIGNE) <= fields
    assert not fields & {*ARGENT, *SENSIBLE}
    assert {f.name for f in Argent._meta.get_fields()} == {"demande", *ARGENT}
    assert {*LIGNE, *ARGENT, *SENSIBLE} == {c.nom for c in schema("demandes").colonnes}
    assert {"violences", "handicap", "sante", "grossesse"} <= FAITS_SENSIBLES
    assert "identite" not in FAITS_SENSIBLES


@pytest.mark.django_db
def test_aucune_colonne_de_la_base_ne_dit_la_classe_4() -> None:
    """Whatever the table, no text of the database holds a reason, a public or a nationality in clear."""
    owner = creer_organisme()
    charge([owner])
    row = invente().demandes.filter(invente().demandes["motifs"].is_not_null()).row(0, named=True)
    with perimetre(organismes=[owner.pk], lecteur=True), connection.cursor() as cursor:
        found = Demande.objects.get(numero_unique=row["numero_unique"])
        assert sensitive_of(found)["motifs"] == row["motifs"]
        assert sensitive_of(found)["motif_principal"] == row["motif_principal"]
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name LIKE 'demandes%%' AND column_name = ANY (%s)",
            [[*SENSIBLE, "public_code"]],
        )
        assert cursor.fetchall() == []
