"""Dialogues that ask several things side by side: the start, and the closing with its top 3.

Nothing is published of two such questions together, so each is a puzzle of its own: who gave it an answer, and what.
The reader is given who that was, which they do not know: what stays possible then stays possible for everybody else.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from dialogues.conversation.definition import Audience, Choice, Counted, MultiChoice
from dialogues.insight import Band, GivenAnswers, Publication, Rule, publish_round, respondents_enough
from dialogues.insight.bands import BAND_OF_BRANCH
from tests.attacks.answer_sheets import SKIPPING, Answer, Asked, Given, Options, Questions, Release
from tests.support.shipped import shipped

PARTS: Final = 10
"""More than any of these dialogues has questions; part of the number of an answer."""
ANSWERED: Final = "answered"
"""What stands in place of the statement where there is none: everybody who answered "did so"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one person answered in such a round."""

    answer: Answer
    sector: str
    chosen: Mapping[str, tuple[str, ...]]
    """Step → options; a step that was skipped, or not asked of this sector, is absent."""


@dataclass(frozen=True, slots=True)
class Part(Asked):
    """One question of such a round."""

    step: str = ""

    @property
    def questions(self) -> Questions:
        return _alone(self.element, self.audience, self.step)


def fill(asked: Asked, answer: Answer, sector: str, mood: Sequence[float], chance: random.Random) -> Sheet:
    """One person's answers by chance; the options that stand first are chosen most."""
    facts = frozenset({f"sector:{sector}", f"audience:{asked.audience}"})
    chosen = {}
    for step in _counted(asked.element, asked.audience).values():
        if step.when.holds(branch=None, facts=facts) and chance.random() >= SKIPPING:
            chosen[step.id] = _choice(step, mood, chance)
    return Sheet(answer, sector, chosen)


def _choice(step: Choice | MultiChoice, mood: Sequence[float], chance: random.Random) -> tuple[str, ...]:
    values = [option.value for option in step.options]
    if step.counted is Counted.BANDS:
        band = chance.choices(tuple(Band), mood)[0]
        return (next(each.value for each in step.options if each.branch and BAND_OF_BRANCH.get(each.branch) is band),)
    least, most = (step.least, step.most) if isinstance(step, MultiChoice) else (1, 1)
    wanted, found = chance.randint(least, most), list[str]()
    while len(found) < wanted:
        found += [one for one in chance.choices(values, range(len(values), 0, -1)) if one not in found]
    return tuple(found)


def publish_apart(asked: Asked, sheets: Sequence[Sheet]) -> list[Release]:
    """What the release of the product publishes of these answers, question by question; none below the floor."""
    definition, audience = shipped().get(asked.element), asked.audience
    answers = [GivenAnswers(sector=each.sector, answers=each.chosen) for each in sheets]
    if not respondents_enough(definition, answers, audience=audience, floor=asked.floor):
        return []
    cells = publish_round(definition, answers, audience=audience, rule=asked.rule, split=asked.split, floor=asked.floor)
    return [
        _part(asked, place, step, sheets, cell)
        for place, (step, cell) in enumerate(cells.items(), 1)
        if not cell["below_floor"]
    ]


def _part(asked: Asked, place: int, step: str, sheets: Sequence[Sheet], cell: Mapping[str, object]) -> Release:
    part = Part(asked.element, asked.audience, asked.rule, asked.split, asked.floor, step=step)
    band_of = {option: band for band, option in part.questions.option_of.items()}
    given = []
    for each in (one for one in sheets if step in one.chosen):
        answer = (each.answer[0], -(each.answer[1] * PARTS + place))  # no answer of a round that is one puzzle
        if band_of:
            given.append(Given(answer, each.sector, _band(part, each.chosen[step][0])))
        else:
            given.append(Given(answer, each.sector, Band.HIGH, {step: each.chosen[step]}))
    if band_of:
        return Release(part, tuple(given), {step: cell})
    everybody = Publication(rule=Rule.COUNTS, counts=dict.fromkeys(Band, 0) | {Band.HIGH: len(given)})
    return Release(part, tuple(given), {ANSWERED: everybody.to_json(), step: cell})


def _band(part: Part, value: str) -> Band:
    step = _counted(part.element, part.audience)[part.step]
    branch = next(option.branch for option in step.options if option.value == value)
    assert branch is not None
    return BAND_OF_BRANCH[branch]


@cache
def _counted(element: str, audience: Audience) -> Mapping[str, Choice | MultiChoice]:
    return {
        step.id: step
        for step in shipped().get(element).steps[audience]
        if isinstance(step, Choice | MultiChoice) and step.counted in {Counted.BANDS, Counted.LISTING}
    }


@cache
def _alone(element: str, audience: Audience, step_id: str) -> Questions:
    definition, step = shipped().get(element), _counted(element, audience)[step_id]
    if step.counted is Counted.BANDS:
        option_of = {BAND_OF_BRANCH[each.branch]: each.value for each in step.options if each.branch in BAND_OF_BRANCH}
        return Questions(definition, step_id, option_of, ())
    values = tuple(option.value for option in step.options)
    least, most = (step.least, step.most) if isinstance(step, MultiChoice) else (1, 1)
    listed = Options(step_id, values, values, frozenset({Band.HIGH}), most, least=least)
    return Questions(definition, ANSWERED, {}, (listed,))
