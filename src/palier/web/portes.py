"""Which door an address belongs to: the staff, the applicants, or the public."""

from __future__ import annotations

import re

from django.http import HttpRequest

_ESPACE = re.compile(r"^/(?:en/|ar/|pt/)?ma-demande(?:/|$)")
_STAFF = re.compile(r"^/(?:en/|ar/|pt/)?(?:agents|compte|api/interne)(?:/|$)")


def is_staff_path(request: HttpRequest) -> bool:
    """Tell whether an address belongs to the doors of the staff."""
    return bool(_STAFF.match(request.path))


def is_applicant_path(request: HttpRequest) -> bool:
    """Tell whether an address belongs to the space of the applicants."""
    return bool(_ESPACE.match(request.path))
