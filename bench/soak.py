"""Whether the bot's memory stays what it is: ninety days of two hundred teams, in a sandbox whose clock jumps.

The sandbox is the strict one, with colleagues who answer, put off and ignore, and with Telegram's limits. The outbox
keeps its pace in real time, so a day takes as long as its messages do.
"""

from __future__ import annotations

import json
import math
import statistics
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from bench.figures import Figure
from bench.onlooker import ANSWERS, FILES, PICTURES, PROMPTS, SHARED, SNOOZES, TAPS, Onlooker
from bench.presence import memory_of, open_files_of
from bench.processes import product_in_sandbox
from bench.school_year import TEMPERAMENTS
from bench.team import COORDINATOR
from bench.town import TOKEN, StoppedClock, build, deps_in, in_memory
from bot.sandbox import SandboxUser, Temperament, create_server
from bot.sandbox.server import SandboxServer
from bot.usecases.invite import invite_to_team
from bot.usecases.join_team import accept_invitation
from dialogues.rhythm.recurrence import WEEKDAYS
from storage.base import Table

GROWTH: Final = 1.10
"""Memory at the end, over that after the first maandbeelden."""
SLOWEST: Final = 300.0
"""Milliseconds for a tap at p95, while prompts leave and maandbeelden are drawn."""
FIRST_LEAD: Final = 1_000
BEGIN: Final = datetime(2026, 9, 14, 6, 0, tzinfo=UTC)
"""A Monday: the first rounds close before the first of October, on which maandbeelden are made."""
STEP: Final = timedelta(hours=3)
"""The least that the clock jumps: what is due within it leaves together, which the outbox can keep up with."""
STUCK: Final = 1800.0
"""Real seconds after which a sandbox that does not come to rest is given up."""
FOUR_WEEKS, MONTH = 28, 30
"""Days. At least one round of each team comes out in four weeks, and every second team has a maandbeeld in a month."""
ROUNDS, MAANDBEELDEN = "rondes met een uitkomst", "maandbeelden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Who lives there and for how long. Six members with one who is busy: at the floor of five, or just over it."""

    teams: int = 200
    members: int = 6
    days: int = 90
    begin: datetime = BEGIN
    settled: int = 19
    """Days after which everything is imported and the first maandbeelden were drawn and shared."""
    rhythm: str = "normal"
    shares: int = 20
    """One lead in so many shares every maandbeeld; each of the team gets a picture that is drawn anew."""
    rest: float = 20.0
    """Real seconds before open files are counted: connections that are kept for a next call have closed by then."""
    hurry: float = 0.1
    """Factor on the 0.2 to 2 seconds in which people think. Below a half the bot lets them tap as fast as they do."""


@dataclass(slots=True)
class Lived:
    """What was seen of the process and of the people."""

    memory: dict[int, float] = field(default_factory=dict)
    """MB, by day since the beginning; the last reading of that day."""
    files: list[int] = field(default_factory=list)
    """Open ones: when everything was imported, and at the end."""
    seen: Counter[str] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    """Real seconds that each tap in a dialogue waited for its reply, the sandbox's own work included."""


def soak(size: Size | None = None) -> list[Figure]:
    """Let the days go by."""
    size = size or Size()
    return figures(live(size), size)


def live(size: Size) -> Lived:
    """Start the bot on a town of teams whose people have phones in a sandbox, and go through the days."""
    lived = Lived()
    with tempfile.TemporaryDirectory(dir=in_memory()) as name:
        folder = Path(name)
        cast = _settle(folder, size)
        server = create_server(start_at=size.begin, cast=cast, port=0, hurry=size.hurry, seed=7, token=TOKEN)
        for phone in server.state.phones.values():
            phone.started = True
        leads = frozenset(FIRST_LEAD + number for number in range(size.shares - 1, size.teams, size.shares))
        onlooker = Onlooker(server.state, sharing=leads)
        with server.in_thread(), product_in_sandbox(folder, server.url) as process:
            for day in _days(server, size):
                if day >= size.days or (day >= size.settled and not lived.files):
                    time.sleep(size.rest)
                    lived.files.append(open_files_of(process.pid))
                lived.memory[day] = memory_of(process.pid)
        lived.seen, lived.waited = onlooker.seen + _made(folder), onlooker.waited
    return lived


def figures(lived: Lived, size: Size) -> list[Figure]:
    """Memory and files at the end beside those at the start, and that there was a life in between."""
    first = next(day for day in sorted(lived.memory) if day >= size.settled)
    last = max(lived.memory)
    people = size.teams * size.members
    rounds, maandbeelden = size.days // FOUR_WEEKS * size.teams, size.days // MONTH * size.teams // 2
    marks = {
        ROUNDS: rounds,
        PROMPTS: rounds * size.members,
        ANSWERS: rounds * size.members // 2,
        SNOOZES: rounds // 12,
        MAANDBEELDEN: maandbeelden,
        SHARED: maandbeelden // (2 * size.shares),
        PICTURES: maandbeelden,
    }
    where = f"na {last} dagen met {size.teams} teams en {people} leden"
    return [
        Figure(what=f"geheugen na {first} dagen", measured=lived.memory[first], unit="MB"),
        Figure(what=f"geheugen {where}", measured=lived.memory[last], unit="MB"),
        Figure(
            what=f"geheugen {where}, keer dat na {first} dagen",
            measured=lived.memory[last] / lived.memory[first],
            unit="×",
            mark=GROWTH,
            digits=3,
        ),
        Figure(
            what=f"open bestanden erbij sinds dag {first}",
            measured=lived.files[-1] - lived.files[0],
            unit="",
            mark=0,
            digits=0,
        ),
        Figure(
            what=f"p95 van {len(lived.waited)} tikken in die tijd, met de proeftuin erbij",
            measured=statistics.quantiles(lived.waited or [math.inf] * 2, n=20)[18] * 1000,
            unit="ms",
            mark=SLOWEST,
        ),
        *(
            Figure(
                what=f"intussen: {what}",
                measured=lived.seen[what],
                unit="",
                mark=marks.get(what),
                at_least=True,
                digits=0,
            )
            for what in (ROUNDS, PROMPTS, TAPS, ANSWERS, SNOOZES, MAANDBEELDEN, SHARED, PICTURES, FILES)
        ),
    ]


def _settle(folder: Path, size: Size) -> tuple[SandboxUser, ...]:
    """Teams that begin their first round on a day of the first week, each with a lead; everybody's phone."""
    chats = build(
        folder,
        teams=size.teams,
        members=size.members,
        weekdays=WEEKDAYS,
        rhythm=size.rhythm,
        moment=size.begin,
    )
    deps = deps_in(folder, StoppedClock(size.begin))
    with deps.storage.begin() as work:
        teams = work.teams.in_area(work.teams.areas()[0].id)
    leads = range(FIRST_LEAD, FIRST_LEAD + len(teams))
    for lead, team in zip(leads, teams, strict=True):
        token = invite_to_team(deps, chat_id=COORDINATOR, team_id=team.id, kind="lead").token
        accept_invitation(deps, chat_id=lead, name=f"Teamleider {lead}", token=token)
    deps.storage.engine.dispose()
    members = [
        SandboxUser(id=chat, name=f"Lid {chat}", auto=True, temperament=_temperament(number, size))
        for number, chat in enumerate(chats)
    ]
    quiet = [SandboxUser(id=chat, name=f"Naam {chat}") for chat in (COORDINATOR, *leads)]
    return (*members, *quiet)


def _temperament(number: int, size: Size) -> Temperament:
    """Every team has one of each, and not always in the same trade."""
    return TEMPERAMENTS[(number + number // size.members) % len(TEMPERAMENTS)]


def _days(server: SandboxServer, size: Size) -> Iterator[int]:
    """Jump from one due moment to the next, each time when everybody is done; gives how many days have gone by."""
    end = size.begin + timedelta(days=size.days)
    while True:
        shown = _at_rest(server.url)
        now = datetime.fromisoformat(shown["now"])
        yield (now - size.begin).days
        if now >= end:
            return
        planned = datetime.fromisoformat(shown["next"]) + timedelta(seconds=1) if shown["next"] else end
        _jump(server.url, min(max(planned, now + STEP), end))


def _at_rest(url: str) -> dict[str, Any]:
    """Wait until bot and people are done."""
    for _ in range(round(STUCK / 30)):
        with urllib.request.urlopen(f"{url}/clock/settled?timeout=30", timeout=60) as answer:  # noqa: S310 - this machine
            shown: dict[str, Any] = json.loads(answer.read())
        if shown["settled"]:
            return shown
    raise TimeoutError("de proeftuin komt niet tot rust")


def _jump(url: str, moment: datetime) -> None:
    asked = urllib.request.Request(f"{url}/clock", data=json.dumps({"at": moment.isoformat()}).encode())  # noqa: S310
    with urllib.request.urlopen(asked, timeout=60):  # noqa: S310
        pass


def _made(folder: Path) -> Counter[str]:
    """Rounds that were published and maandbeelden that were written."""
    tables = Table.metadata.tables
    deps = deps_in(folder, StoppedClock(BEGIN))
    with deps.storage.engine.connect() as connection:
        made = Counter({
            what: connection.execute(select(func.count()).select_from(tables[table])).scalar_one()
            for what, table in ((ROUNDS, "publication"), (MAANDBEELDEN, "maandbeeld"))
        })  # fmt: skip
    deps.storage.engine.dispose()
    return made
