"""Read the words of a gettext catalogue: what a command needs of a ``.po``, and no more.

A command reads all catalogues of a language before its first message, so that
comments, plurals and flags, which the catalogues of the house do not use, are
left to the tools that write them.
"""

from __future__ import annotations

import re

_LINE = re.compile(r'^(msgid|msgstr)? ?"(.*)"$')
_ESCAPE = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


def read_words(text: str) -> dict[str, str]:
    r"""Return the words of each code that has some; the header is left out.

    Raises
    ------
    ValueError
        If a line is neither blank, a comment, nor a part of a simple message.

    Examples
    --------
    >>> read_words('msgid "etat.note"\nmsgstr "Notées"\n')
    {'etat.note': 'Notées'}
    """
    found: list[list[str]] = []
    part = -1
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _LINE.match(stripped)
        if match is None or (part < 0 and match[1] != "msgid"):
            raise ValueError(f"ligne de catalogue illisible : {stripped!r}")
        if match[1] == "msgid":
            found.append(["", ""])
            part = 0
        elif match[1] == "msgstr":
            part = 1
        found[-1][part] += match[2]
    return {_plain(code): _plain(words) for code, words in found if code and words}


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: _SIGNS.get(m[1], m[1]), text) if "\\" in text else text
