"""Ten situations a team can be in: what is said, word for word, and that picture and text tell the same.

After a change that was meant: ``python -m tests.support.golden``, and read what changed.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.render import picture
from bot.render.message import CAPTION_LIMIT, MESSAGE_LIMIT, caption, message
from bot.render.pages import PICTURE_WIDTH, template_data
from dialogues.insight import compose
from tests.support.golden import FOLDER, HIGH, SITUATIONS, TIE, as_text, facts, of

TALLEST = 2.9
"""Of the longest picture, in widths: a phone's screen is a bit over two."""
situations = pytest.mark.parametrize("name", SITUATIONS)


def test_there_are_ten_and_a_text_for_each():
    """No text lies there for a situation that is gone."""
    assert len(SITUATIONS) == 10
    assert {file.stem for file in FOLDER.iterdir()} == set(SITUATIONS)


@situations
def test_a_situation_is_told_word_for_word(name):
    """Caption and message are what was agreed; see above for how to change them."""
    assert as_text(SITUATIONS[name]()) == (FOLDER / f"{name}.txt").read_text()


@situations
def test_who_sees_no_picture_reads_what_it_shows(name):
    """Every element on the map with its word and month, and the question, stand in the text beside it."""
    made = SITUATIONS[name]()
    said = as_text(made)
    for spot in (spot for region in made.balance for spot in region.spots):
        assert f"{spot.name}: {spot.word}" in said if spot.word else spot.name in said
        assert spot.now or spot.when in said
    assert made.question is None or made.question.text in said
    assert len(caption(made).encode("utf-16-le")) // 2 <= CAPTION_LIMIT
    assert len(message(made).encode("utf-16-le")) // 2 <= MESSAGE_LIMIT


def test_a_map_too_long_for_a_caption_opens_the_message():
    """With an outcome for every element the caption keeps the question, and the message tells the map instead."""
    names = facts().elements
    earlier = tuple(of(each, TIE, "september 2026") for each in names)
    made = compose(facts(team="Jeugd- en gezinsteam Centrum " * 2, earlier=earlier), (of("trust", HIGH),))
    assert "Eerder" not in caption(made)
    assert made.question.text in caption(made)
    for name in names.values():
        assert f"{name}: " in message(made)
    assert "Eerder" in caption(SITUATIONS["in-balans"]())
    assert "Eerder" not in message(SITUATIONS["in-balans"]())


@situations
def test_the_picture_is_one_glance_in_one_hue(name):
    """About one screen high; every colour is a grey or the one blue-green, so none can mean good or bad."""
    drawn = Image.open(BytesIO(picture(SITUATIONS[name]()))).convert("RGB")
    assert drawn.width == PICTURE_WIDTH
    assert drawn.height <= TALLEST * drawn.width
    small = drawn.resize((drawn.width // 3, drawn.height // 3))
    hues = {hue for _, (hue, saturation, value) in small.convert("HSV").getcolors(1 << 24) if saturation > 60 < value}
    assert all(120 <= hue <= 142 for hue in hues), hues


def test_a_month_of_a_team_shows_the_map_and_an_area_its_sectors():
    """A team has a map; an area, which is asked one thing, and a thin month have none."""
    assert {name for name in SITUATIONS if not template_data(SITUATIONS[name]())["maandbeeld"]["balance"]} == {
        "dun",
        "gebied",
    }
