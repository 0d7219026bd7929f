"""Once a month: what was published becomes a maandbeeld, written once and sent to the lead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Final

from bot.usecases.ask_for_response import plan_asking
from bot.usecases.cadences import maandbeeld_after
from bot.usecases.calendars import team_calendar
from bot.usecases.changes import note_change, tell_change
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import month
from bot.usecases.enter_figure import figure_to_tell
from bot.usecases.feedback import opening_for_maandbeeld
from bot.usecases.next_maandbeeld import free_month, rounds_to_tell
from bot.usecases.one_by_one import one_by_one
from bot.usecases.pooling import texts_are_waiting
from bot.usecases.published_rounds import element_of, last_closing
from bot.usecases.reactions import is_undiscussed, standing_of
from bot.usecases.readers import was_asked
from bot.usecases.step_stories import agreed_steps
from bot.usecases.tell_of_year import tell_of_year
from bot.usecases.topics import map_elements, silent_elements
from dialogues.authoring.profile import facts_of
from dialogues.insight import Maandbeeld, PublishedElement, TeamFacts, compose, phrases_nl
from dialogues.insight.own_words import NO_TEXTS, OwnWords
from dialogues.insight.participation import lower, participation_of_month
from dialogues.rhythm.checking import CHECK
from storage.deliveries import Delivery
from storage.publications import PublishedRound
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

REMEMBERED: Final = timedelta(days=183)
"""Outcomes of different months may be read together when none is older than half a year (content-brief §7)."""
_TITLES: Final = {
    "team": phrases_nl.TITLE,
    "area": phrases_nl.AREA_TITLE,
    "strategic": phrases_nl.STRATEGIC_TITLE,
}
_WHOLE: Final = {"team": phrases_nl.TEAM_LINE, "area": phrases_nl.AREA_LINE, "strategic": phrases_nl.STRATEGIC_LINE}
PATIENCE: Final = timedelta(days=1)
"""How long a maandbeeld waits for the opener to look into the pool of shared texts; then it goes without."""


def compose_due_maandbeelden(deps: Deps) -> int:
    """Write every maandbeeld that is due; returns how many. One that was written is never written again."""
    with deps.storage.begin() as work:
        due = work.schedules.maandbeeld_due(deps.now())
    return one_by_one(due, partial(_compose, deps))


def _compose(deps: Deps, schedule: Schedule) -> bool:
    with deps.storage.begin() as work:
        due_at = schedule.maandbeeld_due_at
        if due_at is None:
            return False
        team = work.teams.get(schedule.team_id)
        assert team is not None  # noqa: S101 - a schedule hangs on its team by a foreign key
        calendar = team_calendar(work, team, schedule)
        following = maandbeeld_after(deps, schedule, calendar, after=max(deps.now(), due_at))
        if not work.schedules.claim_maandbeeld(schedule.team_id, due_at=due_at, next_due_at=following):
            return False
        rounds = rounds_to_tell(work, deps, schedule)
        if rounds and texts_are_waiting(work, deps, schedule) and deps.now() < due_at + PATIENCE:
            return False
        if rounds:
            _write(work, deps, team, free_month(work, deps, schedule, due_at), rounds)
        tell_of_year(work, deps, team, due_at=due_at, following=following)
        work.commit()
        return bool(rounds)


def _write(work: Work, deps: Deps, team: Team, year_month: str, rounds: tuple[PublishedRound, ...]) -> None:
    newest = work.maandbeelden.latest(team.id)
    before = Maandbeeld.from_json(newest.body).question if newest else None
    kept = work.publications.of_team(team.id)
    history = tuple(each for each in kept if each.published_at > deps.now() - REMEMBERED)
    told = {each.round_id for each in rounds}
    about_topics = tuple(each for each in rounds if each.element != CHECK)
    facts = TeamFacts(
        team=team.name,
        title=_TITLES[team.scope],
        whole=_WHOLE[team.scope],
        month=month(year_month),
        team_label=team.team_label,
        roster_changed=any(each.changed_roster for each in rounds),
        participation=participation_of_month(each.participation for each in rounds),
        previous=standing_of(work, newest) if newest and team.scope == "team" else None,
        undiscussed=team.scope == "team" and is_undiscussed(work, deps, team.id),
        feedback=opening_for_maandbeeld(work, deps, team=team) if team.scope == "team" else "",
        agreed=agreed_steps(work, deps, team=team, newest=newest, told=told, shown=partial(element_of, work, deps)),
        own_figure=figure_to_tell(work, deps, team_id=team.id, newest=newest),
        earlier=tuple(
            element_of(work, deps, each) for each in history if each.round_id not in told and each.element != CHECK
        ),
        long_before=tuple(
            element_of(work, deps, each)
            for each in kept
            if each.round_id not in told and each not in history and _is_asked_again(each, about_topics)
        ),
        elements=map_elements(work, deps, team),
        strategic=_strategic(work, deps, team),
        last_closing=last_closing(work, deps, team, rounds),
        words=_words(work, team),
        profile=facts_of(team.profile),
        participations=_participations(deps, history),
        pattern_before=before.pattern if before else "",
        silent=tuple(deps.library.get(each).title for each in silent_elements(work, deps, team)),
        texts=_own_words(work, team.id),
    )
    work.text_releases.drop(team.id)
    body = compose(facts, tuple(element_of(work, deps, each) for each in about_topics)).to_json()
    record = work.maandbeelden.add(deps.ids.new(), team_id=team.id, month=year_month, body=body, composed_at=deps.now())
    if team.scope != "team":
        _tell_area(work, deps, team)
    for person, _ in work.people.team_members(team.id, role="lead"):
        if not was_asked(work, deps, person_id=person.id, record=record):
            announce(work, deps, maandbeeld_id=record.id, person_id=person.id, kind="maandbeeld")


def _is_asked_again(before: PublishedRound, rounds: Iterable[PublishedRound]) -> bool:
    """Whether one of these rounds asked the same."""
    return any((before.element, before.subject) == (each.element, each.subject) for each in rounds)


def _tell_area(work: Work, deps: Deps, group: Team) -> None:
    """The coordinators get word that there is a new overview, and everybody in the area can read that there is."""
    kind = "area_overview" if group.scope == "area" else "strategic_overview"
    change_id = note_change(work, deps, area_id=group.area_id, kind=kind)
    coordinators = [each.id for each in work.people.coordinators(group.area_id)]
    tell_change(work, deps, change_id=change_id, person_ids=coordinators)


def _strategic(work: Work, deps: Deps, team: Team) -> tuple[PublishedElement, ...]:
    """What the strategic layer of the area published lately, for a team or the whole area to read beside its own."""
    group = work.teams.group(team.area_id, "strategic") if team.scope != "strategic" else None
    if group is None:
        return ()
    published = work.publications.of_team(group.id, since=deps.now() - REMEMBERED)
    return tuple(element_of(work, deps, each) for each in published)


def _words(work: Work, team: Team) -> dict[str, str]:
    """What placeholders in questions stand for here."""
    area = work.teams.area(team.area_id)
    return {"gemeente": area.municipality} if area else {}


def _participations(deps: Deps, history: Iterable[PublishedRound]) -> tuple[str, ...]:
    """Per month, oldest first, the lowest band of participation that its rounds published."""
    lowest: dict[str, str] = {}
    for each in sorted(history, key=lambda one: one.closed_at):
        year_month = each.closed_at.astimezone(deps.zone).strftime("%Y-%m")
        lowest[year_month] = lower(lowest.get(year_month, each.participation), each.participation)
    return tuple(lowest.values())


def _own_words(work: Work, team_id: str) -> OwnWords:
    """What the opener took out of the pool for this maandbeeld."""
    body = work.text_releases.get(team_id)
    return OwnWords.from_json(body) if body else NO_TEXTS


def announce(work: Work, deps: Deps, *, maandbeeld_id: str, person_id: str, kind: str) -> None:
    """Put a maandbeeld into the outbox for one person, once; for a lead also the question for what stays open."""
    if kind == "maandbeeld":
        plan_asking(work, deps, maandbeeld_id=maandbeeld_id, person_id=person_id)
    work.deliveries.add(
        Delivery(
            id=deps.ids.new(),
            key=f"{kind}:{maandbeeld_id}:{person_id}",
            person_id=person_id,
            kind=kind,
            subject=maandbeeld_id,
            due_at=deps.now(),
        )
    )
