"""Documents: real structure in DOCX, tags and fonts in PDF, nothing fetched."""

from __future__ import annotations

import io
import re
import sys
import zlib

import docx
import pytest

from palier.base.errors import UsageError
from palier.formats import documents
from palier.formats.documents import markdown_to_docx, markdown_to_pdf

MD = """# Titre & <b>balise</b>

Un **gras** et un *italique*, `code`, [lien](https://exemple.fr), ![image](https://exemple.fr/a.png).
Suite de ligne.

> Attention

## Section

1. un
2. deux

- a
  - b

### Table

| Critère | Points |
| --- | --- |
| un \\| deux | **20** |
| trois | −10 |

```
bloc
```

1. encore un

<script>alert(1)</script>
"""


def _pdf_words(content: bytes) -> bytes:
    """The bytes of a PDF, its compressed streams opened."""
    opened = [content]
    for match in re.finditer(rb"stream\r?\n", content):
        try:
            opened.append(zlib.decompressobj().decompress(content[match.end() :]))
        except zlib.error:
            continue
    return b"".join(opened)


def test_pdf_is_tagged_and_whole() -> None:
    content = markdown_to_pdf(MD, "Essai & titre")
    words = _pdf_words(content)
    assert content.startswith(b"%PDF-1.7")
    for needed in (b"pdfuaid", b"/StructTreeRoot", b"/Lang", b"fr-FR", b"/FontFile2", b"/MarkInfo", b"/TH"):
        assert needed in words, needed
    assert words.count(b"/S/H2") + words.count(b"/S /H2") == 1


def test_pdf_is_the_same_each_time() -> None:
    assert markdown_to_pdf(MD, "Essai") == markdown_to_pdf(MD, "Essai")


def test_nothing_is_fetched() -> None:
    with pytest.raises(ValueError, match="va rien chercher"):
        documents._refuse_fetch("https://exemple.fr/a.png")
    parsed = documents._parser().render(MD)
    assert "<img" not in parsed
    assert "<script" not in parsed


@pytest.fixture(scope="module")
def document() -> docx.document.Document:
    """The text above, as a DOCX read again."""
    return docx.Document(io.BytesIO(markdown_to_docx(MD)))


def test_docx_has_real_headings_lists_and_tables(document: docx.document.Document) -> None:
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert styles[0] == ("Heading 1", "Titre & <b>balise</b>")
    assert ("Heading 2", "Section") in styles
    assert ("Intense Quote", "Attention") in styles
    assert ("List Bullet", "a") in styles
    assert ("List Bullet 2", "b") in styles
    assert ("Normal", "bloc") in styles
    assert any("Suite de ligne" in text and "lien" in text for _, text in styles)
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["Critère", "Points"], ["un | deux", "20"], ["trois", "−10"]]
    assert document.core_properties.title == "Titre & <b>balise</b>"
    assert document.core_properties.author == "Palier"


def test_each_docx_list_starts_at_one(document: docx.document.Document) -> None:
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_docx_says_bold_and_header_rows(document: docx.document.Document) -> None:
    runs = [run for p in document.paragraphs for run in p.runs]
    assert [run.text for run in runs if run.bold] == ["gras"]
    assert [run.text for run in runs if run.italic] == ["italique"]
    header = document.tables[0].rows[0]._tr.xml
    assert "w:tblHeader" in header
    assert "w:tblHeader" not in document.tables[0].rows[1]._tr.xml


def test_docx_is_the_same_each_time() -> None:
    assert markdown_to_docx(MD) == markdown_to_docx(MD)


@pytest.mark.parametrize("library", ["markdown_it", "weasyprint", "docx"])
def test_a_missing_library_is_told(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [m for m in sys.modules if m.split(".")[0] == library] + ["palier.formats.docx_texte"]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError) as caught:
        markdown_to_docx(MD) if library == "docx" else markdown_to_pdf(MD, "Essai")
    assert caught.value.problems[0].code == "DOC-001"
