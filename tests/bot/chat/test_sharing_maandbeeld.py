"""A lead sees what the team will get, and only then shares it: two taps, a way back, and no difference."""

from __future__ import annotations

import pytest

from bot.chat.callback_data import MaandbeeldTap, encode
from bot.chat.outbox import Outbox
from bot.chat.texts import chat_nl
from bot.chat.texts import maandbeeld_nl as texts
from tests.support.fake_time import timeless
from tests.support.house import ANNE, BRAM, LEAD, OTHER_LEAD
from tests.support.played import played_once
from tests.support.telegram import refused

MOST_BUTTONS = 6
WORKING = ["Als PDF", "Als tabel", "Reageer", "Onze stap", "Waar staan we?"]


@played_once
def composed(house):
    """The first maandbeeld of a team of five."""
    house.members(5)
    about = house.open_round()
    for chat in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat, about.id)
    house.close(about)
    return house.maandbeeld()


@pytest.fixture
async def maandbeeld_id(house, composed, phone):
    """The same, which the lead has."""
    await drain(phone)
    return composed


async def drain(phone):
    await Outbox(phone.desk, pace=timeless()).drain()


async def test_the_team_gets_exactly_what_the_lead_saw(house, phone, maandbeeld_id):
    """Caption, words and buttons are the same for every member; before the second tap nobody gets anything."""
    await phone.tap_label(LEAD, "Deel met het team")
    picture, words, question = phone.telegram.shown(LEAD)[-3:]
    assert picture.method == "sendPhoto"
    assert "naar 5 mensen" in question.text
    assert list(question.buttons) == ["Ja, deel met het team", "‹ Terug"]
    await drain(phone)
    assert not phone.telegram.shown(ANNE)
    await phone.tap_label(LEAD, "Ja, deel met het team")
    await drain(phone)
    for member in (ANNE, BRAM, 1000):
        theirs = phone.telegram.shown(member)[-2:]
        assert [each.text for each in theirs] == [picture.text, words.text]
        assert theirs[1].buttons == words.buttons
        assert list(words.buttons) == ["Als PDF", "Als tabel"]
    shared = phone.telegram.of("editMessageText")[-1]
    assert shared.text == chat_nl.SHARED_BEFORE
    assert list(shared.buttons) == WORKING


async def test_back_shares_nothing(house, phone, maandbeeld_id):
    """The way back says so, and leaves every button where it was; six at most."""
    await phone.tap_label(LEAD, "Deel met het team")
    await phone.tap_label(LEAD, "‹ Terug")
    kept = phone.last(LEAD)
    assert kept.text == texts.NOT_SHARED
    assert list(kept.buttons) == [*WORKING, "Deel met het team"]
    assert len(kept.buttons) <= MOST_BUTTONS
    await drain(phone)
    assert not phone.telegram.shown(ANNE)
    assert house.read(lambda work: work.maandbeelden.get(maandbeeld_id)).shared_at is None


async def test_a_button_of_an_earlier_version_shows_what_the_team_gets_first(house, phone, maandbeeld_id):
    """It shared in one tap then; now nothing leaves before the second."""
    await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, "share")))
    assert "Ja, deel met het team" in phone.last(LEAD).buttons
    await drain(phone)
    assert not phone.telegram.shown(ANNE)
    assert house.read(lambda work: work.maandbeelden.get(maandbeeld_id)).shared_at is None


async def test_what_is_shared_is_not_asked_again(house, phone, maandbeeld_id):
    """An old button to share only says that it is done, and sends nothing twice."""
    for verb in ("send", "preview", "keep", "share", "send"):
        await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, verb)))
        assert chat_nl.SHARED_BEFORE in phone.last(LEAD).text
        assert ("Vertrouwen en respect" in phone.last(LEAD).text) is (verb in {"preview", "share"})
        assert list(phone.last(LEAD).buttons) == WORKING
    await drain(phone)
    assert len(phone.telegram.shown(ANNE)) == 2


@pytest.mark.parametrize("verb", ["preview", "keep", "share", "send", "sheet", "csv"])
async def test_nobody_else_gets_to_see_it(phone, maandbeeld_id, verb):
    """Not a member before it is shared, and not the lead of another team."""
    for chat in (ANNE, OTHER_LEAD):
        await phone.tap(chat, encode(MaandbeeldTap(maandbeeld_id, verb)))
        assert phone.telegram.remarks()[-1] == chat_nl.NOT_ALLOWED
        assert not phone.telegram.of("sendDocument")
        assert not [call for call in phone.telegram.of("sendPhoto") if call.chat_id == chat]


@pytest.mark.parametrize("verb", ["preview", "keep"])
async def test_a_member_shares_nothing_that_was_shared(phone, maandbeeld_id, verb):
    """What is for the lead stays for the lead."""
    await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, "send")))
    await phone.tap(ANNE, encode(MaandbeeldTap(maandbeeld_id, verb)))
    assert phone.telegram.remarks()[-1] == chat_nl.NOT_ALLOWED


async def test_a_sheet_offers_the_other_kind(phone, maandbeeld_id):
    """Excel first, with how to read it; the same as CSV behind one more tap."""
    await phone.tap_label(LEAD, "Als tabel")
    (sheet,) = phone.telegram.of("sendDocument")
    assert sheet.text == texts.SHEET_IS
    await phone.tap(LEAD, sheet.buttons["Liever als CSV"])
    assert phone.telegram.of("sendDocument")[-1].text == texts.CSV_IS


async def test_a_picture_that_telegram_refuses_does_not_stop_the_preview(phone, maandbeeld_id):
    """The words and the question come without it."""
    phone.telegram.trouble["sendPhoto"].append(refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    await phone.tap_label(LEAD, "Deel met het team")
    assert "Ja, deel met het team" in phone.last(LEAD).buttons


@pytest.mark.parametrize(("members", "said"), [(0, "nog niemand"), (1, "naar één mens"), (7, "naar 7 mensen")])
def test_how_many_get_it_is_said_in_words(members, said):
    """Also for nobody and for one."""
    assert said in texts.about_to_share(members)
