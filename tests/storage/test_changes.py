"""The log of changes: per team with what holds for its whole area, newest first, and forgotten in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.changes import Change
from storage.errors import Conflict
from tests.storage.builders import DAY, HOUR, NOW, area, team

RHYTHM = Change(id="c1", area_id="area", team_id="team", at=NOW, kind="rhythm", words={"rhythm": "light"})
CLOSED = Change(id="c2", area_id="area", at=NOW + HOUR, kind="closed_days", words={"days": "12"})


@pytest.fixture
def logged(storage):
    """A change of the team, one of its area, and one of another team."""
    with storage.begin() as work:
        work.teams.add(team("other"))
        for each in (RHYTHM, CLOSED, replace(RHYTHM, id="c3", team_id="other", at=NOW + 2 * HOUR)):
            work.changes.add(each)
        work.commit()
    return storage


def test_a_team_reads_its_own_changes_and_those_of_its_area(logged):
    """Newest first, nothing of another team, and no more than asked for."""
    with logged.begin() as work:
        assert work.changes.of_team("team", area_id="area", limit=10) == (CLOSED, RHYTHM)
        assert work.changes.of_team("team", area_id="area", limit=1) == (CLOSED,)


def test_an_area_reads_all_of_its_changes(logged):
    """Of the area and of every team in it; another area's log is another log."""
    with logged.begin() as work:
        work.teams.add_area(area("elsewhere"))
        assert [each.id for each in work.changes.of_area("area", limit=10)] == ["c3", "c2", "c1"]
        assert work.changes.of_area("elsewhere", limit=10) == ()


def test_a_change_is_written_once_and_found_by_id(logged):
    """The same id twice is refused; an unknown one is None."""
    with logged.begin() as work:
        assert work.changes.get("c1") == RHYTHM
        assert work.changes.get("none") is None
    with logged.begin() as work, pytest.raises(Conflict):
        work.changes.add(RHYTHM)


def test_old_changes_are_forgotten(logged):
    """Only what lies before the moment."""
    with logged.begin() as work:
        assert work.changes.drop_before(NOW + HOUR) == 1
        assert [each.id for each in work.changes.of_area("area", limit=10)] == ["c3", "c2"]
        assert work.changes.drop_before(NOW + DAY) == 2
