"""Structured lines of the technical log.

A line holds an instant, a level, a name, an event and the numbers of the request: method, route (the
pattern, never the path with its values), status, milliseconds, identifier. Messages of libraries keep
their text; tracebacks keep their places but not their values.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback

_FIELDS = ("requete", "methode", "route", "statut", "ms", "tache", "nombre", "duree")


def _trace(record: logging.LogRecord) -> str:
    """Return type and places of an exception: never its message, that may quote a value."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    places = traceback.extract_tb(record.exc_info[2])[-8:]
    where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(places))
    return f"{record.exc_info[0].__name__} @ {where}"


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """Return all that a line holds."""
    found: dict[str, object] = {
        "instant": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
        "niveau": record.levelname,
        "nom": record.name,
        "evenement": record.getMessage() if record.name.startswith("palier") else str(record.msg),
    }
    found |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
    if trace := _trace(record):
        found["erreur"] = trace
    return found


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        return json.dumps(_fields(record), ensure_ascii=False)


class TexteFormatter(logging.Formatter):
    """One readable line, for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        fields = _fields(record)
        head = f"{str(fields.pop('instant'))[11:19]} {fields.pop('niveau')} {fields.pop('evenement')}"
        fields.pop("nom")
        return " ".join([head, *(f"{name}={value}" for name, value in fields.items())])
