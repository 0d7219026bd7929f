"""The main story: from the administrator's link to a maandbeeld on nine phones."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.running import Home
from tests.journeys.stories import (
    CHANGE,
    COUNSELOR,
    DONE,
    NURSE,
    SAVED,
    TEAM_WORKER,
    answers_start,
    answers_trust,
    chooses_first_topic,
    chooses_rhythm,
    coordinator_arrives,
    invites,
    lead_joins,
    makes_team,
    member_joins,
)
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey

TRADES = (NURSE,) * 5 + (TEAM_WORKER,) * 3 + (COUNSELOR,)
PDF = b"%PDF-"
PNG = b"\x89PNG"
XLSX = b"PK"


@pytest.mark.heart
def test_from_invitation_to_maandbeeld(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """A team of nine is made, asked, reminded and released; the lead reads and shares what the rule allows."""
    carla, tom = sandbox.phones("Carla", "Tom")
    members = sandbox.phones("Noor", "Anne", "Bram", "Sara", "Lies", "Wim", "Aisha", "Jeroen", "Fatima")
    noor, anne, bram, sara, lies, wim, aisha, jeroen, fatima = members

    team_is_made(home, carla, tom, members)
    for member in members:
        answers_start(member)

    sandbox.becomes("2027-02-02 12:30")
    for member in members:
        prompt = member.sees("Twee minuten voor een korte vraag?", "Vertrouwen en respect", "9 mensen gevraagd")
        assert {"Start", "Later vandaag", "Na mijn spreekuur of les", "Volgende week"} <= set(prompt.labels)
    answers_trust(anne, "4 · Grotendeels")
    answers_trust(bram, "5 · Helemaal")
    answers_trust(sara, "4 · Grotendeels", theme="Kleine successen")
    puts_off_and_hesitates(noor, sandbox)
    stops_halfway(lies)
    types_a_text(wim)
    changes_the_answer(aisha)

    sandbox.becomes("2027-02-10 12:45")
    for member in (jeroen, fatima):
        member.sees("Kleine herinnering, de enige over deze vraag.")
    for member in (noor, anne, bram, sara, lies, wim, aisha):
        assert member.count("Kleine herinnering") == 0
    answers_trust(jeroen, "4 · Grotendeels")

    sandbox.becomes("2027-02-16 17:01")
    round_is_over(fatima, "Start")
    round_is_over(anne, CHANGE)
    assert len(tom.from_bot()) == 1, "de teamleider hoort niets tot er een overzicht is"

    sandbox.becomes("2027-03-01 08:31")
    lead_reads_and_shares(tom, members)


def team_is_made(home: Home, carla: Phone, tom: Phone, members: tuple[Phone, ...]) -> None:
    """Carla makes and plans the team; Tom and the nine come in by their links and tell who they are."""
    coordinator_arrives(home, carla, typed=True)
    makes_team(carla, "Samen in Zuid")
    lead_link, member_link = invites(carla, "De teamleider"), invites(carla, "De teamleden: één link")
    chooses_rhythm(carla, "Licht: eens per maand", time="12:30")
    chooses_first_topic(carla, "Vertrouwen en respect")
    lead_joins(tom, lead_link)
    for member, trade in zip(members, TRADES, strict=True):
        member_joins(member, member_link, trade)
    carla.taps("‹ Terug")
    carla.taps("Samen in Zuid")
    carla.sees("Leden: 9. Teamleider: Tom.", "Volgende vraag: Vertrouwen en respect, dinsdag 2 februari.")


def lead_reads_and_shares(tom: Phone, members: tuple[Phone, ...]) -> None:
    """Tom gets picture, words and PDF; the nine get theirs once he shares, and not before."""
    assert tom.receives("photo").startswith(PNG)
    # "Vaak" is only said of at least half of at least eight: all eight who answered were counted, Lies and Wim too.
    words = tom.sees("Maandbeeld februari 2027", "Vertrouwen en respect", "Team: herkend", "Elkaar kennen (vaak)")
    assert not any(member.name in words.text for member in members)
    tom.presses("Als PDF")
    assert tom.receives("document").startswith(PDF)
    assert all(member.count("Maandbeeld februari") == 0 for member in members)

    tom.presses("Als tabel")
    assert tom.receives("document").startswith(XLSX)
    tom.presses("Deel met het team")
    tom.sees("Zo krijgt je team het.", "gaan naar 9 mensen", "Delen kan één keer")
    assert all(member.count("Maandbeeld februari") == 0 for member in members)
    shared = tom.taps("Ja, deel met het team")
    assert "Dit maandbeeld is gedeeld met het team." in shared.text
    assert shared.labels == ("Als PDF", "Als tabel", "Reageer", "Onze stap", "Waar staan we?")
    tom.sandbox.settles()
    for member in members:
        assert member.sees("Maandbeeld februari 2027", "Vertrouwen en respect").labels == ("Als PDF", "Als tabel")
        assert member.receives("photo").startswith(PNG)
    members[0].presses("Als PDF")
    assert members[0].receives("document").startswith(PDF)


def puts_off_and_hesitates(noor: Phone, sandbox: Sandbox) -> None:
    """Noor is called to a consultation, comes back after it, goes back a question, skips one, and ends."""
    noor.taps("Later vandaag")
    noor.sees("Prima, ik kom terug op dinsdag 2 februari om 16:15 uur.")
    sandbox.becomes("2027-02-02 16:16")
    noor.sees("Twee minuten voor een korte vraag?")
    noor.taps("Start")
    noor.sees("Vraag 1 van", "Herken je dit?")
    noor.taps("1 · Helemaal niet")
    noor.sees("Vraag 2 van")
    again = noor.taps("Terug")
    assert "✓ 1 · Helemaal niet" in again.labels
    noor.taps("4 · Grotendeels")
    noor.taps("JGZ en onderwijs")
    noor.sees("Kies er hooguit drie")
    noor.taps("Sla over")
    noor.taps("Sla over")
    noor.sees(SAVED, "tot dinsdag 16 februari om 17:00 uur")


def stops_halfway(lies: Phone) -> None:
    """Lies answers one question and is called into a consultation."""
    lies.taps("Start")
    lies.taps("5 · Helemaal")
    lies.taps("Stop")
    lies.sees("Gestopt. Wat je al hebt ingevuld, telt mee.", SAVED)


def types_a_text(wim: Phone) -> None:
    """Wim types an answer; it leaves the chat, and as he keeps it for himself it is kept nowhere."""
    wim.taps("Start")
    for choice in ("4 · Grotendeels", "Alle drie", "Durven loslaten", DONE):
        wim.taps(choice)
    wim.sees("Typen mag, hooguit 280 tekens.")
    typed = wim.writes("Toen de buurvrouw belde over de kinderen.")
    wim.sees("Je schreef:", "Toen de buurvrouw belde over de kinderen.")
    wim.taps("Alleen voor mezelf")
    wim.hears("Ik heb er niets van bewaard")
    wim.sees(SAVED)
    assert typed not in {each.id for each in wim.messages()}


def changes_the_answer(aisha: Phone) -> None:
    """Aisha answers, sleeps on it, and answers otherwise."""
    answers_trust(aisha, "1 · Helemaal niet")
    aisha.taps(CHANGE)
    aisha.sees("Vraag 1 van")
    for choice in ("4 · Grotendeels", "Alle drie", "Elkaar kennen", DONE, "Sla over"):
        aisha.taps(choice)
    aisha.sees(SAVED)


def round_is_over(member: Phone, label: str) -> None:
    """A button of a round that has closed says so, and goes."""
    assert "Deze vraag is al gesloten." in member.taps(label).text
