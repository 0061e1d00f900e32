"""Read a lot of rows given as JSON: a list of flat objects, exact numbers, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from palier.formats.anomalies import Anomalies
from palier.formats.source import Faute, Lignes

MAX_OCTETS = 100_000_000
LOT = 20_000
MAX_COLONNES = 1_000


class _Nombre(str):
    """A JSON number, kept as its digits."""

    __slots__ = ()


@dataclass
class SourceJson:
    """An open lot: its keys are titles, each object is a row numbered from 1."""

    entetes: list[str]
    objets: Sequence[Mapping[str, object]]
    fautes: dict[int, list[Faute]] = field(default_factory=dict)

    def lots(self) -> Iterator[Lignes]:
        """Give the batches, in the order of the list."""
        for start in range(0, len(self.objets), LOT):
            rows = self.objets[start : start + LOT]
            cells: dict[str, pl.Series] = {}
            faults: list[Faute] = []
            for place, key in enumerate(self.entetes):
                texts = [_text(row.get(key)) for row in rows]
                nested = [rank for rank, text in enumerate(texts) if text is _IMBRIQUE]
                if nested:
                    faults.append(Faute("FMT-043", nested, key))
                    texts = [None if text is _IMBRIQUE else text for text in texts]
                cells[str(place)] = pl.Series(texts, dtype=pl.String, strict=True)
            numbers = pl.int_range(len(rows), dtype=pl.Int64, eager=True) + start + 1
            yield Lignes(pl.DataFrame(cells), numbers, fautes=faults)


_IMBRIQUE = "\x00imbriqué"


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple) and not any(isinstance(item, list | tuple | dict) for item in value):
        return "|".join(text for item in value if (text := _text(item))) or "aucun"
    return _IMBRIQUE


def source_of_objects(objets: Sequence[Mapping[str, object]]) -> SourceJson:
    """Make a source of objects that somebody else has parsed (a request of the API)."""
    return SourceJson(list(dict.fromkeys(str(key) for row in objets for key in row)), objets)


def open_json(path: Path, table: str, anomalies: Anomalies) -> SourceJson | None:
    """Open a JSON file.

    Parameters
    ----------
    path : Path
        The file.
    table : str
        Name of the table: a top object may carry the list under it.
    anomalies : Anomalies
        Receives FMT-001, 004, 009, 011, 019, 040 to 042 and 044.

    Returns
    -------
    SourceJson or None
        None after a fault of the whole file.
    """
    anomalies.mot = "élément"
    if path.stat().st_size > MAX_OCTETS:
        anomalies.refuse_fichier("FMT-011", "Maximum pour un lot JSON : 100 Mo.")
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        anomalies.refuse_fichier("FMT-004")
        return None
    if not text.strip():
        anomalies.refuse_fichier("FMT-001")
        return None
    try:
        root = json.loads(
            text,
            parse_float=_Nombre,
            parse_int=_Nombre,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except _RefusError as error:
        anomalies.refuse_fichier(error.code, error.detail)
        return None
    except json.JSONDecodeError as error:
        anomalies.refuse_fichier("FMT-040", f"À la ligne {error.lineno}, caractère {error.colno}.")
        return None
    except (RecursionError, ValueError):
        anomalies.refuse_fichier("FMT-040")
        return None
    return _from_root(root, table, anomalies)


def _from_root(root: Any, table: str, anomalies: Anomalies) -> SourceJson | None:
    rows = root.get(table) if isinstance(root, dict) else root
    if not isinstance(rows, list):
        anomalies.refuse_fichier("FMT-042")
        return None
    wrong = next((rank for rank, row in enumerate(rows, 1) if not isinstance(row, dict)), None)
    if wrong is not None:
        anomalies.refuse_fichier("FMT-042", f"Premier élément en cause : {wrong}.")
        return None
    if not rows:
        anomalies.refuse_fichier("FMT-009")
        return None
    source = source_of_objects(rows)
    if len(source.entetes) > MAX_COLONNES:
        anomalies.refuse_fichier("FMT-019")
        return None
    return source


class _RefusError(ValueError):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def _refuse_constant(name: str) -> NoReturn:
    raise _RefusError("FMT-044", f"Lu : {name}.")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusError("FMT-041", f"« {double[:40]} ».")
    return found
