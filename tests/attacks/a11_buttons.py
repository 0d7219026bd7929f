"""A11: buttons that nobody made: mutated, with ids of others, old ones, and buttons from another chat."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.chat.beheer import menus
from bot.chat.callback_data import KINDS, LIMIT, encode
from storage.errors import KeyGone
from tests.attacks.matrix import BUTTONS
from tests.attacks.outcome import Outcome
from tests.attacks.stage import CAST, Stage, played, staged
from tests.support.house import ANNE, OTHER_COORDINATOR, OTHER_LEAD, OUTSIDER
from tests.support.telegram import BOT, Phone, user

ATTACKERS: Final = tuple(who for who in CAST if who not in {"Anne", "coördinator"})
BATCH: Final = 250
"""Taps on one house: who stopped or was refused everything leaves too little to attack."""
ANSWERED_WITHIN: Final = 1.0
"""Seconds of this process until a tap must be answered; what else the machine does is not the product's."""
VALUES: Final = (
    "", "0", "1", "-1", "00", "9" * 30, "٣", "stop", "back", "yes", "share", "pdf", "erase", "NaN", "~", "~1", "../..",
    "''--",
    "\x00", "é", "🇳🇱", "today", "month", "friday-middag", "2026-12-31", "sector", "gemeente", "trust", "trust-practice",
)  # fmt: skip
FOREIGN_CHATS: Final = (ANNE, -100_200_300, 424_242)


@dataclass(frozen=True, slots=True)
class Size:
    taps: int
    timed: bool


LONG, SHORT = Size(10_000, timed=True), Size(500, timed=False)


@dataclass(slots=True)
class Seen:
    """What came of all those taps."""

    taps: int = 0
    unanswered: int = 0
    slowest: float = 0.0
    effects: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """So many forged taps; then a house whose doors do not ask the database, which must be broken into."""
    model = staged(folder / "model")
    chance = random.Random(seed)
    seen = Seen()
    asyncio.run(attack(model, folder / "copy", chance, size.taps, seen))
    control = Seen()
    asyncio.run(attack(model, folder / "open", random.Random(seed), BATCH, control, blind=True))
    outcome = Outcome(
        f"{seen.taps} vervalste knoppen door {len(ATTACKERS)} mensen: {len(seen.effects)} gevolgen voor anderen, "
        f"{len(seen.failures)} fouten, {seen.unanswered} zonder antwoord"
        + (f", hooguit {seen.slowest * 1000:.0f} ms rekentijd per antwoord" if size.timed else "")
        + f". Tegenproef waarin niemand kijkt wie er tikt: {len(control.effects)} gevolgen bij {control.taps} knoppen"
    )
    outcome.must(not seen.effects, f"gevolgen voor anderen: {seen.effects[:3]}")
    outcome.must(not seen.failures, f"fouten: {sorted(set(seen.failures))[:3]}")
    outcome.must(seen.unanswered == 0, f"{seen.unanswered} zonder antwoord")
    outcome.must(not size.timed or seen.slowest < ANSWERED_WITHIN, f"een antwoord duurde {seen.slowest:.1f} s")
    outcome.must(bool(control.effects), "de tegenproef werd niet gekraakt")
    model.house.storage.engine.dispose()
    return outcome


async def attack(
    model: Stage, folder: Path, chance: random.Random, taps: int, seen: Seen, *, blind: bool = False
) -> None:
    """So many taps, each batch on a fresh house; ``blind``: the one who taps is taken for whoever may do it."""
    while seen.taps < taps:
        async with played(model, folder) as (stage, phone):
            forge = Forger(stage, chance)
            for _ in range(min(BATCH, taps - seen.taps)):
                who = chance.choice(ATTACKERS)
                await one(stage, phone, chance, CAST[who], forge(), seen, as_chat=chance.choice((ANNE, 101)) * blind)


async def one(
    stage: Stage, phone: Phone, chance: random.Random, chat: int, data: str, seen: Seen, *, as_chat: int
) -> None:
    """One forged tap, and a look at what it did to others."""
    seen.taps += 1
    mine = own_marks(stage, chat)
    before = of_others(stage, mine)
    phone.telegram.calls.clear()
    begun = time.process_time()
    sender = as_chat or chat
    at = chance.choice(FOREIGN_CHATS) if chance.random() < 0.1 and not as_chat else sender
    message = {**phone.message(at, message_id=chance.choice((1, 9, 70, 4999, 10**9)), text="."), "from": BOT}
    query = {"id": str(seen.taps), "from": user(sender), "chat_instance": "1", "data": data, "message": message}
    try:
        await phone.handle(callback_query=query)
    except Exception as error:  # noqa: BLE001 - counted
        seen.failures.append(f"{type(error).__name__} bij {data!r}")
    seen.slowest = max(seen.slowest, time.process_time() - begun)
    seen.unanswered += not phone.telegram.of("answerCallbackQuery")
    changed = [
        table for table, rows in of_others(stage, mine | own_marks(stage, chat)).items() if lost(table, before, rows)
    ]
    if changed:
        seen.effects.append(f"{data!r} door {chat}: {', '.join(changed)}")


def own_marks(stage: Stage, chat: int) -> frozenset[str | bytes]:
    """The ids and slots in rows that somebody may change: their own, and of a coordinator the whole area."""
    person = stage.house.person(chat)
    if person is None:
        return frozenset({f"chat {chat}"})
    with stage.house.storage.begin() as work:
        memberships = work.people.memberships(person.id)
        areas = work.people.coordinates(person.id)
        asking = work.rounds.asking(person.id)
    marks: set[str | bytes] = {person.id, *(each.id for each in memberships), *areas}
    for about in asking:  # also the first round of a team, which begins when somebody told all about themselves
        with suppress(KeyGone):
            marks.add(stage.house.storage.keys.slot(about.key_id, person.id))
    if chat == OTHER_COORDINATOR:
        marks |= {stage.house.other_team.id, *(stage.house.memberships[each] for each in (OUTSIDER, OTHER_LEAD))}
        marks |= {found.id for each in (OUTSIDER, OTHER_LEAD) if (found := stage.house.person(each))}
    if any(each.role == "lead" and each.team_id == stage.house.team_id for each in memberships):
        marks.add(stage.maandbeeld_id)
    return frozenset(marks)


def of_others(stage: Stage, mine: frozenset[str | bytes]) -> dict[str, list[tuple]]:
    """All rows in which no mark of one's own stands."""
    return {table: [row for row in rows if not holds(row, mine)] for table, rows in stage.rows().items()}


def holds(row: tuple[Any, ...], marks: frozenset[str | bytes]) -> bool:
    cells = " ".join(str(cell) for cell in row if isinstance(cell, str))
    return any(mark in cells if isinstance(mark, str) else mark in row for mark in marks)


def lost(table: str, before: dict[str, list[tuple]], now: list[tuple]) -> bool:
    """Whether rows of others are other ones now. What somebody does themselves may be told: in the log, as a notice."""
    gone, come = set(before[table]) - set(now), set(now) - set(before[table])
    return bool(gone) or any(table != "change" and "notice" not in row for row in come)


class Forger:
    """Makes data that no screen of this person holds."""

    def __init__(self, stage: Stage, chance: random.Random) -> None:
        self._chance = chance
        self._real = [
            encode(line.button(stage)) for name, line in BUTTONS.items() if not name.startswith("uitnodiging als")
        ]
        house = stage.house
        elsewhere = (house.other_team.id, house.other_team.area_id, house.memberships[OUTSIDER])
        self._ids = (*stage.ids_here(), *elsewhere, "A" * 22, "x")
        self._verbs = (*menus._ABOUT_TEAM, *menus._ABOUT_AREA, *menus._ABOUT_NOTHING, "play")
        self._ways: tuple[Callable[[], str], ...] = (
            self._as_it_is, self._menu, self._menu, self._other_id, self._other_id, self._other_value, self._letter,
            self._flipped, self._cut, self._noise,
        )  # fmt: skip

    def __call__(self) -> str:
        made = self._chance.choice(self._ways)()
        while len(made.encode()) > LIMIT:
            made = made[:-1]
        return made or "x"

    def _as_it_is(self) -> str:
        """A real button, from somebody else's screen."""
        return self._chance.choice(self._real)

    def _menu(self) -> str:
        about, value = self._chance.choice(self._ids), self._chance.choice((*VALUES, *self._ids))
        return f"b1.{self._chance.choice(self._verbs)}.{about}.{value}"

    def _other_id(self) -> str:
        parts = self._as_it_is().split(".")
        parts[self._chance.randrange(1, len(parts))] = self._chance.choice(self._ids)
        return ".".join(parts)

    def _other_value(self) -> str:
        parts = self._as_it_is().split(".")
        parts[self._chance.randrange(1, len(parts))] = self._chance.choice(VALUES)
        return ".".join(parts)

    def _letter(self) -> str:
        return self._chance.choice([kind.letter for kind in KINDS]) + self._as_it_is()[1:]

    def _flipped(self) -> str:
        data = list(self._as_it_is())
        for _ in range(self._chance.randint(1, 3)):
            data[self._chance.randrange(len(data))] = chr(self._chance.randrange(1, 0x250))
        return "".join(data)

    def _cut(self) -> str:
        data = self._as_it_is()
        return data[: self._chance.randrange(1, len(data))] + self._chance.choice(("", ".", "..", "." * 20))

    def _noise(self) -> str:
        return "".join(chr(self._chance.randrange(1, 0x3000)) for _ in range(self._chance.randint(1, 30)))
