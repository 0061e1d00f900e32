"""The site builds without a warning, and a reader's browser fetches nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)[^>]*\ssrc=[\"']?(?:https?:)?//[^\"'\s>]+"
    r"|<link[^>]*rel=[\"']?(?:stylesheet|preload|preconnect|icon)[^>]*href=[\"']?(?:https?:)?//[^\"'\s>]+"
)


def test_the_site_builds_and_stands_alone(racine: Path, tmp_path: Path) -> None:
    mkdocs = Path(sys.executable).parent / "mkdocs"
    done = subprocess.run(
        [mkdocs, "build", "--strict", "--quiet", "--site-dir", tmp_path],
        cwd=racine,
        env=os.environ | {"PALIER_SANS_CARNETS": "1", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 10
    outside = {str(p.relative_to(tmp_path)): found for p in pages if (found := LOADED.findall(p.read_text()))}
    assert not outside


def test_a_page_that_fetches_is_seen() -> None:
    assert LOADED.search('<script defer src="https://exemple.fr/a.js">')
    assert LOADED.search('<link rel="stylesheet" href="//exemple.fr/a.css">')
    assert not LOADED.search('<a href="https://exemple.fr">')
