"""Hypothesis strategies: requests and events, on and around the thresholds of a grid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import event
from hypothesis import strategies as st

from palier.base.periods import add_months
from palier.engines.cotation.model import Grille
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.model.parcours import walk
from palier.tables import colonne
from tests.strategies_cotation_grille import ENSEMBLES, EVENEMENTS, Doc
from tests.strategies_cotation_loi import AU

_BASE_ENTIERS = {
    "nb_personnes": (1, 9), "nb_a_charge": (0, 6), "nb_mineurs": (0, 6), "nb_moins_14": (0, 4),
    "nb_carte_invalidite": (0, 2), "rfr_n2_eur": (0, 6500), "logement_surface_m2": (5, 90),
    "logement_nb_occupants": (1, 10), "ressources_mensuelles_cent": (0, 200_000), "loyer_cent": (0, 150_000),
    "charges_cent": (0, 20_000), "aide_logement_cent": (0, 50_000),
}  # fmt: skip
_BASE_BOOLEENS = (
    "en_couple",
    "handicap",
    "travailleur_essentiel",
    "logement_non_decent",
    "label_anru",
    "label_pdalhpd",
)
_BASE_CODES = ("logement_mode", "dalo", "situation_professionnelle", "logement_type", "zone")
_DATES = {
    "naissance": "age", "conjoint_naissance": "age", "logement_depuis": "logement_mois",
    "sans_emploi_depuis": "sans_emploi_mois", "dalo_date": "anciennete_mois",
}  # fmt: skip
_VERIFIES = ("verifie_piece", "verifie_social", "verifie_etat")
_COMMUNES = ("67482", "67218", "75056", "75101", "69123")


@dataclass(frozen=True)
class Seuils:
    """Thresholds of a grid: of each column, and of each ratio."""

    colonnes: Mapping[str, tuple[Fraction, ...]]
    rapports: tuple[tuple[str, str, Fraction], ...]


def seuils(grille: Grille) -> Seuils:
    """Collect the thresholds written in a grid, those of tables apart."""
    found: dict[str, list[Fraction]] = {}
    rapports: list[tuple[str, str, Fraction]] = []

    def add(source: n.Source, bornes: tuple[n.Borne, ...]) -> None:
        for borne in bornes:
            if isinstance(borne.valeur, Fraction):
                if isinstance(source, n.Mesure):
                    found.setdefault(source.colonne, []).append(borne.valeur)
                else:
                    rapports.append((source.numerateur, source.denominateur, borne.valeur))

    for node in walk(grille):
        if isinstance(node, n.Dans):
            add(node.source, node.bornes)
        elif isinstance(node, n.Bandes):
            for bande in node.bandes:
                add(node.source, bande.bornes)
        elif isinstance(node, n.Lineaire) and node.colonne:
            found.setdefault(node.colonne, []).extend(Fraction(node.au_dela + node.pas * k) for k in range(4))
        elif isinstance(node, n.Lineaire) and node.depuis:
            found.setdefault("anciennete_mois", []).extend(
                Fraction(node.au_dela + node.mois * k) for k in range(4)
            )
        elif isinstance(node, n.TableLocale):
            name = "ressources_mensuelles_cent" if node.id == "revenus" else "logement_surface_m2"
            fois = 100 if node.id == "revenus" else 1
            found.setdefault(name, []).extend(fois * value for _, value in node.valeurs)
    found.setdefault("rfr_n2_eur", []).extend(
        Fraction(b + 700 * c) for b in (1000, 2000, 3000) for c in (1, 2, 3)
    )
    return Seuils({name: tuple(values) for name, values in found.items()}, tuple(rapports))


def _near_threshold(draw: st.DrawFn, values: tuple[Fraction, ...], low: int, high: int) -> int:
    if values and draw(st.booleans()):
        value = draw(st.sampled_from(values))
        return min(
            max(value.numerator // value.denominator + draw(st.sampled_from((0, 0, 0, 1, -1))), low), high
        )
    return draw(st.integers(low, high))


def _date(draw: st.DrawFn, pool: tuple[Fraction, ...], au: dt.date, years: bool) -> dt.date:
    months = (
        draw(st.sampled_from([int(v) * (12 if years else 1) for v in pool]))
        if pool and draw(st.booleans())
        else None
    )
    if months is None:
        months = draw(st.integers(17 * 12, 70 * 12) if years else st.integers(-1, 40))
    return add_months(au, -months) + dt.timedelta(days=draw(st.sampled_from((0, 0, 0, 1, -1, 12))))


def _on_a_ratio(draw: st.DrawFn, row: Doc, found: Seuils) -> None:
    """Put the row exactly on, just under or just over one threshold of a ratio."""
    haut, bas, part = draw(st.sampled_from(found.rapports))
    step = draw(st.sampled_from((0, 0, 0, 1, -1)))
    if haut == "ressources_uc_annuelles_cent":
        people, young = row.get("nb_personnes"), row.get("nb_moins_14")
        if people is None or young is None:
            return
        row["ressources_mensuelles_cent"] = max(
            int(part * (10 + 5 * (people - 1 - young) + 3 * young) / 120) + step, 0
        )
        return
    times = draw(st.integers(1, 40)) * (100 if bas.endswith("_cent") else 1)
    bottom = part.denominator * times if bas.endswith("_cent") else min(part.denominator * times, 9)
    top = max(int(part * bottom) + step, 0)
    row[bas] = bottom
    if haut == "loyer_net_cent":
        row |= {"loyer_cent": top + 300, "charges_cent": 200, "aide_logement_cent": 500}
    else:
        row[haut] = top
    event("rapport au seuil" if step == 0 else "rapport à côté du seuil")


def _household(draw: st.DrawFn, found: Seuils) -> Doc:
    row: Doc = {}
    for name, (low, high) in _BASE_ENTIERS.items():
        pool = found.colonnes.get(name, ())
        if name == "loyer_cent":
            pool += found.colonnes.get("loyer_net_cent", ())
        row[name] = _near_threshold(draw, pool, low, high)
    if draw(st.booleans()):
        row["charges_cent"] = row["aide_logement_cent"]
    if draw(st.integers(0, 3)):  # mostly coherent
        row["nb_a_charge"] = min(row["nb_a_charge"], row["nb_personnes"] - 1)
        row["nb_moins_14"] = min(row["nb_moins_14"], row["nb_personnes"] - 1)
    if draw(st.integers(0, 9)) == 0:
        row["ressources_mensuelles_cent"] = 0
    return row


def _some(name: str, codes: tuple[str, ...], most: int) -> st.SearchStrategy[int]:
    return st.lists(st.sampled_from(codes), max_size=most, unique=True).map(colonne(name).mask)


def _answers(draw: st.DrawFn) -> Doc:
    row: Doc = {name: draw(st.booleans()) for name in _BASE_BOOLEENS}
    for name in _BASE_CODES:
        row[name] = draw(st.sampled_from(colonne(name).codes[:5]))
    for name in ENSEMBLES:
        row[name] = draw(_some(name, colonne(name).codes[:7], 3))
    for name in _VERIFIES:
        codes = colonne(name).codes
        row[name] = draw(st.one_of(st.sampled_from((0, (1 << len(codes)) - 1)), _some(name, codes, 8)))
    row["localisations"] = ["67482", "75101"]  # inside every territory that grids draw
    if draw(st.integers(0, 5)) == 0:
        row["localisations"] = draw(st.lists(st.sampled_from(_COMMUNES), max_size=2, unique=True))
    return row


@st.composite
def lignes(draw: st.DrawFn, grille: Grille, au: dt.date = AU, sans: frozenset[str] = frozenset()) -> Doc:
    """Draw one row of ``demandes``: values on thresholds, unknown answers, absent columns."""
    found = seuils(grille)
    row: Doc = {"date_depot_initial": _date(draw, found.colonnes.get("anciennete_mois", ()), au, years=False)}
    for name, derived in _DATES.items():
        row[name] = _date(draw, found.colonnes.get(derived, ()), au, years=derived == "age")
    row |= _household(draw, found) | _answers(draw)
    if draw(st.integers(0, 3)):
        row["date_renouvellement"] = add_months(au, -12) + dt.timedelta(days=draw(st.integers(-1, 30)))
    if draw(st.integers(0, 7)) == 0:
        row["statut"] = draw(st.sampled_from(colonne("statut").codes))
    if found.rapports and draw(st.booleans()):
        _on_a_ratio(draw, row, found)
    unknown = st.lists(st.sampled_from(sorted(row.keys() - {"date_depot_initial"})), max_size=6, unique=True)
    row |= dict.fromkeys(draw(st.one_of(st.just([]), unknown)))
    return {name: value for name, value in row.items() if name not in sans}


def demandes(grille: Grille, au: dt.date = AU) -> st.SearchStrategy[Doc]:
    """Draw one row of ``demandes`` alone, some columns absent."""
    return absentes().flatmap(lambda absent: lignes(grille, au, absent))


def absentes() -> st.SearchStrategy[frozenset[str]]:
    names = sorted(
        {*_BASE_ENTIERS, *_BASE_BOOLEENS, *_BASE_CODES, *ENSEMBLES, *_DATES, *_VERIFIES, "localisations"}
    )
    some = st.lists(st.sampled_from(names), max_size=4, unique=True)
    return st.one_of(st.just([]), st.just([]), some).map(frozenset)


@st.composite
def evenements(draw: st.DrawFn, au: dt.date = AU, depots: tuple[dt.date, ...] = ()) -> list[Doc]:
    """Draw the events of one request: ends of windows, several in a month, some to come."""
    starts = st.sampled_from((au, *depots))
    found = []
    for _ in range(draw(st.integers(0, 5))):
        day = add_months(draw(starts), -draw(st.sampled_from((0, 0, 1, 2, 3, 6, 12, 24, -1, -2))))
        found.append(
            {
                "evenement_date": day + dt.timedelta(days=draw(st.sampled_from((0, 0, 1, -1, 5, 15)))),
                "evenement_type": draw(st.sampled_from(EVENEMENTS)),
                "adaptee": draw(st.sampled_from((None, True, False))),
            }
        )
    return found
