"""The interactive map on a background: the library reads it by parts, and the map stands without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.examen import Examinateur
from tests.e2e.serveur import Site
from tests.web.public.outils_fond import ecrire, tuile

pytestmark = pytest.mark.xdist_group("navigateur")
_PRETE = "() => document.querySelector('[data-carte]').palierMap?.loaded()"
_COUCHES = "() => document.querySelector('[data-carte]').palierMap.getStyle().layers.map((l) => l.id)"


def _open(site: Site, page: Page, fond: str) -> list[str]:
    """Open the map on a background, and return its layers once it is drawn."""
    page.goto(site.adresse + "/carte?commune=67447")
    page.evaluate("(fond) => { document.querySelector('[data-carte]').dataset.fond = fond }", fond)
    page.locator("[data-carte-ouvrir]").click()
    page.wait_for_function(_PRETE, timeout=60_000)
    return list(page.evaluate(_COUCHES))


@pytest.mark.parametrize("present", [True, False])
def test_la_carte_s_ouvre_avec_et_sans_le_fond(
    site: Site, examinateur: Examinateur, tmp_path: Path, present: bool
) -> None:
    """Not there, the background is left out: the map shows what it shows without it."""
    raw = ecrire(tmp_path / "fond.pmtiles", tuile()).read_bytes()
    asked: list[str] = []

    def give(route: Route) -> None:
        plage = route.request.headers.get("range", "")
        asked.append(plage)
        first, last = (int(number) for number in plage.removeprefix("bytes=").split("-"))
        part = raw[first : last + 1]
        limits = f"bytes {first}-{first + len(part) - 1}/{len(raw)}"
        route.fulfill(status=206, body=part, headers={"content-range": limits, "etag": '"a"'})

    context = examinateur.browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    if present:
        page.route("**/carte/fond.pmtiles", give)
    layers = _open(site, page, "/carte/fond.pmtiles")
    page.locator("[data-carte]").screenshot(path=tmp_path / "carte.png")
    context.close()
    assert ("fond" in layers, "communes" in layers or "sol" in layers) == (present, True)
    assert ("groupe" in layers, "offre" in layers, said) == (True, True, [])
    assert all(plage.startswith("bytes=") for plage in asked)
    assert len(asked) >= 2 * present  # the header, then a tile
