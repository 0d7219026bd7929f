"""“Waar staan we?” on the phone of a lead and of a coordinator."""

from __future__ import annotations

from bot.chat.texts import cycle_nl as texts
from bot.chat.texts import response_nl, step_nl
from bot.sandbox.entities import parse_html
from bot.usecases.make_team import make_team
from tests.support.house import COORDINATOR, LEAD
from tests.support.played import played_once


@played_once
def maandbeeld_id(house):
    return house.first_maandbeeld()


def read(phone, chat: int) -> str:
    return parse_html(phone.last(chat).text)[0]


async def test_a_lead_sees_it_and_tells_that_it_was_talked_about(house, phone, maandbeeld_id):
    """One command, one button, one day; and it can be taken back. Reacting and the step are one tap away."""
    await phone.send(LEAD, "/kring")
    said = read(phone, LEAD)
    assert "2. Maandbeeld · wacht op jou\nVan november 2026" in said
    assert "3. Gesprek · wacht op jullie samen\nNog niet gemeld" in said
    assert said.endswith("Nu aan zet: jij. Deel het maandbeeld met het team.")
    assert {response_nl.REACT, step_nl.STEP} < set(phone.last(LEAD).buttons)
    await phone.tap_label(LEAD, texts.TALKED)
    today = next(iter(phone.last(LEAD).buttons))
    assert today.startswith("Vandaag, ")
    await phone.tap_label(LEAD, today)
    assert "3. Gesprek · klaar\nJullie spraken erover op " in read(phone, LEAD)
    assert "4. Onze stap · wacht op jullie samen" in read(phone, LEAD)
    await phone.tap_label(LEAD, texts.NOT_TALKED)
    assert texts.TALKED in phone.last(LEAD).buttons


async def test_with_more_teams_the_lead_chooses_first(house, phone):
    """By name, and back again."""
    other = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    house.invite(LEAD, kind="lead", team=other)
    await phone.send(LEAD, "/kring")
    assert list(phone.last(LEAD).buttons) == ["De Brug", "Samen in Noord"]
    await phone.tap_label(LEAD, "De Brug")
    assert "1. Vragen · wacht op de coördinator\nEr loopt geen ritme" in read(phone, LEAD)
    await phone.tap_label(LEAD, "‹ Terug")
    assert "Van welk team?" in read(phone, LEAD)


async def test_a_coordinator_sees_all_teams_by_name_and_one_at_a_time(house, phone, maandbeeld_id):
    """A line for each team and no answer; one tap further the whole chain of one."""
    make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="Aan Zee", team_label="het team")
    await phone.send(COORDINATOR, "/beheer")
    for label in ("Het gebied", "Overzicht van het gebied", texts.PER_TEAM):
        await phone.tap_label(COORDINATOR, label)
    said = read(phone, COORDINATOR)
    assert "Aan Zee: de vragen wachten op jou: kies een ritme." in said
    assert "Samen in Noord: het maandbeeld wacht op de teamleider, om te delen." in said
    assert said.index("Aan Zee") < said.index("Samen in Noord")
    await phone.tap_label(COORDINATOR, "Samen in Noord")
    assert "De kring van Samen in Noord" in read(phone, COORDINATOR)
    assert "Aan Zee" not in read(phone, COORDINATOR)
    await phone.tap_label(COORDINATOR, texts.PERIOD)
    assert "De laatste drie maanden gevraagd\n• " in read(phone, COORDINATOR)
    assert "Aan Zee" not in read(phone, COORDINATOR)
    await phone.tap_label(COORDINATOR, "‹ Terug")
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert read(phone, COORDINATOR) == said
