"""One person playing a dialogue in a test; the session goes through bytes between every two steps."""

from __future__ import annotations

from typing import Any, Self

from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.conversation.definition import Audience, Definition, Step
from dialogues.conversation.engine import Turn, begin, resume
from dialogues.conversation.events import Event
from dialogues.conversation.inputs import BACK, DONE, MORE, SKIP, STOP, Input, Tap, TypedText
from dialogues.conversation.screens import Button, Screen
from dialogues.conversation.session import Session
from dialogues.guarding.findings import Finding, Kind

WORDS = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}


class Player:
    """Gives inputs to a dialogue and keeps what came of them.

    Keywords are those of ``begin``; ``sector`` is short for its fact.
    """

    def __init__(
        self,
        definition: Definition,
        *,
        audience: Audience = Audience.PRACTICE,
        sector: str = "jgz",
        facts: frozenset[str] = frozenset(),
        **more: Any,
    ) -> None:
        self.definition = definition
        self.turn: Turn = begin(
            definition, audience=audience, facts=facts | {f"sector:{sector}"}, **{"words": WORDS, **more}
        )
        self.given: list[Input] = []
        self._texts = 0

    @property
    def session(self) -> Session:
        return self.turn.session

    @property
    def screen(self) -> Screen:
        return self.turn.screen

    @property
    def events(self) -> tuple[Event, ...]:
        return self.turn.events

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        return dict(self.session.answers)

    @property
    def at(self) -> str:
        """The id of the waiting step."""
        return self.session.step

    @property
    def step(self) -> Step:
        return self.definition.step(self.session.audience, self.session.step)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all buttons on the screen."""
        return tuple(button.label for button in self.screen.buttons)

    @property
    def choices(self) -> tuple[str, ...]:
        """What the taps of all buttons carry: indexes and navigation words."""
        return tuple(button.tap.choice for button in self.screen.buttons)

    def give(self, given: Input) -> Self:
        """Give one input to a session that was just read back from its bytes."""
        self.turn = resume(self.definition, Session.from_bytes(self.session.to_bytes()), given)
        self.given.append(given)
        return self

    def button(self, choice: str) -> Button:
        """The button whose tap carries this choice."""
        return next(button for button in self.screen.buttons if button.tap.choice == choice)

    def tap_for(self, value: str) -> Tap:
        """The tap of the option with this value, as it is on the screen now."""
        index = next(i for i, option in enumerate(self.step.options) if option.value == value)  # type: ignore[union-attr]
        return self.button(str(index)).tap

    def choose(self, *values: str) -> Self:
        """Tap these options, one after the other."""
        for value in values:
            self.give(self.tap_for(value))
        return self

    def skip(self) -> Self:
        return self.give(self.button(SKIP).tap)

    def back(self) -> Self:
        return self.give(self.button(BACK).tap)

    def stop(self) -> Self:
        return self.give(self.button(STOP).tap)

    def done(self) -> Self:
        return self.give(self.button(DONE).tap)

    def more(self) -> Self:
        return self.give(self.button(MORE).tap)

    def type_text(self, words: str = "Bellen hielp.", *found: Kind) -> Self:
        """Type a text, each time in a newer message, in which the guard found these kinds."""
        self._texts += 1
        findings = tuple(Finding(place, place + 1, kind) for place, kind in enumerate(found))
        return self.give(TypedText(self._texts, words, findings))
