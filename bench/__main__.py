"""`make bench`: what the product does on this machine, as one table of figures beside their marks.

The soak takes a quarter of an hour, and is only done when it is named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Final

from rich.console import Console

from bench.age import age
from bench.costs import costs
from bench.figures import Figure, table_of
from bench.presence import presence
from bench.prompts import prompts
from bench.releases import releases
from bench.rendering import drawing
from bench.soak import soak
from bench.taps import ALL, USUAL, Size, taps
from bench.ticks import ticks

MEASUREMENTS: Final[dict[str, Callable[[], list[Figure]]]] = {
    "taps": taps,
    "prompts": prompts,
    "ticks": ticks,
    "age": age,
    "releases": releases,
    "presence": presence,
    "drawing": drawing,
    "soak": soak,
}
"""By name, in the order in which they are done."""
COSTS: Final = "costs"
BY_DEFAULT: Final = [name for name in (*MEASUREMENTS, COSTS) if name != "soak"]
"""What is done when nothing is named."""
PEERS: Final = {"usual": USUAL, "all": ALL}


def main() -> int:
    """Do the usual measurements, or those that are named, and print them; 1 when a mark was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=[*MEASUREMENTS, COSTS], help="only this one; may be repeated"
    )
    parser.add_argument(
        "--peers",
        choices=PEERS,
        default="usual",
        help="beside which bots taps are measured: the usual three, or all",
    )
    asked = parser.parse_args()
    wanted = asked.only or BY_DEFAULT
    console = Console(width=130)
    measurements = MEASUREMENTS | {"taps": lambda: taps(Size(peers=PEERS[asked.peers]), show=console.print)}
    figures = [figure for name, measure in measurements.items() if name in wanted for figure in measure()]
    if figures:
        console.print(table_of(figures))
    if COSTS in wanted:
        console.print(*costs())
    return 0 if all(figure.good for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
