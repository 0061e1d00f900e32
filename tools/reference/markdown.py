"""Bits of Markdown that all pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ENTETE = "<!-- Page écrite par tools/make_reference.py : ne la modifiez pas, lancez « make reference ». -->\n"
_ESCAPES = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;"})


def cell(text: object) -> str:
    """Write a value so that it cannot break the row of a table."""
    return str(text).translate(_ESCAPES).strip()


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table, cells escaped."""
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def page(titre: str, chapeau: str, parties: Iterable[str]) -> str:
    """Assemble a page: the warning, the title, what it is for, its parts."""
    body = "\n".join(part.strip("\n") + "\n" for part in parties if part.strip())
    return f"{ENTETE}\n# {titre}\n\n{chapeau.strip()}\n\n{body}"
