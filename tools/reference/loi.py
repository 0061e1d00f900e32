"""The law that Palier knows: one section per dated table, from ``law/data``."""

from __future__ import annotations

from typing import cast

from palier.base.errors import PalierError
from palier.base.ressources import list_packaged, read_packaged
from palier.base.yamlstrict import Liste, Noeud, Table, load_strict
from tools.reference.markdown import cell, page, table

CHAPEAU = """
Chaque valeur a une date d'effet, une référence et un état : « vérifiée » veut dire que quelqu'un a lu le
texte à la source. Une valeur inconnue, trop ancienne ou périmée arrête le calcul (code de sortie 12) : elle
n'est jamais devinée. Pour voir une valeur à une date : `palier loi montrer`.
"""
MAX_ROWS = 60


def _lines(node: Noeud, prefix: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Flatten a nested table into (key path, value) rows."""
    if isinstance(node, Table):
        return [row for key, child in node.items() for row in _lines(child, (*prefix, key))]
    value = ", ".join(str(item) for item in node) if isinstance(node, Liste) else str(node)
    return [(" / ".join(prefix), value)]


def _reference(node: Noeud | None) -> str:
    if not isinstance(node, Table):
        return str(node or "")
    words = ", ".join(str(node[key]) for key in ("texte", "article") if key in node)
    return f"[{cell(words)}]({node['url']})" if "url" in node else words


def _valeur(raw: Table) -> str:
    until = f" au {raw['au']}" if raw.get("au") else ""
    state = "vérifiée" if raw.get("verifie") in ("oui", "true") else "non vérifiée"
    head = f"**Du {raw['du']}{until}**, {state}. {_reference(raw.get('reference'))}\n\n"
    if "valeur" in raw:
        return head + f"Valeur : {raw['valeur']}\n"
    rows = _lines(raw["table"]) if "table" in raw else []
    more = f"\n… et {len(rows) - MAX_ROWS} autres lignes.\n" if len(rows) > MAX_ROWS else ""
    return head + (table(("Clé", "Valeur"), rows[:MAX_ROWS]) + more if rows else "")


def _fiche(name: str) -> str:
    read = load_strict(read_packaged("palier.law", name), name, "LOI")
    if read.racine is None:
        raise PalierError(read.problemes)
    raw = cast(Table, read.racine)
    ident = name.rsplit("/", 1)[-1].removesuffix(".yaml")
    facts = [
        ("Unité", raw.get("unite")),
        ("Lue selon", ", ".join(str(d) for d in cast(Liste, raw.get("dimensions", Liste())))),
        ("Vérifiée le", raw.get("verifie_le")),
        ("Rythme", raw.get("rythme")),
    ]
    head = f"### `{ident}` : {raw.get('libelle', '')}\n\n" + "  \n".join(
        f"{label} : {value}" for label, value in facts if value
    )
    notes = f"\n\n{raw['notes']}" if "notes" in raw else ""
    values = [_valeur(cast(Table, value)) for value in cast(Liste, raw.get("valeurs", Liste()))]
    return "\n\n".join([head + notes, *values])


def render() -> str:
    """Write ``docs/reference/loi.md``."""
    names = list_packaged("palier.law", "data", ".yaml")
    parties: list[str] = []
    theme = ""
    for name in names:
        folder = name.split("/")[1] if name.count("/") > 1 else "divers"
        if folder != theme:
            theme = folder
            parties.append(f"## {theme.replace('_', ' ').capitalize()}")
        parties.append(_fiche(name))
    return page("La loi connue de Palier", CHAPEAU, parties)
