"""zen-engine (GoRules): the same rules as a JSON decision model, one request at a time or in batch.

Two nodes of expressions: derived values and points, then families and total.
Compared on points and total: the model has no verified score nor mask of
missing answers, which is less work than the others do. Rows are made before
the clock starts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import zen

from bench.mesure import Empreinte, Mesure

Regle = dict[str, Any]
LOT = 10_000


def known(*names: str) -> str:
    """Expression: all these answers are known."""
    return " and ".join(f"{nom} != null" for nom in names)


def points(c: Regle, k: dict[str, Any]) -> str:
    """Expression of the points of a criterion, null where unknown."""
    forme, col = c["forme"], c.get("colonne")
    if forme == "bandes":
        num, den = (f"$.{n}" if n in DERIVES else n for n in (c["num"], c["den"]))
        chain = str(c["reste"])
        for included, p, q, value in reversed(c["bandes"]):
            chain = f"({num} * {q} {'<=' if included else '<'} {den} * {p} ? {value} : {chain})"
        return f"{known(num, den)} and {den} > 0 ? {chain} : null"
    if forme == "cases":
        chain = "0"
        for code, value in zip(k["codes"][col], c["valeurs"], strict=True):
            if value:
                chain = f"({col} == '{code}' ? {value} : {chain})"
        return f"{col} != null ? {chain} : null"
    if forme == "mois":
        return f"anciennete_mois > {c['plafond']} ? {c['plafond']} : anciennete_mois"
    if forme == "fois":
        top = c["plafond"]
        return f"{col} != null ? ({col} * {c['points']} > {top} ? {top} : {col} * {c['points']}) : null"
    if forme == "plafond":
        test = f"rfr_n2_eur {'<=' if c['sous'] else '>'} $.{c['table']}"
        return f"{known('rfr_n2_eur', '$.' + c['table'])} ? ({test} ? {c['points']} : 0) : null"
    if col == "parent_isole":
        return f"$.parent_isole != null ? ($.parent_isole ? {c['points']} : 0) : null"
    if forme == "bits":
        test = " or ".join(f"'{code}' in {col}" for code in codes_of(c["masque"], k["codes"][col]))
    elif forme == "vrai":
        test = str(col)
    elif forme == "codes":
        test = " or ".join(f"{col} == '{code}'" for code in c["codes"])
    elif forme == "jour":
        test = f"{col} {'<=' if c['avant'] else '>'} {c['jour']}"
    else:
        test = f"{col} >= {c['seuil']}"
    return f"{col} != null ? ({test} ? {c['points']} : 0) : null"


DERIVES = {
    "loyer_net_cent": f"{known('loyer_cent', 'charges_cent', 'aide_logement_cent')} ? (loyer_cent +"
    " charges_cent - aide_logement_cent > 0 ? loyer_cent + charges_cent - aide_logement_cent : 0) : null",
    "ressources_uc_annuelles_cent": "ressources_mensuelles_cent != null ? ressources_mensuelles_cent * 120"
    " : null",
    "uc_dixieme": f"{known('nb_personnes', 'nb_moins_14')} ? nb_personnes * 5 + 5 - nb_moins_14 * 2 : null",
    "parent_isole": "en_couple == true ? false : nb_a_charge == 0 ? false : "
    f"{known('en_couple', 'nb_a_charge')} ? true : null",
    "jeune": "en_couple == null ? null : en_couple == false ? false : "
    f"{known('age', 'conjoint_age')} ? age + conjoint_age <= 55 : null",
    "base": "nb_personnes != 2 ? (nb_personnes - nb_a_charge == 1 and nb_a_charge >= 2 ? nb_personnes + 1"
    " : nb_personnes) : nb_a_charge >= 1 and en_couple == false ? 3 : $.jeune == null ? null"
    " : $.jeune ? 3 : 2",
    "categorie": f"{known('nb_personnes', 'nb_a_charge', 'en_couple', 'nb_carte_invalidite', '$.base')}"
    " ? $.base + (nb_carte_invalidite >= 1 ? 1 : 0) : null",
}


def codes_of(mask: int, codes: list[str]) -> list[str]:
    """Codes whose bits are set."""
    return [code for place, code in enumerate(codes) if mask >> place & 1]


def model(k: dict[str, Any]) -> dict[str, Any]:
    """The decision model as JSON."""
    for table in ("plafonds_plus", "plafonds_pls"):
        values = json.dumps(k["plafonds"][table])
        DERIVES[table] = f"{known('$.categorie', 'zone')} ? {values}[($.categorie - 1) * 3 + zone] : null"
    first = dict(DERIVES)
    for f in k["familles"]:
        for c in f["criteres"]:
            first[f"p_{c['id']}"] = points(c, k)
    first["ok"] = (
        f"date_depot_initial <= {k['au']} and statut != 'radiee' and statut != 'attribuee'"
        f" and (date_renouvellement == null or date_renouvellement >= {k['au_moins_12_mois']})"
        " and not (ressources_mensuelles_cent == 0 and $.loyer_net_cent != null and $.loyer_net_cent > 0)"
    )
    second, total = {}, []
    for f in k["familles"]:
        parts = [f"(p_{c['id']} ?? 0)" for c in f["criteres"]]
        made = f"max([{', '.join(parts)}])" if f["maximum"] else " + ".join(parts)
        made = f"min([{made}, {f['plafond']}])" if f["plafond"] is not None else made
        second[f"f_{f['id']}"] = f"max([{made}, {f['plancher']}])" if f["plancher"] is not None else made
        total.append(f"$.f_{f['id']}")
    bounded = f"min([max([{' + '.join(total)}, {k['plancher']}]), {k['plafond']}])"
    second["total"] = f"ok ? {bounded} : null"
    for nom in k["criteres"]:
        second[f"pts__{nom}"] = f"ok ? p_{nom} : null"

    def node(place: int, made: dict[str, str]) -> dict[str, Any]:
        items = [
            {"id": f"{place}-{i}", "key": key, "value": value} for i, (key, value) in enumerate(made.items())
        ]
        content = {
            "expressions": items,
            "passThrough": False,
            "inputField": None,
            "outputPath": None,
            "executionMode": "single",
        }
        return {"id": f"n{place}", "type": "expressionNode", "name": f"etape{place}", "content": content}

    nodes = [
        {"id": "entree", "type": "inputNode", "name": "demande"}, node(1, first), node(2, second),
        {"id": "sortie", "type": "outputNode", "name": "note"},
    ]  # fmt: skip
    ends = [("entree", "n1"), ("n1", "n2"), ("n2", "sortie")]
    edges = [{"id": f"e{i}", "sourceId": a, "targetId": b, "type": "edge"} for i, (a, b) in enumerate(ends)]
    return {"nodes": nodes, "edges": edges}


def rows(brut: Path, k: dict[str, Any], n: int) -> list[dict[str, Any]]:
    """Requests as plain rows: codes as words, sets as lists, dates as days, ages and months known."""
    months = np.array(k["mois"])
    columns: dict[str, list[Any]] = {}
    for path in sorted(brut.glob("*.npy")):
        nom = path.stem
        if nom.endswith(".connu") or nom.startswith("verifie"):
            continue
        values = np.load(path)[:n]
        mask_path = brut / f"{nom}.connu.npy"
        has = np.load(mask_path)[:n].astype(bool) if mask_path.exists() else np.ones(n, dtype=bool)
        if nom in ("naissance", "conjoint_naissance"):
            ages = months[np.where(has, values, 0) + k["decalage"]] // 12
            columns["age" if nom == "naissance" else "conjoint_age"] = [
                int(a) if h else None for a, h in zip(ages, has, strict=True)
            ]
        if nom == "date_depot_initial":
            columns["anciennete_mois"] = [int(m) for m in months[values + k["decalage"]]]
        codes = k["codes"].get(nom, [])
        items = values.tolist()
        if nom in ("motifs", "publics_valides"):
            items = [codes_of(v, codes) for v in items]
        elif codes and nom != "zone":
            items = [codes[v] for v in items]
        elif nom in FLAGS:
            items = [bool(v) for v in items]
        columns[nom] = [v if h else None for v, h in zip(items, has, strict=True)]
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


FLAGS = (
    "en_couple handicap travailleur_essentiel logement_non_decent ascenseur label_pdalhpd "
    "label_accord_collectif label_sortant_hebergement vit_sur_territoire travaille_sur_territoire"
).split()


def main() -> None:
    """Build the model and the rows, run, digest."""
    n, mode = int(sys.argv[1]), sys.argv[2]
    brut = Path(__file__).parents[1] / "travail" / f"brut-{n}"
    k = json.loads((brut / "constantes.json").read_text())
    demandes = rows(brut, k, n)
    content = json.dumps(model(k))
    mesure = Mesure()
    results: list[dict[str, Any]] = []
    if mode == "un":
        decision = zen.ZenEngine().create_decision(content)
        results = [decision.evaluate(row)["result"] for row in demandes]
    else:
        engine = zen.ZenEngine({"loader": {"type": "static", "content": {"grille": json.loads(content)}}})
        for start in range(0, n, LOT):
            batch = [{"key": "grille", "context": row} for row in demandes[start : start + LOT]]
            results += [done["data"]["result"] for done in engine.evaluate_batch(batch)]
    mesure.stop()
    made = Empreinte(n)
    for nom in [f"pts__{c}" for c in k["criteres"]] + ["total"]:
        values = [r.get(nom) for r in results]
        has = np.array([v is not None for v in values])
        made.add(nom, np.array([0 if v is None else int(v) for v in values]), None if has.all() else has)
    mesure.say(n, empreinte=None, points=made.text(), rang=None)


if __name__ == "__main__":
    main()
