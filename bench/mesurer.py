"""Run the measures and print the table of ratios: ``bench/run``."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import subprocess
from pathlib import Path

from bench import epreuves
from bench.donnees import AU
from bench.lancer import PYTHON
from bench.tableau import Tableau

RESULTATS = Path(__file__).with_name("resultats.md")
PAGE = Path(__file__).parents[1] / "docs" / "explications" / "mesures.md"
DEBUT, FIN = "<!-- mesures -->", "<!-- /mesures -->"


def write_page(text: str) -> None:
    """Put the tables between the marks of the page of explanations, titles one level down."""
    body = text.split("\n", 2)[2].replace("\n## ", "\n### ").strip()
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(DEBUT)
    after = rest.partition(FIN)[2]
    PAGE.write_text(f"{before}{DEBUT}\n\n{body}\n\n{FIN}{after}", encoding="utf-8")


def versions() -> str:
    """Versions of everything compared."""
    ours = {nom: importlib.metadata.version(nom) for nom in ("palier", "polars")}
    names = ["duckdb", "zen-engine", "openfisca-core", "numpy"]
    code = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {names}}}))"
    said = subprocess.run([PYTHON["pairs"], "-c", code], capture_output=True, text=True, check=True).stdout
    gcc = subprocess.run(
        ["gcc", "-dumpfullversion"], capture_output=True, text=True, check=True
    ).stdout.strip()
    found = ours | json.loads(said) | {"gcc": gcc, "python": platform.python_version()}
    return ", ".join(f"{nom} {version}" for nom, version in found.items())


def main() -> None:
    """Parse the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="bench/run", description="Mesurer Palier à côté de ses voisins.")
    parser.add_argument("--taille", type=int, default=100_000, help="nombre de demandes (100 000)")
    parser.add_argument(
        "--complet", action="store_true", help="toutes les tailles ; écrit bench/resultats.md"
    )
    parser.add_argument("--fois", type=int, default=3, help="nombre de tours de chaque comparaison")
    parser.add_argument("--seulement", nargs="*", choices=list(epreuves.EPREUVES), help="quelques épreuves")
    options = parser.parse_args()
    taille = 2_900_000 if options.complet else options.taille
    tableau = Tableau(taille)
    for nom in options.seulement or epreuves.EPREUVES:
        print(f"… {nom}", flush=True)
        epreuves.EPREUVES[nom](tableau, taille, options.fois, options.complet)
    text = tableau.render(AU, versions())
    print(text)
    if options.complet and not options.seulement:
        RESULTATS.write_text(text, encoding="utf-8")
        write_page(text)


if __name__ == "__main__":
    main()
