"""Areas and teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert

from storage.errors import Conflict
from storage.repository import to_values
from storage.tables import TeamRow
from storage.teams import ClosedDay
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


def test_a_team_that_went_up_into_another_is_not_listed(storage):
    """Put away once; found by id for whoever still needs its name."""
    with storage.begin() as work:
        assert work.teams.archive("team", date(2026, 11, 2))
        assert not work.teams.archive("team", date(2026, 11, 3))
        assert work.teams.in_area("area") == ()
        assert work.teams.get("team") == team(archived_on=date(2026, 11, 2))


def test_quiet_times_and_school_region_change_alone(storage):
    """Each setter changes its own field."""
    with storage.begin() as work:
        work.teams.set_quiet("team", ("friday-0-1440",))
        work.teams.set_school_region("area", "zuid")
        assert work.teams.get("team") == team(quiet=("friday-0-1440",))
        assert work.teams.area("area") == replace(area(), school_region="zuid")


def closed(name, day, team_id=None):
    return ClosedDay(id=name, area_id="area", team_id=team_id, day=date(2026, 12, day))


def test_closed_days_are_of_an_area_or_of_one_team(storage):
    """By day; a team sees those of its area too, and replacing one kind leaves the other."""
    with storage.begin() as work:
        work.teams.replace_closed_days("area", None, [closed("b", 24), closed("a", 23)])
        work.teams.replace_closed_days("area", "team", [closed("t", 11, "team")])
        assert [each.id for each in work.teams.closed_days("area")] == ["a", "b"]
        assert [each.id for each in work.teams.closed_days("area", team_id="team")] == ["t", "a", "b"]
        work.teams.replace_closed_days("area", None, [closed("new", 31)])
        assert [each.id for each in work.teams.closed_days("area", team_id="team")] == ["t", "new"]
        assert work.teams.drop_closed_days(date(2026, 12, 31)) == 1
        assert work.teams.closed_days("area", team_id="team") == (closed("new", 31),)
