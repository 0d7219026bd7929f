"""Schedules: what is due, and who gets to act on it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from storage.errors import Conflict
from tests.storage.builders import DAY, HOUR, NOW, schedule, team


def test_putting_replaces_the_whole_schedule(storage):
    """A team has one schedule: the last one put."""
    first = schedule(next_due_at=NOW, maandbeeld_due_at=NOW + DAY, first=("effect",), number=4)
    with storage.begin() as work:
        assert work.schedules.get("team") is None
        work.schedules.put(first)
        assert work.schedules.get("team") == first
        changed = replace(first, first=("roles", "trust"), next_due_at=None)
        work.schedules.put(changed)
        assert work.schedules.get("team") == changed


def test_a_schedule_needs_a_team(storage):
    """A reference to nothing is refused."""
    with storage.begin() as work, pytest.raises(Conflict):
        work.schedules.put(schedule("nobody"))


def test_due_is_up_to_and_including_now(storage):
    """Longest waiting first; what stands still is never due."""
    with storage.begin() as work:
        moments = {"team": NOW, "late": NOW - DAY, "early": NOW + HOUR, "still": None}
        for name, moment in moments.items():
            if name != "team":
                work.teams.add(team(name))
            work.schedules.put(schedule(name, next_due_at=moment, maandbeeld_due_at=moment))
        assert [found.team_id for found in work.schedules.due(NOW)] == ["late", "team"]
        assert [found.team_id for found in work.schedules.maandbeeld_due(NOW)] == ["late", "team"]
        assert work.schedules.next_moment() == work.schedules.next_maandbeeld() == NOW - DAY


def test_without_running_schedules_there_is_no_next_moment(storage):
    """None, also when a schedule stands still."""
    with storage.begin() as work:
        work.schedules.put(schedule())
        assert work.schedules.next_moment() is None
        assert work.schedules.next_maandbeeld() is None


def test_a_claim_moves_the_schedule_on_once(storage):
    """The claim names the moment it acts on; a second claim on that moment loses."""
    with storage.begin() as work:
        work.schedules.put(schedule(next_due_at=NOW, maandbeeld_due_at=NOW))
        claim = {
            "due_at": NOW,
            "next_due_at": NOW + 7 * DAY,
            "number": 1,
            "first": ("effect",),
            "aside": {"housing": "2026-12-01"},
        }
        assert work.schedules.claim("team", **claim)
        assert not work.schedules.claim("team", **claim)
        assert work.schedules.claim_maandbeeld("team", due_at=NOW, next_due_at=None)
        assert not work.schedules.claim_maandbeeld("team", due_at=NOW, next_due_at=None)
        assert work.schedules.get("team") == schedule(
            next_due_at=NOW + 7 * DAY, last_due_at=NOW, number=1, first=("effect",), aside={"housing": "2026-12-01"}
        )
        assert not work.schedules.claim("nobody", **claim)


@pytest.mark.parametrize("kind", ["round", "maandbeeld"])
def test_of_two_processes_exactly_one_wins_each_moment(storage, rival, kind):
    """Two processes race for ten moments in a row: each moment has one winner."""
    moments = [NOW + count * DAY for count in range(11)]
    with storage.begin() as work:
        work.schedules.put(schedule(next_due_at=NOW, maandbeeld_due_at=NOW))
        work.commit()
    barrier = Barrier(2)
    won = []

    def race(which):
        for number, (due_at, next_due_at) in enumerate(itertools.pairwise(moments), start=1):
            barrier.wait()
            with which.begin() as work:
                if kind == "round":
                    mine = work.schedules.claim(
                        "team", due_at=due_at, next_due_at=next_due_at, number=number, first=(), aside={}
                    )
                else:
                    mine = work.schedules.claim_maandbeeld("team", due_at=due_at, next_due_at=next_due_at)
                work.commit()
            if mine:
                won.append(number)

    threads = [Thread(target=race, args=(which,)) for which in (storage, rival)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == list(range(1, 11))


def test_a_pause_ends_on_its_day(storage):
    """Schedules whose return date is here or has passed; the rest waits."""
    with storage.begin() as work:
        work.teams.add(team("running"))
        work.schedules.put(schedule("running"))
        work.schedules.put(schedule(paused_until=NOW.date()))
        assert work.schedules.paused_before(NOW.date() - DAY) == ()
        assert [each.team_id for each in work.schedules.paused_before(NOW.date())] == ["team"]


def test_wishes_are_kept_as_they_were_put(storage):
    """What was put forward and set aside comes back the same."""
    wished = schedule(
        first=("effect", "trust"), aside={"housing": "2026-12-01"}, recurrence="FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    )
    with storage.begin() as work:
        work.schedules.put(wished)
        assert work.schedules.get("team") == wished
