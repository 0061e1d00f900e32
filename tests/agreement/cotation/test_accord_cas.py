"""Compiled = expected on every case of the language: the reference is judged on the same ones."""

from __future__ import annotations

import pytest

from palier.base.periods import parse_date
from tests.agreement.cotation.test_accord import compiled
from tests.strategies_cotation import AU, Cas, Doc
from tests.unit.cotation.outils_reference import demande, evenements, lire_cas, noter

CASES = [*lire_cas("semantique.yaml"), *lire_cas("etats.yaml")]
NUMERO = "067102300000000001"


@pytest.mark.parametrize("cas", CASES, ids=[cas["nom"] for cas in CASES])
def test_compiled_gives_what_the_reference_gives(cas: Doc) -> None:
    regle, ligne = noter(cas)
    row = {"numero_unique": NUMERO} | demande(cas["demande"])
    events = evenements(cas.get("evenements"))
    au = parse_date(cas.get("au", AU.isoformat()))
    known = None if events is None else {NUMERO: [{"numero_unique": NUMERO} | e for e in events]}
    result = compiled(Cas(regle.grille, au, [row], known))
    line = result.table.to_dicts()[0]
    for nom in ("etat", "motif_etat", "systeme", "classe", "total", "total_verifie"):
        assert line[nom] == getattr(ligne, nom), nom
    assert {nom: line[f"pts__{nom}"] for nom in ligne.points} == dict(ligne.points)
    assert sorted(result.manque_of(line["manque"])) == list(ligne.manque)
