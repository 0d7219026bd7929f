"""What was published in a maandbeeld as a sheet, for who wants to work with it: XLSX and CSV with the same rows.

Published cells, and the step that the team agreed on; no texts of people. Nothing in it can become a formula: text is
written as text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Final

from bot.render import words_nl
from bot.render.invitation_list import harmless
from dialogues.insight import Maandbeeld
from dialogues.insight.maandbeeld import ElementView, Scale

_WIDTHS: Final = (30, 18, 22, 60, 26, 34, 10)
"""Widths of the columns, in characters."""
_READING_WIDTH: Final = 110
_NO_DATE: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The file tells no moment of its own: equal input, equal bytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One published cell; the names of the columns are in `words_nl`."""

    topic: str
    month: str
    kind: str
    asked: str = ""
    who: str = ""
    outcome: str = ""
    number: int | None = None
    """An exact count, only where counts were published."""


assert len(fields(Row)) == len(_WIDTHS) == len(words_nl.COLUMNS)  # noqa: S101 - one width and one name per column


def xlsx(maandbeeld: Maandbeeld) -> bytes:
    """An Excel file: the published cells, and a sheet that tells how to read them."""
    import xlsxwriter  # only a sheet needs it

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": maandbeeld.title, "created": _NO_DATE})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(words_nl.SHEET)
        sheet.freeze_panes(1, 0)
        for column, (width, name) in enumerate(zip(_WIDTHS, words_nl.COLUMNS, strict=True)):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, name, bold)
        for place, row in enumerate(rows(maandbeeld), 1):
            for column, cell in enumerate(astuple(row)):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell, wrapped)
                elif cell:
                    sheet.write_string(place, column, cell, wrapped)
        reading = book.add_worksheet(words_nl.READING)
        reading.set_column(0, 0, _READING_WIDTH, wrapped)
        for place, text in enumerate(how_to_read(maandbeeld)):
            reading.write_string(place, 0, text, wrapped if place else bold)
    return written.getvalue()


def csv_file(maandbeeld: Maandbeeld) -> bytes:
    """A CSV file as a Dutch spreadsheet opens it: semicolons, a mark that says it is UTF-8, and the reading below."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(words_nl.COLUMNS)
    reading = (Row(words_nl.READING, "", "", asked=text) for text in how_to_read(maandbeeld))
    for row in (*rows(maandbeeld), *reading):
        writer.writerow(["" if cell is None else harmless(str(cell)) for cell in astuple(row)])
    return written.getvalue().encode("utf-8-sig")


def rows(maandbeeld: Maandbeeld) -> tuple[Row, ...]:
    """The published cells of the month, what became of the team's step, and the earlier ones that stand on the map."""
    earlier = (
        Row(spot.name, spot.when, words_nl.EARLIER_OUTCOME, outcome=spot.word)
        for region in maandbeeld.balance
        for spot in region.spots
        if spot.word and not spot.now
    )
    month = (row for element in maandbeeld.elements for row in _element(element, maandbeeld.month))
    return (*_top_three(maandbeeld), *month, *_steps(maandbeeld), *earlier)


def how_to_read(maandbeeld: Maandbeeld) -> tuple[str, ...]:
    """Whose it is, and every sentence that says how to read what is shown, or why it is not."""
    notes = (f"{one.title}: {one.reading_note}" for one in maandbeeld.elements if one.reading_note)
    about = (maandbeeld.thin, maandbeeld.participation, *notes, maandbeeld.balance_note, *maandbeeld.footnotes)
    return (f"{maandbeeld.title}, {maandbeeld.team}", *(text for text in about if text))


def _top_three(maandbeeld: Maandbeeld) -> Iterator[Row]:
    top = maandbeeld.top3
    if top is None:
        return
    for mentions in (top.chosen, top.stronger):
        for item in mentions.items:
            outcome = words_nl.OFTEN if item.often else ""
            yield Row(top.title, maandbeeld.month, words_nl.CHOSEN, mentions.heading, item.label, outcome)
    for told in (top.before, top.strategic):
        if told:
            yield Row(top.title, maandbeeld.month, words_nl.EARLIER_OUTCOME, outcome=told)


def _steps(maandbeeld: Maandbeeld) -> Iterator[Row]:
    """The story of each step as it stands on the page: what was agreed, what the team said, and what it decided."""
    for story in maandbeeld.agreed:
        for line in story.lines:
            yield Row(words_nl.OUR_STEP, maandbeeld.month, words_nl.WHAT_BECAME, story.step, outcome=line)


def _element(element: ElementView, month: str) -> Iterator[Row]:
    when = element.when or month
    if element.note:
        yield Row(element.title, when, words_nl.NOTHING_SHOWN, outcome=element.note)
    for scale in element.scales:
        yield from _scale(element.title, when, scale)
    for mentions in element.mentions:
        for item in mentions.items:
            outcome = words_nl.OFTEN if item.often else ""
            yield Row(element.title, when, words_nl.CHOSEN, mentions.heading, item.label, outcome)
    for step in element.steps:
        if step.wanted:
            yield Row(element.title, when, words_nl.WANTED_STEP, outcome=step.label)


def _scale(title: str, when: str, scale: Scale) -> Iterator[Row]:
    asked = " – ".join(text for text in (scale.heading, scale.asked) if text)
    if scale.note:
        yield Row(title, when, words_nl.NOTHING_SHOWN, asked, outcome=scale.note)
    for line in scale.lines:
        yield Row(title, when, words_nl.OUTCOME, asked, line.who, line.word, line.number)
