"""F8: every update three times, and out of order: what is kept in the end is what one delivery in order would give.

What "equal" means here: two members who are alike take part in one round. The first gets a random history, each update
once and in order, while it is made up from the buttons on the screen. The second gets the same history as Telegram at
its worst: each update three times, the second and third up to twenty updates late, cut into batches, each shuffled.
Equal are their unlocked sessions, their opened envelopes and their own outbox rows, without the random ids.

One thing is not asked, because it cannot happen: that a tap is first delivered in an earlier batch than the tap whose
answer put its button on the screen. In every fifth history the bot loses its memory after each update and gets
each of them three times in a row, as after a crash between the effect and its confirmation.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ExtBot
from telegram.request import RequestData

from bot.bridge import Bridge
from bot.chat.application import Handlers, build_application
from bot.chat.arriving import read
from bot.chat.desk import Desk
from bot.chat.intake import Intake
from bot.chat.messenger import Messenger
from storage.envelopes import open_sealed, unlock_session
from storage.rounds import Round
from tests.faults.invariants import broken_invariants
from tests.faults.outcome import Outcome
from tests.faults.people import add_members
from tests.faults.virtual import VirtualLoop, run_virtually
from tests.support.house import House, open_house
from tests.support.telegram import BOT, DATE, TOKEN, Call, FakeTelegram, no_sleep, user

WINDOW, COPIES = 20, 3
PROMPT_MESSAGE = 7
TYPED = "Kanariepiet kwam weer niet"
TEXTS = 100_000
"""Number of the first message that somebody types: the same for both people, because the last one is kept."""


@dataclass(frozen=True, slots=True)
class Size:
    sequences: int


LONG, SHORT = Size(10_000), Size(60)


@dataclass(slots=True)
class Act:
    """What one person does once: tap a button of a message, or type a text."""

    data: str = ""
    message_id: int = 0
    text: str = ""


class MuteTelegram(FakeTelegram):
    """A Telegram where every call succeeds at once; it remembers what each chat sees, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.screens: dict[int, dict[int, list[str]]] = {}
        """Chat → message → what its buttons carry."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_timeouts: object
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        call = Call(name, dict(request_data.parameters) if request_data else {})
        result: Any = BOT if name == "getMe" else True
        if name in {"sendMessage", "editMessageText"}:
            seen = self.screens.setdefault(call.chat_id, {})
            number = int(call.given.get("message_id") or max([99, *seen]) + 1)
            seen[number] = list(call.buttons.values())
            chat = {"id": call.chat_id, "type": "private"}
            result = {"message_id": number, "date": DATE, "chat": chat, "text": "."}
        return 200, json.dumps({"ok": True, "result": result}).encode()


@dataclass(slots=True)
class Room:
    """The handlers of one house over a mute Telegram."""

    house: House
    about: Round
    bot: ExtBot[None]
    telegram: MuteTelegram
    handle: Any
    failures: list[str] = field(default_factory=list)
    delivered: int = 0
    _number: int = 0

    def intake(self) -> Intake:
        return Intake(self.bot, handle=self._watched, give_up=self._given_up, sleep=no_sleep)

    def number(self, acts: int) -> int:
        """The first of so many fresh update numbers."""
        self._number += acts
        return self._number - acts + 1

    def update(self, number: int, chat: int, act: Act) -> Update:
        message = {
            "message_id": act.message_id,
            "date": DATE,
            "chat": {"id": chat, "type": "private"},
            "from": BOT if act.data else user(chat),
            "text": act.text or ".",
        }
        if act.text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(act.text)}]
        body: dict[str, Any] = {"update_id": number, "message": message}
        if act.data:
            query = {"id": str(number), "from": user(chat), "chat_instance": "1", "data": act.data, "message": message}
            body = {"update_id": number, "callback_query": query}
        made = read(body, self.bot)
        assert made is not None
        return made

    async def _watched(self, update: Update) -> None:
        self.delivered += 1
        try:
            await self.handle(update)
        except Exception as error:
            self.failures.append(type(error).__name__)
            raise

    async def _given_up(self, _update: Update, _error: Exception) -> None:
        return


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """So many random histories, each compared at its end."""
    outcome = Outcome(
        "F8",
        f"elke update {COPIES} ×, door elkaar binnen een venster van {WINDOW}",
        "eindstand gelijk aan één keer in volgorde; 0 fouten",
        seed,
    )
    run_virtually(lambda loop: _story(loop, size, outcome, folder))
    return outcome


async def _story(loop: VirtualLoop, size: Size, outcome: Outcome, folder: Path) -> None:
    house = open_house(folder, new=True).furnish()
    assert house.team is not None
    first, second = add_members(house, house.team, 6)[::3][:2]
    about = house.open_round()
    telegram = MuteTelegram()
    bot: ExtBot[None] = ExtBot(TOKEN, request=telegram, get_updates_request=telegram)
    desk = Desk(
        bridge=Bridge(house.deps),
        messenger=Messenger(bot, sleep=no_sleep),
        library=house.deps.library,
        zone=house.deps.zone,
        username="EvenStilstaanBot",
    )
    handlers = Handlers(desk)
    application = build_application(bot, handlers)
    await bot.initialize()
    await application.initialize()
    room = Room(house, about, bot, telegram, partial(handlers.handle, application))
    chance = random.Random(outcome.seed)
    different = acts = answered = 0
    for sequence in range(size.sequences):
        crashing = sequence % 5 == 4
        history = await lived(room, first, chance, crashing=crashing)
        await (repeated if crashing else shuffled)(room, second, history, chance)
        one, other = state_of(house, about, first), state_of(house, about, second)
        different += digest(one) != digest(other)
        acts += len(history)
        answered += one["envelope"] is not None
        for chat in (first, second):
            forget(house, about, chat)
            telegram.screens.pop(chat, None)
    await application.shutdown()
    outcome.done = (
        f"{size.sequences} reeksen van samen {acts} handelingen, {room.delivered} keer behandeld; "
        f"{answered} reeksen met een antwoord; {different} eindstanden anders; {len(room.failures)} fouten"
    )
    outcome.must(different == 0, f"{different} eindstanden zijn anders")
    outcome.must(not room.failures, f"fouten: {sorted(set(room.failures))}")
    outcome.must(answered * 4 > size.sequences, f"maar {answered} reeksen met een antwoord: zo zegt de proef te weinig")
    outcome.missed += broken_invariants(house.database, canaries=(TYPED,))


async def lived(room: Room, chat: int, chance: random.Random, *, crashing: bool) -> list[Act]:
    """A random history of one person, lived through once and in order."""
    intake, history = room.intake(), []
    room.telegram.screens[chat] = {
        PROMPT_MESSAGE: [f"p1.{room.about.id}.{verb}" for verb in ("go", "brief", "later", "week")]
    }
    for _ in range(chance.randint(3, 9)):
        act = some_act(room.telegram.screens[chat], history, chance, crashing=crashing)
        history.append(act)
        await intake.take((room.update(room.number(1), chat, act),))
        await intake._lanes.drain()
    return history


def some_act(screens: dict[int, list[str]], history: list[Act], chance: random.Random, *, crashing: bool) -> Act:
    """Mostly a button that is on the screen; sometimes an old one, a typed text or a command."""
    dice = chance.random()
    with_buttons = {number: buttons for number, buttons in screens.items() if buttons}
    typed = TEXTS + len(history)
    if dice < 0.08 and history:
        again = chance.choice(history)
        return replace(again, message_id=typed) if again.text else again
    if dice < 0.16 or not with_buttons:
        return Act(text=TYPED, message_id=typed)
    if dice < 0.22:
        # Each /start and /ikhebeven puts the dialogue in a message of its own: three after a crash are three.
        commands = ["/help", "/logboek", "/privacy"] if crashing else ["/help", "/start", "/ikhebeven"]
        return Act(text=chance.choice(commands), message_id=typed)
    newest = max(with_buttons)
    return Act(data=chance.choice(with_buttons[newest]), message_id=newest)


async def shuffled(room: Room, chat: int, history: list[Act], chance: random.Random) -> None:
    """Three times each: the copies come late, and within a batch nothing is in order."""
    start = room.number(len(history))
    places = [
        (at + (chance.uniform(0, WINDOW) if copy else 0), at) for at in range(len(history)) for copy in range(COPIES)
    ]
    waiting = [at for _, at in sorted(places)]
    intake = room.intake()
    while waiting:
        size = chance.randint(1, WINDOW)
        batch, waiting = waiting[:size], waiting[size:]
        chance.shuffle(batch)
        await intake.take(tuple(room.update(start + at, chat, history[at]) for at in batch))
        await intake._lanes.drain()


async def repeated(room: Room, chat: int, history: list[Act], chance: random.Random) -> None:
    """Each update three times in a row, to a bot that remembers nothing of the time before."""
    start = room.number(len(history))
    for at, act in enumerate(history):
        for _ in range(COPIES):
            intake = room.intake()
            await intake.take((room.update(start + at, chat, act),))
            await intake._lanes.drain()


def state_of(house: House, about: Round, chat: int) -> dict[str, Any]:
    """All that is kept of one person in this round, opened, and without random ids."""
    keys = house.storage.keys
    person = house.person(chat)
    assert person is not None
    slot = keys.slot(about.key_id, person.id)
    with house.storage.begin() as work:
        blob = work.answers.session(about.id, slot)
        sealed = dict(work.answers.sealed(about.id)).get(slot)
        rows = [row for row in work.deliveries.for_subject(about.id, "prompt") if row.person_id == person.id]
    return {
        "session": blob and unlock_session(blob, key=keys.of_round(about.key_id).session),
        "envelope": sealed and open_sealed(sealed, keys.private(about.key_id)),
        "outbox": sorted((row.key.replace(person.id, ""), row.due_at, row.state, row.valid_until) for row in rows),
        "reachable": person.reachable,
    }


def digest(state: dict[str, Any]) -> str:
    """The hash of an end state; equal states have equal hashes."""
    return hashlib.sha256(repr(state).encode()).hexdigest()


def forget(house: House, about: Round, chat: int) -> None:
    """Begin anew: no session, no envelope, nothing put off."""
    person = house.person(chat)
    assert person is not None
    slot = house.storage.keys.slot(about.key_id, person.id)
    with house.storage.begin() as work:
        work.answers.withdraw(about.id, slot)
        work.deliveries.cancel(person.id, kind="prompt", subject=about.id)
        work.commit()
