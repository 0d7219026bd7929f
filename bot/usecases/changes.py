"""The log of what was changed for a team or an area, who reads it, and the notice to whom it concerns.

A change says what was done and by which role. It names nobody and never holds an answer (privacy 3.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.usecases.access import coordinated_area, coordinated_team, person_of
from bot.usecases.deps import Deps
from storage.changes import Change
from storage.deliveries import Delivery
from storage.people import Person
from storage.teams import Team
from storage.work import Work

NOTICE: Final = "notice"
"""Kind of the outbox row that tells somebody about a change."""
WORTH_TELLING: Final = timedelta(days=14)
"""A notice that could not be delivered for this long is no news any more; the log still has it."""
PERSONAL: Final = "your_"
"""Kinds that begin like this are for one person, told and never in a log."""
READABLE: Final = 200
"""How many of the newest changes can be read back."""
PAGE: Final = 6
"""Changes on one page."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One change as its readers see it; the chat makes the sentence of kind and words."""

    at: datetime
    kind: str
    words: Mapping[str, str]
    where: str
    """Name of the team, or of the area when it concerns all its teams."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some changes, newest first."""

    changes: tuple[Logged, ...]
    page: int
    more: bool
    """Whether there are older ones."""


@dataclass(frozen=True, slots=True)
class NoticeMessage:
    """A change, told to somebody it concerns."""

    kind: str
    words: Mapping[str, str]
    where: str


def note_change(work: Work, deps: Deps, *, area_id: str, team_id: str | None = None, kind: str, **words: str) -> str:
    """Write a change down in the transaction that makes it; gives its id.

    ``words`` fill the sentence of this kind in ``bot.chat.texts.changes_nl``: an ``element`` by its id, a day or
    moment in ISO, a choice by its code, a name of a team as it is. Never who somebody is.
    """
    change = Change(id=deps.ids.new(), area_id=area_id, team_id=team_id, at=deps.now(), kind=kind, words=words)
    work.changes.add(change)
    return change.id


def note_people(work: Work, deps: Deps, *, team: Team, kind: str, **words: str) -> str:
    """Write down that the people of a team changed, with how many there are now; gives the change's id."""
    told = {
        "members": str(len(work.people.team_members(team.id, role="member"))),
        "leads": str(len(work.people.team_members(team.id, role="lead"))),
    }
    return note_change(work, deps, area_id=team.area_id, team_id=team.id, kind=kind, **told | words)


def tell_change(work: Work, deps: Deps, *, change_id: str, person_ids: Iterable[str]) -> None:
    """Let these people know of a change, each once; it goes out in working hours."""
    for person_id in dict.fromkeys(person_ids):
        work.deliveries.add(
            Delivery(
                id=deps.ids.new(),
                key=f"{NOTICE}:{change_id}:{person_id}",
                person_id=person_id,
                kind=NOTICE,
                subject=change_id,
                due_at=deps.now(),
                valid_until=deps.now() + WORTH_TELLING,
            )
        )


def note_and_tell(work: Work, deps: Deps, team: Team, *, by: Person | None, kind: str, **words: str) -> None:
    """Write it down and tell leads and coordinators, but not whoever did it: they read it on the spot."""
    change_id = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind=kind, **words)
    readers = [person.id for person, _ in work.people.team_members(team.id, role="lead")]
    readers += [person.id for person in work.people.coordinators(team.area_id)]
    tell_change(work, deps, change_id=change_id, person_ids=[each for each in readers if by is None or each != by.id])


def tell_person(work: Work, deps: Deps, *, person_id: str, team: Team, kind: str, **words: str) -> None:
    """Tell one person what was changed about their own place; these kinds begin with PERSONAL and are in no log.

    What they were not told yet about this place goes: the newest is what holds.
    """
    for each in work.changes.of_team(team.id, area_id=team.area_id, limit=READABLE):
        if each.kind.startswith(PERSONAL):
            work.deliveries.cancel(person_id, kind=NOTICE, subject=each.id)
    change_id = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind=kind, **words)
    tell_change(work, deps, change_id=change_id, person_ids=[person_id])


def notice_of(work: Work, deps: Deps, delivery: Delivery) -> NoticeMessage | None:
    """What an outbox row of kind ``notice`` says; None when its change is gone."""
    change = work.changes.get(delivery.subject)
    if change is None:
        return None
    logged = _logged(work, deps, change)
    return NoticeMessage(logged.kind, logged.words, logged.where)


def my_log(deps: Deps, *, chat_id: int, page: int = 0) -> LogPage:
    """The changes that concern this person: of their teams, and of whole areas they coordinate.

    Raises NotAllowed for a stranger.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        found: dict[str, Change] = {}
        for area_id in work.people.coordinates(person.id):
            found |= {each.id: each for each in work.changes.of_area(area_id, limit=READABLE)}
        for membership in work.people.memberships(person.id):
            team = work.teams.get(membership.team_id)
            if team is not None:
                of_team = work.changes.of_team(team.id, area_id=team.area_id, limit=READABLE)
                found |= {each.id: each for each in of_team}
        return _page(work, deps, found.values(), page)


def team_log(deps: Deps, *, chat_id: int, team_id: str, page: int = 0) -> LogPage:
    """The changes of one team, for its coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        return _page(work, deps, work.changes.of_team(team.id, area_id=team.area_id, limit=READABLE), page)


def area_log(deps: Deps, *, chat_id: int, area_id: str, page: int = 0) -> LogPage:
    """The changes of an area and all its teams, for its coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        coordinated_area(work, chat_id=chat_id, area_id=area_id)
        return _page(work, deps, work.changes.of_area(area_id, limit=READABLE), page)


def _page(work: Work, deps: Deps, changes: Iterable[Change], page: int) -> LogPage:
    for_all = (each for each in changes if not each.kind.startswith(PERSONAL))
    newest = sorted(for_all, key=lambda each: (each.at, each.id), reverse=True)[:READABLE]
    at = page if 0 <= page * PAGE < len(newest) else 0
    shown = newest[at * PAGE : (at + 1) * PAGE]
    return LogPage(tuple(_logged(work, deps, each) for each in shown), at, more=len(newest) > (at + 1) * PAGE)


def _logged(work: Work, deps: Deps, change: Change) -> Logged:
    team = work.teams.get(change.team_id) if change.team_id else None
    area = work.teams.area(change.area_id)
    words = dict(change.words)
    if words.get("element") in deps.library.definitions:
        words["element"] = deps.library.get(words["element"]).title
    return Logged(change.at, change.kind, words, team.name if team else area.name if area else "")
