"""One area in the school year 2026-2027: its teams, its people, and the days on which nobody is asked anything.

The calendar is written out here, day by day from public lists, so that it can contradict the product's own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.sandbox.model import Temperament
from bot.usecases.closed_days import choose_school_region, close_days
from bot.usecases.deps import Deps
from bot.usecases.describe_member import describe_member
from bot.usecases.invite import invite_coordinator, invite_to_team
from bot.usecases.join_team import accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.set_schedule import set_own_rhythm, set_rhythm, set_school_holidays
from bot.usecases.set_team_quiet import set_team_quiet
from dialogues.rhythm.quiet import QuietBlock, block
from dialogues.rhythm.recurrence import WEEKDAYS

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
BEGIN: Final = date(2026, 9, 1)
END: Final = date(2027, 8, 31)
COORDINATOR: Final = 1
FIRST_LEAD: Final = 10
FIRST_MEMBER: Final = 100
DAY: Final = timedelta(days=1)

PUBLIC: Final = frozenset(
    map(
        date.fromisoformat,
        (
            "2026-12-25",
            "2026-12-26",
            "2027-01-01",
            "2027-03-28",
            "2027-03-29",
            "2027-04-27",
            "2027-05-06",
            "2027-05-16",
            "2027-05-17",
        ),
    )
)
SCHOOL: Final = tuple(
    (date.fromisoformat(first), date.fromisoformat(last))
    for first, last in (
        ("2026-10-17", "2026-10-25"),
        ("2026-12-19", "2027-01-03"),
        ("2027-02-20", "2027-02-28"),
        ("2027-04-24", "2027-05-02"),
        ("2027-07-17", "2027-08-29"),
    )
)
"""School holidays of region Midden, first and last day."""
STUDY_DAYS: Final = tuple(
    map(date.fromisoformat, ("2026-10-06", "2026-11-19", "2027-02-03", "2027-03-15", "2027-06-22"))
)
"""Days the coordinator closes with a calendar file."""

SECTORS: Final = (
    ("jgz", "youth_nurse"),
    ("wijkteam", "team_worker"),
    ("onderwijs", "teacher"),
    ("wijkteam", "team_worker"),
    ("onderwijs", "teacher"),
)
TEMPERAMENTS: Final[tuple[Temperament, ...]] = ("positive", "mixed", "critical", "busy", "unaware", "starter")


@dataclass(frozen=True, slots=True)
class Plan:
    """How one team is set up. ``recurrence`` is for an own rhythm; ``asks`` also goes on in school holidays."""

    name: str
    members: int
    rhythm: str
    weekday: str = "tuesday"
    recurrence: str = ""
    days_before: int = 0
    minute: int = 510
    asks: bool = False
    quiet: tuple[str, str] | None = None


AREA: Final = (
    Plan("Licht", 12, "light", "monday"),
    Plan("Normaal", 14, "normal", "tuesday"),
    Plan("Intensief", 10, "intensive", "wednesday"),
    Plan("Eigen", 12, "own", recurrence="FREQ=WEEKLY;INTERVAL=3;BYDAY=TH", minute=600, quiet=("thursday", "ochtend")),
    Plan("Overleg", 12, "own", recurrence="FREQ=MONTHLY;INTERVAL=1;BYDAY=3TU", days_before=1, minute=750),
    Plan("Doorgaand", 10, "normal", "friday", minute=930, asks=True),
)
"""Six teams, seventy members."""
SMALL_AREA: Final = (Plan("Normaal", 6, "normal", "tuesday"), Plan("Doorgaand", 7, "intensive", "friday", asks=True))
"""Two teams, for a quick look."""


@dataclass(slots=True)
class Person:
    """A member with a character; everything the checks need to know is kept here beside the product."""

    chat: int
    sector: str
    temperament: Temperament
    attention: float
    """Chance that a prompt is looked at."""
    quiet: tuple[QuietBlock, ...] = ()
    away: tuple[date, date] | None = None
    """First day away and first day back."""

    def wants_rest(self, moment: datetime) -> bool:
        """Whether this moment lies in an own quiet block or an absence."""
        local = moment.astimezone(AMSTERDAM)
        minute = local.hour * 60 + local.minute
        if self.away is not None and self.away[0] <= local.date() < self.away[1]:
            return True
        name = WEEKDAYS[local.weekday()] if local.weekday() < len(WEEKDAYS) else ""
        return any(each.weekday == name and each.start <= minute < each.end for each in self.quiet)


@dataclass(slots=True)
class Group:
    """A team as it was made."""

    id: str
    plan: Plan
    lead: int
    people: dict[int, Person] = field(default_factory=dict)


WHOLE_AREA: Final = Group("", Plan("Gebied", 0, "quarter"), 0)
"""All teams together, asked about the family; it has no rhythm and no quiet times of its own."""


class SeededIds:
    """Names that follow from chance alone, so that people come in the same order every time."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def new(self) -> str:
        """A name of 22 characters."""
        return f"{self._chance.getrandbits(88):022x}"

    def token(self) -> str:
        """A name of 32 characters."""
        return f"{self._chance.getrandbits(128):032x}"


def closed(day: date, *, school: bool) -> bool:
    """Whether nobody is asked anything on this day; ``school``: school holidays count."""
    if day in PUBLIC or day in STUDY_DAYS:
        return True
    return school and any(first <= day <= last for first, last in SCHOOL)


def at_local(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in Amsterdam, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


def furnish(deps: Deps, plans: tuple[Plan, ...], chance: random.Random) -> tuple[str, list[Group]]:
    """An area with these teams, ready to begin; its id and the teams.

    The last two members of the last team are members of the first one too.
    """
    token = invite_coordinator(deps, area_name="Jaarstad", municipality="Jaarstad").token
    area_id = accept_invitation(deps, chat_id=COORDINATOR, name="C", token=token).area.id
    choose_school_region(deps, chat_id=COORDINATOR, area_id=area_id, region="midden")
    close_days(deps, chat_id=COORDINATOR, area_id=area_id, team_id="", content=study_days_file())
    groups: list[Group] = []
    chats = iter(range(FIRST_MEMBER, FIRST_MEMBER + 1000))
    for at, plan in enumerate(plans):
        team = make_team(deps, chat_id=COORDINATOR, area_id=area_id, name=plan.name, team_label="het wijkteam")
        group = Group(team.id, plan, FIRST_LEAD + at)
        accept_invitation(deps, chat_id=group.lead, name="L", token=_token(deps, team.id, "lead"))
        members = _token(deps, team.id, "member")
        known = list(groups[0].people.values())[:2] if at == len(plans) - 1 and groups else []
        for number in range(plan.members):
            person = known.pop() if known else _person(next(chats), chance)
            group.people[person.chat] = person
            _joins(deps, person, members, trade=number)
        groups.append(group)
        _choose_rhythm(deps, group)
    for person in {each.chat: each for group in groups for each in group.people.values()}.values():
        _keep_free(deps, person, chance)
    return area_id, groups


def study_days_file() -> bytes:
    """The closed days as a coordinator's calendar file."""
    events = (
        f"BEGIN:VEVENT\r\nUID:{day}@jaar\r\nDTSTAMP:20260801T000000Z\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\n"
        "SUMMARY:Studiedag\r\nEND:VEVENT\r\n"
        for day in STUDY_DAYS
    )
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//jaar\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def go_away(deps: Deps, person: Person, *, since: date, back: date) -> None:
    """Somebody is away until a day."""
    person.away = (since, back)
    with deps.storage.begin() as work:
        known = work.people.by_chat(person.chat)
        assert known is not None
        work.people.set_away(known.id, back)
        work.commit()


def _person(chat: int, chance: random.Random) -> Person:
    return Person(chat, "", chance.choice(TEMPERAMENTS), attention=chance.uniform(0.55, 0.95))


def _token(deps: Deps, team_id: str, kind: str) -> str:
    return invite_to_team(deps, chat_id=COORDINATOR, team_id=team_id, kind=kind).token


def _joins(deps: Deps, person: Person, token: str, *, trade: int) -> None:
    sector, function = SECTORS[trade % len(SECTORS)]
    if person.sector:
        sector, function = next(each for each in SECTORS if each[0] == person.sector)
    person.sector = sector
    joined = accept_invitation(deps, chat_id=person.chat, name=f"Lid {person.chat}", token=token)
    for name, value in (("sector", sector), ("function", function), ("tenure", "long")):
        describe_member(deps, chat_id=person.chat, membership_id=joined.membership_id, field=name, value=value)


def _keep_free(deps: Deps, person: Person, chance: random.Random) -> None:
    """One in three keeps one or two parts of the week free; the others keep what is usual in their sector."""
    if chance.random() > 1 / 3:
        return
    days = chance.sample(WEEKDAYS, chance.randint(1, 2))
    person.quiet = tuple(block(day, chance.choice(("ochtend", "middag", "hele dag"))) for day in days)
    with deps.storage.begin() as work:
        known = work.people.by_chat(person.chat)
        assert known is not None
        work.people.set_quiet(known.id, tuple(each.to_word() for each in person.quiet))
        work.commit()


def _choose_rhythm(deps: Deps, group: Group) -> None:
    plan, here = group.plan, {"chat_id": COORDINATOR, "team_id": group.id}
    if plan.recurrence:
        set_own_rhythm(deps, **here, recurrence=plan.recurrence, minute=plan.minute, days_before=plan.days_before)
    else:
        set_rhythm(deps, **here, rhythm=plan.rhythm, weekday=plan.weekday, minute=plan.minute)
    if plan.asks:
        set_school_holidays(deps, **here, choice="ask")
    if plan.quiet:
        set_team_quiet(deps, **here, weekday=plan.quiet[0], part=plan.quiet[1])
