"""Which steps a maandbeeld offers, and in which order."""

from __future__ import annotations

from dialogues.insight.agreeing import Candidate, Owner, candidates, owner_name
from dialogues.insight.maandbeeld import ElementView, Maandbeeld, Question, Step


def view(element, *labels):
    return ElementView(
        id=element,
        title=element,
        when="",
        steps=tuple(Step(label, label, "x", wanted=label == "B1") for label in labels),
    )


def test_steps_between_people_come_first_over_all_topics():
    """The first of each topic; among equals those of the topic of the conversation question."""
    page = Maandbeeld(
        title="t", team="s", month="m", intro="", elements=(view("a", "A1", "A2"), view("b", "B1", "B2")),
        question=Question("b", "b", "?"),
    )  # fmt: skip
    assert candidates(page) == (
        Candidate(0, "B1", wanted=True, step_id="B1"),
        Candidate(1, "A1", wanted=False, step_id="A1"),
        Candidate(2, "B2", wanted=False, step_id="B2"),
        Candidate(3, "A2", wanted=False, step_id="A2"),
    )


def test_an_owner_is_a_role_by_its_local_name():
    """Never somebody."""
    assert [owner_name(owner, team_label="het buurtteam") for owner in Owner] == [
        "JGZ", "het buurtteam", "school", "samen",
    ]  # fmt: skip
