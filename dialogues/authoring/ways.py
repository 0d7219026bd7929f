"""All ways through a dialogue: which steps can be met, where a way breaks off, how many taps the longest takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dialogues.authoring.facts import FACTS
from dialogues.conversation.definition import (
    Audience,
    Branch,
    Choice,
    Closing,
    MultiChoice,
    OpenText,
    Sector,
    Step,
    When,
)

START_TAP: Final = 1
"""The button that opens a dialogue counts too."""
_OPEN_FACTS: Final = frozenset(fact for fact in FACTS if not fact.startswith(("audience:", "sector:")))


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


@dataclass(frozen=True, slots=True)
class Person:
    """Who walks: what is sure about them; all other facts may or may not hold."""

    audience: Audience
    sector: Sector

    def surely(self, condition: When, branch: Branch | None) -> bool:
        """Whether the condition holds for every such person on this branch."""
        return condition.holds(branch=branch, facts=frozenset({f"audience:{self.audience}", f"sector:{self.sector}"}))

    def maybe(self, condition: When, branch: Branch | None) -> bool:
        """Whether the condition can hold for such a person on this branch."""
        return condition.holds(branch=branch, facts=_OPEN_FACTS) or self.surely(condition, branch)


def people(audience: Audience) -> Iterator[Person]:
    """One person of each sector."""
    return (Person(audience, sector) for sector in Sector)


def explore(steps: tuple[Step, ...], person: Person) -> Ways:
    """Walk all ways: a step may be answered with each of its options, skipped, or typed at."""
    walk = _Walk(steps, person)
    longest = walk.longest(0, None, typed=False)
    return Ways(
        met=frozenset(walk.met),
        broken_off=frozenset(walk.broken_off),
        without_buttons=frozenset(walk.without_buttons),
        most_taps=START_TAP + longest,
    )


@dataclass(slots=True)
class _Walk:
    steps: tuple[Step, ...]
    person: Person
    met: set[str] = field(default_factory=set)
    broken_off: set[str] = field(default_factory=set)
    without_buttons: set[str] = field(default_factory=set)
    known: dict[tuple[int, Branch | None, bool], int] = field(default_factory=dict)

    def longest(self, index: int, branch: Branch | None, *, typed: bool) -> int:
        """The most taps from the step at ``index`` to the end; what is met on the way is noted."""
        state = (index, branch, typed)
        if state not in self.known:
            self.known[state] = max(self._from(index, branch, typed=typed), default=0)
        return self.known[state]

    def _from(self, index: int, branch: Branch | None, *, typed: bool) -> Iterator[int]:
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

    def _at(self, number: int, step: Step, branch: Branch | None) -> int:
        self.met.add(step.id)
        if isinstance(step, Closing):
            return 0
        moves = self._moves(step, branch)
        return max((taps + self.longest(number + 1, opened, typed=typed) for taps, opened, typed in moves), default=0)

    def _moves(
        self, step: Choice | MultiChoice | OpenText, branch: Branch | None
    ) -> Iterator[tuple[int, Branch | None, bool]]:
        """What a person can do: the taps it takes, the branch it opens, and whether a text was typed."""
        if isinstance(step, OpenText):
            yield from ((1, branch, False), (0, branch, True))
            return
        seen = [option for option in step.options if self.person.maybe(option.when, None)]
        if not any(self.person.surely(option.when, None) for option in seen):
            self.without_buttons.add(step.id)
        if isinstance(step, MultiChoice):
            more = 1 if 0 < step.first_shown < len(seen) else 0
            yield min(step.most, len(seen)) + more + 1, branch, False
            return
        yield from ((1, option.branch or branch, False) for option in seen)
        if step.skippable:
            yield 1, branch, False


def _conditions(step: Step) -> tuple[tuple[When, ...], ...]:
    """What must hold for a step to be asked: of each group one."""
    if isinstance(step, OpenText):
        return (step.when,), tuple(phrase.when for phrase in step.phrases)
    return ((step.when,),)
