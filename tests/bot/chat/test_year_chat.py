"""/jaar and the button of the coordinator: from a command to a file."""

from __future__ import annotations

from bot.chat.texts import year_nl as texts
from tests.support.house import COORDINATOR, LEAD
from tests.support.played import played_once


@played_once
def maandbeeld_id(house):
    return house.first_maandbeeld()


async def test_a_lead_gets_the_year_as_a_file(house, phone, maandbeeld_id):
    """One command, one school year, one PDF."""
    await phone.send(LEAD, "/jaar")
    assert "Welk schooljaar?" in phone.last(LEAD).text
    await phone.tap_label(LEAD, "2026-2027 (tot nu toe)")
    assert [each.chat_id for each in phone.telegram.of("sendDocument")] == [LEAD]


async def test_without_a_maandbeeld_it_says_so(house, phone):
    """Nothing to make a year of yet."""
    await phone.send(LEAD, "/jaar")
    assert phone.last(LEAD).text == texts.NOTHING_YET


async def test_a_coordinator_finds_it_under_the_area(house, phone, maandbeeld_id):
    """Three taps from /beheer."""
    await phone.send(COORDINATOR, "/beheer")
    for label in ("Het gebied", "Overzicht van het gebied", texts.BUTTON, "2026-2027 (tot nu toe)"):
        await phone.tap_label(COORDINATOR, label)
    assert [each.chat_id for each in phone.telegram.of("sendDocument")] == [COORDINATOR]
