"""Somebody comes and somebody goes: one is asked who they know already, the other passes on what they know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.deps import Deps
from bot.usecases.offer_handover import offer_handover
from tests.journeys.arranging import Company, company
from tests.journeys.running import Home
from tests.journeys.stories import JOIN, SAVED
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey

WEEK_3 = "2027-02-22 12:35"
"""A nurse is in consultation until a quarter past twelve, and is left alone then."""
WRITTEN = "De zorgcoördinator van de Zonnebloemschool"


def marks_as_leaving(bot: Deps, who: Phone, team: Company) -> None:
    """What the coordinator's menu does: note the last day, and offer to pass on contacts."""
    with bot.storage.begin() as work:
        person = work.people.by_chat(who.user)
        assert person is not None
        membership = next(each for each in work.people.memberships(person.id) if each.team_id == team.team.id)
        work.people.set_leaving(membership.id, bot.today() + timedelta(days=10))
        offer_handover(work, bot, membership=membership)
        work.commit()


def on_disk(home: Home, text: str) -> bool:
    """Whether any file of the database holds these words."""
    return any(text.encode() in file.read_bytes() for file in home.database.parent.iterdir() if file.is_file())


@pytest.mark.sqlite
def test_a_newcomer_is_asked_in_week_three_and_nothing_is_kept(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """The message comes by itself; what is tapped and typed is nowhere; and there is always a moment of one's own."""
    team = company(bot, sandbox, members=5)
    nina = sandbox.phone("Nina")
    nina.opens(team.member_token)
    for choice in (JOIN, "JGZ", "Jeugdarts", "Korter dan een half jaar"):
        nina.taps(choice)
    sandbox.becomes("2027-02-19 12:35")
    assert nina.count("Nieuw in dit gebied") == 0
    sandbox.becomes(WEEK_3)
    nina.sees("Nieuw in dit gebied", "Ik bewaar hier niets van")
    nina.taps("Start")
    for choice in ("Ja", "Nog niet", "Een beetje"):
        nina.taps(choice)
    nina.writes(WRITTEN)
    nina.sees("niet bewaard", "Tik bij de vraag op Verder")
    assert WRITTEN not in [each.text for each in nina.messages()]
    nina.taps("Verder")
    nina.sees("Ga bij één van die organisaties langs", "niets van je antwoorden bewaard")

    nina.writes("/ikhebeven")
    nina.sees("Vraag 1 van 2")  # the round of the team is open: this one counts
    for choice in ("4 · Grotendeels", "Sla over"):
        nina.taps(choice)
    nina.sees(SAVED)
    nina.writes("/ikhebeven")
    nina.sees("Ik bewaar hier niets van. Het telt ook niet mee.")
    for choice in ("Start", "4 · Grotendeels", "Sla over"):
        nina.taps(choice)
    nina.sees("Ik heb hier niets van bewaard, en het telt nergens mee.")
    nina.writes("/ikhebeven")
    nina.taps("Iets anders")
    nina.writes(WRITTEN)
    nina.sees("niet bewaard")
    nina.taps("Verder")
    nina.sees("Ik heb hier niets van bewaard")
    sandbox.settles()
    assert not on_disk(home, WRITTEN)
    assert all(each.count("Nieuw in dit gebied") == 0 for each in (*team.members, team.lead, team.coordinator))


@pytest.mark.sqlite
def test_who_leaves_passes_on_contacts_with_their_name(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """Asked, written, read, changed, read again, and only then sent: to the team and its lead, once, word for word."""
    team = company(bot, sandbox, members=4)
    leaver, *others = team.members
    marks_as_leaving(bot, leaver, team)
    sandbox.passes(minutes=2)
    leaver.sees("Je gaat weg bij", "met jouw naam", "Pas na jouw ja")
    leaver.taps("Start")
    for choice in ("Ja, ik geef ze door", "In het onderwijs", "Klaar"):
        leaver.taps(choice)
    leaver.writes("x" * 281)
    leaver.sees("te lang om door te geven")
    leaver.writes("Alle scholen")
    leaver.sees("Is je opvolger al")
    leaver.taps("Nog niet")
    leaver.sees("Zo leest je team het", "Alle scholen")
    leaver.taps("Aanpassen")
    leaver.taps("Bij de JGZ")
    leaver.taps("Klaar")
    leaver.writes(WRITTEN)
    leaver.sees("Is je opvolger al")
    whole = leaver.taps("Er is nog geen opvolger").text
    assert all(each.count(WRITTEN) == 0 for each in others)
    assert WRITTEN not in [each.text for each in leaver.messages()]
    leaver.hammers("Ja, geef door", times=3)
    sandbox.passes(minutes=2)
    for reader in (*others, team.lead):
        read = reader.sees(f"{leaver.name} gaat weg bij", WRITTEN, "Wie neemt het vaste contact over?")
        assert read.text in whole
        assert read.labels == ()
        assert reader.count(WRITTEN) == 1
    assert team.coordinator.count(WRITTEN) == 0
    sandbox.passes(minutes=2)
    assert not on_disk(home, WRITTEN)
    leaver.writes("/help")
    assert all(each.count(WRITTEN) == 1 for each in others)
