"""One item ahead, in order, and nothing lost when making one fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from palier.formats.avance import ahead


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_items_come_in_order_whatever_they_are(count: int) -> None:
    items = [None, 0, "", [], *range(count)][:count]
    assert list(ahead(iter(items))) == items


def test_the_next_item_is_made_by_another_thread_one_at_a_time() -> None:
    made: list[int] = []
    threads = set()

    def numbers() -> Iterator[int]:
        for number in range(4):
            made.append(number)
            threads.add(threading.get_ident())
            yield number

    for number in ahead(numbers()):
        assert max(made) <= number + 1
    assert made == [0, 1, 2, 3]
    assert threading.get_ident() not in threads


def test_a_failure_comes_in_the_place_of_its_item() -> None:
    def numbers() -> Iterator[int]:
        yield 1
        raise OSError("disque retiré")

    found = ahead(numbers())
    assert next(found) == 1
    with pytest.raises(OSError, match="disque retiré"):
        next(found)


def test_a_reader_that_stops_leaves_no_thread() -> None:
    before = threading.active_count()
    found = ahead(iter(range(100)))
    assert next(found) == 0
    found.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
