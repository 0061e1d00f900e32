"""Conditions of use beyond width: zoom, forced colours, stillness, the whole way of the keyboard, folds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.web.components.navigateur import fautes

ZOOM = {"width": 320, "height": 256}  # 1280 x 1024 pixels at 400 %
_TABS_MORE = 8
_MIN_RING_PX = 2

_LOOK = (Path(__file__).parent / "conditions.js").read_text(encoding="utf-8").strip()
_UNFOLD = "() => document.querySelectorAll('details').forEach(e => { e.open = true; })"


def _look(page: Page, what: str) -> Any:
    """Call a function of ``conditions.js`` in the page."""
    return page.evaluate(f"{_LOOK}.{what}()")


def overflow(page: Page) -> list[str]:
    """What makes the page scroll to the side."""
    found: list[str] = _look(page, "overflow")
    return [f"défile de côté : {text}" for text in found]


def zoom(page: Page) -> list[str]:
    """At 400 %: no scroll to the side, no text cut nor under another, nothing that fills the window."""
    page.set_viewport_size(ZOOM)  # type: ignore[arg-type]  # a TypedDict
    return [f"à 400 % : {text}" for text in overflow(page) + _look(page, "cut")]


def forced_colours(page: Page, *, axe: bool = False) -> list[str]:
    """In the colours of the person: controls keep an edge, the present place is not told by colour alone."""
    page.emulate_media(forced_colors="active")
    try:
        found = _look(page, "forced") + (fautes(page) if axe else [])
    finally:
        page.emulate_media(forced_colors="none")
    return [f"couleurs forcées : {text}" for text in found]


def stillness(page: Page) -> list[str]:
    """Where less movement is asked for: no animation, no transition, no smooth scroll."""
    return [f"bouge malgré la demande de repos : {text}" for text in _look(page, "moves")]


def keyboard(page: Page, *, forced: bool = False) -> list[str]:
    """Tab through the whole page: all is reached, each focus shows a ring and lies under nothing."""
    if forced:
        page.emulate_media(forced_colors="active")
    expected = _look(page, "focusable")
    found: list[str] = []
    for _ in range(expected + _TABS_MORE):
        page.keyboard.press("Tab")
        state: dict[str, Any] = _look(page, "focused") or {}
        if state and (state["trait"] < _MIN_RING_PX or not state["visible"]):
            found.append(f"focus peu visible : {state['nom']}")
        if state and state["cache"]:
            found.append(f"focus caché : {state['nom']}")
    found += [f"hors d'atteinte : {text}" for text in _look(page, "missed")]
    if forced:
        page.emulate_media(forced_colors="none")
    where = "au clavier, couleurs forcées" if forced else "au clavier"
    return [f"{where} : {text}" for text in found[:6]]


def unfolded(page: Page) -> list[str]:
    """With every fold open, menus too: nothing cut, 0 axe violation."""
    page.evaluate(_UNFOLD)
    found = overflow(page) + _look(page, "cut") + fautes(page)
    return [f"tout déplié : {text}" for text in found]
