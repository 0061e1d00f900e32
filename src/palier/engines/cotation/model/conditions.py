"""Conditions and bounds: from YAML to nodes, checked against the column registry."""

from __future__ import annotations

from fractions import Fraction

from palier.base.yamlstrict import Liste, Noeud, Table, Texte
from palier.engines.cotation.model.lecteur import Lecteur, is_lieu_ou_bailleur, near
from palier.engines.cotation.model.nodes import (
    Borne,
    Condition,
    Connu,
    Contient,
    Dans,
    Egal,
    Et,
    Mesure,
    Non,
    Ou,
    Parmi,
    Rapport,
    RefTable,
    Sens,
    Source,
)
from palier.tables import Colonne, colonne

SENS: tuple[Sens, ...] = ("des", "plus_de", "jusqu_a", "moins_de")
_NUMERIC = ("entier", "cent")


def in_cents(source: Source) -> bool:
    """Tell whether a source is an amount, so that its bounds are written in euros."""
    if isinstance(source, Mesure):
        return colonne(source.colonne).type == "cent"
    return colonne(source.numerateur).type == "cent" and colonne(source.denominateur).type != "cent"


def parse_condition(lecteur: Lecteur, node: Noeud | None, ou: str) -> Condition | None:
    """Read ``{colonne: test, ...}`` (all must hold), ``tous``, ``un_de``, ``non``, ``rapport``."""
    table = lecteur.table(node, ou)
    if table is None:
        return None
    if not table:
        lecteur.refuse(
            "012", table.ligne, f"La condition de {ou} est vide.", "Écrivez par exemple {handicap: oui}."
        )
        return None
    if "rapport" in table:
        return _rapport_condition(lecteur, table, ou)
    found: list[Condition] = []
    for key, value in table.items():
        ligne = table.lignes[key]
        made = _group(lecteur, key, value, ou) if key in ("tous", "un_de", "non") else None
        if key not in ("tous", "un_de", "non"):
            col = lecteur.colonne(key, ligne, ou)
            made = parse_test(lecteur, col, value, ou) if col is not None else None
        if made is not None:
            found.append(made)
    if not found:
        return None
    return found[0] if len(found) == 1 else Et(tuple(found))


def _group(lecteur: Lecteur, key: str, node: Noeud, ou: str) -> Condition | None:
    if key == "non":
        inner = parse_condition(lecteur, node, ou)
        return Non(inner) if inner is not None else None
    members = [parse_condition(lecteur, item, ou) for item in lecteur.liste(node, f"« {key} » de {ou}")]
    kept = tuple(m for m in members if m is not None)
    if isinstance(node, Liste) and len(node) < 2:
        lecteur.refuse(
            "012", node.ligne, f"« {key} » de {ou} demande au moins deux conditions.", "Ajoutez-en une."
        )
        return None
    if len(kept) < 2:
        return None
    return Et(kept) if key == "tous" else Ou(kept)


def _rapport_condition(lecteur: Lecteur, table: Table, ou: str) -> Condition | None:
    lecteur.keys(table, ou, ("rapport", *SENS))
    source = parse_rapport(lecteur, table["rapport"], ou)
    if source is None:
        return None
    bornes = parse_bornes(lecteur, table, source, ou)
    return Dans(source, bornes) if bornes else None


def parse_rapport(lecteur: Lecteur, node: Noeud, ou: str) -> Rapport | None:
    """Read ``[numerateur, denominateur]``, two different amounts or counts."""
    names = [lecteur.text(item, ou) for item in lecteur.liste(node, f"le rapport de {ou}")]
    if len(names) != 2 or None in names:
        lecteur.refuse(
            "012",
            node.ligne,
            f"Le rapport de {ou} demande deux colonnes.",
            "Ce qu'on divise, puis par quoi : [haut, bas].",
        )
        return None
    found = [lecteur.colonne(str(n), node.ligne, ou, _NUMERIC) for n in names]
    if found[0] is None or found[1] is None:
        return None
    if found[0] == found[1]:
        lecteur.refuse(
            "048", node.ligne, f"Le rapport de {ou} divise une colonne par elle-même.", "Changez-en une."
        )
        return None
    return Rapport(found[0].nom, found[1].nom)


def parse_test(lecteur: Lecteur, col: Colonne, node: Noeud, ou: str) -> Condition | None:
    """Read the test of one column, according to its type."""
    if isinstance(node, Table):
        if "connu" in node:
            lecteur.keys(node, ou, ("connu",))
            return Connu(col.nom, lecteur.yes_no(node["connu"], ou, True))
        if col.type in _NUMERIC:
            lecteur.keys(node, ou, SENS)
            bornes = parse_bornes(lecteur, node, Mesure(col.nom), ou)
            return Dans(Mesure(col.nom), bornes) if bornes else None
        if is_lieu_ou_bailleur(col):
            lecteur.refuse_lieu(col, node.ligne, ou)
            return None
        word = {"ensemble": "contient", "code": "parmi"}.get(col.type)
        if word is None or list(node) != [word]:
            _wrong_test(lecteur, col, node.ligne, ou)
            return None
        codes = parse_codes(lecteur, col, node[word], ou)
        if not codes:
            return None
        return Contient(col.nom, codes) if word == "contient" else Parmi(col.nom, codes)
    if is_lieu_ou_bailleur(col):
        lecteur.refuse_lieu(col, node.ligne, ou)
        return None
    if isinstance(node, Liste):
        _wrong_test(lecteur, col, node.ligne, ou)
        return None
    text = lecteur.text(node, ou)
    if text is None:
        return None
    return _scalar_test(lecteur, col, text, ou)


def _scalar_test(lecteur: Lecteur, col: Colonne, text: Texte, ou: str) -> Condition | None:
    if col.type == "booleen":
        if text not in ("oui", "non"):
            lecteur.refuse(
                "018",
                text.ligne,
                f"« {text} » ne convient pas à « {col.nom} » ({ou}).",
                "Écrivez oui ou non.",
            )
            return None
        return Egal(col.nom, text == "oui")
    if col.type == "code":
        codes = parse_codes(lecteur, col, text, ou)
        return Egal(col.nom, codes[0]) if codes else None
    if col.type == "entier":
        value = lecteur.integer(text, ou)
        return Egal(col.nom, value) if value is not None else None
    _wrong_test(lecteur, col, text.ligne, ou)
    return None


def _wrong_test(lecteur: Lecteur, col: Colonne, ligne: int, ou: str) -> None:
    forms = {
        "booleen": "oui ou non",
        "code": f"un de ses codes ({', '.join(col.codes[:4])}…) ou {{parmi: […]}}",
        "ensemble": "{contient: code}",
        "entier": "un nombre ou des bornes {des: …, moins_de: …}",
        "cent": "des bornes en euros {des: 500 €, moins_de: 800 €}",
    }
    form = forms.get(col.type, "{connu: oui} seulement")
    lecteur.refuse(
        "018", ligne, f"Le test de « {col.nom} » n'a pas la bonne forme ({ou}).", f"Écrivez {form}."
    )


def parse_codes(lecteur: Lecteur, col: Colonne, node: Noeud, ou: str) -> tuple[str, ...]:
    """Read one code or a list of codes of a nomenclature."""
    items = list(node) if isinstance(node, Liste) else [node]
    texts = [lecteur.text(item, ou) for item in items]
    kept: list[str] = []
    if not items:
        lecteur.refuse("012", node.ligne, f"La liste de codes de {ou} est vide.", "Écrivez au moins un code.")
    for text in texts:
        if text is None:
            continue
        if text not in col.codes:
            hint = near(text, col.codes) or f"Codes admis : {', '.join(col.codes)}."
            lecteur.refuse("014", text.ligne, f"« {text} » n'est pas un code de « {col.nom} » ({ou}).", hint)
        else:
            kept.append(str(text))
    return tuple(kept) if len(kept) == len(items) else ()


def parse_bornes(lecteur: Lecteur, table: Table, source: Source, ou: str) -> tuple[Borne, ...]:
    """Read one or two bounds of a mapping: at most one below and one above."""
    found: list[Borne] = []
    for sens in SENS:
        if sens not in table:
            continue
        value = _valeur(lecteur, table[sens], source, ou)
        if value is None:
            return ()
        found.append(Borne(sens, value))
    for below in (True, False):
        if sum(b.basse is below for b in found) > 1:
            words = "des et plus_de" if below else "jusqu_a et moins_de"
            lecteur.refuse(
                "016", table.ligne, f"{ou} a deux bornes du même côté ({words}).", "Gardez-en une."
            )
            return ()
    if not found:
        lecteur.refuse(
            "016",
            table.ligne,
            f"{ou} n'a aucune borne.",
            "Écrivez des (≥), plus_de (>), jusqu_a (≤) ou moins_de (<).",
        )
    return tuple(found)


def _valeur(lecteur: Lecteur, node: Noeud, source: Source, ou: str) -> Fraction | RefTable | None:
    if isinstance(node, Table):
        lecteur.keys(node, ou, ("loi", "table", "par"))
        if ("loi" in node) == ("table" in node):
            lecteur.refuse(
                "017",
                node.ligne,
                f"Le seuil de {ou} nomme zéro ou deux tables.",
                "Écrivez loi: … ou table: …",
            )
            return None
        name = lecteur.text(node.get("loi", node.get("table")), ou)
        names = [lecteur.text(item, ou) for item in lecteur.liste(node.get("par"), f"« par » de {ou}")]
        columns = [
            lecteur.colonne(str(n), node.ligne, ou, ("code", "entier")) for n in names if n is not None
        ]
        if name is None or len(columns) != len(names) or None in columns:
            return None
        return RefTable(str(name), tuple(c.nom for c in columns if c is not None), "loi" in node)
    text = lecteur.text(node, ou)
    if text is None:
        return None
    euros = text.rstrip().endswith("€")
    if euros != in_cents(source):
        advice = "Écrivez le montant avec « € »." if not euros else "Retirez « € » : ce n'est pas un montant."
        lecteur.refuse("016", text.ligne, f"La borne « {text} » de {ou} n'a pas la bonne unité.", advice)
        return None
    value = lecteur.number(text, text.replace("€", ""), ou, "Écrivez un nombre, 33 % ou 500 €.")
    return value * 100 if euros and value is not None else value
