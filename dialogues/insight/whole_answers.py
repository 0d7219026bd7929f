"""Every way in which people can have answered a whole dialogue, for pages that show more than one question of it.

`dialogues.insight.exhaustive` searches one question, in bands. A step is asked after with two questions that hang
together, and a top 3 is a choice of several things at once; there an answer is all that somebody gave.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, cycle, product
from typing import Final, TypeAlias

from dialogues.conversation.definition import Audience, Definition
from dialogues.insight.counting import Cells, GivenAnswers, publish_round
from dialogues.insight.forms import Mask, Outcomes
from dialogues.insight.groups import SECTORS, Split
from dialogues.insight.listing import LISTED_FROM
from dialogues.insight.publication import Rule

Whole: TypeAlias = Mapping[str, tuple[str, ...]]
"""Step id → the values that were chosen."""
NOTHING: Final[tuple[str, ...]] = ()
ELSE: Final = "something else"
"""One of many other options. No two people need to mean the same one, so that it is never shown."""


def every_whole(steps: Mapping[str, Sequence[tuple[str, ...]]]) -> tuple[Whole, ...]:
    """Each answer to one step with each answer to the others; `NOTHING` is a step that was skipped."""
    return tuple(dict(zip(steps, values, strict=True)) for values in product(*steps.values()))


def search_whole(
    definition: Definition,
    wholes: Sequence[Whole],
    *,
    respondents: int,
    others: Sequence[str] = (),
    unpublished: str = "",
) -> Outcomes:
    """Publish every table of these answers, the way a round is published, and collect what stays possible.

    The examples are cells as JSON, the way they are stored.

    Args:
        definition: the dialogue; without sectors, for all is known about who is in which.
        wholes: the answers somebody can give.
        respondents: how many gave one.
        others: options for which `ELSE` stands, at each step taken in turn; so many that none comes up three times.
        unpublished: a key under which the table itself is added to what is published, for forms that are bad on
            purpose; empty for the product.

    Raises:
        ValueError: there are too few others, so that one of them would be published as chosen often.
    """
    most = respondents * max(values.count(ELSE) for whole in wholes for values in whole.values())
    if others and most > (LISTED_FROM - 1) * len(others):
        raise ValueError(f"{len(others)} others are too few for {respondents} respondents")
    possible: dict[Hashable, list[Mask]] = {}
    examples: dict[Hashable, str] = {}
    tables = 0
    for table in combinations_with_replacement(range(len(wholes)), respondents):
        tables += 1
        shown = _published(definition, [wholes[each] for each in table], others)
        if unpublished:
            shown[unpublished] = {"kind": unpublished, "table": [wholes[each] for each in table]}
        output = json.dumps(shown, sort_keys=True)
        examples.setdefault(output, output)
        before = possible.get(output) or [0] * (1 + len(wholes))
        possible[output] = [a | b for a, b in zip(before, _masks(table, len(wholes)), strict=True)]
    return Outcomes(
        tables=tables,
        possible={output: tuple((mask,) for mask in masks) for output, masks in possible.items()},
        examples=examples,
        answers=len(wholes),
        groups=1,
        telling=tuple(_parts(wholes)),
    )


def _published(definition: Definition, given: Sequence[Whole], others: Sequence[str]) -> Cells:
    turns = {step: cycle(others or (ELSE,)) for step in given[0]}
    answers = [
        {step: tuple(next(turns[step]) if each == ELSE else each for each in values) for step, values in whole.items()}
        for whole in given
    ]
    return publish_round(
        definition,
        [GivenAnswers(sector=SECTORS[0], answers=each) for each in answers],
        audience=Audience.PRACTICE,
        rule=Rule.WORDS,
        split=Split.NONE,
    )


def _masks(table: tuple[int, ...], answers: int) -> Iterator[Mask]:
    """What others can have given: with nobody known, and with one known who gave each of the answers."""
    support = sum(1 << each for each in set(table))
    yield support
    for known in range(answers):
        number = table.count(known)
        yield 0 if not number else support if number > 1 else support & ~(1 << known)


def _parts(wholes: Sequence[Whole]) -> Iterator[Mask]:
    """The answers that are the same at one step; and, where several things were chosen, that hold the same one."""
    for step in wholes[0]:
        given = [whole[step] for whole in wholes]
        same = {sum(1 << place for place, values in enumerate(given) if values == one) for one in set(given)}
        named = {value for values in given for value in values} - {ELSE}
        holding = {sum(1 << place for place, values in enumerate(given) if one in values) for one in named}
        yield from (same | holding) - {(1 << len(wholes)) - 1}  # what nobody could give otherwise is not told
