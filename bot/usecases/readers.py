"""Who reads a team's overview before the team does, and that none of them is a respondent of it (privacy rule 8)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from bot.usecases.answering import slots_of
from bot.usecases.asked import readers_of_area
from bot.usecases.deps import Deps
from storage.errors import KeyGone, KeyUnreadable, UnsafeKeyFolder
from storage.maandbeelden import MaandbeeldRecord
from storage.rounds import Round
from storage.work import Work

SOON: Final = timedelta(hours=1)
"""So long before a close the bot looks, at every tick, whether somebody who may read the overview gave an answer."""


def slots_of_readers(work: Work, deps: Deps, about: Round) -> frozenset[bytes]:
    """The places in a round at which a lead of the team or a coordinator of its area would have an envelope.

    Who is asked in a round cannot become one of them until it has ended, so there is nothing at these places. It is
    looked at all the same: whoever may read an overview is never counted in it. An opener that is a user of its own
    cannot tell whose envelope is whose and gets none; there the bot takes them out before the close.
    """
    team = work.teams.get(about.team_id)
    readers = {person.id for person, _ in work.people.team_members(about.team_id, role="lead")}
    readers |= readers_of_area(work, team.area_id, team.scope) if team else set()
    with suppress(KeyGone, KeyUnreadable, UnsafeKeyFolder):
        return frozenset(slot for person_id in readers for slot in slots_of(deps, about, person_id))
    return frozenset()


def leave_out_readers(deps: Deps) -> int:
    """Take what a reader gave out of the rounds that are about to close; returns how many envelopes. The bot's work."""
    taken = 0
    with deps.storage.begin() as work:
        for closing in work.rounds.closed_due(deps.now() + SOON):
            before = work.rounds.get(closing.predecessor_id) if closing.predecessor_id else None
            for about in (closing, before):
                if about is None or about.state not in {"open", "thin"}:
                    continue
                for slot in slots_of_readers(work, deps, about):
                    taken += work.answers.withdraw(about.id, slot)
        work.commit()
    return taken


def was_asked(work: Work, deps: Deps, *, person_id: str, record: MaandbeeldRecord) -> bool:
    """Whether somebody was a member of the team while a round was open that this maandbeeld tells of.

    A thin round that was opened together with one counts too: its answers are among those that are told.
    The rosters are gone by then, so it goes by the days on which people came and went: in doubt they were asked.
    """
    before = next((e for e in work.maandbeelden.of_team(record.team_id) if e.digest == record.previous_digest), None)
    told = work.publications.of_team(record.team_id, since=before.composed_at if before else None)
    shown = [work.rounds.get(each.round_id) for each in told if each.published_at <= record.composed_at]
    taken_along = [work.rounds.get(each.predecessor_id) for each in shown if each and each.predecessor_id]
    places = [each for each in work.people.all_memberships(person_id, record.team_id) if each.role == "member"]
    return any(
        place.joined_on <= about.closes_at.astimezone(deps.zone).date()
        and (place.left_on is None or place.left_on >= about.opens_at.astimezone(deps.zone).date())
        for place in places
        for about in (*shown, *taken_along)
        if about is not None
    )
