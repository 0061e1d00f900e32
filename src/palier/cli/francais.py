"""Typer in French: headings, built-in options, usage lines, completion, errors of usage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer._completion_shared import Shells, _get_shell_name, get_completion_script, install
from typer.core import TyperArgument, TyperCommand, TyperGroup

from palier.base.errors import Problem
from palier.formats.chemins import usage

_HELP = {
    "help": "Afficher cette aide et terminer.",
    "install_completion": "Installer la complétion des commandes pour ce terminal.",
    "show_completion": "Montrer le script de complétion, pour le copier ou l'adapter.",
}
_TITRES = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "DEFAULT_STRING": "[par défaut : {}]",
    "REQUIRED_LONG_STRING": "[obligatoire]",
}
_SORTES: dict[Any, str] = {
    int: "Un nombre entier est attendu.",
    float: "Un nombre est attendu, avec un point : 0.5.",
}


def speak_french() -> None:
    """Set the headings of the help pages; what draws them is loaded with the first one."""
    import typer.rich_utils as rich_utils

    for name, words in _TITRES.items():
        setattr(rich_utils, name, words)


def _shell() -> str:
    """Name the shell that runs the command.

    Raises
    ------
    UsageError
        USG-015 if it cannot be told.
    """
    shell = _get_shell_name()
    if shell not in Shells.__members__:
        raise usage("USG-015", "--install-completion, --show-completion")
    return str(shell)


def _install(ctx: Any, param: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        shell, path = install(shell=_shell(), prog_name="palier")
        typer.echo(f"Complétion installée pour {shell} dans {path} ; ouvrez un nouveau terminal.")
        raise typer.Exit


def _show(ctx: Any, param: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        script = get_completion_script(prog_name="palier", complete_var="_PALIER_COMPLETE", shell=_shell())
        typer.echo(script)
        raise typer.Exit


_CALLS: dict[str, Callable[[Any, Any, Any], None]] = {
    "install_completion": _install,
    "show_completion": _show,
}


def _translate(params: list[Any]) -> list[Any]:
    for param in params:
        if param.name in _HELP:
            param.help = _HELP[param.name]
        if param.name in _CALLS:
            param.callback = _CALLS[param.name]
        if param.metavar is None or isinstance(param, TyperArgument):
            param.display_type_rich = _no_type
    return params


def _no_type(ctx: Any) -> str:
    """Show no type: the name in capitals says what is expected."""
    return ""


class Commande(TyperCommand):
    """A command that speaks French."""

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, built-in ones translated."""
        return _translate(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of help, headings in French."""
        speak_french()
        super().format_help(ctx, formatter)


class Groupe(TyperGroup):
    """A group of commands that speaks French."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given | {"subcommand_metavar": "COMMANDE [ARGUMENTS]…"})

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, built-in ones translated."""
        return _translate(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of help, headings in French."""
        speak_french()
        super().format_help(ctx, formatter)


def _write_usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    pieces = (
        " ".join(command.collect_usage_pieces(ctx))
        .translate({ord("{"): "", ord("}"): ""})
        .replace("...", "…")
    )
    formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")


def usage_problem(error: BaseException) -> Problem:
    """Say an error of the command line in French.

    Parameters
    ----------
    error : BaseException
        What typer raised: its class and its fields are read, hardly its words.

    Returns
    -------
    Problem
        USG-010, with the command whose help serves.
    """
    from palier.formats.catalogue import probleme  # loads the readers of tables: only a fault needs it

    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "palier"
    found = probleme("USG-010", path)
    return Problem(found.code, path, _finding(error), f"« {path} --help » donne l'aide.")


def _finding(error: BaseException) -> str:
    option, param = getattr(error, "option_name", None), getattr(error, "param", None)
    text = str(getattr(error, "message", error))
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return f"L'option « {option} » n'existe pas.{_near(getattr(error, 'possibilities', None))}"
    if option:
        needs = "n'attend pas de valeur" if "does not take" in text else "attend une valeur"
        return f"L'option « {option} » {needs}."
    if kind == "MissingParameter":
        context: Any = getattr(error, "ctx", None)
        wanted = [_name(p) for p in context.command.params if p.required]
        return f"Il manque « {_name(param)} ». Sont obligatoires : {', '.join(wanted)}."
    if kind == "BadParameter":
        annotation: Any = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        return f"La valeur de « {_name(param)} » ne convient pas. {_SORTES.get(annotation, '')}".strip()
    quoted = re.findall(r"'([^']*)'", text)
    if "No such command" in text:
        return f"La commande « {quoted[0]} » n'existe pas.{_near(quoted[1:])}"
    if "Missing command" in text:
        return "Il manque la commande."
    if "extra argument" in text:
        return f"Argument en trop : {text.rpartition('(')[2].rstrip(').')}."
    return "La commande est mal écrite."


def _near(names: Iterable[str] | None) -> str:
    shown = " ou ".join(f"« {name} »" for name in sorted(names or ()))
    return f" Vouliez-vous dire {shown} ?" if shown else ""


def _name(param: Any) -> str:
    options = [name for name in getattr(param, "opts", ()) if name.startswith("-")]
    return str(options[-1] if options else getattr(param, "metavar", None) or "argument")
