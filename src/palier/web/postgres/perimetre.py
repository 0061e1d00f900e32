"""Row-level security: what a transaction may see, said once at its start (ADR 0020).

:func:`perimetre` is the only place of the site that sets it. Nothing said, no row: outside of it, a table of
requests is empty for the web role, whatever the query, and whatever connection a pool has lent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Settings of the transaction; an absent one and one that a former transaction has left empty are alike.
_NOMS = ("palier.organismes", "palier.territoire", "palier.lecteur", "palier.seances", "palier.demandes")
_ORGANISMES, _TERRITOIRE, _LECTEUR, _SEANCES, _DEMANDES = (
    f"nullif(current_setting('{nom}', true), '')" for nom in _NOMS
)
LECTEUR = f"{_LECTEUR} = 'oui'"


@contextmanager
def perimetre(
    *,
    organismes: Iterable[object] = (),
    territoire: str = "",
    lecteur: bool = False,
    seances: Iterable[object] = (),
    demandes: Iterable[object] = (),
) -> Iterator[None]:
    """Open a transaction that sees the requests of some organismes, or of a territory.

    Parameters
    ----------
    organismes : iterable of UUID
        Those in whose name a person acts.
    territoire : str
        A whole territory: jobs and the command line only, never a page.
    lecteur : bool
        Whether class 4 may be read too: a named reader, or a job that scores.
    seances, demandes : iterable of UUID
        Sessions in which a member of a commission sits; requests of an applicant, or of the person that an
        adviser acts for. They open the candidacies of these alone.

    Notes
    -----
    What is set lives as long as the transaction; inside another one, what was set before comes back.
    """
    wanted = (_ids(organismes), territoire, "oui" if lecteur else "", _ids(seances), _ids(demandes))
    inner = connection.in_atomic_block
    with transaction.atomic():
        before = _read() if inner else ("",) * len(_NOMS)
        _write(wanted)
        yield
        if inner:  # an error needs nothing: going back to the savepoint gives them back
            _write(before)


def _ids(objets: Iterable[object]) -> str:
    return ",".join(str(uuid.UUID(str(found))) for found in objets)


def _read() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"coalesce(current_setting('{nom}', true), '')" for nom in _NOMS)
        )
        found: tuple[str, ...] = cursor.fetchone()
        return found


def _write(valeurs: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"set_config('{nom}', %s, true)" for nom in _NOMS), valeurs)


# --- Policies, for migrations -----------------------------------------------------------------------------


def par_organismes(colonne: str = "organismes", territoire: str = "territoire") -> str:
    """Return the condition of a row that says its organismes and its territory itself."""
    mine = f"{colonne} && string_to_array({_ORGANISMES}, ',')::uuid[]"
    return f"({mine} OR {territoire} = {_TERRITOIRE})"


def parmi_seances(colonne: str) -> str:
    """Return the condition of a row of the sessions in which a member sits."""
    return f"{colonne} = ANY (string_to_array({_SEANCES}, ',')::uuid[])"


def parmi_demandes(colonne: str) -> str:
    """Return the condition of a row of the requests that a person holds, or acts for."""
    return f"{colonne} = ANY (string_to_array({_DEMANDES}, ',')::uuid[])"


def parmi_organismes(colonne: str) -> str:
    """Return the condition of a row of one organisme, among those of the transaction."""
    return f"{colonne} = ANY (string_to_array({_ORGANISMES}, ',')::uuid[])"


def par_parent(table: str, cle: str) -> str:
    """Return the condition of a row that is seen where its parent is."""
    return f"EXISTS (SELECT 1 FROM {table} p WHERE p.id = {cle})"


def proteger(table: str, condition: str) -> str:
    """Return the statements that put a table under row-level security, its owner included."""
    return (
        f"CREATE POLICY perimetre ON {table} USING ({condition}) WITH CHECK ({condition});"
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    )


def liberer(table: str) -> str:
    """Return the statements that undo :func:`proteger`."""
    return f"DROP POLICY perimetre ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
