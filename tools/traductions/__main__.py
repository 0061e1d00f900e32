"""``python -m tools.traductions``: merge the catalogues and say what they lack.

Without option, adds the new texts to the catalogues and removes those no longer said.
``--verifier`` writes nothing and fails where something is missing, unclear or left over;
``--compiler`` writes the ``.mo`` that are missing or old.
"""

from __future__ import annotations

import argparse
import sys

from tools.traductions import catalogues, verification
from tools.traductions.extraction import read_messages


def main() -> int:
    """Run one of the three tasks."""
    parser = argparse.ArgumentParser(prog="python -m tools.traductions", description="Mots du site.")
    parser.add_argument("--verifier", action="store_true", help="ne rien écrire, échouer s'il manque un mot")
    parser.add_argument("--compiler", action="store_true", help="écrire les .mo absents ou anciens")
    asked = parser.parse_args()
    if asked.compiler:
        catalogues.compile_stale()
        return 0
    messages = read_messages()
    if not asked.verifier:
        for langue in catalogues.LANGUES:
            catalogues.write(langue, messages, catalogues.read(langue))
        catalogues.write_french(messages)
    faults = verification.faults(messages)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{len(messages)} textes, {len(catalogues.LANGUES)} langues : rien ne manque.")
    return 1 if asked.verifier and faults else 0


if __name__ == "__main__":
    sys.exit(main())
