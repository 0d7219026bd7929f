"""Which element comes next: the standard order, round and round, and never one dropped."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.authoring.loader import load_library
from dialogues.rhythm.rotation import STANDARD_ORDER, order_for, starting_with, topic_at

ELEMENTS = sorted(set(STANDARD_ORDER))
available = st.sets(st.sampled_from(ELEMENTS) | st.text(min_size=1, max_size=4), min_size=1)
circles = available.map(lambda there: order_for("", there))


@given(available)
def test_the_standard_order_drops_nothing_and_adds_nothing(there: set[str]) -> None:
    """Every element with content is in the order, and none without."""
    assert set(order_for("", there)) == there


@given(available)
def test_known_elements_keep_their_places_and_unknown_ones_follow(there: set[str]) -> None:
    """What has a place keeps it, as often as it comes; a team's own topics come after it once, in a fixed order."""
    topics = order_for("", there)
    known = [topic for topic in STANDARD_ORDER if topic in there]
    assert list(topics) == known + sorted(there - set(STANDARD_ORDER))
    assert order_for("", sorted(there, reverse=True)) == topics


@given(circles, st.data())
def test_another_beginning_is_the_same_circle(topics: tuple[str, ...], data: st.DataObject) -> None:
    """Putting one first turns the circle; each comes as often as before and after the same one."""
    first = data.draw(st.sampled_from(topics))
    turned = starting_with(first, topics)
    assert turned[0] == first
    assert Counter(turned) == Counter(topics)
    assert turned * 2 == (topics * 3)[topics.index(first) :][: 2 * len(topics)]


@given(circles)
def test_what_is_not_in_the_circle_cannot_begin_it(topics: tuple[str, ...]) -> None:
    """An element that is not there leaves the circle as it is."""
    assert starting_with("bestaat niet", topics) == topics


@given(circles, st.integers(0, 10**6))
def test_every_round_of_the_circle_asks_everything(topics: tuple[str, ...], position: int) -> None:
    """From any place: as many rounds as there are topics pass each of them, and then it begins again."""
    lap = [topic_at(topics, position + step) for step in range(len(topics))]
    assert Counter(lap) == Counter(topics)
    assert topic_at(topics, position + len(topics)) == lap[0]


def test_a_rhythm_without_topics_is_an_error() -> None:
    """There is always something to reflect on; nothing at all is a mistake of the caller."""
    with pytest.raises(ValueError, match="minstens één"):
        topic_at((), 0)


def test_the_order_begins_with_the_foundation_and_ends_looking_back() -> None:
    """Trust, roles and communication first; the family returns in every part; the closing comes last."""
    assert STANDARD_ORDER[:4] == ("trust", "roles", "communication", "client")
    assert STANDARD_ORDER[-1] == "closing"
    assert len(STANDARD_ORDER) == 20
    assert len(set(STANDARD_ORDER)) == 18
    assert {topic: count for topic, count in Counter(STANDARD_ORDER).items() if count > 1} == {"client": 3}


def test_every_shipped_element_has_a_place_in_the_order() -> None:
    """No element that ships is left to the end of the line by forgetting it in the order."""
    shipped = {each.id for each in load_library().definitions.values() if each.is_element}
    assert shipped <= set(STANDARD_ORDER)
