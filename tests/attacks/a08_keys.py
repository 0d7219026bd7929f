"""A8: a copy of the middle of a round, and after the release everything that is left on the machine to open it with."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nacl.public import PrivateKey

from storage.envelopes import open_sealed
from storage.errors import BrokenSeal
from tests.attacks.outcome import Outcome
from tests.faults.kill_in_release import POINTS, SECONDS, Story, live, story

PROCESSES: Final = True
KEY: Final = 32


@dataclass(frozen=True, slots=True)
class Size:
    points: int
    """How many of the marked points of a release it dies at, by chance."""
    times: int
    """How often at each."""
    steps: int
    """A key is looked for at every so many bytes of every file that is left."""


LONG, SHORT = Size(len(POINTS), 20, 1), Size(3, 1, 8)
EVERY_SO_MANY: Final = 16
"""Of the lives after the first two, a key is looked for at fewer places of what repeats itself."""


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """One quiet release, and many that are killed, at each point; the control keeps its keys, and must be opened."""
    chance = random.Random(seed)
    before = story(folder / "ronde", again=False)
    backup = folder / "reservekopie.db"
    with closing(sqlite3.connect(before.folder / "data" / "house.db")) as database:
        database.execute("VACUUM INTO ?", (str(backup),))
    boxes = envelopes(backup, before)
    slowest, opened, left = 0.0, 0, 0
    deaths = ["", *chance.sample(list(POINTS), size.points) * size.times]
    for number, dies in enumerate(deaths):
        copy = shutil.copytree(before.folder, folder / f"leven-{number}")
        shutil.copy(backup, copy / "reservekopie.db")
        if dies:
            ended = live(copy, before.about, dies=dies)
            assert ended == -signal.SIGKILL, ended
        begun = time.monotonic()
        assert live(copy, before.about) == 0
        slowest = max(slowest, time.monotonic() - begun)
        left += len(list((copy / "keys").rglob(f"{before.about.key_id}.*")))
        opened += opened_with(keys_left(copy, before, steps=size.steps if number < 2 else EVERY_SO_MANY), boxes)
        shutil.rmtree(copy)
    kept = opened_with(keys_left(before.folder, before, steps=EVERY_SO_MANY), boxes)
    outcome = Outcome(
        f"{len(boxes)} enveloppen gekopieerd vóór het overzicht. {len(deaths) - 1} keer gedood: op {size.points} "
        f"punten van de release elk {size.times} keer. Daarna {opened} open met alles wat er nog staat; "
        f"{left} sleutelbestanden over, "
        f"weg binnen {slowest:.1f} s na de start. Controle: mét de sleutel {kept} van {len(boxes)} open."
    )
    outcome.must(opened == 0, f"{opened} enveloppen gingen open")
    outcome.must(left == 0, f"{left} sleutelbestanden over")
    outcome.must(slowest <= SECONDS, f"een sleutel stond er na {slowest:.0f} s nog")
    outcome.must(kept == len(boxes) > 0, f"met de sleutel gingen er maar {kept} van {len(boxes)} open")
    return outcome


def envelopes(database: Path, before: Story) -> list[bytes]:
    """The boxes of the round in a copy."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        found = rows.execute("SELECT sealed FROM envelope WHERE round_id = ?", (before.about.id,))
        return [box for (box,) in found]


def keys_left(folder: Path, before: Story, *, steps: int) -> list[PrivateKey]:
    """Every piece of any file that is the private half of the round's public key."""
    tried: set[bytes] = set()
    found = []
    for file in (each for each in folder.rglob("*") if each.is_file()):
        content = file.read_bytes()
        found += [PrivateKey(before.private)] if before.private in content else []
        # Trying is 30 microseconds a piece: all of the key folder, and of the rest what does not repeat itself.
        step = 1 if "keys" in file.parts else 16 * steps
        tried |= {content[at : at + KEY] for at in range(0, len(content) - KEY + 1, step)}
    candidates = (PrivateKey(piece) for piece in tried if len(set(piece)) > KEY // 4)
    return found + [key for key in candidates if bytes(key.public_key) == before.about.public_key]


def opened_with(keys: list[PrivateKey], boxes: list[bytes]) -> int:
    """How many of the boxes open with any of these keys."""
    return sum(any(_opens(box, key) for key in keys) for box in boxes)


def _opens(box: bytes, key: PrivateKey) -> bool:
    try:
        open_sealed(box, key)
    except BrokenSeal:
        return False
    return True
