"""Read one setting from the environment: value or problem, never an exception half-way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from palier.base.errors import Problem


@dataclass
class Lecteur:
    """The environment, and the problems found while reading it.

    Parameters
    ----------
    env : mapping of str to str
        Usually ``os.environ``.
    problems : list of Problem
        All that is wrong, filled as settings are read.
    """

    env: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, nom: str, constat: str, que_faire: str, code: str = "SIT-002") -> None:
        """Add a problem about a setting; the value of a secret is never repeated."""
        self.problems.append(Problem(code, f"réglage {nom}", constat, que_faire))

    def texte(self, nom: str, defaut: str = "", *, requis: bool = False, maximum: int = 500) -> str:
        """Return a text without surrounding spaces."""
        value = self.env.get(nom, "").strip()
        if not value:
            if requis:
                self.refuse(
                    nom, "Ce réglage manque.", "Donnez-lui une valeur dans l'environnement.", "SIT-001"
                )
            return defaut
        if len(value) > maximum or any(ord(char) < 32 for char in value):
            self.refuse(
                nom, "La valeur est trop longue ou contient des caractères de contrôle.", "Corrigez-la."
            )
            return defaut
        return value

    def booleen(self, nom: str, defaut: bool = False) -> bool:
        """Return yes or no."""
        value = self.texte(nom).lower()
        if value in {"", "oui", "1", "non", "0"}:
            return defaut if not value else value in {"oui", "1"}
        self.refuse(nom, "La valeur n'est ni « oui » ni « non ».", "Écrivez oui ou non.")
        return defaut

    def entier(self, nom: str, defaut: int, minimum: int, maximum: int) -> int:
        """Return a whole number within bounds."""
        value = self.texte(nom)
        if not value:
            return defaut
        if value.isascii() and value.isdigit() and minimum <= int(value) <= maximum:
            return int(value)
        self.refuse(
            nom,
            f"Un nombre entier de {minimum} à {maximum} est attendu.",
            "Corrigez la valeur ou retirez-la.",
        )
        return defaut

    def choix(self, nom: str, defaut: str, permis: tuple[str, ...]) -> str:
        """Return one of a closed list."""
        value = self.texte(nom, defaut)
        if value in permis:
            return value
        self.refuse(nom, "La valeur n'est pas dans la liste.", f"Choisissez parmi : {', '.join(permis)}.")
        return defaut

    def liste(self, nom: str) -> list[str]:
        """Return the parts of a comma-separated list."""
        return [part.strip() for part in self.texte(nom, maximum=4_000).split(",") if part.strip()]

    def motif(self, nom: str, defaut: str, forme: str, attendu: str) -> str:
        """Return a text of a given form."""
        value = self.texte(nom, defaut)
        if not value or re.fullmatch(forme, value):
            return value
        self.refuse(nom, f"La valeur n'a pas la forme attendue : {attendu}.", "Corrigez la valeur.")
        return defaut


@dataclass(frozen=True)
class Adresse:
    """A connection address split into its parts."""

    schema: str
    utilisateur: str
    motdepasse: str
    hote: str
    port: int | None
    chemin: str
    options: dict[str, str]


def split_adresse(value: str) -> Adresse:
    """Split ``scheme://user:password@host:port/path?option=value``.

    Raises
    ------
    ValueError
        The text is no address, or its port no number.
    """
    parts = urlsplit(value)
    if not parts.scheme:
        raise ValueError("adresse sans schéma")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return Adresse(
        parts.scheme,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(options.pop("host", "") or parts.hostname or ""),
        parts.port,
        unquote(parts.path.lstrip("/")),
        options,
    )
