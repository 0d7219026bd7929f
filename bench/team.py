"""A team on real storage, and a player who answers its dialogues."""

from __future__ import annotations

import time
from datetime import datetime

from bot.usecases.answer_step import answer_step
from bot.usecases.deps import Deps
from bot.usecases.describe_member import describe_member
from bot.usecases.invite import invite_coordinator, invite_to_team
from bot.usecases.join_team import accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from bot.usecases.start_dialogue import start_dialogue
from dialogues.conversation.inputs import DONE, SKIP, Tap
from dialogues.conversation.screens import Screen
from dialogues.insight.maandbeeld import Maandbeeld

COORDINATOR = 1
FIRST_MEMBER = 100
MESSAGE = 10
SECTORS = (("jgz", "youth_nurse"), ("wijkteam", "team_worker"), ("onderwijs", "teacher"))


class BenchClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to, aware UTC."""
        return self.moment


def make_team_of(deps: Deps, members: int) -> list[int]:
    """A team with a rhythm on Tuesday morning; returns the chats of its members."""
    coordinator = invite_coordinator(deps, area_name="Meetstad", municipality="Meetstad")
    area = accept_invitation(deps, chat_id=COORDINATOR, name="C", token=coordinator.token).area
    team = make_team(deps, chat_id=COORDINATOR, area_id=area.id, name="Team", team_label="het wijkteam")
    token = invite_to_team(deps, chat_id=COORDINATOR, team_id=team.id, kind="member").token
    chats = list(range(FIRST_MEMBER, FIRST_MEMBER + members))
    for chat in chats:
        joined = accept_invitation(deps, chat_id=chat, name=f"Lid {chat}", token=token)
        sector, function = SECTORS[chat % len(SECTORS)]
        for field, value in (("sector", sector), ("function", function), ("tenure", "long")):
            describe_member(deps, chat_id=chat, membership_id=joined.membership_id, field=field, value=value)
    put_first(deps, chat_id=COORDINATOR, team_id=team.id, element="trust")
    set_rhythm(deps, chat_id=COORDINATOR, team_id=team.id, rhythm="normal", weekday="tuesday", minute=510)
    return chats


def onward(screen: Screen) -> Tap:
    """The tap that brings a dialogue nearer to its end."""
    taps = [button.tap for button in screen.buttons]
    by_choice = {tap.choice: tap for tap in taps}
    return by_choice.get(DONE) or next((tap for tap in taps if tap.choice.isdecimal()), None) or by_choice[SKIP]


def open_round_of(deps: Deps, chat: int) -> str:
    """The open round of this chat that is not the start dialogue."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat)
        assert person is not None
        return next(each.id for each in work.rounds.open_for(person.id) if each.number > 0)


class Player:
    """Answers the newest open round of one chat, always by the first button that is an answer."""

    def __init__(self, deps: Deps, chat: int) -> None:
        self._deps = deps
        self._chat = chat

    def play(self) -> list[float]:
        """Play to the end; returns the seconds each tap took."""
        round_id = open_round_of(self._deps, self._chat)
        view = start_dialogue(self._deps, chat_id=self._chat, round_id=round_id, message_id=MESSAGE)
        spent = []
        while not view.ended:
            tap = onward(view.screen)
            start = time.perf_counter()
            view = answer_step(self._deps, chat_id=self._chat, round_id=round_id, message_id=MESSAGE, tap=tap)
            spent.append(time.perf_counter() - start)
        return spent


def first_maandbeeld(deps: Deps) -> Maandbeeld:
    """The maandbeeld that the team of the benchmark got."""
    with deps.storage.begin() as work:
        area = work.teams.areas()[0]
        record = work.maandbeelden.latest(work.teams.in_area(area.id)[0].id)
    assert record is not None
    return Maandbeeld.from_json(record.body)
