"""The lead's own answer beside the team's words: no byte of it on the disk, in a log or in memory after the tap."""

from __future__ import annotations

import gc
import logging
import re

import pytest

from bot.chat.callback_data import MaandbeeldTap, OwnAnswerTap, encode
from bot.chat.outbox import Outbox, Pace
from bot.chat.texts import own_answer_nl as texts
from bot.usecases.share_maandbeeld import share_maandbeeld
from dialogues.insight.bands import Band
from tests.support.house import ANNE, COORDINATOR, LEAD
from tests.support.played import played_once


async def no_wait(_seconds):
    return


@played_once
def maandbeeld_id(house):
    """A month in which the team's word was published: herkend."""
    return house.first_maandbeeld()


def raw(house) -> dict[str, bytes]:
    """Every byte of the database and what stands beside it."""
    return {path.name: path.read_bytes() for path in sorted(house.database.parent.iterdir()) if path.is_file()}


async def test_the_own_answer_stands_beside_the_words_of_the_team(house, phone, maandbeeld_id):
    """Asked before it is shown, in the words of the maandbeeld, without a verdict; and gone with one tap."""
    await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, "own")))
    asked = phone.last(LEAD).text
    assert "Wat zou jij zelf hebben geantwoord?" in asked
    assert "Team" not in asked
    await phone.tap_label(LEAD, "Wisselend")
    shown = phone.last(LEAD).text
    assert "Jij: <b>wisselend</b>" in shown
    assert "Team: <b>herkend</b>" in shown
    await phone.tap_label(LEAD, texts.READY)
    assert phone.last(LEAD).text == texts.GONE


async def test_the_question_comes_under_the_picture_of_a_lead(house, phone, maandbeeld_id):
    """Before the words, and never for a member the maandbeeld was shared with."""
    await Outbox(phone.desk, pace=Pace(sleep=no_wait)).drain()
    (photo,) = [call for call in phone.telegram.of("sendPhoto") if call.chat_id == LEAD]
    assert texts.BUTTON in str(photo.given)


@pytest.mark.parametrize("band", list(Band))
async def test_no_byte_of_it_is_kept(house, phone, maandbeeld_id, loud_logs, band):
    """The files of the database are the same to the byte after every tap; no row, log or object holds the answer."""
    house.person(LEAD)  # the files beside a database are there once it is open
    rows, files = house.everything(), raw(house)
    for place, choice in ((0, "list"), (0, "ask"), (0, str(band)), (0, "ready")):
        await phone.tap(LEAD, encode(OwnAnswerTap(maandbeeld_id, place, choice)))
        assert raw(house) == files
        assert house.everything() == rows
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, OwnAnswerTap)]
    logging.getLogger("asked").warning("the logs are watched")
    printed = loud_logs()
    assert "the logs are watched" in printed
    assert not re.search(rf"\b{band}\b|{maandbeeld_id}", printed)


@pytest.mark.parametrize("chat", [ANNE, COORDINATOR])
async def test_only_a_lead_is_asked(house, phone, maandbeeld_id, chat):
    """A member and a coordinator see nothing of the maandbeeld this way, also not once the team has it."""
    before = len(phone.telegram.shown(chat))
    await phone.tap(chat, encode(OwnAnswerTap(maandbeeld_id, 0, "high")))
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    await phone.tap(chat, encode(OwnAnswerTap(maandbeeld_id, 0, "high")))
    assert not [call for call in phone.telegram.shown(chat)[before:] if "herkend" in call.text]
