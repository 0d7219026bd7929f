"""What is told before a new question: a new way of showing, and what was done with the previous time (DSS §3.10)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.usecases.ask_for_response import was_asked_for
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import day
from bot.usecases.promises import promise_of
from bot.usecases.published_rounds import element_of
from bot.usecases.reactions import Earlier, earlier_of, given_to, reaction_of, standing_of
from bot.usecases.step_stories import step_before
from dialogues.insight.phrases_nl import joined
from dialogues.insight.signals import Reaction, answer_in_words, told
from storage.maandbeelden import MaandbeeldRecord
from storage.responses import Response
from storage.rounds import Round
from storage.teams import Team
from storage.work import Work

OPEN_NAMED: Final = 4
"""So many topics without a reaction are named before a question. [keuze]"""
MOST_BYTES: Final = 1500
"""Bytes of what is told before a question; a session has one size, and holds it beside a typed text."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One reaction, as it is told before a question."""

    reaction: Reaction
    again: bool = False
    """Whether it is from the previous time this element was asked about, and not from the newest maandbeeld."""


@dataclass(frozen=True, slots=True)
class _DoneWith:
    """What was done with the previous time: each reaction, and the honest rest in whole sentences."""

    lead_label: str
    reactions: tuple[_Told, ...] = ()
    rest: str = ""


def opening_for(work: Work, deps: Deps, *, team: Team, about: Round) -> str:
    """What comes before this round's question, in its prompt and on its first screen; '' when there is nothing."""
    if team.scope != "team":
        return _about_area(work, team)
    step = (
        step_before(work, deps, team=team, about=about, shown=partial(element_of, work, deps)) if about.number else ""
    )
    return _fitting(promise_of(work, about), _done_with(work, deps, team=team, about=about), step)


def _fitting(promise: str, done: _DoneWith, step: str) -> str:
    """All of it, each on a line of its own, with as many reasons as fit: a session has one size for everybody.

    Where it is too much without any, the oldest reactions go before the silence and the step do. What is left out is in
    the maandbeeld.
    """
    every = len(done.reactions)
    with_reasons = ((every, reasons) for reasons in range(every, -1, -1))
    without = ((most, 0) for most in range(every - 1, -1, -1))
    lines: list[str] = []
    for most, reasons in (*with_reasons, *without):
        told = (
            _line(each, done.lead_label, first=not place, why=place < reasons)
            for place, each in enumerate(done.reactions[:most])
        )
        lines = [each for each in (promise, *told, done.rest, step) if each]
        if _size(lines) <= MOST_BYTES:
            break
    while _size(lines) > MOST_BYTES:
        lines.pop()
    return "\n".join(lines)


def _size(lines: list[str]) -> int:
    """Bytes in a session, which is JSON."""
    return len(json.dumps("\n".join(lines), ensure_ascii=False).encode())


def _line(told: _Told, lead_label: str, *, first: bool, why: bool) -> str:
    """One reaction; who gives them is said with the first."""
    said = answer_in_words(told.reaction if why else replace(told.reaction, why=""))
    if told.again:
        return f"De vorige keer dat het over {told.reaction.about} ging, liet je {lead_label} weten: {said}"
    return f"Over {told.reaction.about}{f' laat je {lead_label} weten' if first else ''}: {said}"


def _about_area(work: Work, group: Team) -> str:
    """That this one is for the whole area, and who reads it; said every time, for it is asked now and then only."""
    area = work.teams.area(group.area_id)
    name = area.name if area else ""
    if group.scope == "strategic":
        return (
            f"Deze vraag is voor leiding en beleid in heel {name}. Alleen het gebied krijgt een overzicht. "
            "De coördinatoren lezen het. Een uitkomst kan ook een gespreksvraag zijn voor de teams."
        )
    return (
        f"Deze vraag gaat over heel {name}. Alleen het gebied krijgt een overzicht. "
        "De coördinatoren lezen het. Van jouw team alleen is er geen overzicht."
    )


def _done_with(work: Work, deps: Deps, *, team: Team, about: Round) -> _DoneWith:
    """The feedback loop: every reaction to the newest maandbeeld, and honest about silence too."""
    newest = work.maandbeelden.latest(team.id)
    if about.number == 0 or newest is None:
        return _DoneWith(team.lead_label)
    earlier = earlier_of(work, newest)
    given = given_to(work, newest, earlier)
    told = [*(_Told(reaction_of(each)) for each in given), *_before_that(work, team=team, about=about, given=given)]
    silence = _silence(work, team=team, newest=newest, earlier=earlier)
    if told:
        return _DoneWith(team.lead_label, tuple(told), silence)
    if newest.shared_at is not None:
        where = f"Het laatste maandbeeld is op {day(newest.shared_at, zone=deps.zone)} met jullie team gedeeld."
    elif not work.people.team_members(team.id, role="lead"):
        return _DoneWith(team.lead_label, rest=f"Er is nog geen {team.lead_label} die het maandbeeld krijgt.")
    else:
        where = f"Het laatste maandbeeld ligt bij je {team.lead_label}. Het is nog niet met jullie team gedeeld."
    return _DoneWith(team.lead_label, rest=" ".join(filter(None, (where, silence))))


def _before_that(work: Work, *, team: Team, about: Round, given: tuple[Response, ...]) -> tuple[_Told, ...]:
    """What was said the previous time this element was asked about; nothing when it was asked again since.

    Asked counts, and not published: that would tell whether enough people answered.
    """
    element = about.subject or about.element
    same = work.responses.newest_about(team.id, element=element)
    if not same or any(each.element == element for each in given):
        return ()
    page = work.maandbeelden.get(same[0].maandbeeld_id)
    before = (each for each in work.rounds.of_team(team.id) if each.number < about.number)
    asked = (each for each in before if (each.subject or each.element) == element)
    if page is None or any(each.closes_at > page.composed_at for each in asked):
        return ()
    return (_Told(reaction_of(same[0]), again=True),)


def _silence(work: Work, *, team: Team, newest: MaandbeeldRecord, earlier: Earlier | None) -> str:
    """That nothing was said, honestly: silence makes people share less the next time (DSS §3.10)."""
    still = {newest.id: standing_of(work, newest).open}
    if earlier is not None:
        still[earlier.record.id] = earlier.left.open
    titles = tuple(title for every in still.values() for title in every)
    if not titles:
        return ""
    if len(titles) > OPEN_NAMED:
        titles = (*titles[: OPEN_NAMED - 1], f"nog {len(titles) - OPEN_NAMED + 1} onderwerpen")
    silence = f"Over {joined(titles)} heb ik nog geen reactie van je {team.lead_label}."
    asked = all(was_asked_for(work, maandbeeld_id) for maandbeeld_id, every in still.items() if every)
    return f"{silence} Ik heb erom gevraagd." if asked else silence


def opening_for_maandbeeld(work: Work, deps: Deps, *, team: Team) -> str:
    """What happened with the previous maandbeeld, for the next one; '' for a first maandbeeld."""
    newest = work.maandbeelden.latest(team.id)
    if newest is None:
        return ""
    shared = "Het vorige maandbeeld is nog niet met het team gedeeld."
    if newest.shared_at is not None:
        shared = f"Het vorige maandbeeld is op {day(newest.shared_at, zone=deps.zone)} met het team gedeeld."
    talked = f"Jullie spraken erover op {day(newest.talked_on, zone=deps.zone)}." if newest.talked_on else ""
    earlier = earlier_of(work, newest)
    late = told(earlier.left.reactions) if earlier else ""
    late = f"Later kwam er ook een reactie op het maandbeeld van {earlier.month}. {late}" if earlier and late else ""
    return " ".join(filter(None, (shared, talked, told(standing_of(work, newest).reactions), late)))
