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
    if _holds_others(work, earlier):
        return True
    if earlier.roster_digest == roster_mark(members):
        return False
    day = earlier.opens_at.astimezone(deps.zone).date()
    arrived = sum(_first_day(work, person, membership) > day for person, membership in members)
    stayed_at_most = len(members) - arrived
    gone = max(sum(earlier.sector_sizes.values()) - stayed_at_most, 0)
    return arrived + gone < FLOOR


def roster_of_published(work: Work, about: Round) -> str:
    """The mark of whose answers a published round can hold; '' when those are not just who it asked, or it is gone."""
    return "" if _holds_others(work, about) else about.roster_digest


def _holds_others(work: Work, about: Round) -> bool:
    """Whether a round was opened together with a thin one that may have asked other people: in doubt it was.

    A second chance that asks exactly the same people, of whom few had not changed before, promised what it promises.
    """
    if about.predecessor_id is None or not about.few_changed:
        return False
    thin = work.rounds.get(about.predecessor_id)
    return thin is None or not thin.roster_digest or thin.roster_digest != about.roster_digest


def few_between(work: Work, deps: Deps, *, earlier: Round, later: Round) -> bool:
    """Whether 1-4 people may differ between two rounds that ended; counted as in `few_changed`, so never too high.

    Who came to the team between them and left again, or whose account is gone, is not seen; then few changed.
    """
    if _holds_others(work, earlier) or _holds_others(work, later):
        return True
    if earlier.roster_digest and earlier.roster_digest == later.roster_digest:
        return False
    then, now = (each.opens_at.astimezone(deps.zone).date() for each in (earlier, later))
    places = work.people.team_members(later.team_id, role="member")
    arrived = sum(then < _first_day(work, person, membership) <= now for person, membership in places)
    stayed_at_most = sum(later.sector_sizes.values()) - arrived
    gone = max(sum(earlier.sector_sizes.values()) - stayed_at_most, 0)
    return arrived + gone < FLOOR


def _first_day(work: Work, person: Person, membership: Membership) -> date:
    """When somebody was first in this team, also when they left in between."""
    return work.people.first_days(membership.team_id)[person.id]
