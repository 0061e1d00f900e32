"""Generated pages are those that the code and the data would write today."""

from __future__ import annotations

import pytest

from tools import make_reference


@pytest.mark.parametrize("name", make_reference.PAGES)
def test_each_page_is_up_to_date(name: str) -> None:
    path = make_reference.DOSSIER / name
    assert path.is_file(), f"docs/reference/{name} manque : lancez « make reference »"
    assert path.read_text(encoding="utf-8") == make_reference.PAGES[name](), (
        f"docs/reference/{name} est en retard : lancez « make reference »"
    )
