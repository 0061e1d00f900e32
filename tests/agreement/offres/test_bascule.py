"""Flipping one threshold of the rules makes a case fail.

Each mutant turns one ``<`` into ``<=`` (or back) in the source of one module, and judges
again the tables of cases. If nothing changes, no case stands on that threshold.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from palier.web.apps.offres.rules import (
    OffreSaisie,
    doublons,
    etats,
    flux,
    load_parametres,
    photos,
    publicite,
)
from palier.web.apps.offres.rules import lecture as lecture_module
from palier.web.apps.offres.rules.controles import (
    champs,
    dates,
    energie,
    lieu,
    local,
    location,
    logement,
    vente,
)
from tests.cases.offres.outils import AU, bases, change, contexte, read_cases
from tests.cases.offres.photos import PHOTOS
from tests.unit.offres.test_doublons import BASE, A, B

NEIGHBOUR: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
# Comparisons that may move without harm, and why.
INDIFFERENTS = {
    "len(possible) > 4": "how many communes a message names",
    "area < least": "only reached outside the bounds, where the two never meet",
    "len(octets) > MAX_OCTETS": "one byte of fifteen million",
    "largeur <= voulue": "on the bound, both ways give the same size",
    "hauteur <= most_tall": "idem",
    "hauteur * voulue > most_tall * largeur": "idem",
}


def flips(module: ModuleType) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Give each mutant of a module: its name, and what makes its namespace."""
    source = inspect.getsource(module)
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Compare)]
    for place, node in enumerate(nodes):
        for rank, op in enumerate(node.ops):
            if type(op) in NEIGHBOUR and ast.unparse(node) not in INDIFFERENTS:
                name = f"{module.__name__.rpartition('.')[2]}:{node.lineno} {ast.unparse(node)} [{rank}]"
                yield name, lambda place=place, rank=rank: _mutate(module, source, place, rank)  # type: ignore[misc]


def _mutate(module: ModuleType, source: str, place: int, rank: int) -> dict[str, Any]:
    tree = ast.parse(source)
    node = [n for n in ast.walk(tree) if isinstance(n, ast.Compare)][place]
    node.ops[rank] = NEIGHBOUR[type(node.ops[rank])]()
    names = {"__name__": module.__name__}
    exec(compile(tree, "mutant", "exec"), names)  # noqa: S102  # our own source, one sign changed
    return names


@cache
def offers() -> tuple[tuple[OffreSaisie, dt.date], ...]:
    """Offers of the tables of cases as the reading types them, with the day of their check."""
    lots: dict[tuple[str, dt.date], list[dict[str, Any]]] = {(nom, AU): [row] for nom, row in bases().items()}
    for nom in ("mauvaises", "bornes"):
        for cas in read_cases(nom):
            au = dt.date.fromisoformat(str(cas.get("au", AU.isoformat())))
            row = change(bases()[str(cas["base"])], cas["avec"])
            lots.setdefault((str(cas["base"]), au), []).append(row)
    found: list[tuple[OffreSaisie, dt.date]] = []
    true = lecture_module.check_offre
    try:
        for (_, au), rows in lots.items():
            lecture_module.check_offre = lambda offre, *rest, au=au: found.append((offre, au)) or []  # type: ignore[func-returns-value]
            lecture_module.read_saisies(rows, contexte(au))
    finally:
        lecture_module.check_offre = true
    return tuple(found)


def judge_offers(names: dict[str, Any]) -> object:
    check = names["check"]
    extra = (frozenset[str](),) * (len(inspect.signature(check).parameters) - 2)
    return [[tuple(a) for a in check(offre, contexte(au), *extra)] for offre, au in offers()]


def judge_feeds(names: dict[str, Any]) -> object:
    found = []
    for cas in read_cases("flux"):
        n, kept, new = (int(str(cas.get(k, "0"))) for k in ("en_ligne", "recues", "nouvelles"))
        received = {f"A-{i}" for i in range(kept)} | {f"N-{i}" for i in range(new)}
        days = {k: dt.datetime.fromisoformat(str(cas[k])) for k in ("fichier_du", "dernier_du") if k in cas}
        made = names["decide_flux"]({f"A-{i}" for i in range(n)}, received, load_parametres(), **days)
        found.append((made.suite, len(made.retirees), [p.code for p in made.problemes]))
    return found


def judge_states(names: dict[str, Any]) -> object:
    ages = [int(str(c["age"])) for c in read_cases("fraicheur")["ages"]]
    states = [names["state"](AU - dt.timedelta(days=age), AU, load_parametres()) for age in ages]
    return states, names["promise"]({6: 1, 7: 1}, load_parametres())


def judge_proofs(names: dict[str, Any]) -> object:
    found = []
    for cas in read_cases("annonces")["publicite"]:
        medias = {media: dt.date.fromisoformat(str(jour)) for media, jour in cas["medias"].items()}
        limit = dt.date.fromisoformat(str(cas["limite"])) if "limite" in cas else None
        loi = contexte(dt.date.fromisoformat(str(cas["au"]))).loi
        found.append([p.code for p in names["check_publicite"](medias, loi, limit).problemes])
    return found


def judge_doubles(names: dict[str, Any]) -> object:
    fiches = [
        names["Fiche"](i, siren, BASE.commune_code, BASE.adresse, "location", "t3", area, 2)
        for i, (siren, area) in enumerate([(A, 65), (B, 66), (B, 67)])
    ]
    return [(s.premier, s.second) for s in names["find_suspects"](fiches)]


def judge_pictures(names: dict[str, Any]) -> object:
    texts = [[a.code for a in names["check_texte"]("Mur " * 39 + "x" * n)] for n in (4, 5)]  # 160, 161
    return texts + [[a.code for a in names["check_photo"](octets)[1]] for _, octets, _, _ in PHOTOS]


JUDGES: dict[ModuleType, Callable[[dict[str, Any]], object]] = {
    **dict.fromkeys((champs, dates, energie, lieu, local, location, logement, vente), judge_offers),
    flux: judge_feeds,
    etats: judge_states,
    publicite: judge_proofs,
    doublons: judge_doubles,
    photos: judge_pictures,
}
MUTANTS = [(module, name, make) for module in JUDGES for name, make in flips(module)]


@pytest.mark.parametrize(("module", "nom", "make"), MUTANTS, ids=[m[1] for m in MUTANTS])
def test_a_flipped_threshold_is_caught(
    module: ModuleType, nom: str, make: Callable[[], dict[str, Any]]
) -> None:
    judge = JUDGES[module]
    assert judge(make()) != judge(vars(module)), f"aucun cas ne tient sur ce seuil : {nom}"


def test_every_exemption_still_stands_in_the_sources() -> None:
    found = {
        ast.unparse(n)
        for module in JUDGES
        for n in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(n, ast.Compare)
    }
    assert set(INDIFFERENTS) <= found
