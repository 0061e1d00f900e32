"""Documents for people: Markdown to DOCX and to tagged PDF, without any network."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING, Any, NoReturn

from palier.base.errors import Problem, UsageError
from palier.base.ressources import read_packaged

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LANGUE = "fr-FR"
_FEUILLE = "donnees/imprime.css"
_MARCHE = '<div class="marche"></div>'
_DEBUT_ZIP = (1980, 1, 1, 0, 0, 0)
_PALETTE = {"encre": "1A2B2D", "rampe": "0B5A5E", "trait": "D8D0C1", "platre": "F7F4EE"}


def markdown_to_pdf(md: str, titre: str) -> bytes:
    """Lay out a Markdown text as an accessible A4 PDF (PDF/UA-1), in French.

    Parameters
    ----------
    md : str
        CommonMark with tables; HTML and images are shown as text.
    titre : str
        Title of the document, also at the foot of each page.

    Returns
    -------
    bytes
        A PDF with its fonts inside. Nothing is fetched: an address outside is
        an error, not a request.

    Raises
    ------
    UsageError
        DOC-001 if the libraries of the extra ``rapport`` are absent.
    """
    parser = _parser()
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except ImportError as error:
        raise _absent("weasyprint") from error
    body = parser.render(md).replace("<h2>", f"{_MARCHE}<h2>")
    page = (
        f'<!DOCTYPE html><html lang="{LANGUE}"><head><meta charset="utf-8"><title>{escape(titre)}</title>'
        f'<meta name="generator" content="Palier"></head>'
        f'<body><footer id="pied">{escape(titre)}</footer><main>{body}</main></body></html>'
    )
    fonts = FontConfiguration()
    sheet = CSS(
        string=read_packaged("palier.formats", _FEUILLE), url_fetcher=_refuse_fetch, font_config=fonts
    )
    document = HTML(string=page, url_fetcher=_refuse_fetch, base_url=None)
    made = document.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1", font_config=fonts)
    return bytes(made)


def markdown_to_docx(md: str) -> bytes:
    """Write a Markdown text as a DOCX, with real headings, lists and tables, in French.

    Parameters
    ----------
    md : str
        CommonMark with tables; HTML and images are shown as text.

    Returns
    -------
    bytes
        The same text gives the same bytes.

    Raises
    ------
    UsageError
        DOC-001 if the libraries of the extra ``rapport`` are absent.
    """
    tokens = _parser().parse(md)
    try:
        from palier.formats.docx_texte import Redacteur
    except ImportError as error:
        raise _absent("python-docx") from error
    writer = Redacteur(LANGUE, _PALETTE)
    writer.write(tokens)
    return _frozen_zip(writer.to_bytes())


def _parser() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise _absent("markdown-it-py") from error
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["image", "html_block", "html_inline"])
    )


def _absent(library: str) -> UsageError:
    return UsageError(
        Problem(
            "DOC-001",
            library,
            "Une bibliothèque manque pour écrire ce document.",
            "Installez l'extra « rapport » : pip install 'palier[rapport]'.",
        )
    )


def _refuse_fetch(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError("un document imprimé ne va rien chercher ailleurs")


def _frozen_zip(content: bytes) -> bytes:
    """Rewrite an archive with a fixed date, so that its bytes depend on its content only."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _DEBUT_ZIP), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
