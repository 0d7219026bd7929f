"""A list of personal invitations, for whoever hands them out: as messages, CSV or a sheet. Kept nowhere."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Final

from dialogues.guarding.cleaning import inert

HEADS: Final = ("Voor", "Link")
LONGEST_MESSAGE: Final = 3500
"""Characters; Telegram takes 4096 with markup."""
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
"""With these a spreadsheet takes a cell for a formula."""


@dataclass(frozen=True, slots=True)
class ListedLink:
    """One line: for whom, and the link."""

    label: str
    link: str


def as_messages(lines: Sequence[ListedLink]) -> tuple[str, ...]:
    """Plain text in as few messages as fit; a chat program makes a link of the links only, of no label."""
    messages: list[str] = []
    for line in lines:
        told = f"{inert(line.label)}\n{line.link}"
        if messages and len(messages[-1]) + len(told) + 2 <= LONGEST_MESSAGE:
            messages[-1] += f"\n\n{told}"
        else:
            messages.append(told)
    return tuple(messages)


def as_csv(lines: Sequence[ListedLink]) -> bytes:
    """A CSV file as a Dutch spreadsheet opens it: semicolons, and a mark that says it is UTF-8."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows([harmless(line.label), harmless(line.link)] for line in lines)
    return written.getvalue().encode("utf-8-sig")


def as_sheet(lines: Sequence[ListedLink]) -> bytes:
    """An XLSX file in which every cell is text."""
    import xlsxwriter  # only a sheet needs it

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Uitnodigingen")
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, 1, 72)
        rows = [HEADS, *((line.label, line.link) for line in lines)]
        for number, (label, link) in enumerate(rows):
            sheet.write_string(number, 0, label)
            sheet.write_string(number, 1, link)
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it when a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
