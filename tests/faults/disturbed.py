"""People in their dialogue while the machine under the bot fails for a while: what they see, and what health says."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Final, Self

import httpx

from bot.usecases.deps import Deps
from tests.faults.kill_in_dialogues import DUE, PATIENT, SCORES, Crowd, Person, go_on, scores_in_envelopes
from tests.faults.patience import SECONDS, becomes
from tests.journeys.arranging import Company, company, deps_of
from tests.journeys.running import BotProcess, Home, tireless_sandbox
from tests.support.phones import Sandbox

LOOKS: Final = 0.5
"""Real seconds between two questions to the health of the bot."""


@dataclass(frozen=True, slots=True)
class Watched(Home):
    """A home whose bot tells how it is doing."""

    door: int = 0

    def environment(self) -> dict[str, str]:
        return {**super(Watched, self).environment(), "HEALTH_LISTEN": f"127.0.0.1:{self.door}"}


@dataclass(slots=True)
class Health:
    """Asks the bot all the time how it is, and remembers when it was well and when it was not."""

    door: int
    seen: list[tuple[float, bool]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_reason: object) -> None:
        self._over.set()

    def _watch(self) -> None:
        with httpx.Client(trust_env=False, timeout=15) as client:
            while not self._over.wait(LOOKS):
                try:
                    well = client.get(f"http://127.0.0.1:{self.door}/health/ready").status_code == httpx.codes.OK
                except httpx.HTTPError:
                    well = False
                self.seen.append((time.monotonic(), well))

    def until(self, well: bool, *, since: float) -> float:  # noqa: FBT001 - one of the two answers
        """Seconds from a moment until the bot said it is well, or not well; waits for it."""
        while True:
            found = next((at for at, said in self.seen if at >= since and said is well), None)
            if found is not None:
                return found - since
            assert time.monotonic() - since < SECONDS, f"de gezondheid wordt niet {well}: {self.seen[-3:]}"
            time.sleep(LOOKS / 2)


@dataclass(slots=True)
class Seen:
    """What one disturbance did."""

    name: str
    silent: float = 0.0
    """The longest that somebody had neither an answer nor a word that it takes longer."""
    reassured: int = 0
    red: float = 0.0
    green: float = 0.0
    normal: float = 0.0
    """Seconds after the end until everybody who waited was helped."""
    lost: int = 0

    def told(self) -> str:
        """In figures."""
        return (
            f"{self.name}: stil ≤ {self.silent:.1f} s, {self.reassured} × even geduld, rood na {self.red:.1f} s, "
            f"groen na {self.green:.1f} s, weer gewoon na {self.normal:.1f} s, {self.lost} kwijt"
        )


@dataclass(slots=True)
class _Wait:
    """Somebody tapped and waits."""

    tap: tuple[int, str]
    begun: float = field(default_factory=time.monotonic)
    silent: float = 0.0
    """Seconds until they were told that it takes longer; 0: not yet."""

    def hears(self, person: Person) -> bool:
        """Whether they are told so for the first time now."""
        told = any(each["text"].startswith(PATIENT) for each in person.phone._answers())
        if self.silent or not told:
            return False
        self.silent = time.monotonic() - self.begun
        return True

    def over(self, seen: Seen) -> None:
        """They have their answer, or the trouble is over."""
        seen.silent = max(seen.silent, self.silent or time.monotonic() - self.begun)


@dataclass(slots=True)
class Scene:
    """A bot as a process, people in front of it, and a look inside."""

    sandbox: Sandbox
    home: Watched
    bot: BotProcess
    deps: Deps
    team: Company
    crowd: Crowd
    health: Health

    @property
    def pid(self) -> int:
        return self.bot._process.pid

    def warm_up(self, answers: int) -> None:
        """Let people get some answers, so that some are on their way."""
        seen, deadline = 0, time.monotonic() + SECONDS
        while seen < answers and (self.crowd.waiting or self.crowd.active):
            came = self.crowd.look()
            seen, deadline = seen + came, time.monotonic() + SECONDS if came else deadline
            assert time.monotonic() < deadline, "niemand komt verder"

    def disturb(self, name: str, trouble: AbstractContextManager[object], *, seconds: float, red: bool) -> Seen:
        """Let something go wrong for a while; ``red``: wait until health says so, and at least the seconds."""
        seen = Seen(name)
        with trouble:
            begun = time.monotonic()
            self._live(seen, until=begun + seconds)
            if red:  # the database can be read: what was acknowledged must be in it
                seen.red = self.health.until(False, since=begun)
                seen.lost += self._lost()
        over = time.monotonic()
        self.crowd.tap_again()
        seen.normal = go_on(self.crowd, over)
        seen.green = self.health.until(True, since=over)
        seen.lost += self._lost()
        return seen

    def finish(self) -> None:
        """Let everybody come to the end."""
        self.warm_up(10**6)
        self.bot.stop()

    def _live(self, seen: Seen, *, until: float) -> None:
        """Let people tap until a moment; note how long each had no answer and no word."""
        waits: dict[int, _Wait] = {}
        while time.monotonic() < until:
            self.crowd.look()
            taps = {user: person.waits_for for user, person in self.crowd.active.items()}
            for user in [user for user, wait in waits.items() if taps.get(user) != wait.tap]:
                waits.pop(user).over(seen)
            for user, tap in taps.items():
                if tap is not None and waits.setdefault(user, _Wait(tap)).hears(self.crowd.active[user]):
                    seen.reassured += 1
        for wait in waits.values():
            wait.over(seen)

    def _lost(self) -> int:
        """How many answers that were acknowledged are in no envelope."""
        acknowledged = [person for person in self.crowd.everybody if person.scored]
        found = scores_in_envelopes(self.deps, self.team, acknowledged)
        return sum(found.get(person.phone.user) != SCORES[person.score] for person in acknowledged)


@contextlib.contextmanager
def scene(folder: Path, *, people: int, timed: bool) -> Iterator[Scene]:
    """A team with a round that just opened, and a bot that tells how it is doing; ``timed``: nothing is shared."""
    with tireless_sandbox(apart=timed) as sandbox, socket.create_server(("127.0.0.1", 0)) as door:
        home = Watched(folder, sandbox, door=door.getsockname()[1])
        door.close()
        deps = deps_of(home)
        team = company(deps, sandbox, members=people, rule="counts")
        with BotProcess(home, warm=not timed) as bot:
            becomes(sandbox, DUE)
            scores = islice(cycle(SCORES), people)
            crowd = Crowd(sandbox, [Person(*pair) for pair in zip(team.members, scores, strict=True)])
            with Health(home.door) as health:
                yield Scene(sandbox, home, bot, deps, team, crowd, health)
        deps.storage.engine.dispose()
