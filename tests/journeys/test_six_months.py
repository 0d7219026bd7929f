"""Six months of one team: a step is agreed, everybody is asked after it, and the last maandbeeld tells the story."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import Company, company
from tests.journeys.stories import SAVED
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey

WHY = "Iedereen loopt in september een dag mee."
BRIEFLY = "Ik heb 20 seconden"


def test_a_newcomer_understands_what_happened_from_the_last_maandbeeld_alone(sandbox: Sandbox, bot: Deps) -> None:
    """Asked, shown, agreed, asked after twice, decided, answered: all of it stands in one page, in plain words."""
    team = company(bot, sandbox, members=6)
    month_of_questions(sandbox, team, "2027-02-02 08:31", "2 · Weinig")
    sandbox.becomes("2027-03-01 08:31")
    step = agrees_on_a_step(team.lead)
    month_of_questions(sandbox, team, "2027-03-02 08:31", "4 · Grotendeels")

    the_team_is_asked_after(sandbox, team, "2027-04-06 08:31", step, "Vijf weken geleden", "Soms", "Een beetje")
    sandbox.becomes("2027-04-26 09:01")
    decides(team.lead, step, "Het vaakst ‘soms’.", "Doorgaan")
    sandbox.becomes("2027-05-03 08:31")
    team.lead.sees(
        "Maandbeeld april 2027", "Gebeurt het? Het vaakst ‘soms’. Helpt het? Het meest gekozen: ‘een beetje’."
    )
    sandbox.becomes("2027-05-04 08:31")
    team.members[0].sees(f"Afgesproken: {step}", "Gebeurt het? Het vaakst ‘soms’.", "Meedoen mag")
    month_of_questions(sandbox, team, "2027-05-04 08:32", "4 · Grotendeels")

    sandbox.becomes("2027-05-24 09:01")
    decides(team.lead, step, "Het vaakst ‘soms’.", "Doorgaan")

    sandbox.becomes("2027-06-01 08:31")
    thinks_first(team.lead)
    reacts(team.lead)
    the_team_is_asked_after(sandbox, team, "2027-06-01 09:31", step, "13 weken geleden", "Ja, meestal", "Ja")
    sandbox.becomes("2027-06-21 09:01")
    decides(team.lead, step, "Het vaakst ‘ja, meestal’.", "Vasthouden")

    sandbox.becomes("2027-07-01 08:31")
    last = team.lead.sees("Maandbeeld juni 2027", "Onze stap").text
    for part in (
        f"Onze stap: {step}",
        "Afgesproken op 1 maart 2027. Trekker: samen.",
        "Na vijf weken gevraagd aan het hele team. Gebeurt het? Het vaakst ‘soms’.",
        "Na 13 weken gevraagd aan het hele team. Gebeurt het? Het vaakst ‘ja, meestal’.",
        "Helpt het? Het meest gekozen: ‘ja’.",
        "Besloten op 21 juni 2027: vasthouden.",
        f"doen we. Waarom: “{WHY[:-1]}",
    ):
        assert part in last, last
    reads_the_year(team.lead)


def month_of_questions(sandbox: Sandbox, team: Company, moment: str, score: str) -> None:
    """Everybody answers the question of the month with the same score, in 20 seconds."""
    sandbox.becomes(moment)
    for member in team.members:
        answers(member, score)


def answers(member: Phone, *labels: str) -> None:
    """These buttons, and then the first one until it is saved."""
    member.sees_button(BRIEFLY)
    shown = member.taps(BRIEFLY)
    for label in labels:
        shown = member.taps(label)
    while SAVED not in shown.text:
        shown = member.taps(shown.labels[0])


def agrees_on_a_step(lead: Phone) -> str:
    """The first step on offer, together, to look back after eight weeks; its label."""
    lead.sees("Maandbeeld februari 2027")
    lead.presses("Onze stap")
    shown = lead.sees("Welke stap spraken jullie af?")
    first = shown.labels[0]
    for choice in (first, "Samen", "Over 8 weken: maandag 26 april"):
        lead.taps(choice)
    lead.sees("Afgesproken: ", "Terugkijken: maandag 26 april")
    return first.removesuffix(" (veel gekozen)")


def the_team_is_asked_after(sandbox: Sandbox, team: Company, moment: str, step: str, ago: str, *labels: str) -> None:
    """No new topic this time: two taps about the step, for everybody and not for the one whose turn it is."""
    sandbox.becomes(moment)
    for member in team.members:
        member.sees(f"{ago} spraken jullie af: {step}. Gebeurt het, en helpt het?")
        answers(member, *labels)


def decides(lead: Phone, step: str, said: str, decision: str) -> None:
    """On the day to look back the lead gets one message, with what the team said, and taps."""
    lead.sees("Onze stap", step, said, "Wat besloten jullie samen")
    lead.taps(decision)
    lead.sees("Je team leest het bij de volgende vraag")


def thinks_first(lead: Phone) -> None:
    """The lead lays an own answer beside the team's words; with the last tap it is out of the chat."""
    lead.sees("Maandbeeld mei 2027")
    lead.presses("Wat zou jij zeggen?")
    assert "Team:" not in lead.sees("Wat zou jij zelf hebben geantwoord?").text
    shown = lead.taps("Wisselend")
    assert "Jij: wisselend\nTeam: herkend" in shown.text
    assert "Je antwoord is weg" in lead.taps("Klaar").text


def reads_the_year(lead: Phone) -> None:
    """For the talk with the gemeente: one command, one tap, and a file."""
    lead.writes("/jaar")
    lead.sees("Welk schooljaar?")
    lead.presses("2026-2027 (tot nu toe)")
    assert lead.receives("document").startswith(b"%PDF")
    lead.sees("Jaaroverzicht 2026-2027")


def reacts(lead: Phone) -> None:
    """The lead says what is done about the topic of the month, and why."""
    lead.presses("Reageer")
    shown = lead.sees("nooit op een persoon")
    lead.taps(shown.labels[0])
    lead.taps("Doen we")
    lead.writes(WHY)
    lead.sees("Opgeslagen.")
