"""Tell a file that carries another table than the one expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from palier.tables.registre import SchemaTable, all_schemas

# Columns without which a table is of no use, although a line may leave them empty.
SIGNES = {"baux": ("bail_date", "sortie_date")}

Reader = Callable[[str, SchemaTable], Iterable[str]]


def find_other_table(entetes: list[str], attendue: SchemaTable, read: Reader) -> SchemaTable | None:
    """Return the table that the titles are those of, if it is not the expected one.

    Parameters
    ----------
    entetes : list of str
        Titles of the file.
    attendue : SchemaTable
        The table asked for.
    read : callable
        Gives the columns that a title may mean in a table.

    Returns
    -------
    SchemaTable or None
        The table that explains most titles. It must have all its compulsory
        columns there, and either the expected one lacks some of its own, or
        the signs of leases say which of both it is.
    """
    mine = {title: set(read(title, attendue)) for title in entetes}
    known = {title for title, columns in mine.items() if columns}
    columns = set().union(*mine.values())
    lacking = not set(attendue.obligatoires) <= columns
    unsigned = attendue.nom in SIGNES and not columns.intersection(SIGNES[attendue.nom])
    doubtful = lacking or unsigned
    best, most = None, 0
    for other in all_schemas().values():
        if other.nom == attendue.nom or not (doubtful or other.nom in SIGNES):
            continue
        theirs = {title for title in entetes if list(read(title, other))}
        held = {nom for title in theirs for nom in read(title, other)}
        if not set(other.obligatoires) <= held or len(theirs) <= max(most, len(known)):
            continue
        if doubtful or (known <= theirs and held.intersection(SIGNES[other.nom])):
            best, most = other, len(theirs)
    return best
