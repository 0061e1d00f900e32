"""The application: domains, errors to exit codes, no traceback to a user."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import typer
from rich.console import Console

from palier.base.errors import PalierError, Problem
from palier.cli import cotation, demandes, demo, loi, territoire
from palier.cli.francais import Commande, Groupe, speak_french, usage_words
from palier.formats import group_problems

speak_french()
app = typer.Typer(
    name="palier",
    cls=Groupe,
    help="Palier : cotation des demandes de logement social, sur de vrais fichiers.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.add_typer(cotation.app, name="cotation")
app.add_typer(demandes.app, name="demandes")
app.add_typer(loi.app, name="loi")
app.add_typer(territoire.app, name="territoire")
app.command("demo", cls=Commande)(demo.demo)

_SHOWN = 40


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print each problem: code and place, then what was found and what to do."""
    grouped = group_problems(list(problems))
    for problem in grouped[:_SHOWN]:
        console.print(f"[bold red]{problem.code}[/] {problem.ou}", highlight=False, soft_wrap=True)
        console.print(
            f"  {problem.constat} {problem.que_faire}", highlight=False, markup=False, soft_wrap=True
        )
        if problem.reference:
            console.print(f"  ({problem.reference})", highlight=False, markup=False, soft_wrap=True)
    if len(grouped) > _SHOWN:
        console.print(f"… et {len(grouped) - _SHOWN} autres problèmes.", highlight=False)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    args : sequence of str, optional
        Arguments; those of the process by default.

    Returns
    -------
    int
        Exit code: 0 done, 2 usage, 3 unproven, 10 rule, 11 table, 12 law,
        13 infeasible, 14 disclosure, 15 refusal, 70 our fault, 130 interrupted.
    """
    errors = Console(stderr=True)
    try:
        result = app(args=list(args) if args is not None else None, standalone_mode=False)
    except PalierError as error:
        print_problems(error.problems, errors)
        return error.exit_code
    except (KeyboardInterrupt, EOFError):
        errors.print("Interrompu : rien n'a été écrit à moitié.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _unexpected(error, errors)
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception, errors: Console) -> int:
    code = getattr(error, "exit_code", None)
    if hasattr(error, "format_message") or type(error).__name__ in ("NoArgsIsHelpError", "Abort"):
        if type(error).__name__ == "NoArgsIsHelpError":
            return 0
        if type(error).__name__ == "Abort":
            errors.print("Interrompu : rien n'a été écrit à moitié.")
            return 130
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "palier"
        errors.print(f"[bold red]USG-010[/] {usage_words(error)}", highlight=False)
        errors.print(f"  « {path} --help » donne l'aide.", highlight=False)
        return code if isinstance(code, int) else 2
    errors.print(
        f"[bold red]INT-001[/] Une erreur de Palier ({type(error).__name__}) : ce n'est pas votre faute.\n"
        "  Rien n'a été écrit à moitié. Signalez-la avec la commande employée, sans données personnelles.",
        highlight=False,
    )
    if os.environ.get("PALIER_TRACE") == "1":
        traceback.print_exc()
    return 70
