"""Whether a thousand prompts keep the pace that Telegram allows, and whether whoever taps meanwhile waits for them."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.processes import Seen, product, telegram
from bench.town import TUESDAY, StoppedClock, build, deps_in, in_memory, open_rounds
from bot.chat.callback_data import PromptTap, encode
from bot.usecases.due_message import PromptMessage
from bot.usecases.send_due import begin_sending, lease_due, mark_sent

ALLOWED: Final = 30.0
"""Messages a second that Telegram takes from one bot."""
SLOWER: Final = 1.05
LONGEST_P95: Final = 300.0
"""Milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Who gets a prompt, and who has had one and taps: so many times a second, all together."""

    prompts: int = 1000
    tappers: int = 100
    per_team: int = 10
    per_second: float = 20.0
    start: float = 5.0
    """Seconds for the bot to start in, of which the taps do not count."""


def prompts(size: Size | None = None) -> list[Figure]:
    """Start the bot while a thousand prompts are due and people are tapping."""
    size = size or Size()
    ideal = size.prompts / ALLOWED
    with tempfile.TemporaryDirectory() as folder:
        people = _town(Path(folder), size)
        with telegram() as at, product(Path(folder), at) as process:
            seen = at.load(
                people=people,
                per_second=size.per_second,
                warm_up=size.start,
                seconds=SLOWER * ideal + size.start,
                pid=process.pid,
            )
    return figures(seen, size, ideal)


def figures(seen: Seen, size: Size, ideal: float) -> list[Figure]:
    """What was seen, beside the marks."""
    came = seen.came_at[: size.prompts]
    took = came[-1] - came[0] if came else 0.0
    what = f"{size.prompts} vragen versturen, met {size.per_second:.0f} tikken per seconde ernaast"
    return [
        Figure(what=what, measured=took, unit="s", mark=SLOWER * ideal),
        Figure(what="vragen die in die tijd niet kwamen", measured=size.prompts - len(came), unit="", mark=0, digits=0),
        Figure(
            what="p95 van een tik terwijl de vragen gaan",
            measured=seen.quantile(0.95) * 1000,
            unit="ms",
            mark=LONGEST_P95,
        ),
        Figure(
            what="tikken terwijl de vragen gaan zonder antwoord", measured=seen.unanswered, unit="", mark=0, digits=0
        ),
        Figure(what="meeste vragen die in één seconde aankwamen", measured=_most_in_a_second(came), unit="", digits=0),
    ]


def _most_in_a_second(moments: list[float]) -> int:
    return max((sum(start <= each < start + 1 for each in moments) for start in moments), default=0)


def _town(folder: Path, size: Size) -> list[tuple[int, list[str]]]:
    """Everybody's round is open; the prompts of the first people have gone. Chat and first button of those."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as making:  # moved to the disk before anything is measured
        teams = (size.prompts + size.tappers) // size.per_team
        chats = build(Path(making), teams=teams, members=size.per_team)
        tapping = frozenset(chats[: size.tappers])
        open_rounds(Path(making), sent=False)
        people = _send(Path(making), tapping)
        shutil.copytree(making, folder, dirs_exist_ok=True)
    return people


def _send(folder: Path, tapping: frozenset[int]) -> list[tuple[int, list[str]]]:
    """Let the prompts of these people have gone, and the others wait again; chat and first button of those."""
    deps = deps_in(folder, StoppedClock(TUESDAY))
    taken = []
    while batch := lease_due(deps, limit=100):
        taken += batch
    people = []
    for sending in taken:
        if sending.chat_id in tapping and isinstance(sending.message, PromptMessage):
            begin_sending(deps, delivery_id=sending.delivery_id)
            mark_sent(deps, delivery_id=sending.delivery_id)
            people.append((sending.chat_id, [encode(PromptTap(sending.message.round_id, "go"))]))
    deps.storage.engine.dispose()
    return people
