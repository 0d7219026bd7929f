"""Areas and teams."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from storage.errors import Conflict
from storage.repository import to_values
from storage.tables import TeamRow
from tests.storage.builders import area, team


def test_areas_and_teams_are_found_and_listed_by_name(storage):
    """By id, per area and all together."""
    with storage.begin() as work:
        work.teams.add_area(area("b"))
        for name, where in (("c", "b"), ("a", "b"), ("b", "area")):
            work.teams.add(team(name, area_id=where))
        assert work.teams.area("b") == area("b")
        assert work.teams.area("nowhere") is None
        assert [found.id for found in work.teams.areas()] == ["area", "b"]
        assert work.teams.get("c") == team("c", area_id="b")
        assert work.teams.get("nobody") is None
        assert [found.id for found in work.teams.in_area("b")] == ["a", "c"]
        assert [found.id for found in work.teams.all()] == ["a", "b", "c", "team"]


def test_a_team_needs_an_area(storage):
    """A reference to nothing is refused."""
    with storage.begin() as work, pytest.raises(Conflict):
        work.teams.add(team("lost", area_id="nowhere"))


def test_a_floor_below_five_is_refused_twice(storage):
    """The record refuses it, and so does the database when something else writes the row."""
    assert team("six", floor=6).floor == 6
    with pytest.raises(ValueError, match="below 5"):
        team("four", floor=4)
    values = to_values(team("four")) | {"floor": 4}
    with storage.begin() as work, pytest.raises(Conflict):
        work.teams._change(insert(TeamRow).values(**values))
