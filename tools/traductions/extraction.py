"""Find every text to translate in the web room: calls of gettext in Python, tags in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from palier.base import mots
from palier.base.pofile import read_words
from palier.tables import all_colonnes

RACINE = Path(__file__).resolve().parent.parent.parent
WEB = RACINE / "src" / "palier" / "web"
_PLURAL = {"ngettext", "ngettext_lazy"}
_CALLS = {"gettext", "gettext_lazy", "gettext_noop", *_PLURAL}
#: Names that engines give and public pages show.
_COEUR = {"apps/public/presentation/effort.py": "effort.ligne."}
_CODES = re.compile(
    r"""\b(?:code_word|_coded|_choices)\(\s*["'](\w+)["']"""
)  # a column whose codes are shown
_AGENTS = (
    "apps/attributions",
    "apps/comptes",
    "apps/cotation",
    "apps/demandes",
    "apps/espace/bureau",
    "apps/espace/queries/bureau",
    "apps/espace/templates/espace/bureau",
    "apps/espace/views/bureau",
    "apps/journal",
    "apps/offres",
    "apps/organismes",
    "apps/parc",
    "components/templates/base_dense",
    "components/templates/composants",
    "components/exemples",
    "exploitation",
)
#: What persons receive from the rooms of agents: letters and mails.
_COURRIERS = ("apps/attributions/courrier", "apps/attributions/templates/attributions/courri")
_TEMPLATE_CALL = re.compile(r"(?<!\w)(gettext|ngettext|_)(?=\()")


@dataclass(slots=True)
class Message:
    """A text to translate.

    Parameters
    ----------
    texte, pluriel : str
        French source texts; ``pluriel`` is empty where the text has one form.
    lieux : set of str
        Files that say it, from the root of the checkout.
    public : bool
        A page that anyone may open says it.
    registre : bool
        Only codes of the registry say it: `palier.base` holds their words in French and in English.
    """

    texte: str
    pluriel: str = ""
    lieux: set[str] = field(default_factory=set)
    public: bool = False
    registre: bool = True


def is_public(lieu: str) -> bool:
    """Tell whether a file of the web room serves pages that anyone may open, or what persons receive."""
    place = lieu.removeprefix("src/palier/web/")
    return place.startswith(_COURRIERS) or not place.startswith(_AGENTS)


def read_messages() -> dict[str, Message]:
    """Return all messages by their French text."""
    found: dict[str, Message] = {}
    for path in sorted(p for p in WEB.rglob("*") if p.suffix in {".py", ".html", ".txt"}):
        place = path.relative_to(RACINE).as_posix()
        if {"static", "static_src", "migrations"} & set(path.parts):
            continue
        source = path.read_text(encoding="utf-8")
        said = list(_python(source) if path.suffix == ".py" else _template(source, place))
        codes = [(word, "") for column in _columns(source) for word in code_words(column)]
        head = _COEUR.get(place.removeprefix("src/palier/web/"))
        codes += [(word, "") for word in core_words(head)] if head else []
        for text, plural in said + codes:
            message = found.setdefault(text, Message(text))
            message.registre &= (text, plural) not in said
            message.pluriel = message.pluriel or plural
            message.lieux.add(place)
            message.public |= is_public(place)
    return found


def _texts(call: ast.Call, plural: bool) -> tuple[str, str] | None:
    """Return the constant texts of a call; None where a text is computed."""
    values = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if not call.args or not isinstance(call.args[0], ast.Constant) or len(values) < 1 + plural:
        return None
    return values[0], values[1] if plural else ""


def _python(source: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a module, aliases of gettext followed."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {a.asname or a.name: a.name for a in node.names if a.name in _CALLS}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute):  # translation.ngettext(...)
            called = here = node.func.attr if node.func.attr in _CALLS else ""
        else:
            called = getattr(node.func, "id", "")
            here = names.get(called, "")
        if here and (texts := _texts(node, here in _PLURAL)):
            yield texts


def _columns(source: str) -> list[str]:
    """Return the columns of the registry whose codes a module shows."""
    return _CODES.findall(source)


def core_words(debut: str) -> list[str]:
    """Return the French words of the core whose code begins so."""
    paths = sorted((RACINE / "src" / "palier" / "base" / "po").glob("*fr.po"))
    known = [read_words(path.read_text(encoding="utf-8")) for path in paths]
    return [word for words in known for code, word in words.items() if code.startswith(debut)]


def code_words(colonne: str) -> list[str]:
    """Return the French words of the codes of a column."""
    return [mots.word(f"code.{colonne}.{code}") for code in all_colonnes()[colonne].codes]


def _template(source: str, lieu: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a template, as Django itself reads them."""
    from django.utils.translation.template import templatize

    flat = templatize(source, origin=lieu)
    for match in _TEMPLATE_CALL.finditer(flat):
        call = _parse(flat[match.start() :])
        texts = _texts(call, match[1] == "ngettext") if call else None
        if texts:
            yield texts


def _parse(tail: str) -> ast.Call | None:
    """Return the call at the head of a text: the shortest head that reads as one."""
    for match in re.finditer(r"\)", tail):
        try:
            tree = ast.parse(tail[: match.end()], mode="eval").body
        except (SyntaxError, ValueError):
            continue
        return tree if isinstance(tree, ast.Call) else None
    return None
