"""The only place of the small-group threshold.

References
----------
INSEE and GIP SNE practice: no published count below 11 units.
"""

from __future__ import annotations

SEUIL = 11


def is_publishable(n: int) -> bool:
    """Tell whether a group of ``n`` units may be shown; an empty group may not."""
    return n >= SEUIL


def mask(n: int) -> int | None:
    """Return the count, or None if the group is too small to be shown.

    Examples
    --------
    >>> mask(11), mask(10)
    (11, None)
    """
    return n if is_publishable(n) else None
