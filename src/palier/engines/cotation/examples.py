"""Worked examples of a grid, proved: each is scored by the reference engine."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.errors import InputError, Problem, TableError
from palier.engines.cotation.model.nodes import Exemple, Grille
from palier.engines.cotation.reference import prepare, score_row
from palier.law import LoiAu
from palier.tables.valeurs import Texte, Valeur, evenements_from_texts, row_from_texts

EVENEMENTS = "evenements"
Ligne = dict[str, Valeur]


def read_exemple(exemple: Exemple, origine: str = "") -> tuple[Ligne, list[Ligne] | None]:
    """Read the request of an example.

    Parameters
    ----------
    exemple : Exemple
        As it stands in the grid; ``evenements`` is a list of texts
        (``2025-03-01 offre_refusee adaptee``), and without it nobody knows
        the events of the request.
    origine : str
        Name of the grid, for messages.

    Returns
    -------
    dict and list of dict or None
        A row of ``demandes``, and its events.

    Raises
    ------
    TableError
        VAL-001 to VAL-003, every problem at once.
    """
    place = f"{origine}, ligne {exemple.ligne}, exemple « {exemple.nom} »"
    texts: dict[str, Texte] = dict(exemple.demande)
    events = texts.pop(EVENEMENTS, None)
    problems: list[Problem] = []
    row: Ligne = {}
    found: list[Ligne] | None = None
    try:
        row = row_from_texts(texts, place)
    except InputError as error:
        problems += error.problems
    if events is not None:
        try:
            found = evenements_from_texts([events] if isinstance(events, str) else events, place)
        except InputError as error:
            problems += error.problems
    if problems:
        raise TableError(problems)
    return row, found


def run_examples(grille: Grille, loi: LoiAu) -> tuple[Problem, ...]:
    """Score each example of a grid and say where it is wrong.

    Parameters
    ----------
    grille : Grille
        A grid that the checks let pass.
    loi : LoiAu
        The law; each example is computed at its own date.

    Returns
    -------
    tuple of Problem
        COT-060 a total or points that differ, COT-061 an example that cannot
        be computed. Empty when every example is right.
    """
    return tuple(problem for exemple in grille.exemples for problem in _run(grille, exemple, loi))


def _run(grille: Grille, exemple: Exemple, loi: LoiAu) -> Iterator[Problem]:
    place = f"{grille.origine}, ligne {exemple.ligne}"
    try:
        row, events = read_exemple(exemple, grille.origine)
        if row.get("date_depot_initial") is None:
            yield _impossible(
                place, exemple, "il n'a pas de date de premier dépôt", "Ajoutez date_depot_initial."
            )
            return
        regle = prepare(grille, loi.registre.at(exemple.au, loi.non_verifie))
    except InputError as error:
        for problem in error.problems:
            yield _impossible(place, exemple, problem.constat.rstrip("."), problem.que_faire)
        return
    note = score_row(regle, row, exemple.au, events)
    if exemple.total is not None and note.total != exemple.total:
        yield _wrong(place, exemple, "le total", exemple.total, note.total)
    known = grille.criteres()
    for critere, points in exemple.points:
        if critere not in known:
            advice = f"Critères de la grille : {', '.join(known)}."
            yield _impossible(place, exemple, f"le critère « {critere} » n'existe pas", advice)
        elif note.points.get(critere) != points:
            yield _wrong(place, exemple, f"« {critere} »", points, note.points.get(critere))


def _wrong(place: str, exemple: Exemple, quoi: str, attendu: int, trouve: int | None) -> Problem:
    found = (
        "pas de points : une réponse manque ou la demande n'est pas notée" if trouve is None else str(trouve)
    )
    return Problem(
        "COT-060",
        place,
        f"L'exemple « {exemple.nom} » attend {attendu} pour {quoi} ; la grille donne {found}.",
        "Corrigez l'exemple ou la grille : l'un des deux se trompe.",
    )


def _impossible(place: str, exemple: Exemple, constat: str, que_faire: str) -> Problem:
    return Problem("COT-061", place, f"L'exemple « {exemple.nom} » ne se calcule pas : {constat}.", que_faire)
