"""What the ticker and the opener do, each in its order, wherever they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.usecases.arrange_area_rounds import arrange_area_rounds
from bot.usecases.ask_to_decide import ask_leads_to_decide
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.deps import Deps
from bot.usecases.housekeeping import tidy_once_a_day
from bot.usecases.leave_team import end_due_memberships
from bot.usecases.merge_teams import put_away_teams
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pause_schedule import resume_due
from bot.usecases.publish_participation import publish_due_participation
from bot.usecases.release_round import release_due

Duty = Callable[[Deps], object]
RELEASE: Final[tuple[Duty, ...]] = (release_due, publish_due_participation)
"""What the opener does; participation comes after the rounds, because they still add to the month."""
TICKER: Final[tuple[Duty, ...]] = (
    end_due_memberships,
    resume_due,
    arrange_area_rounds,
    open_due_rounds,
    compose_due_maandbeelden,
    ask_leads_to_decide,
    put_away_teams,
    tidy_once_a_day,
)
"""Each does all that is due and is safe to repeat. People leave first, so that nobody who left is asked."""
