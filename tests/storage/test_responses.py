"""Reactions: one to a signal, changed in place, and gone with their maandbeeld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.responses import Response
from tests.storage.builders import DAY, NOW

TODAY = NOW.date()


def response(place=0, **changes):
    values = {
        "maandbeeld_id": "nov", "team_id": "team", "element": "trust", "about": "Vertrouwen", "answer": "no",
        "why": "Geen tijd.", "responded_on": TODAY,
    }  # fmt: skip
    return Response(place=place, **(values | changes))


@pytest.fixture
def storage_with_two(storage):
    with storage.begin() as work:
        for index, name in enumerate(("nov", "dec")):
            work.maandbeelden.add(
                name, team_id="team", month=f"2026-1{index}", body="{}", composed_at=NOW + index * 30 * DAY
            )
        work.commit()
    return storage


def put(storage, *responses):
    with storage.begin() as work:
        for each in responses:
            work.responses.put(each)
        work.commit()


def look(storage, ask):
    with storage.begin() as work:
        return ask(work.responses)


def test_a_reaction_is_changed_in_its_place(storage_with_two):
    """The newer one is what holds, and the others stay."""
    first, second = response(1), response(0)
    put(storage_with_two, first, second)
    changed = replace(first, answer="yes", why="")
    put(storage_with_two, changed)
    assert look(storage_with_two, lambda responses: responses.of_maandbeeld("nov")) == (second, changed)


def test_about_an_element_the_newest_maandbeeld_counts(storage_with_two):
    """Of the newest that has any, the topic itself first."""
    old = response(0, responded_on=TODAY)
    newer = [response(place, maandbeeld_id="dec", responded_on=TODAY + 31 * DAY) for place in (2, 1)]
    other = response(5, maandbeeld_id="dec", element="roles", responded_on=TODAY + 32 * DAY)
    put(storage_with_two, old, *newer, other)
    assert look(storage_with_two, lambda found: found.newest_about("team", element="trust")) == tuple(newer[::-1])
    assert look(storage_with_two, lambda found: found.newest_about("team", element="vision")) == ()


def test_whether_anything_was_said_since(storage_with_two):
    """The day itself counts; another team's reaction does not."""
    put(storage_with_two, response())
    assert look(storage_with_two, lambda found: found.any_since("team", TODAY))
    assert not look(storage_with_two, lambda found: found.any_since("team", TODAY + DAY))
    assert not look(storage_with_two, lambda found: found.any_since("other", TODAY))
    assert look(storage_with_two, lambda found: found.since("team", TODAY)) == (response(),)
    assert look(storage_with_two, lambda found: found.since("team", TODAY + DAY)) == ()


def test_it_goes_with_its_maandbeeld(storage_with_two):
    """No reaction outlives what it reacts to."""
    put(storage_with_two, response(), response(maandbeeld_id="dec"))
    with storage_with_two.begin() as work:
        work.maandbeelden.drop_before(NOW + DAY)
        assert work.responses.of_maandbeeld("nov") == ()
        assert len(work.responses.of_maandbeeld("dec")) == 1
        work.commit()
