"""Write the reference pages of the documentation, or check that they are up to date.

``python -m tools.make_reference`` writes ``docs/reference``; with ``--verifier`` it
writes nothing and fails if a page is late. The pages are committed: a change of a
column, a legal value or a message is seen in the history.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tools.reference import colonnes, commandes, erreurs, grilles, loi, machines, python, reglages, schemas

DOSSIER = Path(__file__).resolve().parent.parent / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "tables.md": colonnes.render,
    "loi.md": loi.render,
    "erreurs.md": erreurs.render,
    "commandes.md": commandes.render,
    "grilles.md": grilles.render,
    "python.md": python.render,
    "reglages.md": reglages.render,
    "machines.md": machines.render,
    **machines.pictures(),
    **schemas.pages(),
}


def late() -> list[str]:
    """Return the pages that differ from what the code and the data say now."""
    return [
        name
        for name, render in PAGES.items()
        if not (DOSSIER / name).is_file() or (DOSSIER / name).read_text(encoding="utf-8") != render()
    ]


def main(arguments: list[str]) -> int:
    """Write or check; return the exit code."""
    names = late()
    if "--verifier" in arguments:
        if names:
            print("Pages de référence en retard (lancez « make reference ») : " + ", ".join(names))
        return 1 if names else 0
    DOSSIER.mkdir(parents=True, exist_ok=True)
    for name in names:
        (DOSSIER / name).parent.mkdir(exist_ok=True)
        (DOSSIER / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
