"""The application: domains, errors to exit codes, no traceback to a user."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence

import typer
from rich.console import Console

from palier.base.errors import PalierError, Problem
from palier.cli.affichage import say
from palier.cli.domaines import Domaines, root
from palier.cli.francais import usage_problem
from palier.formats import group_problems
from palier.formats.catalogue import probleme

app = typer.Typer(
    name="palier",
    cls=Domaines,
    callback=root,
    help="Palier : cotation des demandes de logement social, sur de vrais fichiers.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

_SHOWN = 40
_INTERROMPU = 130
_NOTRE_FAUTE = 70


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print each problem: code and place, then what was found and what to do."""
    grouped = group_problems(problems)
    for problem in grouped[:_SHOWN]:
        say(console, f"{problem.code} {problem.ou}".rstrip(), style="bold red")
        say(console, f"{problem.constat} {problem.que_faire}", 1)
        if problem.reference:
            say(console, f"({problem.reference})", 1)
    if len(grouped) > _SHOWN:
        say(console, f"… et {len(grouped) - _SHOWN} autres problèmes.")


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
        result = app(args=None if args is None else list(args), prog_name="palier", standalone_mode=False)
    except PalierError as error:
        print_problems(error.problems, errors)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        result = _INTERROMPU
    except SystemExit:  # completion is done, or the reader of a pipe has gone
        return 0
    except BaseException as error:  # a panic of polars is no Exception
        return _refuse(error, errors)
    code = result if isinstance(result, int) else 0
    if code == _INTERROMPU:
        say(errors, "Interrompu : rien n'a été écrit à moitié.")
    return code


def _refuse(error: BaseException, errors: Console) -> int:
    """Say an error of usage, or that the fault is ours."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        if type(error).__name__ != "NoArgsIsHelpError":  # the help has been printed
            print_problems([usage_problem(error)], errors)
        return code
    print_problems([probleme("INT-001", type(error).__name__)], errors)
    if os.environ.get("PALIER_TRACE") == "1":
        traceback.print_exception(error)
    return _NOTRE_FAUTE
