"""A coordinator sees to all the people of an area through the chat only: links, leaving, moving, leads, joining."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from bot.chat.commands import EVERYONE
from bot.usecases.deps import Deps
from tests.journeys.running import Home
from tests.journeys.stories import (
    NURSE,
    Trade,
    answers_trust,
    chooses_first_topic,
    chooses_rhythm,
    coordinator_arrives,
    makes_team,
    member_joins,
)
from tests.journeys.tapping import begins, goes
from tests.journeys.traces import rows
from tests.support.phones import Phone, Sandbox, token_of

pytestmark = pytest.mark.journey

AREA = "Gebied en coördinatoren"


NEW_TEACHER = Trade("Onderwijs", "Intern begeleider (IB'er)", tenure="Korter dan een half jaar")
"""Who works here for less than half a year is asked how it goes, three weeks later."""
PROFILE = (
    "Minder dan 40.000 inwoners",
    "Voor jeugd en gezinnen",
    "Buiten het wijkteam",
    "Nee, één",
    "Deels samen",
    "Net begonnen",
    "Nee",
    "Sla over",
    "Ja, meestal",
    "Nee",
)
"""Before the two questions to which a role is typed."""


def link_in(text: str) -> str:
    return next(word for word in text.split() if word.startswith("https://t.me/"))


def joins(person: Phone, link: str) -> None:
    """Open the link and say yes."""
    person.opens(link)
    person.taps("Ik doe mee")


def personal_links(carla: Phone, form: str, names: str) -> list[str]:
    """A list of links that goes back as a file or as text, and the links in it; ends in the menu of inviting."""
    goes(carla, "De teamleden: ieder een eigen link", form, "Twee weken")
    carla.writes(names)
    if form == "Als CSV-bestand":
        content = carla.receives("document").decode("utf-8-sig")
        links = [row[1] for row in csv.reader(StringIO(content), delimiter=";")][1:]
    elif form == "Als Excel-bestand":
        assert carla.receives("document").startswith(b"PK")
        links = []
    else:
        text = carla.sees(names.splitlines()[0], "https://t.me/").text
        links = [word for word in text.split() if word.startswith("https://t.me/")]
    carla.sees("Hierboven staat de lijst")
    goes(carla, "‹ Terug")
    return links


def test_everything_about_people_in_the_chat_only(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """Two teams are made, filled in three ways, changed in every way, and become one; each hears what it must."""
    carla, dirk, tom, els = (sandbox.phone(name) for name in ("Carla", "Dirk", "Tom", "Els"))
    members = tuple(sandbox.phone(name) for name in ("Noor", "Anne", "Bram", "Fatima", "Wim"))
    coordinator_arrives(home, carla)
    makes_team(carla, "De Brig")
    corrects_names(carla)
    makes_team(carla, "Samen in Zuid")
    goes(carla, "Profiel en overzicht", "Profiel van het team", *PROFILE)
    for typed, said in (("de teamleider", "12 van 12"), ("de aandachtsfunctionaris", "Dank je")):
        goes(carla, "Typ een functie")
        carla.writes(typed)
        carla.sees("Mensen lezen dan", typed)
        goes(carla, "Ja, zo")
        carla.sees(f"Ik noem nu: {typed}.", said)
    goes(carla, "‹ Terug", "‹ Terug")
    link = everybody_comes_in(carla, tom, members)
    joins(
        dirk,
        link_in(begins(carla, "Het gebied", AREA, "Coördinatoren", "Nodig een coördinator uit")),
    )
    assert "beheer" in dirk.commands()

    two_leave_while_a_round_is_open(sandbox, carla, members)
    one_leaves_by_themselves_and_stays(carla, members[0])
    lead_and_coordinator_go(sandbox, (carla, dirk), tom, els)
    teams_become_one(sandbox, carla, members[2], els)
    who_is_new_is_asked_how_it_goes(sandbox, members[3])

    for reader in (members[0], els, carla):
        reader.writes("/logboek")
        log = reader.sees("Logboek", "samengevoegd").text
        assert not [each.name for each in (*members, tom, els, dirk) if re.search(rf"\b{each.name}\b", log)]
    assert token_of(link) not in repr(rows(home))
    assert "Noor van de JGZ" not in repr(rows(home))


def corrects_names(carla: Phone) -> None:
    """A team with a slip in its name, and an area that was made by mistake: one is mended, the other taken away."""
    goes(carla, "Profiel en overzicht", "Naam van het team", "Andere naam voor het team")
    carla.writes("De Brug")
    carla.sees("Het team heet nu De Brug. Iedereen leest dat vanaf nu.", "Teamleider: nog niemand")
    begins(carla, "Het gebied", AREA, "Nieuw gebied")
    carla.writes("Nordstad")
    carla.sees("Het gebied Nordstad is gemaakt", "Nodig een tweede uit")
    goes(carla, "‹ Terug", "Het gebied", AREA, "Verwijder dit lege gebied", "Ja, verwijder het gebied")
    carla.sees("Het gebied Nordstad is weg.")


def everybody_comes_in(carla: Phone, tom: Phone, members: tuple[Phone, ...]) -> str:
    """Lists in three forms, a picture and a link for the lead; one of the links, for later."""
    goes(carla, "Mensen", "Uitnodigen")
    links = personal_links(carla, "Als tekst in de chat", "Noor van de JGZ\nAnne\nBram")
    links += personal_links(carla, "Als CSV-bestand", "=cmd\nWim")
    personal_links(carla, "Als Excel-bestand", "2")
    assert len(set(links)) == 5
    for member, link in zip(members, links, strict=True):
        member_joins(member, link, NEW_TEACHER if member.name == "Fatima" else NURSE)
    a_lost_link_is_replaced_and_withdrawn(carla, guest=tom)
    goes(carla, "De teamleden: een QR-plaatje", "Een week")
    assert carla.receives("photo").startswith(b"\x89PNG")
    carla.sees("Doe mee met Samen in Zuid")
    goes(carla, "‹ Terug")
    joins(tom, link_in(goes(carla, "De teamleider")))
    goes(carla, "‹ Terug", "Openstaande uitnodigingen")
    assert any(" · nog " in label for label in carla.sees_button("Trek alles in").labels)
    goes(carla, "Trek alles in", "Ja, trek alles in")
    return links[0]


def a_lost_link_is_replaced_and_withdrawn(carla: Phone, guest: Phone) -> None:
    """A new link in place of one that is lost, which then opens nothing; and after it is withdrawn the new one too."""
    lost = link_in(goes(carla, "De teamleden: één link"))
    for doing in ("Maak een nieuwe link", "Trek in"):
        goes(carla, "‹ Terug", *([] if doing == "Trek in" else ["Openstaande uitnodigingen"]))
        shared = next(each for each in carla.sees_button("Trek alles in").labels if each.startswith("Teamleden"))
        text = goes(carla, shared, doing)
        guest.opens(lost)
        guest.sees("werkt niet (meer)")
        lost = link_in(text) if doing == "Maak een nieuwe link" else lost
    guest.opens(lost)
    guest.sees("werkt niet (meer)")
    goes(carla, "‹ Terug", "‹ Terug")


def two_leave_while_a_round_is_open(sandbox: Sandbox, carla: Phone, members: tuple[Phone, ...]) -> None:
    """One with a last day, one at once; both are told, lose their place, and still answer what was open."""
    _, anne, _, _, wim = members
    begins(carla, "Samen in Zuid")
    chooses_rhythm(carla, "Intensief: elke week", time="12:30")
    chooses_first_topic(carla, "Vertrouwen en respect")
    sandbox.becomes("2027-02-02 12:31")
    assert "zie je hier niet" in begins(carla, "Samen in Zuid", "Mensen", "Leden")
    goes(carla, "Anne · JGZ", "Vertrekt", "Een andere dag")
    carla.writes("03-02-2027")
    carla.sees("laatste dag woensdag 3 februari")
    goes(carla, "‹ Terug", "‹ Terug", "Meer ›", "Wim · JGZ", "Verwijder nu", "Ja, verwijder nu")
    assert "ikhebeven" not in wim.commands()
    sandbox.settles()
    anne.sees("Je laatste dag in dit team is woensdag 3 februari")
    wim.sees("Je bent uit dit team")
    sandbox.becomes("2027-02-03 12:45")
    anne.sees("Je gaat weg bij", "Samen in Zuid", "met jouw naam")
    sandbox.becomes("2027-02-04 09:00")
    anne.sees("Je bent uit dit team")
    for member in (anne, wim):
        answers_trust(member, "4 · Grotendeels")
    assert "Leden: 3." in begins(carla, "Samen in Zuid")


def one_leaves_by_themselves_and_stays(carla: Phone, noor: Phone) -> None:
    """The coordinator hears both."""
    noor.writes("/vertrek")
    noor.taps("Eind van deze maand")
    carla.sees("Er gaat iemand weg")
    noor.taps("Ik blijf")
    carla.sees("vertrek gaat niet door")


def lead_and_coordinator_go(sandbox: Sandbox, both: tuple[Phone, Phone], tom: Phone, els: Phone) -> None:
    """Els comes instead of Tom; Dirk stops. What they could do is over at once, also in Telegram's menu."""
    carla, dirk = both
    text = begins(carla, "Samen in Zuid", "Mensen", "Teamleiders", "Tom", "Vervang door iemand anders", "Ja, vervang")
    joins(els, link_in(text))
    sandbox.settles()
    tom.sees("Je bent geen teamleider meer")
    assert tom.commands() == EVERYONE
    begins(dirk, "Het gebied", AREA, "Coördinatoren", "Dirk")
    assert "geen coördinator meer" in goes(dirk, "Stopt als coördinator", "Ja, ik stop")
    dirk.writes("/beheer")
    dirk.sees("Dat kan ik hier niet voor je doen")


def teams_become_one(sandbox: Sandbox, carla: Phone, bram: Phone, els: Phone) -> None:
    """Bram goes to De Brug, which then goes up into Samen in Zuid: he comes back with it."""
    begins(carla, "Samen in Zuid", "Mensen", "Leden", "Bram · JGZ")
    goes(carla, "Verplaats naar ander team", "De Brug", "Ja, verplaats")
    sandbox.settles()
    bram.sees("Je hoort nu bij De Brug")
    text = begins(carla, "De Brug", "Mensen", "Samenvoegen", "Samen in Zuid")
    assert "De Brug, 1 persoon: nooit" in text
    goes(carla, "Ja, voeg samen")
    sandbox.settles()
    bram.sees("Dit team gaat samen verder in Samen in Zuid")
    els.sees("Team De Brug is samengevoegd met dit team.")
    carla.writes("/beheer")
    assert "De Brug" not in carla.sees("Kies een team").labels


def who_is_new_is_asked_how_it_goes(sandbox: Sandbox, fatima: Phone) -> None:
    """In the third week, though her team went on in another form meanwhile."""
    sandbox.becomes("2027-02-22 15:35")
    fatima.sees("Nieuw in dit gebied")
