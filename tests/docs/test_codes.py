"""Each error code that the sources raise is documented, each documented code is raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.reference.erreurs import codes

CODE = re.compile(r"[A-Z]{3}-\d{3}")
STRICT = ("001", "002", "003")  # what load_strict adds to the family that it receives


def _families(folder: Path, top: Path) -> set[str]:
    """Families that a helper of the folder, or of the nearest folder above, puts before a number."""
    while folder.is_relative_to(top):
        text = "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.py"))
        if found := set(re.findall(r'f"([A-Z]{3})-\{', text)):
            return found
        folder = folder.parent
    return set()


def _texts(tree: ast.AST) -> dict[str, str]:
    """Constants of the module that are texts, by name."""
    return {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def raised(text: str, families: set[str]) -> Iterator[str]:
    """Codes that a source can raise, written whole, as a number for a helper, or through load_strict."""
    tree = ast.parse(text)
    names = _texts(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(value)) if CODE.fullmatch(value) and value != "SHA-256":
                yield value
            case ast.Call(func=ast.Name(id="load_strict") | ast.Attribute(attr="load_strict")):
                given = [*node.args, *(k.value for k in node.keywords)][-1]
                name = names.get(given.id) if isinstance(given, ast.Name) else getattr(given, "value", None)
                yield from (f"{name}-{number}" for number in STRICT if name)
            case ast.Call(args=[ast.Constant(value=str(number)), *_]) if re.fullmatch(r"\d{3}", number):
                yield from (f"{family}-{number}" for family in families)


def _all_raised(sources: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sources.rglob("*.py"):
        families = _families(path.parent, sources)
        for code in raised(path.read_text(encoding="utf-8"), families):
            found.setdefault(code, set()).add(str(path.relative_to(sources)))
    return found


def test_each_raised_code_is_documented(sources: Path) -> None:
    documented = codes()
    missing = [f"{code} ({', '.join(sorted(where))})" for code, where in _all_raised(sources).items()
               if code not in documented]  # fmt: skip
    assert not missing, "À décrire dans src/palier/base/codes/ : " + ", ".join(sorted(missing))


def test_each_documented_code_is_raised(sources: Path) -> None:
    unused = sorted(set(codes()) - set(_all_raised(sources)))
    assert not unused, "Codes que personne ne lève : " + ", ".join(unused)


def test_each_entry_is_complete() -> None:
    for code, entry in codes().items():
        assert CODE.fullmatch(code), code
        assert set(entry) == {"titre", "explication", "que_faire"}, code
        assert all(str(value).strip() for value in entry.values()), code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Problem("TAB-012", ou, "x", "y")', {"TAB-012"}),
        ('self.refuse("012", 1)', {"COT-012"}),
        ('load_strict(text, origine, "LOI")', {"LOI-001", "LOI-002", "LOI-003"}),
        ('FAMILLE = "LOI"\nload_strict(text, origine, prefixe=FAMILLE)', {"LOI-001", "LOI-002", "LOI-003"}),
        ('commune("67482")', set()),
    ],
)
def test_the_search_finds(text: str, expected: set[str]) -> None:
    assert set(raised(text, {"COT"})) == expected
