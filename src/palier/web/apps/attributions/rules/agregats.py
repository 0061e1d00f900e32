"""Counts that nobody may undo: small groups hidden, and enough others with them."""

from __future__ import annotations

from collections.abc import Mapping

from palier.engines.secret import is_publishable


def hide(comptes: Mapping[str, int]) -> dict[str, int | None]:
    """Return the counts of the parts of a whole, those that must not be read as None.

    A part under the threshold is hidden; then the smallest ones left, until what is hidden cannot be told by
    a subtraction from the whole.

    Examples
    --------
    >>> hide({"a": 40, "b": 30, "c": 3})
    {'a': 40, 'b': None, 'c': None}
    >>> hide({"a": 40, "b": 6, "c": 5}), hide({"a": 40, "b": 30})
    ({'a': 40, 'b': None, 'c': None}, {'a': 40, 'b': 30})
    """
    hidden = {name for name, n in comptes.items() if not is_publishable(n)}
    left = sorted((n, name) for name, n in comptes.items() if name not in hidden)
    while hidden and left and (len(hidden) == 1 or not is_publishable(sum(comptes[k] for k in hidden))):
        hidden.add(left.pop(0)[1])
    return {name: None if name in hidden else n for name, n in comptes.items()}
