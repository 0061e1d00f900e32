"""Read, merge, write and compile the catalogues ``locale/<langue>/LC_MESSAGES/django.po``."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

from tools.traductions.extraction import WEB, Message

#: Plural rules, written as Django writes its own: other spellings would split its catalogues.
PLURIELS = {
    "en": (2, "n != 1"),
    "pt": (2, "n != 1"),
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"),
}
LANGUES = tuple(PLURIELS)
#: Languages that cover the pages of agents too; others show these in French.
ENTIERES = frozenset({"en"})


@dataclass(slots=True)
class Traduction:
    """The words of one message in one language, one per plural form."""

    formes: tuple[str, ...]
    floue: bool = False
    notes: list[str] = field(default_factory=list)


def path_of(langue: str, suffixe: str = "po") -> Path:
    """Return the catalogue of a language."""
    return WEB / "locale" / langue / "LC_MESSAGES" / f"django.{suffixe}"


def _catalog(langue: str) -> Catalog:
    with path_of(langue).open("rb") as file:
        return read_po(file, locale=langue)


def read(langue: str) -> dict[str, Traduction]:
    """Return what is translated, by French text; empty where there is no catalogue."""
    if not path_of(langue).exists():
        return {}
    found = {}
    for message in _catalog(langue):
        if not message.id:
            continue
        several = isinstance(message.id, (list, tuple))
        text = message.id[0] if several else message.id
        words = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        found[str(text)] = Traduction(
            tuple(str(w or "") for w in words), message.fuzzy, list(message.user_comments)
        )
    return found


def wanted(langue: str, messages: dict[str, Message]) -> dict[str, Message]:
    """Return the messages that a catalogue must hold."""
    if langue in ENTIERES:
        return {t: m for t, m in messages.items() if not m.registre}
    return {t: m for t, m in messages.items() if m.public}


def write(langue: str, messages: dict[str, Message], traductions: dict[str, Traduction]) -> None:
    """Write the catalogue of a language: the messages in use, sorted by their text; the others leave."""
    number, rule = PLURIELS[langue]
    lines = [
        f"# Palier, mots du site : {langue}. Le texte français est la source.",
        "# « python -m tools.traductions » ajoute les textes nouveaux et retire ceux qui ne servent plus.",
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Language: {langue}\\n"',
        f'"Plural-Forms: nplurals={number}; plural=({rule});\\n"',
    ]
    for text, message in sorted(wanted(langue, messages).items()):
        known = traductions.get(text, Traduction(()))
        forms = known.formes if any(known.formes) else ("",)
        lines += ["", *(f"# {note}" for note in known.notes)]
        flags = ["fuzzy"] * known.floue + ["python-format"] * ("%(" in text)
        lines += [f"#, {', '.join(flags)}"] if flags else []
        lines.append(f"msgid {normalize(text, width=0)}")
        if message.pluriel:
            lines.append(f"msgid_plural {normalize(message.pluriel, width=0)}")
            full = (*forms, *("",) * number)[:number]
            lines += [f"msgstr[{i}] {normalize(form, width=0)}" for i, form in enumerate(full)]
        else:
            lines.append(f"msgstr {normalize(forms[0], width=0)}")
    path_of(langue).parent.mkdir(parents=True, exist_ok=True)
    path_of(langue).write_text("\n".join(lines) + "\n", encoding="utf-8")


def french(messages: dict[str, Message]) -> str:
    """Return the catalogue of French: only the texts that count, because zero is singular in French."""
    lines = [
        "# Palier, mots du site : les textes qui comptent. Écrit par « python -m tools.traductions ».",
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"Language: fr\\n"',
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"',
    ]
    for text, message in sorted(messages.items()):
        if message.pluriel:
            one, several = normalize(text, width=0), normalize(message.pluriel, width=0)
            lines += ["", *(["#, python-format"] if "%(" in text else [])]
            lines += [f"msgid {one}", f"msgid_plural {several}", f"msgstr[0] {one}", f"msgstr[1] {several}"]
    return "\n".join(lines) + "\n"


def write_french(messages: dict[str, Message]) -> None:
    """Write the catalogue of French."""
    path_of("fr").parent.mkdir(parents=True, exist_ok=True)
    path_of("fr").write_text(french(messages), encoding="utf-8")


def compile_stale() -> list[str]:
    """Compile in place the catalogues whose ``.mo`` is missing or older; return their languages."""
    done = []
    for langue in ("fr", *LANGUES):
        source, target = path_of(langue), path_of(langue, "mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=".partiel")
        with os.fdopen(handle, "wb") as file:
            write_mo(file, _catalog(langue))
        Path(name).chmod(0o644)
        Path(name).replace(target)  # several processes of tests may come here together
        done.append(langue)
    return done
