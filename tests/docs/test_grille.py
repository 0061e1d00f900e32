"""The page of the grid language says what the reader of grids knows, and its extracts run."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
import typing

import pytest

from palier import law
from palier.engines.cotation.checks import check_grille
from palier.engines.cotation.examples import run_examples
from palier.engines.cotation.model import criteres, grille, nodes, parse_grille
from palier.tables import colonne
from tests.conftest import RACINE
from tests.docs.cles_grille import CRITERES, FAMILLES, PARTOUT, admitted

PAGE = (RACINE / "docs" / "reference" / "grille.md").read_text(encoding="utf-8")
LOI = law.at(dt.date(2026, 11, 24))
TITLE = re.compile(r"^#{1,6} (.+?)(?: \{ #\S+ \})?$", re.MULTILINE)
ENTETE = "palier: grille/1\nid: extrait\ncadre: etranger\nversion: {du: 2026-01-01}\ncompletude: complete\n"
MECANISMES = {"points", "bandes", "par", "compte", "cumul", "choix"}
ALIAS = {"La grille": "La grille", "systemes": "Les systèmes", "familles": "Les familles"}


def section(titre: str) -> str:
    """Text of a section, up to the next title."""
    titles = list(TITLE.finditer(PAGE))
    place = next(i for i, t in enumerate(titles) if t[1] == titre)
    end = titles[place + 1].start() if place + 1 < len(titles) else len(PAGE)
    return PAGE[titles[place].end() : end]


def documented(titre: str, header: str = "Clé") -> set[str]:
    """Words of the first column of the tables of a section that bear a header."""
    found: set[str] = set()
    for table in re.findall(r"(?:^\|.*\n)+", section(titre), re.MULTILINE):
        head, _, *rows = table.splitlines()
        if head.split("|")[1].strip().strip("`") == header:
            found |= {row.split("|")[1].strip().strip("`") for row in rows}
    return found


COMMUNES = documented("Clés communes à tous les critères")


@pytest.mark.parametrize("niveau", [*PARTOUT, *FAMILLES, *CRITERES])
def test_keys_are_those_of_the_reader(niveau: str) -> None:
    wanted = admitted()[niveau]
    assert wanted, "le lecteur n'a pas refusé l'intrus"
    found = documented(ALIAS.get(niveau, niveau))
    if niveau in MECANISMES:
        assert found & COMMUNES <= {"libelle"}
        found |= COMMUNES
    assert found == wanted


@pytest.mark.parametrize(
    ("titre", "header", "words"),
    [
        ("Les mécanismes", "Mécanisme", [t.__name__ for t in typing.get_args(nodes.Mecanisme)]),
        ("Les conditions", "Condition", [t.__name__ for t in typing.get_args(nodes.Condition)]),
        ("Les familles", "regle", typing.get_args(nodes.Regle)),
        ("Les réponses manquantes", "absent", criteres.ABSENTS),
        ("Clés communes à tous les critères", "preuve", nodes.PREUVES),
    ],
)
def test_lists_are_those_of_the_code(titre: str, header: str, words: typing.Iterable[str]) -> None:
    assert documented(titre, header) == set(words)


@pytest.mark.parametrize(
    ("titre", "words"),
    [
        ("La grille", grille.CADRES),
        ("version", grille.STATUTS),
        ("total", typing.get_args(nodes.Arrondi)),
        ("hors_champ", grille.MOTIFS_PREDEFINIS),
        ("Les nombres et les unités", criteres.UNITES_MOIS),
        ("par", criteres.UNITES_MOIS),
        ("Clés communes à tous les critères", criteres.FIGEABLES),
        ("Clés communes à tous les critères", ("verifie_piece", "verifie_social", "verifie_etat")),
    ],
)
def test_each_word_is_said(titre: str, words: typing.Iterable[str]) -> None:
    assert [word for word in words if f"`{word}`" not in section(titre)] == []


def extracts() -> list[str]:
    """Whole grids made of the extracts of the page."""
    found = []
    for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL):
        if block.startswith("palier:"):
            found.append(block)
            continue
        families, _, examples = block.partition("exemples:")
        assert families.startswith("familles:")
        assert examples, "un extrait porte un exemple"
        systeme = textwrap.indent(families, "    ")
        found.append(f"{ENTETE}systemes:\n  unique:\n{systeme}exemples:{examples}")
    return found


@pytest.mark.parametrize("texte", extracts(), ids=range(len(extracts())))
def test_each_extract_is_right(texte: str) -> None:
    made = parse_grille(texte, "extrait")
    assert made.exemples
    assert check_grille(made, LOI).erreurs == ()
    assert run_examples(made, LOI) == ()


def test_each_mechanism_has_an_extract() -> None:
    used = {type(c.mecanisme).__name__ for t in extracts() for c in _criteres(t)}
    assert used == {t.__name__ for t in typing.get_args(nodes.Mecanisme)}
    assert colonne("evenement_type").codes  # the events that the page names come from the registry


def _criteres(texte: str) -> list[nodes.Critere]:
    return [c for s in parse_grille(texte, "extrait").systemes for c in s.criteres()]
