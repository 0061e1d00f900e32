"""The only way in which Palier parses XML: no entity, no network, no giant tree."""

from __future__ import annotations

from typing import TypedDict


class Options(TypedDict):
    """Options of an lxml parser."""

    resolve_entities: bool
    no_network: bool
    huge_tree: bool
    load_dtd: bool
    dtd_validation: bool
    remove_comments: bool
    remove_pis: bool


def parser_options() -> Options:
    """Return the options that make a parser safe against hostile files."""
    return Options(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
