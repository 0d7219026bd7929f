"""The pages of a list: as many buttons as one thumb reaches, a way on and a way back, whatever number a button says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callback_data import LogTap
from bot.chat.keyboards import PAGE, number_of, on_page, paged
from bot.chat.texts.chat_nl import BACK

MORE, LEAVE, BESIDE = "Meer", "Klaar", "Iets anders"
LEFT = LogTap(900)


def page(items, at, **more):
    choices = [(f"keuze {each}", LogTap(100 + each)) for each in range(items)]
    return paged(choices, at, turn=LogTap, more=MORE, back=(LEAVE, LEFT), **more)


@given(items=st.integers(0, 30), size=st.integers(1, 5))
def test_every_choice_is_on_one_page_and_the_pages_lead_on_and_back(items, size):
    """From the first page on, "more" meets each choice once; from the last, "back" leads to the first and then out."""
    met, at, way = [], 0, []
    while True:
        shown = dict(page(items, at, size=size))
        met += [label for label in shown if label.startswith("keuze")]
        assert len(shown) <= size + 2
        way.append(at)
        if MORE not in shown:
            break
        at = shown[MORE].page
    assert met == [f"keuze {each}" for each in range(items)]
    assert way == list(range(len(way)))
    while at:
        shown = dict(page(items, at, size=size))
        assert LEAVE not in shown
        at = shown[BACK].page
    assert dict(page(items, at, size=size))[LEAVE] == LEFT


@pytest.mark.parametrize("at", [2, 7, -1])
def test_a_page_that_is_not_there_is_the_first(at):
    """A list that became shorter since the button was sent."""
    assert page(2 * PAGE, at) == page(2 * PAGE, 0)
    assert on_page(range(2 * PAGE), at) == on_page(range(2 * PAGE), 0) == range(PAGE)


def test_what_stands_beside_a_list_is_on_every_page():
    """After the choices, before the way back."""
    for at, last in ((0, LEAVE), (1, BACK)):
        labels = [label for label, _ in page(PAGE + 1, at, beside=[(BESIDE, LEFT)])]
        assert labels[-2:] == [BESIDE, last]


@pytest.mark.parametrize(("value", "number"), [("3", 3), ("", 0), ("-1", 0), ("x", 0), ("٣", 0), ("²", 0)])
def test_only_plain_digits_are_a_number(value, number):
    """Whatever somebody makes of a button, it is a number."""
    assert number_of(value) == number
