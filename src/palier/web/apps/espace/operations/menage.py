"""Forget what is no longer of use: codes sent long ago."""

from __future__ import annotations

import datetime as dt

from palier.web.apps.espace.models import Defi
from palier.web.apps.espace.rules.codes import MEMOIRE


def purge(maintenant: dt.datetime) -> int:
    """Delete the challenges that no count of tries reads any more; return how many."""
    return Defi.objects.filter(fait_le__lte=maintenant - MEMOIRE).delete()[0]
