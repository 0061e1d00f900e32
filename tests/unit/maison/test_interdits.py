"""Calls that no contract nor linter sees: the core opens no file, reads no clock, draws no luck."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = ("base", "law", "tables", "engines", "synthetic")
CALLS = {"open", "input", "print", "exec", "eval", "compile", "__import__"}
METHODS = {
    # files
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "touch", "glob",
    "rglob", "iterdir", "read_csv", "read_parquet", "read_excel", "scan_csv", "scan_parquet", "write_csv",
    "write_parquet", "write_excel", "sink_csv", "sink_parquet", "getenv",
    # clocks and draws
    "today", "now", "utcnow", "perf_counter", "monotonic", "urandom", "uuid4",
}  # fmt: skip
MODULES = {
    "socket", "sqlite3", "urllib", "http", "subprocess", "random", "secrets", "tempfile", "shutil", "os",
    "time",
}  # fmt: skip

# Who may, and why.
ALLOWED = {
    ("base/ressources.py", "read_text"): "reads what is packaged with Palier",
    ("base/ressources.py", "iterdir"): "idem",
}


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each call or import that the core may not make."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield node.lineno, name
            case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
                yield node.lineno, name
            case ast.Attribute(attr="environ"):
                yield node.lineno, "environ"
            case ast.Import(names=names):
                yield from ((node.lineno, n.name) for n in names if n.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in MODULES:
                yield node.lineno, module


def test_the_core_keeps_its_hands_clean(sources: Path) -> None:
    found = [
        f"{path.relative_to(sources)}:{line} {name}"
        for room in CORE
        for path in sorted((sources / room).rglob("*.py"))
        for line, name in forbidden(path.read_text(encoding="utf-8"))
        if (str(path.relative_to(sources)), name) not in ALLOWED
    ]
    assert not found, "Hors de portée du cœur (voir docs/explications/architecture.md) :\n" + "\n".join(found)


def test_each_exemption_still_serves(sources: Path) -> None:
    for name, call in ALLOWED:
        text = (sources / name).read_text(encoding="utf-8")
        assert call in {found for _, found in forbidden(text)}, f"{name} n'appelle plus {call}"


@pytest.mark.parametrize(
    "text",
    [
        "open('x')",
        "Path('x').open()",
        "Path('x').read_text()",
        "import socket",
        "import urllib.request",
        "from urllib.request import urlopen",
        "import sqlite3",
        "import random",
        "from random import choice",
        "from time import time",
        "datetime.date.today()",
        "dt.date.today()",
        "dt.datetime.now()",
        "pl.read_csv('x')",
        "frame.sink_parquet('x')",
        "os.environ['X']",
        "eval('1')",
        "print('x')",
    ],
)
def test_each_fault_is_seen(text: str) -> None:
    assert list(forbidden(text))


@pytest.mark.parametrize(
    "text", ["re.compile('x')", "rng.random()", "import polars", "opened = 1", "x.time()"]
)
def test_what_is_not_a_fault_is_not_seen(text: str) -> None:
    assert not list(forbidden(text))
