"""A school year of a team for its lead, or of an area for its coordinator: from what was written before only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.usecases.access import coordinated_area, require_lead
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import month, whole_day
from bot.usecases.errors import NotAllowed
from bot.usecases.published_rounds import element_of
from bot.usecases.reactions import standing_of
from bot.usecases.readers import was_asked
from bot.usecases.step_stories import looking_back, told_checks, without_slips
from dialogues.insight.agreeing import Owner, owner_name
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.year import (
    FIRST_MONTH,
    MonthOfYear,
    StepOfYear,
    TeamYear,
    YearOverview,
    months_of,
    school_year,
    year_of_area,
    year_of_team,
)
from storage.improvement_actions import ImprovementAction
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.teams import Scope, Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Years:
    """Which school years there is something to tell of, newest first; the calendar years in which they began."""

    name: str
    years: tuple[int, ...]


def years_of_team(deps: Deps, *, chat_id: int, team_id: str) -> Years:
    """The school years of a team that has maandbeelden, for a lead. Raises NotAllowed."""
    with deps.storage.begin() as work:
        person = require_lead(work, chat_id=chat_id, team_id=team_id)
        team = _team(work, team_id)
        return Years(team.name, _years(each.month for each in _readable(work, deps, team, person)))


def years_of_area(deps: Deps, *, chat_id: int, area_id: str) -> Years:
    """The school years of an area of which any team has maandbeelden, for a coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        teams = work.teams.lived_in(area.id)
        return Years(area.name, _years(each.month for team in teams for each in work.maandbeelden.of_team(team.id)))


def see_team_year(deps: Deps, *, chat_id: int, team_id: str, year: int) -> YearOverview:
    """A school year of a team, for its lead, who reads no maandbeeld in it that is not theirs to read.

    Raises NotAllowed.
    """
    with deps.storage.begin() as work:
        person = require_lead(work, chat_id=chat_id, team_id=team_id)
        team = _team(work, team_id)
        records = _readable(work, deps, team, person)
        return year_of_team(_team_year(work, deps, team, records, year=year), year=year)


def see_area_year(deps: Deps, *, chat_id: int, area_id: str, year: int) -> YearOverview:
    """A school year of an area, for its coordinator: no answer of any team is in it. Raises NotAllowed."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        teams = work.teams.lived_in(area.id, since=date(year, FIRST_MONTH, 1))
        return year_of_area(
            area.name,
            year=year,
            area=_group_year(work, deps, area.id, "area", year=year),
            strategic=_group_year(work, deps, area.id, "strategic", year=year),
            teams=tuple(
                _team_year(work, deps, team, work.maandbeelden.of_team(team.id), year=year, own=False) for team in teams
            ),
        )


def _team(work: Work, team_id: str) -> Team:
    team = work.teams.get(team_id)
    if team is None:
        raise NotAllowed
    return team


def _readable(work: Work, deps: Deps, team: Team, person: Person) -> tuple[MaandbeeldRecord, ...]:
    """What this lead may read: not what was asked of them as a member, until it was shared."""
    every = work.maandbeelden.of_team(team.id)
    return tuple(
        each for each in every if each.shared_at or not was_asked(work, deps, person_id=person.id, record=each)
    )


def _years(months: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({school_year(date.fromisoformat(f"{each}-01")) for each in months}, reverse=True))


def _group_year(work: Work, deps: Deps, area_id: str, scope: Scope, *, year: int) -> TeamYear | None:
    group = work.teams.group(area_id, scope)
    if group is None:
        return None
    return _team_year(work, deps, group, work.maandbeelden.of_team(group.id), year=year, own=False)


def _team_year(
    work: Work, deps: Deps, team: Team, records: tuple[MaandbeeldRecord, ...], *, year: int, own: bool = True
) -> TeamYear:
    """What of one team fell in this school year; what was said to it only for its own lead (``own``).

    A step belongs to every year in which it was open.
    """
    first, last = months_of(year)
    steps = without_slips(work, deps, work.improvement_actions.of_team(team.id))
    until = team.archived_on or deps.today()
    return TeamYear(
        name=team.name,
        months=tuple(_month(work, each, own=own) for each in records if first <= each.month <= last),
        steps=tuple(
            _step(each, team, _said(work, deps, each, records) if own else (), until=until)
            for each in steps
            if school_year(each.agreed_on) <= year <= school_year(each.decided_on or until)
        ),
    )


def _month(work: Work, record: MaandbeeldRecord, *, own: bool) -> MonthOfYear:
    return MonthOfYear(
        maandbeeld=Maandbeeld.from_json(record.body),
        standing=standing_of(work, record) if own else None,
        talked_on=whole_day(record.talked_on) if record.talked_on and own else "",
    )


def _said(work: Work, deps: Deps, action: ImprovementAction, records: tuple[MaandbeeldRecord, ...]) -> tuple[str, ...]:
    """What the team said about its step, as far as the maandbeelden that may be read have told it."""
    newest = max((each.composed_at for each in records), default=None)
    shown = partial(element_of, work, deps)
    return told_checks(work, action, until=newest, shown=shown) if newest else ()


def _step(action: ImprovementAction, team: Team, checks: tuple[str, ...], *, until: date) -> StepOfYear:
    """One step as it is today, or as it was when its team went up into another."""
    left = action.state == "open" and team.archived_on is not None
    ended = until if left else action.decided_on
    return StepOfYear(
        step=action.step,
        owner=owner_name(Owner(action.owner), team_label=team.team_label),
        month=month(action.agreed_on.strftime("%Y-%m")),
        state="left" if left else action.state,
        look_back=looking_back(action, until, told=whole_day(action.look_back_on)),
        decided=whole_day(ended) if ended else "",
        checks=checks,
    )
