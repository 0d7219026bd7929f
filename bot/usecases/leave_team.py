"""Somebody leaves a team: with a last day that can be taken back, or at once.

Whoever is on the roster of an open round may answer in it until it closes (privacy rule 8).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final

from bot.usecases.access import coordinated_membership, person_of
from bot.usecases.changes import note_change, note_people, tell_change, tell_person
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, Refusal
from bot.usecases.offer_handover import offer_handover, withdraw_handover
from bot.usecases.one_by_one import one_by_one
from bot.usecases.plan_newcomer import plan_newcomer
from bot.usecases.see_people import Member, member_of
from storage.people import Membership, Person
from storage.teams import Team
from storage.work import Work

FARTHEST: Final = timedelta(days=731)
"""How far ahead a last day can lie."""
_TYPED: Final = re.compile(r"\s*(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})\s*")


class DayUnusable(Refusal):
    """What was typed is no day, or one that has passed or is too far ahead."""


def read_day(text: str, *, today: date) -> date:
    """A typed day such as ``31-12-2026``; raises DayUnusable for anything else, for the past and the far future."""
    found = _TYPED.fullmatch(text) if text.isascii() else None
    try:
        last_day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        last_day = None
    if last_day is None or not today <= last_day <= today + FARTHEST:
        raise DayUnusable
    return last_day


def last_day_for(deps: Deps, *, choice: str) -> date:
    """The day that ``today``, ``month`` (the last day of this month) or a typed day means. Raises DayUnusable."""
    if choice == "today":
        return deps.today()
    return end_of_month(deps.today()) if choice == "month" else read_day(choice, today=deps.today())


def end_of_month(today: date) -> date:
    """The last day of this month."""
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def set_last_day(deps: Deps, *, chat_id: int, membership_id: str, last_day: date) -> Member:
    """A coordinator notes somebody's last day in a team; the person is told.

    Raises NotAllowed, or DayUnusable for a day that has passed or is too far ahead.
    """
    with deps.storage.begin() as work:
        person, membership, team = coordinated_membership(work, chat_id=chat_id, membership_id=membership_id)
        leaving, _ = _plan(work, deps, membership, team, last_day)
        tell_person(work, deps, person_id=person.id, team=team, kind="your_last_day", until=last_day.isoformat())
        work.commit()
        return member_of(person, leaving, team)


def take_back_leaving(deps: Deps, *, chat_id: int, membership_id: str) -> Member:
    """Somebody who was leaving stays; the person is told. Raises NotAllowed."""
    with deps.storage.begin() as work:
        person, membership, team = coordinated_membership(work, chat_id=chat_id, membership_id=membership_id)
        if membership.leaves_on is not None:
            _stay(work, deps, membership, team)
            tell_person(work, deps, person_id=person.id, team=team, kind="your_last_day_undone")
            work.commit()
        return member_of(person, replace(membership, leaves_on=None), team)


def remove_now(deps: Deps, *, chat_id: int, membership_id: str) -> Member:
    """A coordinator takes a member out of a team at once; the person is told. Raises NotAllowed.

    A lead goes by ``bot.usecases.replace_lead``.
    """
    with deps.storage.begin() as work:
        person, membership, team = coordinated_membership(work, chat_id=chat_id, membership_id=membership_id)
        if membership.role != "member":
            raise NotAllowed
        work.people.end_membership(membership.id, deps.today())
        for each in work.invitations.valid_for(team.area_id, team.id, now=deps.now()):
            if each.kind == "member" and each.max_uses > 1:
                work.invitations.revoke(each.id, now=deps.now())
        note_people(work, deps, team=team, kind="member_left")
        tell_person(work, deps, person_id=person.id, team=team, kind="your_place_ended")
        work.commit()
        return member_of(person, membership, team)


def my_places(deps: Deps, *, chat_id: int) -> tuple[Member, ...]:
    """The teams this person is a member of now. Raises NotAllowed for a stranger and for who is in none."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        places = []
        for each in work.people.memberships(person.id):
            team = work.teams.get(each.team_id)
            if each.role == "member" and team is not None:
                places.append(member_of(person, each, team))
        if not places:
            raise NotAllowed
        return tuple(places)


def leave_myself(deps: Deps, *, chat_id: int, membership_id: str, last_day: date) -> Member:
    """A member says when they leave; the coordinators of the area hear that somebody does.

    Raises NotAllowed for somebody else's membership, or DayUnusable.
    """
    with deps.storage.begin() as work:
        person, membership, team = _own(work, chat_id=chat_id, membership_id=membership_id)
        leaving, change_id = _plan(work, deps, membership, team, last_day)
        tell_change(work, deps, change_id=change_id, person_ids=_coordinators(work, team))
        work.commit()
        return member_of(person, leaving, team)


def stay_myself(deps: Deps, *, chat_id: int, membership_id: str) -> Member:
    """A member takes back that they leave. Raises NotAllowed for somebody else's membership."""
    with deps.storage.begin() as work:
        person, membership, team = _own(work, chat_id=chat_id, membership_id=membership_id)
        if membership.leaves_on is not None:
            change_id = _stay(work, deps, membership, team)
            tell_change(work, deps, change_id=change_id, person_ids=_coordinators(work, team))
            work.commit()
        return member_of(person, replace(membership, leaves_on=None), team)


def end_due_memberships(deps: Deps) -> int:
    """Let everybody whose last day has passed be out of their team; how many. Safe to repeat."""
    with deps.storage.begin() as work:
        due = work.people.leaving_before(deps.today())
    return one_by_one(due, partial(_end_due, deps))


def _end_due(deps: Deps, membership: Membership) -> bool:
    with deps.storage.begin() as work:
        team, person = work.teams.get(membership.team_id), work.people.get(membership.person_id)
        last_day = membership.leaves_on
        if team is None or person is None or last_day is None:
            return False
        if not work.people.end_membership(membership.id, last_day + timedelta(days=1)):
            return False
        note_people(work, deps, team=team, kind="member_left")
        tell_person(work, deps, person_id=person.id, team=team, kind="your_place_ended")
        work.commit()
        return True


def _own(work: Work, *, chat_id: int, membership_id: str) -> tuple[Person, Membership, Team]:
    person = person_of(work, chat_id)
    membership = work.people.membership(membership_id)
    team = work.teams.get(membership.team_id) if membership else None
    if membership is None or team is None or membership.person_id != person.id:
        raise NotAllowed
    if membership.role != "member" or membership.left_on is not None:
        raise NotAllowed
    return person, membership, team


def _plan(work: Work, deps: Deps, membership: Membership, team: Team, last_day: date) -> tuple[Membership, str]:
    """Note the last day; the membership as it is then, and the change."""
    if membership.role != "member":
        raise NotAllowed
    if not deps.today() <= last_day <= deps.today() + FARTHEST:
        raise DayUnusable
    work.people.set_leaving(membership.id, last_day)
    offer_handover(work, deps, membership=membership)
    until = last_day.isoformat()
    change_id = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="leaving", until=until)
    return replace(membership, leaves_on=last_day), change_id


def _stay(work: Work, deps: Deps, membership: Membership, team: Team) -> str:
    work.people.set_leaving(membership.id, None)
    withdraw_handover(work, membership=membership)
    plan_newcomer(work, deps, membership=replace(membership, leaves_on=None))
    return note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="staying")


def _coordinators(work: Work, team: Team) -> list[str]:
    return [each.id for each in work.people.coordinators(team.area_id)]
