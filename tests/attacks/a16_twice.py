"""A16: one person, more answers: two phones at once, updates that come again, leaving and coming back, shared links."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from telegram import Update

from bot.chat.arriving import read
from bot.chat.callback_data import DialogueTap, PromptTap, encode
from bot.chat.intake import Intake
from bot.usecases.errors import Refusal
from bot.usecases.forget_me import forget_me
from bot.usecases.invite import invite_each
from bot.usecases.leave_team import remove_now
from dialogues.conversation.inputs import STOP
from storage.envelopes import open_sealed
from storage.rounds import Round
from tests.attacks.outcome import Outcome
from tests.support.house import COORDINATOR, House, label_tap, open_house
from tests.support.telegram import BOT, Phone, no_sleep, phone_for, user

SCORES: Final = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    taps: int
    """Taps of each person, half of them on each of two phones."""
    threads: int
    """Answers of one person at the same moment, past the chat."""


LONG, SHORT = Size(20, 200, 100), Size(4, 40, 12)


@dataclass(slots=True)
class Count:
    """Cases, and those that did not end in one envelope."""

    cases: int = 0
    wrong: int = 0

    def one(self, envelopes: int, *, expected: int = 1) -> None:
        self.cases += 1
        self.wrong += envelopes != expected


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Each way of answering twice, counted in envelopes; then what is counted when the round closes."""
    chance = random.Random(seed)
    house = open_house(folder, new=True).furnish()
    chats = house.members(max(size.people, 6))
    about = house.open_round()
    count = Count()
    asyncio.run(two_phones(house, about, chats, size, chance, count))
    at_once(house, about, chats[0], size.threads, count)
    second = comes_back(house, about, chats, count)
    links = same_link(house, size.threads, count)
    naive = without_slots(size.taps)
    readable = opened(house, about)
    house.close(about)
    outcome = Outcome(
        f"{count.cases} gevallen: {count.wrong} met een ander aantal enveloppen dan één. Twee telefoons met samen "
        f"{size.taps} tikken door elkaar. Ook {size.threads} antwoorden op hetzelfde moment, herhaalde updates, "
        f"weggaan en terugkomen. Accounts tegelijk op één link: {links} van {size.threads} binnen. "
        f"Tegenproef zonder vaste plek: {naive} enveloppen van één mens"
    )
    outcome.must(count.wrong == 0, f"{count.wrong} keer niet precies één envelop")
    outcome.must(links == 1, f"{links} accounts kwamen binnen op een link voor één")
    outcome.must(
        readable == len(chats) - 1, f"{readable} leesbare enveloppen van {len(chats)} mensen, van wie één wiste"
    )
    outcome.must(second, "wie wegging en terugkwam, kon in dezelfde ronde nog eens antwoorden")
    outcome.must(naive > 1, "de tegenproef vond niets")
    house.storage.engine.dispose()
    return outcome


def envelopes(house: House, about: Round) -> int:
    return len(house.read(lambda work: work.answers.sealed(about.id)))


def opened(house: House, about: Round) -> int:
    """How many of them open."""
    sealed = house.read(lambda work: work.answers.sealed(about.id))
    private = house.storage.keys.private(about.key_id)
    return sum(bool(open_sealed(each, private)) for _, each in sealed)


async def two_phones(
    house: House, about: Round, chats: Iterable[int], size: Size, chance: random.Random, count: Count
) -> None:
    """Everybody taps on two phones at once, everything in any order, each update up to three times."""
    async with phone_for(house) as phone:
        for chat in chats:
            before = envelopes(house, about)
            intake = Intake(
                phone.bot, handle=partial(phone.handlers.handle, phone.application), give_up=phone.handlers.give_up,
                sleep=no_sleep,
            )  # fmt: skip
            updates = [forged(phone, about, chat, number + 1, chance) for number in range(size.taps)]
            updates[:2] = [tap(phone, chat, at + 1, encode(PromptTap(about.id, "go")), message=at + 1) for at in (0, 1)]
            batch = [each for each in updates for _ in range(chance.randint(1, 3))]
            for start in range(0, len(batch), 100):
                part = batch[start : start + 100]
                chance.shuffle(part)
                await intake.take(tuple(part))
            await intake._lanes.drain()
            house.answer(chat, about.id, chance.choice(SCORES))  # whatever those taps came to: this one is whole
            await intake.take(tuple(updates))
            count.one(envelopes(house, about) - before)


def forged(phone: Phone, about: Round, chat: int, number: int, chance: random.Random) -> Update:
    """A tap of one of the two phones, on a screen that may have gone."""
    if chance.random() < 0.1:
        return tap(phone, chat, number, encode(PromptTap(about.id, chance.choice(("go", "again", "brief")))))
    choice = chance.choice((*SCORES, STOP, "back", "no_view"))
    data = encode(DialogueTap(about.id, chance.randint(0, 4), choice, chance.randint(0, 2)))
    return tap(phone, chat, number, data, message=chance.choice((1, 2)))


def tap(phone: Phone, chat: int, number: int, data: str, *, message: int = 1) -> Update:
    below = {**phone.message(chat, message_id=message, text="."), "from": BOT}
    query = {"id": str(number), "from": user(chat), "chat_instance": "1", "data": data, "message": below}
    made = read({"update_id": number, "callback_query": query}, phone.bot)
    assert made is not None
    return made


def at_once(house: House, about: Round, chat: int, threads: int, count: Count) -> None:
    """The same question answered in so many threads at the same moment, past the lanes of the chat."""
    before = envelopes(house, about)
    view = house.start(chat, about.id)
    given = [label_tap(view, chosen) for chosen in SCORES[1:4]]

    def answers(number: int) -> None:
        with suppress(Refusal):
            house.give(chat, view, given[number % len(given)])

    with ThreadPoolExecutor(threads) as crowd:
        list(crowd.map(answers, range(threads)))
    count.one(envelopes(house, about) - before, expected=0)  # the one of before, written over


def comes_back(house: House, about: Round, chats: tuple[int, ...], count: Count) -> bool:
    """Removed and back with a new link: the first envelope stays the only one. Whether a second answer was refused.

    Somebody who erased themselves took their envelope with them; whoever comes back is new, and was not asked.
    """
    bram, other = chats[1], chats[2]
    before = envelopes(house, about)
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[bram])
    house.invite(bram)
    with suppress(Refusal):
        house.answer(bram, about.id, "2")
    count.one(envelopes(house, about) - before, expected=0)
    forget_me(house.deps, chat_id=other)
    count.one(before - envelopes(house, about))
    house.invite(other)
    refused = False
    try:
        house.answer(other, about.id)
    except Refusal:
        refused = True
    count.one(before - envelopes(house, about))
    return refused


def same_link(house: House, threads: int, count: Count) -> int:
    """Many accounts take a link for one at the same moment; how many got in."""
    link = invite_each(house.deps, chat_id=COORDINATOR, team_id=house.team_id, number=1, days=14)[0].token

    def joins(chat: int) -> bool:
        with suppress(Refusal):
            house.join(chat, link)
            return True
        return False

    with ThreadPoolExecutor(threads) as crowd:
        let_in = sum(crowd.map(joins, range(70_000, 70_000 + threads)))
    count.one(let_in)
    return let_in


def without_slots(taps: int) -> int:
    """The naive build: each answer a row of its own; how many one person has after the same taps."""
    with sqlite3.connect(":memory:") as kept:
        kept.execute("CREATE TABLE answer (value TEXT)")
        kept.executemany("INSERT INTO answer VALUES (?)", [(SCORES[each % 5],) for each in range(taps)])
        return int(kept.execute("SELECT count(*) FROM answer").fetchone()[0])
