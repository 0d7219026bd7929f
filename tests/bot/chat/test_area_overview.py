"""The overview of an area in the coordinator's menus: what it is, why there is none yet, and the words themselves."""

from __future__ import annotations

import pytest

from bot.chat.texts import area_nl as texts
from bot.chat.texts.chat_nl import AS_PDF
from bot.chat.texts.maandbeeld_nl import AS_CSV, AS_SHEET, CSV_IS
from bot.sandbox.entities import parse_html
from bot.usecases.arrange_area_rounds import RHYTHMS
from bot.usecases.see_area_overview import AreaOverview
from dialogues.insight.two_worlds import Sides
from tests.support.area import with_overview
from tests.support.house import AMSTERDAM, COORDINATOR, START


@pytest.mark.parametrize("strategic", [False, True])
def test_why_there_is_nothing_yet_is_said_kindly(strategic):
    """Too small, or not asked yet: with what it needs, or with the day of the next question."""
    small, _ = parse_html(
        texts.nothing_yet(AreaOverview(began=False, newest=None, next_at=None), strategic=strategic, zone=AMSTERDAM)
    )
    assert "minstens 3 teams met een ritme" in small
    soon, _ = parse_html(
        texts.nothing_yet(AreaOverview(began=True, newest=None, next_at=START), strategic=strategic, zone=AMSTERDAM)
    )
    assert "De volgende vraag komt op maandag 2 november" in soon


async def test_the_coordinator_reads_it_at_the_area_and_goes_back(house, phone):
    """/beheer, the area, its overview; the strategic layer is one tap further, and everything leads back."""
    with_overview(house)
    await phone.send(COORDINATOR, "/beheer")
    await phone.tap_label(COORDINATOR, "Het gebied")
    await phone.tap_label(COORDINATOR, texts.BUTTON)
    await phone.tap_label(COORDINATOR, texts.WHOLE_AREA)
    said, _ = parse_html(phone.last(COORDINATOR).text)
    assert "Overzicht van het gebied, november 2026\nHeel Noord" in said
    assert "Hele gebied: herkend\nJGZ: weinig herkend" in said
    await phone.tap_label(COORDINATOR, "‹ Terug")
    await phone.tap_label(COORDINATOR, texts.STRATEGIC)
    assert "leiding of beleid" in phone.last(COORDINATOR).text
    await phone.tap_label(COORDINATOR, "‹ Terug")
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert texts.BUTTON in phone.last(COORDINATOR).buttons


async def test_it_can_be_taken_along_as_picture_page_and_sheet(house, phone):
    """Each in a message of its own, made from the same page; nothing of it is kept."""
    with_overview(house)
    before = house.everything()
    await phone.send(COORDINATOR, "/beheer")
    for label in ("Het gebied", texts.BUTTON, texts.WHOLE_AREA, texts.AS_PICTURE, AS_PDF, AS_SHEET, AS_CSV):
        await phone.tap_label(COORDINATOR, label)
    assert len(phone.last(COORDINATOR).buttons) <= 6
    (photo,), documents = phone.telegram.of("sendPhoto"), phone.telegram.of("sendDocument")
    assert "Overzicht van het gebied, november 2026" in photo.text
    assert [each.chat_id for each in documents] == [COORDINATOR] * 3
    assert [each.text for each in documents] == ["", texts.SHEET_IS, CSV_IS]
    assert house.everything() == before


async def test_a_side_that_said_nothing_yet_is_named(house, phone):
    """And no word of the other one is shown alone."""
    with_overview(house)
    await phone.send(COORDINATOR, "/beheer")
    for label in ("Het gebied", texts.BUTTON, texts.TWO_WORLDS):
        await phone.tap_label(COORDINATOR, label)
    said, _ = parse_html(phone.last(COORDINATOR).text)
    assert "Er is nog geen woord van: alle teams samen en leiding en beleid." in said
    assert list(phone.last(COORDINATOR).buttons) == ["‹ Terug"]
    alone = texts.no_two_worlds(Sides(practice=True, strategic=False))
    assert "Er is nog geen woord van: leiding en beleid." in alone
    assert "Er is nog geen onderwerp met woorden van allebei." in texts.no_two_worlds(Sides(True, True))


def test_the_texts_tell_the_rhythm_as_it_is():
    """A quarter is three months and the strategic layer hears every six weeks."""
    assert (RHYTHMS["area"].every, RHYTHMS["strategic"].every) == (3, 6)
