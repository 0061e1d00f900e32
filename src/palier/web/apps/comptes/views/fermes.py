"""Doors of allauth that this site does not open; their names must exist, for allauth speaks of them."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest


def ferme(request: HttpRequest, **_: str) -> NoReturn:
    """Answer that there is nothing here."""
    del request
    raise Http404
