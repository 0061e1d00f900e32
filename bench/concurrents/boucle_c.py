"""A plain C loop over raw arrays: how far everyone is from the machine."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.manques import reads
from bench.mesure import Empreinte, Mesure

Regle = dict[str, Any]
ICI = Path(__file__).parent
TYPES = {
    "i1": "int8_t",
    "u1": "uint8_t",
    "i2": "int16_t",
    "i4": "int32_t",
    "u4": "uint32_t",
    "i8": "int64_t",
    "u8": "uint64_t",
}
DERIVES = {"loyer_net_cent": ("net", "net_k"), "uc_dixieme": ("uc", "uc_k"),
           "ressources_uc_annuelles_cent": ("annuel", "k_ressources_mensuelles_cent")}  # fmt: skip


def critere(c: Regle) -> tuple[str, str]:
    """C of the points of a criterion and of its being known."""
    forme, col = c["forme"], c.get("colonne")
    if forme == "bandes":
        (num, num_k), (den, den_k) = (DERIVES.get(c[n], (f"v_{c[n]}", f"k_{c[n]}")) for n in ("num", "den"))
        chain = str(c["reste"])
        for included, p, q, value in reversed(c["bandes"]):
            test = f"(int64_t){num} * {q} {'<=' if included else '<'} (int64_t){den} * {p}"
            chain = f"({test}) ? {value} : ({chain})"
        return chain, f"{num_k} & {den_k} & ({den} > 0)"
    if forme == "cases":
        return f"((const int8_t[]){{{', '.join(map(str, c['valeurs']))}}})[v_{col}]", f"k_{col}"
    if forme == "mois":
        return f"mois[v_{col} + DECALAGE]", "1"
    if forme == "fois":
        return f"MIN({c['plafond']}, v_{col} * {c['points']})", f"k_{col}"
    known = f"k_{col}"
    if forme == "bits":
        test = f"(v_{col} & {c['masque']}u) != 0"
    elif forme == "vrai":
        test, known = ("isole", "k_isole") if col == "parent_isole" else (f"v_{col}", known)
    elif forme == "codes":
        test = " | ".join(f"(v_{col} == {place})" for place in c["places"])
    elif forme == "jour":
        test = f"v_{col} {'<=' if c['avant'] else '>'} {c['jour']}"
    elif forme == "plafond":
        table = "plus" if c["table"] == "plafonds_plus" else "pls"
        test, known = f"v_{col} {'<=' if c['sous'] else '>'} {table}[place]", "plafond_k"
    else:
        test = f"v_{col} >= {c['seuil']}"
    return f"({test}) ? {c['points']} : 0", known


def header(k: dict[str, Any], names: list[str], arrays: dict[str, np.ndarray]) -> str:
    """Macros of columns, criteria, totals and missing answers."""
    lines = [
        f"#define DECALAGE {k['decalage']}",
        f"#define AU {k['au']}",
        f"#define AU_12 {k['au_moins_12_mois']}",
    ]
    for code in ("radiee", "attribuee"):
        lines.append(f"#define {code.upper()} {k['codes']['statut'].index(code)}")
    pointers, local, made = [], [], []
    for place, nom in enumerate(names):
        kind = TYPES[arrays[nom].dtype.str[1:]]
        pointers.append(f"const {kind} *restrict a_{nom} = (const {kind} *)v[{place}] + debut;")
        pointers.append(f"const uint8_t *restrict b_{nom} = connu[{place}] + debut;")
        lines += [f"#define v_{nom} (a_{nom}[j])", f"#define k_{nom} (b_{nom}[j])"]
    for place, c in enumerate([c for f in k["familles"] for c in f["criteres"]]):
        value, known = critere(c)
        nom = c["id"]
        local.append(f"static int8_t p_{nom}[BLOC], q_{nom}[BLOC];")
        pointers.append(f"int8_t *restrict o_{nom} = pts[{place}] + debut;")
        made.append(f"BOUCLE q_{nom}[j] = {known};")
        made.append(f"BOUCLE {{ const int8_t p = {value}; p_{nom}[j] = q_{nom}[j] ? p : 0; }}")
        made.append(f"BOUCLE o_{nom}[j] = (ok & q_{nom}[j]) ? p_{nom}[j] : INCONNU;")
    local += [f"static int16_t f_{f['id']}[BLOC];" for f in k["familles"]]
    for nom, statements in (
        ("LOCALES", local), ("POINTEURS", pointers), ("CRITERES", made),
        ("FAMILLES", totals(k, "tv", True) + totals(k, "t", False)), ("MANQUES", missing(k)),
    ):  # fmt: skip
        lines.append(f"#define {nom} " + " ".join(statements))
    return "\n".join(lines) + "\n"


def totals(k: dict[str, Any], nom: str, checked: bool) -> list[str]:
    """C of one total: families one after the other."""
    lines = [f"BOUCLE {nom}[j] = 0;"]
    for f in k["familles"]:
        made = f"f_{f['id']}[j]"
        lines.append(f"BOUCLE {made} = 0;")
        for c in f["criteres"]:
            value = f"p_{c['id']}[j]"
            if checked and c["niveau"]:
                proofs = " & ".join(f"((v_{c['niveau']} & {m}ull) != 0)" for m in c["preuves"])
                value = f"((k_{c['niveau']} & {proofs}) ? {value} : 0)"
            lines.append(
                f"BOUCLE {made} = MAX({made}, {value});" if f["maximum"] else f"BOUCLE {made} += {value};"
            )
        if f["plafond"] is not None:
            lines.append(f"BOUCLE {made} = MIN({made}, {f['plafond']});")
        if f["plancher"] is not None:
            lines.append(f"BOUCLE {made} = MAX({made}, {f['plancher']});")
        lines.append(f"BOUCLE {nom}[j] += {made};")
    return [*lines, f"BOUCLE {nom}[j] = MAX({k['plancher']}, MIN({k['plafond']}, {nom}[j]));"]


def missing(k: dict[str, Any]) -> list[str]:
    """C of the mask of missing answers; the families hold their declared points by then."""
    place = k["manquables"].index("date_renouvellement")
    old = "!k_date_renouvellement & (v_date_depot_initial < AU_12)"
    lines = [f"BOUCLE m[j] |= (uint64_t)({old}) << {place};"]
    for f in k["familles"]:
        for c in f["criteres"]:
            if c["forme"] == "mois":
                continue
            test = f"!q_{c['id']}[j]" + (
                f" & (f_{f['id']}[j] < {max(c['points'], 0)})" if f["maximum"] else ""
            )
            for nom in reads(c):
                more = ""
                if nom == "conjoint_naissance":
                    more = " & k_en_couple & v_en_couple & !cat_k"
                elif nom == "naissance" and c["forme"] == "plafond":
                    more = " & !cat_k"
                place = k["manquables"].index(nom)
                lines.append(f"BOUCLE m[j] |= (uint64_t)({test} & !k_{nom}{more}) << {place};")
            if c["id"] == "effort":
                place = k["manquables"].index("ressources_mensuelles_cent")
                lines.append(
                    f"BOUCLE m[j] |= (uint64_t)({test} & net_k & k_ressources_mensuelles_cent) << {place};"
                )
    return lines


def main() -> None:
    """Compile, load, run, digest."""
    brut = ICI.parent / "travail" / f"brut-{sys.argv[1]}"
    k = json.loads((brut / "constantes.json").read_text())
    names = [p.stem for p in sorted(brut.glob("*.npy")) if not p.stem.endswith(".connu")]
    arrays = {nom: np.load(brut / f"{nom}.npy") for nom in names}
    n = len(arrays["statut"])
    ones = np.ones(n, dtype=np.uint8)
    known = {nom: np.load(p) if (p := brut / f"{nom}.connu.npy").exists() else ones for nom in names}
    (brut / "regles.h").write_text(header(k, names, arrays))
    library = brut / "boucle.so"
    command = [
        "gcc",
        "-O3",
        "-march=native",
        "-shared",
        "-fPIC",
        f"-I{brut}",
        str(ICI / "boucle.c"),
        "-o",
        str(library),
    ]
    subprocess.run(command, check=True)
    loop = ctypes.CDLL(str(library)).noter
    months = np.array(k["mois"])
    tables = [
        np.minimum(months // 12, 200).astype(np.uint8), np.minimum(months, 48).astype(np.int8),
        *(np.array(k["plafonds"][t], dtype=np.int32) for t in ("plafonds_plus", "plafonds_pls")),
    ]  # fmt: skip

    def pointers(items: list[np.ndarray]) -> Any:
        return (ctypes.c_void_p * len(items))(*(a.ctypes.data for a in items))

    inputs, flags = pointers([arrays[c] for c in names]), pointers([known[c] for c in names])
    mesure = Mesure()
    points = [np.empty(n, dtype=np.int8) for _ in k["criteres"]]
    out = [np.empty(n, dtype=t) for t in (np.int16, np.int16, np.uint8, np.uint64)]
    loop(
        ctypes.c_int64(n),
        inputs,
        flags,
        pointers(points),
        *(ctypes.c_void_p(a.ctypes.data) for a in [*out, *tables]),
    )
    mesure.stop()
    order = [c["id"] for f in k["familles"] for c in f["criteres"]]
    texts = []
    for tout in (True, False):
        made = Empreinte(n)
        for nom in k["criteres"]:
            column = points[order.index(nom)]
            has = column != -128
            made.add(f"pts__{nom}", np.where(has, column, 0), None if has.all() else has)
        for nom, column in zip(("total", "total_verifie"), out[: 2 if tout else 1], strict=False):
            has = column != -128
            made.add(nom, np.where(has, column, 0), None if has.all() else has)
        if tout:
            made.add("etat", out[2])
            made.add("manque", out[3])
        texts.append(made.text())
    mesure.say(n, empreinte=texts[0], points=texts[1], rang=None)


if __name__ == "__main__":
    main()
