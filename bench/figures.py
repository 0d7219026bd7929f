"""One figure of the benchmark beside its mark, the table of all of them, and the machine they were seen on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, and what it should be.

    Both are in ``unit``. Without a mark it only informs.
    """

    what: str
    """In Dutch, as the table says it."""
    measured: float
    unit: str
    mark: float | None = None
    at_least: bool = False
    """Whether the mark is the lowest that is good; else it is the highest."""
    digits: int = 1

    @property
    def ratio(self) -> float | None:
        """How many times the mark it is."""
        return self.measured / self.mark if self.mark else None

    @property
    def good(self) -> bool:
        """Whether it meets its mark; what has none is always good."""
        if self.mark is None:
            return True
        return self.measured >= self.mark if self.at_least else self.measured <= self.mark

    def row(self) -> tuple[str, str, str, str, str]:
        """A line of the table."""
        if self.mark is None:
            return self.what, self._said(self.measured), "", "", ""
        mark = f"{'≥' if self.at_least else '≤'} {self._said(self.mark)}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        return self.what, self._said(self.measured), mark, ratio, "ja" if self.good else "NEE"

    def _said(self, number: float) -> str:
        return f"{number:.{self.digits}f} {self.unit}".rstrip()


def table_of(figures: Iterable[Figure]) -> Table:
    """All figures under each other, with the machine in the title."""
    table = Table(title=f"Even Stilstaan · {machine()}")
    for heading in ("Wat", "Gemeten", "Maat", "Verhouding", "Gehaald"):
        table.add_column(heading, justify="left" if heading == "Wat" else "right")
    for figure in figures:
        table.add_row(*figure.row())
    return table


def machine() -> str:
    """The processor where it tells its name, and what runs on it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
