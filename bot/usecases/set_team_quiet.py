"""A coordinator keeps parts of the week free of questions for a whole team."""

from __future__ import annotations

from bot.usecases.access import coordinated_team
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, Refusal
from bot.usecases.free_moments import plan_team_again
from dialogues.rhythm.quiet import PARTS, block
from dialogues.rhythm.recurrence import WEEKDAYS


class WholeWeekQuiet(Refusal):
    """No day of the week would be left: that is a pause, and a pause has an end."""


def team_quiet(deps: Deps, *, chat_id: int, team_id: str) -> tuple[str, ...]:
    """The quiet parts of a team's week, as ``weekday-part``. Raises NotAllowed."""
    with deps.storage.begin() as work:
        return quiet_parts(coordinated_team(work, chat_id=chat_id, team_id=team_id).quiet)


def quiet_parts(quiet: tuple[str, ...]) -> tuple[str, ...]:
    """Blocks as they are stored, as ``weekday-part`` in the order of the week."""
    return tuple(
        f"{weekday}-{part}" for weekday in WEEKDAYS for part in PARTS if block(weekday, part).to_word() in quiet
    )


def set_team_quiet(deps: Deps, *, chat_id: int, team_id: str, weekday: str, part: str) -> tuple[str, ...]:
    """Choose the quiet part of one weekday; '' for none. Holds at once, also for what waits to be sent.

    Raises NotAllowed, or WholeWeekQuiet when no day would be left.
    """
    if weekday not in WEEKDAYS or (part and part not in PARTS):
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        others = tuple(each for each in team.quiet if not each.startswith(f"{weekday}-"))
        chosen = (*others, block(weekday, part).to_word()) if part else others
        whole_days = {block(day, "hele dag").to_word() for day in WEEKDAYS}
        if whole_days <= set(chosen):
            raise WholeWeekQuiet
        work.teams.set_quiet(team.id, chosen)
        plan_team_again(work, deps, team)
        note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="quiet_team")
        work.commit()
    return team_quiet(deps, chat_id=chat_id, team_id=team_id)
