"""A coordinator makes a team in an area of their own."""

from __future__ import annotations

import re
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, Refusal
from dialogues.insight import Rule
from dialogues.insight.publication import FLOOR
from storage.teams import Team

LONGEST_NAME: Final = 40
_LINK: Final = re.compile(r"@|://|\w\.[^\W\d]{2}")
"""A mention, or an address: letters right after a point that itself follows a letter or a digit."""


class NameUnusable(Refusal):
    """The name is empty, too long, or reads as a link."""


def clean_name(text: str) -> str:
    """The name with its white space tidied; raises NameUnusable when it is empty, too long, or reads as a link.

    Everybody in the team sees the name in messages, where Telegram would turn an address or a mention into a link.
    """
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not name or len(name) > LONGEST_NAME or _LINK.search(name):
        raise NameUnusable
    return name


def make_team(deps: Deps, *, chat_id: int, area_id: str, name: str, team_label: str) -> Team:
    """Make a team. Making the same team twice gives the one that exists.

    Raises NotAllowed for someone who does not coordinate the area, NameUnusable for a name that will not do.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        if area_id not in work.people.coordinates(person.id):
            raise NotAllowed
        wanted = clean_name(name)
        standing = next((each for each in work.teams.in_area(area_id) if each.name.lower() == wanted.lower()), None)
        if standing is not None:
            return standing
        team = Team(
            id=deps.ids.new(),
            area_id=area_id,
            name=wanted,
            team_label=clean_name(team_label),
            lead_label="teamleider",
            rule=str(Rule.WORDS),
            floor=FLOOR,
            created_on=deps.today(),
        )
        work.teams.add(team)
        note_change(work, deps, area_id=area_id, team_id=team.id, kind="team_made")
        work.commit()
        return team
