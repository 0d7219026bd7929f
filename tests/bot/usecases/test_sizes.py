"""The largest dialogue with the longest text still fits the envelope and the session, which never change size."""

from __future__ import annotations

import pytest

from dialogues.conversation.definition import Audience, Choice, MultiChoice
from dialogues.conversation.inputs import NOT_SO
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.guarding.findings import Kind
from dialogues.guarding.guard import MOST_TOLD
from storage.envelopes import MAX_SESSION, Payload, lock_session, seal
from tests.support.player import WORDS, Player
from tests.support.shipped import shipped

MESSAGE_BYTES = 8
OPENING = "Vorige keer ging het over een onderwerp. " * 11 + LONGEST_TEXT * "😀"
"""Longer than anything the bot says about the previous time, with the costliest reason a lead can type."""
ELEMENTS = sorted(shipped().definitions)

OF_BLOCKS = {"actie", "tijd_geleden", "vorige_top3"}
"""Words that are told to the block that says them, and to no other dialogue."""


def told(definition):
    """What stands for the placeholders of a dialogue."""
    return {name: words for name, words in WORDS.items() if name not in OF_BLOCKS or not definition.is_element}


@pytest.mark.parametrize("sign", ["😀", '"', "é"])
@pytest.mark.parametrize("element", ELEMENTS)
def test_the_longest_text_fits_at_every_step(element, sign):
    """As many answers as can be given, 280 characters of the costliest sort, and as many findings as are told."""
    definition = shipped().get(element)
    for audience in Audience:
        player = Player(
            definition,
            audience=audience,
            sharing=True,
            opening=OPENING,
            facts=frozenset("abcdefgh"),
            words=told(definition),
        )
        while not player.session.ended:
            step = player.step
            if player.screen.expects_text:
                player.type_text(sign * LONGEST_TEXT, *([Kind.NAME] * MOST_TOLD))
            elif isinstance(step, Choice) and step.after_text:
                fits(player)
                player.give(player.button(NOT_SO).tap)
                player.choose("example")
            elif isinstance(step, MultiChoice):
                most_of(player, step)
            else:
                player.choose(longest(player, step))
            fits(player)


def longest(player, step):
    """The visible answer with the longest value that opens most: the middle of a scale."""
    shown = [option for index, option in enumerate(step.options) if str(index) in player.choices]
    return max(shown, key=lambda option: (option.branch == "mid", len(option.value))).value


def most_of(player, step):
    """As many answers as may be chosen, and on."""
    if "more" in player.choices:
        player.more()
    shown = [option.value for index, option in enumerate(step.options) if str(index) in player.choices]
    player.choose(*sorted(shown, key=len, reverse=True)[: step.most]).done()


def fits(player):
    """Both boxes can be made of this state."""
    session = player.session
    lock_session(bytes(MESSAGE_BYTES) + session.to_bytes(), key=bytes(32))
    assert MESSAGE_BYTES + len(session.to_bytes()) <= MAX_SESSION
    text = session.text.words if session.text else ""
    payload = Payload(
        dialogue=session.dialogue, version=session.version, audience=str(session.audience), sector="wijkteam",
        answers=dict(session.answers), text=text, example=True, aside=True,
    )  # fmt: skip
    seal(payload, public_key=bytes(31) + b"\x09")
