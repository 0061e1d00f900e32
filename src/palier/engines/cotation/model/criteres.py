"""Criteria and families: from YAML to nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from palier.base.yamlstrict import Liste, Noeud, Table, Texte
from palier.engines.cotation.model.conditions import (
    SENS,
    parse_bornes,
    parse_codes,
    parse_condition,
    parse_rapport,
)
from palier.engines.cotation.model.lecteur import Lecteur, fold
from palier.engines.cotation.model.nodes import (
    PREUVES,
    Absent,
    Bande,
    Bandes,
    Case,
    Compte,
    Condition,
    Contient,
    Critere,
    Cumul,
    Egal,
    Et,
    Facteur,
    Famille,
    Fixe,
    Lineaire,
    Mecanisme,
    Mesure,
    Ou,
    Parmi,
    Preuve,
    Regle,
    Source,
    columns_of,
    columns_of_mecanisme,
)
from palier.tables import colonne

ABSENTS = ("manque", "zero", "hors_champ")
UNITES_MOIS = {"mois": 1, "trimestre": 3, "semestre": 6, "annee": 12}
FIGEABLES = ("age", "anciennete_mois", "logement_mois", "sans_emploi_mois")
_COMMUNES = (
    "libelle",
    "libelle_en",
    "si",
    "preuve",
    "faits",
    "priorite",
    "absent",
    "plafond",
    "plancher",
    "fige",
    "reference",
)
_FAMILLE = ("regle", "libelle", "libelle_en", "plafond", "plancher", "facteur", "criteres")
_EVENEMENT = "evenement_type"


def parse_famille(lecteur: Lecteur, nom: Texte, node: Noeud, absent: Absent) -> Famille | None:
    """Read one family, or one set of options inside a family."""
    table = lecteur.table(node, f"la famille « {nom} »")
    if table is None:
        return None
    ou = f"la famille « {nom} »"
    regle = cast(
        Regle,
        lecteur.choice(table.get("regle"), f"« regle » de {ou}", ("somme", "maximum", "choix"), "somme"),
    )
    if "regle" not in table:
        lecteur.missing(table.ligne, ou, "regle")
    membres: list[Critere | Famille] = []
    if regle == "choix":
        before = len(lecteur.problemes)
        critere = _choix(lecteur, nom, table, absent)
        lecteur.close_critere(nom.ligne, before)
        membres = [critere] if critere is not None else []
    else:
        lecteur.keys(table, ou, _FAMILLE)
        entries = lecteur.table(table.get("criteres"), f"« criteres » de {ou}")
        if not entries:
            lecteur.missing(table.ligne, ou, "criteres")
        for key, child in (entries or {}).items():
            lecteur.ident(key, cast(Table, entries).lignes[key], ou)
            nested = isinstance(child, Table) and "criteres" in child
            name = Texte(key, cast(Table, entries).lignes[key])
            read = parse_famille if nested else parse_critere
            made: Critere | Famille | None = read(lecteur, name, child, absent)
            if made is not None:
                membres.append(made)
    return Famille(
        id=str(nom),
        libelle=str(lecteur.text(table.get("libelle"), ou) or nom.replace("_", " ")),
        libelle_en=lecteur.text(table.get("libelle_en"), ou),
        regle=regle,
        membres=tuple(membres),
        plafond=lecteur.integer(table.get("plafond"), f"« plafond » de {ou}"),
        plancher=lecteur.integer(table.get("plancher"), f"« plancher » de {ou}"),
        facteurs=_facteurs(lecteur, table, ou),
        ligne=nom.ligne,
    )


def _facteurs(lecteur: Lecteur, table: Table, ou: str) -> tuple[Facteur, ...]:
    found = []
    for item in lecteur.liste(table.get("facteur"), f"« facteur » de {ou}"):
        entry = lecteur.table(item, f"un facteur de {ou}", ("si", "fois"))
        if entry is None:
            continue
        si = parse_condition(lecteur, entry.get("si"), f"un facteur de {ou}")
        fois = lecteur.exact(entry.get("fois"), f"« fois » de {ou}")
        for key in ("si", "fois"):
            if key not in entry:
                lecteur.missing(entry.ligne, f"un facteur de {ou}", key)
        if fois is not None and (fois <= 0 or fois.denominator > 1000):
            lecteur.refuse(
                "022",
                entry.ligne,
                f"Le facteur de {ou} doit être positif et simple.",
                "Écrivez par exemple 3/2.",
            )
            continue
        if si is not None and fois is not None:
            found.append(Facteur(si, fois, entry.ligne))
    return tuple(found)


def _choix(lecteur: Lecteur, nom: Texte, table: Table, absent: Absent) -> Critere | None:
    ou = f"la famille « {nom} »"
    lecteur.keys(table, ou, ("regle", "colonne", "cases", "autres", "facteur", *_COMMUNES))
    name = lecteur.text(table.get("colonne"), ou)
    for key in ("colonne", "cases", "autres"):
        if key not in table:
            lecteur.missing(table.ligne, ou, key)
    col = lecteur.colonne(str(name), table.ligne, ou, ("code",)) if name is not None else None
    cases = lecteur.table(table.get("cases"), f"« cases » de {ou}")
    autres = lecteur.integer(table.get("autres"), f"« autres » de {ou}")
    if col is None or cases is None or autres is None:
        return None
    found = []
    for code, node in cases.items():
        key = Texte(code, cases.lignes[code])
        points = lecteur.integer(node, f"la case « {code} » de {ou}")
        if parse_codes(lecteur, col, key, ou) and points is not None:
            found.append((code, points))
    return _common(lecteur, nom, table, Case(col.nom, tuple(found), autres), absent, bounds=False)


def parse_critere(lecteur: Lecteur, nom: Texte, node: Noeud, absent: Absent) -> Critere | None:
    """Read one criterion."""
    before = len(lecteur.problemes)
    made = _critere(lecteur, nom, node, absent)
    lecteur.close_critere(nom.ligne, before)
    return made


def _critere(lecteur: Lecteur, nom: Texte, node: Noeud, absent: Absent) -> Critere | None:
    ou = f"le critère « {nom} »"
    table = lecteur.table(node, ou)
    if table is None:
        return None
    mecanisme = _mecanisme(lecteur, table, ou)
    if mecanisme is None:
        return None
    return _common(lecteur, nom, table, mecanisme, absent)


def _mecanisme(lecteur: Lecteur, table: Table, ou: str) -> Mecanisme | None:
    if "bandes" in table:
        return _bandes(lecteur, table, ou)
    if "par" in table:
        return _lineaire(lecteur, table, ou)
    if "compte" in table:
        return _compte(lecteur, table, ou)
    if "cumul" in table:
        return _cumul(lecteur, table, ou)
    if "colonne" in table or "rapport" in table:
        lecteur.keys(table, ou, ("colonne", "rapport", "bandes", *_COMMUNES))
        lecteur.missing(table.ligne, ou, "bandes")
        return None
    lecteur.keys(table, ou, ("points", *_COMMUNES))
    for key in ("si", "points"):
        if key not in table:
            lecteur.missing(table.ligne, ou, key)
    si = parse_condition(lecteur, table.get("si"), ou)
    points = lecteur.integer(table.get("points"), f"« points » de {ou}")
    return Fixe(si, points) if si is not None and points is not None else None


def _source(lecteur: Lecteur, table: Table, ou: str) -> Source | None:
    if ("rapport" in table) == ("colonne" in table):
        lecteur.refuse(
            "011",
            table.ligne,
            f"{ou} doit lire une colonne ou un rapport.",
            "Écrivez colonne: … ou rapport: […]",
        )
        return None
    if "rapport" in table:
        return parse_rapport(lecteur, table["rapport"], ou)
    name = lecteur.text(table["colonne"], ou)
    col = lecteur.colonne(str(name), table.ligne, ou, ("entier", "cent")) if name is not None else None
    return Mesure(col.nom) if col is not None else None


def _bandes(lecteur: Lecteur, table: Table, ou: str) -> Bandes | None:
    lecteur.keys(table, ou, ("colonne", "rapport", "bandes", *_COMMUNES))
    source = _source(lecteur, table, ou)
    items = lecteur.liste(table["bandes"], f"« bandes » de {ou}")
    if isinstance(table["bandes"], Liste) and not items:
        lecteur.refuse("011", table.lignes["bandes"], f"{ou} n'a aucune bande.", "Ajoutez-en.")
    if source is None:
        return None
    found = []
    for place, item in enumerate(items, 1):
        where = f"la bande {place} de {ou}"
        entry = lecteur.table(item, where, ("points", *SENS))
        if entry is None:
            continue
        points = lecteur.integer(entry.get("points"), f"« points » de {where}")
        if "points" not in entry:
            lecteur.missing(entry.ligne, where, "points")
        bornes = parse_bornes(lecteur, entry, source, where)
        if points is not None and bornes:
            found.append(Bande(bornes, points, entry.ligne))
    return Bandes(source, tuple(found)) if found and len(found) == len(items) else None


def _lineaire(lecteur: Lecteur, table: Table, ou: str) -> Lineaire | None:
    lecteur.keys(table, ou, ("par", "entame", "depuis", "colonne", "points", "au_dela", *_COMMUNES))
    par = lecteur.text(table["par"], f"« par » de {ou}")
    points = lecteur.integer(table.get("points"), f"« points » de {ou}")
    au_dela = lecteur.integer(table.get("au_dela"), f"« au_dela » de {ou}") or 0
    if au_dela < 0:
        lecteur.refuse("016", table.ligne, f"« au_dela » de {ou} est négatif.", "Écrivez 0 ou davantage.")
    if "points" not in table:
        lecteur.missing(table.ligne, ou, "points")
    if "entame" not in table:
        lecteur.missing(table.ligne, ou, "entame")
    entame = lecteur.yes_no(table.get("entame"), f"« entame » de {ou}", False)
    if par is None or points is None:
        return None
    if par not in UNITES_MOIS and not any(sign.isdigit() for sign in par):
        lecteur.refuse("016", par.ligne, f"« par: {par} » de {ou} n'est pas une unité.", _unite(par))
        return None
    key = "depuis" if par in UNITES_MOIS else "colonne"
    name = lecteur.text(table.get(key), ou)
    if name is None:
        lecteur.missing(table.ligne, ou, key)
        return None
    col = lecteur.colonne(str(name), table.ligne, ou, ("date",) if key == "depuis" else ("entier", "cent"))
    if col is None:
        return None
    if key == "depuis":
        return Lineaire(points, entame, depuis=col.nom, mois=UNITES_MOIS[par], au_dela=au_dela)
    pas = _pas(lecteur, par, col.type == "cent", ou)
    if pas is None:
        return None
    return Lineaire(
        points, entame, colonne=col.nom, pas=pas, au_dela=au_dela * (100 if col.type == "cent" else 1)
    )


def _unite(par: Texte) -> str:
    """Say which unit to write in place of a word that is none."""
    temps = {
        "an": "annee",
        "ans": "annee",
        "annees": "annee",
        "trimestres": "trimestre",
        "semestres": "semestre",
    }
    if (word := temps.get(fold(par))) or (word := fold(par)) in UNITES_MOIS:
        return f"Écrivez « par: {word} »."
    return (
        f"Pour le temps : {', '.join(UNITES_MOIS)}. Pour compter des personnes, écrivez « par: 1 » et leur "
        "nombre, par exemple « colonne: nb_mineurs »."
    )


def _pas(lecteur: Lecteur, par: Texte, cents: bool, ou: str) -> int | None:
    if par.endswith("€") is not cents:
        advice = "Écrivez par: 100 €." if cents else "Retirez « € »."
        lecteur.refuse("016", par.ligne, f"L'unité « {par} » de {ou} ne convient pas à la colonne.", advice)
        return None
    value = lecteur.integer(Texte(par.replace("€", ""), par.ligne), f"« par » de {ou}")
    if value is not None and value <= 0:
        lecteur.refuse(
            "016", par.ligne, f"« par » de {ou} doit être positif.", "Écrivez mois, annee, 1, 100 €…"
        )
        return None
    return value * 100 if value is not None and cents else value


def _evenement(lecteur: Lecteur, node: Noeud | None, ou: str) -> str | None:
    text = lecteur.text(node, ou)
    codes = parse_codes(lecteur, colonne(_EVENEMENT), text, ou) if text is not None else ()
    return codes[0] if codes else None


def _compte(lecteur: Lecteur, table: Table, ou: str) -> Compte | None:
    lecteur.keys(table, ou, ("compte", "ou", "fenetre", "a_partir_de", "une_fois", "points", *_COMMUNES))
    evenement = _evenement(lecteur, table["compte"], ou)
    points = lecteur.integer(table.get("points"), f"« points » de {ou}")
    if "points" not in table:
        lecteur.missing(table.ligne, ou, "points")
    qualifiers = lecteur.table(table.get("ou"), f"« ou » de {ou}", ("adaptee",)) or Table()
    adaptee = lecteur.yes_no(qualifiers["adaptee"], ou, True) if "adaptee" in qualifiers else None
    first = lecteur.integer(table.get("a_partir_de"), f"« a_partir_de » de {ou}")
    if first is not None and first < 1:
        lecteur.refuse("016", table.ligne, f"« a_partir_de » de {ou} commence à 1.", "Écrivez 1, 2, 3…")
    if evenement is None or points is None:
        return None
    return Compte(
        evenement=evenement,
        points=points,
        adaptee=adaptee,
        fenetre_mois=_fenetre(lecteur, table, ou),
        a_partir_de=max(first or 1, 1),
        une_fois=lecteur.yes_no(table.get("une_fois"), f"« une_fois » de {ou}", False),
    )


def _fenetre(lecteur: Lecteur, table: Table, ou: str) -> int | None:
    text = lecteur.text(table.get("fenetre"), f"« fenetre » de {ou}")
    if text is None:
        return None
    number, _, unit = text.partition(" ")
    factor = {"mois": 1, "an": 12, "ans": 12}.get(unit.strip())
    if factor is None or not number.isdigit() or not 0 < int(number) * factor <= 600:
        lecteur.refuse(
            "016",
            text.ligne,
            f"La fenêtre « {text} » de {ou} est illisible.",
            "Écrivez « 24 mois » ou « 2 ans ».",
        )
        return None
    return int(number) * factor


def _cumul(lecteur: Lecteur, table: Table, ou: str) -> Cumul | None:
    lecteur.keys(table, ou, ("cumul", "depuis", "gagne", "evenements", "bornes", *_COMMUNES))
    lecteur.choice(table["cumul"], f"« cumul » de {ou}", ("mois",), "mois")
    name = lecteur.text(table.get("depuis", Texte("date_depot_initial", table.ligne)), ou)
    col = lecteur.colonne(str(name), table.ligne, ou, ("date",)) if name is not None else None
    gagne = lecteur.integer(table.get("gagne"), f"« gagne » de {ou}")
    if "gagne" not in table:
        lecteur.missing(table.ligne, ou, "gagne")
    limits = [lecteur.integer(n, f"« bornes » de {ou}") for n in lecteur.liste(table.get("bornes"), ou)]
    if len(limits) != 2 or None in limits or cast(int, limits[0]) >= cast(int, limits[1]):
        lecteur.refuse(
            "023", table.ligne, f"{ou} doit avoir deux bornes croissantes.", "Écrivez bornes: [0, 30]."
        )
        return None
    low, high = cast(int, limits[0]), cast(int, limits[1])
    if not low <= 0 <= high:
        lecteur.refuse(
            "023", table.ligne, f"Les bornes de {ou} ne contiennent pas 0.", "Le compte commence à 0."
        )
    events: list[tuple[str, int | None]] = []
    for key, node in (lecteur.table(table.get("evenements"), f"« evenements » de {ou}") or {}).items():
        kind = _evenement(lecteur, Texte(key, node.ligne), ou)
        where = f"l'événement « {key} » de {ou}"
        text = lecteur.text(node, where)
        change = None if text is None or text == "remise_a_zero" else lecteur.integer(text, where)
        if kind is not None and (change is not None or text == "remise_a_zero"):
            events.append((kind, change))
    if col is None or gagne is None:
        return None
    return Cumul(col.nom, gagne, tuple(events), low, high)


def _faits(lecteur: Lecteur, table: Table, mecanisme: Mecanisme, ou: str) -> tuple[tuple[str, ...], ...]:
    if "faits" in table:
        node = table["faits"]
        return tuple((code,) for code in parse_codes(lecteur, colonne("verifie_piece"), node, ou))
    guard = parse_condition(Lecteur(""), table.get("si"), ou) if "si" in table else None
    groups = list(_faits_par_code(guard)) if guard is not None else []
    if isinstance(mecanisme, Case) and colonne(mecanisme.colonne).fait_par_code:
        groups.append(tuple(code for code, points in mecanisme.cases if points != mecanisme.autres))
    names = (*(columns_of(guard) if guard is not None else ()), *columns_of_mecanisme(mecanisme))
    for name in names:
        fact = colonne(name).fait if name != "evenements" else None
        if fact is not None:
            groups.append((fact,))
    return tuple(dict.fromkeys(group for group in groups if group))


def _faits_par_code(condition: Condition) -> Iterator[tuple[str, ...]]:
    """Facts that the codes of a condition name themselves (``motifs``, ``motif_principal``)."""
    if isinstance(condition, Et | Ou):
        for member in condition.membres:
            yield from _faits_par_code(member)
    elif isinstance(condition, Contient | Parmi) and colonne(condition.colonne).fait_par_code:
        yield condition.codes
    elif isinstance(condition, Egal) and colonne(condition.colonne).fait_par_code:
        yield (str(condition.valeur),)


def _common(
    lecteur: Lecteur, nom: Texte, table: Table, mecanisme: Mecanisme, absent: Absent, bounds: bool = True
) -> Critere:
    ou = f"le critère « {nom} »"
    has_guard = "si" in table and not isinstance(mecanisme, Fixe)
    fige = lecteur.text(table.get("fige"), f"« fige » de {ou}")
    if fige is not None:
        lecteur.colonne(str(fige), fige.ligne, ou, ("date",))
        read = columns_of_mecanisme(mecanisme)
        dated = isinstance(mecanisme, Lineaire) and mecanisme.depuis is not None
        if not dated and not any(name in FIGEABLES for name in read):
            lecteur.refuse(
                "024",
                fige.ligne,
                f"{ou} fige une valeur qui ne dépend pas du temps.",
                f"« fige » convient à {', '.join(FIGEABLES)} ou à un nombre de mois depuis une date.",
            )
    priorite = lecteur.text(table.get("priorite"), f"« priorite » de {ou}")
    if priorite is not None and priorite not in colonne("publics_valides").codes:
        lecteur.refuse(
            "014",
            priorite.ligne,
            f"« {priorite} » n'est pas un public de l'article L441-1.",
            "Écrivez dalo, a, b…",
        )
    return Critere(
        id=str(nom),
        libelle=str(lecteur.text(table.get("libelle"), ou) or nom.replace("_", " ")),
        libelle_en=lecteur.text(table.get("libelle_en"), ou),
        mecanisme=mecanisme,
        absent=cast(Absent, lecteur.choice(table.get("absent"), f"« absent » de {ou}", ABSENTS, absent)),
        garde=parse_condition(lecteur, table.get("si"), ou) if has_guard else None,
        preuve=cast(Preuve, lecteur.choice(table.get("preuve"), f"« preuve » de {ou}", PREUVES, "declare")),
        faits=_faits(lecteur, table, mecanisme, ou),
        priorite=str(priorite) if priorite is not None else None,
        plafond=lecteur.integer(table.get("plafond"), f"« plafond » de {ou}") if bounds else None,
        plancher=lecteur.integer(table.get("plancher"), f"« plancher » de {ou}") if bounds else None,
        fige=str(fige) if fige is not None else None,
        reference=lecteur.text(table.get("reference"), ou),
        ligne=nom.ligne,
    )
