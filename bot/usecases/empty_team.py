"""A rhythm that runs while there is nobody to ask: said out loud once, until members come (nothing stops silently)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.usecases.changes import note_and_tell
from bot.usecases.deps import Deps
from storage.teams import Team
from storage.work import Work

_SOMEBODY_CAME: Final = ("member_joined", "member_moved_in", "merged_from")


def say_nobody_was_asked(work: Work, deps: Deps, team: Team, *, next_due_at: datetime) -> None:
    """Tell leads and coordinators that an opening found nobody to ask; not again before somebody came."""
    newest = work.changes.latest(team.id, kinds=("nobody_asked", *_SOMEBODY_CAME))
    if newest is not None and newest.kind == "nobody_asked":
        asked = work.rounds.latest(team.id)
        if asked is None or asked.opens_at < newest.at:
            return
    note_and_tell(work, deps, team, by=None, kind="nobody_asked", at=next_due_at.isoformat())
