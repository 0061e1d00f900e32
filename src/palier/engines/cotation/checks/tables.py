"""Thresholds read in tables: of the law, or written in the grid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from palier.base.errors import LoiError
from palier.engines.cotation.checks.constats import Constats, joined
from palier.engines.cotation.checks.parcours import bornes_of
from palier.engines.cotation.model.lecteur import ARTICLE_UNIFORME, is_lieu_ou_bailleur, near
from palier.engines.cotation.model.nodes import RefTable, TableLocale
from palier.law import LoiAu
from palier.tables import Colonne, all_colonnes, colonne, schema

_MAX_SHOWN = 5


def check_tables(constats: Constats, loi: LoiAu | None) -> None:
    """Say unknown tables, wrong keys, missing cells and tables that serve nothing."""
    grille = constats.grille
    used: set[str] = set()
    for where, ligne, _, borne in bornes_of(grille):
        ref = borne.valeur
        if not isinstance(ref, RefTable):
            continue
        if ref.loi:
            if loi is not None:
                _check_law(constats, where, ligne, ref, loi)
        else:
            used.add(ref.id)
            _check_local(constats, where, ligne, ref)
    for table in grille.tables:
        line = table.ligne or grille.ligne("tables")
        if table.id not in used:
            words = f"la table « {table.id} » n'est lue par aucun critère."
            constats.warn("046", line, words, "Retirez-la, ou lisez-la avec {table: …, par: […]}.")
        sound = [_check_par(constats, table, name, line) for name in table.par]
        if all(sound):
            _check_keys(constats, table, line)


def _check_law(constats: Constats, where: str, ligne: int, ref: RefTable, loi: LoiAu) -> None:
    known = loi.registre.fiches
    if ref.id not in known:
        hint = near(ref.id, known) or f"Tables de la loi : {', '.join(loi.registre.ids())}."
        constats.add("046", ligne, f"{where} lit une table de la loi inconnue, « {ref.id} ».", hint)
        return
    wanted = known[ref.id].dimensions
    if not _same_keys(ref.par, wanted):
        words = f"{where} lit la table « {ref.id} » avec de mauvaises clés ({_keys(ref.par)})."
        constats.add("046", ligne, words, f"Elle se lit par : [{_columns_of(wanted)}], dans cet ordre.")
        return
    try:
        loi.get(ref.id)
    except LoiError as error:
        words = f"{where} lit la table « {ref.id} » : {error.problems[0].constat}"
        constats.warn("046", ligne, words, error.problems[0].que_faire)


def _same_keys(par: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(par) == len(wanted) and all(
        key in (name, colonne(name).nomenclature) for name, key in zip(par, wanted, strict=True)
    )


def _columns_of(dimensions: tuple[str, ...]) -> str:
    demandes = [c for c in all_colonnes().values() if c.derive or c in schema("demandes").colonnes]
    names = {c.nomenclature: c.nom for c in reversed(demandes) if c.nomenclature} | {
        c.nom: c.nom for c in demandes
    }
    return ", ".join(names.get(key, key) for key in dimensions)


def _keys(par: tuple[str, ...]) -> str:
    return ", ".join(par) if par else "aucune"


def _check_local(constats: Constats, where: str, ligne: int, ref: RefTable) -> None:
    table = constats.grille.table(ref.id)
    if table is None:
        known = [t.id for t in constats.grille.tables]
        hint = near(ref.id, known) or "Écrivez-la sous « tables », ou « loi: » si c'est une table de la loi."
        constats.add("046", ligne, f"{where} lit une table absente de la grille, « {ref.id} ».", hint)
    elif table.par != ref.par:
        read, written = _keys(ref.par), _keys(table.par)
        words = f"{where} lit la table « {ref.id} » par [{read}] ; elle est écrite par [{written}]."
        constats.add("046", ligne, words, "Écrivez les mêmes colonnes, dans le même ordre.")


def _check_par(constats: Constats, table: TableLocale, name: str, ligne: int) -> bool:
    col = all_colonnes().get(name)
    if col is None:
        words = f"la table « {table.id} » se lit par une colonne inconnue, « {name} »."
        constats.add("046", ligne, words, near(name, all_colonnes()) or "Vérifiez son nom.")
        return False
    if is_lieu_ou_bailleur(col):
        words = f"la table « {table.id} » donne des seuils par « {name} », selon la commune ou le bailleur."
        constats.add("039", ligne, words, "Un seul seuil vaut pour tout le territoire.", ARTICLE_UNIFORME)
        return False
    if col.type not in ("code", "entier"):
        words = f"la table « {table.id} » ne peut pas se lire par « {name} » ({col.libelle})."
        constats.add("046", ligne, words, "Prenez une colonne à choix, ou un nombre entier.")
        return False
    return True


def _check_keys(constats: Constats, table: TableLocale, ligne: int) -> None:
    keys = [key for key, _ in table.valeurs]
    columns = [colonne(name) for name in table.par]
    sound = True
    for place, col in enumerate(columns):
        for answer in dict.fromkeys(key[place] for key in keys):
            if not _is_answer(col, answer):
                sound = False
                words = f"dans la table « {table.id} », « {answer} » n'est pas une réponse de « {col.nom} »."
                constats.add("046", ligne, words, near(answer, col.codes) or "Corrigez cette clé.")
    if not sound or not keys:
        return
    axes = [_axis(col, [key[place] for key in keys]) for place, col in enumerate(columns)]
    missing = [key for key in product(*axes) if key not in set(keys)]
    if missing:
        shown = joined(" / ".join(key) for key in missing[:_MAX_SHOWN])
        more = f" (et {len(missing) - _MAX_SHOWN} autres)" if len(missing) > _MAX_SHOWN else ""
        words = f"dans la table « {table.id} », il manque la valeur de {shown}{more}."
        constats.add("046", ligne, words, "Ajoutez chaque valeur : sans elle, le seuil est inconnu.")
    for place, col in enumerate(columns):
        rest = list(_beyond(col, [key[place] for key in keys]))
        if rest:
            shown = joined(rest[:_MAX_SHOWN], "ou")
            words = f"la table « {table.id} » ne prévoit rien pour « {col.nom} » {shown}."
            constats.warn("046", ligne, words, "Ces demandes resteront sans seuil : ajoutez-les si besoin.")


def _is_answer(col: Colonne, answer: str) -> bool:
    if col.type == "code":
        return answer in col.codes
    return answer.isascii() and answer.isdigit() and str(int(answer)) == answer


def _axis(col: Colonne, answers: list[str]) -> list[str]:
    """List the answers a table must give: its own, without a gap between numbers."""
    if col.type == "code":
        return list(dict.fromkeys(answers))
    numbers = [int(answer) for answer in answers]
    return [str(number) for number in range(min(numbers), max(numbers) + 1)]


def _beyond(col: Colonne, answers: list[str]) -> Iterator[str]:
    if col.type == "code":
        yield from (code for code in col.codes if code not in answers)
        return
    low, high = min(map(int, answers)), max(map(int, answers))
    if col.minimum is not None and int(col.minimum) < low:
        yield f"sous {low}"
    if col.maximum is None or int(col.maximum) > high:
        yield f"au-delà de {high}"
