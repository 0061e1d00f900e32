"""Run the console blocks of a page, in order, in an empty folder.

A block with ``title="name"`` is a file to write. In a ``console`` block, a line that
starts with ``$ `` is a command, what follows is its output: exact, except that a line
``…`` stands for any lines and ``…`` inside a line for any text. A comment before a
block, ``<!-- code: 10 -->``, announces an exit code; ``<!-- sans exécution : why -->``
skips it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*?) -->\n+)?^(?P<fence>`{3,})(?P<lang>\w+)(?P<options>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)
TITLE = re.compile(r'title="([^"]+)"')
ALLOWED = ("palier", "cat", "ls", "head")


@dataclass
class Commande:
    """One command of a page, what it should print and how it should end."""

    texte: str
    code: int = 0
    attendu: list[str] = field(default_factory=list)


@dataclass
class Bloc:
    """A file to write, or commands to run."""

    fichier: str = ""
    contenu: str = ""
    commandes: list[Commande] = field(default_factory=list)


def read_blocks(page: str) -> list[Bloc]:
    """Read the blocks of a page that count.

    Raises
    ------
    ValueError
        If a skipped block gives no reason.
    """
    found = []
    for match in BLOCK.finditer(page):
        note = match["note"] or ""
        if note.startswith("sans exécution"):
            if not note.removeprefix("sans exécution").strip(" :"):
                raise ValueError("un bloc sauté doit dire pourquoi")
            continue
        if title := TITLE.search(match["options"]):
            found.append(Bloc(fichier=title[1], contenu=match["body"]))
        elif match["lang"] == "console":
            code = int(note.removeprefix("code:")) if note.startswith("code:") else 0
            found.append(Bloc(commandes=_commands(match["body"], code)))
    return found


def _commands(body: str, code: int) -> list[Commande]:
    found: list[Commande] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(Commande(line[2:]))
        elif found and found[-1].texte.endswith("\\") and line.startswith("> "):
            found[-1].texte = found[-1].texte[:-1] + line[2:]
        elif found:
            found[-1].attendu.append(line)
    if found:
        found[-1].code = code
    return found


def same(attendu: list[str], sortie: str) -> bool:
    """Compare an output with what the page shows."""
    if not any(line.strip() for line in attendu):
        return True
    pattern = ""
    for line in attendu:
        words = r".*?".join(re.escape(part) for part in line.rstrip().split("…"))
        pattern += r"(?:.*\n)*?" if line.strip() == "…" else words + r"\s*\n"
    return (
        re.fullmatch(pattern + r"\s*", "\n".join(part.rstrip() for part in sortie.splitlines()) + "\n")
        is not None
    )


def run_page(page: str, folder: Path) -> list[str]:
    """Run a page; return what went wrong, in words."""
    faults = []
    home = Path(sys.executable).parent
    env = os.environ | {"PATH": f"{home}:/usr/bin:/bin", "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    for bloc in read_blocks(page):
        if bloc.fichier:
            (folder / bloc.fichier).write_text(bloc.contenu, encoding="utf-8")
        for commande in bloc.commandes:
            words = shlex.split(commande.texte)
            if words[0] not in ALLOWED:
                faults.append(f"commande que la page ne peut pas montrer : {words[0]}")
                continue
            done = subprocess.run(
                words, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
            )
            output = done.stdout + done.stderr
            if done.returncode != commande.code:
                faults.append(
                    f"$ {commande.texte}\ncode {done.returncode}, annoncé {commande.code}\n{output}"
                )
            elif not same(commande.attendu, output):
                faults.append(
                    f"$ {commande.texte}\nattendu :\n" + "\n".join(commande.attendu) + f"\nobtenu :\n{output}"
                )
    return faults
