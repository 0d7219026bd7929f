"""A coordinator sees to the whole rhythm of a team through the chat only; then the clock keeps what was said."""

from __future__ import annotations

import base64
import re
from datetime import datetime

import pytest
from icalendar import Calendar, Event

from tests.journeys.running import Home, bot_in_thread
from tests.journeys.stories import (
    COUNSELOR,
    NURSE,
    TEAM_WORKER,
    coordinator_arrives,
    invites,
    lead_joins,
    makes_team,
    member_joins,
)
from tests.journeys.tapping import begins, goes
from tests.support.phones import AMSTERDAM, Phone, Sandbox

pytestmark = pytest.mark.journey

TEAM = "Samen in Zuid"
ASKED = "Twee minuten voor een korte vraag?"
AGENDA = {
    "Vraag": ("2027-02-12 12:30", "2027-03-15 12:30", "2027-04-19 12:30", "2027-05-14 12:30"),
    "Vraag sluit": ("2027-02-15 17:00", "2027-02-18 17:00", "2027-03-19 17:00", "2027-04-23 17:00", "2027-05-20 17:00"),
    "Maandbeeld": ("2027-02-08 08:30", "2027-03-08 08:30"),
}
"""The working day before every third Tuesday, with six days to answer; three working days before a second Thursday.

The first is a day early because the team closed Monday 15 February; the fourth because Monday 17 May is Whit Monday.
The start dialogue, open since everybody came, closes before them all.
"""


def test_the_whole_rhythm_in_the_chat_only(sandbox: Sandbox, home: Home) -> None:
    """Every setting is made by tapping, told to whom it concerns, read back in the log, and kept on the clock."""
    carla, tom = (sandbox.phone(name) for name in ("Carla", "Tom"))
    members = tuple(sandbox.phone(name) for name in ("Noor", "Wim", "Fatima"))
    with bot_in_thread(home):
        coordinator_arrives(home, carla)
        makes_team(carla, TEAM)
        lead_joins(tom, invites(carla, "De teamleider"))
        link = invites(carla, "De teamleden: één link")
        for member, trade in zip(members, (NURSE, TEAM_WORKER, COUNSELOR), strict=True):
            member_joins(member, link, trade)
        how_often(carla)
        each_question(carla)
        the_topics(carla)
        begins(carla, TEAM, "Ritme", "Pauze of stoppen", "Andere datum")
    with bot_in_thread(home):
        pause_and_stop(sandbox, carla, tom)
        closed_and_quiet(carla)
        what_comes(carla)
        tries_it_first(carla)
        assert "nog geen hele maand" in begins(carla, "Het gebied", "Deelname per sector")
        reads_every_change(members[0])
        the_clock_keeps_it(sandbox, carla, members)


def how_often(carla: Phone) -> None:
    """A rhythm of one's own, and one that follows a meeting; each says when the first question comes."""
    text = goes(carla, "Ritme", "Anders", "Om de drie weken", "Woensdag", "12:30")
    assert "woensdag 3 februari om 12:30 uur" in text
    assert "om de drie weken op woensdag" in text
    goes(carla, "Ritme", "Hoe vaak, dag en tijd", "Vóór een vast overleg", "Elke maand", "De derde", "Dinsdag")
    text = goes(carla, "De werkdag ervoor", "12:30")
    assert "maandag 15 februari om 12:30 uur" in text
    assert "elke maand op de derde dinsdag" in text


def each_question(carla: Phone) -> None:
    """How long it is open, the one reminder, how long it takes; and for which meeting the maandbeeld is in time."""
    page = ("Ritme", "Hoe lang open, herinnering")
    for button, choice, said in (
        ("Hoe lang de vraag open is", "6 dagen", "6 dagen"),
        ("De herinnering", "De dag voor de vraag sluit", "volgende vraag"),
        ("Lengte van de vragen", "Kort: een minuut", "volgende vraag"),
    ):
        assert said in goes(carla, *page, button, choice)
    text = goes(carla, *page)
    assert all(chosen in text for chosen in ("6 dagen", "de dag voor de vraag sluit", "een minuut"))
    goes(carla, "‹ Terug", "Ons overleg en het maandbeeld", "Overleg kiezen", "Elke maand", "De tweede", "Donderdag")
    assert "maandag 8 februari" in goes(carla, "3 werkdagen ervoor")


def the_topics(carla: Phone) -> None:
    """One to the front, another aside and back again."""
    text = goes(carla, "Onderwerpen", "Vooraan zetten", "Vertrouwen en respect")
    assert "Hierna komen:\n• Vertrouwen en respect" in text
    text = goes(carla, "Even apart zetten", "Gezamenlijke visie en doelen", "4 weken")
    assert "Even apart:\n• Gezamenlijke visie en doelen (tot maandag 1 maart)" in text
    text = goes(carla, "Terug in de gewone volgorde", "Gezamenlijke visie en doelen")
    assert "Even apart:" not in text


def pause_and_stop(sandbox: Sandbox, carla: Phone, tom: Phone) -> None:
    """The question for a date survives the restart of the bot; the lead hears of every turn, and reads why."""
    carla.writes("over een tijdje")
    carla.sees("Die datum lukt niet")
    carla.writes("24-02-2027")
    text = carla.sees("pauze tot woensdag 24 februari").text
    assert "maandag 15 maart om 12:30 uur" in text
    sandbox.settles()
    tom.sees(TEAM, "pauze", "woensdag 24 februari")
    text = goes(carla, "Ritme", "Pauze of stoppen", "Nu weer beginnen")
    assert "maandag 15 februari om 12:30 uur" in text
    goes(carla, "Ritme", "Pauze of stoppen", "Helemaal stoppen")
    assert "gestopt" in goes(carla, "Het is nu te druk")
    sandbox.settles()
    tom.sees(TEAM, "stopte het ritme", "het is nu te druk")
    before = tom.count("gaat weer verder")
    text = goes(carla, "Ritme", "Pauze of stoppen", "Nu weer beginnen")
    assert "maandag 15 februari om 12:30 uur" in text
    sandbox.settles()
    tom.sees("gaat weer verder", "maandag 15 februari om 12:30 uur")
    assert tom.count("gaat weer verder") == before + 1


def closed_and_quiet(carla: Phone) -> None:
    """School holidays, a calendar file and quiet times move the next question to a day on which people work."""
    begins(carla, "Het gebied", "Vakanties en vrije dagen", "Regio van de schoolvakanties", "Zuid")
    assert "maandag 15 maart" in begins(carla, TEAM), "in de voorjaarsvakantie is er geen overleg"
    days = ("Ritme", "Vakanties en stille tijden")
    goes(carla, *days, "In schoolvakanties", "Alleen scholen met rust laten")
    assert "maandag 15 februari" in begins(carla, TEAM)
    goes(carla, *days, "Eigen vrije dagen")
    sends(carla, b"geen agenda")
    assert carla.sees("kan ik niet lezen").labels == ("‹ Terug",)
    sends(carla, calendar_of(("2027-02-15", "2027-02-16"), ("2027-03-04", "2027-03-06")))
    carla.sees("3 vrije dagen", "maandag 15 februari", "vrijdag 5 maart", "niet bewaard")
    assert "vrijdag 12 februari" in begins(carla, TEAM)
    text = goes(carla, *days, "Stille tijden van het team", "Dinsdag", "In de ochtend")
    assert "dinsdag" in text
    assert "in de ochtend" in text


def sends(carla: Phone, content: bytes) -> None:
    """A file, as from the phone's own calendar."""
    carla.does("send_document", name="vrij.ics", content_base64=base64.b64encode(content).decode())


def calendar_of(*spans: tuple[str, str]) -> bytes:
    """A calendar of whole days, each from a day up to another; and a meeting, which closes nothing."""
    calendar = Calendar()
    for start, end in (*spans, ("2027-02-09T09:00", "2027-02-09T10:00")):
        event, whole_days = Event(), "T" not in start
        for name, value in (("dtstart", start), ("dtend", end)):
            moment = datetime.fromisoformat(value)
            event.add(name, moment.date() if whole_days else moment)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def what_comes(carla: Phone) -> None:
    """The list and the calendar file hold the same moments, and those are the right ones."""
    text = begins(carla, TEAM, "Onderwerpen", "Wat er komt")
    carla.presses("Als agendabestand")
    events = Calendar.from_ical(carla.receives("document")).walk("VEVENT")
    found: dict[str, list[str]] = {}
    for event in sorted(events, key=lambda each: each.start):
        moment = event.start.astimezone(AMSTERDAM)
        what = str(event["summary"]).partition(" (")[0].partition(":")[0]
        found.setdefault(what, []).append(f"{moment:%Y-%m-%d %H:%M}")
        assert f"{moment.day} " in text
        assert f"{moment:%H:%M} uur" in text
        assert TEAM in event["summary"]
    assert {what: tuple(moments) for what, moments in found.items()} == AGENDA
    assert "vrijdag 12 februari om 12:30 uur: vraag (Vertrouwen en respect)" in text
    assert "vrijdag 14 mei om 12:30 uur: vraag" in text


def tries_it_first(carla: Phone) -> None:
    """The next question as the members get it, then a whole dialogue; it is said that nothing counts."""
    text = begins(carla, TEAM, "Een dialoog proberen", "Stuur mij een proefvraag")
    assert ASKED in text
    assert "Vertrouwen en respect" in text
    assert "donderdag 18 februari om 17:00 uur" in text
    assert "4 · Grotendeels" in carla.taps("Start").labels
    goes(carla, "Stop", "‹ Terug")
    goes(carla, "Een dialoog proberen", "Gezamenlijke visie en doelen")
    text = carla.taps("Als professional").text
    assert "tellen niet mee" in text
    assert "dat mijn partners en ik hetzelfde wilden bereiken" in text
    goes(carla, "Stop", "‹ Terug")
    goes(carla, "Een dialoog proberen", "Gezamenlijke visie en doelen")
    other = carla.taps("Als leiding of beleid").text
    assert "tellen niet mee" in other
    assert "dat mijn partners en ik hetzelfde wilden bereiken" not in other


def reads_every_change(member: Phone) -> None:
    """A member reads all of it in the log, page by page, without anybody's name."""
    member.writes("/logboek")
    page = member.sees("Logboek")
    log = page.text
    while "Ouder ›" in page.labels:
        page = member.taps("Ouder ›")
        log += page.text
    for told in (
        "om de drie weken op woensdag",
        "elke maand op de derde dinsdag",
        "open blijft: 6 dagen",
        "de herinnering komt: een dag voor het einde",
        "hoe lang de vragen zijn: kort",
        "het maandbeeld op tijd is: elke maand op de tweede donderdag",
        "vooraan: Vertrouwen en respect",
        "opzij: Gezamenlijke visie en doelen",
        "gewone volgorde: Gezamenlijke visie en doelen",
        "op pauze. Het gaat weer verder op woensdag 24 februari",
        "stopte het ritme. De reden: het is nu te druk",
        "gaat weer verder. De volgende vraag komt op maandag 15 februari om 12:30 uur",
        "schoolvakanties van regio Zuid",
        "schoolvakanties omga",
        "vrije dagen door",
        "stille tijden voor het team",
    ):
        assert told in log
    assert not re.findall(r"\b(?:Carla|Tom|Noor|Wim|Fatima)\b", log)


def the_clock_keeps_it(sandbox: Sandbox, carla: Phone, members: tuple[Phone, ...]) -> None:
    """Questions come at the moments that were told and at no other, not even to who put one off."""
    noor, wim, fatima = members
    sandbox.becomes("2027-02-12 12:29")
    assert asked(members) == [0, 0, 0]
    sandbox.becomes("2027-02-12 12:31")
    wim.sees(ASKED, "Vertrouwen en respect", "donderdag 18 februari om 17:00 uur")
    assert "Nu open: Vertrouwen en respect, tot donderdag 18 februari om 17:00 uur" in begins(carla, TEAM)
    sandbox.becomes("2027-02-12 16:20")
    assert asked(members) == [1, 1, 1]
    wim.taps("Na mijn spreekuur of les")
    wim.sees("dinsdag 16 februari om 12:30 uur")
    before = [len(each.from_bot()) for each in members]
    sandbox.becomes("2027-02-15 17:59")
    assert [len(each.from_bot()) for each in members] == before, "op een vrije dag kwam er iets"
    sandbox.becomes("2027-02-16 12:29")
    assert wim.count(ASKED) == 0
    sandbox.becomes("2027-02-16 12:31")
    wim.sees(ASKED)
    sandbox.becomes("2027-02-17 12:31")
    noor.sees("Kleine herinnering, de enige")
    assert fatima.count("Kleine herinnering") == 0, "wie op een school werkt, heeft vakantie"
    sandbox.becomes("2027-03-15 12:29")
    known = asked(members)
    sandbox.becomes("2027-03-15 12:31")
    assert asked(members) == [number + 1 for number in known]
    noor.sees(ASKED, "vrijdag 19 maart om 17:00 uur")


def asked(members: tuple[Phone, ...]) -> list[int]:
    """How many questions stand on each phone."""
    return [each.count(ASKED) for each in members]
