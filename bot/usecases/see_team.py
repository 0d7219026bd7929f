"""What a coordinator may see: areas, teams and how the cycle of one stands; no answer and no number of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.access import coordinated_area, coordinated_team, person_of
from bot.usecases.asked import practice_layer
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.see_topics import coming_rounds
from storage.rounds import Round
from storage.schedules import Schedule
from storage.teams import Area, Team


@dataclass(frozen=True, slots=True)
class TeamState:
    """One team at a glance."""

    team: Team
    members: int
    respondents: int
    """Members of the practice layer: the ones a team round asks."""
    leads: tuple[str, ...]
    schedule: Schedule | None
    open_rounds: tuple[tuple[Round, str], ...]
    """Rounds that are open now, each with the title of its dialogue."""
    next_title: str
    """Title of the element that comes next; '' when no rhythm was chosen."""


def require_team(deps: Deps, *, chat_id: int, team_id: str) -> None:
    """Nothing, for whoever coordinates this team. Raises NotAllowed for everybody else."""
    with deps.storage.begin() as work:
        coordinated_team(work, chat_id=chat_id, team_id=team_id)


def require_area(deps: Deps, *, chat_id: int, area_id: str) -> None:
    """Nothing, for whoever coordinates this area. Raises NotAllowed for everybody else."""
    with deps.storage.begin() as work:
        coordinated_area(work, chat_id=chat_id, area_id=area_id)


def my_areas(deps: Deps, *, chat_id: int) -> tuple[tuple[Area, tuple[Team, ...]], ...]:
    """The areas this chat coordinates by name, with their teams. Raises NotAllowed when there are none."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        areas = [work.teams.area(area_id) for area_id in work.people.coordinates(person.id)]
        by_name = sorted((area for area in areas if area is not None), key=lambda area: (area.name.casefold(), area.id))
        found = tuple((area, work.teams.in_area(area.id)) for area in by_name)
    if not found:
        raise NotAllowed
    return found


def see_team(deps: Deps, *, chat_id: int, team_id: str) -> TeamState:
    """How one team stands. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        members = work.people.team_members(team.id, role="member")
        schedule = work.schedules.get(team.id)
        running = [each for each in work.rounds.open_of(team.id) if each.closes_at > deps.now()]
        upcoming = ""
        if schedule is not None and schedule.next_due_at is not None:
            _, topic = coming_rounds(work, deps, team, schedule, number=2)[0]
            upcoming = deps.library.get(topic.element).title
        return TeamState(
            team=team,
            members=len(members),
            respondents=len(practice_layer(members)),
            leads=tuple(person.name for person, _ in work.people.team_members(team.id, role="lead")),
            schedule=schedule,
            open_rounds=tuple(
                (each, definition_of(work, deps, element=each.element, digest=each.dialogue_digest).title)
                for each in running
            ),
            next_title=upcoming,
        )
