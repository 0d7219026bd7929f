"""`make audit`: every attack at its full size, and one table of what came out, written to docs/aanvallen.md."""

from __future__ import annotations

import argparse
import platform
import sys
from datetime import UTC, datetime
from os import cpu_count

from rich.console import Console

from bot.auditing import commit_here
from bot.logs import set_up_logs
from tests.attacks.rows import ATTACKS, SEED, measured, play
from tests.attacks.table import DOCUMENT, Told, on_screen, read, told, write


def main() -> int:
    """Play the rows one by one, for some measure time; 0 when all that were played pass, 1 when one does not."""
    asked = arguments()
    set_up_logs(level="ERROR", form="console")
    console = Console(width=170)
    there = measured()
    rows = {row: Told() for row in ATTACKS}
    commit, day = commit_here(), datetime.now(UTC).date()
    failed = False
    for row in asked.row or ATTACKS:
        if row not in there:
            console.print(f"{row} nog niet gemeten", highlight=False)
            continue
        outcome = play(row, seed=asked.seed, short=asked.short)
        failed |= not outcome.passed
        rows[row] = told(outcome, day=day, commit=commit)
        console.print(f"{row} {rows[row].outcome}, {outcome.seconds:.0f} s", highlight=False, markup=False)
    size = "kort" if asked.short else "volledig"
    machine = f"{platform.machine()}, {cpu_count()} cores, Python {platform.python_version()}"
    console.print(on_screen(rows, heading=f"Aanvallen ({size}) · {day:%d-%m-%Y} · versie {commit} · {machine}"))
    if asked.write:  # beside what others wrote meanwhile
        text = DOCUMENT.read_text()
        played = {row: each for row, each in rows.items() if each.is_measured}
        DOCUMENT.write_text(write(text, read(text) | played))
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"start of everything that is random ({SEED})")
    parser.add_argument("--row", action="append", choices=list(ATTACKS), help="only this row; may be given repeatedly")
    parser.add_argument("--short", action="store_true", help="the sizes of `make test`; never written down")
    parser.add_argument("--write", action="store_true", help="write the table to docs/aanvallen.md")
    asked = parser.parse_args()
    if asked.short and asked.write:
        parser.error("--short is for looking; only the full size is written down")
    return asked


if __name__ == "__main__":
    sys.exit(main())
