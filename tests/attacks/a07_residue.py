"""A7: what is left on the disk when something changed, was erased, released or expired; and in which order it lies."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any, Final
from unittest.mock import patch

from bot.usecases.forget_me import forget_me
from bot.usecases.release_round import release_due
from bot.usecases.second_chance import LONGEST_SEALED
from storage import database as engines
from storage.pool import SharedText, open_text
from tests.attacks.linking import canaries
from tests.attacks.outcome import Outcome
from tests.privacy.test_canaries import MARK, marked_library
from tests.support.house import DAY, House, open_house
from tests.support.sharing import SHARED, write

NAME: Final = "Kanariegeel"
"""Of somebody who is erased; it stood in the clear in a row."""
TEXT: Final = "Kanarie nummer {number:03} schreef dit."
MOST: Final = 0.2


@dataclass(frozen=True, slots=True)
class Size:
    texts: int
    times: int
    """How often the same round is released, each from a copy of its own: one shuffle says little."""


LONG, SHORT = Size(60, 20), Size(50, 12)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The product first; then one that deletes as SQLite does by itself, which must leave residue."""
    left, counts = residue(folder / "echt", seed=seed)
    with carelessly_built():
        careless, _ = residue(folder / "slordig", seed=seed)
    orders = pool_orders(size, folder / "pot", seed=seed)
    told = {name: abs(mean(values)) for name, values in orders.items()}
    control = abs(spearman(list(range(size.texts)), list(range(size.texts))))
    outcome = Outcome(
        f"{sum(left.values())} resten na veranderen, wissen, overzicht en verlopen; {len(counts)} tellers van rijen. "
        f"Samenhang met de volgorde van {size.texts} teksten, {size.times} keer: "
        + ", ".join(f"{name} {value:.2f}" for name, value in told.items())
        + f". Controle: zonder echt wissen {sum(careless.values())} resten."
    )
    outcome.must(not left, f"resten: {left}")
    outcome.must(not counts, f"tellers van rijen: {counts}")
    outcome.must(bool(careless), "de slordige bouw laat ook niets achter: zo zegt de proef niets")
    outcome.must(control == 1, "de maat voor volgorde meet niets")
    for name, value in told.items():
        outcome.must(value <= MOST, f"volgorde op schijf ({name}): {value:.2f}")
    return outcome


def residue(folder: Path, *, seed: int) -> tuple[dict[str, int], list[str]]:
    """Canaries in the files after all that takes something away, and tables in which SQLite counts rows."""
    folder.mkdir(parents=True)
    house = open_house(folder, new=True)
    house.deps = replace(house.deps, library=marked_library())
    house.furnish()
    house.stock(6)
    chats = house.members(9)
    house.invite(4711, name=NAME)
    about = house.open_round()
    for place, chat in enumerate(chats[:8]):
        if place < 3:
            write(house, chat, about, TEXT.format(number=place), choice=SHARED)
        for score in "25":
            house.answer(chat, about.id, score)
    forget_me(house.deps, chat_id=chats[0])
    forget_me(house.deps, chat_id=4711)
    house.close(about)
    thin = house.next_round()
    for chat in chats[1:4]:
        house.answer(chat, thin.id, str(random.Random(seed).randint(1, 5)))
    house.close(thin)
    house.clock.moment = thin.opens_at + LONGEST_SEALED + DAY
    release_due(house.deps)
    found = canaries(house.database.parent, looked_for=(MARK, NAME, *(TEXT.format(number=at) for at in range(3))))
    counts = [row[0] for row in house.rows("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")]
    counts += [row[0] for row in house.rows("SELECT name FROM sqlite_master WHERE upper(sql) LIKE '%AUTOINCREMENT%'")]
    house.storage.engine.dispose()
    return found, counts


def carelessly_built() -> Any:
    """Deleting as it comes: what is deleted is not overwritten, and the log is not emptied."""
    prepare = engines._prepare_sqlite

    def careless(connection: Any, record: object) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA secure_delete = OFF")

    stack = patch.multiple(engines, _prepare_sqlite=careless)
    return _Both(stack, patch("storage.work.checkpoint", lambda _engine: True))


@dataclass(slots=True)
class _Both:
    first: Any
    second: Any

    def __enter__(self) -> None:
        self.first.start()
        self.second.start()

    def __exit__(self, *_reason: object) -> None:
        self.second.stop()
        self.first.stop()


def pool_orders(size: Size, folder: Path, *, seed: int) -> dict[str, list[float]]:
    """How the order in which texts came goes with where they lie: by rank in the table, and by place in the file."""
    folder.mkdir(parents=True)
    model = folder / "model"
    model.mkdir()
    house = open_house(model, new=True).furnish()
    chats = house.members(size.texts)
    about = house.open_round()
    arrived = random.Random(seed).sample(chats, len(chats))
    for number, chat in enumerate(arrived):
        write(house, chat, about, TEXT.format(number=number), choice=SHARED)
    house.storage.engine.dispose()
    orders: dict[str, list[float]] = {"in de tabel": [], "in het bestand": [], "in de bladen erachter": []}
    for number in range(size.times):
        copy = open_house(Path(shutil.copytree(model, folder / f"keer-{number}")))
        copy.clock.moment = about.closes_at
        copy.team = house.team
        release_due(copy.deps)
        for name, positions in lies(copy).items():
            orders[name].append(spearman(list(range(size.texts)), positions))
        copy.storage.engine.dispose()
    return orders


def lies(house: House) -> dict[str, list[int]]:
    """Of each text, in order of arrival: its rank in the table, the place of its cell, and that of its last page."""
    house.storage.checkpoint()
    content = house.database.read_bytes()
    with closing(sqlite3.connect(house.database)) as rows:
        boxes = rows.execute("SELECT place, key_id, sealed FROM text_pool").fetchall()
    found: dict[str, tuple[int, int, int]] = {}
    for rank, (place, key_id, sealed) in enumerate(boxes):
        text = open_text(sealed, house.storage.keys.private(key_id))
        if isinstance(text, SharedText):
            found[text.words] = (rank, content.index(place), content.index(sealed[-24:]))
    ordered = [found[words] for words in sorted(found)]
    names = ("in de tabel", "in het bestand", "in de bladen erachter")
    return {name: [each[at] for each in ordered] for at, name in enumerate(names)}


def spearman(first: list[int], second: list[int]) -> float:
    """The correlation of two orders without ties: 1 the same, -1 the reverse, 0 none."""
    ranks = [{value: rank for rank, value in enumerate(sorted(values))} for values in (first, second)]
    number = len(first)
    apart = sum((ranks[0][a] - ranks[1][b]) ** 2 for a, b in zip(first, second, strict=True))
    return 1 - 6 * apart / (number * (number**2 - 1))
