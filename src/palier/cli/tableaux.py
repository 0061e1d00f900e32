"""Tables on the terminal: comparison of two grids, waits, queues, law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from palier.base.exact import percent_text
from palier.base.mots import date_longue, nombre, quantite, render, word
from palier.cli.affichage import counted, grid, say
from palier.engines.cotation.attente import Attente, Attentes
from palier.engines.cotation.attente.model import mois
from palier.engines.cotation.comparaison import Comparaison, Mouvement
from palier.engines.cotation.model import Grille
from palier.law import Fraicheur

ETATS = {
    "a_jour": "à jour",
    "bientot": "à revoir bientôt",
    "non_verifie": "non vérifiée",
    "sans_valeur": "sans valeur à cette date",
    "perime": "périmée",
}


def show_comparison(
    console: Console, before: Grille, after: Grille, made: Comparaison, langue: str = "fr"
) -> None:
    """Print who rises and who falls, then the legal objectives."""

    def w(code: str) -> str:
        return word(f"comparaison.{code}", langue)

    say(console, " → ".join(version_names(before, after)), style="bold")
    n = made.places.height
    say(console, w("places.une" if n == 1 else "places").format(n=nombre(n)))
    passing = made.passages
    moves = ("montent", "baissent", *(("entrent", "sortent") if passing else ()), "deplacement")
    table = grid(*(w(f"tete.{head}") for head in ("public", "places", *moves)))
    famille = ""
    for item in made.mouvements:
        if item.cohorte == "inconnu":
            continue
        if item.famille != famille:
            famille = item.famille
            table.add_row(Text(word(f"cohorte.{famille}", langue), style="bold"))
        name = Padding(cohort_name(item, langue, before, after), (0, 0, 0, 2))
        table.add_row(name, *_movement(item, passing, langue))
    console.print(table)
    say(console, w("deplacement"))
    if passing:
        say(console, w("passages"))
    say(console, render(made.quartile.phrase, langue))
    say(console, w("objectifs").format(part=percent_text(made.part_tete)))
    goals = grid(*(w(f"tete.{head}") for head in ("menages", "cible", "avant", "apres")))
    for goal in made.objectifs:
        unknown = word("cli.inconnu", langue)
        shares = (unknown if value is None else percent_text(value) for value in (goal.avant, goal.apres))
        goals.add_row(word(f"objectif.{goal.id}", langue), f"≥ {percent_text(goal.cible)}", *shares)
    console.print(goals)
    for raison in dict.fromkeys(goal.raison for goal in made.objectifs if goal.raison):
        say(console, word(f"objectif.inconnu.{raison}", langue))


def version_names(before: Grille, after: Grille) -> tuple[str, str]:
    """Name two grids by their version, with their file where that does not tell them apart."""
    names = (before.version, after.version)
    if names[0] != names[1]:
        return names
    return f"{names[0]} ({before.origine})", f"{names[1]} ({after.origine})"


def cohort_name(item: Mouvement, langue: str, *grilles: Grille) -> str:
    """Name a cohort; a system has the name that its grid gives it."""
    if item.famille != "systeme":
        return word(f"cohorte.{item.famille}.{item.cohorte}", langue)
    names = {systeme.id: systeme.libelle for grille in grilles for systeme in grille.systemes}
    return names.get(item.cohorte, item.cohorte)


def _movement(item: Mouvement, passing: bool, langue: str) -> list[str]:
    if item.monte is None or item.baisse is None:
        return [word("cli.masque", langue)]
    parts = [item.monte, item.baisse, *((item.entre or 0, item.sort or 0) if passing else ())]
    shares = [f"{round(100 * part / item.n)}\u202f%" for part in parts]
    plus = "+" if (item.mediane or 0) > 0 else ""
    move = "" if item.mediane is None else plus + percent_text(Fraction(item.mediane, 10_000))
    return [nombre(item.n), *shares, move]


def show_waits(console: Console, found: Attentes, langue: str = "fr") -> None:
    """Print the waits of the territory and of each size, one line each."""
    heads = ("demandes", "logees", "moyenne", "en_attente", "depuis", "quart", "moitie")
    table = grid(*(word(f"attentes.tete.{head}", langue) for head in heads))
    for attente in found:
        if attente.strate.secteur is None:
            table.add_row(*_wait(attente, langue))
    console.print(table)
    for code in ("attentes.lecture", "attente.avertissement", "attentes.detail"):
        say(console, word(code, langue))


def _wait(attente: Attente, langue: str) -> list[str]:
    hidden, size = word("cli.masque", langue), attente.strate.typologie
    past, pending, estimee = (
        attente.observee_loges[0],
        attente.anciennete_en_attente,
        attente.estimee_demandeurs,
    )
    cells = [
        word(f"code.typologie.{size}" if size else "attentes.toutes", langue),
        hidden if past.effectif is None else nombre(past.effectif),
        _months(past.moyenne_jours, langue),
        hidden if pending.effectif is None else nombre(pending.effectif),
        _months(pending.mediane_jours, langue),
    ]
    for part in (25, 50):
        quantile = next((q for q in estimee.quantiles if q.part == part), None)
        if quantile is None or estimee.horizon_jour is None:
            cells.append(hidden)
        elif quantile.jours is None:
            cells.append(f"> {_months(estimee.horizon_jour, langue)}")
        else:
            cells.append(_months(quantile.jours, langue))
    return cells


def _months(days: int | None, langue: str) -> str:
    if days is None:
        return word("cli.masque", langue)
    return quantite("mois", Fraction(mois(days)), langue).replace(" ", "\u00a0")


def show_queue(console: Console, head: pl.DataFrame, grille: Grille) -> None:
    """Print the head of a queue, classes under the names that the grid gives them."""
    names = {classe.id: classe.libelle for systeme in grille.systemes for classe in systeme.classes}
    table = grid("Rang", "Ordre", "Numéro unique", "Points", "Classe", right=99)
    for row in head.iter_rows(named=True):
        classe = names.get(row["classe"], "")
        cells = (row["rang"], row["ordre"], row["numero_unique"], row["total"], classe)
        table.add_row(*(str(cell) for cell in cells))
    console.print(table)


def show_law_list(console: Console, names: Mapping[str, str]) -> None:
    """Print the names of the tables of the law."""
    table = grid("Nom", "Libellé", right=99)
    for id_, libelle in names.items():
        table.add_row(id_, libelle)
    console.print(table)


def show_law(console: Console, found: Mapping[str, Any], au: dt.date) -> None:
    """Print a value of the law: state, source, then its rows."""
    day = {key: date_longue(dt.date.fromisoformat(found[key])) for key in ("du", "verifie_le", "perime_le")}
    end = f" jusqu'au {date_longue(dt.date.fromisoformat(found['au']))}" if found["au"] else ""
    state = "périmée" if found["perime"] else "vérifiée" if found["verifie"] else "non vérifiée"
    say(console, f"{found['libelle']} ({found['id']})", style="bold")
    say(console, f"Au {date_longue(au)} : valeur du {day['du']}{end}, en {found['unite']}", 1)
    say(console, f"État : {state} ; relue le {day['verifie_le']}, à relire le {day['perime_le']}", 1)
    reference = found["reference"]
    cited = ", ".join(str(part) for part in (reference.get("texte"), reference.get("article")) if part)
    say(console, f"Référence : {cited}", 1)
    if reference.get("url"):
        say(console, str(reference["url"]), 2)
    if found["valeur"] is not None:
        share = found["unite"] == "part"
        value = percent_text(Fraction(found["valeur"])) if share else found["valeur"]
        say(console, f"Valeur : {value}", 1, style="bold")
    if found["lignes"]:
        _show_rows(console, found["colonnes"], found["lignes"])
    if found["prolonge"]:
        more = found["prolonge"]
        say(
            console,
            f"Au-delà de {more['apres']} : ajoutez la ligne « {more['par']} » pour chaque unité de plus.",
            1,
        )
    if found["notes"]:
        say(console, f"Notes : {found['notes']}", 1)


def _show_rows(console: Console, columns: list[tuple[str, str]], rows: list[Mapping[str, Any]]) -> None:
    """Print the rows of a table of the law, then what its codes mean."""
    table = grid(*(label for _, label in columns))
    for column, (code, _) in zip(table.columns, columns, strict=True):
        column.no_wrap = False
        column.justify = "right" if all(isinstance(row.get(code), int) for row in rows) else "left"
    for row in rows:
        table.add_row(*(_cell(row.get(code)) for code, _ in columns))
    console.print(table)
    for code, _ in columns:
        meanings = {row[code]: row[f"{code}_libelle"] for row in rows if row.get(f"{code}_libelle")}
        for value, label in meanings.items():
            say(console, f"{value} : {label}", 1)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return word("valeur.oui" if value else "valeur.non")
    return nombre(value) if isinstance(value, int) else str(value or "")


def show_freshness(console: Console, found: list[Fraicheur], au: dt.date) -> None:
    """Print the state of each table of the law, then the counts."""
    table = grid("Valeur", "Relue le", "À relire le", "État", right=99)
    for item in found:
        table.add_row(item.id, item.verifie_le.isoformat(), item.perime_le.isoformat(), ETATS[item.etat])
    console.print(table)
    counts = {etat: sum(item.etat == etat for item in found) for etat in ETATS}
    said = ", ".join(f"{ETATS[etat]} {n}" for etat, n in counts.items() if n)
    say(console, f"{counted(len(found), 'valeur')} au {date_longue(au)} : {said}.")
