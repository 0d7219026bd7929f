"""The rows of the table: which faults there are, long and short."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults import (
    calendar_years,
    downtime,
    flooded_telegram,
    full_disk,
    kill_in_broadcast,
    kill_in_dialogues,
    kill_in_release,
    locked_database,
    many_processes,
    out_of_reach,
    shuffled_updates,
    stop_under_load,
    unsafe_starts,
)
from tests.faults.outcome import Outcome

SEED: Final = 20261103
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only for rows without a real process, where a disk proves nothing more


@dataclass(frozen=True, slots=True)
class Row:
    """One fault."""

    run: Callable[..., Outcome]
    long: Any
    short: Any
    processes: bool = False
    """Whether it starts and kills real processes."""


ROWS: Final[dict[str, Row]] = {
    "F1": Row(kill_in_broadcast.run, kill_in_broadcast.LONG, kill_in_broadcast.SHORT, processes=True),
    "F2": Row(kill_in_dialogues.run, kill_in_dialogues.LONG, kill_in_dialogues.SHORT, processes=True),
    "F3": Row(kill_in_release.run, kill_in_release.LONG, kill_in_release.SHORT, processes=True),
    "F4": Row(downtime.run, downtime.LONG, downtime.SHORT),
    "F5": Row(calendar_years.run, calendar_years.LONG, calendar_years.SHORT),
    "F6": Row(flooded_telegram.run, flooded_telegram.LONG, flooded_telegram.SHORT),
    "F7": Row(out_of_reach.run, out_of_reach.LONG, out_of_reach.SHORT),
    "F8": Row(shuffled_updates.run, shuffled_updates.LONG, shuffled_updates.SHORT),
    "F9": Row(locked_database.run, locked_database.LONG, locked_database.SHORT, processes=True),
    "F10": Row(full_disk.run, full_disk.LONG, full_disk.SHORT, processes=True),
    "F11": Row(unsafe_starts.run, unsafe_starts.LONG, unsafe_starts.SHORT, processes=True),
    "F12": Row(stop_under_load.run, stop_under_load.LONG, stop_under_load.SHORT, processes=True),
    "P": Row(many_processes.run, many_processes.LONG, many_processes.SHORT, processes=True),
}


def play(name: str, *, seed: int, short: bool) -> Outcome:
    """One row in a folder of its own; a row that breaks down has failed, and the others go on."""
    row = ROWS[name]
    in_memory = not row.processes and os.access(MEMORY, os.W_OK)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="faults-", dir=MEMORY if in_memory else None) as folder:
        try:
            outcome = row.run(row.short if short else row.long, seed=seed, folder=Path(folder))
        except Exception as error:  # told in the table
            outcome = Outcome(name, "", "", seed, missed=[f"{type(error).__name__}: {error}"[:400]])
    outcome.seconds = time.perf_counter() - begun
    return outcome
