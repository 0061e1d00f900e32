"""Prepare the next piece of a file while the one before it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Give the items in order, each made by another thread while the caller works on the one before.

    One item is ahead, no more; what making it raises is raised in its place.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(_take, items)
        while item := coming.result():
            coming = pool.submit(_take, items)
            yield item[0]


def _take(items: Iterator[T]) -> list[T]:
    return list(islice(items, 1))
