"""The opinions of the start dialogue."""

from __future__ import annotations

import pytest

from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.conversation.definition import Audience, Branch, Choice, Counted, MultiChoice, OpenText, Sector
from dialogues.conversation.engine import begin, resume
from dialogues.conversation.inputs import SKIP, Tap
from tests.support.shipped import shipped

START = shipped().get("start")
WORDS = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}


def _asked(audience: Audience, sector: Sector) -> list[str]:
    """The steps a person meets who answers the first button everywhere and skips the open question."""
    turn = begin(START, audience=audience, facts=frozenset({f"sector:{sector}"}), words=WORDS)
    met = []
    while not turn.session.ended:
        step = turn.session.step
        if step not in met:
            met.append(step)
        choices = {button.tap.choice for button in turn.screen.buttons}
        choice = next(choice for choice in ("done", "0", SKIP) if choice in choices)
        turn = resume(START, turn.session, Tap(turn.session.visit, choice))
    return met


@pytest.mark.parametrize(
    ("audience", "sector", "steps"),
    [
        (Audience.PRACTICE, Sector.JGZ, ["side_jgz_team", "side_jgz_school", "body_mind"]),
        (Audience.PRACTICE, Sector.WIJKTEAM, ["side_jgz_team", "side_team_school", "body_mind"]),
        (Audience.PRACTICE, Sector.ONDERWIJS, ["side_jgz_school", "side_team_school", "body_mind"]),
        (Audience.PRACTICE, Sector.OVERIG, ["side_jgz_team", "side_jgz_school", "side_team_school", "body_mind"]),
        (Audience.STRATEGIC, Sector.JGZ, ["side_jgz_team", "side_jgz_school", "side_team_school"]),
    ],
)
def test_everybody_is_asked_about_the_own_sides(audience, sector, steps) -> None:
    """Who is part of a side is asked how it goes there; body or behaviour is for the practice only."""
    assert _asked(audience, sector) == ["important", *steps, "route"]


def test_what_matters_is_chosen_from_eight_things() -> None:
    """Eight things that can matter in working together; three at most."""
    step = START.step(Audience.PRACTICE, "important")
    assert isinstance(step, MultiChoice)
    assert [option.label for option in step.options] == [
        "Elkaar kennen",
        "Elkaar vertrouwen",
        "Elkaar snel bereiken",
        "Hetzelfde doel",
        "Weten wie wat doet",
        "Van elkaar leren",
        "Het gezin merkt het",
        "Doen wat nodig is",
    ]
    assert (step.most, step.counted) == (3, Counted.LISTING)


def test_the_sides_have_a_scale_of_their_own() -> None:
    """A first picture of each side, in bands like every score, with other words than the scale of the elements."""
    for side in ("jgz_team", "jgz_school", "team_school"):
        step = START.step(Audience.PRACTICE, f"side_{side}")
        assert isinstance(step, Choice)
        assert step.counted is Counted.BANDS
        assert [(option.label, option.branch) for option in step.options] == [
            ("1 · Loopt niet", Branch.LOW),
            ("2 · Stroef", Branch.LOW),
            ("3 · Wisselend", Branch.MID),
            ("4 · Loopt", Branch.HIGH),
            ("5 · Loopt vanzelf", Branch.HIGH),
            ("Geen zicht op", Branch.UNKNOWN),
        ]


def test_the_audiences_get_their_own_words() -> None:
    """The first and the open question differ for practice and strategic."""
    texts = {}
    for audience in Audience:
        turn = begin(START, audience=audience, facts=frozenset({"sector:jgz"}), words=WORDS)
        texts[audience] = turn.screen.question
    assert texts[Audience.PRACTICE].startswith("Wat vind jij het belangrijkste")
    assert texts[Audience.STRATEGIC].startswith("Wanneer is samenwerken voor jou geslaagd?")


def test_the_route_carries_the_long_name_reminder() -> None:
    """The route of a family is where names come up most easily."""
    step = START.step(Audience.PRACTICE, "route")
    assert isinstance(step, OpenText)
    assert step.long_reminder


def test_start_is_no_element() -> None:
    """It takes no part in the rotation of elements and offers no steps to agree."""
    assert not START.is_element
    assert START.actions == ()
