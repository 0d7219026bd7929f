"""What is played once for many tests is given to a house in which nothing was done; else that would be thrown away."""

from __future__ import annotations

import pytest

from tests.support.house import ANNE, BRAM, HOUR, MORE_MEMBERS
from tests.support.played import played_once


@played_once
def members(house):
    return house.members(3)


def written(house):
    house.member(7777)


def written_and_tidied(house):
    house.member(7777)
    house.storage.checkpoint()


def keys_made(house):
    house.storage.keys.make(house.deps.ids.new())


def later(house):
    house.clock.pass_(HOUR)


@pytest.mark.parametrize("act", [written, written_and_tidied, keys_made, later])
def test_what_was_done_before_is_not_thrown_away(house, request, act):
    """Wherever it is to be seen: in the log of the database, in its file, in the keys, or on the clock."""
    act(house)
    with pytest.raises(AssertionError, match="something was done in this house before members"):
        request.getfixturevalue("members")


def test_a_house_that_was_only_looked_at_becomes_what_was_played(house, request):
    """Reading changes nothing that counts, nor does emptying a log with nothing in it."""
    assert house.person(ANNE)
    house.storage.checkpoint()
    assert request.getfixturevalue("members") == (ANNE, BRAM, MORE_MEMBERS)
    assert house.person(MORE_MEMBERS)
