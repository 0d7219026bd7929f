"""Practice and leaders beside each other: a question where their words differ, and never a verdict."""

from __future__ import annotations

import pytest

from dialogues.conversation.definition import Audience
from dialogues.insight import Maandbeeld, Outcome, PublishedElement, phrases_nl
from dialogues.insight.two_worlds import Sides, compose_two_worlds
from tests.dialogues.insight.samples import element

DIFFER = "Wat ziet de een dat de ander niet ziet?"
CLIENT = element("client", title="Wat gezinnen merken")


def published(band: str | None, *, sectors=None, month="november 2026", audience=Audience.PRACTICE, definition=CLIENT):
    cell = {
        "kind": "bands",
        "rule": "words",
        "below_floor": False,
        "band": band,
        "counts": None,
        "sectors": sectors or {},
    }
    return PublishedElement(definition=definition, month=month, cells={"statement": cell}, audience=audience)


def page(practice, strategic) -> Maandbeeld | Sides:
    return compose_two_worlds(
        "Noord", "december 2026", team_label="het buurtteam", practice=practice, strategic=strategic
    )


def leaders(band: str | None, **more):
    return published(band, audience=Audience.STRATEGIC, **more)


@pytest.mark.parametrize(
    ("practice", "strategic", "question"),
    [
        (published("high"), leaders("low"), DIFFER),
        (published("high", sectors={"jgz": "high", "onderwijs": "mid"}), leaders("high"), DIFFER),
        (published("high", sectors={"jgz": "high"}), leaders("high"), phrases_nl.SAME_WORD),
        (published(None), leaders("high"), phrases_nl.OPEN_QUESTION),
    ],
)  # fmt: skip
def test_a_question_where_words_differ(practice, strategic, question):
    """Between the two or between sectors; the same word, and no clear line, get an open question."""
    made = page([practice], [strategic])
    assert made.question.text == question
    assert question in made.guide[3].text
    assert bool(made.question.grounds) == (made.question.pattern == "two_worlds")


def test_both_are_shown_in_their_own_words_with_their_month():
    """Each side says which it is and when it was asked; there are no steps, for no team is there to agree on one."""
    made = page([published("high", sectors={"wijkteam": "low"})], [leaders("mid", month="oktober 2026")])
    assert [(each.title, each.when) for each in made.elements] == [
        ("Wat gezinnen merken: professionals", "november 2026"),
        ("Wat gezinnen merken: leiding en beleid", "oktober 2026"),
    ]
    assert made.question.grounds == (
        "Hele gebied: herkend", "Het buurtteam: weinig herkend", "Leiding en beleid: wisselend",
    )  # fmt: skip
    assert not any(each.steps for each in made.elements)
    assert Maandbeeld.from_json(made.to_json()) == made


def test_the_newest_of_each_side_counts():
    """Of rounds given oldest first."""
    made = page([published("low"), published("high")], [leaders("high"), leaders("mid")])
    assert made.question.grounds == ("Hele gebied: herkend", "Leiding en beleid: wisselend")


def test_without_both_about_one_element_there_is_no_page():
    """It says which side published something; below the floor, and another element, do not count."""
    other = leaders("high", definition=element("trust"))
    thin = PublishedElement(definition=CLIENT, month="november 2026", outcome=Outcome.WAITING)
    assert page([published("high")], []) == Sides(practice=True, strategic=False)
    assert page([thin], [leaders("high")]) == Sides(practice=False, strategic=True)
    assert page([published("high")], [other]) == Sides(practice=True, strategic=True)
