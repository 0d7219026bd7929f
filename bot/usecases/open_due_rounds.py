"""The initiative of the bot: a schedule that is due opens a round, and its prompts go into the outbox (DSS §3.12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from bot.usecases.asked import Asked, members_asked
from bot.usecases.asking_after import note_check
from bot.usecases.cadences import cadence_of, window_of
from bot.usecases.calendars import team_calendar
from bot.usecases.definitions import keep_words
from bot.usecases.deps import Deps
from bot.usecases.empty_team import say_nobody_was_asked
from bot.usecases.free_moments import question_moments
from bot.usecases.one_by_one import one_by_one
from bot.usecases.promises import promise_for
from bot.usecases.roster import roster_mark
from bot.usecases.second_chance import waiting_round
from bot.usecases.topics import STILL_STANDING, choosable, topic_for, wishes
from dialogues.rhythm.cadence import WINDOW_CHOICES, Window
from dialogues.rhythm.rotation import Topic
from storage.deliveries import Delivery
from storage.people import Person
from storage.rounds import Round
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

LEAST_WINDOW: Final = timedelta(days=WINDOW_CHOICES[0] + 1)
"""From a late opening to the next one: room for the shortest window, and the day between two rounds."""


def open_due_rounds(deps: Deps) -> int:
    """Open a round for every schedule that is due; returns how many were opened.

    1. Read which schedules are due. 2. For each, in a transaction of its own, claim the due moment by a conditional
    update that one process can win. 3. In that same transaction add the round, its roster, prompts and reminders.
    A crash before the commit leaves the schedule due; after it, everything is in the outbox.
    """
    with deps.storage.begin() as work:
        due = work.schedules.due(deps.now())
    return one_by_one(due, partial(_open, deps))


def _open(deps: Deps, seen: Schedule) -> bool:
    """Open the round of one schedule, as it is now: a coordinator may have changed it since it was seen to be due."""
    with deps.storage.begin() as work:
        due_at, team = seen.next_due_at, work.teams.get(seen.team_id)
        schedule = work.schedules.get(seen.team_id)
        if due_at is None or team is None or schedule is None or schedule.next_due_at != due_at:
            return False
        if not team_calendar(work, team, schedule).is_open(deps.today()):
            return _wait_for_an_open_day(work, deps, schedule, team, due_at)
        members = members_asked(work, deps, team)
        key = work.keys.take() if members else None
        if members and key is None:  # the opener makes more; until then the rest of the work would be for nothing
            return False
        span, next_due_at = _span(work, deps, schedule, team, due_at)
        opens_at = deps.now()
        topic = topic_for(
            work, deps, team=team, schedule=schedule, opens_at=opens_at, following=_day(deps, next_due_at)
        )
        left = wishes(schedule).after(topic.element, today=deps.today()) if members else wishes(schedule)
        there = choosable(deps)
        cadence = cadence_of(deps, schedule, team_calendar(work, team, schedule))
        claimed = work.schedules.claim(
            team.id,
            due_at=due_at,
            next_due_at=next_due_at,
            number=schedule.number + 1,
            first=tuple(each for each in left.first if each in there),
            aside={element: until.isoformat() for element, until in left.aside.items() if element in there},
            meeting_on=cadence.meeting_after(due_at),
        )
        if not claimed:
            return False
        if key is not None:
            about = _round(
                work,
                deps,
                schedule=schedule,
                team=team,
                opens_at=opens_at,
                span=span,
                key=key,
                topic=topic,
                members=members,
            )
            work.rounds.add(about)
            note_check(work, deps, about)
            deps.storage.keys.make_for_round(about.key_id)
            _ask(work, deps, about, members)
        elif team.scope == "team":
            say_nobody_was_asked(work, deps, team, next_due_at=next_due_at)
        work.commit()
        return key is not None


def _wait_for_an_open_day(work: Work, deps: Deps, schedule: Schedule, team: Team, due_at: datetime) -> bool:
    """A round that could not open on its day, for nothing ran, does not open in a holiday after it. Always False."""
    day = team_calendar(work, team, schedule).next_open(deps.today())
    until = datetime.combine(day, time(*divmod(schedule.minute, 60)), deps.zone)
    if work.schedules.put_off(team.id, due_at=due_at, until=until):
        work.commit()
    return False


def _span(work: Work, deps: Deps, schedule: Schedule, team: Team, due_at: datetime) -> tuple[Window, datetime]:
    """How long this round stays open, and the next opening in step with it.

    A round that opens on its day makes room for the next one, also where a holiday brings the two closer together.
    So does one that opens late, when that leaves at least three days to answer in: a bot that was away for a day skips
    no week. Otherwise it keeps its days, and what it overlaps is passed over.
    """
    calendar = team_calendar(work, team, schedule)
    cadence = cadence_of(deps, schedule, calendar)
    following = cadence.next_due(max(due_at, deps.now()), previous=due_at)
    makes_room = deps.today() == _day(deps, due_at) or following - deps.now() > LEAST_WINDOW
    span = window_of(deps, schedule, calendar, opens_at=deps.now(), following=following if makes_room else None)
    return span, cadence.next_due(max(due_at, span.closes_at), previous=due_at)


def _day(deps: Deps, moment: datetime) -> date:
    return moment.astimezone(deps.zone).date()


def _round(
    work: Work,
    deps: Deps,
    *,
    schedule: Schedule,
    team: Team,
    opens_at: datetime,
    span: Window,
    key: tuple[str, bytes],
    topic: Topic,
    members: Asked,
) -> Round:
    asked = STILL_STANDING if topic.still else topic.element
    waiting = waiting_round(work, deps, team.id, opens_at=opens_at)
    promise = promise_for(work, deps, team=team, members=members, waiting=waiting)
    return Round(
        id=deps.ids.new(),
        team_id=team.id,
        number=schedule.number + 1,
        element=asked,
        subject=topic.element if topic.still else "",
        way=schedule.way,
        dialogue_version=deps.library.get(asked).version,
        rule=str(promise.rule),
        split=str(promise.split),
        floor=promise.floor,
        few_changed=promise.few_changed,
        state="open",
        opens_at=opens_at,
        closes_at=span.closes_at,
        remind_at=span.remind_at,
        key_id=key[0],
        public_key=key[1],
        sector_sizes=dict(Counter(str(membership.sector) for _, membership in members)),
        predecessor_id=waiting.id if waiting else None,
        dialogue_digest=keep_words(work, deps, element=asked),
        roster_digest=roster_mark(members),
    )


def _ask(work: Work, deps: Deps, about: Round, members: Asked) -> None:
    """The roster first: under which sector somebody is asked tells their usual quiet times."""
    sectors = {person.id: str(membership.sector) for person, membership in members}
    work.rounds.add_all_to_roster(about.id, sectors)
    rows = (row for person, _ in members for row in _rows(work, deps, about, person, sector=sectors[person.id]))
    work.deliveries.add_all(rows)


def _rows(work: Work, deps: Deps, about: Round, person: Person, *, sector: str) -> Iterator[Delivery]:
    """Each due at the first moment that fits the person; with none before the close, it expires there unsent."""
    prompt_at, reminder_at = question_moments(work, deps, about, person, sector=sector)
    for kind, due_at in (("prompt", prompt_at), ("reminder", reminder_at)):
        if due_at is not None:
            yield Delivery(
                id=deps.ids.new(),
                key=f"{kind}:{about.id}:{person.id}",
                person_id=person.id,
                kind=kind,
                subject=about.id,
                due_at=due_at,
                valid_until=about.closes_at,
            )
