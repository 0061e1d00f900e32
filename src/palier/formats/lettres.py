"""Letters on paper: the sheet behind a window envelope, tagged PDF, several letters in one file."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from palier.base.errors import Problem, UsageError
from palier.base.ressources import read_packaged

_FEUILLE = "donnees/lettre.css"
_MARCHE = '<div class="marche"><i></i></div>'
_POLICES = {"titre": "Palier titre", "texte": "Palier texte", "arabe": "Palier arabe"}
_SENS = {"ar": "rtl"}
_LANGUES = {"fr": "fr-FR"}


@dataclass(frozen=True, slots=True)
class Volet:
    """What a letter says in one language.

    Parameters
    ----------
    langue : str
        Its language.
    titre, titre_facile : str
        Headings of the letter and of its easy twin.
    blocs, facile : sequence of str
        Safe HTML: a section each, and a line each. Both languages of a letter have as many.
    """

    langue: str
    titre: str
    blocs: Sequence[str]
    titre_facile: str = ""
    facile: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Lettre:
    """One letter.

    Parameters
    ----------
    titre : str
        Of the document.
    emetteur, destinataire, reperes, pied : sequence of str
        Lines of text; the first one of the sender is bold.
    volets : sequence of Volet
        French, then another language beside it.
    signature, prevaut, mot_page : str
        Who signs; which text prevails; the word before the number of the page.
    code, mot_code : str
        What the drawn code holds, and its words for who cannot see it.
    """

    titre: str
    emetteur: Sequence[str]
    destinataire: Sequence[str]
    reperes: Sequence[str]
    volets: Sequence[Volet]
    signature: str
    pied: Sequence[str]
    code: str
    mot_code: str
    mot_page: str = "page"
    prevaut: str = ""
    marque: str = "Palier"
    images: Mapping[str, str] = field(default_factory=dict)


def letters_to_pdf(
    lettres: Sequence[Lettre], titre: str, polices: Mapping[str, bytes] | None = None
) -> bytes:
    """Lay out letters as one accessible PDF (PDF/UA-1), each with pages of its own.

    Parameters
    ----------
    lettres : sequence of Lettre
        At least one.
    titre : str
        Title of the file.
    polices : mapping of str to bytes, optional
        Fonts ``titre``, ``texte``, ``arabe``; those of the machine where one is absent.

    Raises
    ------
    UsageError
        DOC-001 if the libraries of the extra ``rapport``, or that of drawn codes, are absent.
    """
    try:
        import segno  # noqa: F401 - needed below, told here
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except ImportError as error:
        raise UsageError(
            Problem(
                "DOC-001",
                error.name or "weasyprint",
                "Une bibliothèque manque pour écrire ce document.",
                "Installez les extras « rapport » et « site » : pip install 'palier[rapport,site]'.",
            )
        ) from error
    held = dict(polices or {})
    made = []
    for lettre in lettres:
        fonts = FontConfiguration()
        fetch = _fetcher(held, {"code.svg": draw_code(lettre.code), **lettre.images})
        sheet = CSS(string=_sheet(tuple(held), lettre), url_fetcher=fetch, font_config=fonts)
        page = HTML(string=_page(lettre, titre if len(lettres) > 1 else lettre.titre), url_fetcher=fetch)
        made.append(
            page.render(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
        )
    whole = made[0].copy([leaf for document in made for leaf in document.pages])
    return bytes(whole.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))


def _sheet(polices: Sequence[str], lettre: Lettre) -> str:
    faces = "".join(
        f'@font-face {{ font-family: "{_POLICES[nom]}"; src: url("palier:police/{nom}"); '
        "font-weight: 200 900; }\n"
        for nom in polices
    )
    word = lettre.mot_page.replace('"', "")
    sheet = read_packaged("palier.formats", _FEUILLE).replace("var(--mot-page)", f'"{word}"')
    return faces + sheet + "".join(map(_icon, lettre.images))


def _icon(nom: str) -> str:
    """Return the rule that draws an icon before a line: a background, for the word says it already."""
    name = nom.removesuffix(".svg")
    drawn = f'background: url("palier:image/{nom}") no-repeat 0 0 / 7mm 7mm;'
    return f".i-{name} {{ {drawn} }}\n[dir=rtl] .i-{name} {{ background-position: 100% 0; }}\n"


def _fetcher(polices: Mapping[str, bytes], images: Mapping[str, str]) -> Callable[..., Any]:
    """Serve the fonts and drawings of a letter from memory; anything else is refused."""
    from weasyprint.urls import URLFetcherResponse

    def fetch(url: str, *_: Any, **__: Any) -> Any:
        kind, _sep, name = url.removeprefix("palier:").partition("/")
        if kind == "police" and name in polices:
            return URLFetcherResponse(url, polices[name], {"Content-Type": "font/woff2"})
        if kind == "image" and name in images:
            return URLFetcherResponse(url, images[name], {"Content-Type": "image/svg+xml"})
        raise ValueError("un document imprimé ne va rien chercher ailleurs")

    fetch._fail_on_errors = True  # type: ignore[attr-defined]  # read by WeasyPrint
    return fetch


@cache
def draw_code(code: str) -> str:
    """Return the square drawing of a code (QR), as SVG."""
    import segno

    out = io.BytesIO()
    segno.make(code, micro=False, error="m").save(
        out, kind="svg", border=0, dark="#1a2b2d", xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()


def _lines(textes: Sequence[str]) -> str:
    return "<br>".join(escape(texte) for texte in textes)


def _page(lettre: Lettre, titre: str) -> str:
    first = lettre.volets[0]
    second = lettre.volets[1] if len(lettre.volets) > 1 else None
    sender = f"<b>{escape(lettre.emetteur[0])}</b>"
    sender += "".join(f"<br>{escape(line)}" for line in lettre.emetteur[1:])
    logo = ""
    if "logo.svg" in lettre.images:
        logo = f'<img class="logo" src="palier:image/logo.svg" alt="{escape(lettre.marque)}">'
    foot = f'<img src="palier:image/code.svg" alt="{escape(lettre.mot_code)}">' + "".join(
        f"<p>{escape(line)}</p>" for line in lettre.pied
    )
    body = _side(
        [f"<h1>{escape(v.titre)}</h1>{v.blocs[0]}" if v.blocs else "" for v in (first, second) if v],
        first, second, opening=False,
    )  # fmt: skip
    body += "".join(
        _side([v.blocs[rank] for v in (first, second) if v], first, second)
        for rank in range(1, len(first.blocs))
    )
    if lettre.prevaut:
        body += f'<p class="prevaut">{escape(lettre.prevaut)}</p>'
    body += f'<p class="signature">{escape(lettre.signature)}</p>'
    cote = " cote" if second else ""
    easy = ""
    if first.facile:
        heads = [f"<h1>{escape(v.titre_facile)}</h1>" for v in (first, second) if v]
        easy = f'<section class="facile{cote}">' + _side(heads, first, second, opening=False)
        easy += "".join(
            _side([v.facile[rank] for v in (first, second) if v], first, second, opening=False)
            for rank in range(len(first.facile))
        )
        easy += "</section>"
    return (
        f'<!DOCTYPE html><html lang="{_LANGUES.get(first.langue, first.langue)}"><head><meta charset="utf-8">'
        f'<title>{escape(titre)}</title><meta name="generator" content="Palier"></head><body>'
        f'<footer id="pied">{foot}</footer>'
        f'<div class="tete">{logo}<p class="emetteur">{sender}</p>'
        f'<address class="adresse">{_lines(lettre.destinataire)}</address>'
        f'<p class="reperes">{_lines(lettre.reperes)}</p></div>'
        f'<main class="corps{cote}">{body}</main>{easy}</body></html>'
    )


def _side(parts: Sequence[str], first: Volet, second: Volet | None, *, opening: bool = True) -> str:
    """Return a section, in one language or in two side by side."""
    mark = _MARCHE if opening else ""
    if second is None:
        return f'{mark}<div class="bloc">{parts[0]}</div>'
    way = f' dir="{_SENS[second.langue]}"' if second.langue in _SENS else ""
    return (
        f'{mark}<div class="bloc"><div>{parts[0]}</div>'
        f'<div class="autre" lang="{second.langue}"{way}>{parts[1]}</div></div>'
    )
