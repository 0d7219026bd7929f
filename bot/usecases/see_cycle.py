"""Where the cycle of a team stands, for its lead and its coordinator: never an answer, and never how many there were.

All of it comes from rhythm, days of rounds, maandbeelden and what was done with them; so it is the same page, to the
letter, whatever people answered. Only a lead who may read the maandbeeld also reads that it had little to show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict

from bot.usecases.access import coordinated_area, coordinated_team, person_of, require_lead
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.reactions import earlier_for, earlier_of, given_to, may_read
from bot.usecases.see_reactions import OpenTopic, still_open
from bot.usecases.see_topics import coming_rounds
from bot.usecases.step_stories import ended_after
from dialogues.insight.cycle import CycleFacts, Link, links
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.rhythm.checking import CHECK
from storage.improvement_actions import ImprovementAction
from storage.maandbeelden import MaandbeeldRecord
from storage.rounds import Round
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCycle:
    """The chain of one team, with the words that belong to it."""

    team: Team
    links: tuple[Link, ...]
    today: date
    topics: tuple[str, ...]
    """Titles of what is asked now, or was asked last."""
    next_topic: str = ""
    next_on: date | None = None
    paused_until: date | None = None
    month: str = ""
    """Month of the newest maandbeeld, in words; '' when there is none yet."""
    maandbeeld_id: str = ""
    reacted_on: date | None = None
    """Day of the newest reaction of the lead to that maandbeeld, or since then to what the one before left open."""
    open: tuple[OpenTopic, ...] = ()
    """To what nothing was said yet; only for a lead who may read it."""
    action: ImprovementAction | None = None
    """The step that is open, or the one that was ended since."""
    may_tell: bool = False
    """Whether the reader may say that it was talked about."""


@dataclass(frozen=True, slots=True)
class LedTeam:
    """A team that somebody leads."""

    id: str
    name: str


def led_teams(deps: Deps, *, chat_id: int) -> tuple[LedTeam, ...]:
    """The teams this chat leads, by name. Raises NotAllowed when there are none."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        leads = (work.teams.get(each.team_id) for each in work.people.memberships(person.id) if each.role == "lead")
        found = sorted((team.name, team.id) for team in leads if team is not None)
    if not found:
        raise NotAllowed
    return tuple(LedTeam(team_id, name) for name, team_id in found)


def team_of_maandbeeld(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> str:
    """The team of a maandbeeld, for a lead of it. Raises NotAllowed."""
    with deps.storage.begin() as work:
        record = work.maandbeelden.get(maandbeeld_id)
        if record is None:
            raise NotAllowed
        require_lead(work, chat_id=chat_id, team_id=record.team_id)
        return record.team_id


def see_own_cycle(deps: Deps, *, chat_id: int, team_id: str) -> SeenCycle:
    """Where the cycle stands, for a lead of the team. Raises NotAllowed."""
    with deps.storage.begin() as work:
        person = require_lead(work, chat_id=chat_id, team_id=team_id)
        team = work.teams.get(team_id)
        if team is None:
            raise NotAllowed
        newest = work.maandbeelden.latest(team_id)
        if newest is None or not may_read(work, deps, person_id=person.id, record=newest):
            return _seen(work, deps, team, newest, reads=False)
        left = still_open(work, newest, earlier_for(work, deps, person_id=person.id, newest=newest))
        return replace(_seen(work, deps, team, newest, reads=True), open=left)


def see_team_cycle(deps: Deps, *, chat_id: int, team_id: str) -> SeenCycle:
    """Where the cycle stands, for the coordinator of the area. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        return _seen(work, deps, team, work.maandbeelden.latest(team.id), reads=False)


def see_area_cycles(deps: Deps, *, chat_id: int, area_id: str) -> tuple[SeenCycle, ...]:
    """The same for each team of an area, by name and never by how it stands. Raises NotAllowed."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        teams = work.teams.in_area(area.id)
        return tuple(_seen(work, deps, team, work.maandbeelden.latest(team.id), reads=False) for team in teams)


def _seen(work: Work, deps: Deps, team: Team, newest: MaandbeeldRecord | None, *, reads: bool) -> SeenCycle:
    schedule = work.schedules.get(team.id)
    rounds = _questions(work, deps, team.id)
    coming = _coming(work, deps, team, schedule)
    action = _action(work, deps, team.id, newest)
    earlier = earlier_of(work, newest) if newest else None
    reactions = given_to(work, newest, earlier) if newest else ()
    body = Maandbeeld.from_json(newest.body) if newest else None
    facts = CycleFacts(
        today=deps.today(),
        running=schedule is not None and not schedule.sleeps,
        has_lead=bool(work.people.team_members(team.id, role="lead")),
        open_until=max((_day(deps, each.closes_at) for each in rounds if _is_open(deps, each)), default=None),
        closed_on=max((_day(deps, each.closes_at) for each in rounds if not _is_open(deps, each)), default=None),
        next_question=coming[1],
        next_maandbeeld=_day(deps, schedule.maandbeeld_due_at) if schedule and schedule.maandbeeld_due_at else None,
        shown_on=_day(deps, newest.composed_at) if newest else None,
        little_to_show=reads and body is not None and bool(body.thin),
        shared_on=_day(deps, newest.shared_at) if newest and newest.shared_at else None,
        talked_on=newest.talked_on if newest else None,
        **_step_facts(work, deps, action, reads=reads),
    )
    return SeenCycle(
        team=team,
        links=links(facts),
        topics=tuple(_title(work, deps, each) for each in rounds),
        next_topic=coming[0],
        next_on=coming[1],
        paused_until=schedule.paused_until if schedule else None,
        month=body.month if body else "",
        maandbeeld_id=newest.id if newest else "",
        reacted_on=max((each.responded_on for each in reactions), default=None),
        action=action,
        today=deps.today(),
        may_tell=reads,
    )


def _questions(work: Work, deps: Deps, team_id: str) -> tuple[Round, ...]:
    """The rounds that are open now, or else the newest one that closed; the check of a step is none of these.

    The start dialogue stays open beside the first ones; it counts until there is another.
    """
    newest = work.rounds.latest(team_id)
    if newest is not None and newest.element == CHECK:
        newest = next(reversed([each for each in work.rounds.of_team(team_id) if each.element != CHECK]), None)
    first = newest is None or newest.number == 0
    running = (each for each in work.rounds.open_of(team_id) if _is_open(deps, each) and each.element != CHECK)
    asked = tuple(each for each in running if first or each.number)
    return asked or ((newest,) if newest else ())


def _coming(work: Work, deps: Deps, team: Team, schedule: Schedule | None) -> tuple[str, date | None]:
    """Title and day of the next question, as far as can be known now."""
    if schedule is None or schedule.next_due_at is None:
        return "", None
    opens_at, topic = coming_rounds(work, deps, team, schedule, number=2)[0]
    return deps.library.get(topic.element).title, _day(deps, opens_at)


def _action(work: Work, deps: Deps, team_id: str, newest: MaandbeeldRecord | None) -> ImprovementAction | None:
    """The step that is open, or the newest one that was stopped or kept since the newest maandbeeld."""
    standing = work.improvement_actions.open_of(team_id)
    if standing is not None or newest is None:
        return standing
    ended = ended_after(work, deps, team_id=team_id, newest=newest)
    return next((each for each in reversed(ended) if each.state != "changed"), None)


class _StepFacts(TypedDict, total=False):
    """What the chain reads of a step."""

    agreed_on: date
    look_back_on: date | None
    deciding: bool
    decided_on: date | None
    check_until: date | None
    checked_on: date | None


def _step_facts(work: Work, deps: Deps, action: ImprovementAction | None, *, reads: bool) -> _StepFacts:
    """The days of a step: agreed, to look back, ended, and asked after.

    A lead is asked sooner what the team decides when something was published; that is for who reads it (``reads``).
    """
    if action is None:
        return {}
    checks = work.improvement_actions.checks_of(action.id)
    about = work.rounds.get(checks[-1].round_id) if checks else None
    closes = _day(deps, about.closes_at) if about else None
    is_open = about is not None and _is_open(deps, about)
    return {
        "agreed_on": action.agreed_on,
        "look_back_on": action.look_back_on if action.state == "open" else None,
        "deciding": reads and _asked_to_decide(action),
        "decided_on": action.decided_on,
        "check_until": closes if is_open else None,
        "checked_on": None if is_open else closes,
    }


def _asked_to_decide(action: ImprovementAction) -> bool:
    """Whether its lead was asked what the team decides, and has not told since."""
    asked, went_on = action.lead_asked_on, action.went_on_on
    return action.state == "open" and asked is not None and (went_on is None or went_on < asked)


def _is_open(deps: Deps, about: Round) -> bool:
    return about.state == "open" and about.closes_at > deps.now()


def _title(work: Work, deps: Deps, about: Round) -> str:
    """What readers call the topic of a round, whether it is asked as a whole or only again."""
    if about.subject in deps.library.definitions:
        return deps.library.get(about.subject).title
    return definition_of(work, deps, element=about.element, digest=about.dialogue_digest).title


def _day(deps: Deps, moment: datetime) -> date:
    return moment.astimezone(deps.zone).date()
