"""Many taps at once, the same tap twice, the same update three times: one envelope each, and the same result."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import company, envelopes, round_about
from tests.journeys.stories import CHANGE, DONE, SAVED, answers_trust
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey


def test_eight_people_at_once_twice_and_thrice(sandbox: Sandbox, bot: Deps) -> None:
    """However the taps arrive, eight people are eight envelopes, and the maandbeeld counts each of them once."""
    team = company(bot, sandbox, members=8)
    impatient, unlucky, *together = team.members
    sandbox.becomes("2027-02-02 08:31")
    asked = round_about(bot, team.team)

    with ThreadPoolExecutor(len(together)) as crowd:
        list(crowd.map(lambda member: answers_trust(member, "4 · Grotendeels"), together))
    assert envelopes(bot, asked) == len(together)

    taps_everything_twice(impatient)
    assert envelopes(bot, asked) == len(together) + 1

    is_heard_thrice(unlucky)
    assert envelopes(bot, asked) == len(together) + 2

    sandbox.becomes("2027-02-16 17:01")
    sandbox.becomes("2027-03-01 08:31")
    # "Vaak" needs at least eight respondents and half of them on this theme: all eight, each with a theme that stayed.
    team.lead.sees("Team: herkend", "Waar zit het vooral in? Elkaar kennen (vaak).")


def taps_everything_twice(impatient: Phone) -> None:
    """Every button twice, faster than the bot answers: nothing is skipped and no choice is switched back."""
    impatient.hammers("Start", times=2)
    impatient.sees("Vraag 1 van")
    impatient.hammers("4 · Grotendeels", times=2)
    impatient.sees("Vraag 2 van")
    impatient.hammers("Alle drie", times=2)
    impatient.sees("Vraag 3 van")
    impatient.hammers("Elkaar kennen", times=2)
    impatient.sees_button("✓ Elkaar kennen")
    impatient.sandbox.settles()
    assert "✓ Elkaar kennen" in impatient.from_bot()[-1].labels
    impatient.hammers(DONE, times=2)
    impatient.sees("Typen mag, hooguit 280 tekens.")
    impatient.hammers("Sla over", times=2)
    impatient.sees(SAVED)
    impatient.sandbox.settles()
    assert impatient.count(SAVED) == 1


def is_heard_thrice(unlucky: Phone) -> None:
    """Every confirmation gets lost twice, so that each tap and the typed text reach the bot three times."""
    unlucky.sandbox.delivers_again(times=3, updates=6)
    for label in ("Start", "4 · Grotendeels", "Alle drie", "Elkaar kennen", DONE):
        unlucky.taps(label)
    unlucky.sees("Typen mag, hooguit 280 tekens.")
    unlucky.writes("Eén keer getypt, drie keer aangekomen.")
    unlucky.sees("Je schreef:", "Eén keer getypt, drie keer aangekomen.")
    unlucky.taps("Alleen voor mezelf")
    unlucky.sees(SAVED)
    unlucky.sandbox.settles()
    assert unlucky.count(SAVED) == 1
    assert unlucky.sees(SAVED).labels == (CHANGE,)
