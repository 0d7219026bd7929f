"""`run --without-release` and `release` as two users of the system: a whole round, and keys that only one can read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from bot.sandbox import DEFAULT_TOKEN
from tests.journeys.running import ROOT, STARTUP_SECONDS, Home, tireless_sandbox
from tests.journeys.stories import DONE
from tests.support.empty import put_empty_database
from tests.support.phones import Phone, Sandbox

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(os.geteuid() != 0, reason="alleen root kan als twee gebruikers iets starten"),
]

GROUP: Final = 61_003
"""Numbers that no real user has; only the database is the group's."""
ARRANGE: Final = """
import json, sys
from pathlib import Path
from tests.journeys.arranging import company, deps_of
from tests.journeys.running import Home
from tests.support.phones import Sandbox

sandbox = Sandbox(sys.argv[1])
team = company(deps_of(Home(Path(sys.argv[2]), sandbox)), sandbox, members=6)
print(json.dumps([team.lead.user, *(member.user for member in team.members)]))
"""
READ: Final = """
import os, sys
for part in sys.argv[1:]:
    for act in (os.listdir, lambda path: open(path, "rb").read()):
        try:
            act(part)
        except PermissionError:
            print("PermissionError")
        except OSError as error:
            print(type(error).__name__)
        else:
            print("gelezen")
"""


@dataclass(frozen=True, slots=True)
class User:
    """A user of the system, with what it may run."""

    number: int
    python: str

    def start(self, home: Home, *arguments: str, **how) -> subprocess.Popen:
        """Start Python as this user, in a folder that is nobody's, with nothing of ours."""
        environment = home.environment() | {
            "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.Popen(  # noqa: S603 - our own program
            [self.python, *arguments],
            env=environment,
            cwd="/",
            user=self.number,
            group=self.number,
            extra_groups=[GROUP],
            umask=0o007,
            text=True,
            **how,
        )

    def run(self, home: Home, *arguments: str) -> str:
        """Run it to its end; what it printed."""
        process = self.start(home, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = process.communicate(timeout=4 * STARTUP_SECONDS)
        assert process.returncode == 0, err
        return out

    @contextmanager
    def running(self, home: Home, log: Path, *arguments: str) -> Iterator[None]:
        """Let it run meanwhile; it must end in peace."""
        with log.open("wb") as told:
            process = self.start(home, "-m", "bot", *arguments, stdout=told, stderr=told)
        try:
            yield
            process.terminate()
            code = process.wait(timeout=STARTUP_SECONDS)
            assert code == 0, log.read_text()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def python() -> str:
    """A Python that users without rights can start; the one of this run may lie in somebody's own folder."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            tried = subprocess.run(  # noqa: S603 - a Python of this machine
                [candidate, "-c", "import nacl.bindings, pydantic_core"],
                env={"PYTHONPATH": sysconfig.get_path("purelib")},
                cwd="/",
                user=GROUP,
                group=GROUP,
                extra_groups=[],
                capture_output=True,
                check=False,
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return candidate
    pytest.skip("geen Python die een gewone gebruiker mag starten")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A Telegram that lives on beside both."""
    with tireless_sandbox(apart=False) as running:
        yield running


@pytest.fixture
def home(sandbox: Sandbox) -> Iterator[Home]:
    """The folders exactly as docs/beheer.md makes them; pytest's own are closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="two-users-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield Home(folder, sandbox)
    shutil.rmtree(folder)


@pytest.fixture
def users(home: Home, python: str) -> tuple[User, User]:
    """The bot and the opener, each with its part of the keys."""
    bot, opener = User(61_001, python), User(61_002, python)
    make(home.folder / "data", 0o2770, owner=bot.number, group=GROUP)
    home.database.touch()
    own(home.database, 0o660, owner=bot.number, group=GROUP)
    keys = home.folder / "keys"
    make(keys, 0o711, owner=0, group=0)
    for part, user in (("bot", bot), ("erased", bot), ("opener", opener)):
        make(keys / part, 0o700, owner=user.number, group=user.number)
    return bot, opener


def make(folder: Path, mode: int, *, owner: int, group: int) -> None:
    folder.mkdir()
    own(folder, mode, owner=owner, group=group)


def own(path: Path, mode: int, *, owner: int, group: int) -> None:
    os.chown(path, owner, group)
    path.chmod(mode)


def key_files(home: Home, part: str) -> list[Path]:
    return sorted((home.folder / "keys" / part).iterdir())


def test_a_round_by_two_users_of_whom_one_can_open(sandbox: Sandbox, home: Home, users: tuple[User, User]) -> None:
    """From question to maandbeeld; meanwhile neither user can read a key of the other, and afterwards none is left."""
    bot, opener = users
    put_empty_database(home.database)
    opener.run(home, "-m", "bot", "release", "--once")
    assert len(key_files(home, "opener")) == 12
    assert key_files(home, "bot") == []
    numbers = json.loads(bot.run(home, "-c", ARRANGE, sandbox.url, str(home.folder)))
    lead, *members = (Phone(sandbox, number, str(number)) for number in numbers)
    logs = [home.folder / name for name in ("bot.log", "opener.log")]

    with (
        opener.running(home, logs[1], "release"),
        bot.running(home, logs[0], "run", "--without-release"),
    ):
        sandbox.becomes("2027-02-02 08:31")
        for member in members:
            for label in ("Start", "5 · Helemaal", "Alle drie", "Elkaar kennen", DONE, "Sla over"):
                member.insists(label)
        private, slots = key_files(home, "opener"), key_files(home, "bot")
        assert len(slots) == 2  # the start dialogue and this round
        assert {path.stem for path in slots} < {path.stem for path in private}
        assert tried_by(bot, home, private) == {"PermissionError"}
        assert tried_by(opener, home, slots) == {"PermissionError"}
        sandbox.becomes("2027-02-16 17:01")
        sandbox.becomes("2027-03-01 08:31")
        lead.sees("Maandbeeld februari 2027", "Vertrouwen en respect", "Herkend")
        sandbox.wait_for(lambda: key_files(home, "bot") == [] or None, otherwise=lambda: str(key_files(home, "bot")))
        left = {path.stem for path in key_files(home, "opener")}
        assert not left & {path.stem for path in slots}
    told = "".join(log.read_text() for log in logs)
    assert "Let op" not in told, told
    assert DEFAULT_TOKEN not in told
    modes = {path.name: path.stat().st_mode & 0o777 for path in home.database.parent.iterdir()}
    assert {modes[name] for name in modes if "sender" not in name} == {0o660}


def tried_by(user: User, home: Home, files: list[Path]) -> set[str]:
    """What a user gets who tries to list the folder of these keys, and to read each of them."""
    assert files
    return set(user.run(home, "-c", READ, *map(str, {path.parent for path in files}), *map(str, files)).split())


def test_the_user_of_the_bot_makes_the_tables_and_cannot_release(home: Home, users: tuple[User, User]) -> None:
    """It begins with an empty file. It is told which folder is closed to it; every key of the opener stays."""
    bot, opener = users
    bot.run(home, "-m", "bot", "migrate")
    opener.run(home, "-m", "bot", "release", "--once")
    keys = key_files(home, "opener")
    assert keys
    refused = [
        bot.start(home, "-m", "bot", *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for arguments in (("release", "--once"), ("run",))
    ]
    for process in refused:
        _, err = process.communicate(timeout=4 * STARTUP_SECONDS)
        assert process.returncode == 1
        assert "mag niet in" in err
        assert "Traceback" not in err
    assert key_files(home, "opener") == keys
