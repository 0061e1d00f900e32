"""The page of all parts, in Debian's Chromium: widths, directions, keyboard, paper, forced colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.components.navigateur import fautes, servir

PAGES = (
    "/composants",
    "/composants?dense",
    "/composants?planche=accueil",
    "/composants?planche=courrier",
    "/composants?planche=offre",
)
POINTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"url": "/o", "nom": "Orlemont", "point": [7.8, 48.58]},
            "geometry": {"type": "Point", "coordinates": [7.8, 48.58]},
        }
    ],
}
# Waits inside the page: the content policy refuses the polling of Playwright.
_ATTENDRE_LA_CARTE = """() => new Promise(done => {
    const look = () =>
        document.querySelector("[data-carte]").palierMap?.loaded() ? done() : setTimeout(look, 50);
    look();
})"""
LARGEUR_MIN = 320  # 1280 pixels at 400 %


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with servir() as adresse:
        yield adresse


@pytest.fixture(scope="module")
def chromium(navigateur: Browser) -> Browser:
    return navigateur


def _ouvrir(chromium: Browser, adresse: str, largeur: int, **reglages: object) -> Page:
    context = chromium.new_context(
        viewport={"width": largeur, "height": 800},
        bypass_csp=True,
        **reglages,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(adresse)
    return page


@pytest.mark.parametrize(
    ("chemin", "largeur"),
    [(PAGES[0], 390), (PAGES[0], 1280), (PAGES[1], 1280), (PAGES[2], 390), (PAGES[3], 390), (PAGES[4], 390)],
)
def test_aucune_faute_d_accessibilite(chromium: Browser, site: str, chemin: str, largeur: int) -> None:
    page = _ouvrir(chromium, site + chemin, largeur)
    assert fautes(page) == []
    page.context.close()


def test_aucune_faute_de_droite_a_gauche(chromium: Browser, site: str) -> None:
    page = _ouvrir(chromium, site + "/ar/composants?planche=accueil", 1280)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert fautes(page) == []
    page.context.close()


@pytest.mark.parametrize("prefixe", ["", "/ar"])
@pytest.mark.parametrize("chemin", PAGES)
def test_rien_ne_deborde_a_400_pour_cent(chromium: Browser, site: str, prefixe: str, chemin: str) -> None:
    page = _ouvrir(chromium, site + prefixe + chemin, LARGEUR_MIN)
    for width in (LARGEUR_MIN, 640, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_la_politique_de_contenu_ne_bloque_rien(chromium: Browser, site: str) -> None:
    """Every file loads under the policy of the site, scripts and sprite included."""
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    page.goto(site + "/composants?planche=accueil", wait_until="networkidle")
    assert said == []
    assert page.evaluate("document.fonts.check('18px \"Palier Texte\"')")
    assert page.evaluate("document.fonts.check('660 18px \"Palier Titre\"')")
    page.close()


def test_le_compte_suit_les_choix_et_garde_le_focus(chromium: Browser, site: str) -> None:
    """The first change counts too, though it is what loads htmx."""
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "taille=" in request.url else None)
    page.on("console", lambda message: said.append(message.text))
    page.goto(site + "/composants")
    page.evaluate("document.querySelector('#compte').textContent = 'ancien'")
    with page.expect_response(lambda response: "taille=T2" in response.url):
        page.locator("label[for=taille-T2]").click()
    expect(page.locator("#compte")).to_contain_text("38 logements")
    assert page.evaluate("document.activeElement.id") == "taille-T2"
    assert len(asked) == 1
    assert [text for text in said if "Autofocus" not in text] == []
    page.close()


def test_la_carte_s_ouvre_sous_la_politique_de_contenu(chromium: Browser, site: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    loaded: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: loaded.append(request.url))
    page.route("**/*.geojson", lambda route: route.fulfill(json=POINTS))
    page.goto(site + "/composants")
    assert not [url for url in loaded if "maplibre" in url]
    page.locator("[data-carte-ouvrir]").click()
    page.evaluate(_ATTENDRE_LA_CARTE)
    before = page.evaluate("document.querySelector('[data-carte]').palierMap.getZoom()")
    page.locator("[data-geste=plus]").click()
    assert page.evaluate("document.querySelector('[data-carte]').palierMap.getZoom()") == pytest.approx(
        before + 1
    )
    refused = [text for text in said if "Content Security Policy" in text or "Error" in text]
    assert refused == []
    page.close()


def test_clavier_evitement_puis_menu(chromium: Browser, site: str) -> None:
    page = _ouvrir(chromium, site + "/composants?planche=accueil", 390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "evitement"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".navigation a").first.is_visible()
    assert fautes(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".navigation a").first.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.context.close()


def test_sans_javascript_menus_et_filtres_s_ouvrent(chromium: Browser, site: str) -> None:
    page = _ouvrir(chromium, site + "/composants", 390, java_script_enabled=False)
    assert not page.locator(".filtres button").is_visible()
    page.locator(".filtres > summary").click()
    assert page.locator(".filtres button").is_visible()
    page.locator(".menu > summary").click()
    assert page.locator(".navigation a").first.is_visible()
    page.context.close()
    page = _ouvrir(chromium, site + "/composants", 1280, java_script_enabled=False)
    assert page.locator(".filtres button").is_visible()
    assert page.locator(".navigation a").first.is_visible()
    assert not page.locator(".filtres > summary").is_visible()
    page.context.close()


def test_le_resume_des_erreurs_prend_le_focus(chromium: Browser, site: str) -> None:
    page = _ouvrir(chromium, site + "/composants", 1280)
    assert page.evaluate("document.activeElement.id") == "erreurs"
    page.locator("#erreurs a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_loyer"
    assert page.locator("#id_loyer").input_value() == "six cents"
    page.context.close()


@pytest.mark.parametrize(("chemin", "moins"), [("/composants", 44), ("/composants?dense", 24)])
def test_les_cibles_sont_assez_grandes(chromium: Browser, site: str, chemin: str, moins: int) -> None:
    """Buttons, fields, chips and boxes with their labels; links in a sentence are exempt (2.5.8)."""
    page = _ouvrir(chromium, site + chemin, 390)
    small = page.evaluate(
        """moins => [...document.querySelectorAll(".btn, .puce, .form-control, .form-select, .form-check,"
             + "summary, .choix-joints label, .carte-boutons a, .bascule a, .navigation a")]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < moins - 0.5)
            .map(e => e.className + " " + e.getBoundingClientRect().height)""",
        moins - 4 if moins == 44 else moins,  # the joined links stand inside a border of 2 pixels
    )
    assert small == []
    page.context.close()


def test_couleurs_forcees(chromium: Browser, site: str) -> None:
    page = _ouvrir(chromium, site + "/composants", 1280, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    edges = page.evaluate(
        "[...document.querySelectorAll('.btn, .puce')].map(e => getComputedStyle(e).borderTopStyle)"
    )
    assert set(edges) == {"solid"}
    page.context.close()


def test_le_papier_tait_la_navigation(chromium: Browser, site: str) -> None:
    page = _ouvrir(chromium, site + "/composants", 1280)
    page.emulate_media(media="print")
    for hidden in (".navigation", ".filtres", ".pied", ".carte-boutons", ".puces", ".actions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".echelle .papier-seul").first.is_visible()
    page.context.close()


def test_le_courrier_tient_dans_la_fenetre(chromium: Browser, site: str) -> None:
    """The address stands 45 mm down and 106 mm in, margins of the sheet included."""
    page = _ouvrir(chromium, site + "/composants?planche=courrier", 643)  # 170 mm at 96 dpi
    page.emulate_media(media="print")
    box = page.locator(".courrier-adresse").bounding_box()
    assert box is not None
    millimetre = 96 / 25.4
    assert box["y"] / millimetre + 18 == pytest.approx(45, abs=1)
    assert box["x"] / millimetre + 20 == pytest.approx(106, abs=1)
    page.context.close()
