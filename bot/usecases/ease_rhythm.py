"""After a round: when participation falls the bot asks for less by itself, and silence is said out loud (A2, A4)."""

from __future__ import annotations

from dataclasses import replace

from bot.usecases.cadences import planned
from bot.usecases.changes import note_and_tell, note_change, tell_change
from bot.usecases.deps import Deps
from bot.usecases.set_schedule import before_word
from dialogues.conversation.way import Way
from dialogues.rhythm.cadence import window_days
from dialogues.rhythm.easing import SILENT_ROUNDS, Ease, Participation, ease, silence
from dialogues.rhythm.recurrence import Recurrence, Rhythm
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work


def ease_after(work: Work, deps: Deps, *, team_id: str) -> None:
    """Look at the rounds of a team, one of which has just been published, in the transaction of that release.

    Uses the participation bands that were published, and nothing else (privacy rules 7 and 11).
    """
    team, schedule = work.teams.get(team_id), work.schedules.get(team_id)
    if team is None or schedule is None or team.archived_on is not None:
        return
    # A round whose key was lost says nothing about who took part.
    rounds = tuple(each for each in work.publications.of_team(team_id) if each.number > 0 and each.participation)
    silent = silence(tuple(Participation(each.participation) for each in rounds))
    if silent and silent % SILENT_ROUNDS == 0:
        note_and_tell(work, deps, team, by=None, kind="silence", rounds=str(SILENT_ROUNDS))
    since = tuple(Participation(each.participation) for each in rounds if each.number > schedule.eased_at)
    less = ease(
        since,
        way=Way(schedule.way),
        recurrence=Recurrence.from_text(schedule.recurrence),
        anchored=bool(schedule.days_before),
    )
    if less is not None and not schedule.stopped and team.scope == "team":
        _ask_less(work, deps, team, schedule, less)


def _ask_less(work: Work, deps: Deps, team: Team, schedule: Schedule, less: Ease) -> None:
    eased = replace(schedule, eased_at=schedule.number)
    words = {"why": str(less.reason)}
    if less.way is not None:
        eased = replace(eased, way=str(less.way))
        words["to"] = str(less.way)
    if less.recurrence is not None:
        eased = replace(
            eased,
            rhythm=str(Rhythm.OWN),
            recurrence=less.recurrence.to_text(),
            window_days=window_days(less.recurrence),
        )
        eased = planned(work, deps, eased, team)
        words |= {"to": eased.recurrence} | before_word(eased)
    work.schedules.put(eased)
    change_id = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="eased", **words)
    tell_change(
        work, deps, change_id=change_id, person_ids=[each.id for each in work.people.coordinators(team.area_id)]
    )
