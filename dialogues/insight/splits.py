"""Which splits of respondents over sectors the audit looks at, and how thoroughly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import comb, prod
from typing import Final

from dialogues.insight.bands import Band
from dialogues.insight.groups import SECTORS

PROMISED: Final = 5
"""What people are promised as the least number of respondents; not taken from the rule, which could be wrong."""
MOST: Final = 25
"""Respondents of the biggest split."""
MOST_IN_TWO: Final = 15
"""Respondents of the biggest split over two sectors."""
MOST_TABLES: Final = 2_000_000
"""Tables of the biggest split over three sectors."""
MOST_TABLES_OF_MORE: Final = 200_000
"""The same over four and five sectors."""
EVERY_TO: Final = 15
"""Up to so many respondents every split over up to four sectors is there, however many tables it has."""
TABLE_BY_TABLE: Final = 20_000
"""Up to so many tables every single one is published; beyond that one of each class."""
BANDS: Final = len(Band)


@dataclass(frozen=True, slots=True)
class Split:
    """Numbers of respondents of the first sectors, and how they are searched."""

    sizes: tuple[int, ...]
    classes: bool = False
    """One table per class of tables that differ only by exchanging bands."""

    @property
    def named(self) -> Mapping[str, int]:
        """Sector → respondents."""
        return dict(zip(SECTORS, self.sizes, strict=False))

    @property
    def is_too_small(self) -> bool:
        """Whether so few people may never show anything."""
        return sum(self.sizes) < PROMISED

    @property
    def tables(self) -> int:
        """How many tables of answers there are."""
        return prod(comb(size + BANDS - 1, BANDS - 1) for size in self.sizes)

    @property
    def work(self) -> int:
        """About how many tables are published."""
        return self.tables // 24 if self.classes else self.tables


def splits(*, short: bool = False, every_table: bool = False) -> tuple[Split, ...]:
    """The splits of the audit, heaviest first; also those of fewer people than promised, which must all read the same.

    One sector: every number of respondents. Two: both orders, table by table. Three to five: in descending order, as
    far as their number of tables allows. ``every_table``: never by classes. ``short``: a small part of these.
    """
    most_tables = TABLE_BY_TABLE if short else MOST_TABLES
    found = [Split((size,)) for size in range(1, MOST + 1)]
    found += [
        Split((total - other, other))
        for total in range(2, (10 if short else MOST_IN_TWO) + 1)
        for other in range(1, total)
    ]
    more = min(most_tables, MOST_TABLES_OF_MORE)
    for sectors, most in ((3, most_tables), (4, more)) if short else ((3, most_tables), (4, more), (5, more)):
        every_to = EVERY_TO if sectors < len(SECTORS) and not short else 0
        for sizes in _descending(sectors, MOST):
            split = Split(sizes, classes=not every_table)
            if split.tables > most and sum(sizes) > every_to:
                continue
            found.append(split if split.tables > TABLE_BY_TABLE else Split(sizes, classes=short))
    return tuple(sorted(found, key=lambda split: -split.work))


def _descending(parts: int, most: int) -> Iterator[tuple[int, ...]]:
    """All ways to write numbers up to ``most`` as so many parts of at least one, the biggest first."""
    if parts == 0:
        yield ()
        return
    for first in range(1, most - parts + 2):
        for rest in _descending(parts - 1, most - first):
            if not rest or rest[0] <= first:
                yield (first, *rest)
