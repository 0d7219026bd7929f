"""Rate limits, injected faults and what a bot sees of them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, RetryAfter

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import BURST_PER_CHAT, PER_SECOND_OVERALL, Faults
from tests.sandbox.conftest import ANNA, BRAM

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox


class Stopwatch:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def passes(faults: Faults, chat_id: int) -> bool:
    try:
        faults.count(chat_id)
    except ApiError:
        return False
    return True


def test_a_chat_gets_a_small_burst_and_then_one_a_second() -> None:
    """After the burst the next message waits a second; waiting as told always helps."""
    watch = Stopwatch()
    faults = Faults(monotonic=watch)
    assert [passes(faults, 1) for _ in range(6)] == [True] * int(BURST_PER_CHAT) + [False]
    assert passes(faults, 2)
    with pytest.raises(ApiError) as refusal:
        faults.count(1)
    assert refusal.value.body() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    watch.seconds += refusal.value.retry_after or 0
    assert passes(faults, 1)


@given(st.lists(st.tuples(st.integers(1, 40), st.floats(0, 0.3)), max_size=200))
def test_never_more_than_the_overall_limit(calls: list[tuple[int, float]]) -> None:
    """Whatever the order of chats, a window of t seconds lets at most 30 + 30 t messages through."""
    watch = Stopwatch()
    faults = Faults(monotonic=watch)
    through = 0
    for chat_id, pause in calls:
        through += passes(faults, chat_id)
        assert through <= PER_SECOND_OVERALL * (1 + watch.seconds) + 1e-6
        watch.seconds += pause


async def test_a_flood_gets_429_until_the_limiter_is_off(sandbox: Sandbox) -> None:
    """A sixth message at once is refused with retry_after; editing is not counted; the limiter can be switched off."""
    await sandbox.start(ANNA, BRAM)
    for i in range(5):
        message = await sandbox.bot.send_message(ANNA, f"bericht {i}")
    with pytest.raises(RetryAfter) as refusal:
        await sandbox.bot.send_message(ANNA, "te veel")
    assert refusal.value.retry_after == timedelta(seconds=1)
    await message.edit_text("bewerken mag")
    await sandbox.http.post("/faults", json={"limiter": False})
    for i in range(10):
        await sandbox.bot.send_message(ANNA, f"vrij {i}")


async def test_injected_429_and_5xx(sandbox: Sandbox) -> None:
    """Faults strike the method and chat they are meant for, as often as asked."""
    await sandbox.start(ANNA, BRAM)
    fault = {"kind": "429", "method": "sendMessage", "chat_id": ANNA, "times": 1, "retry_after": 7}
    await sandbox.http.post("/faults", json=fault)
    await sandbox.bot.send_message(BRAM, "gaat door")
    with pytest.raises(RetryAfter) as refusal:
        await sandbox.bot.send_message(ANNA, "wacht")
    assert refusal.value.retry_after == timedelta(seconds=7)
    await sandbox.bot.send_message(ANNA, "nu wel")
    await sandbox.http.post("/faults", json={"kind": "5xx", "times": None})
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await sandbox.bot.send_message(ANNA, "kapot")
    assert (await sandbox.http.get("/faults")).json()["faults"][-1]["kind"] == "5xx"
    await sandbox.http.delete("/faults")
    await sandbox.bot.send_message(ANNA, "weer heel")


async def test_an_answer_that_gets_lost_was_still_performed(sandbox: Sandbox) -> None:
    """timeout_after sends the message and never answers; timeout_before does not send it."""
    await sandbox.start(ANNA)
    for kind, texts in (("timeout_before", []), ("timeout_after", ["dubbelzinnig"])):
        await sandbox.http.post("/faults", json={"kind": kind, "seconds": 20})
        call = asyncio.create_task(sandbox.raw("sendMessage", chat_id=ANNA, text="dubbelzinnig"))
        await sandbox.until(lambda: all(fault.times == 0 for fault in sandbox.state.faults.injected))
        await sandbox.until(lambda texts=texts: len(sandbox.state.chats[ANNA].messages) == 1 + len(texts))
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        shown = await sandbox.shown(ANNA)
        assert [message["text"] for message in shown if message["from_bot"]] == texts


async def test_a_share_of_the_calls(sandbox: Sandbox) -> None:
    """A fault with a share strikes about that part, and the same part in every run."""
    await sandbox.start(ANNA)
    await sandbox.http.post("/faults", json={"limiter": False})
    await sandbox.http.post("/faults", json={"kind": "5xx", "times": None, "share": 0.3})
    answers = [(await sandbox.raw("sendChatAction", chat_id=ANNA, action="typing"))["ok"] for _ in range(100)]
    assert 15 <= answers.count(False) <= 45


@pytest.mark.parametrize("body", [{"kind": "onweer"}, {"kind": "429", "times": "veel"}, {"kind": "5xx", "share": "x"}])
async def test_impossible_faults_are_refused(sandbox: Sandbox, body: dict[str, object]) -> None:
    """A typo in a fault is an error and injects nothing."""
    answer = await sandbox.http.post("/faults", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert (await sandbox.http.get("/faults")).json()["faults"] == []


async def test_a_second_server_cannot_take_the_port(sandbox: Sandbox) -> None:
    """A taken port is said at once, and other machines cannot be served."""
    from bot.sandbox import create_server

    start = sandbox.state.clock.now()
    with pytest.raises(OSError, match="ddress already in use"):
        create_server(start_at=start, port=int(httpx.URL(sandbox.server.url).port or 0))
    with pytest.raises(ValueError, match="this machine only"):
        create_server(start_at=start, port=0, host="192.0.2.1")
