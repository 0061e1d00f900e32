"""Every page of the site, in each of its states, in Debian's Chromium: none left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import RACINE
from tests.e2e import conditions
from tests.e2e.examen import Etat, Examinateur
from tests.e2e.serveur import Site
from tests.web.components.navigateur import fautes

pytestmark = pytest.mark.xdist_group("navigateur")
TABLE = yaml.safe_load((RACINE / "tests/cases/site/pages.yaml").read_text(encoding="utf-8"))


def _etat(row: dict[str, object], vue: str = "") -> Etat:
    gestes = tuple(tuple(str(part) for part in geste) for geste in row.get("gestes", []))  # type: ignore[attr-defined]
    return Etat(**{**row, "vue": vue, "gestes": gestes})  # type: ignore[arg-type]  # checked by its fields


def _cases() -> Iterator[object]:
    """The first state of each address for `make test`; all of them for `make epreuves`."""
    for vue, rows in TABLE["pages"].items():
        for number, row in enumerate(rows):
            etat = _etat(row, vue)
            later = [pytest.mark.epreuve] if number or etat.base else []
            yield pytest.param(etat, id=etat.nom, marks=later)
    for number, row in enumerate(TABLE["erreurs"]):
        etat = _etat(row)
        yield pytest.param(etat, id=etat.nom, marks=[pytest.mark.epreuve] if number else [])


def _names(resolver: URLResolver, espace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join(part for part in (espace, str(pattern.name)) if part)
        else:
            yield from _names(pattern, ":".join(part for part in (espace, pattern.namespace) if part))


def test_toute_adresse_est_dans_la_table() -> None:
    known = set(TABLE["pages"]) | set(TABLE["sans_page"])
    real = set(_names(get_resolver()))
    assert sorted(real - known) == [], "adresses absentes de tests/cases/site/pages.yaml"
    assert sorted(known - real) == [], "une ligne sans adresse"
    assert not set(TABLE["pages"]) & set(TABLE["sans_page"])


@pytest.mark.parametrize("etat", list(_cases()))
def test_page(request: pytest.FixtureRequest, examinateur: Examinateur, etat: Etat) -> None:
    """0 axe violation, quiet console, policy kept, keyboard, 320 px, same words without JavaScript."""
    site: Site = request.getfixturevalue("site_vide" if etat.base else "site")
    found = examinateur.examine(site, etat)
    if etat.ar:
        found += examinateur.examine_arabic(site, etat, axe=False)
    assert found == [], "\n".join(found)


@pytest.mark.epreuve
@pytest.mark.parametrize("etat", list(_cases()))
def test_page_au_clavier_en_couleurs_forcees_et_tout_depliee(
    request: pytest.FixtureRequest, examinateur: Examinateur, etat: Etat
) -> None:
    site: Site = request.getfixturevalue("site_vide" if etat.base else "site")
    found = examinateur.examine_conditions(site, etat)
    assert found == [], "\n".join(found)


@pytest.mark.epreuve
@pytest.mark.parametrize(
    "etat",
    [_etat(row, vue) for vue, rows in TABLE["pages"].items() for row in rows if row.get("ar")],
    ids=lambda etat: etat.nom,
)
def test_page_de_droite_a_gauche(site: Site, examinateur: Examinateur, etat: Etat) -> None:
    assert examinateur.examine_arabic(site, etat, axe=True) == []


@pytest.mark.parametrize("kind", ["checkbox", "radio"])
def test_un_choix_se_voit_en_couleurs_forcees(site: Site, examinateur: Examinateur, kind: str) -> None:
    page = examinateur.page(site, "")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.adresse + "/composants")
    page.emulate_media(forced_colors="active")
    # The element itself: a locator would look again, and no longer find what is no longer ticked.
    field = page.locator(f"input.form-check-input[type={kind}]:checked:visible").first.element_handle()
    field.scroll_into_view_if_needed()
    chosen = field.screenshot()
    field.evaluate("e => { e.checked = false; e.blur(); }")
    assert field.screenshot() != chosen
    page.emulate_media(forced_colors="none")


FAULTS = {
    "sans bord": "<input aria-label=x class=nu>",
    "rien ne distingue": "<ul class=memes><li><a href=/a aria-current=page>A</a><li><a href=/b>B</a></ul>",
    "coupé": "<p class=court>Une phrase entière</p>",
    "l'un sur l'autre": "<p>Une phrase</p><p class=dessus>Une autre</p>",
    "bouge": "<p class=bouge>x</p>",
    "focus peu visible": "<button class=muet>x</button>",
    "focus caché": "<div class=dessous><button>x</button><p class=voile>Au-dessus</p></div>",
    "hors d'atteinte": "<div class=piege><a href=/x tabindex=0>x</a></div>",
}
BAD_STYLE = """
    .nu { border: 0 }
    .memes a { font-weight: inherit !important }
    .court { width: 30px; overflow: hidden; white-space: nowrap }
    .dessus { margin-top: -2.2em }
    .bouge { transition: color 1s !important }
    .muet:focus-visible { outline: 0 }
    .dessous { position: relative }
    .voile { position: absolute; inset: 0; background: white; width: 200px }
"""


@pytest.mark.parametrize("fault", FAULTS)
def test_les_conditions_voient_les_fautes(site: Site, examinateur: Examinateur, fault: str) -> None:
    """Each proof of a condition can fail."""
    page = examinateur.page(site, "")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.adresse + "/alertes/envoye")
    page.evaluate(
        """([html, style]) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(style);
            document.adoptedStyleSheets = [sheet];
            document.querySelector("main").insertAdjacentHTML("beforeend", html);
            document.querySelector(".piege a")?.addEventListener("keydown", e => e.preventDefault());
            document.querySelector(".piege a")?.addEventListener("focus", e => e.target.blur());
        }""",
        [FAULTS[fault], BAD_STYLE],
    )
    found = conditions.stillness(page) + conditions.forced_colours(page) + conditions.keyboard(page)
    assert any(fault in text for text in [*found, *conditions.zoom(page)]), found


def test_l_examen_voit_les_fautes(site: Site, examinateur: Examinateur) -> None:
    """The policy of the site does not blind axe; each proof can fail."""
    page = examinateur.page(site, "")
    page.goto(site.adresse + "/alertes/envoye")
    page.evaluate("""() => {
        document.documentElement.lang = "";
        document.querySelector("main").append(document.createElement("img"));
        document.querySelector("main").insertAdjacentHTML("beforeend", "<h1>Deux</h1><svg width=2000></svg>");
    }""")
    assert {text.split(":")[0] for text in fautes(page)} >= {"html-has-lang", "image-alt"}
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')"
    )
    assert page.evaluate("window.refus")[0].startswith("style-src-attr inline")
