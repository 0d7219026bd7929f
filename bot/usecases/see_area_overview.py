"""The overview of an area, for its coordinators: what its own rounds published, and nothing of any team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.usecases.access import coordinated_area
from bot.usecases.compose_maandbeeld import REMEMBERED
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import month
from bot.usecases.published_rounds import element_of
from dialogues.insight import PublishedElement, phrases_nl
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.two_worlds import Sides, compose_two_worlds
from storage.teams import Scope
from storage.work import Work


@dataclass(frozen=True, slots=True)
class AreaOverview:
    """The newest overview of one group of an area."""

    began: bool
    """Whether this group is asked anything at all; an area can be too small for it."""
    newest: Maandbeeld | None
    next_at: datetime | None
    """When its next question opens."""


def see_area_overview(deps: Deps, *, chat_id: int, area_id: str, strategic: bool = False) -> AreaOverview:
    """The newest overview of the whole area, or of its strategic layer. Raises NotAllowed."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        return _overview(work, area.id, "strategic" if strategic else "area")


def see_two_worlds(deps: Deps, *, chat_id: int, area_id: str) -> Maandbeeld | Sides:
    """Practice and the strategic layer of an area beside each other, as far as both published. Raises NotAllowed."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        whole = work.teams.group(area.id, "area")
        return compose_two_worlds(
            area.name,
            month(deps.today().strftime("%Y-%m")),
            team_label=whole.team_label if whole else phrases_nl.WIJKTEAM,
            practice=_lately(work, deps, area.id, "area"),
            strategic=_lately(work, deps, area.id, "strategic"),
        )


def _lately(work: Work, deps: Deps, area_id: str, scope: Scope) -> tuple[PublishedElement, ...]:
    """What one group of an area published in the last half year, oldest first."""
    group = work.teams.group(area_id, scope)
    if group is None:
        return ()
    published = work.publications.of_team(group.id, since=deps.now() - REMEMBERED)
    return tuple(element_of(work, deps, each) for each in published)


def _overview(work: Work, area_id: str, scope: Scope) -> AreaOverview:
    group = work.teams.group(area_id, scope)
    if group is None:
        return AreaOverview(began=False, newest=None, next_at=None)
    record = work.maandbeelden.latest(group.id)
    schedule = work.schedules.get(group.id)
    return AreaOverview(
        began=True,
        newest=Maandbeeld.from_json(record.body) if record else None,
        next_at=schedule.next_due_at if schedule else None,
    )
