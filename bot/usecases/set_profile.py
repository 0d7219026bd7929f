"""A coordinator tells what a team is like, one question at a time; it chooses variants of questions, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from bot.usecases.access import coordinated_team
from bot.usecases.changes import READABLE, note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from dialogues.authoring.profile import PROFILE
from storage.teams import Team
from storage.work import Work


def team_profile(deps: Deps, *, chat_id: int, team_id: str) -> Mapping[str, str]:
    """What was told so far: question → answer. Raises NotAllowed."""
    with deps.storage.begin() as work:
        return coordinated_team(work, chat_id=chat_id, team_id=team_id).profile


def set_profile(deps: Deps, *, chat_id: int, team_id: str, question: str, answer: str) -> Mapping[str, str]:
    """Tell one thing about a team; counts from the next dialogue that begins. Raises NotAllowed."""
    if answer not in PROFILE.get(question, {}):
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        profile = {**team.profile, question: answer}
        work.teams.set_profile(team.id, profile)
        if profile != team.profile and not _told_today(work, deps, team):
            note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="profile")
        work.commit()
        return profile


def _told_today(work: Work, deps: Deps, team: Team) -> bool:
    """Whether the log of today says already that the profile changed: ten small answers are one change."""
    newest = work.changes.of_team(team.id, area_id=team.area_id, limit=READABLE)
    return any(each.kind == "profile" and each.at.astimezone(deps.zone).date() == deps.today() for each in newest)
