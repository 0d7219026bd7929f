"""F6: a Telegram on its worst day: many sends are refused for a while, some break, some are never answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.usecases.open_due_rounds import open_due_rounds
from tests.faults.invariants import broken_invariants, sent_out_of_hours
from tests.faults.outcome import Outcome
from tests.faults.people import add_members
from tests.faults.virtual import VirtualLoop, run_virtually
from tests.faults.wire import Call, Trouble, inside_a_pause, most_in_a_second, too_soon_for_a_chat
from tests.faults.world import World
from tests.support.house import ANNE, BRAM, open_house

PROMPT = "Twee minuten voor een korte vraag?"

WAITING = "SELECT 1 FROM delivery WHERE kind = 'prompt' AND state IN ('pending', 'leased', 'sending') LIMIT 1"


@dataclass(frozen=True, slots=True)
class Size:
    recipients: int
    timed: bool
    """Whether the whole lasts long enough to compare with the minimum: with few people the last retries weigh most."""


LONG, SHORT = Size(1000, timed=True), Size(40, timed=False)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Prompts for everybody while the line is bad, until nothing is left to send."""
    outcome = Outcome(
        "F6",
        "30 % 429 (1-35 s), 10 % 5xx, 5 % wel bezorgd maar geen antwoord",
        "0 kwijt; geen aanroep binnen retry_after; ≤ 30/s en ≤ 1/s per chat; dubbel ≤ stille; klaar ≤ 2 × het minimum",
        seed,
    )
    run_virtually(lambda loop: _story(loop, size, outcome, folder))
    return outcome


async def _story(loop: VirtualLoop, size: Size, outcome: Outcome, folder: Path) -> None:
    house = open_house(folder, new=True).furnish()
    assert house.team is not None
    chats = [ANNE, BRAM, *add_members(house, house.team, size.recipients - 2)]
    world = World(house, start=house.rhythm(), loop=loop, seed=outcome.seed)
    world.phones(chats)
    world.wire.trouble = Trouble(too_many=0.30, broken=0.10, delivered_but_silent=0.05)
    open_due_rounds(house.deps)
    await world.start()
    begun = loop.time()
    while house.rows(WAITING):
        await world.passes(seconds=10)
    took = max(call.answered for call in world.wire.calls) - begun
    await world.stop()

    calls = world.wire.calls
    received = {chat: len(world.shown(chat, PROMPT)) for chat in chats}
    lost = sum(not number for number in received.values())
    double = sum(number - 1 for number in received.values() if number)
    silent, least = world.wire.count("timeout"), minimum(calls)
    busiest, soon, inside = most_in_a_second(calls), too_soon_for_a_chat(calls), inside_a_pause(calls)
    outcome.done = (
        f"{size.recipients} ontvangers, {len(calls)} aanroepen: {world.wire.count('429')} × 429, "
        f"{world.wire.count('5xx')} × 5xx, {silent} stil; {lost} kwijt, {double} dubbel; {inside} binnen retry_after; "
        f"hoogstens {busiest}/s, {soon} te snel voor een chat; "
        f"{took:.0f} s, minimum {least:.0f} s ({took / least:.2f} ×)"
    )
    outcome.must(lost == 0, f"{lost} kwijt")
    outcome.must(inside == 0, f"{inside} aanroepen binnen retry_after")
    outcome.must(busiest <= 30, f"{busiest} in één seconde")
    outcome.must(soon == 0, f"{soon} keer twee in een seconde naar één chat")
    outcome.must(double <= silent, f"{double} dubbel bij {silent} stille")
    outcome.must(not size.timed or took <= 2 * least, f"{took:.0f} s bij een minimum van {least:.0f} s")
    moments = [message.date for chat in chats for message in world.shown(chat, PROMPT)]
    outcome.must(sent_out_of_hours(moments) == 0, "I4: verstuurd buiten werktijd")
    outcome.missed += broken_invariants(house.database)


def minimum(calls: list[Call]) -> float:
    """Seconds nobody can be faster than: every pause that Telegram asked for, and 30 calls a second for the rest."""
    paused = over = 0.0
    for call in sorted((each for each in calls if each.outcome == "429"), key=lambda each: each.answered):
        until = call.answered + call.pause
        paused += max(0.0, until - max(call.answered, over))
        over = max(over, until)
    return paused + len(calls) / 30
