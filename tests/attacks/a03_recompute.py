"""A3: after somebody left, get a second text for answers that were told already; through every door there is.

Every use case is tried with whatever it can be given of this story, by everybody in it, each on a copy of its own; and
the commands `release` and `tick`. After each attempt months go by with all duties done. What was published of the round
and what was written of its month must be the same bytes as before, or not be there.
"""

from __future__ import annotations

import importlib
import inspect
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typer.testing import CliRunner

import bot.usecases
from bot.cli import app
from bot.render import message, pdf
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.leave_team import end_due_memberships
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import release_due
from bot.usecases.share_maandbeeld import open_maandbeeld
from dialogues.insight import Band
from tests.attacks.answer_sheets import Asked, Given, publish_given
from tests.attacks.outcome import Outcome
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, OUTSIDER, House, copied, furnished

SCORES = ("4", "4", "4", "1", "1", "3")
"""Of six people; without one of the first three there is no clear line any more."""
MANY = 60
"""There are far more use cases than this; finding fewer means that they are looked for in the wrong place."""
DUTIES = (release_due, end_due_memberships, open_due_rounds, compose_due_maandbeelden)


@dataclass(frozen=True, slots=True)
class Size:
    doors: int
    """How many use cases are tried, drawn by chance; 0 is all of them."""
    months: int


LONG, SHORT = Size(0, 2), Size(5, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """What readers have of one round."""

    round_id: str
    maandbeeld_id: str
    body: str
    cells: str
    pages: tuple[str, bytes]


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Try every door, and count the texts that differ."""
    (folder / "model").mkdir()
    model = furnished(folder / "model")
    house, told = story(model, folder / "first")
    again = shown(house, told.maandbeeld_id)
    outcome = Outcome("")
    outcome.must(again == told.pages, "opnieuw sturen geeft andere bytes")
    house.storage.checkpoint()
    house.storage.engine.dispose()
    doors = list(every_door())
    if size.doors:
        doors = random.Random(seed).sample(doors, size.doors)
    attempts: list[Callable[[House], None]] = [*(as_attempt(door, told) for door in doors), commands]
    different = [
        number
        for number, attempt in enumerate(attempts)
        if differs(house, told, attempt, folder / f"try{number}", size.months)
    ]
    control = naive() and differs(house, told, tampered, folder / "control", 0)
    outcome.figure = (
        f"{len(doors)} handelingen en 2 opdrachten, door {len(EVERYBODY)} mensen, na een vertrek: "
        f"{len(different)} andere teksten; opnieuw sturen gelijk: {'ja' if again == told.pages else 'nee'}; "
        f"tegenproef: een herrekende tekst is {'wel' if control else 'niet'} gezien"
    )
    names = ", ".join(attempts[number].__name__ for number in different)
    outcome.must(not different, f"andere teksten na {names}")
    outcome.must(len(doors) >= min(size.doors or MANY, MANY), f"maar {len(doors)} handelingen gevonden")
    outcome.must(control, "de tegenproef is niet ontdekt")
    return outcome


EVERYBODY = (LEAD, COORDINATOR, ANNE, BRAM, OUTSIDER)


def story(model: House, folder: Path) -> tuple[House, Told]:
    """Six people answer, the round is told, and then one of them leaves."""
    house = copied(model, folder)
    house.stock(12)
    chats = house.members(len(SCORES))
    about = house.open_round()
    for chat, score in zip(chats, SCORES, strict=True):
        house.answer(chat, about.id, score)
    assert house.close(about) == "published"
    maandbeeld_id = house.maandbeeld()
    assert maandbeeld_id
    body, cells = stored(house, about.id, maandbeeld_id)
    told = Told(about.id, maandbeeld_id, body, cells, shown(house, maandbeeld_id))
    with house.storage.begin() as work:
        assert work.people.end_membership(house.memberships[ANNE], house.deps.today())
        work.commit()
    return house, told


def stored(house: House, round_id: str, maandbeeld_id: str) -> tuple[str, str]:
    """The bytes that are kept; empty of what is gone."""
    cells = house.rows("SELECT group_concat(cells) FROM publication WHERE round_id = ?", round_id)[0][0] or ""
    record = house.read(lambda work: work.maandbeelden.get(maandbeeld_id))
    same_month = "SELECT count(*) FROM maandbeeld WHERE month = (SELECT month FROM maandbeeld WHERE id = ?)"
    months = house.rows(same_month, maandbeeld_id)
    body = record.body if record else ""
    return (body if months[0][0] <= 1 else f"{months[0][0]} keer", cells)


def shown(house: House, maandbeeld_id: str) -> tuple[str, bytes]:
    """What the lead gets: the message and the page."""
    opened = open_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id).maandbeeld
    return message(opened), pdf(opened)


def every_door() -> Iterator[Callable[..., Any]]:
    """Each function of the use cases that works on the whole house."""
    for path in sorted(Path(bot.usecases.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"bot.usecases.{path.stem}")
        for name, function in sorted(vars(module).items()):
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and not name.startswith("_") and next(iter(inspect.signature(function).parameters), "") == "deps":
                yield function


def as_attempt(door: Callable[..., Any], told: Told) -> Callable[[House], None]:
    """Call a use case as everybody, with the ids of this story for every parameter that has such a name."""

    def attempt(house: House) -> None:
        about = house.round(told.round_id)
        schedule = house.read(lambda work: work.schedules.get(house.team_id))
        for chat in EVERYBODY:
            values = {
                "chat_id": chat, "round_id": told.round_id, "maandbeeld_id": told.maandbeeld_id,
                "team_id": house.team_id, "area_id": house.area_id, "message_id": house.message(),
                "about": about, "schedule": schedule, "membership_id": house.memberships.get(ANNE, ""),
                "element": "trust", "rhythm": "intensive", "weekday": "tuesday", "minute": 510, "limit": 100,
            }  # fmt: skip
            wanted = inspect.signature(door).parameters.values()
            given = {each.name: values[each.name] for each in wanted if each.name in values}
            with suppress(Exception):
                door(house.deps, **given)

    attempt.__name__ = door.__name__
    return attempt


def commands(house: House) -> None:
    """The opener and the ticker of the command line, on this very database."""
    surroundings = {
        "DATABASE_URL": f"sqlite:///{house.database}",
        "KEY_DIR": str(house.folder / "keys"),
        "TELEGRAM_BOT_TOKEN": "1:niet-nodig",
    }
    with patch.dict(os.environ, surroundings):
        for command in ("release", "tick"):
            CliRunner().invoke(app, [command, "--once"])


def differs(model: House, told: Told, attempt: Callable[[House], None], folder: Path, months: int) -> bool:
    """Whether any text of the round is another one after an attempt, and in the months that follow."""
    house = copied(model, folder)
    house.clock.moment = model.clock.moment
    attempt(house)
    seen = [stored(house, told.round_id, told.maandbeeld_id)]
    for _ in range(4 * months):
        house.clock.pass_(timedelta(days=8))
        for duty in DUTIES:
            with suppress(Exception):
                duty(house.deps)
        seen.append(stored(house, told.round_id, told.maandbeeld_id))
    house.storage.engine.dispose()
    return any(body not in {told.body, ""} or cells not in {told.cells, ""} for body, cells in seen)


def tampered(house: House) -> None:
    """The control: somebody with the database writes what the round would read without the one who left."""
    with closing(sqlite3.connect(house.database)) as rows:
        for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            rows.execute(f'DROP TRIGGER "{name}"')
        rows.execute("""UPDATE publication SET cells = replace(cells, '"high"', 'null')""")
        rows.commit()


def naive() -> bool:
    """The control: whether these answers would read otherwise without the one who left."""
    bands = {"4": Band.HIGH, "3": Band.MID, "1": Band.LOW}
    given = [Given((number, 0), "jgz", bands[score]) for number, score in enumerate(SCORES)]
    first, second = publish_given(Asked(), given), publish_given(Asked(), given[1:])
    return first is not None and second is not None and first.cells != second.cells
