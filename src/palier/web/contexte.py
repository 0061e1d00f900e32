"""What every template may need: the operator, his help, the languages of this address."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi, gettext, override
from django.utils.translation import gettext_noop as noop

#: Languages whose texts no native reader has proof-read yet: each of their pages says so.
A_RELIRE = frozenset({"ar", "pt"})
#: Each language says it of itself: « Read this site in English ».
_INVITATION = noop("Lire ce site en français")
_ABSENTE = noop("Les pages des professionnels sont en français et en anglais seulement.")


def absent_note(langue: str) -> dict[str, str] | None:
    """Return, in a language that the pages of agents lack, what tells it; None where nothing lacks."""
    if not langue:
        return None
    with override(langue):
        return {"langue": langue, "sens": "rtl" if get_language_bidi() else "ltr", "texte": gettext(_ABSENTE)}


@cache
def invitation(langue: str) -> str:
    """Return, in a language, the words that invite to read the site in it."""
    with override(langue):
        return gettext(_INVITATION)


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the context shared by all pages."""
    env = settings.ENVIRONNEMENT
    current = get_language()
    return {
        "operateur": env,
        "langue": current,
        "langue_absente": absent_note(getattr(request, "langue_absente", "")),
        "a_relire": current in A_RELIRE,
        "sens": "rtl" if get_language_bidi() else "ltr",
        "langues": [
            {
                "code": code,
                "nom": name,
                "invitation": invitation(code),
                "url": translate_url(request.get_full_path(), code),
                "courante": code == current,
            }
            for code, name in settings.LANGUAGES
        ],
        "demonstration": env.mode == "demonstration",
        "sans_cookie": not request.path.startswith("/agents"),
    }
