"""Each column of a request has one master, and only one."""

from __future__ import annotations

from palier.tables import schema
from palier.web.apps.demandes.rules.maitres import masters


def test_chaque_colonne_a_un_maitre_et_un_seul() -> None:
    told = [nom for m in masters() for nom in m.champs]
    assert sorted(told) == sorted(c.nom for c in schema("demandes").colonnes)
