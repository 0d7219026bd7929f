"""A coordinator tells what a team is like, one question at a time; it chooses variants of questions, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from bot.usecases.access import coordinated_team
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from dialogues.authoring.profile import PROFILE


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
        work.commit()
        return profile
