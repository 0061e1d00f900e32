"""A grid in plain French: every mechanism has its words, and nothing of the grid is left out."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from palier import law
from palier.base.ressources import read_packaged
from palier.engines.cotation.annexe import annexe
from palier.engines.cotation.annexe.mots import Plume, safe
from palier.engines.cotation.catalogue import list_grilles, read_grille
from palier.engines.cotation.model import Grille, parse_grille

LOI = law.at(dt.date(2026, 11, 24), non_verifie=True)

DOSSIER = Path(__file__).with_name("annexe")
TOUT, SEUL = ((DOSSIER / f"{nom}.yaml").read_text(encoding="utf-8") for nom in ("tout", "seul"))
ATTENDUS = [
    "Options \\| et \\* signes",
    "Situation de handicap dans le ménage : non et (Droit au logement opposable",
    "sauf si (Situation de handicap dans le ménage : oui)",
    "multipliés par 1,5",
    "réponse donnée",
    "sans réponse",
    "le seuil « Plafonds de ressources PLAI » (selon : Catégorie de ménage des plafonds et Zone",
    "Sa valeur n’a pas encore été vérifiée",
    "| 2 | 1 500,5 |",
    "| au moins 33 % et au plus 70 % | 10 |",
    "loyer et charges, moins l’aide au logement, rapportés aux ressources mensuelles",
    "au plus 500 €",
    "moins de 9,5 m2",
    "au moins 500 € et moins de 800,50 €",
    "1 par mois complet, 60 au plus, 1 au moins",
    "au-delà de 6 mois",
    "1 par semestre commencé",
    "1 par année commencée",
    "2 par unité",
    "2 par tranche complète de 2",
    "1 par tranche commencée de 100 €",
    "au-delà de 300",
    "−10 à chaque fois, à partir de la fois n° 2",
    "dans les 24 derniers mois",
    "−5, une seule fois, à partir de 3",
    "remise à zéro pour",
    "entre 0 et 30",
    "Autre réponse",
    "L441-1, c)",
    "DALO",
    "du plus récent au plus ancien",
    "dans l’ordre décroissant",
    "Remplace la version du 1er janvier 2024",
    "Eurométropole de Strasbourg (246700488)",
    "à l’entier inférieur",
    "ne peut pas descendre sous −5 points",
    "Y comptent, dans les mêmes termes que pour « primo »",
]


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture(scope="module")
def texte() -> str:
    """The annex of the grid that holds everything."""
    return _plain(annexe(parse_grille(TOUT, "tout"), LOI))


@pytest.mark.parametrize("attendu", ATTENDUS)
def test_each_mechanism_has_its_words(attendu: str, texte: str) -> None:
    assert attendu in texte


@cache
def _grilles() -> list[Grille]:
    return [parse_grille(TOUT, "tout"), parse_grille(SEUL, "seul")] + [
        parse_grille(read_grille(nom), nom) for nom in list_grilles()
    ]


@pytest.mark.parametrize("grille", _grilles(), ids=lambda g: g.id)
@pytest.mark.parametrize("loi", [LOI, None], ids=["loi", "sans loi"])
def test_nothing_of_the_grid_is_left_out(grille: Grille, loi: law.LoiAu | None) -> None:
    text = annexe(grille, loi)
    assert "annexe." not in text
    assert "None" not in text
    for systeme in grille.systemes:
        for famille in systeme.familles:
            assert safe(famille.libelle) in text
        for critere in systeme.criteres():
            assert safe(critere.libelle) in text
    for part in (
        grille.sha256,
        safe(grille.version),
        *(safe(h.motif.replace("_", " ")) for h in grille.hors_champ),
    ):
        assert part in text
    assert ("incomplète" in text) is (grille.completude == "partielle")
    assert _tables_are_square(text)


def _tables_are_square(text: str) -> bool:
    blocks = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    widths = [
        {len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()} for block in blocks
    ]
    return all(len(width) == 1 for width in widths)


def test_a_threshold_that_is_no_whole_percentage_is_not_rounded() -> None:
    text = _plain(annexe(parse_grille(read_grille("lyon"), "lyon"), LOI))
    assert "| au moins 5/13, soit environ 38,46 % | 10 |" in text


def test_the_same_grid_gives_the_same_text() -> None:
    assert annexe(parse_grille(TOUT, "tout"), LOI) == annexe(parse_grille(TOUT, "autre nom"), LOI)


def test_each_phrase_of_the_catalogue_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()
    real = Plume.dit

    def record(self: Plume, code: str, /, **valeurs: Any) -> str:
        said.add(f"annexe.{code}")
        return real(self, code, **valeurs)

    monkeypatch.setattr(Plume, "dit", record)
    for grille in _grilles():
        annexe(grille, LOI)
        annexe(grille)
    catalogue = set(re.findall(r'msgid "(annexe\.[^"]+)"', read_packaged("palier.base", "po/annexe.fr.po")))
    assert said - catalogue == set()
    assert catalogue - said == set()
