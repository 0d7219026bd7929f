"""F5: three years of rounds, with both clock changes, month ends, a leap day, and a clock that is wrong now and then.

The calendar says how many rounds there must be: one for each team in each of its periods (a week, two weeks, a month).
A round that opens late because the clock stood wrong belongs to the period in which it was due.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.housekeeping import tidy, upcoming
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import fill_stock, release_due
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from tests.faults.invariants import broken_invariants, sent_out_of_hours
from tests.faults.outcome import Outcome
from tests.faults.people import add_members
from tests.support.house import AMSTERDAM, COORDINATOR, House, open_house

BEGIN: Final = date(2026, 1, 5)
"""A Monday; the years hold 29-3 and 25-10-2026 and 29-2-2028."""
STEPS: Final = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1))
STRIDE: Final = timedelta(hours=8)
"""The longest the clock goes between two ticks; at every planned moment there is one too."""
MEMBERS: Final = 5
"""Of each team; enough for an overview."""
RHYTHMS: Final = {"intensive": "tuesday", "normal": "thursday", "light": "monday"}


@dataclass(frozen=True, slots=True)
class Size:
    days: int


LONG, SHORT = Size(3 * 366), Size(49)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Tick through the years; about once a month the clock is an hour or a day wrong for a while."""
    outcome = Outcome(
        "F5",
        "beide klokwissels, maandeinden, 29-2, klok ±1 uur en ±1 dag",
        "aantal rondes = kalender (0 te weinig, 0 dubbel); 0 verstuurd in stille uren",
        seed,
    )
    chance = random.Random(seed)
    house = open_house(folder, new=True)
    house.clock.moment = at_local(BEGIN, 7)
    house.furnish()
    teams = {rhythm: new_team(house, rhythm, first=10_000 * (1 + at)) for at, rhythm in enumerate(RHYTHMS)}
    sent: list[datetime] = []
    members = [chat for at in range(len(RHYTHMS)) for chat in range(10_000 * (1 + at), 10_000 * (1 + at) + MEMBERS)]
    ticks, steps = live(house, members, until=at_local(BEGIN + timedelta(days=size.days), 7), chance=chance, sent=sent)

    told = []
    for rhythm, team_id in teams.items():
        opened = [datetime.fromisoformat(each).replace(tzinfo=UTC) for (each,) in openings(house, team_id)]
        got = Counter(period(rhythm, each.astimezone(AMSTERDAM).date()) for each in opened)
        expected = Counter(due_periods(rhythm, size.days))
        missing, double = (expected - got).total(), (got - expected).total()
        outcome.must(missing == double == 0, f"{rhythm}: {missing} te weinig, {double} te veel")
        told.append(f"{rhythm} {got.total()} van {expected.total()}")
    quiet = sent_out_of_hours(sent)
    outcome.done = (
        f"{size.days} dagen, {ticks} tikken, {steps} klokstappen; {', '.join(told)}; "
        f"{len(sent)} verstuurd, {quiet} in stille uren"
    )
    outcome.must(quiet == 0, f"{quiet} verstuurd in stille uren")
    outcome.must(bool(sent), "er is niets verstuurd")
    outcome.missed += broken_invariants(house.database)
    return outcome


def live(
    house: House, members: list[int], *, until: datetime, chance: random.Random, sent: list[datetime]
) -> tuple[int, int]:
    """Tick until a moment; returns how many ticks and how many clock steps there were."""
    ticks = steps = 0
    now, wrong, next_change = house.clock.moment, timedelta(), house.clock.moment + timedelta(days=9)
    while now < until:
        house.clock.moment = now + wrong
        fill_stock(house.deps)
        release_due(house.deps)
        opened = open_due_rounds(house.deps)
        compose_due_maandbeelden(house.deps)
        tidy(house.deps)
        sent += [now + wrong] * len(house.send())
        if opened:
            everybody_answers(house, members)
        ticks += 1
        planned = upcoming(house.deps).next
        ahead = STRIDE if planned is None else max(planned - (now + wrong), timedelta(minutes=1))
        now += min(STRIDE, ahead)
        if now >= next_change:
            steps += 1
            wrong = timedelta() if wrong else chance.choice(STEPS)
            next_change = now + (
                timedelta(hours=chance.randint(2, 40)) if wrong else timedelta(days=chance.randint(20, 40))
            )
    return ticks, steps


def everybody_answers(house: House, members: list[int]) -> None:
    """One tap in every open round, or the bot would ask less often by itself."""
    for chat in members:
        person = house.person(chat)
        assert person is not None
        for about in house.read(lambda work, person=person: work.rounds.open_for(person.id)):
            if about.number > 0 and about.closes_at > house.clock.now():
                view = house.start(chat, about.id)
                scale = next((button.tap for button in view.screen.buttons if button.tap.choice == "3"), None)
                if scale is not None:
                    house.give(chat, view, scale)


def new_team(house: House, rhythm: str, *, first: int) -> str:
    """A team with this rhythm; its id."""
    team = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=rhythm, team_label="het wijkteam")
    add_members(house, team, MEMBERS, first=first)
    put_first(house.deps, chat_id=COORDINATOR, team_id=team.id, element="trust")
    set_rhythm(house.deps, chat_id=COORDINATOR, team_id=team.id, rhythm=rhythm, weekday=RHYTHMS[rhythm], minute=510)
    return team.id


def openings(house: House, team_id: str) -> list[tuple[str]]:
    """When this team's rounds opened."""
    return house.rows("SELECT opens_at FROM round WHERE team_id = ? AND number > 0", team_id)


def period(rhythm: str, day: date) -> str:
    """The week, the pair of weeks or the month that a day belongs to, in the team's own count."""
    if rhythm == "light":
        return f"{day:%Y-%m}"
    weeks = (day - BEGIN).days // 7
    return f"week {weeks if rhythm == 'intensive' else weeks // 2}"


def due_periods(rhythm: str, days: int) -> list[str]:
    """Every period in which a round must open, by counting days on a calendar."""
    weekday = {"monday": 0, "tuesday": 1, "thursday": 3}[RHYTHMS[rhythm]]
    found = []
    for number in range(days):
        day = BEGIN + timedelta(days=number)
        first_of_month = day.day <= 7
        if day.weekday() == weekday and (rhythm != "light" or first_of_month):
            found.append(period(rhythm, day))
    return list(dict.fromkeys(found))


def at_local(day: date, hour: int) -> datetime:
    """An hour of a day in Amsterdam."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM).astimezone(UTC)
