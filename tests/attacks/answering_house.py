"""A house with many people who answer by chance, for attacks on what is stored; and what each of them answered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final
from unittest.mock import patch

from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from dialogues.conversation.inputs import STOP
from storage.keys import RoundKey
from storage.rounds import Round
from storage.teams import Team
from tests.attacks.linking import Someone
from tests.faults.people import add_members
from tests.privacy.test_canaries import marked_library
from tests.support.house import COORDINATOR, House, open_house

SCORES: Final = ("0", "1", "2", "3", "4")
WEIGHTS: Final = (1, 2, 3, 5, 4)
"""People answer rather positively; so the plain guess is worth something."""
CLEAR: Final = "in de klare tekst"


def answering_house(folder: Path, *, teams: int, members: int) -> tuple[House, dict[str, list[int]]]:
    """So many teams with so many members each, whose answers are canaries; team id → chats."""
    folder.mkdir(parents=True, exist_ok=True)
    house = open_house(folder, new=True)
    house.deps = replace(house.deps, library=marked_library())
    house.furnish()
    chats: dict[str, list[int]] = {}
    for number in range(teams):
        team: Team = make_team(
            house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=f"Team {number}", team_label="het team"
        )
        chats[team.id] = add_members(house, team, members, first=20_000 + 1000 * number)
        house.clock.moment = max(house.clock.moment, house.rhythm(team=team))
    house.stock(4 * teams + 8)
    return house, chats


def people_of(house: House, chats: dict[str, list[int]]) -> dict[int, Someone]:
    """Chat → what everybody knows."""
    found = {}
    with house.storage.begin() as work:
        for chat in (each for team in chats.values() for each in team):
            person = work.people.by_chat(chat)
            assert person is not None
            found[chat] = Someone(person.id, chat, f"{person.name} {chat}")
    return found


def open_rounds(house: House, chats: dict[str, list[int]]) -> list[Round]:
    """The next round of every team."""
    with house.storage.begin() as work:
        due = [schedule.next_due_at for team in chats if (schedule := work.schedules.get(team)) is not None]
    house.clock.moment = max([house.clock.moment, *(each for each in due if each is not None)])
    open_due_rounds(house.deps)
    with house.storage.begin() as work:
        return [work.rounds.open_of(team)[-1] for team in chats]


def everybody_answers(
    house: House, about: Round, chats: list[int], *, chance: random.Random
) -> Iterator[tuple[int, str]]:
    """In an order by chance: start, one score by chance, stop; yields chat and score after each."""
    for chat in chance.sample(chats, len(chats)):
        (score,) = chance.choices(SCORES, WEIGHTS)
        view = house.start(chat, about.id)
        tap = next(button.tap for button in view.screen.buttons if button.tap.choice == score)
        view = house.give(chat, view, tap)
        stop = next((button.tap for button in view.screen.buttons if button.tap.choice == STOP), None)
        if stop is not None:
            house.give(chat, view, stop)
        yield chat, score


@contextmanager
def naively_built() -> Iterator[None]:
    """The same product, but built as many would: slots are plain hashes, and envelopes are not sealed."""
    import hashlib
    import json

    def slot(_key: RoundKey, person_id: str, *, aside: bool = False) -> bytes:
        return hashlib.sha256(person_id.encode() + (b"aside" if aside else b"")).digest()

    def seal(payload: object, *, public_key: bytes) -> bytes:
        answers = {step: list(values) for step, values in payload.answers.items()}  # type: ignore[attr-defined]
        return f"{CLEAR} {json.dumps(answers)}".encode().ljust(2096, b"\0")

    with patch.object(RoundKey, "slot", slot), patch("bot.usecases.answering.seal", seal):
        yield
