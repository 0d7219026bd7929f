"""The exhaustive audit at full size: every table of one split, so fast that hundreds of splits fit in minutes.

It asks the question of `dialogues.insight.audit` about one question of one round, and looks at a rule from outside.
A rule is called for every table, and per output the answers that stay possible are collected as bits: for each
colleague who may be known, for each group, for each of the four bands. Publications are compared field by field, which
tells a reader at least as much as any form made of them.

Large splits are searched one table per *class*: tables that differ only by exchanging bands. That is exact for a rule
to which the bands are four names and nothing more; `exchange_faults` looks whether a rule is like that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations
from typing import Any, Final, TypeAlias

from dialogues.insight.audit import Pin, PublishRule, Readable, Row
from dialogues.insight.bands import Band
from dialogues.insight.publication import Publication

BANDS: Final = tuple(Band)
N: Final = len(BANDS)
EXCHANGES: Final = tuple(permutations(range(N)))
"""All ways to exchange the bands; where band number i goes."""
TURNS: Final = ((1, 0, 2, 3), (1, 2, 3, 0))
"""Two exchanges that all others are made of."""
Facts: TypeAlias = int
"""Bits: for each thing a reader may know and each group, which bands others of that group may have."""
Look: TypeAlias = Callable[[Readable], Hashable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """All there is to know about one split under one rule."""

    sizes: Mapping[str, int]
    tables: int
    """Tables that are accounted for: all of them."""
    published: int
    """Tables for which the rule was called."""
    outputs: int
    seen: Mapping[Hashable, Facts]
    """Output → what stays possible; with classes only one output of each class."""
    examples: Mapping[Hashable, Readable] = field(default_factory=dict)
    """Output → something that was published so; empty with classes."""

    @property
    def pins(self) -> tuple[Pin, ...]:
        """The answers that are given away, with nobody or one colleague known."""
        return tuple(
            Pin(output, known, group, answer)
            for output, facts in self.seen.items()
            for known, group, answer in pinned(facts, tuple(self.sizes))
        )


def search(
    publish: PublishRule, sizes: Mapping[str, int], *, rule: object, classes: bool = False, look: Look | None = None
) -> Searched:
    """Publish every table of one split, or one of each class, and collect what stays possible.

    Args:
        publish: the rule, called as ``publish(counts, rule)``.
        sizes: respondents per group, at least one group.
        rule: passed on to `publish`.
        classes: one table per class; only for a rule without `exchange_faults`.
        look: what a reader sees of an output; the publication itself when not given.
    """
    see = look or reading
    *first, last = sizes.items()
    rows = [_rows_by_pattern(size) for _, size in first]
    seen: dict[Hashable, Facts] = {}
    examples: dict[Hashable, Readable] = {}
    tables = published = 0
    for before, pattern in _beginnings(rows, _ALL_EQUAL if classes else 0):
        counts: dict[str, Mapping[str, int]] = {
            name: _as_counts(row) for (name, _), row in zip(first, before, strict=True)
        }
        here: dict[int, tuple[Readable, Facts]] = {}
        ends = _ends(last[1], pattern, tuple(_support(row) for row in before))
        for row, facts in ends:
            counts[last[0]] = row
            shown = publish(counts, rule)
            one = id(shown)  # what reads the same is often the very same object, and is then looked at once
            here[one] = (shown, here[one][1] | facts if one in here else facts)
        own = _own_facts(before, len(sizes))
        for shown, facts in here.values():
            output = see(shown)
            examples.setdefault(output, shown)
            seen[output] = seen.get(output, 0) | facts | own
        tables += _stood_for(last[1], pattern) if classes else len(ends)
        published += len(ends)
    if not classes:
        return Searched(
            sizes=sizes, tables=tables, published=published, outputs=len(seen), seen=seen, examples=examples
        )
    closed, outputs = _exchanged(seen, len(sizes))
    return Searched(sizes=sizes, tables=tables, published=published, outputs=outputs, seen=closed)


def reading(shown: Readable) -> Hashable:
    """A publication field by field; of anything else its texts."""
    if isinstance(shown, Publication):
        counts = shown.counts
        return (
            shown.below_floor,
            shown.band,
            tuple(shown.sectors.items()),
            None if counts is None else tuple([counts[band] for band in BANDS]),
        )
    return shown.texts()


def pinned(facts: Facts, names: Sequence[str]) -> Iterator[tuple[tuple[tuple[str, str], ...], str, str]]:
    """Where only one band is left: what is known, of which group, and the band."""
    groups = len(names)
    for place in range(groups * (1 + N * groups)):
        mask = facts >> N * place & _FULL
        if mask in _SINGLE:
            assumed, group = divmod(place, groups)
            known = ((names[(assumed - 1) // N], str(BANDS[(assumed - 1) % N])),) if assumed else ()
            yield known, names[group], str(BANDS[_SINGLE[mask]])


def exchange_faults(
    publish: PublishRule, tables: Iterable[Mapping[str, Mapping[str, int]]], *, rule: object
) -> Iterator[Mapping[str, Mapping[str, int]]]:
    """The tables at which a rule does more with the bands than tell them apart.

    Exchanging bands in the table must exchange the bands in the publication and change nothing else.
    """
    for table in tables:
        shown = reading(publish(table, rule))
        for turn in TURNS:
            turned: dict[str, dict[str, int]] = {
                name: {BANDS[turn[BANDS.index(Band(band))]]: number for band, number in row.items()}
                for name, row in table.items()
            }
            if reading(publish(turned, rule)) != _turn(shown, turn):
                yield table
                break


def rows_of(size: int) -> Iterator[Row]:
    """All ways in which a group can have answered, as counts per band."""
    for low in range(size + 1):
        for mid in range(size + 1 - low):
            for high in range(size + 1 - low - mid):
                yield (low, mid, high, size - low - mid - high)


# Classes: the columns of a table (one per band) in descending order stand for all orders of them.

_FULL: Final = (1 << N) - 1
_SINGLE: Final = {1 << band: band for band in range(N)}
_ALL_EQUAL: Final = (1 << (N - 1)) - 1
"""A pattern has a bit for each two neighbouring columns that are still equal; no bits asks nothing of a row."""


@lru_cache(maxsize=512)
def _rows_by_pattern(size: int) -> dict[int, list[tuple[Row, int]]]:
    """For each pattern the rows that keep the columns in order, each with the pattern that is left."""
    found: dict[int, list[tuple[Row, int]]] = {}
    for pattern in range(_ALL_EQUAL + 1):
        equal = [place for place in range(N - 1) if pattern >> place & 1]
        found[pattern] = [
            (row, sum(1 << place for place in equal if row[place] == row[place + 1]))
            for row in rows_of(size)
            if all(row[place] >= row[place + 1] for place in equal)
        ]
    return found


def _beginnings(
    rows: Sequence[dict[int, list[tuple[Row, int]]]], pattern: int
) -> Iterator[tuple[tuple[Row, ...], int]]:
    """Every beginning of a table: a row for each group but the last, and the pattern for that one."""
    if not rows:
        yield (), pattern
        return
    for before, left in _beginnings(rows[:-1], pattern):
        for row, then in rows[-1][left]:
            yield (*before, row), then


@lru_cache(maxsize=512)
def _stood_for(size: int, pattern: int) -> int:
    """How many tables the classes that end in this pattern stand for."""
    return sum(_orbit(left) for _, left in _rows_by_pattern(size)[pattern])


def _orbit(pattern: int) -> int:
    """In how many orders the columns can be put, when equal ones cannot be told apart."""
    orders, run = 1, 1
    for place in range(1, N):
        run = run + 1 if pattern >> (place - 1) & 1 else 1
        orders = orders * (place + 1) // run
    return orders


# Facts: one nibble per thing that may be known and group; nobody known comes first, then group by group, band by band.


def _place(groups: int, group: int, known: tuple[int, int] | None = None) -> int:
    assumed = 0 if known is None else 1 + known[0] * N + known[1]
    return N * (assumed * groups + group)


@lru_cache(maxsize=8192)
def _support(row: Row) -> int:
    return sum(1 << band for band, number in enumerate(row) if number)


def _as_counts(row: Row) -> Mapping[str, int]:
    return dict(zip(BANDS, row, strict=True))


@lru_cache(maxsize=8192)
def _alone(groups: int, group: int, row: Row) -> Facts:
    """What a row says about its own group: with nobody known, and with one of the group known."""
    facts = _support(row) << _place(groups, group)
    for band, number in enumerate(row):
        if number:
            rest = (*row[:band], number - 1, *row[band + 1 :])
            facts |= _support(rest) << _place(groups, group, (group, band))
    return facts


@lru_cache(maxsize=8192)
def _across(groups: int, one: int, ones: int, other: int, others: int) -> Facts:
    """What two groups, by the bands that occur in them, say about each other when one member of one is known."""
    facts = 0
    for band in range(N):
        if ones >> band & 1:
            facts |= others << _place(groups, other, (one, band))
        if others >> band & 1:
            facts |= ones << _place(groups, one, (other, band))
    return facts


def _own_facts(before: tuple[Row, ...], groups: int) -> Facts:
    """The facts of all groups but the last."""
    facts = 0
    for group, row in enumerate(before):
        facts |= _alone(groups, group, row)
        for other in range(group):
            facts |= _across(groups, other, _support(before[other]), group, _support(row))
    return facts


@lru_cache(maxsize=2048)
def _ends(size: int, pattern: int, before: tuple[int, ...]) -> list[tuple[Mapping[str, int], Facts]]:
    """Each row the last group can have, with all facts in which it takes part.

    ``before``: the bands that occur in each group before it.
    """
    groups = len(before) + 1
    found = []
    for row, _ in _rows_by_pattern(size)[pattern]:
        facts = _alone(groups, groups - 1, row)
        for group, support in enumerate(before):
            facts |= _across(groups, group, support, groups - 1, _support(row))
        found.append((_as_counts(row), facts))
    return found


# Exchanging the bands of what was seen.


def _exchanged(seen: Mapping[Hashable, Facts], groups: int) -> tuple[dict[Hashable, Facts], int]:
    """What all tables leave possible, from one table per class; for one output of each class of outputs."""
    closed: dict[Hashable, Facts] = {}
    sizes: dict[Hashable, int] = {}
    for output, facts in seen.items():
        first, turns = _to_first(output)
        sizes[first] = len(EXCHANGES) // len(turns)
        for turn in turns:
            closed[first] = closed.get(first, 0) | _turn_facts(facts, turn, groups)
    return closed, sum(sizes.values())


@lru_cache(maxsize=65536)
def _to_first(output: Any) -> tuple[Hashable, tuple[tuple[int, ...], ...]]:
    """The first output of a class, and every exchange that leads to it."""
    ways: dict[str, tuple[Hashable, list[tuple[int, ...]]]] = {}
    for turn in EXCHANGES:
        turned = _turn(output, turn)
        ways.setdefault(repr(turned), (turned, []))[1].append(turn)
    first, turns = ways[min(ways)]
    return first, tuple(turns)


def _turn(output: Any, turn: tuple[int, ...]) -> Hashable:
    below, band, sectors, counts = output
    to, come_from = _moves(turn)
    moved = None if counts is None else tuple([counts[place] for place in come_from])
    return (below, to[band], tuple([(name, to[one]) for name, one in sectors]), moved)


@lru_cache(maxsize=32)
def _moves(turn: tuple[int, ...]) -> tuple[Mapping[Band | None, Band | None], tuple[int, ...]]:
    """Where each band goes (a tie stays a tie), and for each place from where its number comes."""
    to: dict[Band | None, Band | None] = {one: BANDS[turn[place]] for place, one in enumerate(BANDS)}
    to[None] = None
    return to, tuple(turn.index(place) for place in range(N))


def _turn_facts(facts: Facts, turn: tuple[int, ...], groups: int) -> Facts:
    turned = 0
    for assumed in range(1 + N * groups):
        band = (assumed - 1) % N
        target = assumed - band + turn[band] if assumed else 0
        for group in range(groups):
            mask = facts >> N * (assumed * groups + group) & _FULL
            turned |= _turned_masks(turn)[mask] << N * (target * groups + group)
    return turned


@lru_cache(maxsize=32)
def _turned_masks(turn: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(1 << turn[band] for band in range(N) if mask >> band & 1) for mask in range(_FULL + 1))
