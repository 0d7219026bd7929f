"""Following the clock of a sandbox: only one on this machine, and a silence is no disaster."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot import following
from bot.following import FollowedClock
from bot.usecases.housekeeping import Upcoming
from bot.whose_clock import sandbox_clock

THEN = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
TICK = timedelta(minutes=1)


def clock_that_answers(answer):
    """A followed clock whose sandbox answers so; and what was asked."""
    asked = []

    def reply(request):
        asked.append(request)
        return answer(request) if callable(answer) else answer

    http = httpx.AsyncClient(base_url="http://127.0.0.1:1", transport=httpx.MockTransport(reply))
    return FollowedClock(http), asked


async def test_the_time_is_that_of_the_sandbox_and_goes_on():
    """A look sets it; between two looks real time passes."""
    clock, _ = clock_that_answers(httpx.Response(200, json={"now": THEN.isoformat()}))
    assert await clock.look()
    first, second = clock.now(), clock.now()
    assert THEN <= first <= second < THEN + TICK
    await clock.close()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(200, text="?"),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"now": "x"}),
    ],
)
async def test_a_sandbox_that_says_nothing_useful_changes_nothing(answer):
    """The clock runs on from where it was."""
    clock, _ = clock_that_answers(answer)
    before = clock.now()
    assert not await clock.look()
    assert before <= clock.now() < before + TICK
    await clock.close()


async def test_what_is_planned_is_announced():
    """The next moments as ISO, or null; a sandbox that is away is no error."""
    clock, asked = clock_that_answers(httpx.Response(200))
    await clock.announce(Upcoming(THEN, None, idle=True), as_of=THEN, idle=False)
    said = json.loads(asked[0].content)["announce"]
    assert said == {"as_of": THEN.isoformat(), "next": THEN.isoformat(), "maandbeeld": None, "idle": False}
    await clock.close()

    def gone(_request):
        raise httpx.ConnectError("weg")

    clock, _ = clock_that_answers(gone)
    await clock.announce(Upcoming(None, None, idle=True), as_of=THEN, idle=True)
    await clock.close()


@pytest.mark.parametrize(
    "address", ["https://api.telegram.org", "http://10.0.0.5:8080", "http://sandbox.example", "http://0.0.0.0:1"]
)
async def test_an_address_elsewhere_is_never_asked_for_its_clock(address, monkeypatch):
    """Real Telegram has no clock to follow, and nobody else's word is taken for the time."""

    def refuse(*_arguments, **_keywords):
        raise AssertionError("asked")

    monkeypatch.setattr(following.httpx, "AsyncClient", refuse)
    assert await sandbox_clock(address) is None


async def test_another_server_on_this_machine_is_no_sandbox(monkeypatch):
    """A local Bot API server has no clock that says it is a sandbox."""
    real = httpx.AsyncClient
    for answer in (httpx.Response(404), httpx.Response(200, json=[]), httpx.Response(200, json={"sandbox": False})):
        transport = httpx.MockTransport(lambda _request, answer=answer: answer)
        monkeypatch.setattr(
            following.httpx, "AsyncClient", lambda transport=transport, **given: real(transport=transport, **given)
        )
        assert await sandbox_clock("http://127.0.0.1:9") is None


async def test_a_sandbox_says_whether_its_people_are_in_a_hurry():
    """Then no limit on taps holds; a sandbox that says nothing of it, and real Telegram, have people of flesh."""
    for said, hurried in (({"in_a_hurry": True}, True), ({"in_a_hurry": False}, False), ({}, False)):
        clock, _ = clock_that_answers(httpx.Response(200, json={"now": THEN.isoformat(), **said}))
        assert clock.in_a_hurry is False
        await clock.look()
        assert clock.in_a_hurry is hurried
        await clock.close()
