"""The command line speaks French: help of every command, errors of usage, completion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from palier.cli import app
from tests.unit.cli.outils import Palier

# English words that are not also French ones (« options », « message », « file », « on »…).
ANGLAIS = set(
    """an and are bool by can command commands completion copy current customize env error exit filename
    flag float folder for from given grid help how in install installation int integer into invalid is it
    missing must not of output over path required shell show that the this to try use value var which with
    write you your""".split()
)


def chemins(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that a person can call."""
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from chemins(child, (*path, name))


COMMANDES = list(chemins(get_command(app)))


def aide(path: tuple[str, ...]) -> str:
    env = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200", "TERMINAL_WIDTH": "200"}
    done = CliRunner().invoke(app, [*path, "--help"], prog_name="palier", env=env)
    assert done.exit_code == 0
    return done.output


def anglais(text: str) -> set[str]:
    """English words of a help page, names of options and of files put aside."""
    prose = re.sub(r"--[\w-]+|\.\w+|\S*palier\S*", " ", text)
    return {word for word in re.findall(r"[a-zà-ÿœ]+", prose.lower()) if word in ANGLAIS}


@pytest.mark.parametrize("path", COMMANDES, ids=" ".join)
def test_help_is_in_french(path: tuple[str, ...]) -> None:
    text = aide(path)
    assert not anglais(text)
    assert text.lstrip().startswith("Usage : palier")
    assert "Afficher cette aide et terminer." in text
    assert not re.search(r"<\w+>|\{|ARGS", text)


def test_the_walk_sees_all_and_an_english_word() -> None:
    assert ("cotation", "noter") in COMMANDES
    assert len(COMMANDES) > 12
    assert anglais("Show this message and exit.") == {"show", "this", "and", "exit"}
    assert anglais("Afficher cette aide et terminer. --with .path") == set()


@pytest.mark.parametrize("path", [p for p in COMMANDES if len(p) != 1 or p == ("demo",)], ids=" ".join)
def test_each_option_and_argument_says_what_it_is(path: tuple[str, ...]) -> None:
    command: Any = get_command(app)
    for name in path:
        command = command.commands[name]
    assert command.help.strip()
    assert all(param.help for param in command.params), [p.name for p in command.params if not p.help]


USAGE = [
    ("cotatio", "La commande « cotatio » n'existe pas. Vouliez-vous dire « cotation » ?", "palier --help"),
    ("cotation zzz", "La commande « zzz » n'existe pas. « palier cotation", "palier cotation --help"),
    ("cotation noter", "Il manque « DEMANDES ». Sont obligatoires : DEMANDES, --grille, --au, --sortie.", ""),
    ("cotation noter d.csv", "Il manque « --grille ».", "palier cotation noter --help"),
    (
        "cotation noter d.csv --gril x",
        "L'option « --gril » n'existe pas. Vouliez-vous dire « --grille » ?",
        "",
    ),
    ("cotation noter d.csv --zzz x", "L'option « --zzz » n'existe pas. «", ""),
    ("cotation noter d.csv --au", "L'option « --au » attend une valeur.", ""),
    ("cotation noter d.csv --bonnes-lignes=1", "L'option « --bonnes-lignes » n'attend pas de valeur.", ""),
    ("demo trop", "Argument en trop : trop.", "palier demo --help"),
    ("demo --graine x", "La valeur de « --graine » ne convient pas. Un nombre entier est attendu.", ""),
    (
        "demo --taille x",
        "La valeur de « --taille » ne convient pas. Un nombre est attendu, avec un point",
        "",
    ),
]


@pytest.mark.parametrize(("line", "finding", "advice"), USAGE, ids=[row[0] for row in USAGE])
def test_usage_errors_are_in_french(palier: Palier, line: str, finding: str, advice: str) -> None:
    done = palier(*line.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("USG-010 palier")
    assert finding in done.err
    assert advice in done.err
    assert not anglais(done.err.replace("noter", "")), done.err


@pytest.mark.parametrize("path", [(), ("cotation",), ("loi",)])
def test_a_group_alone_gives_its_help_and_fails(palier: Palier, path: tuple[str, ...]) -> None:
    done = palier(*path)
    assert (done.code, done.err) == (2, "")
    assert "Usage : palier" in done.out


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("palier cot", 1, {"cotation"}),
        ("palier cotation n", 2, {"noter"}),
        ("palier cotation noter d.csv --gr", 4, {"--grille"}),
        ("palier cotation noter d.csv --grille demo", 5, {"demo-ems", "demo-ems-2027"}),
        ("palier loi montrer plafonds_pl", 3, {"plafonds_plai", "plafonds_pls", "plafonds_plus"}),
        ("palier cotation expliquer d.csv --langue ", 5, {"fr", "en"}),
    ],
)
def test_completion(
    palier: Palier, monkeypatch: pytest.MonkeyPatch, words: str, place: int, expected: set[str]
) -> None:
    monkeypatch.setenv("_PALIER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(place))
    done = palier()
    assert done.code == 0
    assert set(done.out.split()) == expected


def test_completion_is_shown(palier: Palier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palier.cli.francais._get_shell_name", lambda: "bash")
    done = palier("--show-completion")
    assert done.code == 0
    assert "_PALIER_COMPLETE=complete_bash" in done.out


def test_completion_is_installed(
    palier: Palier, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("maison")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr("palier.cli.francais._get_shell_name", lambda: "bash")
    done = palier("--install-completion")
    assert done.code == 0
    assert done.out.startswith("Complétion installée pour bash dans ")
    assert [p for p in home.rglob("*") if p.is_file()]


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_an_unknown_shell_is_said(palier: Palier, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    monkeypatch.setattr("palier.cli.francais._get_shell_name", lambda: None)
    done = palier(option)
    assert done.code == 2
    assert "USG-015" in done.err


def test_an_unforeseen_usage_error_is_still_said_in_french() -> None:
    from palier.cli.francais import usage_problem

    problem = usage_problem(ValueError("something odd"))
    assert (problem.code, problem.ou) == ("USG-010", "palier")
    assert problem.constat == "La commande est mal écrite."
