"""What can be reacted to in a maandbeeld, and how it stands with what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogues.insight import TeamFacts, compose
from dialogues.insight.maandbeeld import ElementView, Maandbeeld, Mention, Mentions
from dialogues.insight.phrases_nl import joined
from dialogues.insight.signals import Answer, Reaction, Standing, left_open, said, signals, standing, told

TRUST = ElementView(
    id="trust",
    title="Vertrouwen",
    when="",
    mentions=(Mentions("Waar zit het in?", (Mention("elkaar kennen"), Mention("tijd", often=True))),),
)
STILL = ElementView(id="still_standing", title="Nog steeds: Rollen", when="", subject="roles")
HIDDEN = ElementView(id="vision", title="Visie", when="", note="Te weinig antwoorden.")
WHOLE = Maandbeeld(title="t", team="s", month="m", intro="", elements=(TRUST, HIDDEN, STILL))


def test_topics_and_their_themes_in_the_order_of_the_page():
    """What could not be shown is no signal; what was asked again is about the element it asks after."""
    assert [(one.place, one.element, one.title, one.theme) for one in signals(WHOLE)] == [
        (0, "trust", "Vertrouwen", False),
        (1, "trust", "Vertrouwen (elkaar kennen)", True),
        (2, "trust", "Vertrouwen (tijd)", True),
        (3, "roles", "Nog steeds: Rollen", False),
    ]


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ((), ("Vertrouwen", "Nog steeds: Rollen")),
        ((2,), ("Nog steeds: Rollen",)),
        ((3,), ("Vertrouwen",)),
        ((0, 3), ()),
    ],
)
def test_a_topic_is_open_until_something_is_said_to_it_or_to_a_theme_of_it(places, left):
    """Later counts as an answer too."""
    given = [Reaction(place, "x", Answer.LATER) for place in places]
    stands = standing(WHOLE, given)
    assert (stands.open, stands.topics) == (left, 2)


def test_what_was_left_open_and_is_not_shown_again_can_still_be_answered():
    """With its themes; what was answered in time is not among it, and a topic below the floor is not shown again."""
    after = replace(WHOLE, elements=(replace(TRUST, note="Te weinig antwoorden."),))
    both = "Nog geen reactie op: Vertrouwen en Nog steeds: Rollen."
    one = "Nog geen reactie op: Vertrouwen."
    given = [Reaction(3, "Nog steeds: Rollen", Answer.YES), Reaction(1, "Vertrouwen (elkaar kennen)", Answer.LATER)]
    for shown, unanswered, reactions, left in (
        (after, both, (), ((0, 1, 2, 3), (), ("Vertrouwen", "Nog steeds: Rollen"))),
        (after, both, given[:1], ((0, 1, 2, 3), (3,), ("Vertrouwen",))),
        (after, one, given, ((0, 1, 2), (1,), ())),
        (WHOLE, both, (), ((), (), ())),
        (after, "", given, ((), (), ())),
    ):
        found = left_open(WHOLE, replace(shown, unanswered=unanswered), reactions)
        places = tuple(one.place for one in found.signals), tuple(one.place for one in found.reactions)
        assert (*places, found.open) == left


def test_a_title_within_a_longer_one_was_not_left_open():
    """Only what is named whole; a title with "en" in it too."""
    titles = ("Vertrouwen en respect", "Vertrouwen en respect: geldt dat nog?", "Rollen")
    before = replace(WHOLE, elements=tuple(ElementView(id=each, title=each, when="") for each in titles))
    for named in (titles[1:], titles[:1], titles):
        after = replace(WHOLE, elements=(), unanswered=f"Nog geen reactie op: {joined(named)}.")
        assert left_open(before, after, ()).open == named


def test_a_reaction_is_told_with_its_reason():
    """Three with why, the others by what they are about; nothing when nothing was said."""
    assert (
        said(Reaction(0, "Rollen", Answer.NO, "Er is geen tijd.")) == "Rollen: doen we niet. Waarom: “Er is geen tijd.”"
    )
    assert said(Reaction(0, "Rollen", Answer.YES)) == "Rollen: doen we."
    many = [Reaction(place, f"T{place}", Answer.LATER) for place in range(5)]
    assert told(many) == "T0: later. T1: later. T2: later. Er is ook gereageerd op: T3 en T4."
    assert told(()) == ""


@pytest.mark.parametrize(
    ("before", "unanswered", "participation"),
    [
        (None, "", "Deelname: genoeg antwoorden."),
        (Standing((), (), 0), "", "Deelname: genoeg antwoorden."),
        (
            Standing((), ("A", "B"), 3),
            "Nog geen reactie op: A en B.",
            "Deelname: genoeg antwoorden. Reacties op het vorige maandbeeld: op 1 van de 3 onderwerpen.",
        ),
        (
            Standing((), ("A",), 1),
            "Nog geen reactie op: A.",
            "Deelname: genoeg antwoorden. Op het vorige maandbeeld is nog niet gereageerd.",
        ),
        (
            Standing((), (), 1),
            "",
            "Deelname: genoeg antwoorden. Op het vorige maandbeeld is gereageerd.",
        ),
    ],
)
def test_what_is_open_stands_on_top_and_beside_participation(before, unanswered, participation):
    """Requirements C3 and C7."""
    facts = TeamFacts(team="Noord", month="november 2026", participation="genoeg antwoorden", previous=before)
    page = compose(facts, ())
    assert (page.unanswered, page.participation) == (unanswered, participation)
