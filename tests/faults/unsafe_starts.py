"""F11: a start that may not go on, each with a plain reason; then a restore as docs/beheer.md tells it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.usecases.forget_me import forget_me
from tests.faults.invariants import broken_invariants
from tests.faults.outcome import Outcome
from tests.faults.patience import SECONDS, becomes, settle
from tests.journeys.arranging import company, deps_of
from tests.journeys.running import STARTUP_SECONDS, BotProcess, Home, tireless_sandbox
from tests.journeys.warm import WarmProcess
from tests.support.phones import Sandbox

REFUSED_WITHIN: Final = 5.0
PROMPT: Final = "Twee minuten voor een korte vraag?"
DUE: Final = "2027-02-02 08:31"
Break = Callable[[Home], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Size:
    commands: tuple[str, ...]
    breaks: tuple[str, ...]
    restores: bool
    """Whether a copy is put back afterwards; tests/bot/backups does so without processes."""
    timed: bool


def damaged(home: Home) -> dict[str, str]:
    """Pages in the middle are overwritten."""
    with home.database.open("r+b") as file:
        file.seek(6 * 4096)
        file.write(b"\xff" * 8 * 4096)
    return {}


def no_database_at_all(home: Home) -> dict[str, str]:
    """The file is something else."""
    home.database.write_bytes(b"geen database" * 1000)
    return {}


def gone(home: Home) -> dict[str, str]:
    """The file is not there any more."""
    home.database.unlink()
    return {}


def older(home: Home) -> dict[str, str]:
    """The tables are of an earlier version."""
    with closing(sqlite3.connect(home.database)) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '0001'")
        rows.commit()
    return {}


def without_keys(home: Home) -> dict[str, str]:
    """The key folder is gone."""
    shutil.rmtree(home.folder / "keys")
    return {}


def open_keys(home: Home) -> dict[str, str]:
    """Others can read the keys."""
    (home.folder / "keys" / "bot").chmod(0o755)
    return {}


def of_another(home: Home) -> dict[str, str]:
    """The keys belong to another user; only an administrator can make that so."""
    for part in ("opener", "bot"):
        os.chown(home.folder / "keys" / part, 12_345, -1)
    return {}


def short_secret(_home: Home) -> dict[str, str]:
    """A webhook with a secret that can be guessed."""
    return {"WEBHOOK_URL": "https://voorbeeld.nl/in", "WEBHOOK_SECRET": "geheim"}


def wrong_token(_home: Home) -> dict[str, str]:
    """A token that Telegram does not know."""
    return {"TELEGRAM_BOT_TOKEN": "999999:AAbbCCddEEffGGhhIIjj"}


BREAKS: Final[dict[str, Break]] = {
    "bestand beschadigd": damaged,
    "geen database": no_database_at_all,
    "database weg": gone,
    "oudere tabellen": older,
    "sleutelmap weg": without_keys,
    "sleutels open": open_keys,
    "andere eigenaar": of_another,
    "geheim te kort": short_secret,
    "token onbekend": wrong_token,
}
ONLY_RUN: Final = ("geheim te kort", "token onbekend")
"""The others need no token, and talk to nobody."""
LONG = Size(("run", "tick", "release"), tuple(BREAKS), restores=True, timed=True)
SHORT = Size(("run",), ("bestand beschadigd", "token onbekend"), restores=False, timed=False)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Break one thing at a time in a copy of an installation, and start each process; then lose the database."""
    outcome = Outcome(
        "F11",
        f"{len(size.breaks)} redenen om niet te starten; dan terugzetten",
        "weigert binnen 5 s in gewoon Nederlands; nooit stil een lege database; niets in de wacht; gewist blijft",
        seed,
    )
    with tireless_sandbox(apart=size.timed) as sandbox:
        home = Home(folder / "goed", sandbox)
        home.folder.mkdir()
        deps = deps_of(home)
        members = company(deps, sandbox, members=6 if size.restores else 1).members
        deps.storage.checkpoint()
        deps.storage.engine.dispose()
        slowest, starts = _refusals(size, home, folder, outcome)
        users = [each.user for each in members]
        restored = _restore(home, sandbox, users, outcome) if size.restores else "niets teruggezet"
    outcome.done = f"{starts} starts geweigerd, de traagste na {slowest:.1f} s; {restored}"
    outcome.must(not size.timed or slowest <= REFUSED_WITHIN, f"pas na {slowest:.1f} s geweigerd")
    return outcome


def _refusals(size: Size, good: Home, folder: Path, outcome: Outcome) -> tuple[float, int]:
    slowest, starts = 0.0, 0
    for number, name in enumerate(size.breaks):
        if name == "andere eigenaar" and os.geteuid() != 0:
            outcome.fault += " (andere eigenaar NIET beproefd: alleen een beheerder kan dat)"
            continue
        broken = Home(folder / f"stuk-{number}", good.sandbox)
        shutil.copytree(good.folder, broken.folder)
        told = BREAKS[name](broken)
        before = broken.database.read_bytes() if broken.database.exists() else None
        for command in size.commands if name not in ONLY_RUN else ("run",):
            begun = time.monotonic()
            code, said = _ended(broken, command, told, warm=not size.timed)
            slowest, starts = max(slowest, time.monotonic() - begun), starts + 1
            outcome.must(code == 1, f"{name}, {command}: eindigt met {code}")
            outcome.must(plain(said), f"{name}, {command}: {said[-200:]}")
            after = broken.database.read_bytes() if broken.database.exists() else None
            outcome.must(name in ONLY_RUN or after == before, f"{name}, {command}: de database is veranderd")
        shutil.rmtree(broken.folder)
    return slowest, starts


def _ended(home: Home, command: str, told: dict[str, str], *, warm: bool) -> tuple[int, str]:
    """How a start ended and what it said, with single spaces; it is over within STARTUP_SECONDS."""
    environment = home.environment() | told
    log = home.folder / "start.log"
    if warm:
        process = WarmProcess((command,), environment, home.folder, log)
        try:
            code = process.wait(STARTUP_SECONDS)
        finally:
            process.send_signal(signal.SIGKILL)  # nothing happens to one that ended
    else:
        with log.open("wb") as err:
            line = [sys.executable, "-m", "bot", command]
            code = subprocess.run(  # noqa: S603 - our own program
                line, env=environment, cwd=home.folder, stderr=err, timeout=STARTUP_SECONDS, check=False
            ).returncode
    said = " ".join(log.read_text().split())
    log.unlink()
    return code, said


def plain(said: str) -> bool:
    """Whether a reason is a sentence for people: no traceback, no error's own name, and what to do or what is wrong."""
    return bool(said) and "Traceback" not in said and not re.search(r"\b\w+Error\b", said)


def _restore(home: Home, sandbox: Sandbox, members: list[int], outcome: Outcome) -> str:
    """Copy, erase somebody, lose the file, put the copy back, look, and let go."""
    begun = time.monotonic()
    copy = home.command("backup", str(home.folder / "copies"))
    deps = deps_of(home)
    assert forget_me(deps, chat_id=members[0])
    deps.storage.engine.dispose()
    damaged(home)
    for end in ("-wal", "-shm"):
        Path(f"{home.database}{end}").unlink(missing_ok=True)
    home.command("restore", copy)
    with BotProcess(home) as bot:
        since = sandbox.changes()
        sandbox.set_clock(DUE)
        late = time.monotonic() + SECONDS
        while "wacht" not in (home.folder / "bot.log").read_text():  # nothing happens at Telegram meanwhile
            assert time.monotonic() < late, "niet in de wacht"
            time.sleep(0.2)
        said = [each for each in sandbox.get("/events", since=since, timeout=2)["events"] if each["kind"] == "message"]
        outcome.must(not said, f"{len(said)} berichten in de wacht")
        home.command("restore", "--release", "--waiting", "drop")
        settle(sandbox)
        becomes(sandbox, "2027-02-16 08:31")
        asked = {chat for chat in members if _asked(sandbox, chat)}
        bot.stop()
    outcome.must(members[0] not in asked, "wie gewist was, kreeg een vraag")
    outcome.must(len(asked) == len(members) - 1, f"{len(asked)} van {len(members) - 1} kregen daarna een vraag")
    outcome.missed += broken_invariants(home.database)
    return f"terugzetten en weer vragen in {time.monotonic() - begun:.0f} s, {len(said)} berichten in de wacht"


def _asked(sandbox: Sandbox, chat: int) -> bool:
    shown = sandbox.get(f"/phones/{chat}/messages")["messages"]
    return any(PROMPT in each["text"] for each in shown)
