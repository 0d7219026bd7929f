"""A nurse decides by herself when she hears from the bot; her colleagues and her lead hear nothing of that."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import company
from tests.journeys.stories import SAVED
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey
ASKED = "Twee minuten voor een korte vraag?"


def test_a_question_comes_when_it_suits(sandbox: Sandbox, bot: Deps) -> None:
    """Her usual hours, a pause with an early return, a snooze until after the session, and on where she was."""
    team = company(bot, sandbox, members=5)
    nurse, *others = team.members
    chooses_her_usual_hours(nurse)

    nurse.writes("/pauze")
    nurse.sees("Niemand anders hoort het.")
    nurse.taps("Eén week: maandag 8 februari")
    nurse.sees("Tot maandag 8 februari stuur ik niets. Daarna kom ik vanzelf terug.")
    before = len(team.lead.from_bot())

    sandbox.becomes("2027-02-02 12:20")
    for member in others:
        member.sees(ASKED)
    assert nurse.count(ASKED) == 0

    nurse.writes("/hervat")
    nurse.sees(ASKED)
    nurse.taps("Na mijn spreekuur of les")
    nurse.sees("Prima, ik kom terug op dinsdag 2 februari om 16:15 uur.")
    sandbox.becomes("2027-02-02 16:14")
    assert nurse.count(ASKED) == 0
    sandbox.becomes("2027-02-02 16:16")
    nurse.sees(ASKED)
    nurse.taps("Start")
    nurse.taps("4 · Grotendeels")
    nurse.sees("Vraag 2 van")

    nurse.does("block")
    nurse.does("unblock")
    nurse.writes("/start")
    nurse.sees("Vraag 2 van")
    nurse.taps("Stop")
    nurse.sees(SAVED)
    assert len(team.lead.from_bot()) == before


def chooses_her_usual_hours(nurse: Phone) -> None:
    """Nothing was quiet for her; she takes the usual week of her sector."""
    nurse.writes("/rustig")
    nurse.sees("Je hebt geen stille tijden.")
    nurse.taps("Gebruik de gewone week")
    nurse.sees("de gewone spreekuren in de JGZ", "08:30 tot 12:15 uur en 13:00 tot 16:15 uur")
