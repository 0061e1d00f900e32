"""Write the words of columns and codes: ``base/po/colonnes.<langue>.po``.

French names of columns come from the registry, all other words from
``tools/codes.yaml``. Run it after a change of either: ``python tools/make_po.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from palier.base.yamlstrict import Table, load_strict
from palier.tables import all_colonnes, schema

RACINE = Path(__file__).resolve().parent.parent
DOSSIER = RACINE / "src" / "palier" / "base" / "po"
LANGUES = ("fr", "en")


def words() -> dict[str, tuple[str, str]]:
    """Return each code with its words in French and in English.

    Raises
    ------
    KeyError
        If a column or a code of the registry has no words.
    """
    read = load_strict((RACINE / "tools" / "codes.yaml").read_text(encoding="utf-8"), "codes.yaml", "TAB")
    root = cast(Table, read.racine)
    codes, english = cast(Table, root["codes"]), cast(Table, root["colonnes_en"])
    found = {"colonne.evenements": (schema("evenements").libelle, "Events of the request")}
    for nom, colonne in all_colonnes().items():
        found[f"colonne.{nom}"] = (colonne.libelle, str(english[nom]))
    for nom, colonne in all_colonnes().items():
        for code in colonne.codes:
            fr, en = cast(list[str], cast(Table, codes[colonne.nomenclature])[code])
            found[f"code.{nom}.{code}"] = (str(fr), str(en))
    return found


def catalogue(langue: str) -> str:
    """Return the text of the catalogue of a language."""
    place = LANGUES.index(langue)
    lines = [
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        f'"Language: {langue}\\n"',
    ]
    for code, texts in words().items():
        lines += ["", f'msgid "{code}"', f'msgstr "{texts[place]}"']
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the catalogues; with ``--verifier``, only tell whether they are up to date."""
    stale = 0
    for langue in LANGUES:
        path, text = DOSSIER / f"colonnes.{langue}.po", catalogue(langue)
        if "--verifier" in sys.argv:
            stale += not path.exists() or path.read_text(encoding="utf-8") != text
        else:
            path.write_text(text, encoding="utf-8")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main())
