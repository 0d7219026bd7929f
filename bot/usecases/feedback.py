"""What is told before a new question: a new way of showing, and what was done with the previous time (DSS §3.10)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from bot.usecases.ask_for_response import was_asked_for
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import day
from bot.usecases.promises import new_promise
from bot.usecases.published_rounds import element_of
from bot.usecases.reactions import reaction_of, standing_of
from bot.usecases.step_stories import step_before
from dialogues.insight.phrases_nl import joined
from dialogues.insight.signals import answer_in_words, told
from storage.maandbeelden import MaandbeeldRecord
from storage.rounds import Round
from storage.teams import Team
from storage.work import Work

OPEN_NAMED: Final = 2
"""So many topics without a reaction are named before a question. [keuze]"""
MOST_BYTES: Final = 1500
"""Bytes of what is told before a question; a session has one size, and holds it beside a typed text."""


def opening_for(work: Work, deps: Deps, *, team: Team, about: Round) -> str:
    """What comes before this round's question, in its prompt and on its first screen; '' when there is nothing."""
    if team.scope != "team":
        return _about_area(work, team)
    parts = (
        new_promise(work, about),
        _done_with(work, deps, team=team, about=about),
        step_before(work, deps, team=team, about=about, shown=partial(element_of, work, deps)) if about.number else "",
    )
    return _fitting(part for part in parts if part)


def _fitting(parts: Iterable[str]) -> str:
    """As many of them as fit a session, which has one size for everybody; what is left out is in the maandbeeld."""
    kept = ""
    for part in parts:
        longer = f"{kept} {part}".strip()
        kept = longer if len(longer.encode()) <= MOST_BYTES else kept
    return kept


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


def _done_with(work: Work, deps: Deps, *, team: Team, about: Round) -> str:
    """The feedback loop, honest about silence too; '' when there is nothing to report yet."""
    newest = work.maandbeelden.latest(team.id)
    if about.number == 0 or newest is None:
        return ""
    said = _answered(work, team=team, about=about, newest=newest)
    if said:
        return said
    if newest.shared_at is not None:
        told = f"Het laatste maandbeeld is op {day(newest.shared_at, zone=deps.zone)} met jullie team gedeeld."
    elif not work.people.team_members(team.id, role="lead"):
        return f"Er is nog geen {team.lead_label} die het maandbeeld krijgt."
    else:
        told = f"Het laatste maandbeeld ligt bij je {team.lead_label}. Het is nog niet met jullie team gedeeld."
    return " ".join(filter(None, (told, _silence(work, team=team, newest=newest))))


def _answered(work: Work, *, team: Team, about: Round, newest: MaandbeeldRecord) -> str:
    """What the lead said about this element, or else newest of all; '' when nothing was said."""
    same = work.responses.newest_about(team.id, element=about.subject or about.element)
    if same:
        said = answer_in_words(reaction_of(same[0]))
        return f"Vorige keer ging het over {same[0].about}. Je {team.lead_label} laat weten: {said}"
    given = work.responses.of_maandbeeld(newest.id)
    if not given:
        return ""
    last = max(given, key=lambda one: (one.responded_on, -one.place))
    return f"Over {last.about} laat je {team.lead_label} weten: {answer_in_words(reaction_of(last))}"


def _silence(work: Work, *, team: Team, newest: MaandbeeldRecord) -> str:
    """That nothing was said, honestly: silence makes people share less the next time (DSS §3.10)."""
    stands = standing_of(work, newest)
    if not stands.open:
        return ""
    silence = f"Over {joined(stands.open[:OPEN_NAMED])} heb ik nog geen reactie van je {team.lead_label}."
    return f"{silence} Ik heb erom gevraagd." if was_asked_for(work, newest.id) else silence


def opening_for_maandbeeld(work: Work, deps: Deps, *, team: Team) -> str:
    """What happened with the previous maandbeeld, for the next one; '' for a first maandbeeld."""
    newest = work.maandbeelden.latest(team.id)
    if newest is None:
        return ""
    shared = "Het vorige maandbeeld is nog niet met het team gedeeld."
    if newest.shared_at is not None:
        shared = f"Het vorige maandbeeld is op {day(newest.shared_at, zone=deps.zone)} met het team gedeeld."
    talked = f"Jullie spraken erover op {day(newest.talked_on, zone=deps.zone)}." if newest.talked_on else ""
    return " ".join(filter(None, (shared, talked, told(standing_of(work, newest).reactions))))
