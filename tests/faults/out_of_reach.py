"""F7: people who cannot be reached: blocked, deactivated, never there, and chats that get another number."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox import groups, phones
from bot.usecases.open_due_rounds import open_due_rounds
from tests.faults.invariants import broken_invariants, sent_out_of_hours
from tests.faults.outcome import Outcome
from tests.faults.people import add_members
from tests.faults.virtual import VirtualLoop, run_virtually
from tests.faults.wire import most_in_a_second
from tests.faults.world import World
from tests.support.house import open_house

PROMPT = "Twee minuten voor een korte vraag?"
REMINDER = "Kleine herinnering"
BLOCKED, DEACTIVATED, NOT_THERE, MOVED = 0.05, 0.02, 0.01, 0.01
"""Shares of the recipients."""


@dataclass(frozen=True, slots=True)
class Size:
    recipients: int


LONG, SHORT = Size(500), Size(100)


@dataclass(frozen=True, slots=True)
class Fates:
    """Who cannot be reached, and why."""

    blocked: list[int]
    deactivated: list[int]
    not_there: list[int]
    moved: list[int]

    @property
    def gone(self) -> list[int]:
        return self.blocked + self.deactivated + self.not_there


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """A round with its prompts, its reminders, people who come back, and the next round."""
    outcome = Outcome(
        "F7",
        "5 % geblokkeerd, 2 % opgeheven, chat bestaat niet, groep kreeg nieuw nummer",
        "precies 1 poging na een 403; alle anderen bediend; terug na /start in 1 stap; nieuw nummer gebruikt, 0 kwijt",
        seed,
    )
    run_virtually(lambda loop: _story(loop, size, outcome, folder))
    return outcome


def fates(chats: list[int], seed: int) -> Fates:
    """Who it happens to."""
    drawn = random.Random(seed).sample(chats, len(chats))
    cut = []
    for share in (BLOCKED, DEACTIVATED, NOT_THERE, MOVED):
        number = max(1, round(share * len(chats)))
        cut.append(drawn[:number])
        drawn = drawn[number:]
    return Fates(*cut)


async def _story(loop: VirtualLoop, size: Size, outcome: Outcome, folder: Path) -> None:
    house = open_house(folder, new=True).furnish()
    assert house.team is not None
    chats = add_members(house, house.team, size.recipients)
    fate = fates(chats, outcome.seed)
    start = house.rhythm()
    world = World(house, start=start, loop=loop, seed=outcome.seed)
    world.phones(chat for chat in chats if chat not in fate.not_there)
    for chat in fate.blocked:
        phones.block(world.telegram, chat, blocked=True)
    for chat in fate.deactivated:
        phones.deactivate(world.telegram, chat)
    old_numbers = become_groups(world, fate.moved)
    world.telegram.updates.clear()
    open_due_rounds(house.deps)
    await world.start()
    await world.passes(minutes=5)

    served = [chat for chat in chats if chat not in fate.gone and chat not in fate.moved]
    lost = sum(len(world.shown(chat, PROMPT)) != 1 for chat in served)
    new_numbers = [world.telegram.chats[old].migrated_to for old in old_numbers]
    lost_moved = sum(len(world.shown(new, PROMPT)) != 1 for new in new_numbers)

    about = house.read(lambda work: work.rounds.latest(house.team_id))
    world.clock.set(about.remind_at)
    await world.passes(minutes=5)
    reminded = sum(len(world.shown(chat, REMINDER)) == 1 for chat in served)
    attempts = [sum(call.chat_id == chat for call in world.wire.calls) for chat in fate.gone]
    old_calls = [sum(call.chat_id == old for call in world.wire.calls) for old in old_numbers]

    back = 0
    for chat in fate.blocked:
        phones.block(world.telegram, chat, blocked=False)
        phones.send_text(world.telegram, chat, "/start")
    await world.passes(minutes=1)
    back = sum(len(world.shown(chat, PROMPT)) == 1 for chat in fate.blocked)
    await world.stop()

    busiest = most_in_a_second(world.wire.calls)
    outcome.done = (
        f"{size.recipients} ontvangers: {len(fate.blocked)} geblokkeerd, {len(fate.deactivated)} opgeheven, "
        f"{len(fate.not_there)} bestaat niet, {len(fate.moved)} verhuisd; pogingen per onbereikbare chat: "
        f"{min(attempts)}-{max(attempts)} (vraag én herinnering); {lost} van de {len(served)} anderen kwijt; "
        f"{back} van {len(fate.blocked)} terug na /start; "
        f"verhuisd: {lost_moved} kwijt, oude nummer {max(old_calls)} × gebruikt"
    )
    outcome.must(attempts == [1] * len(attempts), f"pogingen na een weigering: {attempts}")
    outcome.must(lost == 0, f"{lost} anderen niet één keer bediend")
    outcome.must(reminded == len(served), f"{reminded} van {len(served)} kregen de herinnering")
    outcome.must(back == len(fate.blocked), f"{back} van {len(fate.blocked)} kregen hun vraag na /start")
    outcome.must(lost_moved == 0, f"{lost_moved} verhuisden kregen hun vraag niet")
    outcome.must(old_calls == [1] * len(old_calls), f"het oude nummer is {old_calls} keer gebruikt")
    outcome.must(busiest <= 30, f"{busiest} in één seconde")
    moments = [message.date for chat in served for message in world.shown(chat, PROMPT)]
    outcome.must(sent_out_of_hours(moments) == 0, "I4: verstuurd buiten werktijd")
    outcome.missed += broken_invariants(house.database)


def become_groups(world: World, chats: list[int]) -> list[int]:
    """Give these people a group for a chat, as in an old installation, and let each group get a new number."""
    old_numbers = []
    with world.house.storage.begin() as work:
        for chat in chats:
            group = groups.create_group(world.telegram, title=f"Groep {chat}", members=[chat])
            person = work.people.by_chat(chat)
            assert person is not None
            work.people.set_chat(person.id, group.id)
            groups.migrate(world.telegram, group.id)
            old_numbers.append(group.id)
        work.commit()
    return old_numbers
