"""Which element a team turns to next, from what it was asked before and what was published about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from bot.usecases.asked import area_asks_about_family
from bot.usecases.deps import Deps
from bot.usecases.second_chance import waiting_round
from dialogues.insight.publication import published_band
from dialogues.rhythm.checking import OpenStep
from dialogues.rhythm.rotation import CLIENT, CLOSING, Asked, Topic, Wishes, next_topic, order_for, silent
from storage.rounds import Round
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

STILL_STANDING: Final = "still_standing"
"""The block that asks whether a high outcome still holds."""


def elements(deps: Deps) -> frozenset[str]:
    """The elements there is content for."""
    return frozenset(each.id for each in deps.library.definitions.values() if each.is_element)


def choosable(deps: Deps) -> frozenset[str]:
    """What a coordinator can put forward: the elements, and the closing before a talk that asks for it."""
    return elements(deps) | _closing(deps)


def askable(work: Work, deps: Deps, team: Team) -> frozenset[str]:
    """What can be this team's next question: the closing too, and not the family where the whole area is asked it."""
    there = elements(deps) | _closing(deps)
    return there - {CLIENT} if area_asks_about_family(work, deps, team) else there


def map_elements(work: Work, deps: Deps, team: Team) -> dict[str, str]:
    """Id → short name of the elements on a team's map; none for a whole area, which is asked about the family only."""
    there = askable(work, deps, team) if team.scope != "area" else frozenset()
    return {each.id: each.short_title for each in deps.library.definitions.values() if each.id in there}


def circle(deps: Deps, team: Team) -> tuple[str, ...]:
    """The order in which a team's topics come round; none is dropped. A whole area is asked about the family only."""
    if team.scope == "area":
        return (CLIENT,)
    return order_for(team.profile.get("phase", ""), elements(deps) | _closing(deps))


def _closing(deps: Deps) -> frozenset[str]:
    """The look back after a whole circle, when there is content for it; it is no element."""
    return frozenset({CLOSING}) & frozenset(deps.library.definitions)


def history(work: Work, team_id: str) -> tuple[Asked, ...]:
    """What the team was asked, oldest first, with what was published of it and nothing else (privacy rule 7)."""
    published = {each.round_id: each for each in work.publications.of_team(team_id)}
    asked = []
    for each in work.rounds.of_team(team_id):
        outcome = published.get(each.id)
        band = published_band(outcome.cells) if outcome else None
        asked.append(
            Asked(
                element=each.subject or each.element,
                opened_on=each.opens_at.date(),
                published=outcome is not None and outcome.outcome == "published",
                band=None if band is None else str(band),
                still=each.element == STILL_STANDING,
            )
        )
    return tuple(asked)


def silent_elements(work: Work, deps: Deps, team: Team) -> tuple[str, ...]:
    """The elements that the team has not been asked about for long (requirements A4)."""
    there = askable(work, deps, team) - {CLOSING}
    order = tuple(each for each in circle(deps, team) if each in there)
    return silent(order, history(work, team.id), today=deps.today())


def wishes(schedule: Schedule) -> Wishes:
    """What the coordinator put forward and set aside."""
    return Wishes(
        first=schedule.first,
        aside={element: date.fromisoformat(until) for element, until in schedule.aside.items()},
    )


def open_step(work: Work, team_id: str) -> OpenStep | None:
    """The step a team works on, and when it was asked after; None when it works on nothing."""
    action = work.improvement_actions.open_of(team_id)
    if action is None:
        return None
    return OpenStep(action.agreed_on, tuple(each.asked_on for each in work.improvement_actions.checks_of(action.id)))


def topic_again(waiting: Round) -> Topic:
    """What the second chance of this thin round is about."""
    return Topic(waiting.subject or waiting.element, still=waiting.element == STILL_STANDING)


def topic_for(
    work: Work, deps: Deps, *, team: Team, schedule: Schedule, opens_at: datetime, following: date | None
) -> Topic:
    """What a round that opens at this moment is about; ``following`` is the day of the round after it.

    An element of which a thin round waits comes first: its second chance must come in time (privacy rule 12).
    """
    waiting = waiting_round(work, deps, team.id, opens_at=opens_at)
    if waiting is not None:
        return topic_again(waiting)
    return next_topic(
        circle(deps, team),
        history(work, team.id),
        today=opens_at.astimezone(deps.zone).date(),
        wishes=wishes(schedule),
        available=askable(work, deps, team),
        following=following,
        step=open_step(work, team.id),
    )
