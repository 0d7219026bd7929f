"""A coordinator chooses what a team's overview shows: words by sector, words by side, or counts (privacy 1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.second_chance import comes_once_more
from dialogues.insight import Rule, Split
from storage.teams import Team
from storage.work import Work


class Shown(StrEnum):
    """What an overview shows; one of them per team."""

    SECTORS = "sectors"
    SIDES = "sides"
    COUNTS = "counts"


_STORED: Final = {
    Shown.SECTORS: (Rule.WORDS, Split.SECTOR),
    Shown.SIDES: (Rule.WORDS, Split.SIDE),
    Shown.COUNTS: (Rule.COUNTS, Split.SECTOR),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen now."""

    shown: Shown
    running: bool
    """Whether a round is open, which keeps what it was promised."""
    again: bool = False
    """Whether that one comes once more when too few answer, and keeps it then too."""


def shown_of(team: Team) -> Shown:
    """What this team's overviews show from the next round on."""
    if Rule(team.rule) is Rule.COUNTS:
        return Shown.COUNTS
    return Shown.SIDES if Split(team.split) is Split.SIDE else Shown.SECTORS


def see_publication(deps: Deps, *, chat_id: int, team_id: str) -> Choice:
    """What is chosen for a team. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        return _choice(work, deps, team, shown_of(team))


def choose_publication(deps: Deps, *, chat_id: int, team_id: str, shown: str) -> Choice:
    """Choose it for the rounds that open from now on. Choosing what was chosen changes nothing. Raises NotAllowed."""
    if shown not in set(Shown):
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        chosen = _choice(work, deps, team, Shown(shown))
        if chosen.shown is not shown_of(team):
            rule, split = _STORED[chosen.shown]
            work.teams.set_publication(team.id, rule=str(rule), split=str(split))
            note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="publication", shown=str(chosen.shown))
            work.commit()
        return chosen


def _choice(work: Work, deps: Deps, team: Team, shown: Shown) -> Choice:
    running = work.rounds.open_of(team.id)
    again = any(each.predecessor_id is None and comes_once_more(work, deps, each) for each in running)
    return Choice(shown, running=bool(running), again=again)
