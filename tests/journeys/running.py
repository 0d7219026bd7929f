"""Ways to run the product for a journey: a sandbox in a thread, the bot in a thread, or either as a process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from bot.chat.pace import Pace
from bot.compose import make_deps
from bot.drawing import Drawing
from bot.house import House
from bot.sandbox import DEFAULT_TOKEN, create_server
from bot.settings import Settings, load_settings
from bot.usecases.deps import Deps
from bot.whose_clock import sandbox_clock
from storage.database import open_engine
from storage.keys import KeyFolder
from storage.work import Storage
from tests.journeys.warm import WarmProcess
from tests.support.phones import AMSTERDAM, Sandbox
from tests.support.shipped import shipped

ROOT: Final = Path(__file__).parents[2]
MONDAY: Final = "2027-02-01 08:45"
"""Where most journeys begin: a Monday in a month without holidays."""
LIBRARY: Final = shipped()
AT_ONCE: Final = 1000.0
"""Messages a second; the sandbox of a journey has no limit."""
STARTUP_SECONDS: Final = 180
"""A cold start is a second or two; a machine that does ten other things at once needs more."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where one bot keeps its database and keys, and which Telegram it talks to."""

    folder: Path
    sandbox: Sandbox
    postgres: str = ""
    """The address of a PostgreSQL database; nothing: a file in the folder."""

    @property
    def database(self) -> Path:
        return self.folder / "data" / "bot.db"

    @property
    def database_url(self) -> str:
        return self.postgres or f"sqlite:///{self.database}"

    def environment(self) -> dict[str, str]:
        """What a process of the product needs to know."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
            "TELEGRAM_API_URL": self.sandbox.url,
            "DATABASE_URL": self.database_url,
            "KEY_DIR": str(self.folder / "keys"),
            "LOG_LEVEL": "WARNING",
        }

    def settings(self) -> Settings:
        """The same as settings, for a bot in this process."""
        return load_settings(
            telegram_bot_token=DEFAULT_TOKEN,
            telegram_api_url=self.sandbox.url,
            database_url=self.database_url,
            key_dir=self.folder / "keys",
        )

    def storage(self) -> Storage:
        """A second look at the bot's database and keys; it must be there already."""
        return Storage(open_engine(self.database_url), KeyFolder(self.folder / "keys"))

    def command(self, *arguments: str) -> str:
        """Run ``python -m bot …`` as an administrator would; its output."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *arguments],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=STARTUP_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def sandbox_in_thread(*, start: str = MONDAY) -> Iterator[Sandbox]:
    """A sandbox without anybody in it."""
    start_at = datetime.fromisoformat(start).replace(tzinfo=AMSTERDAM)
    with create_server(start_at=start_at, port=0, hurry=0).in_thread() as server:
        sandbox = Sandbox(server.url)
        try:
            yield sandbox
        finally:
            sandbox.close()


@contextmanager
def bot_in_thread(home: Home) -> Iterator[Deps]:
    """The whole bot, attached to the sandbox over HTTP; yields what its use cases need, to look inside.

    It sends as fast as this sandbox takes messages, and draws in a thread: another second for each message to a chat
    and another process for each story would show nothing more.
    """
    stopping = asyncio.Event()
    loop = asyncio.new_event_loop()
    settings = home.settings()
    following = loop.run_until_complete(sandbox_clock(home.sandbox.url))
    assert following is not None
    following.patience = 0.15  # a story often waits for a message that a tick sends
    deps = make_deps(settings, clock=following, library=LIBRARY)

    async def live() -> None:
        await House(deps, settings, following=following, pace=Pace(AT_ONCE, per_chat=0), drawing=Drawing()).run(
            stopping
        )
        await following.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),), name="bot", daemon=True)
    thread.start()
    try:
        yield deps
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join()
        loop.close()
        deps.storage.engine.dispose()


@contextmanager
def tireless_sandbox(*, apart: bool) -> Iterator[Sandbox]:
    """A sandbox where people may tap as fast as they like: a process, or a thread of this one."""
    with sandbox_process() if apart else sandbox_in_thread() as sandbox:
        sandbox.unlimited()
        yield sandbox


class BotProcess:
    """The bot as a process of its own, that can be killed like one.

    Args:
        home: Where it lives.
        options: Of that command.
        command: ``run``, ``tick`` or ``release``.
        also: More environment, for one of several processes.
        name: Of its log, when there are several.
        warm: Whether it begins with everything imported; see tests/journeys/warm.py.
    """

    def __init__(
        self,
        home: Home,
        *options: str,
        command: str = "run",
        also: Mapping[str, str] | None = None,
        name: str = "bot",
        warm: bool = False,
    ) -> None:
        self._home = home
        self._warm = warm
        self._command = (command, *options)
        self._environment = {**home.environment(), **(also or {})}
        self._log = home.folder / f"{name}.log"
        self.start()

    def start(self) -> None:
        """Begin, or begin again."""
        self._process: subprocess.Popen[bytes] | WarmProcess
        if self._warm:
            self._process = WarmProcess(self._command, self._environment, self._home.folder, self._log)
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "bot", *self._command],
                env=self._environment,
                cwd=self._home.folder,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """SIGKILL: no goodbye, no clean-up; it must have lived until then."""
        self._process.send_signal(signal.SIGKILL)
        code = self._process.wait()
        assert code == -signal.SIGKILL, self._log.read_text()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        """Leave no process behind, whatever went wrong."""
        if self._process.poll() is None:
            self.kill()

    def stop(self) -> None:
        """Ask it to stop, as an administrator does; it must go in peace."""
        self._process.terminate()
        code = self._process.wait(timeout=STARTUP_SECONDS)
        assert code == 0, self._log.read_text()


@contextmanager
def sandbox_process() -> Iterator[Sandbox]:
    """``python -m bot sandbox --no-bot``: a Telegram that lives on while bots die.

    It is MONDAY there, and people may tap as fast as they like.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--no-bot", "--port", "0"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        sandbox = Sandbox(next(word for word in said.split() if word.startswith("http")))
        sandbox.unlimited()
        sandbox.set_clock(MONDAY, backwards=True)
        yield sandbox
        sandbox.close()
    finally:
        process.terminate()
        process.wait(timeout=STARTUP_SECONDS)
        process.stdout.close()
