"""A Telegram that costs little: a Bot API server with people at phones in one process, `python -m bench.telegram`.

The sandbox is strict and keeps everything, and so is slower than the bots that are measured. This one believes what
it is told. It prints its port; `POST /load` lets people tap and answers with what was seen when they are done.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import deque
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench.phones import Phone, Taps, message_of
from bench.wire import Connection, Reply

MOST: Final = 100
"""Updates in one answer, as at Telegram."""
TRUE: Final = '{"ok":true,"result":true}'
ME: Final = '{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bot","username":"meetbot"}}'
STRANGER: Final = Phone(0, [])


class Server:
    """One bot's updates and calls."""

    def __init__(self) -> None:
        self._updates: deque[tuple[int, str]] = deque()
        self._next = 1
        self._asking: Reply | None = None
        """Who waits for updates."""
        self._timer: asyncio.TimerHandle | None = None
        self._taps = Taps([], self.push)
        self._loads: set[asyncio.Task[None]] = set()
        self.came_at: list[float] = []
        """When each message came that was sent to somebody of its own accord."""

    def handle(self, path: str, said: dict[str, Any], reply: Reply) -> None:
        """One request: a call of the bot, or a load to give."""
        method = path.rpartition("/")[2]
        if method == "getUpdates":
            self._give(said, reply)
        elif method in {"answerCallbackQuery", "editMessageText"}:
            phone = self._taps.take(method, said)
            reply(TRUE if phone is None or method != "editMessageText" else _shown(phone))
        elif method.startswith("send"):
            self.came_at.append(time.perf_counter())
            reply(_shown(self._taps.phones.get(int(said["chat_id"]), STRANGER)))
        elif method == "load":
            task = asyncio.create_task(self._load(said, reply))
            self._loads.add(task)
            task.add_done_callback(self._loads.discard)
        else:
            reply(ME if method == "getMe" else TRUE)

    def push(self, update: str) -> None:
        """An update for the bot."""
        self._updates.append((self._next, f'{{"update_id":{self._next},{update}'))
        self._next += 1
        if self._asking is not None and self._timer is not None:
            self._timer.cancel()
            self._timer = asyncio.get_running_loop().call_later(0, self._answer)

    def _give(self, said: dict[str, Any], reply: Reply) -> None:
        offset = int(said.get("offset") or 0)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if self._asking is not None:
            self._answer()
        self._asking = reply
        patience = 0.0 if self._updates else float(said.get("timeout") or 0)
        self._timer = asyncio.get_running_loop().call_later(patience, self._answer)

    def _answer(self) -> None:
        if self._asking is not None and self._timer is not None:
            self._timer.cancel()
            given = ",".join(update for _, update in list(self._updates)[:MOST])
            self._asking(f'{{"ok":true,"result":[{given}]}}')
            self._asking = None

    async def _load(self, said: dict[str, Any], reply: Reply) -> None:
        """Let people tap; answers with the figures. ``people``: the chat of each, and what the buttons there carry."""
        if said.get("people") is not None:
            self._taps = Taps([Phone(chat, buttons) for chat, buttons in said["people"]], self.push)
        taps, pid, warm_up, seconds = self._taps, said.get("pid"), said["warm_up"], said["seconds"]
        self.came_at.clear()
        begun, used = time.perf_counter(), asyncio.create_task(_used(pid, after=warm_up, seconds=seconds))
        if "at_once" in said:
            await taps.closed(at_once=said["at_once"], warm_up=warm_up, seconds=seconds)
        else:
            await taps.open(per_second=said["per_second"], warm_up=warm_up, seconds=seconds)
        figures = {
            "served": taps.heard.served,
            "seconds": seconds,
            "waited": taps.heard.waited,
            "unanswered": taps.waiting,
            "cpu": await used,
            "people": [(phone.chat_id, phone.buttons) for phone in taps.phones.values()],
            "came_at": [moment - begun for moment in self.came_at],
        }
        reply(json.dumps(figures))


def cpu_of(pid: int | None) -> float:
    """Seconds of processor that a process used so far; nan where the machine does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _used(pid: int | None, *, after: float, seconds: float) -> float:
    """Seconds of processor that a process uses in a while that begins later."""
    await asyncio.sleep(after)
    before = cpu_of(pid)
    await asyncio.sleep(seconds)
    return cpu_of(pid) - before


def _shown(phone: Phone) -> str:
    return f'{{"ok":true,"result":{message_of(phone)}}}'


async def serve() -> None:
    """Serve on a free port, which is printed, until the process is ended."""
    server = Server()
    listening = await asyncio.get_running_loop().create_server(partial(Connection, server.handle), "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    from uvloop import run

    run(serve())
