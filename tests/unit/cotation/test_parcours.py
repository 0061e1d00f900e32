"""The tables that a rule names are found without looking at all its nodes."""

from __future__ import annotations

import pytest

from palier.engines.cotation.catalogue import list_grilles, read_grille
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.model.nodes import (
    Borne,
    Contient,
    Critere,
    Dans,
    Et,
    Fixe,
    Mesure,
    Non,
    Ou,
    RefTable,
)
from palier.engines.cotation.model.parcours import nodes_of, tables_of

SEUIL = RefTable("seuils", ("zone",), loi=False)
AUTRE = RefTable("plafonds_plus", ("categorie_menage", "zone"), loi=True)


def dans(table: RefTable) -> Dans:
    return Dans(Mesure("rfr_n2_eur"), (Borne("jusqu_a", table),))


@pytest.mark.parametrize("nom", list_grilles())
def test_the_tables_of_the_shipped_grids(nom: str) -> None:
    grille = parse_grille(read_grille(nom), nom)
    for critere in (c for s in grille.systemes for c in s.criteres()):
        assert list(dict.fromkeys(nodes_of(critere, RefTable))) == [
            table for table in tables_of(critere) if table in nodes_of(critere, RefTable)
        ]


def test_the_tables_of_nested_conditions_and_of_guards() -> None:
    nested = Et((Contient("motifs", ("expulsion",)), Non(Ou((dans(SEUIL), dans(AUTRE))))))
    assert tables_of(nested) == (SEUIL, AUTRE)
    guarded = Critere("c", "C", Fixe(dans(AUTRE), 5), "manque", garde=nested)
    assert tables_of(guarded) == (AUTRE, SEUIL)
    assert tables_of(Contient("motifs", ("expulsion",))) == ()
