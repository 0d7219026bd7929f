"""A nurse types a name, a number and a clean sentence; a month later the lead reads the sentence, and only that."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import company
from tests.journeys.stories import answers_trust
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey

CLEAN = "We bellen elkaar nu eerder dan vroeger."
OTHERS = ("Een vaste dag helpt ons.", "Samen koffie drinken werkt.")


def to_the_open_question(member: Phone) -> None:
    """Start, score, and skip on to where a text may be typed."""
    member.taps("Start")
    for choice in ("4 · Grotendeels", "Sla over", "Sla over"):
        member.taps(choice)
    member.sees("hooguit 280 tekens")


def shares(member: Phone, text: str, choice: str) -> None:
    """Type it and choose."""
    to_the_open_question(member)
    member.writes(text)
    member.sees("Je schreef:", text)
    member.taps(choice)


def test_a_sentence_on_its_way_to_the_lead(sandbox: Sandbox, bot: Deps) -> None:
    """Warned for a name, refused a number, shared after adjusting; nobody reads it before the maandbeeld after next."""
    team = company(bot, sandbox, members=9)
    noor, *others = team.members

    sandbox.becomes("2027-02-02 08:31")
    to_the_open_question(noor)
    typed = noor.writes("Bel Karin de Boer op 06-12345678.")
    asked = noor.sees("Hier lijkt iets in te staan wat ik nooit deel", "een telefoonnummer (06-12345678)")
    assert typed not in [each.id for each in noor.messages()]
    assert asked.labels == ("Alleen voor mezelf", "Aanpassen", "Wissen", "Stop")
    noor.taps("Aanpassen")
    noor.writes("Karin de Boer hielp ons enorm.")
    asked = noor.sees("waaraan iemand te herkennen is", "een naam (Karin de Boer)")
    assert "Klopt niet, bewaar" in asked.labels
    noor.taps("Aanpassen")
    noor.writes(CLEAN * 8)
    noor.sees("langer dan 280 tekens", "niet bewaard")
    noor.writes(CLEAN)
    noor.sees("Mag dit zonder naam in een later maandbeeld?")
    noor.taps("Deel als goed voorbeeld")
    noor.hears("op slot")
    noor.sees("Opgeslagen.")
    for member, text in zip(others, OTHERS, strict=False):
        shares(member, text, "Deel met het team")
    to_the_open_question(others[2])
    others[2].writes("Dit is alleen voor mij.")
    others[2].taps("Alleen voor mezelf")
    others[2].hears("Ik heb er niets van bewaard")
    for member in others[3:]:
        answers_trust(member, "4 · Grotendeels")

    sandbox.becomes("2027-03-01 08:31")
    first = team.lead.sees("Maandbeeld februari 2027", "Vertrouwen en respect")
    assert CLEAN not in first.text

    sandbox.becomes("2027-03-02 08:31")
    for member in team.members:
        member.taps("Start")
        member.taps("3 · Wisselend")
        member.taps("Stop")
    sandbox.becomes("2027-04-01 08:31")
    second = team.lead.sees("Maandbeeld maart 2027", "Wat lukte", CLEAN, "In eigen woorden", *OTHERS)
    assert "alleen voor mij" not in second.text
    assert second.text.index("Wat lukte") < second.text.index(CLEAN) < second.text.index("In eigen woorden")
    assert "Karin" not in second.text
    team.lead.presses("Als PDF")
    page = team.lead.receives("document")
    assert page.startswith(b"%PDF")
