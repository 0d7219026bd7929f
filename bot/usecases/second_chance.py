"""Which thin round a coming one is the second chance of: only one that opens while the answers may still wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.usecases.deps import Deps
from dialogues.rhythm.checking import CHECK
from storage.retention import kept
from storage.rounds import Round
from storage.work import Work

LONGEST_SEALED: Final = kept("envelope")
"""How long an answer may stay sealed while its element waits for a second round (privacy rule 12)."""


def comes_in_time(about: Round, opens_at: datetime) -> bool:
    """Whether a round that opens at this moment still finds the answers of this thin one."""
    return opens_at < about.opens_at + LONGEST_SEALED


def comes_once_more(work: Work, deps: Deps, about: Round) -> bool:
    """Whether a round comes that would be the second chance of this one: nobody must be told to wait for nothing.

    Round 0 has none. A step is asked after once more by itself, and answers of two moments would be of two different
    things.
    """
    schedule = work.schedules.get(about.team_id)
    if schedule is None or schedule.next_due_at is None or about.number == 0 or about.element == CHECK:
        return False
    return comes_in_time(about, max(schedule.next_due_at, deps.now()))


def waiting_rounds(work: Work, deps: Deps, team_id: str, *, openings: Iterable[datetime]) -> tuple[Round, ...]:
    """The thin rounds that the first of these openings, in order, are the second chance of; longest waiting first.

    Not one whose dialogue is gone, and not one whose second chance is open now.
    """
    taken = {each.predecessor_id for each in work.rounds.open_of(team_id)}
    waiting = [
        each
        for each in work.rounds.thin_of(team_id)
        if each.element in deps.library.definitions and each.id not in taken
    ]
    found: list[Round] = []
    for opens_at in openings:
        chance = next((each for each in waiting if comes_in_time(each, opens_at)), None)
        if chance is None:
            break
        waiting.remove(chance)
        found.append(chance)
    return tuple(found)


def waiting_round(work: Work, deps: Deps, team_id: str, *, opens_at: datetime) -> Round | None:
    """The one that a round which opens at this moment is the second chance of; None when it is of none."""
    return next(iter(waiting_rounds(work, deps, team_id, openings=(opens_at,))), None)
