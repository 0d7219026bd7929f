"""What one person answered in a round along a real dialogue, and what the real code publishes of a pile of those."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

from dialogues.conversation.definition import Audience, Counted, Definition, MultiChoice
from dialogues.insight import FLOOR, Band, GivenAnswers, Publication, Split, publish_round, respondents_enough, tally
from dialogues.insight.bands import BAND_OF_BRANCH
from dialogues.insight.counting import ListingTally
from dialogues.insight.groups import NO_SIDE, SIDES_OF_SECTOR
from tests.support.shipped import shipped

BANDS: Final = tuple(Band)
SIDE: Final = "side"
"""The question which side of the triangle somebody thought of; asked only of who has a view."""
SKIPPING: Final = 0.15
"""How often somebody skips a question beside the statement."""
Answer: TypeAlias = tuple[int, int]
"""Person and round: one envelope."""
Value: TypeAlias = Band | str | bool | None
"""A band; an option, or none of them; or whether one option of several was chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round asks, and what it promises about its overview."""

    element: str = "trust"
    audience: Audience = Audience.PRACTICE
    rule: str = "words"
    split: str = "sector"
    floor: int = FLOOR

    @property
    def questions(self) -> Questions:
        return _questions(self.element, self.audience)

    @property
    def asks_side(self) -> bool:
        """Whether the overview is split by the side that people name, which not every dialogue asks."""
        return self.split == Split.SIDE and self.questions.asks_side


@dataclass(frozen=True, slots=True)
class Options:
    """A question with options beside the statement."""

    step: str
    offered: tuple[str, ...]
    listable: tuple[str, ...]
    asked_of: frozenset[Band]
    most: int
    """How many options somebody may choose."""
    alone: bool = False
    """Whether at most one option is shown."""
    least: int = 0
    """How many options everybody who is asked chooses at least."""

    def part(self, option: str) -> tuple[str, Value]:
        """The question to which this option is an answer, and that answer."""
        return (self.step, option) if self.most == 1 else (f"{self.step}.{option}", True)


@dataclass(frozen=True, slots=True)
class Questions:
    """What a dialogue counts: one statement, and what is asked beside it."""

    definition: Definition
    statement: str
    option_of: Mapping[Band, str]
    beside: tuple[Options, ...]
    asks_side: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One envelope as it was filled; the attacker knows whose it is and the sector."""

    answer: Answer
    sector: str
    band: Band
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Step beside the statement → options chosen."""
    side: str = NO_SIDE

    def answers(self, asked: Asked) -> Iterator[tuple[str, Value]]:
        """Every question that could be asked, with what this person answered."""
        questions = asked.questions
        yield questions.statement, self.band
        if asked.asks_side:
            yield SIDE, self.side
        for each in questions.beside:
            chosen = self.chosen.get(each.step, ())
            if each.most == 1:
                yield each.step, next((option for option in chosen if option in each.listable), None)
            else:
                yield from ((f"{each.step}.{option}", option in chosen) for option in each.listable)


@dataclass(frozen=True, slots=True)
class Release:
    """What was published of one round, and which envelopes were counted in it."""

    asked: Asked
    given: tuple[Given, ...]
    cells: Mapping[str, Mapping[str, Any]]

    @property
    def published(self) -> Publication:
        """The cell of the statement."""
        return Publication.from_json(self.cells[self.asked.questions.statement])


def publish_given(asked: Asked, given: Sequence[Given]) -> Release | None:
    """What the release of the product publishes of these answers; None below the floor."""
    questions, audience = asked.questions, asked.audience
    answers = [
        GivenAnswers(
            sector=each.sector,
            answers={
                questions.statement: (questions.option_of[each.band],),
                **({} if each.side == NO_SIDE else {SIDE: (each.side,)}),
                **each.chosen,
            },
        )
        for each in given
    ]
    if not respondents_enough(questions.definition, answers, audience=audience, floor=asked.floor):
        return None
    return Release(
        asked,
        tuple(given),
        publish_round(
            questions.definition, answers, audience=audience, rule=asked.rule, split=asked.split, floor=asked.floor
        ),
    )


def filled(asked: Asked, answer: Answer, sector: str, mood: Sequence[float], chance: random.Random) -> Given:
    """One person's answers by chance; the options that stand first are chosen most."""
    band = chance.choices(BANDS, mood)[0]
    chosen = {
        each.step: tuple(
            dict.fromkeys(chance.choices(each.offered, range(len(each.offered), 0, -1), k=chance.randint(1, each.most)))
        )
        for each in asked.questions.beside
        if band in each.asked_of and chance.random() >= SKIPPING
    }
    sides = sorted(SIDES_OF_SECTOR[sector]) if asked.asks_side and band is not Band.NO_VIEW else []
    return Given(answer, sector, band, chosen, side=chance.choice([*sides, NO_SIDE]))


@cache
def _questions(element: str, audience: Audience) -> Questions:
    """Raises ValueError for a dialogue that is no statement with questions that hang on its branches."""
    definition = shipped().get(element)
    counted = {
        step.id: step
        for step in definition.steps[audience]
        if getattr(step, "counted", None) in {Counted.BANDS, Counted.LISTING}
    }
    statement, *others = counted.values()
    if statement.counted is not Counted.BANDS or not all(
        step.counted is Counted.LISTING and step.when.branches for step in others
    ):
        raise ValueError(f"{element} is not a statement with questions beside it")
    listings = {
        step: each for step, each in tally(definition, (), audience=audience).items() if isinstance(each, ListingTally)
    }
    return Questions(
        definition=definition,
        asks_side=any(getattr(step, "counted", None) is Counted.SPLIT for step in definition.steps[audience]),
        statement=statement.id,
        option_of={BAND_OF_BRANCH[one.branch]: one.value for one in statement.options if one.branch in BAND_OF_BRANCH},
        beside=tuple(
            Options(
                step=step.id,
                offered=tuple(option.value for option in step.options),
                listable=tuple(listings[step.id].chosen),
                asked_of=frozenset(BAND_OF_BRANCH[branch] for branch in step.when.branches if branch in BAND_OF_BRANCH),
                most=step.most if isinstance(step, MultiChoice) else 1,
                alone=listings[step.id].alone,
            )
            for step in others
        ),
    )
