"""Tags of the pages of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()
USAGERS = "usagers"


@register.filter
def du_personnel(fournisseurs: Iterable[Any]) -> list[Any]:
    """Keep the providers of the staff: applicants have a door of their own."""
    return [f for f in fournisseurs if getattr(f.app, "provider_id", "") != USAGERS]
