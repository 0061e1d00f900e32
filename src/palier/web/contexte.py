"""What every template may need: the operator, his help, the languages of this address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the context shared by all pages."""
    env = settings.ENVIRONNEMENT
    current = get_language()
    return {
        "operateur": env,
        "langue": current,
        "sens": "rtl" if get_language_bidi() else "ltr",
        "langues": [
            {
                "code": code,
                "nom": name,
                "url": translate_url(request.get_full_path(), code),
                "courante": code == current,
            }
            for code, name in settings.LANGUAGES
        ],
        "demonstration": env.mode == "demonstration",
        "sans_cookie": not request.path.startswith("/agents"),
    }
