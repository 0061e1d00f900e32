"""openfisca-core: the same rules as a small tax-benefit system, one variable per criterion.

Unknown is -1 in the inputs and -128 in the points. Compared on points and
total. Arrays are given as they are (``tableaux``), or the requests as JSON
situations (``lignes``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.mesure import Empreinte, Mesure

Regle = dict[str, Any]
Lire = Callable[[str], np.ndarray]
PERIODE = "2026-11"
INCONNU = -128
DEMANDE = Entity("demande", "demandes", "Demande", "Une demande de logement social")


def variable(nom: str, calcul: Callable[[Lire], np.ndarray] | None) -> type[Variable]:
    """One variable: an input, or the result of a function of others."""
    members: dict[str, Any] = {
        "value_type": int, "entity": DEMANDE, "definition_period": DateUnit.MONTH, "label": nom,
        "default_value": -1,
    }  # fmt: skip
    if calcul is not None:
        members["formula"] = lambda demande, periode: calcul(lambda other: demande(other, periode))
    return type(nom, (Variable,), members)


def known(*arrays: np.ndarray) -> np.ndarray:
    """Tell where all answers are known."""
    return np.logical_and.reduce([a >= 0 for a in arrays])


def derives(k: dict[str, Any]) -> dict[str, Callable[[Lire], np.ndarray]]:
    """Derived values: rent, units, household, ceilings."""
    months = np.array(k["mois"], dtype=np.int32)

    def age(nom: str) -> Callable[[Lire], np.ndarray]:
        def calcul(lire: Lire) -> np.ndarray:
            day = lire(nom)
            return np.where(day > JAMAIS, months[np.maximum(day, -k["decalage"]) + k["decalage"]] // 12, -1)

        return calcul

    def net(lire: Lire) -> np.ndarray:
        rent, charges, aid = (lire(c) for c in ("loyer_cent", "charges_cent", "aide_logement_cent"))
        return np.where(known(rent, charges, aid), np.maximum(rent + charges - aid, 0), -1)

    def lone(lire: Lire) -> np.ndarray:
        couple, held = lire("en_couple"), lire("nb_a_charge")
        return np.where((couple == 1) | (held == 0), 0, np.where(known(couple, held), 1, -1))

    def young(lire: Lire) -> np.ndarray:
        couple, one, other = lire("en_couple"), lire("age"), lire("conjoint_age")
        return np.where(couple == 1, np.where(known(one, other), one + other <= 55, -1), couple)

    def category(lire: Lire) -> np.ndarray:
        n, held, couple, young_ = (lire(c) for c in ("nb_personnes", "nb_a_charge", "en_couple", "jeune"))
        cards = lire("nb_carte_invalidite")
        pair = np.where((held >= 1) & (couple == 0), 3, np.where(young_ >= 0, 2 + young_, -1))
        base = np.where(n == 2, pair, n + ((n - held == 1) & (held >= 2)))
        return np.where(known(n, held, couple, cards, base), base + (cards >= 1), -1)

    def ceiling(table: str) -> Callable[[Lire], np.ndarray]:
        values = np.array(k["plafonds"][table], dtype=np.int32)

        def calcul(lire: Lire) -> np.ndarray:
            cat, zone = lire("categorie"), lire("zone")
            has = known(cat, zone)
            return np.where(has, values[np.where(has, (cat - 1) * 3 + zone, 0)], -1)

        return calcul

    def units(lire: Lire) -> np.ndarray:
        n, small = lire("nb_personnes"), lire("nb_moins_14")
        return np.where(known(n, small), n * 5 + 5 - small * 2, -1)

    def filed(lire: Lire) -> np.ndarray:
        return months[lire("date_depot_initial") + k["decalage"]]

    def scored(lire: Lire) -> np.ndarray:
        status, renewed = lire("statut"), lire("date_renouvellement")
        closed = [k["codes"]["statut"].index(c) for c in ("radiee", "attribuee")]
        late = (renewed > JAMAIS) & (renewed < k["au_moins_12_mois"])
        undefined = (lire("ressources_mensuelles_cent") == 0) & (lire("loyer_net_cent") > 0)
        return (lire("date_depot_initial") <= k["au"]) & ~np.isin(status, closed) & ~late & ~undefined

    return {
        "age": age("naissance"), "conjoint_age": age("conjoint_naissance"), "loyer_net_cent": net,
        "parent_isole": lone, "jeune": young, "categorie": category, "uc_dixieme": units,
        "mois_attente": filed,
        "plafonds_plus": ceiling("plafonds_plus"), "plafonds_pls": ceiling("plafonds_pls"), "notee": scored,
    }  # fmt: skip


JAMAIS = -100_000  # an unknown day: before every birthday


def points(c: Regle) -> Callable[[Lire], np.ndarray]:
    """Points of one criterion, INCONNU where unknown."""
    forme, col = c["forme"], c.get("colonne", "")

    def bandes(lire: Lire) -> np.ndarray:
        income = c["num"] == "ressources_uc_annuelles_cent"
        num = lire("ressources_mensuelles_cent" if income else c["num"]).astype(np.int64)
        den = lire(c["den"]).astype(np.int64)
        has = known(num, den) & (den > 0)
        num = num * 120 if income else num
        tests = [num * q <= den * p if included else num * q < den * p for included, p, q, _ in c["bandes"]]
        return np.where(has, np.select(tests, [b[3] for b in c["bandes"]], c["reste"]), INCONNU)

    def simple(lire: Lire) -> np.ndarray:
        value = lire("mois_attente" if forme == "mois" else col)
        if forme == "mois":
            return np.minimum(value, c["plafond"])
        if forme == "cases":
            return np.where(value >= 0, np.array(c["valeurs"])[value], INCONNU)
        if forme == "fois":
            return np.where(value >= 0, np.minimum(value * c["points"], c["plafond"]), INCONNU)
        has = value > JAMAIS if forme == "jour" else value >= 0
        if forme == "bits":
            test = (value & c["masque"]) != 0
        elif forme == "vrai":
            test = value == 1
        elif forme == "codes":
            test = np.isin(value, c["places"])
        elif forme == "jour":
            test = value <= c["jour"] if c["avant"] else value > c["jour"]
        elif forme == "plafond":
            limit = lire(c["table"])
            has, test = has & (limit >= 0), value <= limit if c["sous"] else value > limit
        else:
            test = value >= c["seuil"]
        return np.where(has, np.where(test, c["points"], 0), INCONNU)

    return bandes if forme == "bandes" else simple


def family(f: Regle) -> Callable[[Lire], np.ndarray]:
    """Points of one family."""

    def calcul(lire: Lire) -> np.ndarray:
        parts = [lire(f"p_{c['id']}") for c in f["criteres"]]
        parts = [np.where(p == INCONNU, 0, p) for p in parts]
        made = np.maximum.reduce(parts) if f["maximum"] else np.add.reduce(parts)
        made = np.minimum(made, f["plafond"]) if f["plafond"] is not None else made
        return np.maximum(made, f["plancher"]) if f["plancher"] is not None else made

    return calcul


def system(k: dict[str, Any], inputs: list[str]) -> TaxBenefitSystem:
    """The tax-benefit system of the grid."""
    made = TaxBenefitSystem([DEMANDE])
    formulas: dict[str, Callable[[Lire], np.ndarray] | None] = dict.fromkeys(inputs)
    formulas |= derives(k)
    for f in k["familles"]:
        formulas |= {f"p_{c['id']}": points(c) for c in f["criteres"]} | {f"f_{f['id']}": family(f)}
    names = [f"f_{f['id']}" for f in k["familles"]]

    def total(lire: Lire) -> np.ndarray:
        summed = np.add.reduce([lire(nom) for nom in names])
        return np.where(lire("notee"), np.clip(summed, k["plancher"], k["plafond"]), INCONNU)

    def published(nom: str) -> Callable[[Lire], np.ndarray]:
        return lambda lire: np.where(lire("notee"), lire(f"p_{nom}"), INCONNU)

    formulas["total"] = total
    formulas |= {f"pts__{nom}": published(nom) for nom in k["criteres"]}
    made.add_variables(*(variable(nom, calcul) for nom, calcul in formulas.items()))
    return made


def inputs_of(brut: Path, n: int) -> dict[str, np.ndarray]:
    """Input arrays, unknown as -1 (or a very old day)."""
    found = {}
    for path in sorted(brut.glob("*.npy")):
        nom = path.stem
        if nom.endswith(".connu") or nom.startswith("verifie") or nom == "typologies":
            continue
        values = np.load(path)[:n].astype(np.int32)
        mask = brut / f"{nom}.connu.npy"
        if mask.exists():
            dated = nom in ("naissance", "conjoint_naissance", "date_renouvellement", "logement_depuis")
            values = np.where(np.load(mask)[:n], values, JAMAIS if dated else -1).astype(np.int32)
        found[nom] = values
    return found


def main() -> None:
    """Build the system, run it on arrays or on rows, digest."""
    n, mode = int(sys.argv[1]), sys.argv[2]
    brut = Path(__file__).parents[1] / "travail" / f"brut-{n}"
    k = json.loads((brut / "constantes.json").read_text())
    arrays = inputs_of(brut, n)
    made = system(k, list(arrays))
    situations: dict[str, Any] = {}
    if mode == "lignes":
        lists = {nom: values.tolist() for nom, values in arrays.items()}
        rows = {str(i): {nom: {PERIODE: lists[nom][i]} for nom in lists} for i in range(n)}
        situations = {"demandes": rows}
    wanted = [f"pts__{nom}" for nom in k["criteres"]] + ["total"]
    mesure = Mesure()
    builder = SimulationBuilder()
    if mode == "lignes":
        simulation = builder.build_from_entities(made, situations)
    else:
        simulation = builder.build_default_simulation(made, count=n)
        for nom, values in arrays.items():
            simulation.set_input(nom, PERIODE, values)
    results = {nom: simulation.calculate(nom, PERIODE) for nom in wanted}
    mesure.stop()
    digest = Empreinte(n)
    for nom in wanted:
        has = results[nom] != INCONNU
        digest.add(nom, np.where(has, results[nom], 0), None if has.all() else has)
    mesure.say(n, empreinte=None, points=digest.text(), rang=None)


if __name__ == "__main__":
    main()
