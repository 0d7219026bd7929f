"""All ways through a dialogue: which steps can be met, where a way breaks off, how long the ways are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from dialogues.authoring.facts import FACTS
from dialogues.authoring.pace import SECONDS_A_TAP, Reading, reading
from dialogues.authoring.placeholders import KNOWN
from dialogues.conversation.definition import (
    Audience,
    Branch,
    Choice,
    Closing,
    Definition,
    MultiChoice,
    OpenText,
    Sector,
    Step,
    When,
)
from dialogues.conversation.way import Way

START_TAP: Final = 1
"""The button that opens a dialogue counts too."""
_OPEN_FACTS: Final = frozenset(fact for fact in (*FACTS, *KNOWN) if not fact.startswith(("audience:", "sector:")))


@dataclass(frozen=True, slots=True)
class Ways:
    """What was found by walking every way through one dialogue as one kind of person."""

    met: frozenset[str]
    """Ids of the steps that somebody can meet."""
    broken_off: frozenset[str]
    """Ids of the steps after which somebody may have no next step; empty text when there is no first step."""
    without_buttons: frozenset[str]
    """Ids of the questions that may show somebody no answer to tap."""
    most_taps: int
    fewest_taps: int
    """Skipping whatever may be skipped; stopping halfway is always shorter."""
    most_seconds: float
    fewest_seconds: float


@cache
def _sure(audience: Audience, sector: Sector) -> frozenset[str]:
    """The facts that hold for every such person."""
    return frozenset({f"audience:{audience}", f"sector:{sector}"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who walks: what is sure about them; all other facts may or may not hold."""

    audience: Audience
    sector: Sector

    def surely(self, condition: When, branch: Branch | None) -> bool:
        """Whether the condition holds for every such person on this branch."""
        return condition.holds(branch=branch, facts=_sure(self.audience, self.sector))

    def maybe(self, condition: When, branch: Branch | None) -> bool:
        """Whether the condition can hold for such a person on this branch."""
        return condition.holds(branch=branch, facts=_OPEN_FACTS) or self.surely(condition, branch)


def people(audience: Audience) -> Iterator[Person]:
    """One person of each sector."""
    return (Person(audience, sector) for sector in Sector)


def explore(definition: Definition, person: Person, *, way: Way = Way.FULL) -> Ways:
    """Walk all ways: a step may be answered with each of its options, skipped, or typed at."""
    steps = tuple(
        step for step in definition.steps[person.audience] if isinstance(step, Closing) or way.passes(step.way)
    )
    walk = _Walk(definition, steps, person)
    length = walk.rest(0, None, typed=False).after(START_TAP, START_TAP)
    return Ways(
        met=frozenset(walk.met),
        broken_off=frozenset(walk.broken_off),
        without_buttons=frozenset(walk.without_buttons),
        most_taps=length.most_taps,
        fewest_taps=length.fewest_taps,
        most_seconds=length.most_seconds,
        fewest_seconds=length.fewest_seconds,
    )


@dataclass(frozen=True, slots=True)
class _Length:
    """From somewhere to the end: each figure on the way that makes it most, or fewest."""

    most_taps: int = 0
    fewest_taps: int = 0
    most_seconds: float = 0.0
    fewest_seconds: float = 0.0

    def after(self, most: int, fewest: int) -> _Length:
        """The same with these taps before it."""
        return _Length(
            self.most_taps + most,
            self.fewest_taps + fewest,
            self.most_seconds + most * SECONDS_A_TAP,
            self.fewest_seconds + fewest * SECONDS_A_TAP,
        )

    def having_read(self, read: Reading) -> _Length:
        """The same with this screen before it."""
        return replace(
            self, most_seconds=self.most_seconds + read.most, fewest_seconds=self.fewest_seconds + read.fewest
        )


def _any_of(lengths: Iterable[_Length]) -> _Length:
    found = list(lengths) or [_Length()]
    return _Length(
        max(one.most_taps for one in found),
        min(one.fewest_taps for one in found),
        max(one.most_seconds for one in found),
        min(one.fewest_seconds for one in found),
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """Something a person can do at a step: the taps it takes, the branch it leaves open, whether a text was typed."""

    most: int
    fewest: int
    branch: Branch | None
    typed: bool = False


@dataclass(slots=True)
class _Walk:
    definition: Definition
    steps: tuple[Step, ...]
    person: Person
    met: set[str] = field(default_factory=set)
    broken_off: set[str] = field(default_factory=set)
    without_buttons: set[str] = field(default_factory=set)
    known: dict[tuple[int, Branch | None, bool], _Length] = field(default_factory=dict)

    def rest(self, index: int, branch: Branch | None, *, typed: bool) -> _Length:
        """The way from the step at ``index`` to the end; what is met on it is noted."""
        state = (index, branch, typed)
        if state not in self.known:
            self.known[state] = _any_of(self._from(index, branch, typed=typed))
        return self.known[state]

    def _from(self, index: int, branch: Branch | None, *, typed: bool) -> Iterator[_Length]:
        for number in range(index, len(self.steps)):
            step = self.steps[number]
            conditions = _conditions(step)
            if isinstance(step, Choice) and step.after_text and not typed:
                continue
            if not all(any(self.person.maybe(when, branch) for when in either) for either in conditions):
                continue
            yield self._at(number, step, branch)
            if all(any(self.person.surely(when, branch) for when in either) for either in conditions):
                return
        self.broken_off.add(self.steps[index - 1].id if index else "")

    def _at(self, number: int, step: Step, branch: Branch | None) -> _Length:
        self.met.add(step.id)
        read = reading(
            self.definition,
            step,
            surely=lambda when: self.person.surely(when, branch),
            maybe=lambda when: self.person.maybe(when, branch),
        )
        moves = () if isinstance(step, Closing) else self._moves(step, branch)
        after = _any_of(
            self.rest(number + 1, move.branch, typed=move.typed).after(move.most, move.fewest) for move in moves
        )
        return after.having_read(read)

    def _moves(self, step: Choice | MultiChoice | OpenText, branch: Branch | None) -> Iterator[_Move]:
        if isinstance(step, OpenText):
            yield _Move(1, 1, branch)
            yield _Move(0, 1, branch, typed=True)  # writing takes no tap, but is no shorter way than skipping
            return
        seen = [option for option in step.options if self.person.maybe(option.when, None)]
        if not any(self.person.surely(option.when, None) for option in seen):
            self.without_buttons.add(step.id)
        if isinstance(step, MultiChoice):
            more = 1 if 0 < step.first_shown < len(seen) else 0
            yield _Move(min(step.most, len(seen)) + more + 1, 1, branch)
            return
        yield from (_Move(1, 1, option.branch or branch) for option in seen)
        if step.skippable:
            yield _Move(1, 1, branch)


def _conditions(step: Step) -> tuple[tuple[When, ...], ...]:
    """What must hold for a step to be asked: of each group one."""
    if isinstance(step, OpenText):
        return (step.when,), tuple(phrase.when for phrase in step.phrases)
    return ((step.when,),)
