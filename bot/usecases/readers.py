"""Who reads a team's overview before the team does, and that none of them is a respondent of it (privacy rule 8)."""

from __future__ import annotations

from contextlib import suppress

from bot.usecases.answering import slots_of
from bot.usecases.deps import Deps
from storage.errors import KeyGone
from storage.maandbeelden import MaandbeeldRecord
from storage.rounds import Round
from storage.work import Work


def slots_of_readers(work: Work, deps: Deps, about: Round) -> frozenset[bytes]:
    """The places in a round at which a lead of the team or a coordinator of its area would have an envelope.

    Who is asked in a round cannot become one of them until it has ended, so there is nothing at these places. The
    opener looks all the same: whoever may read an overview is never counted in it.
    """
    team = work.teams.get(about.team_id)
    readers = {person.id for person, _ in work.people.team_members(about.team_id, role="lead")}
    readers |= {person.id for person in work.people.coordinators(team.area_id)} if team else set()
    with suppress(KeyGone):
        return frozenset(slot for person_id in readers for slot in slots_of(deps, about, person_id))
    return frozenset()


def was_asked(work: Work, deps: Deps, *, person_id: str, record: MaandbeeldRecord) -> bool:
    """Whether somebody was a member of the team while a round was open that this maandbeeld tells of.

    The rosters are gone by then, so it goes by the days on which people came and went: in doubt they were asked.
    """
    before = next((e for e in work.maandbeelden.of_team(record.team_id) if e.digest == record.previous_digest), None)
    told = work.publications.of_team(record.team_id, since=before.composed_at if before else None)
    rounds = [work.rounds.get(each.round_id) for each in told if each.published_at <= record.composed_at]
    places = [each for each in work.people.all_memberships(person_id, record.team_id) if each.role == "member"]
    return any(
        place.joined_on <= about.closes_at.astimezone(deps.zone).date()
        and (place.left_on is None or place.left_on >= about.opens_at.astimezone(deps.zone).date())
        for place in places
        for about in rounds
        if about is not None
    )
