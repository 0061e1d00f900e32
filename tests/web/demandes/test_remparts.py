"""Who may open a perimeter, and by which road: read in the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = "web"
#: The modules that see a whole territory, and why.
TERRITOIRE = {
    "apps/demandes/operations/chargement.py": "a file of a territory is loaded",
    "apps/demandes/operations/vie.py": "deadlines pass for a whole territory",
    "apps/cotation/operations/calcul.py": "a whole territory is scored",
    "apps/attributions/operations/candidats.py": "candidates are searched, and counted, among all requests",
    "apps/attributions/operations/liberation.py": "an access is kept while any landlord needs it",
    "apps/attributions/operations/rappels.py": "reminders of a whole territory are prepared, by the clock",
    "apps/attributions/queries/agregats.py": "a territory is counted for its EPCI, small groups hidden",
    "apps/attributions/queries/objectifs.py": "the first quartile is that of all the requests; counted only",
    "apps/attributions/queries/recherche.py": "candidates are searched; shown without name, number cut",
    "apps/attributions/queries/reservataire.py": "under a delegation, the landlord's search",
    "apps/demandes/operations/conservation.py": "closed requests are erased, by the clock",
    "apps/demandes/operations/doublons.py": "a number joined elsewhere is looked for",
    "apps/demandes/operations/separation.py": "the number of the second request must be free",
    "apps/demandes/queries/pieces.py": "facts that the grid of the territory reads",
    "apps/espace/queries/points.py": "a position is counted in the whole queue",
    "apps/public/operations/bilans.py": "half-years are counted, small groups hidden",
    "apps/public/operations/calcul.py": "queues and waits are counted, small groups hidden",
    "apps/attributions/operations/baux.py": "a lease ends the candidacies of the household with any landlord",
}


def _modules(sources: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((sources / WEB).rglob("*.py")):
        yield str(path.relative_to(sources / WEB)), path.read_text(encoding="utf-8")


def test_un_territoire_entier_ne_se_voit_que_de_quelques_operations(sources: Path) -> None:
    found = {name for name, text in _modules(sources) if re.search(r"\bperimetre\([^)]*territoire=", text)}
    assert found == set(TERRITOIRE)


def test_une_seule_enveloppe_pose_le_perimetre(sources: Path) -> None:
    setting = re.compile(r"set_config|SET LOCAL|palier\.(organismes|territoire|lecteur)['\"]", re.IGNORECASE)
    assert [name for name, text in _modules(sources) if setting.search(text)] == ["postgres/perimetre.py"]


def test_les_vues_lisent_les_demandes_par_perimetre(sources: Path) -> None:
    """In views, pages and desks a request is reached by ``pour`` and by nothing else."""
    wrong = [
        f"{name} : {line.strip()}"
        for name, text in _modules(sources)
        if re.search(r"apps/\w+/(views|api|bureau|section|presentation)", name)
        for line in text.splitlines()
        if re.search(r"\b(Demande|Argent|Sensible|Piece|Score|Place)\.objects\b(?!\.pour\()", line)
    ]
    assert wrong == []


def test_nulle_part_toutes_les_demandes(sources: Path) -> None:
    wrong = [name for name, text in _modules(sources) if re.search(r"\bDemande\.objects\.all\(", text)]
    assert wrong == []


@pytest.mark.parametrize("mot", ["bypassrls", "row_security", "security definer"])
def test_rien_dans_les_sources_ne_leve_les_regles(sources: Path, mot: str) -> None:
    found = [name for name, text in _modules(sources) if mot in text.lower()]
    # the role is made without it, its absence is checked, and the owner's is asked for in words
    allowed = {"bypassrls": ["exploitation/verification.py", "postgres/embarque.py", "postgres/roles.py"]}
    assert found == allowed.get(mot, [])
