"""Who is asked in a round: the members of a team, or everybody of one layer of an area (docs/decisions/0011)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from itertools import count
from typing import Final, TypeAlias

from bot.usecases.deps import Deps
from dialogues.conversation.definition import Audience
from dialogues.insight import FLOOR
from dialogues.insight.chances import chance_of_overview
from dialogues.insight.shares import MEMBERS_AT_LEAST, TEAMS_AT_LEAST
from storage.people import Membership, Person
from storage.rounds import Round
from storage.teams import Scope, Team
from storage.work import Work

Asked: TypeAlias = tuple[tuple[Person, Membership], ...]
AREA_FLOOR: Final = MEMBERS_AT_LEAST
"""Least number of respondents of a whole area, and of each sector that it shows (privacy rule 9)."""
LIKELY: Final = 0.5
"""An area asks together only when an overview is more likely than not."""


def audience_of(team: Team) -> Audience:
    """The layer that a team or group asks."""
    return layer_of(team.scope)


def layer_of(scope: Scope) -> Audience:
    """The layer that teams or groups of this scope ask."""
    return Audience.STRATEGIC if scope == "strategic" else Audience.PRACTICE


def practice_layer(members: Asked) -> Asked:
    """Those of the practice layer: the ones a round of their team can ask, once it is known who they are."""
    return tuple((person, membership) for person, membership in members if membership.audience == Audience.PRACTICE)


def members_asked(work: Work, deps: Deps, team: Team) -> Asked:
    """Who would be asked now; nobody where an area is too small to ask together.

    The strategic layer has rounds of its own and is in no team's (privacy rule 9), and who reads the overview never
    answers in it (rule 8).
    """
    if team.scope != "team":
        return area_members(work, deps, team.area_id, team.scope)
    return tuple(
        (person, membership)
        for person, membership in practice_layer(work.people.team_members(team.id, role="member"))
        if membership.sector
    )


def area_members(work: Work, deps: Deps, area_id: str, scope: Scope) -> Asked:
    """Everybody of one layer in the teams of an area that are asked things now, each once; nobody when too few.

    Members of a team that is paused or was stopped are left alone. Depends on accounts and rhythms, never on answers.
    """
    running = work.schedules.running_in(area_id, today=deps.today())
    readers = readers_of_area(work, area_id, scope)
    places = [
        (person, membership)
        for person, membership in work.people.area_members(area_id, audience=str(layer_of(scope)))
        if membership.team_id in running and person.id not in readers
    ]
    people = {person.id: (person, membership) for person, membership in reversed(places)}
    teams = {person_id: membership.team_id for person_id, (_, membership) in people.items()}
    return tuple(people.values()) if _are_enough(scope, teams, running) else ()


def area_asks_together(work: Work, deps: Deps, area_id: str, scope: Scope) -> bool:
    """Whether ``area_members`` would give anybody, without reading who they are."""
    running = work.schedules.running_in(area_id, today=deps.today())
    readers = readers_of_area(work, area_id, scope)
    teams = {
        person_id: team_id
        for person_id, team_id in reversed(work.people.area_places(area_id, audience=str(layer_of(scope))))
        if team_id in running and person_id not in readers
    }
    return _are_enough(scope, teams, running)


def _are_enough(scope: Scope, teams: Mapping[str, str], running: Collection[str]) -> bool:
    """Whether these people (each with their team) of an area in which these teams are asked things can be one group."""
    among = running if scope == "strategic" else set(teams.values())
    return len(among) >= TEAMS_AT_LEAST and len(teams) >= least_people(scope)


@cache
def least_people(scope: Scope) -> int:
    """Fewer people than this are never asked together: of the strategic layer, or of a whole area."""
    if scope == "strategic":
        return FLOOR
    return next(many for many in count(AREA_FLOOR) if chance_of_overview(many, floor=AREA_FLOOR) > LIKELY)


def readers_of_area(work: Work, area_id: str, scope: Scope) -> frozenset[str]:
    """Who reads what a group of an area publishes: its coordinators.

    What the strategic layer says can also be a conversation question in the maandbeeld of every team, so leads read it.
    """
    readers = {person.id for person in work.people.coordinators(area_id)}
    if scope == "strategic":
        for team in work.teams.in_area(area_id):
            readers |= {person.id for person, _ in work.people.team_members(team.id, role="lead")}
    return frozenset(readers)


def area_asks_about_family(work: Work, deps: Deps, team: Team) -> bool:
    """Whether the question about the family is asked of the whole area together, so not of this team by itself."""
    group = work.teams.group(team.area_id, "area") if team.scope == "team" else None
    schedule = work.schedules.get(group.id) if group else None
    return schedule is not None and not schedule.sleeps and area_asks_together(work, deps, team.area_id, "area")


def sectors_can_be_shown(members: Asked) -> bool:
    """Whether every sector that is big enough to be shown was asked in enough teams: no sector may be one team's."""
    teams: dict[str, set[str]] = {}
    people: dict[str, int] = {}
    for _, membership in members:
        sector = str(membership.sector)
        teams.setdefault(sector, set()).add(membership.team_id)
        people[sector] = people.get(sector, 0) + 1
    return all(len(teams[each]) >= TEAMS_AT_LEAST for each, number in people.items() if number >= AREA_FLOOR)


def place_of(work: Work, *, person: Person, about: Round) -> tuple[Team, Membership] | None:
    """The team somebody is asked as a member of, also when they left it meanwhile: the roster is frozen (rule 8).

    For a group of an area that is their own team, with the words and the profile that fit it.
    """
    group = work.teams.get(about.team_id)
    if group is None:
        return None
    if group.scope == "team":
        here = (each for each in work.people.memberships(person.id) if each.team_id == group.id)
        current = next((each for each in here if each.role == "member"), None)
        membership = current or work.people.latest_membership(person.id, group.id)
        return (group, membership) if membership else None
    places = work.people.places_in_area(person.id, group.area_id)
    membership = next((each for each in places if each.audience == audience_of(group)), next(iter(places), None))
    team = work.teams.get(membership.team_id) if membership else None
    return (team, membership) if team and membership else None
