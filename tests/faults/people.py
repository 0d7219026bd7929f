"""Many described members at once, written past the use cases: joining is not what is tested here."""

from __future__ import annotations

from bot.usecases.invite import invite_to_team
from storage.people import Membership, Person
from storage.teams import Team
from tests.support.house import COORDINATOR, FUNCTIONS, House

FIRST_CHAT = 10_000
SECTORS = ("jgz", "wijkteam", "onderwijs")


def add_members(house: House, team: Team, number: int, *, first: int = FIRST_CHAT) -> list[int]:
    """So many members of a team, of whom everything is known and who have no quiet times; their chats."""
    chats = list(range(first, first + number))
    with house.storage.begin() as work:
        for chat in chats:
            sector = SECTORS[chat % len(SECTORS)]
            work.people.add(Person(id=house.deps.ids.new(), chat_id=chat, name="Lid", quiet=()))
            person = work.people.by_chat(chat)
            work.people.add_membership(
                Membership(
                    id=house.deps.ids.new(),
                    person_id=person.id,
                    team_id=team.id,
                    role="member",
                    sector=sector,
                    function=FUNCTIONS[sector],
                    audience="practice",
                    tenure="long",
                    joined_on=house.deps.today(),
                )
            )
        work.commit()
    return chats


def add_lead(house: House, team: Team, chat: int) -> int:
    """A lead of a team of the standing coordinator."""
    house.join(chat, invite_to_team(house.deps, chat_id=COORDINATOR, team_id=team.id, kind="lead").token)
    return chat
