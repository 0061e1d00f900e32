"""From Markdown tokens to a DOCX: headings, paragraphs, lists, tables, quotations."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from markdown_it.token import Token

_TAILLES = {1: 20, 2: 15, 3: 13, 4: 11.5, 5: 10.5, 6: 10.5}
_POLICE = "Source Sans 3"
_REPLI = "Arial"
_LARGEURS = {5: (38, 54, 22, 32, 24)}


class Redacteur:
    """Writes tokens one after the other."""

    def __init__(self, langue: str, palette: Mapping[str, str]) -> None:
        """Open an empty A4 document in this language."""
        self._palette = palette
        self._lists: list[str] = []
        self._numbers: list[int] = []
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(20)
        core = self.document.core_properties
        core.author, core.language = "Palier", langue
        self._styles(langue)

    def _styles(self, langue: str) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        _font(normal, 10.5, self._palette["encre"])
        spoken = OxmlElement("w:lang")
        for side in ("val", "eastAsia"):
            spoken.set(qn(f"w:{side}"), langue)
        normal.element.get_or_add_rPr().append(spoken)
        normal.paragraph_format.space_after = Pt(6)
        for level, size in _TAILLES.items():
            style = styles[f"Heading {level}"]
            _font(style, size, self._palette["encre"] if level < 3 else self._palette["rampe"])
            style.font.bold, style.font.italic = True, False
            style.paragraph_format.space_before = Pt(16 if level < 4 else 10)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True

    def to_bytes(self) -> bytes:
        """Return the document."""
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()

    def write(self, tokens: Sequence[Token]) -> None:
        """Write block tokens."""
        place = 0
        while place < len(tokens):
            place = self._block(tokens, place)

    def _block(self, tokens: Sequence[Token], place: int) -> int:
        token = tokens[place]
        match token.type:
            case "heading_open":
                self._heading(int(token.tag[1]), tokens[place + 1])
                return place + 3
            case "paragraph_open":
                paragraph: Any = self.document.add_paragraph(style=self._paragraph_style())
                if self._lists and self._lists[-1] == "List Number":
                    number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                    number.get_or_add_numId().val = self._numbers[-1]
                self._inline(paragraph, tokens[place + 1])
                return place + 3
            case "bullet_list_open":
                self._lists.append("List Bullet")
            case "ordered_list_open":
                self._lists.append("List Number")
                self._numbers.append(self._restart())
            case "bullet_list_close":
                self._lists.pop()
            case "ordered_list_close":
                self._lists.pop()
                self._numbers.pop()
            case "blockquote_open":
                self._lists.append("Intense Quote")
            case "blockquote_close":
                self._lists.pop()
            case "fence" | "code_block":
                self._code(self.document.add_paragraph(), token.content.rstrip("\n"))
            case "table_open":
                end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[place:end])
                return end + 1
            case _:
                pass
        return place + 1

    def _heading(self, level: int, inline: Token) -> None:
        paragraph = self.document.add_heading(level=min(level, 6))
        self._inline(paragraph, inline)
        if level == 1 and not self.document.core_properties.title:
            self.document.core_properties.title = paragraph.text

    def _paragraph_style(self) -> str:
        if not self._lists:
            return "Normal"
        style, depth = self._lists[-1], self._lists.count(self._lists[-1])
        return f"{style} {min(depth, 3)}" if style.startswith("List") and depth > 1 else style

    def _restart(self) -> int:
        """Return a numbering that starts at 1: without it a list goes on from the one before."""
        style = self.document.styles["List Number"]
        numbering = self.document.part.numbering_part.element
        model = next(n for n in numbering.num_lst if n.numId == style.element.pPr.numPr.numId.val)
        made = numbering.add_num(model.abstractNumId.val)
        made.add_lvlOverride(0).add_startOverride(1)
        return int(made.numId)

    def _code(self, paragraph: Any, text: str) -> None:
        run = paragraph.add_run(text)
        run.font.name, run.font.size = "DejaVu Sans Mono", Pt(9)

    def _inline(self, paragraph: Any, inline: Token) -> None:
        bold = italic = 0
        for token in inline.children or []:
            match token.type:
                case "strong_open" | "strong_close":
                    bold += 1 if token.nesting > 0 else -1
                case "em_open" | "em_close":
                    italic += 1 if token.nesting > 0 else -1
                case "text":
                    run = paragraph.add_run(token.content)
                    run.bold, run.italic = bold > 0 or None, italic > 0 or None
                case "code_inline":
                    self._code(paragraph, token.content)
                case "softbreak":
                    paragraph.add_run(" ")
                case "hardbreak":
                    paragraph.add_run().add_break()
                case "link_close":
                    pass
                case _:
                    pass

    def _table(self, tokens: Sequence[Token]) -> None:
        rows = list(_rows(tokens))
        table = self.document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        _borders(table, self._palette["trait"])
        widths = _LARGEURS.get(len(table.columns), ())
        for column, width in zip(table.columns, widths, strict=False):
            column.width = Mm(width)
        for place, row in enumerate(rows):
            _keep_row(table.rows[place], header=place == 0)
            for column, inline in enumerate(row):
                cell = table.cell(place, column)
                if widths:
                    cell.width = Mm(widths[column])
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                self._inline(paragraph, inline)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
                    run.bold = True if place == 0 else run.bold
                if place == 0:
                    _shade(cell, self._palette["platre"])
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)


def _rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    row: list[Token] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close":
            yield row


def _font(style: Any, size: float, color: str) -> None:
    style.font.name, style.font.size = _POLICE, Pt(size)
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for side in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{side}"), _POLICE)
    fonts.set(qn("w:cs"), _REPLI)


def _borders(table: Any, color: str) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", color)):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    properties = table._tbl.tblPr
    after = [properties.find(qn(f"w:{name}")) for name in ("shd", "tblLayout", "tblCellMar", "tblLook")]
    first = next((element for element in after if element is not None), None)
    if first is None:
        properties.append(borders)
    else:
        first.addprevious(borders)


def _keep_row(row: Any, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any, color: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
