"""The exhaustive preimage audit: does any output of a publication rule give somebody's answer away?

Every possible table of answers is made, published, and put with the tables that read the same. The reader is
assumed to know the rule, the number of respondents per sector, and the answers of some colluders (or the reader's
own). If in all tables that fit, everybody else of a sector has the same band, that band is *pinned*: the rule fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations_with_replacement, product
from typing import Any, Protocol, TypeAlias

from dialogues.insight.bands import Band
from dialogues.insight.groups import SECTORS
from dialogues.insight.listing import Listing

Row: TypeAlias = tuple[int, ...]
"""Respondents of one group per answer."""
Known: TypeAlias = tuple[tuple[str, str], ...]
"""Group and answer of each colluder."""


class Readable(Protocol):
    """What a publication rule returns: the audit looks at nothing but its texts."""

    def texts(self) -> tuple[str, ...]:
        """Everything a reader sees."""
        ...


PublishRule: TypeAlias = Callable[[Mapping[str, Mapping[str, int]], Any], Readable]
ListingRule: TypeAlias = Callable[[Mapping[str, int], int], Listing]


@dataclass(frozen=True, slots=True)
class Coupling:
    """A listing published beside the question, asked only of respondents with certain bands."""

    publish: ListingRule
    asked_of: frozenset[Band]
    options: int
    most: int = 1
    """How many options one respondent may choose."""
    skippable: bool = True


@dataclass(frozen=True, slots=True)
class Pin:
    """One answer given away."""

    output: Hashable
    """What was read: the texts, and per coupling between which numbers the listing puts those who were asked."""
    known: Known
    group: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What an audit of one set of sizes found."""

    sizes: Mapping[str, int]
    tables: int
    outputs: int
    pins: tuple[Pin, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nobody's answer can be known."""
        return not self.pins

    @property
    def failing_outputs(self) -> int:
        """How many different outputs give at least one answer away."""
        return len({pin.output for pin in self.pins})


def audit(
    publish: PublishRule,
    sizes: Mapping[str, int] | Sequence[int],
    *,
    rule: object,
    colluders: Collection[int] = (0, 1),
    couplings: tuple[Coupling, ...] = (),
) -> AuditReport:
    """Audit a publication rule, as a black box, for one number of respondents per sector.

    Args:
        publish: called as ``publish(counts, rule)`` for every table of answers.
        sizes: respondents per sector; bare numbers stand for the first sectors.
        rule: passed on to `publish`.
        colluders: numbers of respondents whose answers the reader may know.
        couplings: listings that appear beside the question. A colluder is taken to have chosen nothing in them,
            which tells the reader most: all choosers are others then.
    """
    named = dict(sizes) if isinstance(sizes, Mapping) else dict(zip(SECTORS, sizes, strict=False))
    spans = tuple(_spans(coupling, sum(named.values())) for coupling in couplings)
    asked = tuple(tuple(band in coupling.asked_of for coupling in couplings) for band in Band)

    def observe(table: tuple[Row, ...], held_back: tuple[int, ...]) -> Iterable[Hashable]:
        choosers = [
            sum(number for row in table for number, of in zip(row, asked, strict=True) if of[index]) - held_back[index]
            for index in range(len(couplings))
        ]
        fitting = (
            [span for span in known if span[0] <= number <= span[1]]
            for known, number in zip(spans, choosers, strict=True)
        )
        return product([read(table)], *fitting)

    @lru_cache(maxsize=1)
    def read(table: tuple[Row, ...]) -> tuple[str, ...]:
        counts: dict[str, dict[str, int]] = {
            name: dict(zip(Band, row, strict=True)) for name, row in zip(named, table, strict=True)
        }
        return publish(counts, rule).texts()

    return _search(named, tuple(Band), observe, colluders, asked=asked)


def audit_listing(publish: ListingRule, respondents: int, *, colluders: Collection[int] = (0, 1)) -> AuditReport:
    """Audit the listing rule for one option: can a reader know that somebody chose it, or did not?"""

    def observe(table: tuple[Row, ...], _held_back: tuple[int, ...]) -> Iterable[Hashable]:
        return (publish({"option": table[0][0]}, respondents),)

    return _search({"respondents": respondents}, ("chosen", "not chosen"), observe, colluders, asked=((), ()))


@dataclass(slots=True)
class _Assumption:
    """One thing the reader may know, and what every row of every group leaves possible under it."""

    known: Known
    held_back: tuple[int, ...]
    """Per coupling: how many colluders were asked and chose nothing."""
    left: list[dict[Row, int]]
    """Group → row → the answers that others of the group may have, a bit each; absent when the row does not fit.

    Each group has bits of its own (see ``_bit``), so that those of a whole table are one number.
    """
    seen: dict[int, int] = field(default_factory=dict)
    """Number of an output → answers that others have in at least one table that fits, a bit each."""

    def take(self, table: tuple[Row, ...], outputs: Iterable[int]) -> None:
        """Add one table under each of the outputs it can have."""
        possible = 0
        for left, row in zip(self.left, table, strict=True):
            bits = left.get(row)
            if bits is None:
                return
            possible |= bits
        seen = self.seen
        for output in outputs:
            seen[output] = seen.get(output, 0) | possible


def _bit(group: int, answer: int, answers: int) -> int:
    """The bit that stands for this answer of somebody in this group, counted from 0."""
    return group * answers + answer


def _search(
    sizes: Mapping[str, int],
    answers: tuple[str, ...],
    observe: Callable[[tuple[Row, ...], tuple[int, ...]], Iterable[Hashable]],
    colluders: Collection[int],
    *,
    asked: tuple[tuple[bool, ...], ...],
) -> AuditReport:
    """Publish every table once and collect, per output and assumption, the answers that stay possible."""
    rows = [list(_rows(size, len(answers))) for size in sizes.values()]
    cells = list(product(range(len(sizes)), range(len(answers))))
    by_held_back: dict[tuple[int, ...], list[_Assumption]] = {}
    for number in colluders:
        for known in combinations_with_replacement(cells, number):
            assumption = _assume(sizes, answers, rows, known, asked)
            by_held_back.setdefault(assumption.held_back, []).append(assumption)
    numbers: dict[Hashable, int] = {}
    tables = 0
    for table in product(*rows):
        tables += 1
        for held_back, assumptions in by_held_back.items():
            observed = [numbers.setdefault(output, len(numbers)) for output in observe(table, held_back)]
            for assumption in assumptions:
                assumption.take(table, observed)
    every = [assumption for assumptions in by_held_back.values() for assumption in assumptions]
    pins = tuple(_pins(sizes, answers, every, outputs=tuple(numbers)))
    return AuditReport(sizes=sizes, tables=tables, outputs=len(numbers), pins=pins)


def _rows(respondents: int, answers: int) -> Iterator[Row]:
    """All ways in which a group can have answered, as counts."""
    if answers == 1:
        yield (respondents,)
        return
    for first in range(respondents + 1):
        for rest in _rows(respondents - first, answers - 1):
            yield (first, *rest)


def _assume(
    sizes: Mapping[str, int],
    answers: tuple[str, ...],
    rows: list[list[Row]],
    known: tuple[tuple[int, int], ...],
    asked: tuple[tuple[bool, ...], ...],
) -> _Assumption:
    names = tuple(sizes)
    left: list[dict[Row, int]] = []
    for group, group_rows in enumerate(rows):
        taken = [sum((group, answer) == one for one in known) for answer in range(len(answers))]
        rest = {row: [have - gone for have, gone in zip(row, taken, strict=True)] for row in group_rows}
        left.append(
            {
                row: sum(1 << _bit(group, answer, len(answers)) for answer, number in enumerate(numbers) if number)
                for row, numbers in rest.items()
                if min(numbers) >= 0
            }
        )
    return _Assumption(
        known=tuple((names[group], answers[answer]) for group, answer in known),
        held_back=tuple(sum(asked[answer][index] for _, answer in known) for index in range(len(asked[0]))),
        left=left,
    )


def _pins(
    sizes: Mapping[str, int], answers: tuple[str, ...], assumptions: list[_Assumption], *, outputs: tuple[Hashable, ...]
) -> Iterator[Pin]:
    of_a_group = (1 << len(answers)) - 1
    for assumption in assumptions:
        for output, possible in assumption.seen.items():
            for group, name in enumerate(sizes):
                mask = possible >> _bit(group, 0, len(answers)) & of_a_group
                if mask.bit_count() == 1:
                    yield Pin(outputs[output], assumption.known, name, answers[mask.bit_length() - 1])


def _spans(coupling: Coupling, respondents: int) -> tuple[tuple[int, int], ...]:
    """What the different outputs of a listing say about how many respondents were asked: least and most.

    The listing rule is called for every number of choosers of one option; options are treated alike and one by one,
    so an output is a number of options per kind (absent, listed, often), and only the sums decide what it can mean.
    """
    kinds: dict[Listing, list[int]] = {}
    for choosers in range(respondents + 1):
        kinds.setdefault(coupling.publish({"option": choosers}, respondents), []).append(choosers)
    spans = set()
    for mix in combinations_with_replacement(kinds.values(), coupling.options):
        possible = [asked for asked in range(respondents + 1) if _possible(mix, asked, coupling)]
        if possible:
            spans.add((possible[0], possible[-1]))
    return tuple(sorted(spans))


def _possible(mix: tuple[list[int], ...], asked: int, coupling: Coupling) -> bool:
    least = [min(choosers) for choosers in mix]
    most = sum(min(max(choosers), asked) for choosers in mix)
    enough = coupling.skippable or most >= asked
    return max(least) <= asked and sum(least) <= coupling.most * asked and enough
