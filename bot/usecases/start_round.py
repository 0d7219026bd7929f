"""Round 0 of a team: the opinions in the start dialogue, released like any other (privacy rule 13).

Its roster grows while it is open, because members arrive one by one; it has no earlier release to be compared with
and closes at a moment that is fixed when the first member arrives (docs/decisions/0003-start-round.md).
"""

from __future__ import annotations

from bot.usecases.definitions import keep_words
from bot.usecases.deps import Deps
from bot.usecases.promises import promise_of_start
from dialogues.conversation.definition import Audience
from dialogues.rhythm.cadence import window
from storage.people import Membership
from storage.rounds import Round
from storage.work import Work

START_DIALOGUE = "start"
START_WINDOW_DAYS = 14


def join_start_round(work: Work, deps: Deps, *, membership: Membership) -> None:
    """Put a fully described practice member on the roster of the team's round 0, opening it for the first one.

    Nothing happens for the strategic layer, which has rounds of its own (privacy rule 9), or once round 0 has closed.
    """
    if membership.audience != Audience.PRACTICE:
        return
    start = _start_round(work, deps, team_id=membership.team_id)
    if start is None or start.state != "open" or start.closes_at <= deps.now():
        return
    # Everybody who is described, not only the newcomer: the first ones came when no key was in stock yet.
    for person, each in work.people.team_members(membership.team_id, role="member"):
        if each.audience == Audience.PRACTICE and each.sector and each.function and each.tenure:
            work.rounds.add_to_roster(start.id, person.id, sector=each.sector)
    on_roster = work.rounds.roster(start.id)
    sizes = {sector: sum(entry.sector == sector for entry in on_roster) for sector in {e.sector for e in on_roster}}
    work.rounds.set_sector_sizes(start.id, sizes)


def _start_round(work: Work, deps: Deps, *, team_id: str) -> Round | None:
    latest = work.rounds.latest(team_id, element=START_DIALOGUE)
    if latest is not None or work.rounds.latest(team_id) is not None:
        return latest
    team = work.teams.get(team_id)
    key = work.keys.take()
    if team is None or key is None:
        return None
    promise = promise_of_start(team)
    span = window(deps.now(), days=START_WINDOW_DAYS, zone=deps.zone)
    opened = Round(
        id=deps.ids.new(),
        team_id=team_id,
        number=0,
        element=START_DIALOGUE,
        dialogue_version=deps.library.get(START_DIALOGUE).version,
        rule=str(promise.rule),
        split=str(promise.split),
        floor=promise.floor,
        state="open",
        opens_at=deps.now(),
        closes_at=span.closes_at,
        remind_at=None,
        key_id=key[0],
        public_key=key[1],
        sector_sizes={},
        predecessor_id=None,
        dialogue_digest=keep_words(work, deps, element=START_DIALOGUE),
    )
    work.rounds.add(opened)
    deps.storage.keys.make_for_round(opened.key_id)
    return opened
