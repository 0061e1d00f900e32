"""The local outbox of a demonstration: mails written to a folder instead of being sent."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

_SHOWN = 50
_FRONTIERE = "-" * 79


@dataclass(frozen=True)
class Courriel:
    """A mail of the outbox."""

    a: str
    sujet: str
    date: str
    corps: str


def mails(dossier: Path) -> list[Courriel]:
    """Return the newest mails of the folder."""
    if not dossier.is_dir():
        return []
    found: list[Courriel] = []
    for path in sorted(dossier.glob("*.log"), reverse=True)[:_SHOWN]:
        for raw in reversed(path.read_text(encoding="utf-8", errors="replace").split(_FRONTIERE)):
            if raw.strip():
                found.append(_parse(raw.strip()))
    return found[:_SHOWN]


def _parse(raw: str) -> Courriel:
    """Read one mail."""
    message = email.message_from_string(raw, policy=email.policy.default)
    body = message.get_body(("plain",)) if message.is_multipart() else message
    text = body.get_content() if body is not None else ""
    return Courriel(
        str(message.get("To", "")), str(message.get("Subject", "")), str(message.get("Date", "")), str(text)
    )
