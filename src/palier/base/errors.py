"""The error tree of the house and its exit codes.

::

    PalierError                      70  our fault
    ├── InputError                       shown without traceback
    │   ├── UsageError                2  usage, missing or unwritable path
    │   ├── RuleFileError            10  a grid or another local rule
    │   ├── TableError               11  a table, an unknown number
    │   ├── LoiError                 12  law unknown, too early or stale
    │   └── RefusalError             15  legal refusal
    │       └── DroitError               a role that may not do this, whatever the object
    ├── UnprovenResult                3  feasible, not proven
    ├── InfeasibleError              13  carries a certificate
    └── DisclosureError              14  statistical confidentiality

Each error holds every :class:`Problem` found, never only the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said to a person.

    Parameters
    ----------
    code : str
        Stable code (``COT-012``), documented in ``base/codes/*.yaml``.
    ou : str
        Where: file, line, column, path in a grid.
    constat : str
        What was found, in French. Never a personal value.
    que_faire : str
        What to do about it, in French.
    reference : str, optional
        Article or page that explains the rule.
    """

    code: str
    ou: str
    constat: str
    que_faire: str
    reference: str | None = None

    def __str__(self) -> str:
        """Render as one French line."""
        suffix = f" ({self.reference})" if self.reference else ""
        place = f"{self.ou} : " if self.ou else ""
        return f"[{self.code}] {place}{self.constat} {self.que_faire}{suffix}"

    def to_dict(self) -> dict[str, str | None]:
        """Return the problem as plain data."""
        return asdict(self)


class PalierError(Exception):
    """Base of all errors of the house; holds problems and an exit code."""

    exit_code = 70

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = [problems] if isinstance(problems, Problem) else list(problems)
        self.problems: Sequence[Problem] = tuple(found)
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[PalierError], tuple[tuple[Problem, ...]]]:
        """Survive a trip between processes."""
        return type(self), (tuple(self.problems),)


class InputError(PalierError):
    """Something that the person gave is wrong: shown without traceback."""

    exit_code = 2


class UsageError(InputError):
    """Usage, missing or unwritable path."""

    exit_code = 2


class RuleFileError(InputError):
    """A local rule (grid, convention) that cannot be used."""

    exit_code = 10


class TableError(InputError):
    """A table that breaks its schema, or an unknown number."""

    exit_code = 11


class LoiError(InputError):
    """A legal value that is unknown, too early, unverified or stale."""

    exit_code = 12


class RefusalError(InputError):
    """An act that the law forbids."""

    exit_code = 15


class DroitError(RefusalError):
    """A role that may not do this, whatever the object: 403 on a page."""


class UnprovenResult(PalierError):
    """A feasible result whose optimality is not proven."""

    exit_code = 3


class InfeasibleError(PalierError):
    """No solution exists; the certificate says why."""

    exit_code = 13


class DisclosureError(PalierError):
    """A table would betray a small group; never prints the hidden number."""

    exit_code = 14
