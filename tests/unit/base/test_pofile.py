"""Words of the catalogues: read as the usual reader of ``.po`` reads them."""

from __future__ import annotations

import io

import pytest
from babel.messages.pofile import read_po

from palier.base.pofile import read_words
from palier.base.ressources import list_packaged, read_packaged

CATALOGUES = list_packaged("palier.base", "po", ".po")


@pytest.mark.parametrize("name", CATALOGUES)
def test_our_catalogues_are_read_as_babel_reads_them(name: str) -> None:
    text = read_packaged("palier.base", name)
    messages = read_po(io.StringIO(text))
    assert read_words(text) == {str(m.id): str(m.string) for m in messages if m.id and m.string}


def test_lines_are_joined_signs_are_plain_and_what_has_no_words_is_left_out() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n# un commentaire\nmsgid "a.b"\n'
        'msgstr "« un »\\n"\n"\\"deux\\" \\\\ \\ttrois"\n\nmsgid "vide"\nmsgstr ""\n'
    )
    assert read_words(text) == {"a.b": '« un »\n"deux" \\ \ttrois'}


@pytest.mark.parametrize(
    "text",
    [
        'msgstr "sans code"\n',
        '"rien avant"\n',
        'msgid "a"\nmsgstr "b\n',
        'msgid "a"\nmsgid_plural "b"\n',
        'msgctxt "x"\nmsgid "a"\n',
        "msgid a\n",
    ],
)
def test_what_is_not_a_simple_message_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ligne de catalogue illisible"):
        read_words(text)
