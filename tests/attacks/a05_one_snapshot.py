"""A5: one copy of all that lies on the server, while a round is open, and a program that links people to answers."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.usecases.release_round import release_due
from tests.attacks.answering_house import answering_house, everybody_answers, naively_built, open_rounds, people_of
from tests.attacks.linking import HASHED, Guessed, canaries, guess, rows_of, signals
from tests.attacks.outcome import Outcome
from tests.privacy.test_canaries import MARK
from tests.support.logs import logs

MOST_ABOVE: Final = 0.05
LEAST_BROKEN: Final = 0.75
"""Of the naive build. In one run out of twelve an answer is too rare among those from whom the program learns, and a
tenth is not found; without any link it would be a third."""


@dataclass(frozen=True, slots=True)
class Size:
    teams: int
    members: int
    rounds: int
    """How many answers each person gives, each in a round of its own; the last one is still open."""


LONG, SHORT = Size(8, 30, 8), Size(2, 105, 1)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The product first, then the same with plain hashes and open envelopes, which must be broken."""
    found, guessed, people, pointed = attacked(size, folder / "echt", seed=seed)
    with naively_built():
        _, naive, _, betrayed = attacked(Size(size.teams, size.members, 1), folder / "naief", seed=seed)
    right, of, base = (sum(getattr(each, name) for each in guessed) for name in ("right", "of", "base"))
    outcome = Outcome(
        f"{people} mensen met elk {size.rounds} antwoorden. {sum(found.values())} leesbaar in de database, haar "
        f"logboek, een reservekopie en de logs. Raden: {right / of:.2f} goed, en met de gok {base / of:.2f} "
        f"({of} keer geraden). {pointed} enveloppen gevonden met een afdruk. "
        f"Controle: van de naïeve bouw is {naive[0].share:.2f} gekoppeld."
    )
    outcome.must(people >= 200, f"maar {people} mensen")
    outcome.must(not found, f"leesbaar: {found}")
    outcome.must((right - base) / of <= MOST_ABOVE, f"raden lukt {(right - base) / of:.2f} beter dan de gok")
    outcome.must(pointed == 0, f"{pointed} mensen hebben een rij op een plek die iedereen kan uitrekenen")
    outcome.must(betrayed == size.teams * size.members, f"in de naïeve bouw zijn maar {betrayed} plekken uitgerekend")
    outcome.must(naive[0].share >= LEAST_BROKEN, f"de naïeve bouw is maar voor {naive[0].share:.0%} gekraakt")
    return outcome


def attacked(size: Size, folder: Path, *, seed: int) -> tuple[dict[str, int], list[Guessed], int, int]:
    """Answer, copy everything, and let the program guess: canaries found, guesses, how many people, places computed."""
    chance = random.Random(seed)
    copy = folder / "kopie"
    given: list[dict[str, str]] = []
    with logs(level="DEBUG") as printed:
        house, chats = answering_house(folder / "huis", teams=size.teams, members=size.members)
        people = people_of(house, chats)
        for number in range(size.rounds):
            rounds = open_rounds(house, chats)
            answers = {}
            for about, team in zip(rounds, chats.values(), strict=True):
                answers |= {
                    people[chat].id: score for chat, score in everybody_answers(house, about, team, chance=chance)
                }
            given.append(answers)
            if number < size.rounds - 1:
                house.clock.moment = max(each.closes_at for each in rounds)
                release_due(house.deps)
        shutil.copytree(house.database.parent, copy)
        with closing(sqlite3.connect(house.database)) as database:
            database.execute("VACUUM INTO ?", (str(copy / "reservekopie.db"),))
        (copy / "logs.txt").write_text(printed())
    house.storage.engine.dispose()
    found = canaries(copy, looked_for=(MARK,))
    seen = signals(rows_of(copy / "house.db"), people.values())
    return found, [guess(seen, answers, chance=chance) for answers in given], len(people), len(seen[HASHED])
