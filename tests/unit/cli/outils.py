"""Run the command line in this process, and small files to give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from palier.cli import main

AU = "2026-11-24"
ENTETES = (
    "Numéro unique;Date de dépôt;Nb personnes;Ressources mensuelles;Loyer;DALO;Typologie;Commune;"
    "Renouvellement"
)
LIGNES = (
    "0670324010001G6780;12/03/2024;3;1 650,50;612,80;non;T3;67482;12/03/2026",
    "0670922010002G6780;01/09/2022;1;980,00;0;oui;T2;67447;01/09/2026",
    "0671125010003G6780;15/11/2025;4;2 310,00;745,10;non;T3;67482;15/11/2026",
)
GRILLE = """palier: grille/1
id: essai
libelle: "Grille d'essai"
territoire: "246700488"
version: {du: 2026-01-01, statut: adoptee}
deliberation: {texte: "délibération inventée", le: 2025-11-14}
completude: complete
absent: manque
systemes:
  unique:
    familles:
      publics:
        regle: somme
        criteres:
          dalo: {libelle: "Reconnu DALO", si: {dalo: reconnu}, points: 50, priorite: dalo, preuve: etat}
          mois:
            libelle: "Mois d'attente"
            par: mois
            entame: non
            depuis: date_depot_initial
            points: 1
            plafond: 48
          seul: {libelle: "Personne seule", si: {nb_personnes: 1}, points: 5}
"""
PLAI = """          plai:
            libelle: "Sous le plafond PLAI"
            si: {rfr_n2_eur: {jusqu_a: {loi: plafonds_plai, par: [categorie_menage, zone]}}}
            points: 10
"""


@dataclass(frozen=True)
class Fin:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def texte(self) -> str:
        return self.out + self.err


Palier = Callable[..., Fin]


def runner(capsys: pytest.CaptureFixture[str]) -> Palier:
    """Return a function that runs a command."""

    def run(*args: object) -> Fin:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Fin(code, out, err)

    return run


def csv(folder: Path, lignes: Sequence[str] = LIGNES, entetes: str = ENTETES, nom: str = "d.csv") -> Path:
    """Write a small CSV of requests."""
    path = folder / nom
    path.write_text("\n".join([entetes, *lignes]) + "\n", encoding="utf-8")
    return path


def grille(folder: Path, texte: str = GRILLE, nom: str = "g.yaml") -> Path:
    """Write a grid."""
    path = folder / nom
    path.write_text(texte, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
