"""`make faults`: every fault test at its full size, and one table of what came out."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial

from rich.console import Console
from rich.table import Table

from bot.logs import set_up_logs
from tests.faults.outcome import Outcome
from tests.faults.rows import ROWS, SEED, play

TITLE = "Storingsproeven"


def main() -> int:
    """Run the rows, two at a time; 0 when all pass, 1 when one does not."""
    asked = arguments()
    names = asked.row or list(ROWS)
    told: dict[str, Outcome] = {}
    console = Console(width=170)
    with ProcessPoolExecutor(asked.together, initializer=quiet) as workers:
        running = {workers.submit(partial(play, name, seed=asked.seed, short=asked.short)): name for name in names}
        for done in as_completed(running):
            outcome = told[running[done]] = done.result()
            console.print(f"{running[done]} {verdict(outcome)}, {outcome.seconds:.0f} s", highlight=False)
    console.print(table_of([told[name] for name in names], short=asked.short))
    return 0 if all(each.passed for each in told.values()) else 1


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"start of everything that is random ({SEED})")
    parser.add_argument("--row", action="append", choices=list(ROWS), help="only this row; may be given more than once")
    parser.add_argument("--short", action="store_true", help="the sizes of `make test`")
    parser.add_argument("--together", type=int, default=min(2, os.cpu_count() or 1), help="how many rows at a time")
    return parser.parse_args()


def quiet() -> None:
    """Trouble is what these tests make: no need to log it."""
    set_up_logs(level="ERROR", form="console")


def verdict(outcome: Outcome) -> str:
    """Passed, or what was missed."""
    return "goed" if outcome.passed else "NIET: " + "; ".join(outcome.missed)


def table_of(outcomes: list[Outcome], *, short: bool) -> Table:
    """One line per row."""
    size = "kort" if short else "volledig"
    table = Table(
        title=f"{TITLE} ({size}) · {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        show_lines=True,
    )
    for heading in ("Rij", "Storing", "Gedaan en gezien", "Goed als", "Uitkomst", "Seed", "Tijd"):
        table.add_column(heading)
    for each in outcomes:
        table.add_row(
            each.row, each.fault, each.done, each.mark, verdict(each), str(each.seed), f"{each.seconds:.0f} s"
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
