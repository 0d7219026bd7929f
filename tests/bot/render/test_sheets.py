"""A maandbeeld as a sheet: the published cells and nothing else, the same rows in both files, and no formula."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO

import pytest

from bot.render import csv_file, pdf, xlsx
from bot.render.sheets import rows
from bot.render.words_nl import COLUMNS, READING, SHEET
from dialogues.insight import Maandbeeld
from dialogues.insight.maandbeeld import Mention, Mentions, StepStory, TopThree
from tests.support.golden import SITUATIONS

situations = pytest.mark.parametrize("name", SITUATIONS)
NUMBERS = {"eerste-maand": [2, 3, 6, 1]}
"""Exact counts stand there only where counts were published."""


def read_csv(made: Maandbeeld) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_file(made).decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(made: Maandbeeld) -> dict[str, list[list[str]]]:
    """The cells of each sheet by its name, as text."""
    with zipfile.ZipFile(BytesIO(xlsx(made))) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        strings = book.read("xl/sharedStrings.xml").decode()
        shared = [unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(r"<si>(.*?)</si>", strings, re.DOTALL)]
        sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    found = {}
    for name, sheet in zip(names, sheets, strict=True):
        found[name] = []
        for row in re.findall(r"<row [^>]*?(?:/>|>(.*?)</row>)", sheet, re.DOTALL):
            cells = dict.fromkeys("ABCDEFG", "")
            for column, kind, value in re.findall(r'<c r="([A-G])\d+"[^>]*?( t="s")?><v>(.*?)</v>', row):
                cells[column] = shared[int(value)] if kind else value
            found[name].append(list(cells.values()))
    return found


@situations
def test_both_files_hold_the_same_rows(name):
    """CSV and Excel tell the same, cell by cell; the CSV has below what Excel has on its second sheet."""
    made = SITUATIONS[name]()
    sheets = read_xlsx(made)
    assert list(sheets) == [SHEET, READING]
    above = [row for row in read_csv(made) if row[0] != READING]
    assert above == sheets[SHEET]
    assert above[0] == list(COLUMNS)
    below = [row[3] for row in read_csv(made) if row[0] == READING]
    assert below == [row[0] for row in sheets[READING]]
    assert all(note in below for note in made.footnotes)


@situations
def test_every_published_cell_has_a_row_and_nothing_else_has(name):
    """Outcomes, themes and wanted steps of the month, the step agreed on, and earlier outcomes; no text of anybody."""
    made = SITUATIONS[name]()
    cells = [(row.outcome, row.who) for row in rows(made)]
    wanted = [(line.word, line.who) for one in made.elements for scale in one.scales for line in scale.lines]
    wanted += [
        ("vaak" * item.often, item.label) for one in made.elements for each in one.mentions for item in each.items
    ]
    wanted += [(step.label, "") for one in made.elements for step in one.steps if step.wanted]
    wanted += [(one.note, "") for one in made.elements if one.note]
    wanted += [(scale.note, "") for one in made.elements for scale in one.scales if scale.note]
    wanted += [(s.word, "") for region in made.balance for s in region.spots if s.word and not s.now]
    wanted += [(line, "") for story in made.agreed for line in story.lines]
    assert sorted(cells) == sorted(wanted)
    assert [row.asked for row in rows(made) if row.topic == "Onze stap"] == [
        story.step for story in made.agreed for _ in story.lines
    ]
    assert [row.number for row in rows(made) if row.number is not None] == NUMBERS.get(name, [])
    written = csv_file(made).decode()
    assert not [text for text in (*made.successes, *made.own_words, made.feedback) if text and text in written]


def test_a_top_three_is_in_the_sheet_and_on_the_page():
    """What was chosen, with what stood there before; also in a month with nothing else."""
    items = (Mention("Elkaar kennen", often=True), Mention("Tijd"))
    top = TopThree(title="Jullie top 3", chosen=Mentions("Wat is sterk?", items), before="Vorige keer: Tijd.",
                   stronger=Mentions("Wat mag sterker?", (Mention("Afspraken"),)))  # fmt: skip
    made = replace(SITUATIONS["dun"](), elements=(), top3=top)
    cells = [(row.kind, row.who, row.outcome) for row in rows(made)]
    assert cells == [
        ("Gekozen", "Elkaar kennen", "vaak"),
        ("Gekozen", "Tijd", ""),
        ("Gekozen", "Afspraken", ""),
        ("Eerdere uitkomst", "", "Vorige keer: Tijd."),
    ]
    story = StepStory("Meekijken bij elkaar", ("Afgesproken in oktober.",))
    assert pdf(replace(made, agreed=(story,))).startswith(b"%PDF")


def test_the_same_maandbeeld_gives_the_same_bytes():
    """No moment of making stands in either file."""
    made = SITUATIONS["in-balans"]()
    again = Maandbeeld.from_json(made.to_json())
    assert (xlsx(made), csv_file(made)) == (xlsx(again), csv_file(again))


def test_a_name_that_would_calculate_is_only_text():
    """A team that is called like a formula gets an apostrophe in CSV, and a cell of text in Excel."""
    formula = '=HYPERLINK("http://kwaad.nl")'
    told = replace(SITUATIONS["dun"]().elements[0], title=formula)
    made = replace(SITUATIONS["dun"](), title=formula, elements=(told,))
    assert read_csv(made)[1][0] == f"'{formula}"
    assert read_xlsx(made)[SHEET][1][0] == formula
    assert next(row[3][:11] for row in read_csv(made) if row[0] == READING) == "'=HYPERLINK"
    with zipfile.ZipFile(BytesIO(xlsx(made))) as book:
        sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    assert all("<f>" not in sheet and "<hyperlink" not in sheet for sheet in sheets)
    assert read_xlsx(made)[READING][0][0].startswith("=HYPERLINK")
