"""A lead answers back: "we do not, because"; the team reads it with the next question, and the maandbeeld tells it."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import company
from tests.journeys.stories import answers_trust
from tests.support.phones import Sandbox

pytestmark = pytest.mark.journey

WHY = "Er is dit jaar geen ruimte voor een vaste dag. In september kijken we opnieuw."


def test_from_a_no_with_its_reason_to_the_next_maandbeeld(sandbox: Sandbox, bot: Deps) -> None:
    """Before it the next question is honest about silence; after it every member reads the reason."""
    team = company(bot, sandbox, members=6)
    sandbox.becomes("2027-02-02 08:31")
    for member in team.members:
        answers_trust(member, "4 · Grotendeels")
    sandbox.becomes("2027-03-01 08:31")
    page = team.lead.sees("Maandbeeld februari 2027", "Vertrouwen en respect")
    assert page.labels == ("Als PDF", "Als tabel", "Reageer", "Onze stap", "Waar staan we?", "Deel met het team")

    team.lead.presses("Reageer")
    team.lead.sees("nooit op een persoon", "Nog geen reactie op: Vertrouwen en respect.")
    team.lead.taps("Vertrouwen en respect")
    team.lead.taps("Doen we niet, want …")
    typed = team.lead.writes(WHY)
    team.lead.sees(
        "Opgeslagen.", f"doen we niet. Waarom: “{WHY[:-1]}", "Je team leest je reactie bij de volgende vraag"
    )
    assert typed not in [each.id for each in team.lead.messages()]

    team.lead.taps("Klaar")
    team.lead.presses("Onze stap")
    first = next(label for label in team.lead.sees("Jullie kiezen, ik niet.").labels)
    for choice in (first, "Samen"):
        team.lead.taps(choice)
    step = first.removesuffix(" (veel gekozen)")
    team.lead.taps("Over 4 weken: maandag 29 maart")
    team.lead.sees(
        f"Afgesproken: {step}", "Trekker: samen.", "Je team leest het bij de volgende vraag, op dinsdag 2 maart"
    )

    sandbox.becomes("2027-03-02 08:31")
    for member in team.members:
        prompt = member.sees("Over Vertrouwen en respect laat je teamleider weten: doen we niet.", WHY[:-1])
        assert f"Afgesproken: {step}" in prompt.text
        assert team.lead.name not in prompt.text
    team.members[0].taps("Start")
    team.members[0].sees("laat je teamleider weten: doen we niet.", WHY[:-1])
    for member in team.members[1:]:
        member.taps("Start")
        member.taps("3 · Wisselend")
        member.taps("Stop")
    sandbox.becomes("2027-04-01 08:31")
    team.lead.sees(
        "Maandbeeld maart 2027",
        f"Onze stap: {step}",
        "Afgesproken op 1 maart 2027. Trekker: samen. Het is tijd om samen terug te kijken.",
        f"Vertrouwen en respect: doen we niet. Waarom: “{WHY[:-1]}",
    )
