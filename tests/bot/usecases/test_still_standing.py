"""What was recognised comes back with one question: does it still hold? Slower, never gone (DSS §3.12)."""

from __future__ import annotations

import pytest

from bot.usecases.due_message import PromptMessage
from dialogues.insight.maandbeeld import Maandbeeld
from tests.support.played import played_once

pytestmark = pytest.mark.thorough


@played_once
def members(house):
    return house.members(8)


def answered(house, members, about, score="4"):
    for chat in members:
        if about.element == "closing":
            house.answer_closing(chat, about.id, ("Vertrouwen", "Rollen", "Leiderschap"), stronger="Vertrouwen")
        else:
            house.answer(chat, about.id, score)
    assert house.close(about) == "published"
    house.stock(1)


@played_once
def still(house, members):
    """A whole circle in which everything is recognised, up to the first round that asks whether it still holds."""
    about = house.open_round("trust")
    house.rhythm("roles", rhythm="intensive")
    for _ in range(30):
        if about.element == "still_standing":
            return about
        answered(house, members, about)
        about = house.next_round()
    raise AssertionError("nothing came back")


def test_a_recognised_element_comes_back_as_one_question(house, members, still):
    """About trust, which waits longest; the prompt names it, one tap counts, and the next circle passes it over."""
    assert still.subject == "trust"
    title = house.deps.library.get("trust").title
    prompts = [each.message for each in house.send() if isinstance(each.message, PromptMessage)]
    assert all(title in each.summary for each in prompts if each.round_id == still.id)
    for chat in members:
        view = house.start(chat, still.id)
        assert title in view.screen.question
        assert house.tap(chat, view, "Ja").ended
    assert house.close(still) == "published"
    asked = []
    for _ in range(20):
        house.stock(1)
        asked.append(house.next_round())
    assert "trust" not in {each.subject or each.element for each in asked[:16]}


def test_the_maandbeeld_says_what_still_holds(house, members, still):
    """Under the name of the element, in words that fit the question."""
    for chat in members:
        house.tap(chat, house.start(chat, still.id), "Ja")
    house.close(still)
    made = house.maandbeeld()
    record = house.read(lambda work: work.maandbeelden.get(made))
    views = {view.title: view for view in Maandbeeld.from_json(record.body).elements}
    view = views[f"{house.deps.library.get('trust').title}: geldt dat nog?"]
    assert view.scales[0].lines[0].word == "geldt nog"


def test_an_answer_that_is_not_high_brings_the_whole_dialogue_back(house, members, still):
    """A no ends the resting: trust is asked in full at its next turn."""
    for chat in members:
        house.tap(chat, house.start(chat, still.id), "Nee")
    house.close(still)
    asked = []
    for _ in range(24):
        house.stock(1)
        about = house.next_round()
        asked.append((about.element, about.subject))
    assert ("trust", "") in asked
    assert ("still_standing", "trust") not in asked
