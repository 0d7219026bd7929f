"""Deelname per sector in the coordinator's menus: words, what cannot be shown, and why."""

from __future__ import annotations

import pytest

from bot.chat.texts import participation_nl as texts
from bot.sandbox.entities import parse_html
from dialogues.insight.shares import Share
from storage.tallies import AreaMonth
from tests.support.house import COORDINATOR, OTHER_COORDINATOR, START


def month(number, **shares):
    return AreaMonth(area_id="area", month=f"2026-{number}", shares=shares, published_at=START)


def test_every_band_has_words_and_none_says_that_nobody_took_part():
    """Nor a number, nor everybody."""
    assert set(texts.SHARES) == {*Share, ""}
    for words in texts.SHARES.values():
        assert not any(letter.isdigit() for letter in words)
        assert "niemand" not in words
        assert words != "iedereen deed mee"


def test_months_are_shown_with_what_cannot_be_shown_and_why():
    """Sectors by name, a hidden one as hidden; by approximation, and when a sector is shown."""
    text = texts.participation((month(11, jgz="almost_all", onderwijs="few"), month(10, jgz="half", onderwijs="")))
    shown, _ = parse_html(text)
    assert "november 2026\nJGZ: bijna iedereen deed mee\nOnderwijs: minder dan de helft deed mee" in shown
    assert "oktober 2026\nJGZ: de helft of meer deed mee\nOnderwijs: dat kan ik niet laten zien" in shown
    assert texts.ROUGHLY in shown
    assert texts.WHEN_SHOWN in shown


@pytest.mark.parametrize("months", [(), (month(11),), (month(11, jgz="", onderwijs=""),)])
def test_nothing_to_show_is_said_kindly(months):
    """No month yet, or a month without a sector that is big enough; then nothing is by approximation either."""
    text = texts.participation(months)
    assert (texts.NOTHING_TO_SHOW in text) == bool(months)
    assert (texts.NO_MONTH in text) == (not months)
    assert texts.ROUGHLY not in text


async def test_the_coordinator_finds_it_at_the_area_and_goes_back(house, phone):
    """/beheer, the area, participation, back."""
    with house.storage.begin() as work:
        shares = {"jgz": "half", "onderwijs": ""}
        work.area_months.add(AreaMonth(area_id=house.area_id, month="2026-10", shares=shares, published_at=START))
        work.commit()
    await phone.send(COORDINATOR, "/beheer")
    await phone.tap_label(COORDINATOR, "Het gebied")
    await phone.tap_label(COORDINATOR, texts.BUTTON)
    assert "oktober 2026" in phone.last(COORDINATOR).text
    assert "JGZ: de helft of meer deed mee" in phone.last(COORDINATOR).text
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert texts.BUTTON in phone.last(COORDINATOR).buttons


async def test_another_coordinator_cannot_open_it(house, phone):
    """With the same button."""
    await phone.send(COORDINATOR, "/beheer")
    await phone.tap_label(COORDINATOR, "Het gebied")
    button = phone.last(COORDINATOR).buttons[texts.BUTTON]
    await phone.tap(OTHER_COORDINATOR, button)
    assert not [call for call in phone.telegram.shown(OTHER_COORDINATOR) if texts.TITLE in call.text]
