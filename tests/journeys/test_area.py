"""A whole area: three teams asked together about the family, its strategic layer, and a team that chose counts."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import TRADES, member_of, new_area, new_team
from tests.journeys.stories import SAVED
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey

FOR_ALL = "Deze vraag gaat over heel Zuid. Alleen het gebied krijgt een overzicht."
FOR_LEADERS = "Deze vraag is voor leiding en beleid in heel Zuid. Alleen het gebied krijgt een overzicht."
POLICY = ("jgz", "jgz_policy")


def test_an_area_is_asked_together_and_its_coordinator_reads_it(sandbox: Sandbox, bot: Deps) -> None:
    """From the prompt to the overview of the area; team members and leaders each in their own words."""
    coordinator = sandbox.phone("Carla")
    coordinator.writes("/start")
    area = new_area(bot, coordinator, name="Zuid")
    teams = [new_team(bot, coordinator, area, name=f"Team {name}") for name in ("Een", "Twee", "Drie")]
    members = [
        [member_of(bot, sandbox, coordinator, team, trade=trade) for trade in islice(cycle(TRADES), 6)]
        for team in teams
    ]
    leaders = [member_of(bot, sandbox, coordinator, team, trade=POLICY) for team in (*teams, *teams[:2])]
    everybody = [member for of_team in members for member in of_team]
    chooses_counts(coordinator, "Team Een")

    sandbox.becomes("2027-02-02 08:31")
    members[0][0].sees("van deze vraag toont het overzicht alleen woorden, geen aantallen", "Vertrouwen en respect")
    assert "toont het overzicht" not in members[1][0].from_bot()[-1].text

    sandbox.becomes("2027-02-04 10:01")
    for leader in leaders:
        leader.sees(FOR_LEADERS, "Het overzicht gaat naar de coördinatoren van het gebied.")
        leader.taps("Ik heb 20 seconden")
        leader.sees("besprak ik lastige keuzes open met leidinggevenden van de partners")
        leader.taps("1 · Helemaal niet")
        leader.sees(SAVED)
    assert not [member for member in everybody if member.count(FOR_LEADERS)]

    sandbox.becomes("2027-02-11 10:01")
    for member in everybody:
        member.sees(FOR_ALL, "Er zijn 18 mensen gevraagd.", "Het overzicht gaat naar de coördinatoren van het gebied.")
    for member in everybody[:12]:
        answers_briskly(member)
    assert not [leader for leader in leaders if leader.count(FOR_ALL)]

    sandbox.becomes("2027-03-01 08:31")
    coordinator.sees("Er is een nieuw overzicht van het gebied.")
    opens_overview(coordinator)
    shown = coordinator.sees("Overzicht van het gebied, februari 2027", "Heel Zuid", "Hele gebied: herkend")
    assert not [team.name for team in teams if team.name in shown.text]
    coordinator.taps("‹ Terug")
    coordinator.taps("Leiding en beleid")
    coordinator.sees("Leiding en beleid, februari 2027", "Leiding en beleid: weinig herkend")


def answers_briskly(member: Phone) -> None:
    """The family seen in two taps."""
    member.taps("Ik heb 20 seconden")
    member.taps("5 · Helemaal")
    member.sees(SAVED)


def chooses_counts(coordinator: Phone, team: str) -> None:
    """From the team's menu to what happens next."""
    coordinator.writes("/beheer")
    coordinator.sees("Beheer van Zuid")
    for label in (team, "Profiel en overzicht", "Woorden of aantallen"):
        coordinator.taps(label)
    coordinator.sees("Nu gekozen: woorden, per sector.", "Een sector of zijde zie je dan nooit.")
    coordinator.taps("Aantallen, zonder sectoren")
    coordinator.sees("Het staat: aantallen, zonder sectoren. Dat geldt vanaf de volgende vraag, op")


def opens_overview(coordinator: Phone) -> None:
    """From /beheer, through the area."""
    coordinator.writes("/beheer")
    coordinator.sees("Beheer van Zuid")
    coordinator.taps("Het gebied")
    coordinator.taps("Overzicht van het gebied")
    coordinator.taps("Alle teams samen")
