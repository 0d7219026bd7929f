"""A whole house on a temporary SQLite file: use cases, a clock that is set by hand, and a standing cast."""

from __future__ import annotations

import filecmp
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.ports import RandomIds
from bot.usecases.answer_step import answer_step
from bot.usecases.answering import DialogueView, slots_of
from bot.usecases.asked import audience_of
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.deps import Deps
from bot.usecases.describe_member import describe_member
from bot.usecases.due_message import Nothing
from bot.usecases.invite import invite_coordinator, invite_to_team
from bot.usecases.join_team import Joined, accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pooling import release_texts
from bot.usecases.release_round import release_due
from bot.usecases.send_due import Sending, lease_due, mark_sent
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from bot.usecases.start_dialogue import start_dialogue
from dialogues.conversation.inputs import DONE, STOP, Tap
from storage.envelopes import Payload, seal
from storage.keys import KeyFolder
from storage.people import Person
from storage.rounds import Round
from storage.teams import Team
from storage.work import Storage, Work
from tests.support.alike import open_alike
from tests.support.empty import put_empty_database
from tests.support.shipped import shipped

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
"""A Monday, nine o'clock in Amsterdam."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

COORDINATOR, LEAD, ANNE, BRAM, OUTSIDER = 101, 102, 201, 202, 301
"""Chats of the standing cast; the outsider is a member of a team in another area."""
OTHER_COORDINATOR, OTHER_LEAD = 111, 112
STRANGER = 999
"""A chat that nobody knows."""
MORE_MEMBERS = 1000
"""Chats of further members count up from here."""

FUNCTIONS = {"jgz": "youth_nurse", "wijkteam": "team_worker", "onderwijs": "teacher", "overig": "preschool_worker"}


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def pass_(self, span: timedelta) -> None:
        self.moment += span


def label_tap(view: DialogueView, starts: str) -> Tap:
    """The tap of the button whose label begins like this."""
    return next(button.tap for button in view.screen.buttons if button.label.startswith(starts))


@dataclass
class House:
    """Deps over real storage, with the moves that tests need often."""

    folder: Path
    deps: Deps
    clock: SetClock
    area_id: str = ""
    team: Team | None = None
    other_team: Team | None = None
    memberships: dict[int, str] = field(default_factory=dict)
    """Chat → membership id."""
    messages: int = 5000
    """Number of the last message in any chat."""
    model: House | None = None
    """The house that this one began as a copy of."""

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001 - hypothesis calls it so
        """Be short where Hypothesis tells of an example: else it writes out every dialogue."""
        printer.text(f"House({str(self.folder)!r})")

    @property
    def storage(self) -> Storage:
        return self.deps.storage

    @property
    def team_id(self) -> str:
        assert self.team is not None
        return self.team.id

    @property
    def database(self) -> Path:
        return self.folder / "data" / "house.db"

    def message(self) -> int:
        """A fresh message id."""
        self.messages += 1
        return self.messages

    def stock(self, number: int) -> None:
        """Put this many key pairs in stock."""
        with self.storage.begin() as work:
            for _ in range(number):
                key_id = self.deps.ids.new()
                work.keys.add(key_id, self.storage.keys.make(key_id))
            work.commit()

    def read(self, look: Callable[[Work], object]):
        """What one look at the database gives."""
        with self.storage.begin() as work:
            return look(work)

    def rows(self, query: str, *values: object) -> list[tuple]:
        """Raw rows, past the repositories."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query, values).fetchall()

    def everything(self) -> dict[str, list[tuple]]:
        """All rows of all tables, to compare two moments."""
        with closing(sqlite3.connect(self.database)) as connection:
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for (name,) in named}  # noqa: S608 - our own table names

    def person(self, chat_id: int) -> Person | None:
        return self.read(lambda work: work.people.by_chat(chat_id))

    @property
    def is_untouched(self) -> bool:
        """Whether this is still what its model was: clock, keys, database, and nothing written beside it."""
        log = self.database.with_name("house.db-wal")
        return (
            self.model is not None
            and self.clock.moment == self.model.clock.moment
            and not (log.exists() and log.stat().st_size)
            and filecmp.cmp(self.database, self.model.database, shallow=False)
            and self._keys() == self.model._keys()
        )

    def _keys(self) -> set[Path]:
        keys = self.folder / "keys"
        return {path.relative_to(keys) for path in keys.rglob("*")}

    def close_up(self) -> None:
        """Close the database with all that is in it, so that its folder can be copied."""
        self.storage.checkpoint()
        self.storage.engine.dispose()

    def become(self, model: House) -> None:
        """Begin as this closed model was, whatever was here before."""
        self.storage.engine.dispose()
        for part in ("data", "keys"):
            shutil.rmtree(self.folder / part)
        shutil.copytree(model.folder, self.folder, dirs_exist_ok=True)
        self.take_after(model)

    def take_after(self, model: House) -> None:
        """Know what the model knew, whose files lie here."""
        self.model = model
        self.area_id, self.team, self.other_team = model.area_id, model.team, model.other_team
        self.memberships, self.messages = dict(model.memberships), model.messages
        self.clock.moment = model.clock.moment
        self.storage.tidied_on = model.storage.tidied_on

    # --- people

    def furnish(self) -> House:
        """Two areas with a team each: a coordinator, a lead and two described members here, an outsider there."""
        self.stock(4)
        here = self.join(COORDINATOR, invite_coordinator(self.deps, area_name="Noord", municipality="Noordstad").token)
        there = self.join(
            OTHER_COORDINATOR, invite_coordinator(self.deps, area_name="Zuid", municipality="Zuidstad").token
        )
        self.area_id = here.area.id
        self.team = make_team(
            self.deps, chat_id=COORDINATOR, area_id=here.area.id, name="Samen in Noord", team_label="het buurtteam"
        )
        self.other_team = make_team(
            self.deps, chat_id=OTHER_COORDINATOR, area_id=there.area.id, name="Zuid", team_label="het wijkteam"
        )
        self.invite(LEAD, kind="lead")
        self.invite(OTHER_LEAD, kind="lead", team=self.other_team, by=OTHER_COORDINATOR)
        self.member(ANNE)
        self.member(BRAM, sector="wijkteam")
        self.member(OUTSIDER, team=self.other_team, by=OTHER_COORDINATOR)
        return self

    def join(self, chat_id: int, token: str, *, name: str = "") -> Joined:
        return accept_invitation(self.deps, chat_id=chat_id, name=name or f"Naam {chat_id}", token=token)

    def token(self, *, kind: str = "member", team: Team | None = None, by: int = COORDINATOR) -> str:
        """A fresh invitation to a team."""
        return invite_to_team(self.deps, chat_id=by, team_id=(team or self.team).id, kind=kind).token

    def invite(
        self, chat_id: int, *, kind: str = "member", team: Team | None = None, by: int = COORDINATOR, name: str = ""
    ) -> Joined:
        """Invite and accept; an undescribed member, or a lead."""
        joined = self.join(chat_id, self.token(kind=kind, team=team, by=by), name=name)
        self.memberships[chat_id] = joined.membership_id
        return joined

    def describe(self, chat_id: int, **facts: str) -> None:
        """Tell some facts about a member, in the order given."""
        for name, value in facts.items():
            describe_member(
                self.deps, chat_id=chat_id, membership_id=self.memberships[chat_id], field=name, value=value
            )

    def member(
        self,
        chat_id: int,
        *,
        sector: str = "jgz",
        function: str = "",
        team: Team | None = None,
        by: int = COORDINATOR,
        any_time: bool = True,
    ) -> int:
        """A member of whom everything is known, and who may be asked any time, unless the sector's week holds."""
        self.invite(chat_id, team=team, by=by)
        self.describe(chat_id, sector=sector, function=function or FUNCTIONS[sector], tenure="long")
        if any_time:
            self.quiet(chat_id, ())
        return chat_id

    def quiet(self, chat_id: int, blocks: tuple[str, ...] | None) -> None:
        """Choose somebody's quiet times; None: the usual week of their sector."""
        with self.storage.begin() as work:
            work.people.set_quiet(work.people.by_chat(chat_id).id, blocks)
            work.commit()

    def members(self, number: int) -> tuple[int, ...]:
        """Make the team this many described members, Anne and Bram included; their chats."""
        sectors = ("onderwijs", "jgz", "wijkteam")
        more = range(MORE_MEMBERS, MORE_MEMBERS + number - 2)
        return (ANNE, BRAM, *(self.member(chat_id, sector=sectors[chat_id % 3]) for chat_id in more))

    # --- rounds

    def rhythm(self, element: str = "trust", *, rhythm: str = "normal", team: Team | None = None) -> datetime:
        """Choose the first topic and Tuesdays at half past eight; when the first round is due."""
        chosen_team = team or self.team
        team_id = chosen_team.id
        by = COORDINATOR if chosen_team.area_id == self.area_id else OTHER_COORDINATOR
        put_first(self.deps, chat_id=by, team_id=team_id, element=element)
        chosen = set_rhythm(
            self.deps, chat_id=by, team_id=team_id, rhythm=rhythm, weekday="tuesday", minute=8 * 60 + 30
        )
        assert chosen.next_due_at is not None
        return chosen.next_due_at

    def open_round(self, element: str = "trust") -> Round:
        """Choose the rhythm, go to the moment it is due, and open the team's round about this element.

        Once a quarter the family goes first, and so does what waits for its second chance; this one comes after.
        """
        self.clock.moment = self.rhythm(element)
        open_due_rounds(self.deps)
        found = self.read(lambda work: work.rounds.latest(self.team_id))
        while found.element != element:
            self.stock(1)
            self.close(found)
            found = self.next_round()
        return found

    def next_round(self) -> Round:
        """Go to the next moment that is due, and open the team's round."""
        due = self.read(lambda work: work.schedules.get(self.team_id)).next_due_at
        self.clock.moment = max(self.clock.moment, due)
        open_due_rounds(self.deps)
        return self.read(lambda work: work.rounds.latest(self.team_id))

    def start_round(self) -> Round:
        """The team's round 0."""
        found = self.read(lambda work: work.rounds.numbered(self.team_id, 0))
        assert found is not None
        return found

    def round(self, round_id: str) -> Round:
        return self.read(lambda work: work.rounds.get(round_id))

    def start(self, chat_id: int, round_id: str, *, message_id: int = 0) -> DialogueView:
        return start_dialogue(self.deps, chat_id=chat_id, round_id=round_id, message_id=message_id or self.message())

    def tap(self, chat_id: int, view: DialogueView, starts: str) -> DialogueView:
        """Tap the button whose label begins like this."""
        return self.give(chat_id, view, label_tap(view, starts))

    def give(self, chat_id: int, view: DialogueView, tap: Tap) -> DialogueView:
        return answer_step(self.deps, chat_id=chat_id, round_id=view.round_id, message_id=view.message_id, tap=tap)

    def answer(self, chat_id: int, round_id: str, score: str = "4") -> DialogueView:
        """Start, score the statement, and stop: the shortest dialogue that counts."""
        view = self.tap(chat_id, self.start(chat_id, round_id), score)
        stop = next(button.tap for button in view.screen.buttons if button.tap.choice == STOP)
        return self.give(chat_id, view, stop)

    def answer_closing(self, chat_id: int, round_id: str, top3: tuple[str, str, str], *, stronger: str = "") -> None:
        """Choose a top 3 by the beginnings of its labels, and perhaps what should become stronger; then stop."""
        view = self.start(chat_id, round_id)
        for label in top3:
            view = self.tap(chat_id, view, label)
        done = [button.tap for button in view.screen.buttons if button.tap.choice == DONE]
        view = self.give(chat_id, view, done[0]) if done else view
        if stronger:
            view = self.tap(chat_id, view, stronger)
        stop = next(button.tap for button in view.screen.buttons if button.tap.choice == STOP)
        self.give(chat_id, view, stop)

    def seal(self, chat_id: int, about: Round, **answers: tuple[str, ...]) -> None:
        """What a dialogue with these answers leaves behind: one envelope, without the taps that lead to it."""
        person, definition = self.person(chat_id), self.deps.library.get(about.element)
        with self.storage.begin() as work:
            before = work.rounds.get(about.predecessor_id) if about.predecessor_id else None
            payload = Payload(
                dialogue=definition.id,
                version=definition.version,
                audience=str(audience_of(work.teams.get(about.team_id))),
                sector=work.rounds.sector_of(about.id, person.id),
                answers=answers,
                instead_of=slots_of(self.deps, before, person.id)[0].hex() if before else "",
            )
            slot = slots_of(self.deps, about, person.id)[0]
            work.answers.put(about.id, slot=slot, sealed=seal(payload, public_key=about.public_key))
            work.commit()

    def close(self, about: Round) -> str:
        """Go past the close and release; the state it ended in."""
        self.clock.moment = max(self.clock.moment, about.closes_at)
        release_due(self.deps)
        return self.round(about.id).state

    def answered(self, chats: Iterable[int], about: Round, score: str = "4") -> str:
        """Everybody gives the shortest dialogue, and the round closes; the state it ended in."""
        for chat_id in chats:
            self.answer(chat_id, about.id, score)
        return self.close(about)

    def first_maandbeeld(self) -> str:
        """The maandbeeld of a team of six after one round about trust; its id."""
        self.stock(10)
        chats = self.members(6)
        self.answered(chats, self.open_round())
        return self.maandbeeld()

    def maandbeeld(self) -> str:
        """Go to the moment of the next maandbeeld and compose; its id, '' when none was made."""
        schedule = self.read(lambda work: work.schedules.get(self.team_id))
        before = self.read(lambda work: work.maandbeelden.of_team(self.team_id))
        self.clock.moment = max(self.clock.moment, schedule.maandbeeld_due_at)
        release_texts(self.deps)
        compose_due_maandbeelden(self.deps)
        after = self.read(lambda work: work.maandbeelden.of_team(self.team_id))
        return next((each.id for each in after if each not in before), "")

    def send(self, *, limit: int = 100) -> tuple[Sending, ...]:
        """Send all that is due, as an outbox whose messages all arrive; what had words in it."""
        sent: list[Sending] = []
        while batch := lease_due(self.deps, limit=limit):
            for sending in batch:
                mark_sent(self.deps, delivery_id=sending.delivery_id)
            sent += batch
        return tuple(each for each in sent if not isinstance(each.message, Nothing))

    def deliveries(self, kind: str, subject: str):
        return self.read(lambda work: work.deliveries.for_subject(subject, kind))


def open_house(folder: Path, *, new: bool = False, address: str = "") -> House:
    """The house whose database and keys lie in this folder, or a new one with nobody in it.

    With an ``address`` its database is there, with the tables in it, and only the keys lie in the folder.
    """
    database = folder / "data" / "house.db"
    if new and not address:
        put_empty_database(database)
    engine = open_alike(address or f"sqlite:///{database}")
    keys = KeyFolder(folder / "keys")
    keys.create()
    clock = SetClock()
    deps = Deps(storage=Storage(engine, keys), library=shipped(), clock=clock, ids=RandomIds(), zone=AMSTERDAM)
    return House(folder=folder, deps=deps, clock=clock)


def furnished(folder: Path) -> House:
    """A furnished house to copy, with its database closed: furnishing takes longer than most tests."""
    house = open_house(folder, new=True).furnish()
    house.close_up()
    return house


def copied(model: House, folder: Path) -> House:
    """A house of its own that begins as the model was."""
    shutil.copytree(model.folder, folder, dirs_exist_ok=True)
    house = open_house(folder)
    house.take_after(model)
    return house
