"""Elements of one request as plain objects, read with every fault kept and none raised."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import etree

from palier.base.exact import parse_cents, parse_integer
from palier.formats.sne_codes import codes_sne
from palier.formats.sne_xml import ESPACE

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?")
_WHOLE = re.compile(r"[0-9]{1,12}")
_SKIP = len(ESPACE)
Cellule = str | None


@dataclass(slots=True)
class Noeud:
    """One element: local name, text, ``code`` attribute, children by name."""

    nom: str
    texte: str
    code: str | None
    enfants: dict[str, list[Noeud]] = field(default_factory=dict)


class LecteurElements:
    """Reads elements; remembers what was wrong, what was there and what was asked."""

    def __init__(self) -> None:
        self.fautes: dict[tuple[str, str], None] = {}
        self.incertains: set[str] = set()
        self.vus: set[str] = set()
        self.lus: set[str] = {"demande"}

    def tree(self, element: etree._Element) -> Noeud:
        """Copy an element and what it holds; elements of another namespace are left out."""
        nom = str(element.tag)[_SKIP:]
        self.vus.add(nom)
        made = Noeud(nom, (element.text or "").strip(), element.get("code"))
        for child in element:
            if isinstance(child.tag, str) and child.tag.startswith(ESPACE):
                below = self.tree(child)
                made.enfants.setdefault(below.nom, []).append(below)
        return made

    def fault(self, code: str, element: str) -> None:
        """Note a fault of an element, once for each request."""
        self.fautes[code, element] = None

    def one(self, parent: Noeud | None, nom: str) -> Noeud | None:
        """Return the only child of that name; two are two boxes ticked (SNE-004)."""
        self.lus.add(nom)
        found = parent.enfants.get(nom) if parent is not None else None
        if not found:
            return None
        if len(found) > 1:
            self.fault("SNE-004", nom)
        return found[0]

    def several(self, parent: Noeud | None, liste: str, nom: str) -> list[Noeud]:
        """Return the elements of a list."""
        holder = self.one(parent, liste)
        self.lus.add(nom)
        return holder.enfants.get(nom, []) if holder is not None else []

    def text(self, parent: Noeud | None, nom: str) -> Cellule:
        """Return the text of a child, None if absent or empty."""
        found = self.one(parent, nom)
        return (found.texte or None) if found is not None else None

    def date(self, parent: Noeud | None, nom: str) -> Cellule:
        """Return the date of a child as ``aaaa-mm-jj`` (SNE-006)."""
        text = self.text(parent, nom)
        if text is None:
            return None
        if match := _DATE.fullmatch(text):
            with suppress(ValueError):
                return dt.date.fromisoformat(match[1]).isoformat()
        self.fault("SNE-006", nom)
        return None

    def number(self, parent: Noeud | None, nom: str, *, cents: bool = False) -> int | None:
        """Return the number of a child, in cents if asked; never negative (SNE-007)."""
        text = self.text(parent, nom)
        if text is None:
            return None
        if _WHOLE.fullmatch(text):
            return int(text) * (100 if cents else 1)
        with suppress(ValueError):
            value = parse_cents(text) if cents else parse_integer(text)
            if value >= 0:
                return value
        self.fault("SNE-007", nom)
        return None

    def code(self, parent: Noeud | None, nom: str) -> Cellule:
        """Return what the code of a child becomes in the registry."""
        return self.decode(self.one(parent, nom))

    def decode(self, element: Noeud | None) -> Cellule:
        """Return what the code of an element becomes in the registry (SNE-005)."""
        if element is None or not element.code:
            return None
        known = codes_sne()[element.nom].get(element.code)
        if known is None:
            self.fault("SNE-005", element.nom)
            return None
        if not known.verifie:
            self.incertains.add(element.nom)
        return known.vers

    def commune(self, parent: Noeud | None) -> Cellule:
        """Return the INSEE code of the commune of a place, as written."""
        place = self.one(parent, "commune")
        return place.code if place is not None else None
