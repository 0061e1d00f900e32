"""What is wrong with the catalogues: missing words, lost placeholders, texts left in French."""

from __future__ import annotations

import re
from collections import Counter

from tools.traductions import catalogues
from tools.traductions.catalogues import LANGUES, PLURIELS, Traduction
from tools.traductions.extraction import Message

_PLACE = re.compile(r"%\(\w+\)[sd]|%%|</?\w+[^>]*>|\{\w+\}")
_FRENCH_SPACE = re.compile("[\u00a0\u202f ][;:!?»]|«[\u00a0\u202f ]")
#: Same letters in French and in the other language, checked one by one.
IDENTIQUES: dict[str, frozenset[str]] = {
    "en": frozenset(
        {
            ", version %(version)s",
            "Abstention",
            "Absences",
            "Agent",
            "Commission",
            "Communes",
            "Convention",
            "Conventions",
            "Place",
            "Position",
            "Vote",
            "minutes",
            "points",
            "position, %(taille)s",
            "%(n)s minutes",
            "%(n)s point",
            "CSV",
            "Commissions",
            "Date",
            "Exception",
            "Journal",
            "Menu",
            "Mode",
            "Pages",
            "Palier %(version)s.",
            "Points",
            "Quorum",
            "Total",
            "Versions",
            "Zone",
            "%(n)d point",
            "abstentions.",
            "exception",
            "garage",
            "journal",
            "m²",
            "point",
            "site",
        }
    ),
    "pt": frozenset(
        {"%(taille)s de %(surface)s m², %(lieu)s", "%(m)d,%(cm)02d m", "CSV", "Menu", "Total", "classe", "m²"}
    ),
    "ar": frozenset({"CSV"}),
}


def places_of(texte: str) -> Counter[str]:
    """Return the placeholders and tags of a text."""
    return Counter(_PLACE.findall(texte))


def faults(messages: dict[str, Message]) -> list[str]:
    """Return one line per fault, in French."""
    french = catalogues.path_of("fr")
    current = french.exists() and french.read_text(encoding="utf-8") == catalogues.french(messages)
    found = [] if current else ["fr : à réécrire (python -m tools.traductions)"]
    for langue in LANGUES:
        known = catalogues.read(langue)
        needed = catalogues.wanted(langue, messages)
        found += [f"{langue} : ne sert plus : {text!r}" for text in known if text not in needed]
        for text, message in needed.items():
            found += [
                f"{langue} : {fault} : {text!r}" for fault in faults_of(langue, message, known.get(text))
            ]
    return found


def faults_of(langue: str, message: Message, traduction: Traduction | None) -> list[str]:
    """Return what is wrong with the words of one message."""
    if traduction is None or not any(traduction.formes):
        return ["manque"]
    found = ["à relire (fuzzy)"] if traduction.floue else []
    forms = PLURIELS[langue][0] if message.pluriel else 1
    if len(traduction.formes) != forms or not all(traduction.formes):
        return [*found, f"{forms} formes attendues"]
    first, last = places_of(message.texte), places_of(message.pluriel or message.texte)
    for form in traduction.formes:
        here = places_of(form)
        # A singular or a dual may say its number in words.
        allowed = [first, last] if message.pluriel else [first]
        if here not in allowed and not (message.pluriel and _without_number(last) == _without_number(here)):
            found.append(f"marques {sorted(here)} au lieu de {sorted(last)}")
        if _FRENCH_SPACE.search(form):
            found.append(f"espace française dans {form!r}")
    same = traduction.formes[0] == message.texte and message.texte not in IDENTIQUES[langue]
    if same and re.search(r"[^\W\d_]{2}", _PLACE.sub("", message.texte)):
        found.append("laissé en français")
    return found


def _without_number(places: Counter[str]) -> Counter[str]:
    return Counter({p: n for p, n in places.items() if p not in {"%(n)s", "%(n)d"}})
