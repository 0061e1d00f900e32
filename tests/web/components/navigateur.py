"""The site served to a real browser: pages, style sheets and fonts, under its own content policy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import RACINE

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
REGLES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"


class _Muet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def servir() -> Iterator[str]:
    """Serve the site on a free port of this machine."""
    from palier.web.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), _Muet)
    server.daemon_threads = True
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def naviguer() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def fautes(page: Page) -> list[str]:
    """Return what axe refuses on a page: rule and elements."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    options = {"runOnly": REGLES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {[node['html'][:120] for node in v['nodes']]}" for v in found["violations"]]
