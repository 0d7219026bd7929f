"""Auditing the forms of a publication: what is shown of one month, or of two months side by side, may pin nobody.

A form is a function of publications and of nothing else about answers; contracts and `tests/architecture` keep it so.
It can therefore never tell more than the publications themselves. Here that is tried over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from typing import TypeAlias

from dialogues.insight.audit import Readable
from dialogues.insight.exhaustive import Facts, N, Searched, pinned

Form: TypeAlias = Callable[[Readable], Hashable]
PairForm: TypeAlias = Callable[[Readable, Readable], Hashable]
_NIBBLE = (1 << N) - 1


def audit_form(searched: Searched, form: Form) -> int:
    """How many answers a form gives away, over every publication of a split."""
    seen: dict[Hashable, Facts] = {}
    for output, facts in searched.seen.items():
        shown = form(searched.examples[output])
        seen[shown] = seen.get(shown, 0) | facts
    return sum(1 for facts in seen.values() for _ in pinned(facts, tuple(searched.sizes)))


def audit_pair(first: Searched, second: Searched, form: PairForm) -> int:
    """How many answers two months give away together, to a reader who knows nobody's or one colleague's answers.

    Both months are of one split, and the answers of one do not follow from those of the other: the worst case for the
    rule is every pair of tables. The colleague's answers are known in both.
    """
    groups = len(first.sizes)
    assumptions = list(_assumptions(groups))
    months = [
        {
            output: [_masks(facts, place, groups) for place in range(1 + N * groups)]
            for output, facts in each.seen.items()
        }
        for each in (first, second)
    ]
    seen: dict[tuple[Hashable, int], list[int]] = {}
    for one, other in product(first.seen, second.seen):
        shown = form(first.examples[one], second.examples[other])
        for number, (then, now) in enumerate(assumptions):
            masks = [*months[0][one][then], *months[1][other][now]]
            if any(masks[:groups]) and any(masks[groups:]):
                before = seen.get((shown, number))
                seen[shown, number] = masks if before is None else [a | b for a, b in zip(before, masks, strict=True)]
    return sum(mask.bit_count() == 1 for masks in seen.values() for mask in masks)


def _assumptions(groups: int) -> Iterator[tuple[int, int]]:
    """Nobody known; or a colleague of one group, with each pair of answers."""
    yield 0, 0
    for group in range(groups):
        for then, now in product(range(N), range(N)):
            yield 1 + group * N + then, 1 + group * N + now


def _masks(facts: Facts, assumed: int, groups: int) -> Sequence[int]:
    return [facts >> N * (assumed * groups + group) & _NIBBLE for group in range(groups)]
