"""A coordinator's own calendar file, the school region, and a team's quiet times."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.usecases.closed_days import (
    MOST_BYTES,
    CalendarUnreadable,
    choose_school_region,
    close_days,
    open_days_again,
    read_calendar,
)
from bot.usecases.errors import NotAllowed
from bot.usecases.see_days import area_days, team_days
from bot.usecases.set_team_quiet import WholeWeekQuiet, set_team_quiet, team_quiet
from dialogues.rhythm.recurrence import WEEKDAYS
from tests.support.house import AMSTERDAM, COORDINATOR, OTHER_COORDINATOR

TODAY = date(2026, 11, 25)


def file(*events: str) -> bytes:
    """A calendar file with these events."""
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{number}\r\n{each}\r\nEND:VEVENT\r\n" for number, each in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//NL\r\n{inside}END:VCALENDAR\r\n".encode()


def days(*events: str) -> list[str]:
    return [day.isoformat() for day in read_calendar(file(*events), today=TODAY).days]


def closing(house, content, *, team_id="", area_id="", by=COORDINATOR):
    return close_days(house.deps, chat_id=by, area_id=area_id or house.area_id, team_id=team_id, content=content)


CHRISTMAS = "DTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20270104\r\nSUMMARY:Kerst"
STUDY_DAY = "DTSTART;VALUE=DATE:20261117\r\nSUMMARY:Studiedag"


def test_whole_days_from_today_without_weekends():
    """The end of an event is the first day that is not in it; a day without an end is one day."""
    assert days(CHRISTMAS) == [f"2026-12-{day}" for day in (21, 22, 23, 24, 25, 28, 29, 30, 31)] + ["2027-01-01"]
    assert days("DTSTART;VALUE=DATE:20261130\r\nSUMMARY:Studiedag") == ["2026-11-30"]
    assert days("DTSTART;VALUE=DATE:20261204\r\nRRULE:FREQ=WEEKLY;COUNT=3") == [
        "2026-12-04",
        "2026-12-11",
        "2026-12-18",
    ]


def test_a_meeting_with_hours_closes_nothing():
    """Only whole days count, and only those that were not cancelled."""
    assert days("DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z", CHRISTMAS)[0] == "2026-12-21"
    assert days("DTSTART;VALUE=DATE:20261201\r\nSTATUS:CANCELLED", CHRISTMAS)[0] == "2026-12-21"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"dit is geen agenda", "unreadable"),
        (file("SUMMARY:zonder dag"), "unreadable"),
        (file("DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=SECONDLY"), "unreadable"),
        (file("DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY;BYSECOND=1,2,3"), "unreadable"),
        (file("DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=WEEKLY;INTERVAL=0"), "unreadable"),
        (file("DTSTART;VALUE=DATE:20200101\r\nSUMMARY:voorbij"), "no_days"),
        (file("DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY"), "too_many"),
        (file(*["DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY"] * 300), "too_many"),
    ],
)
def test_a_file_that_will_not_do_says_why(content, reason):
    """Whatever it holds: one of three reasons, at once, and never an error."""
    with pytest.raises(CalendarUnreadable) as refused:
        read_calendar(content, today=TODAY)
    assert refused.value.reason == reason


def test_an_opening_on_a_closed_day_moves(house):
    """The round that was due on the study day opens on the day after; taking the days away moves it back."""
    assert house.rhythm().astimezone(AMSTERDAM).date() == date(2026, 11, 3)
    closing(house, file("DTSTART;VALUE=DATE:20261103\r\nSUMMARY:Studiedag"))
    due = house.read(lambda work: work.schedules.get(house.team_id)).next_due_at
    assert due.astimezone(AMSTERDAM).date() == date(2026, 11, 4)
    open_days_again(house.deps, chat_id=COORDINATOR, area_id=house.area_id, team_id="")
    due = house.read(lambda work: work.schedules.get(house.team_id)).next_due_at
    assert due.astimezone(AMSTERDAM).date() == date(2026, 11, 3)


def test_days_of_one_team_are_not_those_of_another(house):
    """A new file replaces the earlier one of the same team only."""
    closing(house, file(STUDY_DAY), team_id=house.team_id)
    closing(house, file(CHRISTMAS))
    closing(house, file("DTSTART;VALUE=DATE:20261118"), team_id=house.team_id)
    seen = team_days(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert [each.day for each in seen.closed] == [date(2026, 11, 18)]
    assert len(area_days(house.deps, chat_id=COORDINATOR, area_id=house.area_id).closed) == 10


def test_too_large_a_file_and_somebody_elses_team_change_nothing(house):
    """Refused before anything is read or written."""
    before = house.everything()
    with pytest.raises(CalendarUnreadable):
        closing(house, b"x" * (MOST_BYTES + 1))
    with pytest.raises(NotAllowed):
        closing(house, file(STUDY_DAY), team_id=house.other_team.id)
    with pytest.raises(NotAllowed):
        closing(house, file(STUDY_DAY), by=OTHER_COORDINATOR)
    assert house.everything() == before


def test_a_region_moves_what_falls_in_its_holidays(house):
    """Noord has its Christmas holiday from 19 December on: the weekly round moves past it."""
    house.clock.moment = datetime(2026, 12, 16, 9, 0, tzinfo=AMSTERDAM)
    house.rhythm(rhythm="intensive")
    choose_school_region(house.deps, chat_id=COORDINATOR, area_id=house.area_id, region="noord")
    due = house.read(lambda work: work.schedules.get(house.team_id)).next_due_at
    assert due.astimezone(AMSTERDAM).date() == date(2027, 1, 4)
    with pytest.raises(NotAllowed):
        choose_school_region(house.deps, chat_id=COORDINATOR, area_id=house.area_id, region="oost")


def test_quiet_times_of_a_team(house):
    """One part a day, replaced or taken away; never a whole week."""
    for weekday, part in (("monday", "ochtend"), ("monday", "middag"), ("friday", "hele dag")):
        chosen = set_team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id, weekday=weekday, part=part)
    assert chosen == ("monday-middag", "friday-hele dag")
    set_team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id, weekday="monday", part="")
    assert team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id) == ("friday-hele dag",)
    for weekday in WEEKDAYS[:-2]:
        set_team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id, weekday=weekday, part="hele dag")
    with pytest.raises(WholeWeekQuiet):
        set_team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id, weekday="thursday", part="hele dag")
