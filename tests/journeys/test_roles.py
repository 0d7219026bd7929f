"""Who may do what is asked of the database at every tap: a copied button opens nothing."""

from __future__ import annotations

import pytest

from bot.chat.texts import chat_nl as texts
from bot.usecases.deps import Deps
from tests.journeys.arranging import company
from tests.journeys.running import Home
from tests.journeys.stories import answers_trust
from tests.journeys.traces import rows
from tests.support.phones import Button, Phone, Sandbox

pytestmark = pytest.mark.journey


def test_beheer_is_for_the_coordinator_of_the_area(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """Members, leads and the coordinator of elsewhere are refused, by command and by every copied button."""
    team = company(bot, sandbox, members=1)
    elsewhere = company(bot, sandbox, members=1, name="Samen in Oost").coordinator
    buttons = every_menu_button(team.coordinator)
    sandbox.settles()
    before = rows(home)
    for person in (team.members[0], team.lead):
        person.writes("/beheer")
        person.sees(texts.NOT_ALLOWED)
    for person in (team.members[0], team.lead, elsewhere):
        for button in buttons:
            person.forges(button.data)
            person.hears(texts.NOT_ALLOWED)
    sandbox.settles()
    assert rows(home) == before


def every_menu_button(carla: Phone) -> list[Button]:
    """Every button about the team that the coordinator's menus show, up to the ones that change something."""
    carla.writes("/beheer")
    carla.sees("Kies een team")
    found = {}
    for step in (
        "Samen in Zuid",
        "Mensen",
        "Uitnodigen",
        "‹ Terug",
        "Leden",
        "‹ Terug",
        "‹ Terug",
        "Ritme",
        "Hoe vaak, dag en tijd",
        "Gewoon: om de week",
        "Dinsdag",
    ):
        carla.taps(step)
        found |= {each.data: each for each in carla.from_bot()[-1].buttons}
    to_the_team = ("‹ Terug",) * 4
    for step in (*to_the_team, "Onderwerpen", "Vooraan zetten", "‹ Terug", "‹ Terug", "Een dialoog proberen"):
        carla.taps(step)
        found |= {each.data: each for each in carla.from_bot()[-1].buttons}
    return [each for each in found.values() if not each.data.startswith("b1.home")]


def test_only_the_lead_shares(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """Members, coordinator and another lead cannot open or share a maandbeeld; members can open what was shared."""
    team = company(bot, sandbox, members=5)
    other = company(bot, sandbox, members=1, name="Samen in Oost")
    sandbox.becomes("2027-02-02 08:31")
    for member in team.members:
        answers_trust(member, "4 · Grotendeels")
    sandbox.becomes("2027-02-16 17:01")
    sandbox.becomes("2027-03-01 08:31")
    shown = team.lead.sees("Maandbeeld februari 2027", "Team: herkend")
    pdf, share = shown.button("Als PDF"), shown.button("Deel met het team")
    assert pdf is not None
    assert share is not None

    before = rows(home)
    for person in (team.members[0], team.coordinator, other.lead):
        for button in (pdf, share):
            person.forges(button.data)
            person.hears(texts.NOT_ALLOWED)
    sandbox.settles()
    assert rows(home) == before
    assert all(member.count("Maandbeeld februari") == 0 for member in team.members)

    team.lead.presses("Deel met het team")
    team.lead.sees("Zo krijgt je team het.")
    team.lead.taps("Ja, deel met het team")
    sandbox.settles()
    team.members[0].sees("Maandbeeld februari 2027", "Team: herkend")
    team.members[0].presses("Als PDF")
    assert team.members[0].receives("document").startswith(b"%PDF-")
    team.members[0].forges(share.data)
    team.members[0].hears(texts.NOT_ALLOWED)
