"""Phones for journey tests: people who see, tap and type in the sandbox, over HTTP and nothing else.

A test reads as a conversation: ``noor.sees("Vraag 1 van")``, ``noor.taps("4 · Grotendeels")``. Looking waits for
what the bot still has to do, on the sandbox's own list of events; nothing here sleeps.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from tests.support.line import Line

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
PATIENCE: Final = 120.0
"""Real seconds a person looks at a phone before the test gives up."""
OK: Final = range(200, 300)
FIRST_ID: Final = 900_001
MARK: Final = "✓ "
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: what it says and what it carries."""

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a phone shows it."""

    id: int
    from_bot: bool
    kind: str
    text: str
    buttons: tuple[Button, ...]
    changed: int
    file: dict[str, Any] | None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons say."""
        return tuple(button.text for button in self.buttons)

    def button(self, label: str) -> Button | None:
        """The button with this label, chosen or not (with its mark: only when chosen)."""
        return next((each for each in self.buttons if label in {each.text, each.text.removeprefix(MARK)}), None)


class Sandbox:
    """A running sandbox: its phones, its clock and its bad days."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.last = 0
        """Number of the newest change that any answer told of."""
        self._people = 0
        self._line = Line(url)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def get(self, path: str, **query: Any) -> Any:
        """Ask the sandbox something."""
        answer = json.loads(self._got(path, query))
        self.last = max(self.last, answer.get("last", 0))
        return answer

    def post(self, path: str, **body: Any) -> Any:
        """Tell the sandbox something; a refusal fails the test with the sandbox's own sentence."""
        status, answer = self._line.post(path, body)
        assert status in OK, f"{path}: {answer.decode()}"
        return json.loads(answer)

    def download(self, url: str) -> bytes:
        """The bytes of a picture or document in a chat."""
        return self._got(url, {})

    def _got(self, path: str, query: dict[str, Any]) -> bytes:
        status, answer = self._line.get(path, query)
        assert status in OK, f"{path}: {status} {answer.decode()}"
        return answer

    def phone(self, name: str, *, user: int = 0) -> Phone:
        """Somebody new with a phone."""
        self._people += 1
        user = user or FIRST_ID + self._people
        self.post("/phones", id=user, name=name)
        return Phone(self, user, name)

    def phones(self, *names: str) -> tuple[Phone, ...]:
        """Several people with a phone."""
        return tuple(self.phone(name) for name in names)

    def changes(self) -> int:
        """Number of the newest change, asked now."""
        return int(self.get("/events", since=self.last, timeout=0)["last"])

    def wait_for(
        self, look: Callable[[], Seen | None], *, otherwise: Callable[[], str], chat: int = 0, since: int | None = None
    ) -> Seen:
        """Look again at every event until there is something to see; fails with ``otherwise()``."""
        found = self.look_for(look, seconds=PATIENCE, chat=chat, since=since)
        assert found is not None, otherwise()
        return found

    def look_for(
        self, look: Callable[[], Seen | None], *, seconds: float, chat: int = 0, since: int | None = None
    ) -> Seen | None:
        """Look again at every event until there is something to see, at most so long.

        Args:
            look: What there is to see, or None.
            seconds: Real seconds.
            chat: Only look again when something changed that this chat shows.
            since: Do not look before something changed after this number.
        """
        deadline = time.monotonic() + seconds
        while True:
            known, found = (self.last, look()) if since is None else (since, None)
            since = None
            left = deadline - time.monotonic()
            if found is not None or left <= 0:
                return found
            self.get("/events", since=known, timeout=left, chat=chat)

    # The clock

    def now(self) -> datetime:
        """What the sandbox's clock says, in Amsterdam."""
        return datetime.fromisoformat(self.get("/clock")["now"]).astimezone(AMSTERDAM)

    def settles(self) -> dict[str, Any]:
        """Wait until the bot has done everything there is to do now."""
        return self.wait_for(self._settled, otherwise=lambda: f"de bot is niet klaar: {self.get('/clock')}")

    def _settled(self) -> dict[str, Any] | None:
        clock: dict[str, Any] = self.get("/clock/settled", timeout=PATIENCE)
        return clock if clock["settled"] else None

    def passes(self, *, hours: float = 0, minutes: float = 0) -> None:
        """Let time go by, after everybody is done, and let the bot do what is due then."""
        self.settles()
        self.post("/clock", advance_seconds=hours * 3600 + minutes * 60)
        self.settles()

    def becomes(self, moment: str) -> None:
        """Let it become a moment on the Amsterdam clock, such as ``2027-02-02 08:30``."""
        self.settles()
        self.set_clock(moment)
        self.settles()

    def set_clock(self, moment: str, *, backwards: bool = False) -> None:
        """Set the clock without waiting for anybody."""
        at = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
        self.post("/clock", at=at.isoformat(), allow_backwards=backwards)

    # Bad days

    def unlimited(self) -> None:
        """No limit on messages per chat: these people tap faster than people do."""
        self.post("/faults", limiter=False)

    def delivers_again(self, *, times: int, updates: int) -> None:
        """Deliver the coming updates several times, as when a confirmation gets lost."""
        self.post("/faults", kind="redeliver", times=times, updates=updates)


class Phone:
    """One person with a phone.

    Args:
        sandbox: Where the phone lives.
        user: The Telegram id, which is the number of the chat too.
        name: What the person is called.
    """

    def __init__(self, sandbox: Sandbox, user: int, name: str) -> None:
        self.sandbox = sandbox
        self.user = user
        self.name = name
        self._acted_at = 0
        """Number of the last change before this person's last act: what changed later is an answer to it."""

    def __repr__(self) -> str:
        return f"{self.name}:\n" + "\n---\n".join(f"{each.text}\n{each.labels}" for each in self.messages())

    def messages(self) -> list[Message]:
        """Everything in the chat, oldest first."""
        shown = self.sandbox.get(f"/phones/{self.user}/messages")["messages"]
        return [_message(each) for each in shown]

    def from_bot(self) -> list[Message]:
        """What the bot said, in the order in which it last touched it."""
        return sorted((each for each in self.messages() if each.from_bot), key=lambda each: each.changed)

    def commands(self) -> tuple[str, ...]:
        """The commands in the menu of this chat."""
        shown = self.sandbox.get(f"/phones/{self.user}/messages")["commands"]
        return tuple(each["command"] for each in shown)

    # Looking

    def sees(self, *parts: str) -> Message:
        """Wait for a message that the bot wrote or changed since this person's last act and that holds all parts."""
        return self.sandbox.wait_for(
            lambda: next((each for each in reversed(self._news()) if all(part in each.text for part in parts)), None),
            otherwise=lambda: f"{self.name} ziet nergens {parts}.\n{self!r}",
            chat=self.user,
        )

    def sees_button(self, label: str, *, beside: str = "") -> Message:
        """Wait for a message with this button, and with the one it must stand ``beside``; the newest first."""
        wanted = [each for each in (label, beside) if each]
        return self.sandbox.wait_for(
            lambda: next((each for each in reversed(self.from_bot()) if all(map(each.button, wanted))), None),
            otherwise=lambda: f"{self.name} ziet geen knop {label!r}.\n{self!r}",
            chat=self.user,
        )

    def receives(self, kind: str) -> bytes:
        """Wait for a ``photo`` or ``document`` since this person's last act; its bytes."""
        found = self.sandbox.wait_for(
            lambda: next((each for each in reversed(self._news()) if each.kind == kind), None),
            otherwise=lambda: f"{self.name} krijgt geen {kind}.\n{self!r}",
            chat=self.user,
        )
        assert found.file is not None
        return self.sandbox.download(found.file["url"])

    def hears(self, part: str) -> None:
        """Wait for a passing remark on a tap (a toast or an alert) that holds this part."""
        self.sandbox.wait_for(
            lambda: any(part in each["text"] for each in self._answers()) or None,
            otherwise=lambda: f"{self.name} hoort geen {part!r}: {self._answers()}",
        )

    def count(self, part: str) -> int:
        """How many messages of the bot hold this part now."""
        return sum(part in each.text for each in self.from_bot())

    def _news(self) -> list[Message]:
        return [each for each in self.from_bot() if each.changed > self._acted_at]

    def _answers(self) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = self.sandbox.get(f"/phones/{self.user}/answers", since=self._acted_at)[
            "answers"
        ]
        return answers

    # Doing

    def opens(self, link: str) -> None:
        """Follow an invitation link."""
        self.writes(f"/start {token_of(link)}")

    def writes(self, text: str) -> int:
        """Send a text; returns the number of the message."""
        return int(self._does("send", text=text)["message_id"])

    def taps(self, label: str, *, beside: str = "") -> Message:
        """Tap a button and wait until the bot changed or removed the message it was on; returns what came there."""
        before = self._press(label, beside=beside)
        return self.sandbox.wait_for(
            lambda: self._changed(before),
            otherwise=lambda: f"{self.name} tikt op {label!r} en er gebeurt niets.\n{self!r}",
            chat=self.user,
            since=self._acted_at,
        )

    def insists(self, label: str, *, after: float = 3.0) -> None:
        """Tap as people do when nothing seems to happen: again after some seconds, until it does or a remark comes."""
        message = self._press(label)
        button = message.button(label)
        assert button is not None
        for _ in range(round(PATIENCE / after)):
            if self.sandbox.look_for(lambda: self._changed(message) or self._remark(), seconds=after) is not None:
                return
            self._tap(message.id, button.data, forged=True)
        raise AssertionError(f"{self.name} blijft op {label!r} tikken.\n{self!r}")

    def _changed(self, before: Message) -> Message | None:
        return next((each for each in self.from_bot() if each.id == before.id and each != before), None)

    def _remark(self) -> str | None:
        return next((each["text"] for each in self._answers() if each["text"]), None)

    def presses(self, label: str) -> int:
        """Tap a button and do not wait; returns the number of its message."""
        return self._press(label).id

    def hammers(self, label: str, *, times: int) -> None:
        """Tap the same button several times, faster than the screen can change."""
        message = self._press(label)
        button = message.button(label)
        assert button is not None
        for _ in range(times - 1):
            self._tap(message.id, button.data, forged=True)

    def _press(self, label: str, *, beside: str = "") -> Message:
        message = self.sees_button(label, beside=beside)
        button = message.button(label)
        assert button is not None
        self._acted_at = self.sandbox.last
        self._tap(message.id, button.data)
        return message

    def _tap(self, message_id: int, data: str, **more: Any) -> None:
        self.sandbox.post(f"/phones/{self.user}/tap", message_id=message_id, data=data, **more)

    def forges(self, data: str, *, message_id: int = 1, chat: int = 0) -> None:
        """Send a tap on a button that is not on the phone."""
        self._notes_the_time()
        self._tap(message_id, data, forged=True, chat_id=chat or self.user)

    def does(self, act: str, **body: Any) -> dict[str, Any]:
        """Something else: block, unblock, edit, send_photo, send_voice, send_document."""
        return self._does(act, **body)

    def _does(self, act: str, **body: Any) -> dict[str, Any]:
        self._notes_the_time()
        done: dict[str, Any] = self.sandbox.post(f"/phones/{self.user}/{act}", **body)
        return done

    def _notes_the_time(self) -> None:
        self._acted_at = self.sandbox.changes()


def _message(shown: dict[str, Any]) -> Message:
    return Message(
        id=shown["id"],
        from_bot=shown["from_bot"],
        kind=shown["kind"],
        text=shown["text"],
        buttons=tuple(Button(each["text"], each["data"]) for row in shown["keyboard"] for each in row),
        changed=shown["changed"],
        file=shown["file"],
    )


def token_of(link: str) -> str:
    """The secret in an invitation link."""
    return link.strip().rpartition("?start=")[2]
