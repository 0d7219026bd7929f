"""A12: everybody tries every command and every button, with ids of others, and once more just after losing a role."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from telegram.ext import CommandHandler

from bot.chat.beheer import menus, profile, trying
from bot.chat.callback_data import KINDS, AccountTap, AsideTap, LeaveTap, ManageTap, decode, encode
from bot.chat.desk import _SENTENCES
from bot.chat.texts import aside_nl, people_nl
from bot.chat.texts import chat_nl as texts
from bot.usecases.forget_me import forget_me
from bot.usecases.leave_team import remove_now
from bot.usecases.replace_lead import remove_coordinator, remove_lead
from dialogues.authoring.profile import CONTACTS
from tests.attacks.matrix import BUTTONS, COMMANDS, Line
from tests.attacks.outcome import Outcome
from tests.attacks.stage import CAST, COLLEAGUE, Stage, played, staged
from tests.support.house import ANNE, COORDINATOR, LEAD
from tests.support.telegram import Phone

REFUSALS: Final = frozenset(
    {*_SENTENCES.values(), texts.NOT_ALLOWED, texts.UNKNOWN_BUTTON, texts.STRANGER, texts.NOTHING_KEPT,
     aside_nl.NO_TEAM, people_nl.NOT_IN_A_TEAM}
)  # fmt: skip
"""What somebody hears or reads for whom something is not."""
LAST: Final = (
    "stays", "opendays", "openarea", "renew", "revoke", "revokeall", "removed", "moved", "endedlead", "replaced",
    "droppedteam", "merged", "droppedarea", "endedcoord",
)  # fmt: skip
"""Steps after which other buttons mean nothing any more: tapped when there is nothing else left, in this order."""
OF_A_MEMBERSHIP: Final = (AccountTap, LeaveTap, AsideTap)
"""Buttons that mean nothing any more for who is no longer a member."""
SAMPLES: Final = 3
"""Buttons of one verb that are tapped, with different values."""
TYPED: Final = {"new": ("Team drie", "Team vier"), "newarea": ("Een gebied erbij",)}
"""What is typed after a button that leads on to menus which nothing else leads to; it is tapped for each once more."""


@dataclass(frozen=True, slots=True)
class Size:
    allowed: int
    """How many of those who may are tried for each button; every one of them needs a house of its own."""
    others: tuple[str, ...]
    """Who tries the menus of a coordinator."""


LONG: Final = Size(len(CAST), tuple(each for each in CAST if each != "coördinator"))
SHORT: Final = Size(1, ("lid", "coördinator elders"))


@dataclass(slots=True)
class Tally:
    """How many tries, and what was not as it is written."""

    outcome: Outcome
    tries: int = 0
    wrong: int = 0

    def check(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
        self.tries += 1
        self.wrong += not holds
        self.outcome.must(holds, otherwise)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The matrix, the menus, and the moment after a role was taken away. Nothing here is random."""
    del seed
    model = staged(folder / "model")
    tally = Tally(Outcome(""))
    numbers = itertools.count()
    fresh: Callable[[], Path] = lambda: folder / f"{next(numbers)}"  # noqa: E731 - a name for each copy
    asyncio.run(commands(model, fresh, tally))
    asyncio.run(buttons(model, fresh, tally, size))
    verbs = asyncio.run(menus_of_a_coordinator(model, fresh, tally, size))
    revoked = asyncio.run(after_losing_a_role(model, fresh, tally))
    kinds = {type(line.button(model)) for line in BUTTONS.values()}
    tally.outcome.must(
        kinds == set(KINDS), f"knoppen zonder regel: {sorted(each.__name__ for each in set(KINDS) - kinds)}"
    )
    tally.outcome.figure = (
        f"{len(COMMANDS)} opdrachten, {len(BUTTONS)} knoppen en {verbs} menustappen, door {len(CAST)} mensen. "
        f"{tally.tries} pogingen, {tally.wrong} anders dan afgesproken. Na intrekken van een rol {revoked} pogingen, "
        "het eerstvolgende bericht al geweigerd"
    )
    model.house.storage.engine.dispose()
    return tally.outcome


async def commands(model: Stage, fresh: Callable[[], Path], tally: Tally) -> None:
    """Every command of the program by everybody. A command that is in no line, or the other way round, fails."""
    async with played(model, fresh()) as (_stage, phone):
        known = {
            name
            for handlers in phone.application.handlers.values()
            for each in handlers
            if isinstance(each, CommandHandler)
            for name in each.commands
        }
        tally.outcome.must(known == set(COMMANDS), f"opdrachten zonder regel: {sorted(known ^ set(COMMANDS))}")
        for command, allowed in COMMANDS.items():
            for who, chat in CAST.items():
                at = len(phone.telegram.calls)
                await phone.send(chat, f"/{command}")
                said = [call.text for call in phone.telegram.calls[at:] if call.method == "sendMessage"]
                served = bool(said) and not REFUSALS & set(said)
                tally.check(served == (who in allowed), f"/{command} door {who}: {'wel' if served else 'niet'} bediend")


async def buttons(model: Stage, fresh: Callable[[], Path], tally: Tally, size: Size) -> None:
    """Every button of the matrix: who may not, changes nothing; who may, each on a house of their own."""
    for name, line in BUTTONS.items():
        async with played(model, fresh()) as (stage, phone):
            line.before(stage)
            data = encode(line.button(stage))
            for who in (each for each in CAST if each not in line.allowed):
                refused = await is_refused(stage, phone, CAST[who], data, line)
                tally.check(refused, f"{name} door {who}: niet geweigerd, of iets veranderd")
        for who in [each for each in CAST if each in line.allowed][: size.allowed]:
            async with played(model, fresh()) as (stage, phone):
                line.before(stage)
                served = await is_served(phone, CAST[who], encode(line.button(stage)), line.message_id)
                tally.check(served, f"{name} door {who}: geweigerd")


async def tapped(phone: Phone, chat: int, data: str, message_id: int) -> list[str]:
    """What a tap brought the person who tapped; empty when the tap itself was not answered."""
    at = len(phone.telegram.calls)
    await phone.tap(chat, data, message_id=message_id)
    calls = phone.telegram.calls[at:]
    if not any(call.method == "answerCallbackQuery" for call in calls):
        return []
    return [call.text for call in calls]


async def is_refused(stage: Stage, phone: Phone, chat: int, data: str, line: Line | None = None) -> bool:
    """Told off, and no row of the whole database is another one than before."""
    before = stage.rows()
    said = await tapped(phone, chat, data, line.message_id if line else 1)
    return bool(REFUSALS & set(said)) and stage.rows() == before


async def is_served(phone: Phone, chat: int, data: str, message_id: int = 1) -> bool:
    """Answered, and not told off."""
    said = await tapped(phone, chat, data, message_id)
    return bool(said) and not REFUSALS & set(said)


async def menus_of_a_coordinator(model: Stage, fresh: Callable[[], Path], tally: Tally, size: Size) -> int:
    """Tap through every menu as the coordinator; before each tap the others try that very button. How many verbs."""
    every = {*menus._ABOUT_TEAM, *menus._ABOUT_AREA, *menus._ABOUT_NOTHING, trying.PLAY}
    reached: dict[str, int] = {}
    async with played(model, fresh()) as (stage, phone):
        await phone.send(COORDINATOR, "/beheer")
        waiting = dict.fromkeys(shown(phone))
        seen: set[str] = set()
        reached[profile.KEEP] = int(await keeps_a_role(stage, phone, list(waiting), tally, size))
        await phone.send(COORDINATOR, "/beheer")
        while waiting:
            data = min(waiting, key=turn)
            del waiting[data]
            seen.add(data)
            verb = verb_of(data)
            if reached.get(verb, 0) >= (1 if verb in LAST else SAMPLES) or not still_there(stage, data):
                continue
            if verb not in menus._ABOUT_NOTHING:
                for who in size.others:
                    tally.check(
                        await is_refused(stage, phone, CAST[who], data), f"menu {verb} door {who}: niet geweigerd"
                    )
            at = len(phone.telegram.calls)
            if await is_served(phone, COORDINATOR, data):
                reached[verb] = reached.get(verb, 0) + 1
                if verb in TYPED and reached[verb] <= len(TYPED[verb]):
                    await phone.send(COORDINATOR, TYPED[verb][reached[verb] - 1])
                    waiting[data] = None
                waiting |= dict.fromkeys(each for each in shown(phone, at) if each not in seen)
    unreached = (
        every - {verb for verb, times in reached.items() if times} - {"home"}
    )  # with one area no menu leads there; it stands in the matrix
    tally.check(not unreached, f"menustappen die de coördinator niet kon doen: {sorted(unreached)}")
    return len(reached)


async def keeps_a_role(stage: Stage, phone: Phone, buttons: Sequence[str], tally: Tally, size: Size) -> bool:
    """Type to whom people can go, and say yes to it: any other tap in between forgets what was typed."""
    team_id = next(decode(data).about for data in buttons if verb_of(data) == "team")
    question = next(iter(CONTACTS))
    yes = encode(ManageTap(profile.KEEP, team_id, question))
    await tapped(phone, COORDINATOR, encode(ManageTap("profile", team_id, f"{question}-{profile._TYPE}")), 1)
    await phone.send(COORDINATOR, "de teamleider")
    for who in size.others:
        tally.check(await is_refused(stage, phone, CAST[who], yes), f"menu {profile.KEEP} door {who}: niet geweigerd")
    return await is_served(phone, COORDINATOR, yes)


def turn(data: str) -> int:
    """When a button is tapped: what makes others mean nothing comes last, and oneself goes at the very end."""
    verb = verb_of(data)
    return LAST.index(verb) + 1 if verb in LAST else 0


def verb_of(data: str) -> str:
    reference = decode(data)
    assert isinstance(reference, ManageTap)
    return reference.verb


def still_there(stage: Stage, data: str) -> bool:
    """Whether what a button is about exists yet: a team may have gone up into another meanwhile."""
    reference = decode(data)
    assert isinstance(reference, ManageTap)
    with stage.house.storage.begin() as work:
        team = work.teams.get(reference.about)
        return team is None or team.archived_on is None


def shown(phone: Phone, since: int = 0) -> Iterator[str]:
    """The menu buttons that the coordinator saw since a call."""
    for call in phone.telegram.calls[since:]:
        if call.given.get("chat_id") and call.chat_id == COORDINATOR:
            yield from (data for data in call.buttons.values() if isinstance(decode(data), ManageTap))


async def after_losing_a_role(model: Stage, fresh: Callable[[], Path], tally: Tally) -> int:
    """A role is taken away while somebody has the buttons on the screen: the next tap is refused. How many tries."""
    before = tally.tries
    for who, chat, lose, allowed in revocations():
        lost = [
            name
            for name, line in BUTTONS.items()
            if who in line.allowed
            and line.allowed <= allowed
            # Who was asked may answer until the round closes, and pass on contacts after leaving: that is promised.
            and (lose is not removed_member or isinstance(line.button(model), OF_A_MEMBERSHIP))
        ]
        for name in lost:
            line = BUTTONS[name]
            async with played(model, fresh()) as (stage, phone):
                line.before(stage)
                data = encode(line.button(stage))
                lose(stage)
                gone = await is_refused(stage, phone, chat, data, line)
                tally.check(gone, f"{name} door {who}, na het verlies van die rol: niet geweigerd")
    return tally.tries - before


def revocations() -> Iterator[tuple[str, int, Callable[[Stage], Any], frozenset[str]]]:
    """Who loses a role, how, and of which buttons (those for nobody but these) nothing may be left."""
    lead, coordinator = frozenset({"teamleider"}), frozenset({"coördinator"})
    anne = frozenset({"Anne"})
    yield "teamleider", LEAD, dismissed_lead, lead
    yield "teamleider", LEAD, erased(LEAD), lead
    yield "coördinator", COORDINATOR, dismissed_coordinator, coordinator
    yield "coördinator", COORDINATOR, erased(COORDINATOR), coordinator
    yield "Anne", ANNE, erased(ANNE), anne | {"lid"}
    yield "Anne", ANNE, removed_member, anne


def removed_member(stage: Stage) -> None:
    remove_now(stage.house.deps, chat_id=COORDINATOR, membership_id=stage.anne)


def dismissed_lead(stage: Stage) -> None:
    remove_lead(stage.house.deps, chat_id=COORDINATOR, membership_id=stage.house.memberships[LEAD])


def dismissed_coordinator(stage: Stage) -> None:
    person = stage.house.person(COORDINATOR)
    assert person is not None
    remove_coordinator(stage.house.deps, chat_id=COLLEAGUE, area_id=stage.house.area_id, person_id=person.id)


def erased(chat: int) -> Callable[[Stage], None]:
    return lambda stage: forget_me(stage.house.deps, chat_id=chat) and None
