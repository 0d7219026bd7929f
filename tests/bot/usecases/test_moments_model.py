"""Months of a team with random quiet times, pauses, snoozes, answers, restarts and jumps, against a plain model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.usecases.be_away import come_back, go_away
from bot.usecases.errors import NoLongerOpen
from bot.usecases.free_moments import PUT_OFF
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import release_due
from bot.usecases.send_due import lease_due, mark_sent, take_back_sends
from bot.usecases.set_own_quiet import clear_quiet, set_quiet_part, use_usual_week
from bot.usecases.snooze import snooze
from dialogues.rhythm.quiet import DAY_MINUTES, PARTS, SECTOR_DEFAULTS
from dialogues.rhythm.recurrence import WEEKDAYS
from dialogues.rhythm.snooze import Snooze
from tests.support.house import AMSTERDAM, ANNE, BRAM, DAY, HOUR, OTHER_COORDINATOR, copied, open_house

TWIN = 4711
"""Does in everything as Anne, except that only Anne answers: their rows may never differ."""
CHATS = (ANNE, TWIN, BRAM)

whose = st.sampled_from([(ANNE, TWIN), (BRAM,)])
actions = st.one_of(
    st.tuples(st.just("pass"), st.integers(1, 24)),
    st.tuples(st.just("jump"), st.integers(1, 9)),
    st.tuples(st.just("quiet"), whose, st.sampled_from(WEEKDAYS), st.sampled_from(["", *PARTS])),
    st.tuples(st.just("usual"), whose),
    st.tuples(st.just("clear"), whose),
    st.tuples(st.just("pause"), whose, st.integers(1, 20)),
    st.tuples(st.just("resume"), whose),
    st.tuples(st.just("snooze"), st.sampled_from(list(Snooze))),
    st.tuples(st.just("answer")),
    st.tuples(st.just("crash"), st.integers(1, 3)),
)


@dataclass
class Life:
    """What one person chose, without any help of the product: minutes that are quiet, by weekday."""

    sector: str
    quiet: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    away_until: date | None = None

    def usual(self):
        self.quiet = {}
        for block in SECTOR_DEFAULTS.get(self.sector, ()):
            self.quiet.setdefault(block.weekday, []).append((block.start, block.end))

    def may_hear(self, moment, *, promised=False):
        local = moment.astimezone(AMSTERDAM)
        if local.weekday() > 4 or not 8 <= local.hour < 18:
            return False
        if self.away_until is not None and local.date() < self.away_until:
            return False
        minute = local.hour * 60 + local.minute
        blocks = self.quiet.get(WEEKDAYS[local.weekday()], ())
        return promised or not any(start <= minute < end for start, end in blocks)


class Months:
    """The house and the model side by side."""

    def __init__(self, house):
        self.house = house
        self.lives = {chat: Life(sector) for chat, sector in ((ANNE, "jgz"), (TWIN, "jgz"), (BRAM, "wijkteam"))}
        for life in self.lives.values():
            life.usual()
        self.sent: dict[tuple[int, str, str], list] = {}
        self.days: set[tuple[int, date]] = set()
        self.numbers = count(1)

    def do(self, action):
        name, *rest = action
        getattr(self, f"do_{name}")(*rest)
        self.tick()

    def do_pass(self, hours):
        for _ in range(hours):
            self.house.clock.pass_(HOUR)
            self.tick()

    def do_jump(self, days):
        self.house.clock.pass_(days * DAY)

    def do_quiet(self, chats, weekday, part):
        for chat in chats:
            set_quiet_part(self.house.deps, chat_id=chat, weekday=weekday, part=part)
            self.lives[chat].quiet[weekday] = [PARTS[part]] if part else []

    def do_usual(self, chats):
        for chat in chats:
            use_usual_week(self.house.deps, chat_id=chat)
            self.lives[chat].usual()

    def do_clear(self, chats):
        for chat in chats:
            clear_quiet(self.house.deps, chat_id=chat)
            self.lives[chat].quiet = {}

    def do_pause(self, chats, days):
        until = self.house.deps.today() + timedelta(days=days)
        for chat in chats:
            go_away(self.house.deps, chat_id=chat, until=until)
            self.lives[chat].away_until = until

    def do_resume(self, chats):
        for chat in chats:
            come_back(self.house.deps, chat_id=chat)
            self.lives[chat].away_until = None

    def do_snooze(self, choice):
        about = self.open_round()
        if about is None or (BRAM, about.id, "prompt") not in self.sent:
            return
        try:
            back = snooze(
                self.house.deps, chat_id=BRAM, round_id=about.id, message_id=next(self.numbers), choice=choice
            )
        except NoLongerOpen:
            return
        assert self.house.clock.now() < back < about.closes_at
        assert self.lives[BRAM].may_hear(back)

    def do_answer(self):
        about = self.open_round()
        if about is not None:
            self.house.answer(ANNE, about.id)

    def do_crash(self, taken):
        """Some rows were taken and nothing was sent; another process begins where that one stopped."""
        lease_due(self.house.deps, limit=taken)
        self.house.storage.sender.release()
        self.house.storage.engine.dispose()
        again = open_house(self.house.folder)
        again.clock.moment = self.house.clock.moment
        again.team, again.memberships = self.house.team, self.house.memberships
        self.house = again
        assert take_back_sends(again.deps)

    def open_round(self):
        found = self.house.read(lambda work: work.rounds.latest(self.house.team_id))
        is_open = found is not None and found.number > 0 and found.closes_at > self.house.clock.now()
        return found if is_open else None

    def tick(self):
        """What the bot does every minute; then everything is looked at."""
        deps = self.house.deps
        release_due(deps)
        open_due_rounds(deps)
        while batch := lease_due(deps, limit=2):
            for sending in batch:
                self.hears(sending)
                mark_sent(deps, delivery_id=sending.delivery_id)
        self.nobody_was_forgotten()
        self.rows_do_not_tell()

    def hears(self, sending):
        now, chat = self.house.clock.now(), sending.chat_id
        row = self.house.read(lambda work: work.deliveries.get(sending.delivery_id))
        if chat not in self.lives or row.kind not in {"prompt", "reminder"}:
            return
        promised = PUT_OFF in row.key
        assert self.lives[chat].may_hear(now, promised=promised), (chat, now, row.kind)
        today = now.astimezone(AMSTERDAM).date()
        if promised:
            return
        got = self.sent.setdefault((chat, row.subject, row.kind), [])
        assert not got, "twice"
        got.append(today)
        if row.kind == "prompt":
            assert (chat, today) not in self.days
            self.days.add((chat, today))
        else:
            assert self.sent[chat, row.subject, "prompt"][0] < today, "on the day of its prompt"

    def nobody_was_forgotten(self):
        """Whoever may be asked now, in a round that is open, was asked by now."""
        about = self.open_round()
        for chat in CHATS if about is not None else ():
            if self.lives[chat].may_hear(self.house.clock.now()):
                today = self.house.deps.today()
                asked = self.sent.get((chat, about.id, "prompt"))
                assert asked or (chat, today) in self.days, (chat, self.house.clock.now())

    def rows_do_not_tell(self):
        """Anne answers and her twin does not: every column of their rows is the same."""
        mine, twin = (self.house.person(chat).id for chat in (ANNE, TWIN))
        assert self.rows_of(mine) == self.rows_of(twin)

    def rows_of(self, person_id):
        query = (
            "SELECT kind, subject, state, attempts, due_at, valid_until, lease_until, finished_at FROM delivery "
            "WHERE person_id = ? AND kind IN ('prompt', 'reminder') ORDER BY kind, subject"
        )
        return self.house.rows(query, person_id)


@pytest.fixture(scope="module")
def begin(tmp_path_factory, model_house):
    """Begins a run: a team of three that is asked every week; one of them is in a second such team."""
    model = copied(model_house, tmp_path_factory.mktemp("months"))
    model.member(TWIN, any_time=False)
    model.join(BRAM, model.token(team=model.other_team, by=OTHER_COORDINATOR))
    with model.storage.begin() as work:
        bram = work.people.by_chat(BRAM)
        second = next(each for each in work.people.memberships(bram.id) if each.team_id == model.other_team.id)
        work.people.describe(second.id, sector="wijkteam", function="team_worker", audience="practice", tenure="long")
        work.commit()
    for chat in (ANNE, BRAM):
        model.quiet(chat, None)
    model.stock(40)
    model.rhythm(rhythm="intensive", team=model.other_team)
    model.clock.moment = model.rhythm(rhythm="intensive")
    model.storage.checkpoint()
    model.storage.engine.dispose()

    def run():
        house = copied(model, tmp_path_factory.mktemp("run"))
        house.clock.moment = model.clock.moment
        return Months(house)

    return run


WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A plan is short enough to read as it is, and making it shorter takes minutes."""


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=WITHOUT_SHRINKING)
@given(plan=st.lists(actions, min_size=8, max_size=20))
@example(plan=[("answer",), ("pass", 24 * 6)])
def test_every_moment_fits_and_nobody_is_forgotten(begin, plan):
    """Never outside what a person allows, never two a day, each prompt that had a free moment once, and equal rows."""
    months = begin()
    months.tick()
    for action in plan:
        months.do(action)
    months.house.storage.engine.dispose()


def test_the_model_knows_a_quiet_moment_when_it_sees_one():
    """Half past nine on a Tuesday in the consultation hours, half past twelve between them, and away."""
    life = Life("jgz")
    life.usual()
    tuesday = date(2026, 11, 3)
    at = lambda hours, minutes: datetime_of(tuesday, hours, minutes)  # noqa: E731 - a word for one test
    assert not life.may_hear(at(9, 30))
    assert life.may_hear(at(9, 30), promised=True)
    assert life.may_hear(at(12, 30))
    life.away_until = tuesday + DAY
    assert not life.may_hear(at(12, 30), promised=True)
    assert PARTS["hele dag"] == (0, DAY_MINUTES)


def datetime_of(day, hours, minutes):
    return datetime.combine(day, time(hours, minutes), AMSTERDAM)
