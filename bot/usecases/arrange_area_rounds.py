"""An area that has become big enough gets rounds of its own: about the family, and for its strategic layer (rule 9)."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot.usecases.asked import AREA_FLOOR, area_members, layer_of, least_people
from bot.usecases.cadences import planned
from bot.usecases.changes import note_change, tell_change
from bot.usecases.deps import Deps
from bot.usecases.one_by_one import one_by_one
from dialogues.insight import FLOOR, Rule
from dialogues.insight.shares import TEAMS_AT_LEAST
from dialogues.rhythm.cadence import window_days
from dialogues.rhythm.recurrence import Recurrence, Rhythm, Unit
from storage.schedules import Schedule
from storage.teams import Area, Scope, Team
from storage.work import Work

GROUPS: Final[tuple[Scope, ...]] = ("area", "strategic")
RHYTHMS: Final[dict[Scope, Recurrence]] = {
    "area": Recurrence(Unit.MONTH, 3, "thursday", 2),
    "strategic": Recurrence(Unit.WEEK, 6, "thursday"),
}
"""The family once in every quarter of the year; leaders every six weeks (DSS §3.8). [keuze]"""
MINUTE: Final = 10 * 60


def arrange_area_rounds(deps: Deps) -> int:
    """Begin the rounds of every area that has become big enough for them; returns how many groups began."""
    with deps.storage.begin() as work:
        big = {scope: _big_enough(work, scope) for scope in GROUPS}
        every = work.teams.areas() if any(big.values()) else ()
    missing = [(area, scope) for area in every for scope in GROUPS if area.id in big[scope]]
    return one_by_one(missing, partial(_begin, deps))


def _big_enough(work: Work, scope: Scope) -> frozenset[str]:
    """The areas that are worth a closer look, with one question for all of them."""
    teams = TEAMS_AT_LEAST if scope == "area" else 1
    return work.people.areas_without_group(
        scope, audience=str(layer_of(scope)), people=least_people(scope), teams=teams
    )


def _begin(deps: Deps, missing: tuple[Area, Scope]) -> bool:
    area, scope = missing
    with deps.storage.begin() as work:
        if work.teams.group(area.id, scope) is not None or not area_members(work, deps, area.id, scope):
            return False
        group = _group(deps, area, scope)
        work.teams.add(group)
        recurrence = RHYTHMS[scope]
        asleep = Schedule(
            team_id=group.id,
            rhythm=str(Rhythm.OWN),
            recurrence=recurrence.to_text(),
            minute=MINUTE,
            window_days=window_days(recurrence),
        )
        schedule = planned(work, deps, asleep, group, afresh=True)
        work.schedules.put(schedule)
        _tell(work, deps, area, scope, schedule)
        work.commit()
        return True


def group_name(area: str, scope: Scope) -> str:
    """What a group of the area of this name is called, where its rounds are spoken of."""
    return f"Heel {area}" if scope == "area" else f"Leiding en beleid in {area}"


def _group(deps: Deps, area: Area, scope: Scope) -> Team:
    return Team(
        id=deps.ids.new(),
        area_id=area.id,
        name=group_name(area.name, scope),
        team_label="het wijkteam",
        lead_label="coördinator",
        rule=str(Rule.WORDS),
        floor=AREA_FLOOR if scope == "area" else FLOOR,
        created_on=deps.today(),
        scope=scope,
    )


def _tell(work: Work, deps: Deps, area: Area, scope: Scope, schedule: Schedule) -> None:
    """Everybody in the area can read that it begins, and the coordinators get word of it."""
    at = {"at": schedule.next_due_at.isoformat()} if schedule.next_due_at else {}
    change_id = note_change(
        work,
        deps,
        area_id=area.id,
        kind="area_rounds_begin" if scope == "area" else "strategic_rounds_begin",
        **at,
    )
    tell_change(work, deps, change_id=change_id, person_ids=[each.id for each in work.people.coordinators(area.id)])
