"""Whether a team has changed between two rounds; told to everybody before the next one (privacy 3.7)."""

from __future__ import annotations

from storage.rounds import Round
from storage.work import Work


def roster_changed(work: Work, about: Round) -> bool:
    """Whether other people are asked than in the round before; round 0 is no round to compare with."""
    earlier = work.rounds.numbered(about.team_id, about.number - 1)
    return bool(earlier and earlier.roster_digest and earlier.roster_digest != about.roster_digest)
