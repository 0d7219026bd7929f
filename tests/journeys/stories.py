"""Pieces of story that several journeys share, told from the phones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.usecases.invite import invite_coordinator
from tests.journeys.arranging import deps_of
from tests.journeys.running import Home
from tests.support.phones import Phone

JOIN: Final = "Ik doe mee"
DONE: Final = "Klaar"
SAVED: Final = "Opgeslagen."
CHANGE: Final = "Antwoord veranderen"


@dataclass(frozen=True, slots=True)
class Trade:
    """Where somebody works and as what, by the labels on the buttons."""

    sector: str
    function: str
    tenure: str = "Langer dan twee jaar"


NURSE: Final = Trade("JGZ", "Jeugdverpleegkundige")
TEAM_WORKER: Final = Trade("Het buurtteam", "Medewerker of gezinscoach")
COUNSELOR: Final = Trade("Onderwijs", "Intern begeleider (IB'er)")


def coordinator_arrives(home: Home, coordinator: Phone, *, area: str = "Noordstad", typed: bool = False) -> None:
    """The administrator makes a link; the coordinator opens it.

    ``typed``: on the command line, beside the bot that works; otherwise with what that command calls.
    """
    coordinator.opens(home.command("invite", "coordinator", "--area", area) if typed else link_for(home, area))
    coordinator.sees("gevraagd als coördinator", area)
    coordinator.taps(JOIN)
    coordinator.sees("Begin met /beheer")
    assert coordinator.commands()[0] == "beheer"


def link_for(home: Home, area: str) -> str:
    """A link for the coordinator of a new area."""
    deps = deps_of(home)
    token = invite_coordinator(deps, area_name=area, municipality=area).token
    deps.storage.engine.dispose()
    return f"https://t.me/EvenStilstaanBot?start={token}"


def makes_team(coordinator: Phone, name: str, *, label: str = "het buurtteam") -> None:
    """A new team, with a typed name and what people here call the wijkteam; leaves the team's menu open."""
    coordinator.writes("/beheer")
    coordinator.sees("Kies een team")
    coordinator.taps("Nieuw team")
    coordinator.sees("Hoe heet het team?")
    coordinator.writes(name)
    coordinator.sees("Hoe heet het wijkteam bij", name)
    coordinator.writes(label)
    coordinator.sees("Het team is gemaakt", name)


def invites(coordinator: Phone, whom: str) -> str:
    """A link for ``De teamleider`` or ``De teamleden: één link``; begins and ends in the team's menu."""
    coordinator.taps("Mensen")
    coordinator.taps("Uitnodigen")
    coordinator.sees("Wie nodig je uit?")
    coordinator.taps(whom)
    shown = coordinator.sees("https://t.me/")
    for _ in range(3):
        coordinator.taps("‹ Terug")
    return next(word for word in shown.text.split() if word.startswith("https://t.me/"))


def chooses_rhythm(coordinator: Phone, how_often: str, day: str = "Dinsdag", time: str = "08:30") -> None:
    """The team's rhythm, from the team's menu and back to it."""
    for choice in ("Ritme", how_often, day, time):
        coordinator.taps(choice)
    coordinator.sees("Het ritme staat")


def chooses_first_topic(coordinator: Phone, topic: str) -> None:
    """What the team begins with."""
    coordinator.taps("Onderwerpen")
    coordinator.taps("Vooraan zetten")
    coordinator.taps(topic)
    coordinator.sees(f"Vooraan staat nu: {topic}")
    coordinator.taps("‹ Terug")


def lead_joins(lead: Phone, link: str) -> None:
    """The lead opens the link and says yes."""
    lead.opens(link)
    lead.sees("gevraagd als teamleider")
    lead.taps(JOIN)
    lead.sees("Het eerste maandbeeld komt vanzelf")


def member_joins(member: Phone, link: str, trade: Trade) -> None:
    """A member opens the link, says yes and tells who they are; ends at the first question of the start dialogue."""
    member.opens(link)
    member.sees("Meedoen mag. Het hoeft niet.", "op slot")
    for choice in (JOIN, trade.sector, trade.function, trade.tenure):
        member.taps(choice)
    member.sees("ik ken je nu een beetje", "Vraag 1 van")


def answers_start(member: Phone) -> None:
    """The whole start dialogue, briskly."""
    for choice in ("Elkaar kennen", DONE):
        member.taps(choice)
    answers_scales(member, "4 · Loopt")
    member.taps("Geen verschil")
    member.taps("Sla over")
    member.sees(SAVED)


def answers_scales(member: Phone, label: str) -> None:
    """Each picture of a side of the triangle, as long as there is one on the screen."""
    while member.from_bot()[-1].button(label):
        member.taps(label)


def answers_trust(member: Phone, score: str, *, theme: str = "Elkaar kennen") -> None:
    """The dialogue on trust from its prompt to its last words."""
    member.taps("Start", beside="Ik heb 20 seconden")
    for choice in (score, "Alle drie", theme, DONE, "Sla over"):
        member.taps(choice)
    if member.from_bot()[-1].button("Nu niet"):
        member.taps("Nu niet")
    member.sees(SAVED)
