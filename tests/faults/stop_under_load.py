"""F12, first half: SIGTERM again and again while prompts go out and people are in the middle of their dialogue."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from bot.usecases.deps import Deps
from tests.faults.invariants import broken_invariants
from tests.faults.kill_in_broadcast import PROMPT
from tests.faults.kill_in_dialogues import DUE, SCORES, Crowd, Person, scores_in_envelopes
from tests.faults.outcome import Outcome
from tests.faults.patience import SECONDS, settle
from tests.journeys.arranging import Company, company, deps_of
from tests.journeys.running import BotProcess, Home, tireless_sandbox
from tests.support.phones import Sandbox

LONGEST_EXIT: Final = 10.0
"""Seconds from SIGTERM to the end of the process."""


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    stops: int
    timed: bool
    """Whether seconds count; beside other tests on a busy machine they say nothing."""


LONG, SHORT = Size(300, 50, timed=True), Size(8, 2, timed=False)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The bot is asked to stop after every few answers, at any moment, and started again."""
    outcome = Outcome(
        "F12",
        f"SIGTERM onder belasting, {size.stops} ×",
        f"weg binnen {LONGEST_EXIT:.0f} s, met code 0; 0 bevestigde antwoorden kwijt; niemand een vraag twee keer",
        seed,
    )
    with tireless_sandbox(apart=size.timed) as sandbox:
        home = Home(folder, sandbox)
        deps = deps_of(home)
        team = company(deps, sandbox, members=size.people)
        with BotProcess(home, warm=not size.timed) as bot:
            settle(sandbox)  # everybody's /start is answered before the round opens
            sandbox.set_clock(DUE)
            _story(sandbox, home, bot, deps, team, size, outcome)
        deps.storage.engine.dispose()
    return outcome


def _story(
    sandbox: Sandbox, home: Home, bot: BotProcess, deps: Deps, team: Company, size: Size, outcome: Outcome
) -> None:
    chance = random.Random(outcome.seed)
    scores = list(islice(cycle(SCORES), size.people))
    asked = [Person(*pair) for pair in zip(team.members, scores, strict=True)]
    crowd = Crowd(sandbox, [])
    per_life = max(1, size.people * 3 // size.stops)
    slowest, checked, lost, stops = 0.0, 0, 0, 0
    for _ in range(size.stops):
        _answers(crowd, asked, chance.randint(1, per_life))
        if not (asked or crowd.waiting or crowd.active):
            break  # nobody is left to put a load on it
        stops += 1
        begun = time.monotonic()
        bot.stop()  # fails unless it ends with code 0
        slowest = max(slowest, time.monotonic() - begun)
        while crowd.look():  # what was answered before it went, so that the next life is stopped when it answers
            continue
        acknowledged = [person for person in crowd.everybody if person.scored]
        found = scores_in_envelopes(deps, team, acknowledged)
        lost += sum(found.get(person.phone.user) != SCORES[person.score] for person in acknowledged)
        checked += len(acknowledged)
        bot.start()
        crowd.tap_again()
    _answers(crowd, asked, size.people * 100)
    settle(sandbox)
    messages = [len(member.from_bot()) for member in team.members]
    bot.stop()

    outcome.done = (
        f"{size.people} mensen, {stops} × SIGTERM; {checked} × een bevestigd antwoord nagekeken: {lost} kwijt; "
        f"berichten per persoon: {min(messages)}-{max(messages)}; langzaamste einde {slowest:.1f} s"
    )
    outcome.must(stops == size.stops, f"maar {stops} × onder belasting gestopt")
    outcome.must(lost == 0, f"{lost} bevestigde antwoorden kwijt")
    outcome.must(len(crowd.finished) == size.people, f"{size.people - len(crowd.finished)} mensen kwamen er niet uit")
    outcome.must(min(messages) == max(messages), "iemand kreeg een vraag twee keer")
    outcome.must(not size.timed or slowest <= LONGEST_EXIT, f"pas na {slowest:.1f} s weg")
    outcome.missed += broken_invariants(home.database)


def _answers(crowd: Crowd, asked: list[Person], wanted: int) -> None:
    """Let people tap until so many answers were seen, or nobody is left; each begins when their prompt is there."""
    seen, deadline = 0, time.monotonic() + SECONDS
    while seen < wanted and (asked or crowd.waiting or crowd.active):
        for person in [each for each in asked if each.phone.count(PROMPT)]:
            asked.remove(person)
            crowd.waiting.append(person)
        seen += crowd.look()
        assert time.monotonic() < deadline, f"niemand kan verder: {list(crowd.active.values())[:1]!r}"
