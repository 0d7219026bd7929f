"""Months of two teams against a plain model: quiet times, pauses, snoozes, answers, closed days, holidays, restarts.

People come, leave one team or everything, move to the other team and come back. The clock jumps too, ahead and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.usecases.be_away import come_back, go_away
from bot.usecases.closed_days import choose_school_region, close_days, open_days_again
from bot.usecases.errors import NoLongerOpen
from bot.usecases.forget_me import forget_me
from bot.usecases.free_moments import PUT_OFF
from bot.usecases.leave_team import remove_now
from bot.usecases.make_team import make_team
from bot.usecases.move_member import move_member
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import release_due
from bot.usecases.send_due import lease_due, mark_sent, take_back_sends
from bot.usecases.set_own_quiet import clear_quiet, set_quiet_part, use_usual_week
from bot.usecases.set_schedule import set_school_holidays
from bot.usecases.set_team_quiet import WholeWeekQuiet, set_team_quiet
from bot.usecases.snooze import snooze
from bot.usecases.take_due import PROMPTS
from dialogues.rhythm.quiet import DAY_MINUTES, PARTS, SECTOR_DEFAULTS
from dialogues.rhythm.recurrence import WEEKDAYS
from dialogues.rhythm.snooze import Snooze
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, DAY, HOUR, copied, open_house

pytestmark = pytest.mark.thorough

TWIN = 4711
"""Does in everything as Anne, except that only Anne answers: their rows may never differ."""
FIRST, SECOND = CHANGING = (6001, 6002)
"""Come and go; the first is there when it begins."""

PUBLIC = {
    date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6),
    date(2027, 5, 17),
}  # fmt: skip
"""Weekdays on which nobody in the Netherlands is asked anything, as the almanac has them."""
MAY = (date(2027, 4, 24), date(2027, 5, 2))
SCHOOL = {
    "noord": ((date(2026, 12, 19), date(2027, 1, 3)), (date(2027, 2, 20), date(2027, 2, 28)), MAY),
    "midden": ((date(2026, 12, 19), date(2027, 1, 3)), (date(2027, 2, 20), date(2027, 2, 28)), MAY),
    "zuid": ((date(2026, 12, 19), date(2027, 1, 3)), (date(2027, 2, 13), date(2027, 2, 21)), MAY),
}
"""Christmas, spring and May without school, first and last day, as the ministry announced them."""

whose = st.sampled_from([(ANNE, TWIN), (BRAM,), (FIRST,)])
changing, team = st.sampled_from(CHANGING), st.integers(0, 1)
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
    st.tuples(st.just("close"), st.booleans(), st.sets(st.integers(0, 9), min_size=1)),
    st.tuples(st.just("open"), st.booleans()),
    st.tuples(st.just("region"), st.sampled_from(["", *SCHOOL])),
    st.tuples(st.just("school"), st.sampled_from(["skip", "ask"])),
    st.tuples(st.just("team_quiet"), st.sampled_from(WEEKDAYS), st.sampled_from(["", *PARTS])),
    st.tuples(st.just("advent")),
    st.tuples(st.just("clock"), st.sampled_from([-DAY, -HOUR, HOUR, DAY])),
    st.tuples(st.just("join"), changing, team),
    st.tuples(st.just("quit"), changing),
    st.tuples(st.just("stop"), st.sampled_from([*CHANGING, BRAM])),
    st.tuples(st.just("move"), changing),
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
        if local.weekday() > 4 or not 8 <= local.hour < 18 or local.date() in PUBLIC:
            return False
        if self.away_until is not None and local.date() < self.away_until:
            return False
        minute = local.hour * 60 + local.minute
        blocks = self.quiet.get(WEEKDAYS[local.weekday()], ())
        return promised or not any(start <= minute < end for start, end in blocks)


@dataclass
class Team:
    """What the coordinator chose for the team: days without questions, and minutes that are quiet, by weekday."""

    closed: dict[bool, set[date]] = field(default_factory=lambda: {True: set(), False: set()})
    """Of the whole area, and of the team alone."""
    region: str = ""
    school: str = "skip"
    quiet: dict[str, tuple[int, int]] = field(default_factory=dict)

    def may_ask(self, moment):
        local = moment.astimezone(AMSTERDAM)
        day, minute = local.date(), local.hour * 60 + local.minute
        start, end = self.quiet.get(WEEKDAYS[day.weekday()] if day.weekday() < 5 else "", (0, 0))
        holidays = SCHOOL.get(self.region, ()) if self.school == "skip" else ()
        in_holidays = any(first <= day <= last for first, last in holidays)
        return not in_holidays and not any(day in days for days in self.closed.values()) and not start <= minute < end


class Months:
    """The house and the model side by side."""

    def __init__(self, house, second):
        self.house = house
        self.teams = (house.team, second)
        self.lives = {chat: Life("wijkteam" if chat == BRAM else "jgz") for chat in (ANNE, TWIN, BRAM, FIRST)}
        """Whoever has not gone for good."""
        for life in self.lives.values():
            life.usual()
        self.places = {(chat, 0) for chat in self.lives} | {(BRAM, 1)}
        """Who is in which team now."""
        self.rosters: dict[str, set[int]] = {}
        """Who was in the team when a round opened, by round."""
        self.promises: dict[str, datetime] = {}
        """When the question of a round that Bram put off comes back, at the earliest."""
        self.sent: dict[tuple[int, str, str], list] = {}
        self.days: set[tuple[int, date]] = set()
        self.newest: dict[int, datetime] = {}
        """When each was last asked something, by chat: what came on the same day waits until that hour of the next."""
        self.numbers = count(1)
        self.team = Team()
        self.furthest = house.clock.moment
        """The latest the clock has ever been: what was put off then may wait for that moment once more."""

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

    def do_clock(self, span):
        self.house.clock.pass_(span)

    def do_advent(self):
        """The last Thursday before the Christmas holidays, if that is still to come."""
        self.house.clock.moment = max(self.house.clock.moment, datetime(2026, 12, 17, 10, 0, tzinfo=AMSTERDAM))

    def do_close(self, whole_area, offsets):
        days = {self.house.deps.today() + timedelta(days=each) for each in offsets}
        days = {day for day in days if day.weekday() < 5}
        if days:
            events = "".join(
                f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\nEND:VEVENT\r\n" for day in days
            )
            content = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()
            close_days(self.house.deps, **self.coordinating(whole_area), content=content)
            self.team.closed[whole_area] = days

    def do_open(self, whole_area):
        open_days_again(self.house.deps, **self.coordinating(whole_area))
        self.team.closed[whole_area] = set()

    def do_region(self, region):
        choose_school_region(self.house.deps, chat_id=COORDINATOR, area_id=self.area_id, region=region)
        self.team.region = region

    def do_school(self, choice):
        set_school_holidays(self.house.deps, chat_id=COORDINATOR, team_id=self.house.team_id, choice=choice)
        self.team.school = choice

    def do_team_quiet(self, weekday, part):
        try:
            set_team_quiet(self.house.deps, chat_id=COORDINATOR, team_id=self.house.team_id, weekday=weekday, part=part)
        except WholeWeekQuiet:
            return
        self.team.quiet[weekday] = PARTS[part] if part else (0, 0)

    @property
    def area_id(self):
        return self.house.team.area_id

    def coordinating(self, whole_area):
        return {
            "chat_id": COORDINATOR,
            "area_id": self.area_id,
            "team_id": "" if whole_area else self.house.team_id,
        }

    def do_quiet(self, chats, weekday, part):
        for chat in self.there(chats):
            set_quiet_part(self.house.deps, chat_id=chat, weekday=weekday, part=part)
            self.lives[chat].quiet[weekday] = [PARTS[part]] if part else []

    def do_usual(self, chats):
        for chat in self.there(chats):
            use_usual_week(self.house.deps, chat_id=chat)
            self.lives[chat].usual()

    def do_clear(self, chats):
        for chat in self.there(chats):
            clear_quiet(self.house.deps, chat_id=chat)
            self.lives[chat].quiet = {}

    def do_pause(self, chats, days):
        until = self.house.deps.today() + timedelta(days=days)
        for chat in self.there(chats):
            go_away(self.house.deps, chat_id=chat, until=until)
            self.lives[chat].away_until = until

    def do_resume(self, chats):
        for chat in self.there(chats):
            come_back(self.house.deps, chat_id=chat)
            self.lives[chat].away_until = None

    def there(self, chats):
        """Those who did not go for good."""
        return [chat for chat in chats if chat in self.lives]

    def do_join(self, chat, team):
        if any((chat, each) in self.places for each in (0, 1)):
            return
        house = self.house
        joined = house.join(chat, house.token(team=self.teams[team]))
        house.memberships[chat] = joined.membership_id
        house.describe(chat, sector="jgz", function="youth_nurse", tenure="short")
        if chat not in self.lives:
            self.lives[chat] = Life("jgz")
            self.lives[chat].usual()
        self.places.add((chat, team))

    def do_stop(self, chat):
        """Everything about them goes; whoever comes back later is new."""
        if chat in self.lives:
            forget_me(self.house.deps, chat_id=chat)
            del self.lives[chat]
            self.places -= {(chat, 0), (chat, 1)}
            self.sent = {key: days for key, days in self.sent.items() if key[0] != chat}
            self.days = {(each, day) for each, day in self.days if each != chat}
            self.newest.pop(chat, None)
            for roster in self.rosters.values():
                roster.discard(chat)

    def do_quit(self, chat):
        if place := self.place(chat):
            remove_now(self.house.deps, chat_id=COORDINATOR, membership_id=place.id)
            self.places -= {(chat, 0), (chat, 1)}

    def do_move(self, chat):
        if place := self.place(chat):
            team = 1 if (chat, 0) in self.places else 0
            move_member(self.house.deps, chat_id=COORDINATOR, membership_id=place.id, to_team_id=self.teams[team].id)
            self.places = self.places - {(chat, 1 - team)} | {(chat, team)}

    def place(self, chat):
        """The membership of one of those who change; None when they have none."""
        person = self.house.person(chat)
        return next(iter(self.house.read(lambda work: work.people.memberships(person.id))), None) if person else None

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
        assert self.team.may_ask(back)
        self.promises[about.id] = back

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
        changed = bool(open_due_rounds(deps))
        if changed:
            self.who_is_asked_is_known()
        while batch := lease_due(deps, limit=9):
            changed = True
            for sending in batch:
                self.hears(sending)
                mark_sent(deps, delivery_id=sending.delivery_id)
        self.nobody_was_forgotten()
        if changed:
            self.rows_do_not_tell()

    def who_is_asked_is_known(self):
        """From its opening on a round asks those who are in the team at that moment, and nobody else."""
        for number, team in enumerate(self.teams):
            for about in self.house.read(lambda work, team=team: work.rounds.open_of(team.id)):
                self.rosters.setdefault(about.id, {chat for chat, place in self.places if place == number})

    def hears(self, sending):
        now, chat = self.house.clock.now(), sending.chat_id
        row = self.house.read(lambda work: work.deliveries.get(sending.delivery_id))
        if chat in CHANGING or chat == BRAM:
            assert chat in self.lives, (chat, row.kind, "is gone")
        if chat not in self.lives or row.kind not in PROMPTS | {"reminder"}:
            return
        promised = PUT_OFF in row.key
        assert self.lives[chat].may_hear(now, promised=promised), (chat, now, row.kind)
        if row.kind in {"prompt", "reminder"}:
            assert chat in self.rosters.get(row.subject, self.lives), (chat, now, "came later")
            if self.house.read(lambda work: work.rounds.get(row.subject)).team_id == self.house.team_id:
                assert promised or self.team.may_ask(now), (chat, now, row.kind)
        if promised:
            assert row.subject in self.promises, "a promise twice, or of nobody"
            assert now >= self.promises.pop(row.subject)
            return
        today = now.astimezone(AMSTERDAM).date()
        got = self.sent.setdefault((chat, row.key, row.kind), [])
        assert not got, "twice"
        got.append(today)
        if row.kind == "reminder":
            assert self.asked(chat, row.subject)[0] < today, "on the day of its prompt"
        else:
            assert (chat, today) not in self.days
            self.days.add((chat, today))
            self.newest[chat] = now
            self.sent[chat, row.subject, row.kind] = got

    def asked(self, chat, round_id):
        """On which day somebody was first asked in a round."""
        return self.sent.get((chat, round_id, "prompt"))

    def nobody_was_forgotten(self):
        """Whoever may be asked now, in a round that is open, was asked by now; and no promise is left."""
        about, now = self.open_round(), self.house.clock.now()
        in_order = now >= self.furthest
        self.furthest = max(self.furthest, now)
        if about is None or not in_order:
            return
        promise = self.promises.get(about.id)
        assert promise is None or now < promise or not self.hears_promises(now), "a promise was not kept"
        if self.team.may_ask(now):
            self.all_were_asked(about, now)

    def hears_promises(self, now):
        return BRAM in self.lives and self.lives[BRAM].may_hear(now, promised=True)

    def all_were_asked(self, about, now):
        today = self.house.deps.today()
        for chat in self.rosters.get(about.id, ()):
            if (chat, 0) in self.places and self.lives[chat].may_hear(now):
                waits = (chat, today) in self.days or (chat in self.newest and now < self.newest[chat] + DAY)
                assert self.asked(chat, about.id) or waits, (chat, now)

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
    """Begins a run: a team of four that is asked every week; one of them is in a second such team too."""
    model = copied(model_house, tmp_path_factory.mktemp("months"))
    second = make_team(model.deps, chat_id=COORDINATOR, area_id=model.area_id, name="Zuid", team_label="het wijkteam")
    model.member(TWIN, any_time=False)
    model.member(FIRST, any_time=False)
    twice = model.join(BRAM, model.token(team=second)).membership_id
    with model.storage.begin() as work:
        work.people.describe(twice, sector="wijkteam", function="team_worker", audience="practice", tenure="long")
        work.commit()
    for chat in (ANNE, BRAM):
        model.quiet(chat, None)
    model.stock(40)
    model.rhythm(rhythm="intensive", team=second)
    model.clock.moment = model.rhythm(rhythm="intensive")
    model.storage.checkpoint()
    model.storage.engine.dispose()

    def run():
        house = copied(model, tmp_path_factory.mktemp("run"))
        house.clock.moment = model.clock.moment
        return Months(house, second)

    return run


WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A plan is short enough to read as it is, and making it shorter takes minutes."""


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=WITHOUT_SHRINKING)
@given(plan=st.lists(actions, min_size=8, max_size=20))
@example(plan=[("jump", 3), ("answer",), ("jump", 1)])
@example(plan=[("answer",), ("pass", 24 * 6)])
@example(plan=[("quit", FIRST), ("quiet", (FIRST,), "friday", "ochtend"), ("pass", 5)])
@example(plan=[("close", True, {0, 1}), ("pass", 5), ("open", True), ("pass", 4)])
@example(plan=[("advent",), ("region", "noord"), ("pass", 24 * 6), ("region", ""), ("pass", 24), ("clock", -DAY)])
@example(plan=[("pass", 24), ("clock", -DAY), ("clock", -HOUR), ("pass", 24 * 9), ("clock", DAY), ("pass", 24)])
@example(plan=[("pass", 2), ("join", SECOND, 1), ("move", SECOND), ("jump", 5), ("stop", FIRST), ("jump", 9)])
@example(
    plan=[
        ("pass", 25),
        ("snooze", Snooze.LATER_TODAY),
        ("pause", (BRAM,), 3),
        ("resume", (BRAM,)),
        ("quit", FIRST),
        ("pass", 10),
        ("join", FIRST, 1),
        ("jump", 6),
        ("jump", 1),
    ]
)
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
