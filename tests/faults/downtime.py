"""F4: the bot is away for a minute, six hours, three days or forty days, just when much was due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.usecases.invite import invite_coordinator
from bot.usecases.join_team import accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from bot.usecases.snooze import snooze
from dialogues.rhythm.snooze import Snooze
from storage.rounds import Round
from storage.teams import Team
from tests.faults.invariants import broken_invariants, sent_out_of_hours
from tests.faults.outcome import Outcome
from tests.faults.people import add_lead, add_members
from tests.faults.virtual import VirtualLoop, run_virtually
from tests.faults.wire import most_in_a_second
from tests.faults.world import World
from tests.support.house import AMSTERDAM, COORDINATOR, LEAD, House, open_house

DOWN: Final = "2027-10-01 08:29"
"""The first working day of a month, a Friday: a minute later the maandbeeld and a round are due."""
LENGTHS: Final = {
    "1 min": timedelta(minutes=1, seconds=5),
    "6 u": timedelta(hours=6),
    "3 d": timedelta(days=3),
    "40 d": timedelta(days=40),
}
IN_TIME: Final = timedelta(minutes=5)
PROMPT = "Twee minuten voor een korte vraag?"


@dataclass(frozen=True, slots=True)
class Size:
    members: int
    """Of each of the three teams."""
    lengths: tuple[str, ...]
    watched: timedelta
    """How long after the five minutes nothing may come a second time."""


LONG, SHORT = Size(120, tuple(LENGTHS), timedelta(hours=1)), Size(12, ("1 min", "40 d"), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Teams:
    """What was going on when the bot went down."""

    due: list[int]
    """Their round is due while the bot is away."""
    waiting: list[int]
    """Their round has opened, and the bot died before it sent anything."""
    put_off: list[int]
    """They had their prompt and put it off until later that day."""


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The same morning four times, with another length each time."""
    outcome = Outcome(
        "F4",
        "1 minuut, 6 uur, 3 en 40 dagen weg over momenten heen",
        "wat nog geldt 1 × binnen 5 min na de start; verlopen nooit; maandbeeld 1 ×; hoogstens 30/s",
        seed,
    )
    told = []
    for name in size.lengths:
        length = LENGTHS[name]
        at = folder / name.replace(" ", "-")
        at.mkdir()
        told.append(
            run_virtually(lambda loop, name=name, length=length, at=at: _story(loop, size, outcome, at, name, length))
        )
    outcome.done = "; ".join(told)
    return outcome


async def _story(loop: VirtualLoop, size: Size, outcome: Outcome, folder: Path, name: str, length: timedelta) -> str:
    house = open_house(folder, new=True)
    teams = furnish(house, size)
    down = at_local(DOWN)
    world = World(house, start=down - timedelta(minutes=5), loop=loop, seed=outcome.seed)
    everybody = (*teams.due, *teams.waiting, *teams.put_off)
    world.phones([LEAD, *everybody, *(chats[0] - 1 for chats in (teams.due, teams.waiting, teams.put_off))])
    for chat in teams.put_off:
        put_off(house, chat)
    await world.start()
    await world.passes(minutes=4)
    await world.stop()
    world.clock.set(down)
    bring_forward(house, teams.waiting[0], to=down)
    open_due_rounds(house.deps)
    start = (down.astimezone(AMSTERDAM).replace(tzinfo=None) + length).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    world.clock.set(start)
    await world.start()
    await world.passes(seconds=IN_TIME.total_seconds())
    open_now = {each.id: each for each in open_rounds(house)}
    got = received(world, teams, since=start)
    expected = due_by(house, teams, open_now, start=start)
    outcome.must(got == expected, f"{name}: {difference(got, expected)}")
    outcome.must({about for _, about in got} <= set(open_now), f"{name}: een verlopen vraag is verstuurd")
    digests = world.shown(LEAD, "Maandbeeld september 2027")
    pictures = sum(each.content.kind == "photo" for each in digests)
    outcome.must(pictures == 1, f"{name}: {pictures} maandbeelden")
    await world.passes(seconds=size.watched.total_seconds())
    later = {key: number for key, number in received(world, teams, since=start).items() if number > 1}
    outcome.must(not later, f"{name}: later nog eens {len(later)} dubbel")
    busiest = most_in_a_second(world.wire.calls)
    outcome.must(busiest <= 30, f"{name}: {busiest} in één seconde")
    moments = [message.date for chat in everybody for message in world.shown(chat, PROMPT)]
    outcome.must(sent_out_of_hours(moments) == 0, f"{name}: I4, verstuurd buiten werktijd")
    await world.stop()
    outcome.missed += broken_invariants(house.database)
    return f"{name}: {sum(got.values())} van {sum(expected.values())} vragen, {pictures} maandbeeld, {busiest}/s"


def furnish(house: House, size: Size) -> Teams:
    """A team with a maandbeeld to come, and three teams in three states on the morning of the fault."""
    house.clock.moment = at_local("2027-09-13 09:00")
    house.furnish()
    house.stock(12)
    assert house.team is not None
    answering = add_members(house, house.team, 6, first=9000)
    about = house.open_round()
    house.send()
    for chat in answering:
        house.answer(chat, about.id)
    assert house.close(about) == "published"
    house.clock.moment = at_local("2027-09-27 08:00")
    put_off_ones = new_team(house, "Straks", "monday", size, first=30_000)
    house.clock.moment = at_local("2027-09-27 08:31")
    open_due_rounds(house.deps)
    house.send()
    house.clock.moment = at_local("2027-09-30 12:00")
    due = new_team(house, "Aan de beurt", "friday", size, first=10_000)
    waiting = new_team(house, "Geopend", "friday", size, first=20_000)
    return Teams(due, waiting, put_off_ones)


def new_team(house: House, name: str, weekday: str, size: Size, *, first: int) -> list[int]:
    """A team with a rhythm of two weeks, in an area of its own so that no round of an area comes between."""
    token = invite_coordinator(house.deps, area_name=name, municipality=name).token
    area_id = accept_invitation(house.deps, chat_id=COORDINATOR, name="C", token=token).area.id
    team: Team = make_team(house.deps, chat_id=COORDINATOR, area_id=area_id, name=name, team_label="het wijkteam")
    add_lead(house, team, first - 1)
    chats = add_members(house, team, size.members, first=first)
    put_first(house.deps, chat_id=COORDINATOR, team_id=team.id, element="trust")
    set_rhythm(house.deps, chat_id=COORDINATOR, team_id=team.id, rhythm="normal", weekday=weekday, minute=510)
    return chats


def bring_forward(house: House, member: int, *, to: datetime) -> None:
    """Let the round of this member's team be due now."""
    person = house.person(member)
    with house.storage.begin() as work:
        schedule = work.schedules.get(work.people.memberships(person.id)[0].team_id)
        assert schedule is not None
        work.schedules.put(replace(schedule, next_due_at=to))
        work.commit()


def put_off(house: House, chat: int) -> None:
    """Answer the prompt with: later today."""
    person = house.person(chat)
    about = next(each for each in house.read(lambda work: work.rounds.open_for(person.id)) if each.number > 0)
    snooze(house.deps, chat_id=chat, round_id=about.id, message_id=7, choice=Snooze.LATER_TODAY)


def open_rounds(house: House) -> list[Round]:
    """Every round that is open now, without the start rounds."""
    ids = house.rows("SELECT id FROM round WHERE state = 'open' AND number > 0")
    return [house.round(each) for (each,) in ids]


def received(world: World, teams: Teams, *, since: datetime) -> Counter[tuple[int, str]]:
    """Chat and round → how many prompts came since a moment; the round stands in the buttons."""
    found: Counter[tuple[int, str]] = Counter()
    for chat in (*teams.due, *teams.waiting, *teams.put_off):
        for message in world.shown(chat, PROMPT):
            if message.date >= since:
                found[chat, str(message.keyboard[0][0].data).split(".")[1]] += 1
    return found


def due_by(house: House, teams: Teams, open_now: dict[str, Round], *, start: datetime) -> Counter[tuple[int, str]]:
    """What must have come: each member of an open round once, and who put it off once that moment has come."""
    expected: Counter[tuple[int, str]] = Counter()
    for about in open_now.values():
        late = at_local(DOWN) + timedelta(hours=2) - timedelta(minutes=5)
        for (chat,) in house.rows(
            "SELECT chat_id FROM person JOIN roster ON person_id = person.id WHERE round_id = ?", about.id
        ):
            had_it = chat in teams.put_off and about.opens_at < at_local(DOWN)
            if chat in (*teams.due, *teams.waiting, *teams.put_off) and (not had_it or late <= start + IN_TIME):
                expected[chat, about.id] = 1
    return expected


def difference(got: Counter[tuple[int, str]], expected: Counter[tuple[int, str]]) -> str:
    """What is missing and what is too much, in numbers."""
    return f"{(expected - got).total()} te weinig, {(got - expected).total()} te veel"


def at_local(text: str) -> datetime:
    """A moment on the clock of Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)
