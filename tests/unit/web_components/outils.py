"""Reading drawings back."""

from __future__ import annotations

from lxml import etree


def lire(dessin: str) -> etree._Element:
    """Parse a drawing: it must be well formed and free of styles, scripts and events."""
    racine = etree.fromstring(dessin.encode())
    for element in racine.iter():
        names = {str(name) for name in element.attrib}
        assert "style" not in names
        assert not [name for name in names if name.startswith("on")]
        assert element.tag not in {"script", "style", "foreignObject"}
    return racine


def mots(racine: etree._Element) -> list[str]:
    """Return the words of a drawing, in order."""
    return [text.text or "" for text in racine.iter("text")]


def etendues(racine: etree._Element, y: float) -> list[tuple[float, float]]:
    """Return the safe widths of the words on one line, from left to right."""
    found = []
    for text in racine.iter("text"):
        if abs(float(text.get("y", "0")) - y) > 1:
            continue
        wide = len(text.text or "") * float(text.get("font-size", "16")) * 0.52
        x = float(text.get("x", "0"))
        start = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
        found.append((start, start + wide))
    return sorted(found)
