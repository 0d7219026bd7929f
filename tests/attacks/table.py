"""The attack table as readers get it: in docs/aanvallen.md and in the terminal, with date and commit per row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rich.table import Table

from tests.attacks.outcome import Outcome
from tests.attacks.rows import ATTACKS

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs" / "aanvallen.md"
BEGIN: Final = "<!-- begin: geschreven door `make audit`, niet met de hand -->"
END: Final = "<!-- einde: geschreven door `make audit` -->"
HEADINGS: Final = ("Rij", "Aanval", "Goed als", "Gemeten", "Uitkomst", "Datum", "Versie")
_DECIMALS: Final = re.compile(r"(?<=\d)\.(?=\d{1,2}(?!\d))")
"""The point before one or two digits; before three it parts thousands."""
PASSED, FAILED, UNKNOWN = "goed", "**niet goed**", "nog niet gemeten"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one row; empty of one that is not measured yet."""

    figure: str = "-"
    outcome: str = UNKNOWN
    day: str = "-"
    commit: str = "-"

    @property
    def is_measured(self) -> bool:
        return self.outcome != UNKNOWN


def told(outcome: Outcome, *, day: date, commit: str) -> Told:
    """An outcome in words; whatever was missed stands beside it."""
    missed = "; ".join(outcome.missed)
    verdict = PASSED if outcome.passed else f"{FAILED}: {missed}"
    return Told(_one_cell(outcome.figure), _one_cell(verdict), f"{day:%d-%m-%Y}", commit)


def read(text: str) -> dict[str, Told]:
    """What the document tells of every row; a row that is not there is not measured yet."""
    known = {}
    for line in _parts(text)[1].splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if cells[0] in ATTACKS and len(cells) == len(HEADINGS):
            known[cells[0]] = Told(*cells[3:])
    return {row: known.get(row, Told()) for row in ATTACKS}


def write(text: str, rows: Mapping[str, Told]) -> str:
    """The document with this table instead of the one it had. Raises ValueError when the marks are gone."""
    before, _, after = _parts(text)
    return "\n".join((before + BEGIN, *_markdown(rows), END + after))


def _parts(text: str) -> tuple[str, str, str]:
    """What stands before, between and behind the marks."""
    before, begin, rest = text.partition(BEGIN)
    between, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{DOCUMENT.name} has lost the marks around its table")
    return before, between, after


def _markdown(rows: Mapping[str, Told]) -> Iterator[str]:
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|---" * len(HEADINGS) + "|"
    for row, attack in ATTACKS.items():
        each = rows.get(row, Told())
        cells = (row, attack.title, attack.limit, each.figure, each.outcome, each.day, each.commit)
        yield f"| {' | '.join(cells)} |"


def on_screen(rows: Mapping[str, Told], *, heading: str) -> Table:
    """The same table for a terminal."""
    table = Table(title=heading, show_lines=True)
    for name in HEADINGS:
        table.add_column(name)
    for row, attack in ATTACKS.items():
        each = rows.get(row, Told())
        outcome = each.outcome.replace("*", "")
        table.add_row(row, attack.title, attack.limit, each.figure, outcome, each.day, each.commit)
    return table


def _one_cell(text: str) -> str:
    """With decimal commas, as Dutch readers write them; and nothing in a cell may look like the border of one."""
    return _DECIMALS.sub(",", " ".join(text.replace("|", "/").split()))
