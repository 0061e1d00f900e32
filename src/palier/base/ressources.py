"""Read what is packaged with Palier: law, columns, grids, words, codes.

Paths given by a person are never opened here; that is the work of ``formats``.
"""

from __future__ import annotations

from importlib.resources import files


def read_packaged(package: str, name: str) -> str:
    """Return the text of a packaged file, line ends as LF.

    Parameters
    ----------
    package : str
        Dotted package, e.g. ``palier.tables``.
    name : str
        Relative path inside it, with ``/``.
    """
    text = files(package).joinpath(*name.split("/")).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def list_packaged(package: str, folder: str, suffix: str) -> list[str]:
    """List the relative names below a packaged folder that end with a suffix."""
    found: list[str] = []
    pending = [(files(package).joinpath(*folder.split("/")), folder)]
    while pending:
        place, name = pending.pop()
        for entry in place.iterdir():
            path = f"{name}/{entry.name}"
            if entry.is_dir():
                pending.append((entry, path))
            elif entry.name.endswith(suffix):
                found.append(path)
    return sorted(found)
