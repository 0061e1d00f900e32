"""The page of the invented data lists every marginal, with its source and its mark."""

from __future__ import annotations

from pathlib import Path

from palier.synthetic.marges import describe_marges


def test_the_page_holds_the_table_of_marginals(racine: Path) -> None:
    page = (racine / "docs" / "explications" / "donnees-synthetiques.md").read_text(encoding="utf-8")
    assert describe_marges() in page, "recopiez describe_marges() dans la page"
