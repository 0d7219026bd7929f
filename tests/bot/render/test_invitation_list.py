"""Lists of links as files: every cell is text, whatever was typed; and a QR picture that holds its link."""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO, StringIO

import pytest
import segno
from PIL import Image

from bot.render.invitation_list import LONGEST_MESSAGE, ListedLink, as_csv, as_messages, as_sheet, harmless
from bot.render.qr import BORDER, SIDE, qr_picture

LINK = "https://t.me/EvenStilstaanBot?start=" + "a" * 32
DANGEROUS = ["=1+1", "+31612345678", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =HYPERLINK(1)"]


def lines(*labels):
    return [ListedLink(label, LINK) for label in labels]


@pytest.mark.parametrize("label", DANGEROUS)
def test_no_cell_of_a_csv_can_become_a_formula(label):
    """An apostrophe goes before it; other cells stay as they are."""
    text = as_csv(lines(label, 'Anne; "JGZ"')).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    assert rows[0] == ["Voor", "Link"]
    assert rows[1][0] == f"'{label}"
    assert rows[2] == ['Anne; "JGZ"', LINK]
    assert harmless("Wijkteam - Anne") == "Wijkteam - Anne"


@pytest.mark.parametrize("label", DANGEROUS)
def test_every_cell_of_a_sheet_is_a_text(label):
    """No formula and no link in the file: only shared strings."""
    with zipfile.ZipFile(BytesIO(as_sheet(lines(label, "Anne")))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in book.namelist() if "rels" in name and "sheet1" in name]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert re.findall(r'<c r="[AB]\d"[^>]* t="(\w+)"', sheet) == ["s"] * 6
    assert LINK in strings


def test_forty_links_fit_in_messages():
    """Whole lines, nothing lost, and none too long."""
    told = as_messages(lines(*(f"{number} {'x' * 38}" for number in range(40))))
    assert len(told) > 1
    assert all(len(each) <= LONGEST_MESSAGE for each in told)
    assert sum(each.count(LINK) for each in told) == 40
    assert all(re.fullmatch(r"(\d+ x+\nhttps\S+(\n\n)?)+", each) for each in told)


def test_a_qr_picture_shows_the_modules_of_its_link():
    """Read back module by module from the PNG, it is the code of this link and no other; big enough for a screen."""
    picture = Image.open(BytesIO(qr_picture(LINK))).convert("1")
    code = segno.make_qr(LINK, error="m")
    across = len(code.matrix) + 2 * BORDER
    assert picture.width == picture.height >= SIDE
    scale = picture.width // across
    assert scale * across == picture.width
    read = [
        [0 if picture.getpixel(((x + 0.5) * scale // 1, (y + 0.5) * scale // 1)) else 1 for x in range(across)]
        for y in range(across)
    ]
    inside = [row[BORDER:-BORDER] for row in read[BORDER:-BORDER]]
    assert inside == [list(row) for row in code.matrix]
    assert not any(any(row[:BORDER] + row[-BORDER:]) for row in read)
    other = segno.make_qr(LINK[:-1] + "b", error="m")
    assert inside != [list(row) for row in other.matrix]
