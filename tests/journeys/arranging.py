"""A team that is there already, for journeys that begin in the middle: made by the use cases, not by tapping."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

from bot.compose import make_deps
from bot.usecases.deps import Deps
from bot.usecases.describe_member import describe_member
from bot.usecases.invite import USES, invite_coordinator, invite_to_team
from bot.usecases.join_team import Joined, accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.release_round import fill_stock
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from dialogues.rhythm.recurrence import Rhythm
from storage.keys import KeyFolder
from storage.publications import PublishedRound
from storage.rounds import Round
from storage.teams import Area, Team
from storage.work import Work
from tests.journeys.running import LIBRARY, Home
from tests.support.empty import put_empty_database
from tests.support.phones import Phone, Sandbox

TRADES = (("jgz", "youth_nurse"), ("wijkteam", "team_worker"), ("onderwijs", "internal_counselor"))


@dataclass(frozen=True, slots=True)
class Company:
    """The people of one team, each with a phone, and the link with which the members came in."""

    team: Team
    coordinator: Phone
    lead: Phone
    members: tuple[Phone, ...]
    member_token: str


class SandboxTime:
    """The sandbox's clock, for use cases that a test calls itself."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        """The present moment there."""
        return self._sandbox.now().astimezone(UTC)


def deps_of(home: Home) -> Deps:
    """What the use cases need, beside a bot that runs as a process or does not run yet."""
    if not (home.postgres or home.database.exists()):
        KeyFolder(home.folder / "keys").create()
        put_empty_database(home.database)
    return make_deps(home.settings(), clock=SandboxTime(home.sandbox), library=LIBRARY)


def company(
    deps: Deps,
    sandbox: Sandbox,
    *,
    members: int,
    name: str = "Samen in Zuid",
    rule: str = "words",
    rhythm: str = "light",
) -> Company:
    """A team of so many practice members that begins with trust, on Tuesdays at half past eight."""
    if deps.storage.keys.can_open():  # with two users the opener did so before
        fill_stock(deps)
    people = tuple(sandbox.phone(f"{name} {number}") for number in range(members + 2))
    with ThreadPoolExecutor(4) as together:
        list(together.map(lambda person: person.writes("/start"), people))
    coordinator, lead, *others = people
    area = _join(deps, coordinator, invite_coordinator(deps, area_name=name, municipality="Zuidstad").token).area
    team = Team(
        id=deps.ids.new(),
        area_id=area.id,
        name=name,
        team_label="het buurtteam",
        lead_label="teamleider",
        rule=rule,
        created_on=deps.today(),
    )
    with deps.storage.begin() as work:
        work.teams.add(team)
        if rule == "counts":
            _has_shown_something(work, deps, team)
        work.commit()
    _join(deps, lead, invite_to_team(deps, chat_id=coordinator.user, team_id=team.id, kind="lead").token)
    token = ""
    for number, (member, (sector, function)) in enumerate(zip(others, islice(cycle(TRADES), members), strict=True)):
        if number % USES["member"] == 0:
            token = invite_to_team(deps, chat_id=coordinator.user, team_id=team.id, kind="member").token
        membership = _join(deps, member, token).membership_id
        for field, value in (("sector", sector), ("function", function), ("tenure", "long")):
            describe_member(deps, chat_id=member.user, membership_id=membership, field=field, value=value)
        _may_be_asked_any_time(deps, member)
    put_first(deps, chat_id=coordinator.user, team_id=team.id, element="trust")
    set_rhythm(deps, chat_id=coordinator.user, team_id=team.id, rhythm=str(Rhythm.LIGHT), weekday="tuesday", minute=510)
    return Company(team, coordinator, lead, tuple(others), token)


def new_area(deps: Deps, coordinator: Phone, *, name: str) -> Area:
    """An area with its coordinator, and keys enough for what comes."""
    fill_stock(deps)
    return _join(deps, coordinator, invite_coordinator(deps, area_name=name, municipality="Zuidstad").token).area


def new_team(deps: Deps, coordinator: Phone, area: Area, *, name: str) -> Team:
    """A team that begins with trust, once a month on Tuesday at half past eight."""
    team = make_team(deps, chat_id=coordinator.user, area_id=area.id, name=name, team_label="het buurtteam")
    put_first(deps, chat_id=coordinator.user, team_id=team.id, element="trust")
    set_rhythm(deps, chat_id=coordinator.user, team_id=team.id, rhythm=str(Rhythm.LIGHT), weekday="tuesday", minute=510)
    return team


def member_of(deps: Deps, sandbox: Sandbox, coordinator: Phone, team: Team, *, trade: tuple[str, str]) -> Phone:
    """Somebody with a phone who came into this team and told who they are."""
    person = sandbox.phone(f"{team.name} {trade[1]}")
    person.writes("/start")
    token = invite_to_team(deps, chat_id=coordinator.user, team_id=team.id, kind="member").token
    membership = _join(deps, person, token).membership_id
    for field, value in (("sector", trade[0]), ("function", trade[1]), ("tenure", "long")):
        describe_member(deps, chat_id=person.user, membership_id=membership, field=field, value=value)
    _may_be_asked_any_time(deps, person)
    return person


def _has_shown_something(work: Work, deps: Deps, team: Team) -> None:
    """An earlier overview, with nothing in it: the first of a team is in words whatever was chosen."""
    key_id, public_key = work.keys.take() or ("", b"")
    start = Round(
        id=deps.ids.new(),
        team_id=team.id,
        number=0,
        element="start",
        dialogue_version=1,
        rule="words",
        split="none",
        state="published",
        opens_at=deps.now() - timedelta(days=60),
        closes_at=deps.now() - timedelta(days=46),
        key_id=key_id,
        public_key=public_key,
    )
    work.rounds.add(start)
    work.publications.add(
        PublishedRound(
            round_id=start.id,
            team_id=team.id,
            number=0,
            element="start",
            closed_at=start.closes_at,
            published_at=start.closes_at,
            outcome="published",
            cells={},
            changed_roster=False,
        )
    )


def _may_be_asked_any_time(deps: Deps, member: Phone) -> None:
    """Leave consultation hours and lessons aside: these journeys are about something else."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(member.user)
        assert person is not None
        work.people.set_quiet(person.id, ())
        work.commit()


def _join(deps: Deps, person: Phone, token: str) -> Joined:
    return accept_invitation(deps, chat_id=person.user, name=person.name, token=token)


def round_about(deps: Deps, team: Team, element: str = "trust") -> Round:
    """The team's newest round about an element."""
    with deps.storage.begin() as work:
        found = work.rounds.latest(team.id, element=element)
    assert found is not None
    return found


def envelopes(deps: Deps, about: Round) -> int:
    """How many envelopes a round holds."""
    with deps.storage.begin() as work:
        return len(work.answers.sealed(about.id))
