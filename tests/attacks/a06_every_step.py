"""A6: a copy after every committed transaction, and every pair of copies beside each other."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from sqlalchemy import text

from bot.usecases.release_round import release_due
from storage.work import Work
from tests.attacks.answering_house import SCORES, WEIGHTS, answering_house, everybody_answers, open_rounds, people_of
from tests.attacks.linking import Guessed, Row, Someone, canaries, guess, rows_of, together
from tests.attacks.outcome import Outcome
from tests.privacy.test_canaries import MARK
from tests.support.house import House

MOST_ABOVE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Size:
    members: int
    naive_members: int


LONG, SHORT = Size(90, 90), Size(24, 75)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the copies gave away."""

    copies: int
    pairs: int
    readable: int
    guessed: Guessed
    linked: float
    """Share of the people whose envelope was pointed out; in the naive build, their answer itself."""


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The product first; then the same with a mark for who answered and a row without a name, which must be broken."""
    real = attacked(size.members, folder / "echt", seed=seed, naive=False)
    naive = attacked(size.naive_members, folder / "naief", seed=seed, naive=True)
    outcome = Outcome(
        f"{real.copies} kopieën, alle {real.pairs} paren, {size.members} mensen. {real.readable} leesbare antwoorden. "
        f"Raden: {real.guessed.share:.2f} goed, en met de gok {real.guessed.base / real.guessed.of:.2f}. Van de "
        f"enveloppen is {real.linked:.2f} aan een mens gekoppeld. "
        f"Controle: met een vinkje en een losse rij is {naive.linked:.2f} gekoppeld."
    )
    outcome.must(real.readable == 0, f"{real.readable} leesbare antwoorden")
    outcome.must(real.guessed.above <= MOST_ABOVE, f"raden lukt {real.guessed.above:.2f} beter dan de gok")
    chance_hit = 1 / size.members
    outcome.must(real.linked <= chance_hit + MOST_ABOVE, f"{real.linked:.0%} van de enveloppen is gekoppeld")
    outcome.must(naive.linked >= 0.9, f"de naïeve bouw is maar voor {naive.linked:.0%} gekraakt")
    return outcome


def attacked(members: int, folder: Path, *, seed: int, naive: bool) -> Seen:
    """One round in which everybody is asked and answers; a copy after each commit, from its opening to its release."""
    chance = random.Random(seed)
    house, chats = answering_house(folder / "huis", teams=1, members=members)
    people = people_of(house, chats)
    (team,) = chats.values()
    copies = folder / "kopieen"
    answers, slots = {}, {}
    with house.storage.begin() as work:
        if naive:
            for table in ("naive_flag (person_id TEXT)", "naive_answer (id TEXT, score TEXT)"):
                work._session.connection().execute(text(f"CREATE TABLE {table}"))
            work.commit()
    with copied_at_every_commit(house, copies) as copy:
        (about,) = open_rounds(house, chats)
        house.send(limit=len(team))
        giving = (
            naive_answers(house, team, people, chance)
            if naive
            else everybody_answers(house, about, team, chance=chance)
        )
        for chat, score in giving:
            answers[people[chat].id] = score
            slots[people[chat].id] = house.storage.keys.slot(about.key_id, people[chat].id)
        house.clock.moment = about.closes_at
        release_due(house.deps)
        copy()
    house.storage.engine.dispose()
    readable = sum(canaries(copies, looked_for=(MARK,)).values())
    known: dict[Row, Row] = {}  # each row once: comparing what is the same object costs nothing
    snapshots = [
        frozenset(known.setdefault(row, row) for row in rows_of(each / "house.db")) for each in sorted(copies.iterdir())
    ]
    signal, linked, pairs = together(snapshots, people.values())
    own = answers if naive else slots
    pointed = sum(own[person] in {value for _, value in row[1]} for person, row in linked.items() if person in own)
    return Seen(len(snapshots), pairs, readable, guess({"paar": signal}, answers, chance=chance), pointed / len(slots))


def naive_answers(
    house: House, team: list[int], people: dict[int, Someone], chance: random.Random
) -> Iterator[tuple[int, str]]:
    """What privacy §2.5 warns for: a mark for who answered, and beside it an answer with a random key and no name."""
    for chat in chance.sample(team, len(team)):
        (score,) = chance.choices(SCORES, WEIGHTS)
        flag_and_row(house, people[chat].id, score)
        yield chat, score


def flag_and_row(house: House, person_id: str, score: str) -> None:
    """Both in one transaction."""
    with house.storage.begin() as work:
        connection = work._session.connection()
        connection.execute(text("INSERT INTO naive_flag VALUES (:person)"), {"person": person_id})
        connection.execute(
            text("INSERT INTO naive_answer VALUES (:id, :score)"), {"id": house.deps.ids.new(), "score": score}
        )
        work.commit()


@contextmanager
def copied_at_every_commit(house: House, folder: Path) -> Iterator[Callable[[], None]]:
    """Copy database, log and index after each commit; yields a way to copy once more."""
    folder.mkdir(parents=True)
    numbers = iter(range(100_000))
    commit = Work.commit

    def copy() -> None:
        shutil.copytree(house.database.parent, folder / f"{next(numbers):05}")

    def copying(work: Work) -> None:
        commit(work)
        copy()

    with patch.object(Work, "commit", copying):
        yield copy
