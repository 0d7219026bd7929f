"""Whether a team has changed between two rounds: told before the next one, and deciding what that one may show."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date

from bot.usecases.deps import Deps
from dialogues.insight import FLOOR
from storage.people import Membership, Person
from storage.rounds import Round
from storage.work import Work

Members = Collection[tuple[Person, Membership]]


def roster_mark(members: Members) -> str:
    """A mark of who is asked, to see later that the team has changed; ids are random, so it names nobody."""
    return hashlib.sha256("".join(sorted(person.id for person, _ in members)).encode()).hexdigest()


def roster_changed(work: Work, about: Round) -> bool:
    """Whether other people are asked than in the round before; round 0 is no round to compare with."""
    earlier = work.rounds.numbered(about.team_id, about.number - 1)
    return bool(earlier and earlier.roster_digest and earlier.roster_digest != about.roster_digest)


def last_published(work: Work, team_id: str) -> Round | None:
    """The newest round of a team that could show something; round 0 grows while it is open and is none."""
    published = (each for each in work.publications.of_team(team_id) if each.number > 0)
    newest = [each.round_id for each in published if each.outcome == "published"][-1:]
    return work.rounds.get(newest[0]) if newest else None


def few_changed(work: Work, deps: Deps, *, earlier: Round, members: Members) -> bool:
    """Whether 1-4 people may differ between an earlier round and one that asks these members now (privacy 3.6).

    The roster of an ended round is gone, so how many differ is counted from what is certain: who came to the team after
    the day of that round, and how many of its people there is no room left for. That may be too low and never too high:
    in doubt few changed, and less is shown. It depends on accounts only, never on an answer.
    """
    if earlier.roster_digest == roster_mark(members):
        return False
    day = earlier.opens_at.astimezone(deps.zone).date()
    arrived = sum(_first_day(work, person, membership) > day for person, membership in members)
    stayed_at_most = len(members) - arrived
    gone = max(sum(earlier.sector_sizes.values()) - stayed_at_most, 0)
    return arrived + gone < FLOOR


def few_between(work: Work, deps: Deps, *, earlier: Round, later: Round) -> bool:
    """Whether 1-4 people may differ between two rounds that ended; counted as in `few_changed`, so never too high.

    Who came to the team between them and left again, or whose account is gone, is not seen; then few changed.
    """
    if earlier.roster_digest and earlier.roster_digest == later.roster_digest:
        return False
    then, now = (each.opens_at.astimezone(deps.zone).date() for each in (earlier, later))
    places = work.people.team_members(later.team_id, role="member")
    arrived = sum(then < _first_day(work, person, membership) <= now for person, membership in places)
    stayed_at_most = sum(later.sector_sizes.values()) - arrived
    gone = max(sum(earlier.sector_sizes.values()) - stayed_at_most, 0)
    return arrived + gone < FLOOR


def somebody_came(work: Work, deps: Deps, *, earlier: Round, about: Round) -> bool:
    """Whether somebody is asked now who was not in this team yet when an earlier round began.

    Days are all that is known, so whoever came on the very day of that round counts as new: told once too often, and
    never too little.
    """
    day = earlier.opens_at.astimezone(deps.zone).date()
    first_days = work.people.first_days(about.team_id)
    return any(first_days.get(each.person_id, day) >= day for each in work.rounds.roster(about.id))


def _first_day(work: Work, person: Person, membership: Membership) -> date:
    """When somebody was first in this team, also when they left in between."""
    return work.people.first_days(membership.team_id)[person.id]
