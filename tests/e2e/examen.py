"""How a page is looked at: accessibility, console, keyboard, widths, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e import conditions
from tests.e2e.serveur import Site
from tests.web.components.navigateur import fautes
from tests.web.public.outils_simuler import REPONSES

LARGEURS = (1280, 390)
_MIN_RING_PX = 2
_SAID = """() => {
    window.refus = [];
    document.addEventListener("securitypolicyviolation",
        e => window.refus.push(`${e.violatedDirective} ${e.blockedURI || e.sample}`));
}"""
_HEAD = """() => ({
    titre: document.title.trim(),
    langue: document.documentElement.lang,
    sens: document.documentElement.dir,
    h1: [...document.querySelectorAll("h1")].filter(e => e.checkVisibility()).map(e => e.innerText.trim()),
    main: document.querySelectorAll("main").length,
    doubles: [...document.querySelectorAll("[id]")].map(e => e.id)
        .filter((id, i, all) => !id || all.indexOf(id) !== i),
    animations: document.getAnimations().length,
    actif: document.activeElement?.id || document.activeElement?.tagName,
    refus: window.refus,
})"""
_RING = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return {classe: e.className, trait: parseFloat(style.outlineWidth), genre: style.outlineStyle,
            dedans: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.width > 1};
}"""
# Buttons that only a script can serve show themselves by script: nothing is lost without them.
_WORDS = """() => {
    const buttons = [...document.querySelectorAll("[data-imprimer], [data-carte-ouvrir], [data-cocher]")];
    const own = buttons.map(e => e.innerText.trim());
    return document.querySelector("main").innerText.split("\\n")
        .filter(l => !own.includes(l.trim())).join("\\n");
}"""
_ANSWER = """answers => {
    for (const [name, given] of Object.entries(answers)) {
        const wanted = [given].flat().map(String);
        for (const field of document.getElementsByName(name)) {
            if (["checkbox", "radio"].includes(field.type)) field.checked = wanted.includes(field.value);
            else field.value = wanted[0];
        }
    }
}"""


@dataclass(frozen=True)
class Etat:
    """A page in one of its states: a row of ``tests/cases/site/pages.yaml``."""

    etat: str
    adresse: str
    vue: str = ""
    role: str = ""
    statut: int = 200
    gestes: tuple[tuple[str, ...], ...] = ()
    base: str = ""
    ar: bool = False
    focus: str = ""

    @property
    def nom(self) -> str:
        """Words of the report."""
        return f"{self.vue or 'erreur'} ({self.etat})"

    def path(self, site: Site, langue: str = "") -> str:
        """Address, in a language."""
        filled = self.adresse.format(**site.semis["noms"], long="a" * 5_000)
        return site.adresse + (f"/{langue}" if langue else "") + filled


@dataclass
class Examinateur:
    """One browser; a context per session, with and without JavaScript, kept from one page to the next."""

    browser: Browser
    contexts: dict[tuple[str, str, bool], BrowserContext] = field(default_factory=dict)

    def page(self, site: Site, role: str, *, script: bool = True) -> Page:
        """A page of a session, under the content policy of the site."""
        name = (site.adresse, role, script)
        if name not in self.contexts:
            context = self.browser.new_context(
                java_script_enabled=script, reduced_motion="reduce", locale="fr-FR"
            )
            if role:
                cookie = {"name": "palier_session", "value": site.semis["cookies"][role], "url": site.adresse}
                context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
            context.add_init_script(f"({_SAID})()")
            self.contexts[name] = context
            context.new_page()
        return self.contexts[name].pages[0]

    def examine(self, site: Site, etat: Etat) -> list[str]:
        """Return all that is wrong with a page in a state, at both widths."""
        found: list[str] = []
        with_script = ""
        for width in LARGEURS:
            page = self.page(site, etat.role)
            wrong = _look(page, site, etat, width)
            with_script = page.evaluate(_WORDS)
            found += [f"{etat.nom}, {width} px : {text}" for text in wrong]
        found += [f"{etat.nom}, sans JavaScript : {text}" for text in self._plain(site, etat, with_script)]
        return found

    def _plain(self, site: Site, etat: Etat, avec: str) -> list[str]:
        """Look at a page without JavaScript: its main content must be the same."""
        page = self.page(site, etat.role, script=False)
        page.set_viewport_size({"width": LARGEURS[-1], "height": 800})
        if (status := _open(page, site, etat)) != etat.statut and not etat.gestes:
            return [f"statut {status}"]
        lost = _lines(avec) - _lines(page.locator("main").inner_text())
        return [f"mots perdus : {sorted(lost)[:5]}"] if lost else []

    def examine_conditions(self, site: Site, etat: Etat) -> list[str]:
        """Walk through a page by keyboard at both widths, in forced colours too; look at its folds open."""
        page = self.page(site, etat.role)
        found = []
        for width in LARGEURS:
            phone = width == LARGEURS[-1]
            page.set_viewport_size({"width": width, "height": 800})
            _open(page, site, etat)
            found += conditions.keyboard(page, forced=phone)
        found += conditions.forced_colours(page, axe=True) + conditions.unfolded(page) + conditions.zoom(page)
        return [f"{etat.nom}, {text}" for text in found]

    def examine_arabic(self, site: Site, etat: Etat, *, axe: bool) -> list[str]:
        """Look at a public page from right to left; with axe at both widths, without on a phone only."""
        page = self.page(site, etat.role)
        found = []
        for width in LARGEURS if axe else LARGEURS[-1:]:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(etat.path(site, "ar"))
            head = page.evaluate(_HEAD)
            if (head["langue"], head["sens"]) != ("ar", "rtl"):
                found.append(f"langue {head['langue']}, sens {head['sens']}")
            found += conditions.overflow(page)
            found += fautes(page) if axe else []
        found += conditions.zoom(page)
        return [f"{etat.nom}, de droite à gauche : {text}" for text in found]


def _lines(texte: str) -> set[str]:
    """Lines of a text, without the spaces that a layout adds nor the secrets drawn at each opening."""
    lines = (re.sub(r"\s+", " ", raw).strip() for raw in texte.splitlines())
    return {re.sub(r"\b[A-Z2-7]{32}\b", "…", line) for line in lines if line}


def _open(page: Page, site: Site, etat: Etat) -> int:
    """Open a page and do its gestures; return the status of its address."""
    answer = page.goto(etat.path(site))
    for act, place, *value in etat.gestes:
        target = page.locator(place).first
        if act == "remplir":
            target.fill(value[0])
        elif act == "repondre":
            page.evaluate(_ANSWER, REPONSES)
        elif act == "joindre":
            target.set_input_files(site.semis["noms"][value[0]])
        elif act == "envoyer":
            with page.expect_navigation(wait_until="load"):
                target.click()
        else:
            target.click()
    return answer.status if answer else 0


def _look(page: Page, site: Site, etat: Etat, width: int) -> list[str]:
    """Return what is wrong at one width."""
    found: list[str] = []
    said: list[str] = []

    def on_console(message: Any) -> None:
        # An error page is a failed request too: the browser says so, and that is all it may say.
        expected = "Failed to load resource" in message.text and message.location["url"] == page.url
        if message.type in {"error", "warning"} and not expected:
            said.append(message.text)

    def on_error(error: Any) -> None:
        said.append(str(error))

    page.on("console", on_console)
    page.on("pageerror", on_error)
    page.set_viewport_size({"width": width, "height": 800})
    try:
        status = _open(page, site, etat)
        if status != (200 if etat.gestes else etat.statut):
            found.append(f"statut {status}")
        head = page.evaluate(_HEAD)
    finally:
        page.remove_listener("console", on_console)
        page.remove_listener("pageerror", on_error)
    found += [f"console : {text}" for text in said if "Autofocus" not in text]
    found += [f"politique de contenu : {text}" for text in head["refus"]]
    found += _check_head(head, etat)
    found += [f"axe : {text}" for text in fautes(page)]
    found += _check_keyboard(page, head, etat)
    found += conditions.overflow(page)
    if width == LARGEURS[-1]:
        found += conditions.stillness(page) + conditions.forced_colours(page) + conditions.zoom(page)
    return found


def _check_head(head: dict[str, Any], etat: Etat) -> list[str]:
    """Title, language, one main, one h1, no identifier twice, nothing that moves."""
    found = []
    if len(head["titre"]) < 8 or head["titre"].startswith("-"):
        found.append(f"titre : {head['titre']!r}")
    if (head["langue"], head["sens"]) != ("fr", "ltr"):
        found.append(f"langue {head['langue']}, sens {head['sens']}")
    if len(head["h1"]) != 1 or not head["h1"][0]:
        found.append(f"h1 : {head['h1']}")
    if head["main"] != 1:
        found.append(f"main : {head['main']}")
    if head["doubles"]:
        found.append(f"identifiants doubles : {head['doubles']}")
    if head["animations"]:
        found.append(f"{head['animations']} animations malgré la demande de repos")
    if etat.focus and head["actif"] != etat.focus:
        found.append(f"focus sur {head['actif']}, pas sur {etat.focus}")
    return found


def _check_keyboard(page: Page, head: dict[str, Any], etat: Etat) -> list[str]:
    """The first key leads to the link that skips to the content; what has the focus shows it."""
    found = []
    moved = etat.focus or "#" in page.url
    page.keyboard.press("Tab")
    ring = page.evaluate(_RING)
    if not moved and ring["classe"] != "evitement":
        found.append(f"premier Tab : {ring['classe']!r} (focus d'abord sur {head['actif']})")
    if ring["genre"] == "none" or ring["trait"] < _MIN_RING_PX or not ring["dedans"]:
        found.append(f"focus peu visible : {ring}")
    return found
