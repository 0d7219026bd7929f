"""Two small teams of one area go on as one, so that the floor can be reached.

The members go along; the old team opens no more rounds. What it has open runs to its close, what waits for a second
chance ends at its time, and its leads read what still comes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from bot.usecases.access import coordinated_team
from bot.usecases.asked import practice_layer
from bot.usecases.cadences import planned
from bot.usecases.changes import note_change, note_people, tell_change
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadySo, NotAllowed
from bot.usecases.move_member import roles_in, take_along
from bot.usecases.one_by_one import one_by_one
from bot.usecases.open_invitations import withdraw_all
from bot.usecases.set_schedule import schedule_of
from dialogues.insight.chances import USUAL_SHARE, chance_of_overview
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Merging:
    """What joining two teams would do, or did."""

    team: Team
    """The one that goes up into the other."""
    other: Team
    members: int
    """Respondents of the first team now."""
    others: int
    """Respondents of the other team now."""
    together: int
    """Respondents afterwards; who is in both counts once, who leads the other team not at all."""
    share: float
    chance: float
    """Chance of an overview in the first team now."""
    other_chance: float
    together_chance: float
    in_both: int
    leading_there: tuple[str, ...]
    """Names of members who lead the other team: they stay its lead and do not answer in it."""
    answering_there: tuple[str, ...]
    """Names of leads of the first team who are members of the other."""
    running: bool
    """Whether the first team has a round that is open, or waits for its second chance."""


def merge_choices(deps: Deps, *, chat_id: int, team_id: str) -> tuple[Team, ...]:
    """The teams this one can go up into. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        return tuple(each for each in work.teams.in_area(team.area_id) if each.id != team.id)


def look_at_merging(deps: Deps, *, chat_id: int, team_id: str, other_id: str) -> Merging:
    """What it would do; changes nothing. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team, other = _both(work, chat_id=chat_id, team_id=team_id, other_id=other_id)
        return _merging(work, team, other)


def merge_teams(deps: Deps, *, chat_id: int, team_id: str, other_id: str) -> Merging:
    """Let the first team go up into the other, and tell everybody it concerns.

    Raises NotAllowed, or AlreadySo when the first has gone up into another before.
    """
    with deps.storage.begin() as work:
        team, other = _both(work, chat_id=chat_id, team_id=team_id, other_id=other_id)
        merging = _merging(work, team, other)
        of_old = [person.id for person, _ in work.people.team_members(team.id)]
        of_other = [person.id for person, _ in work.people.team_members(other.id)]
        moving = work.people.team_members(team.id, role="member")
        for person, membership in moving:
            if "lead" in roles_in(work, person, other):
                work.people.end_membership(membership.id, deps.today())
            else:
                take_along(work, deps, person, membership, other)
        if work.teams.raise_floor(other.id, team.floor):  # what was promised to those who come along holds for all
            note_change(work, deps, area_id=other.area_id, team_id=other.id, kind="floor", floor=str(team.floor))
        withdraw_all(work, deps, area_id=team.area_id, team_id=team.id)
        schedule = work.schedules.get(team.id)
        if schedule is not None:
            _go_on_with(work, deps, schedule, other)
            work.schedules.put(replace(schedule, next_due_at=None, paused_until=None))
        work.teams.archive(team.id, deps.today())
        into = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="merged_into", other=other.name)
        joined = note_people(work, deps, team=other, kind="merged_from", other=team.name)
        tell_change(work, deps, change_id=into, person_ids=of_old)
        tell_change(work, deps, change_id=joined, person_ids=[each for each in of_other if each not in of_old])
        work.commit()
        return merging


def _go_on_with(work: Work, deps: Deps, schedule: Schedule, other: Team) -> None:
    """Where the other team has no rhythm that runs, it takes over this one: joining never ends the questions."""
    theirs = schedule_of(work, other)
    if schedule.next_due_at is None or theirs.next_due_at is not None or theirs.paused_until is not None:
        return
    taken = replace(
        schedule, team_id=other.id, number=theirs.number, eased_at=theirs.number, last_due_at=None, last_meeting_on=None
    )
    work.schedules.put(planned(work, deps, taken, other, afresh=True))


def put_away_teams(deps: Deps) -> int:
    """End the monthly look at teams that went up into another and have nothing left to tell; how many."""
    with deps.storage.begin() as work:
        archived = work.teams.to_put_away()
    return one_by_one(archived, partial(_put_away, deps))


def _put_away(deps: Deps, team: Team) -> bool:
    with deps.storage.begin() as work:
        schedule = work.schedules.get(team.id)
        if schedule is None or schedule.maandbeeld_due_at is None or _runs(work, team):
            return False
        newest = work.maandbeelden.latest(team.id)
        if work.publications.of_team(team.id, since=newest.composed_at if newest else None):
            return False
        work.schedules.put(replace(schedule, maandbeeld_due_at=None))
        for batch in work.pool.of_team(team.id):  # no maandbeeld of this team comes any more to show them in
            work.pool.destroy(batch)
        note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="archived")
        work.commit()
        return True


def _both(work: Work, *, chat_id: int, team_id: str, other_id: str) -> tuple[Team, Team]:
    other = coordinated_team(work, chat_id=chat_id, team_id=other_id)
    gone = work.teams.get(team_id)
    if gone is not None and gone.archived_on is not None and gone.area_id == other.area_id:
        raise AlreadySo
    team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
    if team.id == other.id or team.area_id != other.area_id:
        raise NotAllowed
    return team, other


def _merging(work: Work, team: Team, other: Team) -> Merging:
    here, there = _respondents(work, team), _respondents(work, other)
    leads_there = {person.id for person, _ in work.people.team_members(other.id, role="lead")}
    all_there = {person.id for person, _ in work.people.team_members(other.id, role="member")}
    members = work.people.team_members(team.id, role="member")
    leads = work.people.team_members(team.id, role="lead")
    together = len((here - leads_there) | there)
    return Merging(
        team=team,
        other=other,
        members=len(here),
        others=len(there),
        together=together,
        share=USUAL_SHARE,
        chance=chance_of_overview(len(here), floor=team.floor),
        other_chance=chance_of_overview(len(there), floor=other.floor),
        together_chance=chance_of_overview(together, floor=max(team.floor, other.floor)),
        in_both=sum(person.id in all_there for person, _ in members),
        leading_there=tuple(person.name for person, _ in members if person.id in leads_there),
        answering_there=tuple(person.name for person, _ in leads if person.id in all_there),
        running=_runs(work, team),
    )


def _respondents(work: Work, team: Team) -> set[str]:
    return {person.id for person, _ in practice_layer(work.people.team_members(team.id, role="member"))}


def _runs(work: Work, team: Team) -> bool:
    latest = work.rounds.latest(team.id)
    ending = latest is not None and latest.state == "releasing"
    return bool(ending or work.rounds.open_of(team.id) or work.rounds.thin_of(team.id))
