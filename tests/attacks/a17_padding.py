"""A17: a coordinator fills a team with own accounts around one person: what that person is told, what is refused."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.chat.outbox import Outbox
from bot.chat.texts.chat_nl import NEW_TEAM
from bot.usecases.choose_publication import choose_publication
from bot.usecases.errors import RoleConflict
from bot.usecases.invite import invite_coordinator
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from storage.teams import Team
from tests.attacks.outcome import Outcome
from tests.support.fake_time import timeless
from tests.support.house import COORDINATOR, House, open_house
from tests.support.telegram import phone_for

REAL, PUPPETS, OWN_LEAD = 301_000, range(302_000, 302_004), 303_000
QUESTION: Final = "Vraag 1"


@dataclass(frozen=True, slots=True)
class Size:
    teams: int


LONG, SHORT = Size(10), Size(1)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """So many teams of one and four, from the link to the first overview."""
    del seed
    outcome = Outcome("")
    refused = told = asked = words = 0
    for number in range(size.teams):
        (folder / str(number)).mkdir()
        house = open_house(folder / str(number), new=True).furnish()
        team = make_team(
            house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=f"Klein {number}", team_label="het team"
        )
        choose_publication(house.deps, chat_id=COORDINATOR, team_id=team.id, shown="counts")
        refused += refusals(house, team)
        first, second = asyncio.run(what_is_told(house, team))
        told, asked = told + first, asked + second
        words += rule_of_first_round(house, team) == "words"
        house.storage.engine.dispose()
    outcome.figure = (
        f"{size.teams} teams van één mens en vier eigen accounts, met ‘aantallen’ gekozen. Voor de allereerste vraag "
        f"stonden aantal, lezer en ‘nieuw team’ er {told} keer. Bij de eerste gewone vraag {asked} keer. {words} keer "
        f"alleen woorden. {refused} van {size.teams * 4} pogingen van een lezer om ook te antwoorden geweigerd"
    )
    outcome.must(told == size.teams, f"{size.teams - told} keer niet gezegd voor de allereerste vraag")
    outcome.must(asked == size.teams, f"{size.teams - asked} keer niet gezegd bij de eerste gewone vraag")
    outcome.must(refused == size.teams * 4, f"{size.teams * 4 - refused} lezers mochten ook antwoorden")
    outcome.must(words == size.teams, f"{size.teams - words} keer aantallen in een nieuw team")
    return outcome


def refusals(house: House, team: Team) -> int:
    """How many of four who read, or want to, were kept from answering: lead and coordinator, in both orders."""
    member, lead = house.token(team=team), house.token(kind="lead", team=team)
    colleague = invite_coordinator(house.deps, area_name="Noord", municipality="Noordstad").token
    house.join(OWN_LEAD, lead)
    house.join(PUPPETS[0], member)
    tries = ((COORDINATOR, member), (OWN_LEAD, member), (PUPPETS[0], lead), (PUPPETS[0], colleague))
    return sum(is_refused(house, chat, token) for chat, token in tries)


def is_refused(house: House, chat: int, token: str) -> bool:
    try:
        house.join(chat, token)
    except RoleConflict:
        return True
    return False


async def what_is_told(house: House, team: Team) -> tuple[bool, bool]:
    """Whether size, reader and "new team" stood before the first question of all, and at the first usual one."""
    async with phone_for(house) as phone:
        for chat in PUPPETS:
            if chat != PUPPETS[0]:
                house.join(chat, house.token(team=team))
            house.memberships[chat] = house.read(lambda work, chat=chat: work.people.memberships(
                work.people.by_chat(chat).id)[0].id)  # fmt: skip
            house.describe(chat, sector="jgz", function="youth_nurse", tenure="long")
        await phone.send(REAL, f"/start {house.token(team=team)}")
        for label in ("Ik doe mee", "JGZ", "Jeugdverpleegkundige", "Langer"):
            await phone.tap_label(REAL, label)
        first = is_told(phone.last(REAL).text, people=5)
        for chat in (*PUPPETS, REAL):
            house.quiet(chat, ())
        house.clock.moment = house.rhythm(team=team)
        house.stock(4)
        asked = asked_in_first_round(house, team)
        await Outbox(phone.desk, pace=timeless()).drain()
        prompts = [call.text for call in phone.telegram.shown(REAL) if "Twee minuten" in call.text]
    return first and bool(asked), bool(prompts) and is_told(prompts[-1], people=5)


def is_told(text: str, *, people: int) -> bool:
    return f"{people} mensen gevraagd" in text and "Het overzicht gaat naar de teamleider" in text and NEW_TEAM in text


def asked_in_first_round(house: House, team: Team) -> bool:
    """Open the team's first usual round, with the real person in it."""
    open_due_rounds(house.deps)
    found = house.read(lambda work: work.rounds.latest(team.id))
    person = house.person(REAL)
    assert person is not None
    return found.number == 1 and bool(house.read(lambda work: work.rounds.on_roster(found.id, person.id)))


def rule_of_first_round(house: House, team: Team) -> str:
    """What the first usual round promises, whatever was chosen."""
    return str(house.read(lambda work: work.rounds.numbered(team.id, 1)).rule)
