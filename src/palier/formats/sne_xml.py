"""Stream the requests of the State's XML (interfaceNuu 02.00), one at a time, safely.

References
----------
Domain page, section 4.2; fictional sample of the State's start-up programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from palier.formats.anomalies import Anomalies
from palier.formats.xml_sur import parser_options

ESPACE = "{http://nuu.application.i2/}"
VERSION = "02.00"
MAX_OCTETS = 20_000_000_000
MAX_DEMANDE = 2_000_000
MAX_NIVEAUX = 40
_PIECE = 1 << 16
_TOO_DEEP = etree.XPath("boolean(" + "/".join(["*"] * MAX_NIVEAUX) + ")")


def stream_demandes(path: Path, anomalies: Anomalies) -> Iterator[etree._Element]:
    """Give each ``demande`` element; it is emptied afterwards.

    Stops at FMT-030 (malformed), FMT-031 (DTD, entity), FMT-032 (too big, too
    deep), SNE-001 (root), SNE-002 (version).
    """
    if path.stat().st_size > MAX_OCTETS:
        anomalies.refuse_fichier("FMT-032")
        return
    if not _is_sne(path, anomalies):
        return
    parser = etree.XMLPullParser(events=("end",), tag=f"{ESPACE}demande", **parser_options())
    since = 0
    with path.open("rb") as stream:
        try:
            for piece in iter(lambda: stream.read(_PIECE), b""):
                parser.feed(piece)
                since += len(piece)
                for _, element in parser.read_events():
                    if _TOO_DEEP(element):
                        anomalies.refuse_fichier("FMT-032", ou=f"ligne {element.sourceline}")
                        return
                    since = 0
                    yield element
                    _forget(element)
                if since > MAX_DEMANDE:
                    anomalies.refuse_fichier("FMT-032", "Une demande dépasse 2 Mo.")
                    return
            parser.close()
        except etree.XMLSyntaxError as error:
            _malformed(error, anomalies)


def _is_sne(path: Path, anomalies: Anomalies) -> bool:
    """Look at the first element only."""
    parser = etree.XMLPullParser(events=("start",), **parser_options())
    with path.open("rb") as stream:
        try:
            for piece in iter(lambda: stream.read(_PIECE), b""):
                parser.feed(piece)
                for _, element in parser.read_events():
                    code = _refusal(element)
                    if code:
                        anomalies.refuse_fichier(code, ou=f"ligne {element.sourceline}")
                    return code is None
            parser.close()
        except etree.XMLSyntaxError as error:
            _malformed(error, anomalies)
            return False
    anomalies.refuse_fichier("FMT-030")
    return False


def _refusal(root: etree._Element) -> str | None:
    """Say why the document is refused at its root, if it is."""
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        return "FMT-031"
    if root.tag != f"{ESPACE}interfaceNuu":
        return "SNE-001"
    return None if root.get("versionInterface") == VERSION else "SNE-002"


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _malformed(error: etree.XMLSyntaxError, anomalies: Anomalies) -> None:
    text = str(error.msg or "")
    limits = ("Excessive depth", "too long", "huge", "Maximum", "loop")
    if "ntity" in text and not any(word in text for word in limits):
        code = "FMT-031"
    elif any(word in text for word in limits):
        code = "FMT-031" if "ntity" in text else "FMT-032"
    else:
        code = "FMT-030"
    anomalies.refuse_fichier(code, ou=f"ligne {error.lineno or 1}")
