"""A year goes by: the product does what is due, people do what is like them, and all that leaves is looked at."""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final, TypeVar

from bench.school_year import AMSTERDAM, COORDINATOR, DAY, WHOLE_AREA, Group, Person, at_local, closed, go_away
from bench.team import BenchClock
from bot.sandbox.model import Button, SandboxUser
from bot.sandbox.temperaments import choose
from bot.ticking import TICKER
from bot.usecases.agree_action import LOOK_BACK_WEEKS, Agreeing, agree_action, decide_action
from bot.usecases.answer_step import answer_step
from bot.usecases.ask_to_decide import AskToDecide
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.deps import Deps
from bot.usecases.due_message import MaandbeeldMessage, PromptMessage
from bot.usecases.errors import Refusal
from bot.usecases.housekeeping import upcoming
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pause_schedule import pause, restart, stop
from bot.usecases.publish_participation import publish_due_participation
from bot.usecases.release_round import release_due
from bot.usecases.send_due import Sending, begin_sending, lease_due, mark_sent
from bot.usecases.share_maandbeeld import share_maandbeeld
from bot.usecases.snooze import snooze
from bot.usecases.start_dialogue import start_dialogue
from dialogues.conversation.way import Way
from dialogues.rhythm.checking import CHECK
from dialogues.rhythm.recurrence import Recurrence, Unit
from dialogues.rhythm.snooze import Snooze

TICKS: Final = (
    release_due,
    publish_due_participation,
    *TICKER,
)
"""What the ticker of the product does, in its order."""
Outcome = TypeVar("Outcome")
MINUTE: Final = timedelta(minutes=1)
START, END_OF_DAY = time(8), time(18)
SATURDAY: Final = 5
PUTS_OFF: Final = 0.2
STOPS_HALFWAY: Final = 0.1
MOST_TAPS: Final = 40
USUAL: Final = {"jgz": ((510, 735), (780, 975)), "onderwijs": ((510, 735), (780, 915))}
"""Usual consultation hours and lessons of who chose no quiet times, in minutes after midnight."""

ROUNDS, PROMPTS, REMINDERS, SNOOZES, ANSWERS, MAANDBEELDEN = (
    "rondes",
    "vragen",
    "herinneringen",
    "uitgesteld",
    "antwoorden",
    "maandbeelden",
)
STEPS, CHECKS, DECISIONS = "stappen", "vragen over een stap", "besluiten"
OUT_OF_HOURS, IN_HOLIDAYS, AT_REST, SECOND, BROKEN, ENDED, TOGETHER = (
    "buiten werktijd",
    "in vakantie",
    "in stille tijd",
    "tweede op een dag",
    "belofte gebroken",
    "over een stap die klaar is",
    "twee rondes van een team tegelijk",
)
MADE: Final = {open_due_rounds: ROUNDS, compose_due_maandbeelden: MAANDBEELDEN}
MUST_BE_NONE: Final = (OUT_OF_HOURS, IN_HOLIDAYS, AT_REST, SECOND, BROKEN, ENDED, TOGETHER)
"""What never happens: at a wrong moment, twice on a day, otherwise than was promised, or about what is over."""
WHAT_LEADS_DECIDE: Final = ("go_on", "go_on", "keep", "stop")


@dataclass(slots=True)
class Voice:
    """When one team was spoken to: the day of the first prompt of each round, and what explains a silence."""

    days: list[date] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    """Longest number of days between two openings of the rhythm, as it was then."""
    last_step: int = 0
    """The same, at the end."""
    rests: list[tuple[date, date]] = field(default_factory=list)
    """Pauses and stops: first day, and first day after."""


@dataclass(slots=True)
class Seen:
    """What was seen, by month."""

    months: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    voices: dict[str, Voice] = field(default_factory=lambda: defaultdict(Voice))
    ticks: int = 0


class Year:
    """An area through time. ``acts`` are what people and coordinator will do, in order of their moment."""

    def __init__(self, deps: Deps, clock: BenchClock, groups: list[Group], chance: random.Random) -> None:
        self.seen = Seen()
        self._deps, self._clock, self._chance = deps, clock, chance
        self._groups = {group.id: group for group in groups}
        self._people = {each.chat: each for group in groups for each in group.people.values()}
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._messages = count(1000)
        self._moods_of_leads = random.Random(len(groups))  # noqa: S311 - of their own, so that members do as they did
        self._heard: set[str] = set()
        self._prompted: set[tuple[int, date]] = set()
        self._promised: dict[tuple[int, str], datetime] = {}

    # What will happen

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Let somebody do something at a moment."""
        heapq.heappush(self._acts, (moment, next(self._order), act))

    def team_pauses(self, group: Group, since: date, until: date) -> None:
        """The coordinator pauses a team."""
        self.seen.voices[group.id].rests.append((since, until))
        self.at(
            at_local(since, 9),
            lambda: _done(pause(self._deps, chat_id=COORDINATOR, team_id=group.id, until=until)),
        )

    def team_stops(self, group: Group, since: date, until: date) -> None:
        """The coordinator stops a team, and starts it again later."""
        self.seen.voices[group.id].rests.append((since, until))
        here = {"chat_id": COORDINATOR, "team_id": group.id}
        self.at(at_local(since, 9), lambda: _done(stop(self._deps, **here, reason="busy")))
        self.at(at_local(until, 9), lambda: _done(restart(self._deps, **here)))

    def somebody_is_away(self, person: Person, since: date, back: date) -> None:
        """A member marks some weeks as away."""
        self.at(at_local(since, 7), lambda: go_away(self._deps, person, since=since, back=back))

    # Time

    def live(self, *, until: datetime) -> Seen:
        """Jump from one due moment to the next, with a tick every morning at least."""
        self._tick()
        ticked = self._clock.moment
        while self._clock.moment < until:
            planned = upcoming(self._deps).next or until
            morning = at_local(ticked.astimezone(AMSTERDAM).date() + DAY, 7)
            following = min(max(planned, ticked + MINUTE), morning, until)
            if self._acts and self._acts[0][0] <= following:
                moment, _, act = heapq.heappop(self._acts)
                self._clock.moment = max(moment, self._clock.moment)
                act()
            else:
                self._clock.moment = ticked = max(following, self._clock.moment)
                self._tick()
        with self._deps.storage.begin() as work:
            for team_id in self._groups:
                schedule = work.schedules.get(team_id)
                assert schedule is not None
                self.seen.voices[team_id].last_step = longest_step(schedule.recurrence)
        return self.seen

    def _tick(self) -> None:
        self.seen.ticks += 1
        for duty in TICKS:
            made = duty(self._deps)
            if duty in MADE:
                self._count(MADE[duty], int(made or 0))
        while batch := lease_due(self._deps, limit=100):
            for sending in batch:
                if begin_sending(self._deps, delivery_id=sending.delivery_id):
                    self._leaves(sending)
                    mark_sent(self._deps, delivery_id=sending.delivery_id)

    def _today(self) -> date:
        return self._clock.moment.astimezone(AMSTERDAM).date()

    def _count(self, what: str, number: int = 1) -> None:
        self.seen.months[f"{self._today():%Y-%m}"][what] += number

    # What leaves

    def _leaves(self, sending: Sending) -> None:
        local = self._clock.moment.astimezone(AMSTERDAM)
        working = (
            START <= local.time() < END_OF_DAY and local.weekday() < SATURDAY and not closed(local.date(), school=False)
        )
        message = sending.message
        if type(message).__name__ != "Nothing" and not working:
            self._count(OUT_OF_HOURS)
        if isinstance(message, PromptMessage):
            self._prompt_leaves(sending.chat_id, message)
        elif isinstance(message, MaandbeeldMessage) and message.for_lead:
            maandbeeld_id, lead = message.maandbeeld_id, sending.chat_id
            self.at(self._clock.moment + timedelta(hours=1), lambda: self._lead_reads(lead, maandbeeld_id))
        elif isinstance(message, AskToDecide):
            lead, agreeing = sending.chat_id, message.agreeing
            self.at(self._clock.moment + timedelta(hours=1), lambda: self._lead_decides(lead, agreeing))

    def _lead_reads(self, lead: int, maandbeeld_id: str) -> None:
        """Share it, and write down a step when the team has none."""
        here = {"chat_id": lead, "maandbeeld_id": maandbeeld_id}
        share_maandbeeld(self._deps, **here)
        with self._deps.storage.begin() as work:
            record = work.maandbeelden.get(maandbeeld_id)
            works_on = record is not None and work.improvement_actions.open_of(record.team_id) is not None
        weeks = self._moods_of_leads.choice(LOOK_BACK_WEEKS)
        if not works_on:
            agreed = _tried(lambda: agree_action(self._deps, **here, place="0", owner="samen", weeks=weeks))
            self._count(STEPS, int(agreed is not None))

    def _lead_decides(self, lead: int, agreeing: Agreeing) -> None:
        decision = self._moods_of_leads.choice(WHAT_LEADS_DECIDE)
        about = {"maandbeeld_id": agreeing.maandbeeld_id, "action_id": agreeing.open.id if agreeing.open else ""}
        decided = _tried(lambda: decide_action(self._deps, chat_id=lead, **about, decision=decision))
        self._count(DECISIONS, int(decided is not None))

    def _prompt_leaves(self, chat: int, message: PromptMessage) -> None:
        person, now, day = self._people[chat], self._clock.moment, self._today()
        group = self._group_of(message.round_id)
        self._count(REMINDERS if message.reminder else PROMPTS)
        self._looks_at_step(message.round_id)
        if closed(day, school=not group.plan.asks):
            self._count(IN_HOLIDAYS)
        if self._disturbs(person, group) or closed(day, school=person.sector == "onderwijs"):
            self._count(AT_REST)
        if not message.reminder:
            promise = self._promised.pop((chat, message.round_id), None)
            if promise is not None:
                self._count(BROKEN, int(now < promise))
            else:
                self._count(SECOND, int((chat, day) in self._prompted))
                self._prompted.add((chat, day))
        self._reacts(person, message)

    def _looks_at_step(self, round_id: str) -> None:
        """A question about a step is about one that is open, and a team has one round of its own at a time."""
        with self._deps.storage.begin() as work:
            about = work.rounds.get(round_id)
            assert about is not None
            own = [
                each
                for each in work.rounds.open_of(about.team_id)
                if each.number and each.closes_at > self._clock.moment
            ]
            self._count(TOGETHER, int(len(own) > 1))
            if about.element == CHECK:
                action = work.improvement_actions.checked_in(about.id)
                self._count(CHECKS)
                self._count(ENDED, int(action is None or action.state != "open"))

    def _group_of(self, round_id: str) -> Group:
        """The team of a round, or the whole area; at its first prompt that day is noted, with the rhythm of then."""
        with self._deps.storage.begin() as work:
            about = work.rounds.get(round_id)
            schedule = work.schedules.get(about.team_id) if about else None
        assert about is not None
        assert schedule is not None
        if round_id not in self._heard:
            self._heard.add(round_id)
            voice = self.seen.voices[about.team_id]
            voice.days.append(self._today())
            voice.steps.append(longest_step(schedule.recurrence))
        return self._groups.get(about.team_id, WHOLE_AREA)

    def _disturbs(self, person: Person, group: Group) -> bool:
        local = self._clock.moment.astimezone(AMSTERDAM)
        minute = local.hour * 60 + local.minute
        usual = () if person.quiet else USUAL.get(person.sector, ())
        if person.wants_rest(self._clock.moment) or any(start <= minute < end for start, end in usual):
            return True
        return group.plan.quiet == (f"{local:%A}".lower(), "ochtend") and minute < 12 * 60 + 30

    # What people do

    def _reacts(self, person: Person, message: PromptMessage) -> None:
        mood, chance = self._chance.random(), self._chance
        if mood > person.attention:
            return
        wait = timedelta(minutes=chance.choice((1, 3, 10, 40, 120, 600)))
        if message.snoozes and chance.random() < PUTS_OFF:
            choice = chance.choice(message.snoozes)
            self.at(self._clock.moment + MINUTE, lambda: self._puts_off(person, message.round_id, choice))
        else:
            self.at(self._clock.moment + wait, lambda: self._answers(person, message.round_id))

    def _puts_off(self, person: Person, round_id: str, choice: Snooze) -> None:
        back = _tried(
            lambda: snooze(
                self._deps, chat_id=person.chat, round_id=round_id, message_id=next(self._messages), choice=choice
            )
        )
        if isinstance(back, datetime):
            self._count(SNOOZES)
            self._promised[person.chat, round_id] = back

    def _answers(self, person: Person, round_id: str) -> None:
        here = {"chat_id": person.chat, "round_id": round_id, "message_id": next(self._messages)}
        user = SandboxUser(id=person.chat, name="", auto=True, temperament=person.temperament)
        way = Way.BRIEF if person.temperament in {"busy", "critical", "unaware"} else Way.FULL
        view = _tried(lambda: start_dialogue(self._deps, **here, way=way))
        taps: Counter[str] = Counter()
        for _ in range(MOST_TAPS):
            if view is None or view.ended or (taps and self._chance.random() < STOPS_HALFWAY / 4):
                break
            labels = tuple((Button(each.label, str(at)),) for at, each in enumerate(view.screen.buttons))
            question = view.screen.question
            wish = choose(user, labels, chance=self._chance, taps_here=taps[question], put_off=True)
            if wish is None:
                break
            taps[question] += 1
            tap = view.screen.buttons[int(wish.data or 0)].tap
            view = answer_step(self._deps, **here, tap=tap)
        if view is not None and view.answered:
            self._count(ANSWERS)


def longest_step(recurrence: str) -> int:
    """The most days between two occurrences of a rhythm."""
    rule = Recurrence.from_text(recurrence)
    return 7 * rule.every if rule.unit is Unit.WEEK else 31 * rule.every + 4


def _done(_result: object) -> None:
    """An act whose outcome nobody waits for."""


def _tried(act: Callable[[], Outcome]) -> Outcome | None:
    """What came of it; None when the product refused, for the round had closed meanwhile."""
    try:
        return act()
    except Refusal:
        return None
