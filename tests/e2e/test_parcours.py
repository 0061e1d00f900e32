"""Whole ways through the site, done as people do them; actions are counted."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.examen import Examinateur
from tests.e2e.serveur import Site, sow
from tests.web.offres.outils import csv_de, ligne
from tests.web.personnel import MOT_DE_PASSE, code_totp

pytestmark = pytest.mark.xdist_group("navigateur")
# Keystroke-level model (Card, Moran, Newell 1980): a key, a tap, a decision; a swipe is taken for a tap [s].
TOUCHE_S, TAPE_S, DECISION_S = 0.28, 1.2, 1.35
POUCE_PX = 500  # what a swipe moves
ADRESSE = "amina@exemple.fr"


@dataclass
class Pas:
    """What a person does on a page: each tap and each field filled is an action; swipes are counted apart."""

    page: Page
    faits: list[str] = field(default_factory=list)
    touches: int = 0
    defilements: int = 0
    debut: float = field(default_factory=time.monotonic)

    def _vu(self, place: str, texte: str = "") -> Locator:
        """Bring what is aimed at to the window, as a thumb does."""
        target = self.page.locator(place)
        target = (target.filter(has_text=texte) if texte else target).first
        box, window = target.bounding_box(), self.page.viewport_size
        assert box is not None, place
        assert window is not None
        below, above = box["y"] + box["height"] - window["height"], -box["y"]
        self.defilements += max(0, math.ceil(max(below, above) / POUCE_PX))
        return target

    def tape(self, place: str, texte: str = "") -> None:
        self._vu(place, texte).click()
        self.faits.append(f"taper {texte or place}")

    def ecrit(self, place: str, texte: str) -> None:
        self._vu(place).fill(texte)
        self.faits.append(f"écrire {texte}")
        self.touches += len(texte)

    def choisit(self, place: str, valeur: str) -> None:
        self._vu(place).select_option(valeur)
        self.faits.append(f"choisir {valeur}")

    @property
    def secondes(self) -> float:
        """Time that a practised hand needs, without the answers of the site."""
        acts = len(self.faits) * (TAPE_S + DECISION_S) + self.defilements * TAPE_S
        return self.touches * TOUCHE_S + acts

    @property
    def bilan(self) -> str:
        """Words of the report: what was done, the time of the hand, and that of the site."""
        robot = time.monotonic() - self.debut
        return (
            f"{len(self.faits)} gestes, {self.defilements} défilements, {self.touches} touches :"
            f" {self.secondes:.0f} s de la main, {robot:.1f} s du navigateur et du site"
        )


def _page(examinateur: Examinateur, width: int, **options: object) -> Iterator[Page]:
    context = examinateur.browser.new_context(
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        **{"locale": "fr-FR", **options},  # type: ignore[arg-type]
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def telephone(examinateur: Examinateur) -> Iterator[Page]:
    yield from _page(examinateur, 390, has_touch=True, is_mobile=True)


@pytest.fixture
def bureau(examinateur: Examinateur) -> Iterator[Page]:
    yield from _page(examinateur, 1280)


@pytest.mark.parametrize(
    ("langue", "sens"), [("ar", "rtl"), ("pt", "ltr"), pytest.param("en", "ltr", marks=pytest.mark.epreuve)]
)
def test_sans_francais_et_au_telephone_on_trouve_un_t3_et_on_pose_une_alerte(
    site: Site, telephone: Page, langue: str, sens: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the French home page: T3, 600 euros, Schiltigheim; then an alert, confirmed from the mail.

    The phone is set to French, as one that was lent: the language is in the menu. A phone that speaks it
    needs one tap instead of three (``test_un_telephone_d_une_autre_langue…``).
    """
    page, pas = telephone, Pas(telephone)
    page.goto(site.adresse)
    pas.tape("details.menu > summary")
    pas.tape("details.langues > summary")
    pas.tape(f"details.langues a[hreflang={langue}]")
    expect(page.locator("html")).to_have_attribute("dir", sens)
    pas.ecrit("#c-lieu", "Schiltigheim")
    pas.choisit("#c-typologie", "T3")
    pas.ecrit("#c-loyer_max", "600")
    pas.tape("form.recherche button.btn-primary")
    page.wait_for_url("**/offres?**")
    assert f"/{langue}/" in page.url
    prices = page.locator(".offre .prix").all_inner_texts()
    assert prices
    assert all(int(re.findall(r"\d+", text)[0]) <= 600 for text in prices), prices
    assert "commune=67447" in page.url
    pas.tape("a[href*='/alertes?']")
    pas.ecrit("#id_courriel", f"{langue}.{ADRESSE}")
    pas.tape("main form button.btn-primary")
    page.wait_for_url("**/alertes/envoye")
    sow(site.env, "lettres")  # the worker's part
    page.goto(f"{site.adresse}/{langue}/boite")  # the mail program of the person
    pas.tape("a[href*='/alertes/confirmer/']")
    assert f"/{langue}/alertes/confirmer/" in page.url  # the mail speaks her language
    pas.tape("main form button")
    page.wait_for_url("**fait=confirmee")
    expect(page.locator("[role=status]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with capsys.disabled():
        print(f"\n{langue} : {pas.bilan}")
    assert len(pas.faits) <= 12, pas.faits
    assert pas.secondes < 60


@pytest.mark.parametrize(
    ("reglage", "langue"), [("ar-MA", "ar"), ("pt-PT", "pt"), ("fr-FR", ""), ("tr-TR", "")]
)
def test_un_telephone_d_une_autre_langue_se_voit_proposer_la_sienne(
    site: Site, examinateur: Examinateur, reglage: str, langue: str
) -> None:
    for page in _page(examinateur, 390, locale=reglage):
        page.goto(site.adresse + "/offres?typologie=T3")
        offered = page.locator("[data-langue-proposee] a:visible")
        assert offered.count() == bool(langue)
        if langue:
            offered.click()
            expect(page.locator("html")).to_have_attribute("lang", langue)
            assert page.url.endswith(f"/{langue}/offres?typologie=T3")
            expect(page.locator("[data-langue-proposee]")).to_be_hidden()


def test_un_agent_envoie_un_fichier_lit_le_rapport_ecrit_et_voit_l_offre_en_ligne(
    site: Site, bureau: Page, tmp_path: Path
) -> None:
    page, pas = bureau, Pas(bureau)
    good = [ligne(reference_bailleur=f"PARC-{i}", titre=f"T3 du parcours {i}") for i in range(2)]
    bad, mended = tmp_path / "a-corriger.csv", tmp_path / "offres.csv"
    bad.write_bytes(csv_de([*good, ligne(reference_bailleur="PARC-9", dpe_classe="H")]))
    mended.write_bytes(csv_de(good))
    page.goto(site.adresse + "/agents/")
    pas.ecrit("#id_login", site.semis["noms"]["parcours_agent"])
    pas.ecrit("#id_password", MOT_DE_PASSE)
    pas.tape("main form button.btn-primary")
    pas.ecrit("#id_code", code_totp())
    pas.tape("main form button.btn-primary")
    expect(page.locator("h1")).to_be_visible()
    for file in (bad, mended):
        page.goto(site.adresse + "/agents/lots/")
        pas.tape("a[href$='/lots/envoyer/']")
        page.locator("#id_fichier").set_input_files(file)
        pas.tape("main form button.btn-primary")
        page.wait_for_url(re.compile(r"/agents/lots/[0-9a-f-]{36}/$"))
        if file is bad:
            expect(page.locator("main")).to_contain_text("problème")
            expect(page.locator("main")).to_contain_text("ligne 4")
            assert page.locator("form[action$='/accepter/']").count() == 0
    pas.tape("form[action$='/accepter/'] button")
    expect(page.locator("h1")).to_contain_text("Appliqué")
    page.goto(site.adresse + "/agents/offres/?reference=PARC-1")
    pas.tape("table a", "PARC-1")
    pas.tape("main a[href*='/offres/']", "Voir la page publique")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(site.adresse + "/offres/")
    expect(page.locator("main")).to_contain_text("Strasbourg")
    assert len(pas.faits) <= 13, pas.faits


def _tab_to(page: Page, wanted: str, most: int) -> None:
    """Press Tab until an element has the focus; at each step the focus shows itself, whole."""
    for _ in range(most):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
                const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
                const shown = e.matches(".form-check-input") ? getComputedStyle(e.closest("label") || e) : s;
                return {nom: e.outerHTML.slice(0, 80), dedans: b.top >= -1 && b.bottom <= innerHeight + 1,
                        trait: Math.max(parseFloat(s.outlineWidth) * (s.outlineStyle !== "none"),
                                        parseFloat(shown.outlineWidth) * (shown.outlineStyle !== "none"))};
            }"""
        )
        assert state["trait"] >= 2, state
        assert state["dedans"], state
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} hors d'atteinte en {most} Tab")


def test_la_recherche_se_fait_au_clavier_seul(site: Site, bureau: Page) -> None:
    page = bureau
    page.goto(site.adresse)
    _tab_to(page, ".evitement", 1)
    page.keyboard.press("Enter")
    _tab_to(page, "#c-lieu", 8)
    page.keyboard.type("Schiltigheim")
    _tab_to(page, "#c-typologie", 2)
    for _ in range(3):  # all, T1, T2, T3
        page.keyboard.press("ArrowDown")
    _tab_to(page, "#c-loyer_max", 2)
    page.keyboard.type("600")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offres?**")
    assert "typologie=T3" in page.url
    assert "loyer_max=600" in page.url
    _tab_to(page, ".evitement", 1)
    page.keyboard.press("Enter")
    _tab_to(page, ".offre a", 60)
    title = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/offres/[0-9a-f-]{36}$"))
    expect(page.locator("h1")).to_contain_text(title.split(",")[0][:8])
