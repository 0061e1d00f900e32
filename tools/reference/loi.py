"""The law that Palier knows: one section per dated table, from ``law/data``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palier.law import Registre, describe, load
from tools.reference.markdown import cell, page, table

CHAPEAU = """
Chaque valeur a une date d'effet, une référence et un état : « vérifiée » veut dire que quelqu'un l'a lue
dans la source citée. Cette source n'est pas toujours le texte officiel : « lu_dans » dit alors laquelle, et
une relecture au Journal officiel reste utile. Une valeur inconnue, trop ancienne ou périmée arrête le calcul
(code de sortie 12) : elle n'est jamais devinée. Pour voir une valeur à une date : `palier loi montrer`.
"""
MAX_ROWS = 60


def _reference(raw: dict[str, str | None]) -> str:
    words = cell(", ".join(part for part in (raw["texte"], raw["article"]) if part))
    text = f"[{words}]({raw['url']})" if raw["url"] else words
    return text + (f" (lu dans : {raw['lu_dans']})" if raw["lu_dans"] else "")


def _cells(row: dict[str, Any], names: list[str]) -> list[str]:
    return [
        f"{row.get(name, '')} : {row[f'{name}_libelle']}"
        if f"{name}_libelle" in row
        else str(row.get(name, ""))
        for name in names
    ]


def _valeur(raw: dict[str, Any]) -> str:
    until = f" au {raw['au']}" if raw["au"] else ""
    state = "vérifiée" if raw["verifie"] else "**non vérifiée**"
    head = f"**Du {raw['du']}{until}**, {state}. {_reference(raw['reference'])}\n\n"
    if raw["valeur"] is not None:
        return head + f"Valeur : {raw['valeur']} {raw['unite']}\n"
    names = [name for name, _ in raw["colonnes"]]
    rows = [_cells(row, names) for row in raw["lignes"]]
    text = head + table([label for _, label in raw["colonnes"]], rows[:MAX_ROWS])
    if len(rows) > MAX_ROWS:
        text += f"\n… et {len(rows) - MAX_ROWS} autres lignes : `palier loi montrer {raw['id']}`.\n"
    if raw["prolonge"]:
        after, step = raw["prolonge"]["apres"], raw["prolonge"]["par"]
        text += f"\nAu-delà de {after}, ajouter « {step} » par unité de plus.\n"
    return text


def _fiche(registre: Registre, ident: str) -> Iterator[str]:
    fiche = registre.fiche(ident)
    yield (
        f"### `{ident}` : {fiche.libelle}\n\nUnité : {fiche.unite}. Vérifiée le {fiche.verifie_le}. "
        f"Rythme : {fiche.rythme.replace('_', ' ')}.\n"
    )
    if fiche.derive:
        words = f"`{fiche.derive.de}` multiplié par {float(fiche.derive.fois):g}"
        yield f"Calculée : {words.replace('.', ',')}, arrondi {fiche.derive.arrondi.replace('_', ' ')}.\n"
    if fiche.notes:
        yield fiche.notes.strip() + "\n"
    for valeur in fiche.valeurs:
        yield _valeur(describe(registre.at(valeur.du, non_verifie=True), ident))


def render() -> str:
    """Write ``docs/reference/loi.md``."""
    registre = load()
    themes: dict[str, list[str]] = {}
    for ident in registre.ids():
        themes.setdefault(registre.fiche(ident).theme, []).append(ident)
    parties = []
    for theme, idents in sorted(themes.items()):
        parties.append(f"## {theme.replace('_', ' ').capitalize()}\n")
        parties += [part for ident in idents for part in _fiche(registre, ident)]
    return page("La loi connue de Palier", CHAPEAU, parties)
