"""The team's own figure on the phones of a lead and a coordinator."""

from __future__ import annotations

from bot.chat.callback_data import CycleTap, encode
from bot.chat.texts import cycle_nl
from bot.chat.texts import figure_nl as texts
from bot.sandbox.entities import parse_html
from tests.support.house import COORDINATOR, LEAD


def read(phone, chat: int) -> str:
    return parse_html(phone.last(chat).text)[0]


async def test_a_lead_types_it_corrects_it_once_and_reads_when_it_is_shown(house, phone):
    """What is no figure is told kindly, and what was typed leaves the chat."""
    house.rhythm()
    await phone.send(LEAD, "/kring")
    await phone.tap_label(LEAD, texts.BUTTON)
    assert "Er is nog geen cijfer." in read(phone, LEAD)
    await phone.tap_label(LEAD, texts.CHOOSE)
    await phone.tap_label(LEAD, "Tevredenheid van gezinnen")
    assert "Typ een getal van 0 tot 10, zoals 7,8." in read(phone, LEAD)
    await phone.send(LEAD, "heel goed")
    assert "Dit herken ik niet als cijfer. Typ een getal van 0 tot 10" in read(phone, LEAD)
    await phone.send(LEAD, "7,8")
    said = read(phone, LEAD)
    assert "Opgeslagen." in said
    assert "Deze maand: Tevredenheid van gezinnen: 7,8 op een schaal van 0 tot 10, ingevuld op" in said
    assert "Het staat in het volgende maandbeeld, op dinsdag 1 december." in said
    assert len(phone.telegram.of("deleteMessage")) == 2
    await phone.tap_label(LEAD, "Verbeter: Tevredenheid")
    await phone.send(LEAD, "8")
    assert list(phone.last(LEAD).buttons) == ["‹ Terug"]
    await phone.tap_label(LEAD, "‹ Terug")
    assert cycle_nl.BUTTON in read(phone, LEAD)


async def test_a_coordinator_gives_it_a_name_of_its_own(house, phone):
    """From the team's menu; a name that reads as a link is asked again; markup stays text."""
    await phone.send(COORDINATOR, "/beheer")
    for label in ("Samen in Noord", "Profiel en overzicht", texts.BUTTON, texts.CHOOSE, "Iets anders"):
        await phone.tap_label(COORDINATOR, label)
    await phone.send(COORDINATOR, "@cijfers")
    assert read(phone, COORDINATOR) == texts.NAME_UNUSABLE
    await phone.send(COORDINATOR, "Gezinnen <terug>")
    assert "Gezinnen <terug>\n\nTyp het getal." in read(phone, COORDINATOR)
    await phone.send(COORDINATOR, "12")
    assert "Deze maand: Gezinnen <terug>: 12, ingevuld op" in read(phone, COORDINATOR)
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert texts.BUTTON in phone.last(COORDINATOR).buttons


async def test_a_button_of_a_lead_leads_a_coordinator_back_to_the_team(house, phone):
    """Somebody who led the team and coordinates now: every button of this page works for them."""
    await phone.tap(COORDINATOR, encode(CycleTap("figure", house.team_id, "")))
    assert texts.CHOOSE in phone.last(COORDINATOR).buttons
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert texts.BUTTON in phone.last(COORDINATOR).buttons


async def test_after_a_correction_it_is_said_that_it_stands(house, phone):
    """An old button is no way around it."""
    await phone.send(LEAD, "/kring")
    for label in (texts.BUTTON, texts.CHOOSE):
        await phone.tap_label(LEAD, label)
    old = phone.last(LEAD).buttons["Doelen gehaald"]
    for typed in ("62", "63"):
        await phone.tap(LEAD, old)
        await phone.send(LEAD, typed)
    await phone.tap(LEAD, old)
    assert read(phone, LEAD) == texts.CORRECTED_BEFORE
