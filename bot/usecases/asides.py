"""A dialogue outside every round, of which nothing is kept: who may play it, and where it begins (privacy rule 14)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.wording import facts_for, words_for
from dialogues.conversation.definition import Audience, Definition, Sector
from dialogues.conversation.engine import Turn, begin
from dialogues.conversation.paths import marks_needed, unkept
from dialogues.conversation.way import Way
from storage.people import Membership, Person
from storage.work import Work

NEWCOMER: Final = "newcomer"
FREETOPIC: Final = "freetopic"
MOST_MARKS: Final = 12
"""Taps there is room for in a button, beside the longest ids (``bot.chat.callback_data``)."""


@dataclass(frozen=True, slots=True)
class Aside:
    """One dialogue as this member plays it now."""

    membership: Membership
    definition: Definition
    begun: Turn


def way_of(definition: Definition) -> Way:
    """An element only in its short form, statement and themes (DSS §3.8); the blocks as they are."""
    return Way.SHORT if definition.is_element else Way.FULL


def playable(deps: Deps, dialogue: str, audience: Audience) -> bool:
    """Whether this dialogue can be played outside a round, so that its whole state always fits a button."""
    definition = deps.library.definitions.get(dialogue)
    if definition is None or not (definition.is_element or dialogue in {NEWCOMER, FREETOPIC}):
        return False
    way = way_of(definition)
    marks = marks_needed(definition, audience, way)
    return definition.has_way(audience, way) and marks is not None and marks <= MOST_MARKS


def edition_of(deps: Deps, dialogue: str) -> str:
    """Four signs that change with the text of a dialogue; a path is only good for the text it was made for."""
    return hashlib.sha256(deps.library.source_of(dialogue).encode()).hexdigest()[:4]


def aside_for(work: Work, deps: Deps, *, person: Person, membership_id: str, dialogue: str) -> Aside:
    """The dialogue with the words and facts of this moment, at its first question.

    Raises NotAllowed for a membership of somebody else, or one that is no longer, and for what cannot be played so.
    """
    found = next((each for each in work.people.memberships(person.id) if each.id == membership_id), None)
    if found is None:
        raise NotAllowed
    membership = described(found)
    audience = Audience(membership.audience or Audience.PRACTICE)
    team = work.teams.get(membership.team_id)
    area = work.teams.area(team.area_id) if team else None
    if team is None or area is None or not playable(deps, dialogue, audience):
        raise NotAllowed
    definition = unkept(deps.library.get(dialogue))
    latest = work.rounds.latest(team.id, element=dialogue)
    times = work.rounds.times(team.id, element=dialogue, until=latest.number) if latest else 0
    begun = begin(
        definition,
        audience=audience,
        number=times,
        facts=facts_for(membership, team, times=times),
        words=words_for(deps, team=team, area=area, definition=definition, name=person.name),
        way=way_of(definition),
    )
    return Aside(membership, definition, begun)


def described(membership: Membership) -> Membership:
    """The membership with what a lead never tells about themselves: leading is leading, and every side is theirs."""
    lead = membership.role == "lead"
    return replace(
        membership,
        sector=membership.sector or str(Sector.OVERIG),
        audience=membership.audience or str(Audience.STRATEGIC if lead else Audience.PRACTICE),
    )
