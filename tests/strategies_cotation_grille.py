"""Hypothesis strategies: whole grids over every mechanism of the language, as YAML texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from hypothesis import event
from hypothesis import strategies as st

from palier.base.exact import parse_exact
from palier.engines.cotation.model import Grille, parse_grille
from palier.engines.cotation.model import nodes as n
from palier.tables import colonne

Doc = dict[str, Any]

BOOLEENS = (
    "handicap", "en_couple", "travailleur_essentiel", "logement_non_decent", "label_anru", "label_pdalhpd",
    "jeune_menage", "parent_isole", "suroccupe", "sous_occupe",
)  # fmt: skip
CODES = ("logement_mode", "dalo", "situation_professionnelle", "logement_type", "zone", "plafond_max_code")
ENSEMBLES = ("motifs", "publics_valides", "typologies")
CONNUS = ("dalo_date", "naissance", "localisations", "age", "motifs", "loyer_net_cent", "rfr_n2_eur")
ENTIERS = {
    "nb_personnes": (1, 8), "nb_a_charge": (0, 5), "nb_mineurs": (0, 5), "logement_surface_m2": (9, 80),
    "rfr_n2_eur": (0, 6000), "age": (17, 70), "anciennete_mois": (0, 40), "logement_mois": (0, 30),
    "sans_emploi_mois": (0, 30), "uc_dixieme": (10, 40), "categorie_menage": (1, 7),
    "surface_minimale_m2": (9, 70),
}  # fmt: skip
CENTS = ("ressources_mensuelles_cent", "loyer_cent", "loyer_net_cent")
RAPPORTS = (
    ("loyer_net_cent", "ressources_mensuelles_cent"), ("loyer_cent", "ressources_mensuelles_cent"),
    ("ressources_uc_annuelles_cent", "uc_dixieme"), ("logement_surface_m2", "logement_nb_occupants"),
    ("nb_mineurs", "nb_personnes"),
)  # fmt: skip
PARTS = ("0", "20 %", "33 %", "33,5 %", "1/3", "50 %", "70 %", "1", "3/2")
DEPUIS = ("date_depot_initial", "logement_depuis", "sans_emploi_depuis", "dalo_date")
FIGEABLES = ("age", "anciennete_mois", "logement_mois", "sans_emploi_mois")
EVENEMENTS = ("offre_refusee", "absence", "relogement", "rendez_vous_manque")
TABLES: Doc = {
    "revenus": {"par": ["nb_personnes"], "valeurs": {"1": "500", "2": "700,50", "3": "900"}},
    "surfaces": {
        "par": ["logement_type", "zone"],
        "valeurs": {t: {"idf": str(20 + i), "autres": str(25 + i)} for i, t in enumerate(("t1", "t2", "t3"))},
    },
}
_points = st.integers(-12, 30)


def _ordered(values: list[Any]) -> list[Any]:
    """Sort numbers written as people write them."""
    return sorted(values, key=lambda text: parse_exact(str(text).replace("€", "")))


@st.composite
def _bornes(draw: st.DrawFn, valeurs: st.SearchStrategy[Any]) -> Doc:
    low, high = _ordered([draw(valeurs), draw(valeurs)])
    shape = draw(st.sampled_from(("bas", "haut", "deux", "deux")))
    found: Doc = {}
    if shape != "haut":
        found[draw(st.sampled_from(("des", "plus_de")))] = low
    if shape != "bas":
        found[draw(st.sampled_from(("jusqu_a", "moins_de")))] = high
    return found


def _euros(top: int = 1500) -> st.SearchStrategy[str]:
    return st.integers(0, top * 2).map(lambda n: f"{n // 2}{',5' if n % 2 else ''} €")


def _seuils(name: str) -> st.SearchStrategy[Any]:
    if colonne(name).type == "cent":
        return _euros()
    return st.integers(*ENTIERS[name]).map(str)


def _parts(rapport: tuple[str, str]) -> st.SearchStrategy[Any]:
    if rapport[0] == "ressources_uc_annuelles_cent":
        return st.sampled_from(("6 000 €", "9 913,50 €", "12000 €"))
    if rapport[0] == "logement_surface_m2":
        return st.sampled_from(("9", "12,5", "40/3", "16"))
    return st.sampled_from(PARTS)


def _reference(draw: st.DrawFn) -> tuple[str, Doc]:
    """Return a column and a threshold read in a table."""
    loi = draw(
        st.sampled_from(("plafonds_plai", "plafonds_plus", "plafonds_pls", "surface", "revenus", "surfaces"))
    )
    event(f"seuil={loi}")
    if loi == "surface":
        return "logement_surface_m2", {"loi": "surface_minimale", "par": ["logement_nb_occupants"]}
    if loi in TABLES:
        name = "logement_surface_m2" if loi == "surfaces" else "ressources_mensuelles_cent"
        return name, {"table": loi, "par": TABLES[loi]["par"]}
    return "rfr_n2_eur", {"loi": loi, "par": ["categorie_menage", "zone"]}


@st.composite
def feuilles(draw: st.DrawFn) -> Doc:
    """Draw one elementary condition, of every kind of column and of threshold."""
    kind = draw(
        st.sampled_from(
            ("booleen", "code", "parmi", "contient", "entier", "egal", "cent", "rapport", "connu", "table")
        )
    )
    event(f"condition={kind}")
    if kind == "booleen":
        return {draw(st.sampled_from(BOOLEENS)): draw(st.sampled_from(("oui", "non")))}
    if kind in ("code", "parmi"):
        name = draw(st.sampled_from(CODES))
        codes = st.sampled_from(colonne(name).codes[:4])
        if kind == "code":
            return {name: draw(codes)}
        return {name: {"parmi": draw(st.lists(codes, min_size=1, max_size=3, unique=True))}}
    if kind == "contient":
        name = draw(st.sampled_from(ENSEMBLES))
        codes = st.sampled_from(colonne(name).codes[:7])
        return {
            name: {"contient": draw(st.one_of(codes, st.lists(codes, min_size=1, max_size=3, unique=True)))}
        }
    if kind == "connu":
        return {draw(st.sampled_from(CONNUS)): {"connu": draw(st.sampled_from(("oui", "non")))}}
    if kind == "rapport":
        rapport = draw(st.sampled_from(RAPPORTS))
        if draw(st.integers(0, 5)) == 0:
            return {"rapport": list(RAPPORTS[0]), "plus_de": {"loi": "effort_alerte"}}
        return {"rapport": list(rapport)} | draw(_bornes(_parts(rapport)))
    if kind == "table":
        name, seuil = _reference(draw)
        found: Doc = {draw(st.sampled_from(("jusqu_a", "moins_de"))): seuil}
        if draw(st.booleans()):
            found[draw(st.sampled_from(("des", "plus_de")))] = draw(_seuils(name))
        return {name: found}
    name = draw(st.sampled_from(CENTS if kind == "cent" else tuple(ENTIERS)))
    return {name: draw(_seuils(name)) if kind == "egal" else draw(_bornes(_seuils(name)))}


def _together(parts: list[Doc]) -> Doc:
    merged: Doc = {}
    for part in parts:
        if "rapport" in part or part.keys() & merged.keys():
            return {"tous": parts}
        merged |= part
    return merged


def conditions() -> st.SearchStrategy[Doc]:
    """Draw a condition, with and, or and not."""
    pair = lambda inner: st.lists(inner, min_size=2, max_size=3)  # noqa: E731
    return st.recursive(
        feuilles(),
        lambda inner: st.one_of(
            pair(inner).map(lambda parts: {"tous": parts}),
            pair(inner).map(lambda parts: {"un_de": parts}),
            inner.map(lambda part: {"non": part}),
            pair(feuilles()).map(_together),
        ),
        max_leaves=4,
    )


def _fixe(draw: st.DrawFn) -> Doc:
    return {"si": draw(conditions()), "points": draw(_points)}


def _bandes(draw: st.DrawFn) -> Doc:
    rapport = draw(st.one_of(st.none(), st.sampled_from(RAPPORTS)))
    name = draw(st.sampled_from((*ENTIERS, *CENTS))) if rapport is None else ""
    valeurs = _parts(rapport) if rapport else _seuils(name)
    source: Doc = {"rapport": list(rapport)} if rapport else {"colonne": name}
    if draw(st.booleans()):  # contiguous: each cut belongs to one side
        cuts = _ordered(draw(st.lists(valeurs, min_size=1, max_size=3, unique=True)))
        sides = [draw(st.booleans()) for _ in cuts]
        bands: list[Doc] = []
        for place in range(len(cuts) + 1):
            band: Doc = {}
            if place:
                band["des" if sides[place - 1] else "plus_de"] = cuts[place - 1]
            if place < len(cuts):
                band["moins_de" if sides[place] else "jusqu_a"] = cuts[place]
            bands.append(band)
    else:  # anything, also overlapping: the first that holds gives the points
        bands = draw(st.lists(_bornes(valeurs), min_size=1, max_size=3))
    column, seuil = _reference(draw)
    if rapport is None and column == name:
        bands.insert(0, {"moins_de": seuil})
    return source | {"bandes": [band | {"points": draw(_points)} for band in bands]}


def _lineaire(draw: st.DrawFn) -> Doc:
    found: Doc = {"entame": draw(st.sampled_from(("oui", "non"))), "points": draw(st.integers(-3, 5))}
    if draw(st.booleans()):
        unit = draw(st.sampled_from(("mois", "trimestre", "semestre", "annee")))
        found |= {"par": unit, "depuis": draw(st.sampled_from(DEPUIS))}
    else:
        name = draw(st.sampled_from((*ENTIERS, *CENTS)))
        cents = colonne(name).type == "cent"
        found |= {
            "par": draw(st.sampled_from(("50 €", "100 €") if cents else ("1", "3", "10"))),
            "colonne": name,
        }
    if draw(st.booleans()):
        found["au_dela"] = draw(st.integers(0, 24))
    return found


def _compte(draw: st.DrawFn) -> Doc:
    found: Doc = {"compte": draw(st.sampled_from(EVENEMENTS)), "points": draw(st.integers(-10, 10))}
    if draw(st.booleans()):
        found["ou"] = {"adaptee": draw(st.sampled_from(("oui", "non")))}
    if draw(st.booleans()):
        found["fenetre"] = draw(st.sampled_from(("6 mois", "24 mois", "1 an")))
    if draw(st.booleans()):
        found["a_partir_de"] = draw(st.integers(1, 3))
    if draw(st.booleans()):
        found["une_fois"] = "oui"
    return found


def _cumul(draw: st.DrawFn) -> Doc:
    kinds = draw(st.lists(st.sampled_from(EVENEMENTS), max_size=3, unique=True))
    changes = st.one_of(st.integers(-8, 8), st.just("remise_a_zero"))
    found: Doc = {
        "cumul": "mois",
        "gagne": draw(st.integers(-2, 3)),
        "evenements": {kind: draw(changes) for kind in kinds},
        "bornes": [draw(st.integers(-10, 0)), draw(st.integers(1, 30))],
    }
    if draw(st.booleans()):
        found["depuis"] = draw(st.sampled_from(DEPUIS))
    return found


_MECANISMES = {"fixe": _fixe, "bandes": _bandes, "lineaire": _lineaire, "compte": _compte, "cumul": _cumul}


def _commun(draw: st.DrawFn, found: Doc, bounds: bool, guard: bool) -> Doc:
    """Add what every criterion may carry: guard, proof, policy, caps."""
    if guard and draw(st.integers(0, 3)) == 0:
        found["si"] = draw(conditions())
        event("garde")
    if draw(st.booleans()):
        found["preuve"] = draw(st.sampled_from(n.PREUVES))
        event(f"preuve={found['preuve']}")
    if draw(st.integers(0, 5)) == 0:
        found["faits"] = draw(
            st.lists(
                st.sampled_from(("identite", "ressources", "emploi")), min_size=1, max_size=2, unique=True
            )
        )
    if draw(st.integers(0, 2)) == 0:
        found["absent"] = draw(st.sampled_from(("manque", "zero", "hors_champ")))
        event(f"absent={found['absent']}")
    if bounds and draw(st.integers(0, 4)) == 0:
        found["plafond"] = draw(st.integers(-2, 20))
    if bounds and draw(st.integers(0, 6)) == 0:
        found["plancher"] = draw(st.integers(-8, 5))
    return found


@st.composite
def criteres(draw: st.DrawFn) -> Doc:
    """Draw one criterion of any mechanism but the choice, which is a family."""
    kind = draw(st.sampled_from(tuple(_MECANISMES)))
    event(f"mecanisme={kind}")
    found = _commun(draw, _MECANISMES[kind](draw), bounds=True, guard=kind != "fixe")
    read = [found.get("colonne"), *found.get("rapport", ())]
    if kind == "fixe":
        read = list(found["si"])
    dated = kind == "lineaire" and "depuis" in found
    if (dated or any(name in FIGEABLES for name in read)) and draw(st.booleans()):
        found["fige"] = draw(st.sampled_from(("date_depot_initial", "dalo_date")))
        event("fige")
    return found


def _choix(draw: st.DrawFn) -> Doc:
    event("mecanisme=choix")
    name = draw(st.sampled_from(CODES))
    codes = draw(st.lists(st.sampled_from(colonne(name).codes[:5]), min_size=1, max_size=3, unique=True))
    found: Doc = {"regle": "choix", "colonne": name, "cases": {c: draw(_points) for c in codes}}
    return _commun(draw, found | {"autres": draw(st.integers(-3, 5))}, bounds=False, guard=True)


def _famille(draw: st.DrawFn, nom: str, depth: int) -> Doc:
    if draw(st.integers(0, 3)) == 0:
        found = _choix(draw)
    else:
        found = {"regle": draw(st.sampled_from(("somme", "maximum"))), "criteres": {}}
        for rank in range(draw(st.integers(1, 3))):
            nested = depth == 0 and draw(st.integers(0, 4)) == 0
            if nested:
                event("famille imbriquée")
            child = f"{nom}_{rank}"
            made = _famille_somme(draw, child) if nested else draw(criteres())
            found["criteres"][child] = made
    event(f"regle={found['regle']}")
    if draw(st.integers(0, 3)) == 0:
        found["plafond"] = draw(st.integers(-2, 40))
        event("plafond de famille")
    if draw(st.integers(0, 4)) == 0:
        found["plancher"] = draw(st.integers(-20, 10))
    if draw(st.integers(0, 3)) == 0:
        fois = st.sampled_from(("3/2", "2", "0,5", "1/3", "1,1"))
        found["facteur"] = [
            {"si": draw(conditions()), "fois": draw(fois)} for _ in range(draw(st.integers(1, 2)))
        ]
        event("facteur")
    return found


def _famille_somme(draw: st.DrawFn, nom: str) -> Doc:
    made = _famille(draw, nom, 1)
    while "criteres" not in made:
        made = {"regle": "somme", "criteres": {f"{nom}_seul": draw(criteres())}}
    return made


def _systeme(draw: st.DrawFn, prefixe: str) -> Doc:
    names = [f"{prefixe}{rank}" for rank in range(draw(st.integers(1, 3)))]
    found: Doc = {"familles": {nom: _famille(draw, nom, 0) for nom in names}}
    if draw(st.integers(0, 2)) == 0:
        classes = [{"id": f"k{rank}", "si": draw(conditions())} for rank in range(draw(st.integers(1, 2)))]
        found["classes"] = classes + ([{"id": "autres"}] if draw(st.booleans()) else [])
        event("classes")
    if draw(st.integers(0, 3)) == 0:
        found["force"] = [
            {"id": f"f{rank}", "si": draw(conditions()), "total": draw(st.integers(-20, 300))}
            for rank in range(draw(st.integers(1, 2)))
        ]
        event("force")
    return found


@st.composite
def documents(draw: st.DrawFn) -> Doc:
    """Draw a grid as plain data, every scalar a text."""
    found: Doc = {
        "palier": "grille/1", "id": "essai", "version": {"du": "2026-01-01"}, "completude": "complete",
        "absent": draw(st.sampled_from(("manque", "manque", "zero", "hors_champ"))), "tables": TABLES,
    }  # fmt: skip
    territoire = draw(st.sampled_from((None, None, "246700488", "75056", "67482", "communes")))
    if territoire == "communes":
        found["communes"] = draw(st.sampled_from((["67482", "67218"], ["75056"])))
    elif territoire:
        found["territoire"] = territoire
    total = {"arrondi": draw(st.sampled_from(("demi_haut", "inferieur", "superieur")))}
    if draw(st.integers(0, 2)) == 0:
        total["plafond"] = draw(st.integers(0, 60))
    if draw(st.integers(0, 2)) == 0:
        total["plancher"] = draw(st.integers(-30, 5))
    found["total"] = total
    if draw(st.integers(0, 3)) == 0:
        found["hors_champ"] = [
            {"si": draw(conditions()), "motif": f"m{r}"} for r in range(draw(st.integers(1, 2)))
        ]
        event("hors champ")
    primo = _systeme(draw, "p")
    found["systemes"] = {"primo": primo}
    second = draw(st.sampled_from(("aucun", "aucun", "comme", "autre")))
    event(f"second système={second}")
    if second == "comme":
        mutation: Doc = {"si": draw(conditions()), "comme": "primo"}
        if len(primo["familles"]) > 1:
            mutation["sans"] = [next(iter(primo["familles"]))]
        found["systemes"]["mutation"] = mutation
    elif second == "autre":
        own = {"si": draw(conditions())} | _systeme(draw, draw(st.sampled_from(("p", "q"))))
        both = [("mutation", own), ("primo", primo)]
        found["systemes"] = dict(both if draw(st.booleans()) else both[::-1])
    return found


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _texts(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _texts(value) for key, value in node.items()}
    return [_texts(item) for item in node] if isinstance(node, list) else str(node)


def ecrire(document: Doc) -> str:
    """Write a document as YAML text."""
    return yaml.dump(_texts(document), Dumper=_Plain, allow_unicode=True, sort_keys=False)


def grilles() -> st.SearchStrategy[Grille]:
    """Draw whole grids, read from their text."""
    return documents().map(lambda document: parse_grille(ecrire(document), "essai.yaml"))
