"""The domains of the command line, each loaded when it is called: ``palier loi`` needs no table."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

from typer.main import get_group

from palier.cli.francais import Groupe

DOMAINES = (
    "demo", "cotation", "commission", "demandes", "chiffres", "journal", "lieux", "loi", "offres",
    "territoire", "site",
)  # fmt: skip


class Modules(MutableMapping[str, Any]):
    """Commands by name: the ``app`` of the module of that name, or its only command, read at first."""

    def __init__(self, noms: tuple[str, ...]) -> None:
        self._made: dict[str, Any] = dict.fromkeys(noms)

    def __getitem__(self, nom: str) -> Any:
        """Load a domain; KeyError if there is none."""
        if self._made[nom] is None:
            made = get_group(import_module(f"palier.cli.{nom}").app)
            made.name = nom
            self._made[nom] = made.commands.get(nom, made)
        return self._made[nom]

    def __setitem__(self, nom: str, command: Any) -> None:
        """Put a command under a name."""
        self._made[nom] = command

    def __delitem__(self, nom: str) -> None:
        """Forget a command."""
        del self._made[nom]

    def __iter__(self) -> Iterator[str]:
        """Give the names, in the order of the help."""
        return iter(self._made)

    def __len__(self) -> int:
        """Count the commands."""
        return len(self._made)


class Domaines(Groupe):
    """The root of the command line: a name costs nothing before it is called."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = Modules(DOMAINES)


def root() -> None:
    """Do nothing: the domains do the work."""
