"""The engine beside a plain model of a person filling in a form on paper; they must stay in step."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogues.conversation.definition import Audience, Branch, Choice, Closing, Definition, MultiChoice, OpenText, Step
from dialogues.conversation.inputs import Tap
from dialogues.conversation.way import Way
from tests.dialogues.conversation.samples import LIBRARY, UNUSUAL
from tests.support.chance import examples
from tests.support.player import WORDS, Player

pytestmark = pytest.mark.thorough

ON_WAYS = {
    Way.FULL: {Way.FULL},
    Way.SHORT: {Way.FULL, Way.SHORT},
    Way.BRIEF: {Way.FULL, Way.SHORT, Way.BRIEF},
}
"""On which ways a step is asked, by the shortest one its author named."""
ALL = (*LIBRARY.definitions.values(), *UNUSUAL)


class Paper:
    """A form with answers in pencil: only the questions on the way count, and erasing erases what follows."""

    def __init__(
        self, definition: Definition, *, audience: Audience, facts: frozenset[str], sharing: bool, way: Way
    ) -> None:
        self.questions = definition.steps[audience]
        self.facts = facts
        self.sharing = sharing
        asked = [step for step in self.questions if not isinstance(step, Closing)]
        left_out = {step.id for step in asked if way not in ON_WAYS[step.way]}
        self.left_out = left_out if len(left_out) < len(asked) else set()
        self.pencil: dict[str, list[str]] = {}
        self.texts: set[str] = set()
        self.draft = ""
        """The open question whose words are still on the paper."""
        self.way: list[Step] = []
        self.over = False
        self.turn_page()

    @property
    def here(self) -> Step:
        return self.way[-1]

    def branch(self) -> Branch | None:
        opened = None
        for step in self.way:
            for option in getattr(step, "options", ()):
                if option.branch and option.value in self.pencil.get(step.id, []):
                    opened = option.branch
        return opened

    def offered(self) -> list[str]:
        offered = [option.value for option in self.here.options if self.fits(option.when.facts)]
        unsharable = getattr(self.here, "after_text", False) and not self.draft
        return [value for value in offered if not unsharable or value == "private"]

    def fits(self, facts: frozenset[str]) -> bool:
        return not facts or not facts.isdisjoint(self.facts)

    def asked(self, step: Step) -> bool:
        if step.id in self.left_out:
            return False
        branch = self.branch()

        def holds(item: object) -> bool:
            return self.fits(item.when.facts) and (not item.when.branches or branch in item.when.branches)

        if isinstance(step, Choice) and step.after_text and not (self.draft and self.here.id == self.draft):
            return False
        return holds(step) and (not isinstance(step, OpenText) or any(holds(phrase) for phrase in step.phrases))

    def turn_page(self) -> None:
        place = self.questions.index(self.way[-1]) + 1 if self.way else 0
        self.way.append(next(step for step in self.questions[place:] if self.asked(step)))
        self.over = isinstance(self.here, Closing)

    def write(self, values: list[str], *, text: bool = False) -> None:
        same = self.pencil.get(self.here.id, []) == values and not text and self.here.id not in self.texts
        if same:
            return
        if self.draft not in [step.id for step in self.way[:-1]]:
            self.draft = ""
        before = {step.id for step in self.way[:-1]}
        self.pencil = {step: given for step, given in self.pencil.items() if step in before}
        self.texts &= before
        if values:
            self.pencil[self.here.id] = values
        if text:
            self.texts.add(self.here.id)
            following = self.questions[self.questions.index(self.here) + 1]
            if self.sharing and not self.draft and getattr(following, "after_text", False):
                self.draft = self.here.id

    def decide(self, value: str) -> None:
        """What becomes of the words: shared, or rubbed out."""
        self.write([value] if value in {"shared", "example"} else [])
        if value not in {"shared", "example"}:
            self.draft = ""


def at(kind: type) -> object:
    return precondition(lambda self: isinstance(self.player.step, kind) and not self.player.session.ended)


class DialogueMachine(RuleBasedStateMachine):
    """Every rule does the same to the engine and to the paper."""

    @initialize(
        definition=st.sampled_from(ALL),
        audience=st.sampled_from(Audience),
        sector=st.sampled_from(["jgz", "wijkteam", "onderwijs", "overig"]),
        sharing=st.booleans(),
        way=st.sampled_from(Way),
    )
    def begin(self, definition: Definition, audience: Audience, sector: str, way: Way, *, sharing: bool) -> None:
        self.player = Player(definition, audience=audience, sector=sector, sharing=sharing, way=way)
        facts = frozenset({f"sector:{sector}", f"audience:{audience}", *(f"known:{name}" for name in WORDS)})
        self.paper = Paper(definition, audience=audience, facts=facts, sharing=sharing, way=way)

    @at(Choice)
    @rule(place=st.integers(0, 9))
    def choose_one(self, place: int) -> None:
        offered = self.paper.offered()
        value = offered[place % len(offered)]
        self.player.choose(value)
        if self.paper.here.after_text:
            self.paper.decide(value)
        else:
            self.paper.write([value])
        self.paper.turn_page()

    @at(MultiChoice)
    @rule(place=st.integers(0, 12))
    def switch(self, place: int) -> None:
        offered = self.paper.offered()
        value = offered[place % len(offered)]
        if str([option.value for option in self.player.step.options].index(value)) not in self.player.choices:
            self.player.more()
        self.player.choose(value)
        chosen = self.paper.pencil.get(self.paper.here.id, [])
        if value in chosen:
            self.paper.write([other for other in chosen if other != value])
        elif len(chosen) < self.paper.here.most:
            together = [*chosen, value]
            listed = [other for other in offered if other in together]
            self.paper.write(together if self.paper.here.ordered else listed)

    @precondition(lambda self: "done" in self.player.choices)
    @rule()
    def done(self) -> None:
        self.player.done()
        self.paper.turn_page()

    @precondition(lambda self: "skip" in self.player.choices)
    @rule()
    def skip(self) -> None:
        self.player.skip()
        if getattr(self.paper.here, "after_text", False):
            self.paper.decide("")
        else:
            self.paper.write([])
        self.paper.turn_page()

    @at(OpenText)
    @rule()
    def type_text(self) -> None:
        self.player.type_text()
        self.paper.write([], text=True)
        self.paper.turn_page()

    @precondition(lambda self: not self.player.session.ended and len(self.paper.way) > 1)
    @rule()
    def back(self) -> None:
        self.player.back()
        self.paper.way.pop()

    @precondition(lambda self: not self.player.session.ended)
    @rule(rarely=st.integers(0, 9))
    def stop(self, rarely: int) -> None:
        if rarely == 0:
            self.player.stop()
            self.paper.over = True

    @precondition(lambda self: self.player.given)
    @rule(place=st.integers(0, 99))
    def deliver_again(self, place: int) -> None:
        self.player.give(self.player.given[place % len(self.player.given)])

    @rule(ahead=st.integers(-3, 3), choice=st.sampled_from(["x", "", "77", "none"]))
    def forge(self, ahead: int, choice: str) -> None:
        self.player.give(Tap(self.player.session.visit + ahead, choice))
        self.player.given.pop()

    @invariant()
    def same_as_on_paper(self) -> None:
        if not hasattr(self, "player"):
            return
        assert self.player.at == self.paper.here.id
        assert self.player.session.ended == self.paper.over
        assert {step: list(values) for step, values in self.player.answers.items()} == self.paper.pencil
        assert set(self.player.session.typed) == self.paper.texts
        kept = self.player.session.text
        assert (kept.step if kept else "") == self.paper.draft
        assert kept is None or kept.shared == bool(
            {"shared", "example"} & {v for vs in self.paper.pencil.values() for v in vs}
        )
        assert self.player.session.path == tuple(step.id for step in self.paper.way[:-1])


TestDialogue = DialogueMachine.TestCase
TestDialogue.settings = settings(max_examples=examples(150), stateful_step_count=40, deadline=None)
