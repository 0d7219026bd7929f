"""F3: kill -9 at eight marked points of a release, again and again; then a restart, and what is there to be found.

The marks are put around functions of the product from outside, in the process that dies. Each life is a real process
(forked from a server that has read the dialogues already) and each death a real SIGKILL.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.ticking import RELEASE
from bot.usecases import release_round as releasing
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from storage import keys as key_files
from storage.keys import KeyFolder
from storage.rounds import Round
from storage.work import Storage
from tests.faults.invariants import broken_invariants
from tests.faults.outcome import Outcome
from tests.faults.warm import LIBRARY
from tests.journeys.warm import forking
from tests.privacy.test_canaries import MARK
from tests.support.house import House, open_house
from tests.support.sharing import SHARED, write

TEXTS: Final = ("Kanarie een hielp ons.", "Kanarie twee hielp ons.", "Kanarie drie hielp ons.")
CANARIES: Final = (MARK, *TEXTS)
MEMBERS: Final = 9
DONE: Final = "klaar"
"""A file that says that a life did all it had to do."""
SECONDS: Final = 60.0
"""Within this time after a restart a key must be gone."""
POINTS: Final[dict[str, tuple[Any, str, bool]]] = {
    "gemerkt als ‘releasing’": (releasing, "_waiting_before", False),
    "enveloppen open in het geheugen": (releasing, "_opened", True),
    "teksten in de pot": (releasing, "pool_texts", True),
    "alles geschreven, nog geen commit": (releasing, "_end", True),
    "na de commit, sleutels nog heel": (KeyFolder, "destroy", False),
    "sleutel overschreven, nog niet weg": (Path, "unlink", False),
    "tussen de twee sleutelbestanden": (key_files, "_shred", True),
    "sleutels weg, logboek nog vol": (Storage, "checkpoint", False),
}
"""Where the process dies → what it is about to do, or has just done."""


@dataclass(frozen=True, slots=True)
class Size:
    times: int
    """Of each point."""


LONG, SHORT = Size(20), Size(1)


@dataclass(slots=True)
class Story:
    """A house just before a release, closed, to copy; and what comes of it when nobody dies."""

    folder: Path
    about: Round
    private: bytes
    """The key that must be gone."""
    expected: str = ""


@dataclass(slots=True)
class Seen:
    """What was found over all kills."""

    kills: int = 0
    before: int = 0
    """Kills after which the publication was there already."""
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Each point so many times, over a round of its own and a second chance in turn."""
    outcome = Outcome(
        "F3",
        f"kill -9 op {len(POINTS)} punten van het afsluiten, elk {size.times} ×",
        "1 overzicht, of eerst geen en dan 1; nooit andere tekst; sleutels weg ≤ 60 s na de start; I6; logboek leeg",
        seed,
    )
    chance = random.Random(seed)
    stories = [story(folder / name, again=again) for name, again in (("eerste", False), ("tweede-kans", True))]
    for each in stories:
        each.expected = undisturbed(each, folder)
    seen = Seen()
    for number in range(size.times):
        for at, point in enumerate(POINTS):
            chosen = stories[(number + at) % len(stories)]
            again = chance.choice([*POINTS, "", ""])  # now and then it dies once more, in its second life
            kill_and_restart(chosen, folder / "leven", point, again, seen)
    outcome.done = (
        f"{seen.kills} kills: na {seen.before} stond het overzicht er al; na de start altijd 1, met dezelfde woorden; "
        f"sleutels weg hoogstens {seen.slowest:.1f} s na de start"
    )
    outcome.missed += sorted(set(seen.wrong))
    outcome.must(seen.slowest <= SECONDS, f"een sleutel stond er {seen.slowest:.0f} s na de start nog")
    return outcome


def story(folder: Path, *, again: bool) -> Story:
    """Nine people, of whom three share a text; in a second chance four of them had answered before."""
    folder.mkdir(parents=True)
    house = open_house(folder, new=True)
    house.deps = replace(house.deps, library=LIBRARY)
    house.furnish()
    house.stock(4)
    chats = house.members(MEMBERS)
    about = house.open_round()
    if again:
        for chat in chats[:4]:
            house.answer(chat, about.id, "1")
        house.close(about)
        house.stock(2)
        about = house.next_round()
    for chat, text in zip(chats, TEXTS, strict=False):
        write(house, chat, about, text, choice=SHARED)
    for chat, score in zip(chats[len(TEXTS) :], "445525", strict=True):
        house.answer(chat, about.id, score)
    private = bytes(house.storage.keys.private(about.key_id))
    house.storage.engine.dispose()
    return Story(folder, about, private)


def undisturbed(each: Story, folder: Path) -> str:
    """What is published, and written in the maandbeeld, by a release that nobody disturbs."""
    copy = shutil.copytree(each.folder, folder / f"{each.folder.name}-ongestoord")
    for then in (None, compose):
        ended = live(copy, each.about, then=then)
        assert ended == 0, ended
    return told(copy, each.about)


def kill_and_restart(each: Story, folder: Path, point: str, again: str, seen: Seen) -> None:
    """One life that is ended at a point, perhaps a second, and one that goes on to its end."""
    copy = shutil.copytree(each.folder, folder)
    deaths = [died for died in (point, again) if died]
    for number, died in enumerate(deaths):
        code = live(copy, each.about, dies=died)
        seen.kills += code == -signal.SIGKILL
        if number == 0 and code != -signal.SIGKILL:
            seen.wrong.append(f"{died}: niet geraakt ({code})")
        published = publications(copy, each.about)
        seen.before += published == 1
        if published > 1:
            seen.wrong.append(f"{died}: {published} overzichten")
    begun = time.monotonic()
    if live(copy, each.about) != 0:
        seen.wrong.append(f"{point}: na de start ging het mis")
    seen.slowest = max(seen.slowest, time.monotonic() - begun)
    seen.wrong += [f"{point}: {wrong}" for wrong in left_behind(copy, each)]
    live(copy, each.about, then=compose)
    if told(copy, each.about) != each.expected:
        seen.wrong.append(f"{point}: andere tekst")
    shutil.rmtree(copy)


def left_behind(folder: Path, each: Story) -> list[str]:
    """What may not be there after a restart."""
    wrong = []
    log = folder / "data" / "house.db-wal"
    if log.stat().st_size:
        wrong.append("het logboek van de database is niet leeg")
    if publications(folder, each.about) != 1:
        wrong.append("geen overzicht")
    if list((folder / "keys").rglob(f"{each.about.key_id}.*")):
        wrong.append("de sleutel staat er nog")
    if any(each.private in file.read_bytes() for file in folder.rglob("*") if file.is_file()):
        wrong.append("de bytes van de sleutel staan er nog")
    return wrong + broken_invariants(folder / "data" / "house.db", canaries=CANARIES)


def publications(folder: Path, about: Round) -> int:
    """How many there are of this round."""
    with closing(sqlite3.connect(f"file:{folder}/data/house.db?mode=ro", uri=True)) as rows:
        return int(rows.execute("SELECT count(*) FROM publication WHERE round_id = ?", (about.id,)).fetchone()[0])


def told(folder: Path, about: Round) -> str:
    """Everything a reader will ever see of the round."""
    with closing(sqlite3.connect(f"file:{folder}/data/house.db?mode=ro", uri=True)) as rows:
        published = rows.execute(
            "SELECT outcome, cells, participation, published_at FROM publication WHERE round_id = ?", (about.id,)
        ).fetchall()
        return json.dumps([published, rows.execute("SELECT month, body FROM maandbeeld").fetchall()])


def live(folder: Path, about: Round, *, dies: str = "", then: Callable[[House], object] | None = None) -> int:
    """One life of the process that releases: 0 when it did all its work, else how it ended (minus the signal)."""
    process = forking().Process(target=release_once, args=(folder, about.closes_at, dies, then))
    process.start()
    process.join()
    assert process.exitcode is not None
    try:
        (folder / DONE).unlink()
    except FileNotFoundError:
        return process.exitcode
    return 0


def release_once(folder: Path, moment: datetime, dies: str, then: Callable[[House], object] | None) -> None:
    """What `release --once` does, at this moment; in a process of its own."""
    house = open_house(folder)
    house.deps = replace(house.deps, library=LIBRARY)
    house.clock.moment = moment
    if dies:
        kill_at(*POINTS[dies])
    (then or release)(house)
    (folder / DONE).touch()
    os.kill(os.getpid(), signal.SIGKILL)  # no goodbye: closing the database in peace would empty its log


def release(house: House) -> None:
    """The work of the command."""
    for duty in RELEASE:
        duty(house.deps)


def compose(house: House) -> None:
    """The maandbeeld of the month, when it is due."""
    with house.storage.begin() as work:
        due_at = work.schedules.next_maandbeeld()
    assert due_at is not None
    house.clock.moment = max(house.clock.moment, due_at)
    compose_due_maandbeelden(house.deps)


def kill_at(target: Any, name: str, after: bool) -> None:  # noqa: FBT001 - the third of a mark
    """End this process with SIGKILL at the first call that has to do with the release."""
    real = getattr(target, name)

    def dying(*arguments: Any, **keywords: Any) -> Any:
        if target is Path and arguments[0].suffix != ".private":
            return real(*arguments, **keywords)
        if after:
            real(*arguments, **keywords)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("nobody survives this")

    setattr(target, name, dying)
