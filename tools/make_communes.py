"""Write the list of commune codes that readers accept, from the official data that an npm package ships.

The package is ``@etalab/decoupage-administratif`` (code MIT; data of Insee, Licence Ouverte 2.0).
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
SOURCE = RACINE / "node_modules" / "@etalab" / "decoupage-administratif"
CIBLE = RACINE / "src" / "palier" / "tables" / "communes.txt"
VIVANTES = ("commune-actuelle", "arrondissement-municipal")


def render(communes: list[dict[str, Any]], millesime: str) -> str:
    """Return the text of the list: codes by department as ranges, then the former codes."""
    living = sorted({c["code"] for c in communes if c["type"] in VIVANTES})
    former = {c["code"]: c["chefLieu"] for c in communes if c["type"] not in VIVANTES}
    lines = [
        "# Codes des communes et des arrondissements municipaux : code officiel géographique de l'Insee,",
        "# Licence Ouverte 2.0, lu dans @etalab/decoupage-administratif. Écrit par tools/make_communes.py.",
        f"millesime {millesime}",
    ]
    for head, codes in groupby(living, key=lambda code: code[:2]):
        lines.append(" ".join([head, *_ranges([int(code[2:]) for code in codes])]))
    lines.append("anciens")
    moved = sorted((old, new) for old, new in former.items() if old not in set(living))
    for head, pairs in groupby(moved, key=lambda pair: pair[0][:2]):
        lines.append(" ".join([head, *(f"{old[2:]}>{new}" for old, new in pairs)]))
    return "\n".join(lines) + "\n"


def _ranges(numbers: list[int]) -> list[str]:
    """Write sorted numbers as ranges of three digits."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [f"{a:03d}" if a == b else f"{a:03d}-{b:03d}" for a, b in found]


def main(source: Path = SOURCE, millesime: str = "2026-01-01") -> str:
    """Return the text made from a package."""
    return render(json.loads((source / "data" / "communes.json").read_text(encoding="utf-8")), millesime)


if __name__ == "__main__":
    CIBLE.write_text(main(millesime=sys.argv[1] if len(sys.argv) > 1 else "2026-01-01"), encoding="utf-8")
