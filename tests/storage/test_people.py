"""People, memberships and coordinators."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.errors import Conflict
from tests.storage.builders import area, membership, person, team


def test_a_person_is_found_by_id_and_by_chat(storage):
    """Both doors give the same record; strangers give None."""
    with storage.begin() as work:
        assert work.people.get("person-2") == work.people.by_chat(person(2).chat_id) == person(2)
        assert work.people.get("nobody") is None
        assert work.people.by_chat(1) is None


def test_one_chat_is_one_person(storage):
    """A second person behind the same chat is refused, when added and when moved."""
    with storage.begin() as work, pytest.raises(Conflict):
        work.people.add(replace(person(9), chat_id=person(1).chat_id))
    with storage.begin() as work, pytest.raises(Conflict):
        work.people.set_chat("person-1", person(2).chat_id)


def test_chat_and_reachability_change_alone(storage):
    """Each setter changes its own field of its own person."""
    with storage.begin() as work:
        work.people.set_chat("person-1", -100_1234567890)
        work.people.set_reachable("person-1", False)
        assert work.people.get("person-1") == replace(person(1), chat_id=-100_1234567890, reachable=False)
        assert work.people.get("person-2") == person(2)


def test_describing_changes_only_what_was_told(storage):
    """Fields that are left out keep their value."""
    with storage.begin() as work:
        work.people.describe("team-1", sector="jgz", function="jeugdarts")
        work.people.describe("team-1", audience="practice", tenure="short")
        work.people.describe("team-1", function="jeugdverpleegkundige")
        work.people.describe("team-1")
        assert work.people.membership("team-1") == membership(
            1, sector="jgz", function="jeugdverpleegkundige", audience="practice", tenure="short"
        )
        assert work.people.membership("team-2") == membership(2)


def test_another_sector_blanks_the_function(storage):
    """Function and layer go; sector and tenure stay."""
    with storage.begin() as work:
        work.people.describe("team-1", sector="jgz", function="jeugdarts", audience="practice", tenure="short")
        work.people.forget_function("team-1")
        assert work.people.membership("team-1") == membership(1, sector="jgz", tenure="short")


def test_memberships_are_the_current_ones(storage):
    """Somebody can be in several teams; a membership that ended does not count any more."""
    with storage.begin() as work:
        for name in ("second", "past"):
            work.teams.add(team(name))
        work.people.add_membership(membership(1, team_id="second", joined_on=date(2025, 5, 1)))
        work.people.add_membership(membership(1, team_id="past", left_on=date(2026, 2, 1)))
        assert [found.team_id for found in work.people.memberships("person-1")] == ["second", "team"]
        assert work.people.team_members("past") == ()
        assert work.people.membership("past-1").left_on == date(2026, 2, 1)


def test_team_members_come_by_the_day_they_joined(storage):
    """With their membership, in one role or in all."""
    with storage.begin() as work:
        work.people.add(person(0))
        work.people.add_membership(membership(0, role="lead", joined_on=date(2026, 3, 1)))
        members = work.people.team_members("team")
        assert [found.id for found, _ in members] == ["person-1", "person-2", "person-3", "person-0"]
        assert members[0] == (person(1), membership(1))
        assert [found.id for found, _ in work.people.team_members("team", role="lead")] == ["person-0"]
        assert len(work.people.team_members("team", role="member")) == 3


def test_coordinators_and_their_areas(storage):
    """Both directions; adding twice is the same as once."""
    with storage.begin() as work:
        work.teams.add_area(area("b"))
        for area_id in ("b", "area", "b"):
            work.people.add_coordinator("person-1", area_id)
        work.people.add_coordinator("person-2", "b")
        assert work.people.coordinates("person-1") == ("area", "b")
        assert work.people.coordinates("person-3") == ()
        assert work.people.coordinators("b") == (person(1), person(2))


def test_nobody_coordinates_what_is_not_there(storage):
    """A reference to nothing is refused."""
    with storage.begin() as work, pytest.raises(Conflict):
        work.people.add_coordinator("person-1", "nowhere")


def test_erasing_one_person_leaves_the_others(storage):
    """Only what hangs on that person goes."""
    with storage.begin() as work:
        work.people.add_coordinator("person-1", "area")
        work.people.erase("person-1")
        work.people.erase("person-1")
        assert work.people.get("person-1") is None
        assert work.people.membership("team-1") is None
        assert work.people.coordinators("area") == ()
        assert [found.id for found, _ in work.people.team_members("team")] == ["person-2", "person-3"]


def test_quiet_times_and_absence_belong_to_one_person(storage):
    """Chosen, chosen as none at all, and not chosen are three things; nobody else changes."""
    with storage.begin() as work:
        work.people.set_quiet("person-1", ("monday-480-720",))
        work.people.set_away("person-1", date(2026, 12, 1))
        assert work.people.get("person-1") == replace(
            person(1), quiet=("monday-480-720",), away_until=date(2026, 12, 1)
        )
        work.people.set_quiet("person-1", ())
        assert work.people.get("person-1").quiet == ()
        work.people.set_quiet("person-1", None)
        work.people.set_away("person-1", None)
        assert work.people.get("person-1") == person(1)
        assert work.people.get("person-2") == person(2)


def test_somebody_leaves_on_their_last_day_and_not_before(storage):
    """Announced, still there; ended once, and then found only as a membership that was."""
    last = date(2026, 11, 20)
    with storage.begin() as work:
        work.people.set_leaving("team-1", last)
        assert [each.id for each in work.people.leaving_before(last)] == []
        (going,) = work.people.leaving_before(date(2026, 11, 21))
        assert going == membership(1, leaves_on=last)
        assert work.people.memberships("person-1") == (going,)
        assert work.people.end_membership("team-1", date(2026, 11, 21))
        assert not work.people.end_membership("team-1", date(2026, 11, 22))
        assert work.people.memberships("person-1") == ()
        assert work.people.leaving_before(date(2027, 1, 1)) == ()
        assert work.people.latest_membership("person-1", "team") == replace(going, left_on=date(2026, 11, 21))
        assert work.people.latest_membership("person-1", "elsewhere") is None


def test_a_coordinator_can_be_removed_from_one_area(storage):
    """The other area stays; removing twice is removing once."""
    with storage.begin() as work:
        work.teams.add_area(area("other"))
        work.people.add_coordinator("person-1", "area")
        work.people.add_coordinator("person-1", "other")
        assert work.people.remove_coordinator("person-1", "area")
        assert not work.people.remove_coordinator("person-1", "area")
        assert work.people.coordinates("person-1") == ("other",)
