"""Following the clock of a sandbox Telegram, and telling it what comes next; real Telegram has no such clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx

from bot.usecases.housekeeping import Upcoming

TIMEOUT: Final = 5.0


class FollowedClock:
    """The sandbox's time between two looks at it; real time goes on from the last look."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._moment = datetime.now(UTC)
        self._seen_at = time.monotonic()
        self.every = 0.05
        """Real seconds between two looks at least."""
        self.patience = 0.3
        """Real seconds that a look waits at most for somebody there who waits for the bot: the clock can jump at any
        moment, and most of the time nobody does that."""
        self._has_announced = False
        self.in_a_hurry = False
        """Whether people there tap faster than people can, so that a limit on taps would stop the play."""

    def now(self) -> datetime:
        """The sandbox's present moment, aware UTC."""
        return self._moment + timedelta(seconds=time.monotonic() - self._seen_at)

    async def look(self) -> bool:
        """Read the sandbox's clock, at once before the first announcement; False when it did not answer."""
        try:
            answer = await self._http.get("/clock", params={"patience": self.patience if self._has_announced else 0})
            shown = answer.raise_for_status().json()
            self._set(datetime.fromisoformat(shown["now"]))
            self.in_a_hurry = shown.get("in_a_hurry") is True
        except (httpx.HTTPError, ValueError, KeyError):
            return False
        return True

    async def announce(self, upcoming: Upcoming, *, as_of: datetime, idle: bool) -> None:
        """Tell the sandbox what is due next, so that its buttons know where to jump."""
        said = {
            "as_of": as_of.isoformat(),
            "next": upcoming.next and upcoming.next.isoformat(),
            "maandbeeld": upcoming.maandbeeld and upcoming.maandbeeld.isoformat(),
            "idle": idle,
        }
        try:
            await self._http.post("/clock", json={"announce": said})
            self._has_announced = True
        except httpx.HTTPError:
            return

    async def close(self) -> None:
        """Close the connection."""
        await self._http.aclose()

    def _set(self, moment: datetime) -> None:
        self._moment = moment
        self._seen_at = time.monotonic()


async def follow(api_url: str) -> FollowedClock | None:
    """The clock of the sandbox at this address; None when something else answers there, or nothing does."""
    secured = not api_url.startswith("http:")  # reading all certificates for nothing takes a while
    http = httpx.AsyncClient(base_url=api_url, timeout=TIMEOUT, verify=secured)
    try:
        is_sandbox = (await http.get("/clock")).json().get("sandbox") is True
    except (httpx.HTTPError, ValueError, AttributeError):
        is_sandbox = False
    if not is_sandbox:
        await http.aclose()
        return None
    clock = FollowedClock(http)
    await clock.look()
    return clock
