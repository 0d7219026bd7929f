"""What is told before a new question: a new way of showing, and what was done with the previous time (DSS §3.10)."""

from __future__ import annotations

from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import day
from bot.usecases.promises import new_promise
from storage.rounds import Round
from storage.teams import Team
from storage.work import Work


def opening_for(work: Work, deps: Deps, *, team: Team, about: Round) -> str:
    """What comes before this round's question, in its prompt and on its first screen; '' when there is nothing."""
    if team.scope != "team":
        return _about_area(work, team)
    return " ".join(filter(None, (new_promise(work, about), _done_with(work, deps, team=team, about=about))))


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
    if newest.shared_at is not None:
        return f"Het laatste maandbeeld is op {day(newest.shared_at, zone=deps.zone)} met jullie team gedeeld."
    if not work.people.team_members(team.id, role="lead"):
        return f"Er is nog geen {team.lead_label} die het maandbeeld krijgt."
    return f"Het laatste maandbeeld ligt bij je {team.lead_label}. Het is nog niet met jullie team gedeeld."


def opening_for_maandbeeld(work: Work, deps: Deps, *, team: Team) -> str:
    """What happened with the previous maandbeeld, for the next one; '' for a first maandbeeld."""
    newest = work.maandbeelden.latest(team.id)
    if newest is None:
        return ""
    if newest.shared_at is not None:
        return f"Het vorige maandbeeld is op {day(newest.shared_at, zone=deps.zone)} met het team gedeeld."
    return "Het vorige maandbeeld is nog niet met het team gedeeld."
