"""F1: kill -9 of the bot, again and again, while it asks hundreds of people."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults.invariants import broken_invariants, sent_to_strangers
from tests.faults.kill_in_dialogues import DUE
from tests.faults.outcome import Outcome
from tests.faults.patience import settle, wait
from tests.journeys.arranging import company, deps_of
from tests.journeys.running import BotProcess, Home, tireless_sandbox
from tests.support.phones import Phone, Sandbox

PROMPT = "Twee minuten voor een korte vraag?"
FAR = {"kind": "far", "method": "sendMessage", "seconds": 0.1, "times": None}
"""Telegram answers after a tenth of a second, and what was on its way arrives also when the bot is gone by then."""
REPEATED_AFTER_SECONDS = 120
"""What may have arrived goes once more when the last bot has stood for a minute."""


@dataclass(frozen=True, slots=True)
class Size:
    recipients: int
    kills: int
    timed: bool
    """Whether seconds count; beside other tests on a busy machine they say nothing."""


LONG, SHORT = Size(500, 100, timed=True), Size(12, 3, timed=False)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Kill after a random number of arrivals and a random moment more; then count on the phones."""
    outcome = Outcome(
        "F1",
        f"kill -9 tijdens het versturen, {size.kills} ×",
        "0 kwijt; ≤ 2 per persoon; dubbel ≤ aantal kills; verder binnen 10 s na de start",
        seed,
    )
    with tireless_sandbox(apart=size.timed) as sandbox:
        home = Home(folder, sandbox)
        deps = deps_of(home)
        members = company(deps, sandbox, members=size.recipients).members
        deps.storage.engine.dispose()
        sandbox.post("/faults", **FAR)
        sandbox.set_clock(DUE)
        with BotProcess(home, warm=not size.timed) as bot:
            _story(sandbox, home, bot, members, size, outcome)
    return outcome


def _story(
    sandbox: Sandbox, home: Home, bot: BotProcess, members: tuple[Phone, ...], size: Size, outcome: Outcome
) -> None:
    chance = random.Random(outcome.seed)
    uncertain: set[tuple[str, int]] = set()
    resumed = [0.0]
    most = max(1, 2 * size.recipients * 3 // 5 // size.kills)  # so that the last life has something left to send
    for _ in range(size.kills):
        begun, since = time.monotonic(), sandbox.changes()
        wanted = chance.randint(1, most)
        for number in (1, wanted):
            wait(sandbox, partial(arrived, sandbox, since, number), otherwise="er komt niets meer")
            if number == 1:
                resumed.append(time.monotonic() - begun)
        time.sleep(chance.uniform(0.0, 0.03))
        bot.kill()
        uncertain |= on_their_way(home.database)
        bot.start()
    settle(sandbox)
    sandbox.post("/clock", advance_seconds=REPEATED_AFTER_SECONDS)
    settle(sandbox)
    counted = [member.count(PROMPT) for member in members]
    bot.stop()

    lost, double = counted.count(0), sum(number - 1 for number in counted if number)
    outcome.done = (
        f"{size.recipients} ontvangers, {size.kills} kills; {lost} kwijt; {double} dubbel "
        f"({len(uncertain)} onderweg bij een kill), hoogstens {max(counted)} per persoon; "
        f"eerste bericht na de start: hoogstens {max(resumed):.1f} s"
    )
    outcome.must(lost == 0, f"{lost} kwijt")
    outcome.must(max(counted) <= 2, f"{max(counted)} keer dezelfde vraag")
    outcome.must(double <= len(uncertain), f"{double} dubbel, terwijl er {len(uncertain)} onderweg waren")
    outcome.must(not size.timed or double <= size.kills, f"{double} dubbel bij {size.kills} kills")
    outcome.must(not size.timed or max(resumed) <= 10, f"pas na {max(resumed):.1f} s verder")
    outcome.must(sent_to_strangers(home.database, (each.user for each in members)) == 0, "I4: naar een vreemde")
    outcome.missed += broken_invariants(home.database)


def arrived(sandbox: Sandbox, since: int, number: int) -> bool | None:
    """Whether so many messages have arrived since a change."""
    events = sandbox.get("/events", since=since, timeout=0)["events"]
    return sum(each["kind"] == "message" for each in events) >= number or None


def on_their_way(database: Path) -> set[tuple[str, int]]:
    """Which messages (and at which try) had been called when the bot died, without being confirmed."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        return set(rows.execute("SELECT id, attempts FROM delivery WHERE state = 'sending'"))
