"""Which options are listed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.insight import Listing, publish_listing, publish_wanted
from dialogues.insight.listing import Listed


def test_options_are_listed_from_three_choosers_in_the_given_order():
    """Never by frequency, and never with a count."""
    shown = publish_listing({"b": 3, "c": 2, "a": 5}, 7)
    assert shown.items == (Listed("b"), Listed("a"))


def test_often_needs_half_of_at_least_eight_respondents():
    """Seven of seven is not called often; four of eight is."""
    assert publish_listing({"a": 7}, 7).items == (Listed("a", often=False),)
    assert publish_listing({"a": 4, "b": 3}, 8).items == (Listed("a", often=True), Listed("b", often=False))


def test_below_the_floor_nothing_is_listed_whatever_was_chosen():
    """Four respondents who all chose the same read as four who chose nothing."""
    assert publish_listing({"a": 4}, 4) == publish_listing({"a": 0}, 4) == Listing(below_floor=True)


def test_only_the_one_most_chosen_action_is_shown():
    """The rule for actions, which the audit demands."""
    assert publish_wanted({"a": 3, "b": 4, "c": 0}, 8).items == (Listed("b"),)
    assert publish_wanted({"a": 4, "b": 4}, 8).items == ()
    assert publish_wanted({"a": 2}, 8).items == ()
    assert publish_wanted({"a": 4}, 4).below_floor


@pytest.mark.parametrize("publish", [publish_listing, publish_wanted])
def test_impossible_numbers_and_low_floors_are_refused(publish):
    """More choosers than respondents means that something was counted wrongly."""
    with pytest.raises(ValueError, match="'a' has 6"):
        publish({"a": 6}, 5)
    with pytest.raises(ValueError, match="floor"):
        publish({"a": 1}, 5, 4)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=6), st.integers(9, 20))
def test_a_listing_survives_json(chosen, respondents):
    """What is stored reads back as what was published."""
    made = publish_listing(chosen, respondents)
    assert Listing.from_json(json.loads(json.dumps(made.to_json()))) == made
