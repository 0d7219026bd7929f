"""A town of teams whose members are all asked something now, made in one go: thousands of people in seconds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.phones import choose
from bench.team import COORDINATOR, SECTORS
from bot.chat.callback_data import DialogueTap, PromptTap, decode, encode
from bot.compose import make_deps
from bot.ports import Clock
from bot.settings import Settings, load_settings
from bot.usecases.answer_step import answer_step
from bot.usecases.answering import DialogueView
from bot.usecases.deps import Deps
from bot.usecases.invite import invite_coordinator
from bot.usecases.join_team import accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import fill_stock
from bot.usecases.send_due import begin_sending, lease_due, mark_sent
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from bot.usecases.start_dialogue import start_dialogue
from dialogues.conversation.inputs import Tap
from storage.people import Membership, Person

FIRST_CHAT: Final = 10_000
TOKEN: Final = "1000001:niet-nodig-hier"  # noqa: S105 - no secret
MESSAGE: Final = 1
"""The number of the message that everybody looks at."""
MONDAY: Final = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TUESDAY: Final = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
"""When the rounds of teams with Tuesday as their day have opened."""


def in_memory() -> Path | None:
    """A folder that needs no disk, where the machine has one; else where Python would put it."""
    memory = Path("/dev/shm")  # noqa: S108 - nobody keeps what is made there
    return memory if memory.is_dir() else None


class MovedClock:
    """A clock that was set to a moment when it was made, and runs."""

    def __init__(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)

    def now(self) -> datetime:
        """The moment by this clock, aware UTC."""
        return datetime.now(UTC) + self._ahead


@dataclass(slots=True)
class StoppedClock:
    """A clock that stands still until it is set."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to, aware UTC."""
        return self.moment


def settings_in(folder: Path, *, api_url: str = "http://127.0.0.1:9") -> Settings:
    """A database and keys in this folder, and this Telegram."""
    return load_settings(
        _env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=api_url,
        database_url=f"sqlite:///{folder / 'data' / 'bench.db'}",
        key_dir=folder / "keys",
        dialogues_dir=None,
        webhook_url=None,
        log_level="WARNING",
    )


def build(
    folder: Path,
    *,
    teams: int,
    members: int,
    weekdays: Sequence[str] = ("tuesday",),
    rhythm: str = "normal",
    moment: datetime = MONDAY,
) -> list[int]:
    """Teams with members and a rhythm, on a database that is made here; the chats of the members.

    ``weekdays``: on which the teams begin their rounds, in turn.
    """
    deps = deps_in(folder, StoppedClock(moment))
    token = invite_coordinator(deps, area_name="Meetstad", municipality="Meetstad").token
    area_id = accept_invitation(deps, chat_id=COORDINATOR, name="C", token=token).area.id
    chats: list[int] = []
    for number in range(teams):
        team = make_team(deps, chat_id=COORDINATOR, area_id=area_id, name=f"Team {number}", team_label="het wijkteam")
        first = FIRST_CHAT + number * members
        chats += _fill(deps, team.id, range(first, first + members))
        put_first(deps, chat_id=COORDINATOR, team_id=team.id, element="trust")
        weekday = weekdays[number % len(weekdays)]
        set_rhythm(deps, chat_id=COORDINATOR, team_id=team.id, rhythm=rhythm, weekday=weekday, minute=510)
    deps.storage.engine.dispose()
    return chats


def open_rounds(folder: Path, *, sent: bool = True) -> None:
    """Open what is due on Tuesday. ``sent``: the prompts have gone."""
    clock = StoppedClock(TUESDAY)
    deps = deps_in(folder, clock)
    fill_stock(deps)
    while open_due_rounds(deps):
        fill_stock(deps)
    if sent:
        clock.moment += timedelta(hours=1)
        while batch := lease_due(deps, limit=100):
            for sending in batch:
                begin_sending(deps, delivery_id=sending.delivery_id)
                mark_sent(deps, delivery_id=sending.delivery_id)
    deps.storage.engine.dispose()


def play_a_while(folder: Path, *, most: int = 8, seed: int = 7) -> list[tuple[int, list[str]]]:
    """Let everybody begin, each for another number of taps; each chat with what its buttons carry now.

    So whoever measures meets beginnings, answers and ends mixed as they are all day.
    """
    deps, chance = deps_in(folder, StoppedClock(TUESDAY)), random.Random(seed)  # noqa: S311 - the same every time
    looking = []
    for chat, round_id in _asked(deps):
        here: dict[str, Any] = {"chat_id": chat, "round_id": round_id, "message_id": MESSAGE}
        buttons = [encode(PromptTap(round_id, "go"))]
        for _ in range(chance.randrange(most)):
            tapped = decode(choose(buttons, chance))
            if isinstance(tapped, DialogueTap):
                tap = Tap(tapped.visit, tapped.choice, tapped.times)
                view = answer_step(deps, **here, tap=tap)
            else:
                view = start_dialogue(deps, **here)
            buttons = _buttons(view)
        looking.append((chat, buttons))
    deps.storage.engine.dispose()
    return looking


def _buttons(view: DialogueView) -> list[str]:
    if view.ended:
        return [encode(PromptTap(view.round_id, "again"))]
    taps = [each.tap for each in view.screen.buttons]
    return [encode(DialogueTap(view.round_id, tap.visit, tap.choice, tap.times)) for tap in taps]


def _asked(deps: Deps) -> Iterator[tuple[int, str]]:
    """Every member with the round that asks them."""
    with deps.storage.begin() as work:
        area = work.teams.areas()[0]
        asked = [
            (person.chat_id, about.id)
            for team in work.teams.in_area(area.id)
            for about in work.rounds.open_of(team.id)
            for person, _ in work.people.team_members(team.id, role="member")
        ]
    yield from asked


def deps_in(folder: Path, clock: Clock) -> Deps:
    """What the use cases need, on the database in this folder."""
    return make_deps(settings_in(folder), clock=clock)


def _fill(deps: Deps, team_id: str, chats: range) -> list[int]:
    """People in a team, in one transaction, as if they had joined and described themselves long ago."""
    with deps.storage.begin() as work:
        for chat in chats:
            sector, function = SECTORS[chat % len(SECTORS)]
            person = Person(id=deps.ids.new(), chat_id=chat, name=f"Lid {chat}", quiet=())
            work.people.add(person)
            work.people.add_membership(
                Membership(
                    id=deps.ids.new(),
                    person_id=person.id,
                    team_id=team_id,
                    role="member",
                    sector=sector,
                    function=function,
                    audience="practice",
                    tenure="long",
                    joined_on=date(2026, 9, 1),
                )
            )
        work.commit()
    return list(chats)
