"""What comes for a team, as a list and as a calendar file: openings with their topic, closes, the maandbeeld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.cadences import maandbeeld_after, window_of
from bot.usecases.calendars import team_calendar
from bot.usecases.deps import Deps
from bot.usecases.see_topics import coming_rounds
from bot.usecases.set_schedule import schedule_of

ROUNDS: Final = 4
MAANDBEELDEN: Final = 2
_MADE_BY: Final = "-//Even Stilstaan//NL"


class Happening(StrEnum):
    """What a line of the agenda is about."""

    OPENS = "opens"
    CLOSES = "closes"
    MAANDBEELD = "maandbeeld"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One moment that will come by itself."""

    at: datetime
    what: Happening
    title: str
    """Title of the topic; '' for a maandbeeld."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The coming moments of one team, in order."""

    team_id: str
    team: str
    """Its name."""
    appointments: tuple[Appointment, ...]


def see_agenda(deps: Deps, *, chat_id: int, team_id: str) -> Agenda:
    """What comes for a team, for its coordinator; empty when no rhythm runs. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        schedule = schedule_of(work, team)
        calendar = team_calendar(work, team, schedule)
        coming = []
        for about in work.rounds.open_of(team.id):
            element = about.subject or about.element
            if about.closes_at > deps.now() and element in deps.library.definitions:
                coming.append(Appointment(about.closes_at, Happening.CLOSES, deps.library.get(element).title))
        for (opens_at, topic), (following, _) in pairwise(coming_rounds(work, deps, team, schedule, number=ROUNDS + 1)):
            title = deps.library.get(topic.element).title
            span = window_of(deps, schedule, calendar, opens_at=opens_at, following=following)
            coming.append(Appointment(opens_at, Happening.OPENS, title))
            coming.append(Appointment(span.closes_at, Happening.CLOSES, title))
        due = schedule.maandbeeld_due_at
        for _ in range(MAANDBEELDEN if due is not None and schedule.next_due_at is not None else 0):
            assert due is not None  # noqa: S101 - asked just above
            coming.append(Appointment(due, Happening.MAANDBEELD, ""))
            due = maandbeeld_after(deps, schedule, calendar, after=due)
        return Agenda(team.id, team.name, tuple(sorted(coming, key=lambda each: each.at)))


def agenda_file(deps: Deps, *, chat_id: int, team_id: str, words: Mapping[Happening, str]) -> bytes:
    """The agenda as an .ics file; ``words`` name what happens. Raises NotAllowed.

    An event keeps its name (UID) as long as it lies at the same moment, so importing twice does not double it, also
    when the team is called something else by then.
    """
    from icalendar import Calendar, Event  # only a file needs them

    agenda = see_agenda(deps, chat_id=chat_id, team_id=team_id)
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    for each in agenda.appointments:
        event = Event()
        event.add("uid", f"{each.what}-{each.at:%Y%m%dT%H%M}-{agenda.team_id}@even-stilstaan")
        event.add("dtstamp", deps.now())
        event.add("dtstart", each.at)
        summary = f"{words[each.what]}: {each.title}" if each.title else words[each.what]
        event.add("summary", f"{summary} ({agenda.team})")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
