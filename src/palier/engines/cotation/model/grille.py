"""The whole grid: from text to a frozen :class:`Grille`, all problems at once."""

from __future__ import annotations

import datetime as dt
from typing import cast

from palier.base.errors import Problem, RuleFileError
from palier.base.exact import Arrondi
from palier.base.identifiers import is_commune, is_siren
from palier.base.provenance import sha256_text
from palier.base.yamlstrict import Liste, Noeud, Table, Texte, load_strict
from palier.engines.cotation.model.conditions import parse_condition
from palier.engines.cotation.model.criteres import ABSENTS, parse_famille
from palier.engines.cotation.model.lecteur import FORBIDDEN_COLUMNS, Lecteur, is_lieu_ou_bailleur
from palier.engines.cotation.model.lue import GrilleLue, without
from palier.engines.cotation.model.nodes import (
    Absent,
    Classe,
    Exemple,
    Famille,
    Force,
    Grille,
    HorsChamp,
    Systeme,
    TableLocale,
)
from palier.tables import all_colonnes, schema

FORMAT = "grille/1"
CADRES = ("france", "bailleur", "etranger")
STATUTS = ("brouillon", "adoptee", "en_vigueur", "abrogee")
MOTIFS_PREDEFINIS = ("autre_territoire", "radiee", "attribuee", "expiree", "posterieure", "reponse_absente")
_CLES = (
    "palier",
    "id",
    "libelle",
    "cadre",
    "territoire",
    "communes",
    "version",
    "deliberation",
    "source",
    "completude",
    "total",
    "absent",
    "departage",
    "hors_champ",
    "systemes",
    "tables",
    "exemples",
    "notes",
)


def parse_grille(texte: str, origine: str) -> Grille:
    """Read a grid.

    Parameters
    ----------
    texte : str
        The YAML document.
    origine : str
        Its name, shown in messages.

    Returns
    -------
    Grille
        Valid in form; :func:`palier.engines.cotation.check_grille` judges its sense.

    Raises
    ------
    RuleFileError
        COT-001 to COT-029, every problem at once, with lines.

    References
    ----------
    R441-2-10 CCH, 11°.
    """
    lue = scan_grille(texte, origine)
    if lue.problemes or lue.grille is None:
        raise RuleFileError(lue.problemes)
    return lue.grille


def scan_grille(texte: str, origine: str) -> GrilleLue:
    """Read what can be read of a grid, and never raise for it.

    Parameters
    ----------
    texte, origine : str
        As for :func:`parse_grille`.

    Returns
    -------
    GrilleLue
        The problems of the form, COT-001 to COT-029, and the grid without what they touch.

    References
    ----------
    R441-2-10 CCH, 11°.
    """
    read = load_strict(texte, origine, "COT")
    tree = read.racine if read.racine is not None else read.arbre
    lecteur = Lecteur(origine)
    root = lecteur.table(tree, "la grille", _CLES)
    grille = _build(lecteur, root, texte) if root is not None else None
    problems = dict.fromkeys([*read.problemes, *lecteur.problemes])
    return GrilleLue(
        without(grille, lecteur.blesses) if grille is not None else None,
        tuple(sorted(problems, key=_ligne)),
        not read.problemes and lecteur.dans_criteres == len(lecteur.problemes),
    )


def _ligne(problem: Problem) -> int:
    return int(problem.ou.rpartition(" ")[2])


def _build(lecteur: Lecteur, root: Table, texte: str) -> Grille | None:
    for key in ("palier", "id", "version", "completude", "systemes"):
        if key not in root:
            lecteur.missing(1, "la grille", key)
    lecteur.choice(root.get("palier"), "« palier »", (FORMAT,), FORMAT)
    nom = lecteur.text(root.get("id"), "« id »") or Texte("grille")
    lecteur.ident(nom.replace("-", "_"), nom.ligne, "« id »")
    version = lecteur.table(root.get("version"), "« version »", ("du", "statut", "remplace")) or Table()
    du = lecteur.date(version.get("du"), "« version.du »")
    if isinstance(root.get("version"), Table) and "du" not in version:
        lecteur.missing(root.lignes["version"], "« version »", "du")
    remplace = lecteur.date(version.get("remplace"), "« version.remplace »")
    if du and remplace and remplace >= du:
        lecteur.refuse(
            "025", version.ligne, "La version remplacée est postérieure à celle-ci.", "Vérifiez les dates."
        )
    absent = cast(Absent, lecteur.choice(root.get("absent"), "« absent »", ABSENTS, "manque"))
    total = lecteur.table(root.get("total"), "« total »", ("plafond", "plancher", "arrondi")) or Table()
    arrondi = lecteur.choice(
        total.get("arrondi"), "« arrondi »", ("demi_haut", "inferieur", "superieur"), "demi_haut"
    )
    systemes = _systemes(lecteur, root, absent)
    return Grille(
        id=str(nom),
        libelle=str(lecteur.text(root.get("libelle"), "« libelle »") or nom),
        cadre=lecteur.choice(root.get("cadre"), "« cadre »", CADRES, "france"),
        territoire=_territoire(lecteur, root),
        communes=_communes(lecteur, root),
        du=du or dt.date.min,
        statut=lecteur.choice(version.get("statut"), "« version.statut »", STATUTS, "brouillon"),
        remplace=remplace,
        deliberation=_deliberation(lecteur, root, du),
        source=lecteur.text(root.get("source"), "« source »"),
        completude=lecteur.choice(
            root.get("completude"), "« completude »", ("complete", "partielle"), "partielle"
        ),
        plafond=lecteur.integer(total.get("plafond"), "« total.plafond »"),
        plancher=lecteur.integer(total.get("plancher"), "« total.plancher »"),
        arrondi=cast(Arrondi, arrondi),
        absent=absent,
        departage=_departage(lecteur, root),
        hors_champ=_hors_champ(lecteur, root),
        systemes=systemes,
        tables=_tables(lecteur, root),
        exemples=_exemples(lecteur, root),
        sha256=sha256_text(texte),
        origine=lecteur.origine,
        lignes=tuple(root.lignes.items()),
    )


def _territoire(lecteur: Lecteur, root: Table) -> str | None:
    text = lecteur.text(root.get("territoire"), "« territoire »")
    if text is not None and not (is_siren(text) or is_commune(text)):
        lecteur.refuse(
            "026",
            text.ligne,
            f"« {text} » n'est ni un SIREN d'EPCI ni un code commune.",
            'Écrivez neuf chiffres entre guillemets, par exemple "246700488".',
        )
    return str(text) if text is not None else None


def _communes(lecteur: Lecteur, root: Table) -> tuple[str, ...]:
    found = []
    for node in lecteur.liste(root.get("communes"), "« communes »"):
        text = lecteur.text(node, "« communes »")
        if text is None:
            continue
        if not is_commune(text):
            lecteur.refuse(
                "026",
                text.ligne,
                f"« {text} » n'est pas un code commune.",
                "Cinq caractères, entre guillemets.",
            )
        found.append(str(text))
    return tuple(found)


def _deliberation(lecteur: Lecteur, root: Table, du: dt.date | None) -> str | None:
    table = lecteur.table(root.get("deliberation"), "« deliberation »", ("texte", "le", "url"))
    if table is None:
        return None
    texte = lecteur.text(table.get("texte"), "« deliberation.texte »")
    le = lecteur.date(table.get("le"), "« deliberation.le »")
    if le and du and le > du:
        words = f"La délibération du {le.isoformat()} est postérieure à l'application, le {du.isoformat()}."
        lecteur.refuse(
            "025", table.ligne, words, "Une grille ne s'applique qu'une fois votée : vérifiez les deux dates."
        )
    if texte is None:
        lecteur.missing(table.ligne, "« deliberation »", "texte")
        return None
    return f"{texte}, {le.isoformat()}" if le else str(texte)


def _departage(lecteur: Lecteur, root: Table) -> tuple[str, ...]:
    default = ("date_depot_initial", "horodatage_depot", "numero_unique")
    if "departage" not in root:
        return default
    names = [lecteur.text(n, "« departage »") for n in lecteur.liste(root["departage"], "« departage »")]
    known = {c.nom for c in schema("demandes").colonnes}
    for name in names:
        if name is None:
            continue
        word = name.removeprefix("-")
        if word not in known and word in all_colonnes():
            words = f"« {word} » ne peut pas départager : la table des demandes n'a pas cette colonne."
            lecteur.refuse(
                "013", name.ligne, words, "Prenez une colonne de la demande, par exemple une date."
            )
        elif word in FORBIDDEN_COLUMNS or word not in known:
            lecteur.colonne(word, name.ligne, "« departage »")
        elif is_lieu_ou_bailleur(schema("demandes")[word]):
            lecteur.refuse_lieu(schema("demandes")[word], name.ligne, "« departage »")
    return tuple(str(n) for n in names if n is not None)


def _hors_champ(lecteur: Lecteur, root: Table) -> tuple[HorsChamp, ...]:
    found = []
    for node in lecteur.liste(root.get("hors_champ"), "« hors_champ »"):
        entry = lecteur.table(node, "« hors_champ »", ("si", "motif"))
        if entry is None:
            continue
        for key in ("si", "motif"):
            if key not in entry:
                lecteur.missing(entry.ligne, "« hors_champ »", key)
        si = parse_condition(lecteur, entry.get("si"), "« hors_champ »")
        motif = lecteur.text(entry.get("motif"), "« hors_champ »")
        if motif is not None:
            lecteur.ident(motif, motif.ligne, "« hors_champ.motif »")
            if motif in MOTIFS_PREDEFINIS:
                lecteur.refuse(
                    "027", motif.ligne, f"Le motif « {motif} » est réservé.", "Choisissez un autre mot."
                )
        if si is not None and motif is not None:
            found.append(HorsChamp(si, str(motif), entry.ligne))
    return tuple(found)


def _systemes(lecteur: Lecteur, root: Table, absent: Absent) -> tuple[Systeme, ...]:
    table = lecteur.table(root.get("systemes"), "« systemes »") or Table()
    if "systemes" in root and not table:
        lecteur.missing(root.lignes["systemes"], "« systemes »", "primo")
    made: dict[str, Systeme] = {}
    for nom, node in sorted(
        table.items(), key=lambda item: isinstance(item[1], Table) and "comme" in item[1]
    ):
        lecteur.ident(nom, table.lignes[nom], "« systemes »")
        ou = f"le système « {nom} »"
        entry = lecteur.table(node, ou, ("si", "libelle", "comme", "sans", "classes", "force", "familles"))
        if entry is None:
            continue
        base = made.get(str(entry["comme"])) if "comme" in entry else None
        if "comme" in entry and base is None:
            lecteur.refuse(
                "028", entry.ligne, f"{ou} reprend un système inconnu.", f"Systèmes : {', '.join(table)}."
            )
            continue
        made[nom] = _systeme(lecteur, Texte(nom, table.lignes[nom]), entry, base, absent)
    return tuple(made[nom] for nom in table if nom in made)


def _systeme(lecteur: Lecteur, nom: Texte, entry: Table, base: Systeme | None, absent: Absent) -> Systeme:
    ou = f"le système « {nom} »"
    sans = [lecteur.text(n, ou) for n in lecteur.liste(entry.get("sans"), f"« sans » de {ou}")]
    if sans and base is None:
        lecteur.refuse(
            "028",
            entry.ligne,
            f"{ou} a « sans » mais pas « comme ».",
            "Écrivez comme: primo, ou retirez « sans ».",
        )
    inherited = [f for f in base.familles if f.id not in sans] if base else []
    for name in sans:
        if base is not None and name is not None and name not in [f.id for f in base.familles]:
            lecteur.refuse(
                "028", name.ligne, f"{ou} retire une famille inconnue, « {name} ».", "Vérifiez son nom."
            )
    own: list[Famille] = []
    families = lecteur.table(entry.get("familles"), f"« familles » de {ou}") or Table()
    for key, child in families.items():
        lecteur.ident(key, families.lignes[key], ou)
        famille = parse_famille(lecteur, Texte(key, families.lignes[key]), child, absent)
        if famille is not None:
            own.append(famille)
    if base is None and "familles" not in entry:
        lecteur.missing(entry.ligne, ou, "familles")
    kept = [f for f in inherited if f.id not in {o.id for o in own}] + own
    systeme = Systeme(
        id=str(nom),
        libelle=str(lecteur.text(entry.get("libelle"), ou) or nom.replace("_", " ")),
        si=parse_condition(lecteur, entry.get("si"), ou) if "si" in entry else None,
        familles=tuple(kept),
        classes=_classes(lecteur, entry, ou) if "classes" in entry or base is None else base.classes,
        forces=_forces(lecteur, entry, ou) if "force" in entry or base is None else base.forces,
        ligne=nom.ligne,
    )
    _unique_ids(lecteur, systeme)
    return systeme


def _unique_ids(lecteur: Lecteur, systeme: Systeme) -> None:
    seen: dict[str, int] = {}
    for critere in systeme.criteres():
        if critere.id in seen:
            lecteur.refuse(
                "021",
                critere.ligne,
                f"Deux critères du système « {systeme.id} » s'appellent « {critere.id} » "
                f"(déjà ligne {seen[critere.id]}).",
                "Donnez-leur des noms différents.",
            )
        seen[critere.id] = critere.ligne


def _classes(lecteur: Lecteur, entry: Table, ou: str) -> tuple[Classe, ...]:
    found = []
    for node in lecteur.liste(entry.get("classes"), f"« classes » de {ou}"):
        table = lecteur.table(node, f"une classe de {ou}", ("id", "libelle", "si"))
        nom = lecteur.text(table.get("id"), ou) if table is not None else None
        if table is None or nom is None:
            if table is not None and "id" not in table:
                lecteur.missing(table.ligne, f"une classe de {ou}", "id")
            continue
        si = parse_condition(lecteur, table["si"], ou) if "si" in table else None
        found.append(Classe(str(nom), str(lecteur.text(table.get("libelle"), ou) or nom), si, table.ligne))
    return tuple(found)


def _forces(lecteur: Lecteur, entry: Table, ou: str) -> tuple[Force, ...]:
    found = []
    for node in lecteur.liste(entry.get("force"), f"« force » de {ou}"):
        table = lecteur.table(node, f"un total forcé de {ou}", ("id", "si", "total"))
        if table is None:
            continue
        for key in ("id", "si", "total"):
            if key not in table:
                lecteur.missing(table.ligne, f"un total forcé de {ou}", key)
        nom = lecteur.text(table.get("id"), ou)
        si = parse_condition(lecteur, table.get("si"), ou)
        total = lecteur.integer(table.get("total"), ou)
        if nom is not None and si is not None and total is not None:
            found.append(Force(str(nom), si, total, table.ligne))
    return tuple(found)


def _tables(lecteur: Lecteur, root: Table) -> tuple[TableLocale, ...]:
    found = []
    tables = lecteur.table(root.get("tables"), "« tables »") or Table()
    for nom, node in tables.items():
        ou = f"la table « {nom} »"
        entry = lecteur.table(node, ou, ("par", "valeurs"))
        if entry is None:
            continue
        for key in ("par", "valeurs"):
            if key not in entry:
                lecteur.missing(tables.lignes[nom], ou, key)
        if "par" not in entry or "valeurs" not in entry:
            continue
        par = [lecteur.text(n, ou) for n in lecteur.liste(entry.get("par"), f"« par » de {ou}")]
        rows: list[tuple[tuple[str, ...], Noeud]] = [((), entry["valeurs"])]
        for _ in par:
            for head, sub in rows:
                if not isinstance(sub, Table):
                    words = (
                        f"{ou} se lit par {len(par)} colonnes ; il manque un étage à « {' / '.join(head)} »."
                    )
                    lecteur.refuse(
                        "017", sub.ligne, words, "Écrivez un bloc « réponse: valeur » à chaque étage."
                    )
            rows = [
                ((*head, k), leaf) for head, sub in rows if isinstance(sub, Table) for k, leaf in sub.items()
            ]
        cells = [(keys, lecteur.exact(leaf, ou)) for keys, leaf in rows]
        if not cells or not par:
            lecteur.refuse(
                "017", entry.ligne, f"{ou} est vide ou n'a pas de « par ».", "Écrivez par: […] et valeurs: …"
            )
        found.append(
            TableLocale(
                nom,
                tuple(str(p) for p in par if p is not None),
                tuple((k, v) for k, v in cells if v is not None),
                tables.lignes[nom],
            )
        )
    return tuple(found)


def _exemples(lecteur: Lecteur, root: Table) -> tuple[Exemple, ...]:
    found = []
    for node in lecteur.liste(root.get("exemples"), "« exemples »"):
        table = lecteur.table(node, "un exemple", ("nom", "au", "demande", "total", "points"))
        if table is None:
            continue
        for key in ("nom", "au", "demande"):
            if key not in table:
                lecteur.missing(table.ligne, "un exemple", key)
        nom = lecteur.text(table.get("nom"), "un exemple")
        au = lecteur.date(table.get("au"), "un exemple")
        demande = lecteur.table(table.get("demande"), "« demande » d'un exemple")
        points = lecteur.table(table.get("points"), "« points » d'un exemple") or Table()
        if nom is None or au is None or demande is None:
            continue
        for key, value in demande.items():
            for item in value if isinstance(value, Liste) else [value]:
                lecteur.text(item, f"« {key} » d'un exemple")
        values = tuple(
            (k, tuple(str(i) for i in v) if isinstance(v, Liste) else str(v)) for k, v in demande.items()
        )
        wanted = tuple((k, lecteur.integer(v, "un exemple")) for k, v in points.items())
        total = lecteur.integer(table.get("total"), "un exemple")
        found.append(
            Exemple(
                str(nom), au, values, total, tuple((k, v) for k, v in wanted if v is not None), table.ligne
            )
        )
    return tuple(found)
