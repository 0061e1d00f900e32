"""Typer in French: headings, built-in options, errors of usage."""

from __future__ import annotations

from typing import Any

import typer.rich_utils as rich_utils
from typer.core import TyperCommand, TyperGroup

_HELP = {
    "help": "Afficher cette aide et terminer.",
    "install_completion": "Installer la complétion pour ce terminal.",
    "show_completion": "Montrer la complétion, pour la copier ou l'adapter.",
}
_TITRES = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "ERRORS_PANEL_TITLE": "Erreur",
    "DEFAULT_STRING": "[par défaut : {}]",
    "REQUIRED_LONG_STRING": "[obligatoire]",
    "ABORTED_TEXT": "Interrompu.",
    "RICH_HELP": "« {command_path} {help_option} » donne l'aide.",
}


def speak_french() -> None:
    """Set the headings of the help pages."""
    for name, words in _TITRES.items():
        setattr(rich_utils, name, words)


def _translate(params: list[Any]) -> list[Any]:
    for param in params:
        if param.name in _HELP and hasattr(param, "help"):
            param.help = _HELP[param.name]
    return params


class Commande(TyperCommand):
    """A command whose built-in options speak French."""

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, built-in ones translated."""
        return _translate(super().get_params(ctx))


class Groupe(TyperGroup):
    """A group whose built-in options speak French."""

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, built-in ones translated."""
        return _translate(super().get_params(ctx))


def usage_words(error: Exception) -> str:
    """Say a usage error of the command line in French."""
    option = getattr(error, "option_name", None)
    if option:
        return f"L'option « {option} » n'existe pas ou attend autre chose."
    kind = type(error).__name__
    param = getattr(error, "param", None)
    names = list(getattr(param, "opts", [])) or [getattr(param, "name", "") or ""]
    name = str(getattr(param, "metavar", None) or names[-1])
    if kind == "MissingParameter":
        return f"Il manque « {name} »."
    if kind == "BadParameter":
        return f"La valeur de « {name} » ne convient pas."
    text = str(getattr(error, "message", error))
    if "No such command" in text:
        return f"La commande {text.split('No such command')[1].strip(' .')} n'existe pas."
    if "Missing command" in text:
        return "Il manque la commande."
    if "unexpected extra argument" in text:
        return f"Argument en trop : {text.rsplit('(', maxsplit=1)[-1].rstrip(').')}."
    return "La commande est mal écrite."
