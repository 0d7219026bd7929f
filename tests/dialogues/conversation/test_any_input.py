"""Whatever comes in, in whatever order and however often: a dialogue waits or ends, and loses nothing."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.authoring.facts import FACTS
from dialogues.conversation.definition import Audience, Closing, Sector
from dialogues.conversation.engine import Turn
from dialogues.conversation.events import Answered, Ignored, Refused, TextTyped
from dialogues.conversation.inputs import BACK, DONE, MORE, NOT_SO, SKIP, STOP, Tap, TypedText
from dialogues.conversation.session import Session
from dialogues.conversation.way import Way
from dialogues.guarding.findings import Kind
from tests.dialogues.conversation.samples import LIBRARY, UNUSUAL
from tests.support.chance import examples
from tests.support.player import Player

OTHER_FACTS = sorted(fact for fact in FACTS if not fact.startswith(("sector:", "audience:")))
ALL = (*LIBRARY.definitions.values(), *UNUSUAL)

players = st.builds(
    Player,
    st.sampled_from(ALL),
    audience=st.sampled_from(Audience),
    sector=st.sampled_from(Sector),
    facts=st.frozensets(st.sampled_from(OTHER_FACTS), max_size=3),
    number=st.integers(1, 12),
    sharing=st.booleans(),
    way=st.sampled_from(Way),
)
choices = st.sampled_from([BACK, DONE, MORE, NOT_SO, SKIP, STOP]) | st.integers(0, 12).map(str) | st.text(max_size=3)
button = st.tuples(st.just("button"), st.integers(0, 12))
shown = st.tuples(st.just("shown"), st.integers(0, 60))
again = st.tuples(st.just("again"), st.integers(0, 60))
typed = st.tuples(st.just("typed"), st.lists(st.sampled_from(Kind), max_size=2, unique=True))
near = st.tuples(st.just("near"), st.builds(Tap, st.integers(-2, 1), choices, st.integers(-1, 2)))
noise = st.tuples(st.just("noise"), st.builds(Tap, st.integers(), st.text(), st.integers()))
old_text = st.tuples(st.just("text"), st.integers(-1, 9))

real_moves = st.lists(st.one_of(button, button, button, shown, again, typed), max_size=40)
any_moves = st.lists(st.one_of(button, button, shown, again, typed, near, noise, old_text), max_size=40)


class _Walk:
    """Turns drawn moves into inputs for a player."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.seen: list[Tap] = []

    def move(self, kind: str, what: object) -> bool:
        """Make one move; False when there is nothing to make it with."""
        player = self.player
        buttons = [button.tap for button in player.screen.buttons]
        self.seen += [tap for tap in buttons if tap not in self.seen]
        if kind == "typed":
            if player.screen.expects_text:
                player.type_text("Ik weet het.", *what)
            return player.screen.expects_text
        if kind in {"button", "shown", "again"}:
            source = {"button": buttons, "shown": self.seen, "again": player.given}[kind]
            if source:
                player.give(source[what % len(source)])
            return bool(source)
        if kind == "near":
            player.give(Tap(player.session.visit + what.visit, what.choice, what.times))
        else:
            player.give(TypedText(what) if kind == "text" else what)
        return True


def _total(turn: Turn) -> int:
    return int(re.findall(r"\d+", turn.screen.progress)[1])


@given(player=players, moves=any_moves)
@settings(max_examples=examples(100), deadline=None)
def test_any_input_waits_or_ends(player: Player, moves: list[tuple[str, object]]) -> None:
    """No input raises; a waiting dialogue asks something and can be stopped, an ended one has last words."""
    walk = _Walk(player)
    steps = [step.id for step in player.definition.steps[player.session.audience]]
    for kind, what in moves:
        before = player.session
        walk.move(kind, what)
        session, screen = player.session, player.screen
        assert screen.question
        assert session.ended == (not screen.buttons)
        assert session.ended or STOP in player.choices
        assert len({button.tap for button in screen.buttons}) == len(screen.buttons)
        assert len({button.label for button in screen.buttons}) == len(screen.buttons)
        assert session.visit >= before.visit
        way = [*session.path, session.step]
        assert way == [step for step in steps if step in way]
        assert session.stopped or session.ended == isinstance(player.step, Closing)


@given(player=players, moves=any_moves)
@settings(max_examples=examples(100), deadline=None)
def test_bytes_hold_the_session_at_every_step(player: Player, moves: list[tuple[str, object]]) -> None:
    """Whatever state a dialogue is in, reading its bytes gives an equal session."""
    walk = _Walk(player)
    for kind, what in moves:
        walk.move(kind, what)
        assert Session.from_bytes(player.session.to_bytes()) == player.session


@given(player=players, moves=any_moves)
@settings(max_examples=examples(100), deadline=None)
def test_what_is_ignored_changes_nothing(player: Player, moves: list[tuple[str, object]]) -> None:
    """An ignored input leaves an equal session and the same screen, a refused one the same answers."""
    walk = _Walk(player)
    for kind, what in moves:
        before, screen = player.session, player.screen
        if walk.move(kind, what) and any(isinstance(event, Ignored) for event in player.events):
            assert len(player.events) == 1
            assert player.session == before
            assert player.screen == _without_notice(screen)
        elif player.events and isinstance(player.events[0], Refused):
            assert player.session.answers == before.answers
            assert player.at == before.step


def _without_notice(screen: object) -> object:
    return type(screen)(**{name: getattr(screen, name) for name in screen.__slots__ if name != "notice"})


@given(player=players, moves=any_moves)
@settings(max_examples=examples(100), deadline=None)
def test_no_answer_is_lost_but_by_answering_anew(player: Player, moves: list[tuple[str, object]]) -> None:
    """An answer goes only when it is switched off or replaced, or when a step before it is answered otherwise."""
    walk = _Walk(player)
    for kind, what in moves:
        before = player.session
        if not walk.move(kind, what):
            continue
        after, answered = player.session, [event for event in player.events if isinstance(event, Answered)]
        gone = {step for step, values in before.answers.items() if after.answers.get(step) != values}
        new = {step for step in after.answers if step not in before.answers}
        if not answered:
            assert not gone | new
            continue
        given_at, values = answered[0].step, answered[0].values
        assert given_at == before.step
        assert after.answers.get(given_at, ()) == values
        assert new <= {given_at}
        anew = values != before.answers.get(given_at, ()) or TextTyped(given_at) in player.events
        withdrawn = given_at in before.typed
        assert not gone & set(before.path)
        assert not gone or anew or withdrawn


@given(player=players, moves=real_moves, data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_delivering_taps_again_changes_nothing(
    player: Player, moves: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Any prefix of what was tapped and typed, again, any number of times, in any order: the same session."""
    walk = _Walk(player)
    for kind, what in moves:
        walk.move(kind, what)
        if not player.given:
            continue
        for late in data.draw(st.lists(st.sampled_from(player.given), max_size=4)):
            before = player.session
            player.give(late)
            assert player.session == before


@given(player=players, moves=any_moves)
@settings(max_examples=examples(100), deadline=None)
def test_going_on_only_shrinks_what_is_left(player: Player, moves: list[tuple[str, object]]) -> None:
    """Each question is one further than the one before, of as many or fewer; no more than there are steps."""
    walk = _Walk(player)
    assert _total(player.turn) < len(player.definition.steps[player.session.audience])
    for kind, what in moves:
        before = player.turn
        walk.move(kind, what)
        if player.session.ended:
            return
        assert player.screen.progress.startswith(f"Vraag {len(player.session.path) + 1} ")
        if len(player.session.path) >= len(before.session.path):
            assert _total(player.turn) <= _total(before)


@given(player=players, moves=any_moves)
@settings(max_examples=examples(100), deadline=None)
def test_from_anywhere_the_end_is_near(player: Player, moves: list[tuple[str, object]]) -> None:
    """Whoever goes on from any state meets no more questions than the screen told, and reaches the last words."""
    walk = _Walk(player)
    for kind, what in moves:
        walk.move(kind, what)
    if player.session.ended:
        return
    left = _total(player.turn) - len(player.session.path)
    for _ in range(left):
        while not player.session.ended and _lacking(player):
            player.give(next(button.tap for button in player.screen.buttons if not _marked(button.label)))
        onward = next((tap for tap in (DONE, SKIP) if tap in player.choices), player.screen.buttons[0].tap.choice)
        player.give(player.button(onward).tap)
        if player.session.ended:
            break
    assert player.session.ended
    assert not player.session.stopped


def _lacking(player: Player) -> bool:
    """Whether some answers are chosen, but not yet enough of them."""
    return 0 < len(player.answers.get(player.at, ())) < getattr(player.step, "least", 0)


def _marked(label: str) -> bool:
    return bool(re.match(r"✓ |\d · ", label))
