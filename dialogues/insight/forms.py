"""Auditing the forms of a publication: what is shown of one month, or of two side by side, may pin nobody.

A form is a function of publications and of nothing else about answers; contracts and `tests/architecture` keep it so.
It can therefore never tell more than the publications themselves. Here that is tried over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, TypeAlias

from dialogues.insight.audit import Readable
from dialogues.insight.exhaustive import N, Searched

Mask: TypeAlias = int
"""A bit for each answer that somebody else of a group can still have given."""
Form: TypeAlias = Callable[[Any], Hashable]
PairForm: TypeAlias = Callable[[Any, Any], Hashable]
_ONE_BAND: Final = tuple(1 << band for band in range(N))
_NIBBLE: Final = (1 << N) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Everything that can be published of one round, and what each of it leaves possible."""

    tables: int
    """Tables of answers that were published."""
    possible: Mapping[Hashable, tuple[tuple[Mask, ...], ...]]
    """Output → for each thing a reader may know, a mask per group; all 0 where it does not fit the output."""
    examples: Mapping[Hashable, Any]
    """Output → something that was published so, the way a form takes it."""
    answers: int
    groups: int
    telling: tuple[Mask, ...]
    """A mask within one of these gives a part of an answer away: its band, or one thing that was chosen."""

    def tells(self, mask: Mask) -> bool:
        """Whether something of somebody's answer is certain."""
        return bool(mask) and any(not mask & ~part for part in self.telling)


def of_bands(searched: Searched, stored: Callable[[Readable], Any] = lambda shown: shown) -> Outcomes:
    """What a search over bands found; ``stored`` makes of a publication what a form takes."""
    groups = len(searched.sizes)
    return Outcomes(
        tables=searched.tables,
        possible={
            output: tuple(
                tuple(facts >> N * (assumed * groups + group) & _NIBBLE for group in range(groups))
                for assumed in range(1 + N * groups)
            )
            for output, facts in searched.seen.items()
        },
        examples={output: stored(shown) for output, shown in searched.examples.items()},
        answers=N,
        groups=groups,
        telling=_ONE_BAND,
    )


def audit_form(one: Outcomes, form: Form) -> int:
    """How many answers a form gives away, over every publication, with nobody or one colleague known."""
    seen: dict[Hashable, list[list[Mask]]] = {}
    for output, possible in one.possible.items():
        shown = form(one.examples[output])
        before = seen.get(shown) or [[0] * one.groups for _ in possible]
        seen[shown] = [_together(then, masks) for then, masks in zip(before, possible, strict=True)]
    return sum(one.tells(mask) for every in seen.values() for masks in every for mask in masks)


def audit_pair(first: Outcomes, second: Outcomes, form: PairForm, *, same_people: bool = True) -> int:
    """How many answers two publications give away together, to a reader who knows nobody's or one colleague's answers.

    The answers of one do not follow from those of the other: the worst case for the rule is every pair of tables. Of
    two months of the same people (``same_people``, then both have as many groups) the colleague's answers are known
    in both; else in one of them.
    """
    assumptions = list(_of_the_same(first, second) if same_people else _of_others(first, second))
    seen: dict[tuple[Hashable, int], list[Mask]] = {}
    for one, other in product(first.possible, second.possible):
        shown = form(first.examples[one], second.examples[other])
        for number, (then, now) in enumerate(assumptions):
            masks = first.possible[one][then], second.possible[other][now]
            if all(map(any, masks)):
                both = [*masks[0], *masks[1]]
                seen[shown, number] = _together(seen.get((shown, number), [0] * len(both)), both)
    return sum(
        (first if place < first.groups else second).tells(mask)
        for masks in seen.values()
        for place, mask in enumerate(masks)
    )


def _together(before: list[Mask], masks: list[Mask] | tuple[Mask, ...]) -> list[Mask]:
    return [a | b for a, b in zip(before, masks, strict=True)]


def _of_the_same(first: Outcomes, second: Outcomes) -> Iterator[tuple[int, int]]:
    """Nobody known; or a colleague of one group, with each pair of answers."""
    yield 0, 0
    for group in range(first.groups):
        for then, now in product(range(first.answers), range(second.answers)):
            yield 1 + group * first.answers + then, 1 + group * second.answers + now


def _of_others(first: Outcomes, second: Outcomes) -> Iterator[tuple[int, int]]:
    """Nobody known; or somebody who took part in one of the two."""
    yield 0, 0
    yield from ((known, 0) for known in range(1, 1 + first.groups * first.answers))
    yield from ((0, known) for known in range(1, 1 + second.groups * second.answers))
