"""Numbers and addresses of others: each has a source, and no page holds one of its own."""

from __future__ import annotations

from pathlib import Path

from palier.web.apps.public.rules.reperes import reperes


def test_chaque_repere_a_une_source_et_des_dates() -> None:
    for key, found in reperes().items():
        assert len(found.source) > 30, key
        assert found.etat <= found.lu_le, key


def test_aucun_gabarit_n_ecrit_un_repere_de_memoire(sources: Path) -> None:
    values = [found.valeur for found in reperes().values()]
    for page in (sources / "web").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert [value for value in values if value in text] == [], page.name
