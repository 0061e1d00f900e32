"""SVG text with escaped values, and the colours that drawings may use."""

from __future__ import annotations

from html import escape

ENCRE, ENCRE_2 = "#1a2b2d", "#475759"
RAMPE, TOMETTE = "#0b5a5e", "#b04a26"
TRAIT, TRAIT_FORT = "#d8d0c1", "#7a7264"
PLATRE, PLATRE_2 = "#f7f4ee", "#ece6da"
JOUR, BLANC = "#ffe59a", "#fff"
SEQUENCE = ("#f8eec2", "#a8d3a0", "#4fa497", "#1d6f80", "#0b3550")
BORD_CLASSE_1 = "#a3977c"
EAU = "#c9dce6"

Valeur = str | int | float


def nombre(valeur: float) -> str:
    """Write a coordinate with one decimal at most."""
    text = f"{valeur:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text == "-0.0" else text.removesuffix(".0")


def balise(nom: str, *contenu: str, **attributs: Valeur | None) -> str:
    """Return an element; ``stroke_width`` becomes ``stroke-width``, ``class_`` becomes ``class``.

    Parameters
    ----------
    nom : str
        Name of the element.
    *contenu : str
        Children, SVG already; plain text goes through :func:`texte`.
    **attributs : str, int, float or None
        Attributes, escaped here; None leaves one out.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for name, value in attributs.items()
        if value is not None
    )
    inside = "".join(contenu)
    return f"<{nom}{written}>{inside}</{nom}>" if inside else f"<{nom}{written}/>"


def _attribute(valeur: Valeur) -> str:
    return nombre(valeur) if isinstance(valeur, float) else escape(str(valeur))


def texte(x: float, y: float, mots: str, taille: float = 16, ancre: str = "start", classe: str = "") -> str:
    """Return a line of text at a point; ``ancre`` is start, middle or end."""
    return balise(
        "text",
        escape(mots),
        x=float(x),
        y=float(y),
        font_size=float(taille),
        text_anchor=None if ancre == "start" else ancre,
        class_=classe or None,
    )


def ligne(x1: float, y1: float, x2: float, y2: float, trait: str = ENCRE, epaisseur: float = 2) -> str:
    """Return a straight line."""
    return balise(
        "path",
        d=f"M{nombre(x1)} {nombre(y1)}L{nombre(x2)} {nombre(y2)}",
        stroke=trait,
        stroke_width=float(epaisseur),
        fill="none",
    )


def rectangle(
    x: float,
    y: float,
    largeur: float,
    hauteur: float,
    fond: str,
    trait: str | None = None,
    epaisseur: float = 2,
) -> str:
    """Return a rectangle."""
    return balise(
        "rect",
        x=float(x),
        y=float(y),
        width=float(largeur),
        height=float(hauteur),
        fill=fond,
        stroke=trait,
        stroke_width=float(epaisseur) if trait else None,
    )


def dessin(largeur: float, hauteur: float, *contenu: str, classe: str = "dessin", nom: str = "") -> str:
    """Return a whole drawing; without a name it is decoration, hidden from readers."""
    said = {"role": "img", "aria_label": nom} if nom else {"aria_hidden": "true"}
    return balise(
        "svg",
        *contenu,
        class_=classe,
        viewBox=f"0 0 {nombre(largeur)} {nombre(hauteur)}",
        focusable="false",
        **said,
    )


def largeur_texte(mots: str, taille: float) -> float:
    """Return about how wide a text is [same unit as ``taille`` and the drawing], on the safe side."""
    return len(mots) * taille * 0.52
