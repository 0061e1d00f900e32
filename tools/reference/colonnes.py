"""The codebook: tables, columns and nomenclatures, from ``columns.yaml``."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base import mots
from palier.tables import Colonne, SchemaTable, all_colonnes, all_schemas
from tools.reference.markdown import page, table

CHAPEAU = """
Le dictionnaire des données de Palier. Une colonne absente de ce registre n'existe pas. Une case vide veut
dire « inconnu », jamais zéro ni non. Les montants sont des centimes entiers (`_cent`).

**Classe** de sensibilité : 0 public, 1 interne, 2 personnel, 3 financier, 4 particulier (santé, origine,
violences). Une valeur de classe 2 ou plus n'est jamais recopiée dans un message d'erreur.

**Type `ensemble`** : plusieurs codes d'une nomenclature, rangés dans un seul entier ; le bit *i* vaut pour
le code de rang *i*, compté depuis 0 ([ADR 0006](../adr/0006-ensembles-de-codes-en-masques.md)). L'ordre des
codes ne change donc jamais.
"""


def _type(colonne: Colonne) -> str:
    if colonne.nomenclature:
        link = f"[{colonne.nomenclature}](#codes-{colonne.nomenclature.replace('_', '-')})"
        most = f", {colonne.max_codes} au plus" if colonne.max_codes else ""
        return f"{colonne.type} {link}{most}"
    bounds = " à ".join(b for b in (colonne.minimum, colonne.maximum) if b)
    parts = [colonne.type, f"en {colonne.unite}" if colonne.unite else "", f"({bounds})" if bounds else ""]
    return " ".join(part for part in parts if part)


def _table(schema: SchemaTable) -> str:
    rows = [
        (
            f"`{colonne.nom}`" + (" **obligatoire**" if colonne.nom in schema.obligatoires else ""),
            colonne.libelle,
            _type(colonne),
            colonne.sensibilite,
            colonne.source,
            ", ".join(colonne.synonymes),
        )
        for colonne in schema.colonnes
    ]
    cle = ", ".join(f"`{nom}`" for nom in schema.cle) or "aucune"
    lien = f"[Table Schema](schemas/{schema.nom}.json)"
    title = f"## `{schema.nom}` : {schema.libelle}"
    head = f"{title}\n\nClé : {cle}. Pour vérifier un fichier sans Palier : {lien}.\n\n"
    return head + table(("Colonne", "Sens", "Type", "Classe", "Source", "Autres noms reconnus"), rows)


def _derivees() -> str:
    rows = [
        (f"`{c.nom}`", c.libelle, _type(c), c.sensibilite, ", ".join(f"`{d}`" for d in c.derive), c.source)
        for c in all_colonnes().values()
        if c.derive
    ]
    head = "## Colonnes calculées à une date\n\nElles se font en un seul endroit, `palier.tables.derive`.\n\n"
    return head + table(("Colonne", "Sens", "Type", "Classe", "Tirée de", "Règle"), rows)


def _nomenclatures() -> Iterator[str]:
    seen: dict[str, tuple[str, ...]] = {c.nomenclature: c.codes for c in all_colonnes().values() if c.codes}
    users = {nom: [c.nom for c in all_colonnes().values() if c.nomenclature == nom] for nom in seen}
    yield "## Nomenclatures\n"
    for nom in sorted(seen):
        rows = [(place, f"`{code}`", _mots(users[nom], code)) for place, code in enumerate(seen[nom])]
        yield f"### Codes `{nom}` {{ #codes-{nom.replace('_', '-')} }}\n\n" + table(
            ("Rang", "Code", "Sens"), rows
        )


def _mots(colonnes: list[str], code: str) -> str:
    for nom in colonnes:
        if mots.has(f"code.{nom}.{code}"):
            return mots.word(f"code.{nom}.{code}")
    return ""


def render() -> str:
    """Write ``docs/reference/tables.md``."""
    parties = [_table(schema) for schema in all_schemas().values()]
    return page("Tables et colonnes", CHAPEAU, [*parties, _derivees(), *_nomenclatures()])
