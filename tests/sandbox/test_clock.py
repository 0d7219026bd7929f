"""The sandbox clock: it runs, jumps, hears what comes next, and knows when everybody is done."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.clock import Announcement, SandboxClock
from bot.sandbox.stepping import RUSH
from tests.sandbox.conftest import ANNA, START

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

HOUR = timedelta(hours=1)


class TickingBot:
    """Plays the bot's side: after every change of the clock it announces the next of its moments.

    `seen` holds the moments it was woken for in time.
    """

    def __init__(self, sandbox: Sandbox, moments: list[datetime], maandbeeld: datetime) -> None:
        self.sandbox = sandbox
        self.moments = moments
        self.maandbeeld = maandbeeld
        self.seen: list[datetime] = []
        self.rush: set[float] = set()

    async def run(self) -> None:
        while True:
            now = datetime.fromisoformat((await self.sandbox.http.get("/clock")).json()["now"])
            self.rush.add(self.sandbox.state.rush)
            last = self.sandbox.state.changes.last
            self.seen += [moment for moment in self.moments if moment <= now < moment + HOUR]
            self.moments = [moment for moment in self.moments if moment > now]
            await announce(self.sandbox, now, self.moments[0] if self.moments else None, self.maandbeeld)
            await self.sandbox.state.changes.wait_until(
                lambda last=last: any(change.kind == "clock" for change in self.sandbox.state.changes.since(last)),
                seconds=30,
            )


async def announce(
    sandbox: Sandbox, as_of: datetime, coming: datetime | None, maandbeeld: datetime | None = None, *, idle: bool = True
) -> dict[str, Any]:
    said = {
        "as_of": as_of.isoformat(),
        "next": coming.isoformat() if coming else None,
        "maandbeeld": maandbeeld.isoformat() if maandbeeld else None,
        "idle": idle,
    }
    return (await sandbox.http.post("/clock", json={"announce": said})).json()


def test_the_clock_never_runs_backwards_unless_asked() -> None:
    """Jumps go forward; going back is refused, or forgets what was announced."""
    clock = SandboxClock(START)
    assert clock.jump(START + HOUR)
    assert not clock.jump(START)
    assert clock.now() >= START + HOUR
    clock.announced = Announcement(clock.now(), None, None, idle=True)
    assert clock.jump(START, allow_backwards=True)
    assert clock.announced is None
    with pytest.raises(ValueError, match="aware"):
        SandboxClock(datetime(2026, 9, 1))  # noqa: DTZ001 - the mistake this is about


async def test_moving_the_clock(sandbox: Sandbox) -> None:
    """Ahead by seconds and to a moment; backwards only when allowed; nonsense is refused, with the clock told."""
    moved = (await sandbox.http.post("/clock", json={"advance_seconds": 86_400})).json()
    assert datetime.fromisoformat(moved["now"]) >= START + 24 * HOUR
    assert (moved["sandbox"], moved["moved"]) == (True, True)
    back = {"at": START.isoformat()}
    assert (await sandbox.http.post("/clock", json=back)).status_code == 409
    assert (await sandbox.http.post("/clock", json={**back, "allow_backwards": True})).status_code == 200
    for body in ({}, {"advance_seconds": -1}, {"advance_seconds": True}, {"at": "morgen"}, {"at": "2026-09-01T08:00"}):
        refused = await sandbox.http.post("/clock", json=body)
        assert refused.status_code == 400
        assert "now" in refused.json()


async def test_settled_means_that_nothing_is_under_way(sandbox: Sandbox) -> None:
    """Not before the bot announces; not while it sends, lags, is overdue or has an update, or a colleague is busy."""
    assert (await sandbox.http.get("/clock")).json()["settled"] is False
    now = sandbox.state.clock.now
    assert (await announce(sandbox, now(), now() + HOUR))["settled"] is True
    assert (await announce(sandbox, now(), now() + HOUR, idle=False))["settled"] is False
    assert (await announce(sandbox, now(), now() - HOUR))["settled"] is False
    sandbox.state.busy.add(ANNA)
    assert (await announce(sandbox, now(), None))["settled"] is False
    sandbox.state.busy.discard(ANNA)
    assert (await announce(sandbox, now(), None))["settled"] is True
    await sandbox.http.post("/clock", json={"advance_seconds": 1})
    assert (await sandbox.http.get("/clock")).json()["settled"] is False
    assert (await announce(sandbox, now(), None))["settled"] is True
    await sandbox.phone(ANNA, "send", text="/start")
    assert (await announce(sandbox, now(), None))["settled"] is False
    (update,) = await sandbox.bot.get_updates(timeout=5)
    await sandbox.confirm(update.update_id)
    assert (await sandbox.http.get("/clock")).json()["settled"] is False
    assert (await announce(sandbox, now(), None))["settled"] is True


async def test_waiting_until_all_is_settled(sandbox: Sandbox) -> None:
    """A wait ends as soon as the bot has caught up."""
    waiting = asyncio.create_task(sandbox.http.get("/clock/settled", params={"timeout": 20}))
    now = sandbox.state.clock.now()
    await announce(sandbox, now, now + HOUR)
    assert (await waiting).json()["settled"] is True


async def test_a_look_waits_until_somebody_waits_for_the_bot(sandbox: Sandbox) -> None:
    """Not while the bot has caught up, nor when nobody asks; then at once, and it is told the moment of then."""
    now = sandbox.state.clock.now()
    await announce(sandbox, now, now + HOUR)
    assert not sandbox.state.awaits_the_bot()
    looking = asyncio.create_task(sandbox.http.get("/clock", params={"patience": 20}))
    await sandbox.http.post("/clock", json={"advance_seconds": 60})
    assert not sandbox.state.awaits_the_bot()
    settling = asyncio.create_task(sandbox.http.get("/clock/settled", params={"timeout": 20}))
    shown = (await looking).json()
    assert shown["settled"] is False
    assert datetime.fromisoformat(shown["now"]) >= now + timedelta(minutes=1)
    await announce(sandbox, sandbox.state.clock.now(), None)
    assert (await settling).json()["settled"] is True
    assert not sandbox.state.awaits_the_bot()


async def test_to_the_next_moment(sandbox: Sandbox) -> None:
    """The clock lands just past what the bot announced; without a bot it says so."""
    now = sandbox.state.clock.now()
    await announce(sandbox, now, START + 3 * HOUR)
    moved = (await sandbox.http.post("/clock", json={"to": "next"})).json()
    assert START + 3 * HOUR < datetime.fromisoformat(moved["now"]) < START + 4 * HOUR
    await announce(sandbox, sandbox.state.clock.now(), None)
    refused = await sandbox.http.post("/clock", json={"to": "next"})
    assert refused.status_code == 409
    assert refused.json()["error"] == "no bot has announced its next moment yet"


async def test_to_the_maandbeeld_passes_every_moment_in_turn(sandbox: Sandbox) -> None:
    """The walk stops at each moment until the bot is done, hurries the colleagues, and ends past the maandbeeld."""
    moments = [START + n * 24 * HOUR for n in range(1, 6)]
    bot = TickingBot(sandbox, list(moments), maandbeeld=moments[3])
    running = asyncio.create_task(bot.run())
    answer = (await sandbox.http.post("/clock", json={"to": "maandbeeld"})).json()
    running.cancel()
    assert answer["moved"] is True
    assert answer["settled"] is True
    assert bot.seen == moments[:4]
    assert bot.rush >= {RUSH}
    assert sandbox.state.rush == 1.0
    assert moments[3] <= datetime.fromisoformat(answer["now"]).astimezone(UTC) < moments[4]


async def test_one_walk_at_a_time(sandbox: Sandbox) -> None:
    """While the clock walks, other jumps are refused."""
    await announce(sandbox, sandbox.state.clock.now(), START + HOUR, START + 2 * HOUR, idle=False)
    walk = asyncio.create_task(sandbox.http.post("/clock", json={"to": "maandbeeld"}))
    while not (await sandbox.http.get("/clock")).json()["walking"]:
        assert not walk.done()
    for body in ({"to": "next"}, {"advance_seconds": 5}):
        assert (await sandbox.http.post("/clock", json=body)).status_code == 409
    walk.cancel()
    await asyncio.gather(walk, return_exceptions=True)


async def test_people_who_tap_faster_than_people_are_in_a_hurry(sandbox):
    """Colleagues without thinking time, and phones without a limit: the clock says so to the bot."""
    sandbox.state.hurry = 1.0
    assert (await sandbox.http.get("/clock")).json()["in_a_hurry"] is False
    sandbox.state.hurry = 0.1
    assert (await sandbox.http.get("/clock")).json()["in_a_hurry"] is True
    sandbox.state.hurry, sandbox.state.faults.limiter = 1.0, False
    assert (await sandbox.http.get("/clock")).json()["in_a_hurry"] is True
