"""Row-level security: what a transaction may see, said once at its start (ADR 0020).

:func:`perimetre` is the only place of the site that sets it. Nothing said, no row: outside of it, a table of
requests is empty for the web role, whatever the query, and whatever connection a pool has lent.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Settings of the transaction; an absent one and one that a former transaction has left empty are alike.
_NOMS = (
    "palier.organismes", "palier.territoire", "palier.lecteur", "palier.seances", "palier.demandes",
    "palier.numero", "palier.naissance", "palier.usager",
)  # fmt: skip
_ORGANISMES, _TERRITOIRE, _LECTEUR, _SEANCES, _DEMANDES, _NUMERO, _NAISSANCE, _USAGER = (
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
    connue: tuple[str, dt.date] | None = None,
    usager: str = "",
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
        adviser acts for. They open these alone, and their candidacies, to be read.
    connue : (str, date), optional
        Unique number and date of birth: who gives both finds this request, to tie it to an account.
    usager : str
        Key of an applicant's account: its id, or the digest of what it enters with.

    Notes
    -----
    What is set lives as long as the transaction; inside another one, what was set before comes back.
    """
    known = (connue[0], connue[1].isoformat()) if connue else ("", "")
    opened = (_ids(organismes), territoire, "oui" if lecteur else "", _ids(seances), _ids(demandes))
    wanted = (*opened, *known, usager)
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


def par_connaissance(numero: str = "numero_unique", naissance: str = "naissance") -> str:
    """Return the condition of a request whose number and date of birth are both given."""
    return f"({numero} = {_NUMERO} AND {naissance} = {_NAISSANCE}::date)"


def par_usager(*colonnes: str) -> str:
    """Return the condition of a row of one applicant's account, by one of its keys."""
    return "(" + " OR ".join(f"{colonne} = {_USAGER}" for colonne in colonnes) + ")"


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


def donner_a_lire(table: str, condition: str) -> str:
    """Return the statement that lets more rows be read, and only read, than :func:`proteger` lets through."""
    return f"CREATE POLICY lecture ON {table} FOR SELECT USING ({condition});"


def liberer(table: str) -> str:
    """Return the statements that undo :func:`proteger`."""
    return f"DROP POLICY perimetre ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
