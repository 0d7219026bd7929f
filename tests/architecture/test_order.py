"""Long tests begin first in every process that runs tests, and none gets lost."""

from __future__ import annotations

import pytest

from tests.support.order import dealt


def is_long(number: int) -> bool:
    return number > 90


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_every_worker_begins_with_long_ones(workers):
    """However many share them: the parts are as pytest-xdist cuts them."""
    ordered = dealt(range(100), is_long=is_long, workers=workers)
    assert sorted(ordered) == list(range(100))
    begin = 0
    for worker in range(workers):
        part = ordered[begin : begin + (100 - begin) // (workers - worker)]
        begin += len(part)
        long = [number for number in part if is_long(number)]
        assert part[: len(long)] == long
        assert len(long) in {9 // workers, 9 // workers + 1}


def test_a_few_long_ones_alone_are_all_there():
    """More workers than items, and nothing short to fill up with."""
    assert sorted(dealt([91, 92, 93], is_long=is_long, workers=8)) == [91, 92, 93]
    assert dealt([], is_long=is_long, workers=2) == []
