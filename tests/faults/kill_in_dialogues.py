"""F2: kill -9 of the bot while people are in the middle of their dialogue."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from bot.usecases.deps import Deps
from storage.envelopes import open_sealed
from tests.faults.invariants import broken_invariants
from tests.faults.outcome import Outcome
from tests.faults.patience import SECONDS, becomes
from tests.journeys.arranging import Company, company, deps_of, round_about
from tests.journeys.running import BotProcess, Home, tireless_sandbox
from tests.journeys.stories import DONE
from tests.support.phones import Phone, Sandbox

DUE = "2027-02-02 08:31"
SAVED = "Opgeslagen."
PATIENT = "Even geduld"
"""How the remark begins that it takes longer: no answer, and nothing to do."""
SCORES = {"1 · Helemaal niet": "1", "2 · Weinig": "2", "4 · Grotendeels": "4", "5 · Helemaal": "5"}
AFTER_SCORE = ("Alle drie", DONE, "Elkaar kennen", "Sla over", "Nu niet")
"""What they tap, the first that is there: done before a theme, for a theme that is tapped twice is off again."""
AT_ONCE = 12
"""People who are in their dialogue at the same time."""
AGAIN_AFTER = 4.0
"""Real seconds after which somebody taps once more when nothing happens."""


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    kills: int
    timed: bool


LONG, SHORT = Size(200, 100, timed=True), Size(12, 3, timed=False)


@dataclass(slots=True)
class Person:
    """Somebody with a phone in a dialogue, and what the phone has shown."""

    phone: Phone
    score: str
    since: int = 0
    waits_for: tuple[int, str] | None = None
    """Message and data of the tap that is not answered yet."""
    tapped_at: float = 0.0
    scored: bool = False
    """Whether a screen after the scale was seen: the score is acknowledged."""
    saved: bool = False
    """Whether "Opgeslagen" was seen, or that the answer was there already."""

    @property
    def is_impatient(self) -> bool:
        """Whether they have waited so long that they tap once more."""
        return self.waits_for is not None and time.monotonic() - self.tapped_at > AGAIN_AFTER


@dataclass(slots=True)
class Crowd:
    """All people, looked after in one thread."""

    sandbox: Sandbox
    waiting: list[Person]
    active: dict[int, Person] = field(default_factory=dict)
    finished: list[Person] = field(default_factory=list)
    _looked: int = 0
    """Number of the newest change that was looked at."""

    @property
    def everybody(self) -> list[Person]:
        return [*self.waiting, *self.active.values(), *self.finished]

    def look(self) -> int:
        """Let everybody who can take a step; returns how many answers were seen, and waits a moment for none."""
        stirred: set[int] = set()
        while self.waiting and len(self.active) < AT_ONCE:
            person = self.waiting.pop()
            self.active[person.phone.user] = person
            stirred.add(person.phone.user)
        told = self.sandbox.get("/events", since=self._looked, timeout=0 if stirred else 0.2)
        self._looked = told["last"]
        stirred.update(each["chat_id"] for each in told["events"])
        answers = 0
        for person in list(self.active.values()):
            if person.phone.user in stirred or person.waits_for is None or person.is_impatient:
                answers += self._step(person)
            if person.saved:
                self.finished.append(self.active.pop(person.phone.user))
        return answers

    def tap_again(self) -> None:
        """Everybody who waits taps once more, as people do when nothing happens."""
        for person in self.active.values():
            if person.waits_for is not None:
                self._tap(person, *person.waits_for, again=True)

    def _step(self, person: Person) -> int:
        shown = [each for each in person.phone.from_bot() if not each.text.startswith(PATIENT)]
        newest = shown[-1] if shown else None
        if newest is None:
            return 0
        if person.waits_for is not None and newest.changed <= person.since:
            remarks = [each["text"] for each in person.phone._answers() if each["text"]]
            if any(not each.startswith(PATIENT) for each in remarks):
                person.waits_for, person.saved = None, person.scored
                return 1
            if not remarks and person.is_impatient:
                self._tap(person, *person.waits_for, again=True)
            return 0
        answered = person.waits_for is not None
        person.waits_for = None
        person.scored = person.scored or (
            answered and newest.button(person.score) is None and "Start" not in newest.labels
        )
        if SAVED in newest.text:
            person.saved = True
            return int(answered)
        label = next((each for each in ("Start", person.score, *AFTER_SCORE) if newest.button(each)), None)
        if label is not None:
            button = newest.button(label)
            assert button is not None
            person.since = newest.changed
            self._tap(person, newest.id, button.data)
        return int(answered)

    def _tap(self, person: Person, message_id: int, data: str, *, again: bool = False) -> None:
        if not again:
            person.phone._acted_at = self.sandbox.last
        person.waits_for, person.tapped_at = (message_id, data), time.monotonic()
        person.phone._tap(message_id, data, forged=again)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Everybody answers; the bot dies every few taps; whatever was acknowledged is looked up after each death."""
    outcome = Outcome(
        "F2",
        f"kill -9 tijdens dialogen, {size.kills} ×",
        "0 bevestigde antwoorden kwijt, 0 dubbel geteld; 100 % kan verder binnen 5 s na de start",
        seed,
    )
    with tireless_sandbox(apart=size.timed) as sandbox:
        home = Home(folder, sandbox)
        deps = deps_of(home)
        team = company(deps, sandbox, members=size.people, rule="counts")
        with BotProcess(home, warm=not size.timed) as bot:
            _story(sandbox, home, bot, deps, team, size, outcome)
        deps.storage.engine.dispose()
    return outcome


def _story(
    sandbox: Sandbox, home: Home, bot: BotProcess, deps: Deps, team: Company, size: Size, outcome: Outcome
) -> None:
    chance = random.Random(outcome.seed)
    becomes(sandbox, DUE)
    scores = list(islice(cycle(SCORES), size.people))  # at least three on either side, so that numbers are published
    chance.shuffle(scores)
    crowd = Crowd(sandbox, [Person(*pair) for pair in zip(team.members, scores, strict=True)])
    per_life = max(1, size.people * 6 // size.kills)
    lost, slowest, checked = 0, 0.0, 0
    for _ in range(size.kills):
        answered, wanted = 0, chance.randint(1, per_life)
        deadline = time.monotonic() + SECONDS
        while answered < wanted and (crowd.waiting or crowd.active):
            answered += crowd.look()
            assert time.monotonic() < deadline, f"niemand kan verder: {list(crowd.active.values())[:1]!r}"
        time.sleep(chance.uniform(0.0, 0.02))
        bot.kill()
        crowd.look()
        acknowledged = [person for person in crowd.everybody if person.scored]
        found = scores_in_envelopes(deps, team, acknowledged)
        lost += sum(found.get(person.phone.user) != SCORES[person.score] for person in acknowledged)
        checked += len(acknowledged)
        begun = time.monotonic()
        bot.start()
        crowd.tap_again()
        slowest = max(slowest, go_on(crowd, begun))
    while crowd.waiting or crowd.active:
        crowd.look()
    envelopes = scores_in_envelopes(deps, team, crowd.finished)

    becomes(sandbox, "2027-02-16 17:01")
    becomes(sandbox, "2027-03-01 08:31")
    told = team.lead.sees("Maandbeeld februari 2027").text
    bot.stop()
    chosen = Counter("Weinig herkend" if SCORES[each.score] in "12" else "Herkend" for each in crowd.finished)
    counted = {band: f"{band}: {number} antwoorden" in told for band, number in chosen.items()}
    outcome.done = (
        f"{size.people} mensen, {size.kills} kills, {checked} × een bevestigd antwoord nagekeken: {lost} kwijt; "
        f"{len(envelopes)} enveloppen van {len(crowd.finished)} mensen; geteld {dict(chosen)}; "
        f"iedereen verder: hoogstens {slowest:.1f} s na de start"
    )
    outcome.must(lost == 0, f"{lost} bevestigde antwoorden kwijt")
    outcome.must(len(crowd.finished) == size.people, f"{size.people - len(crowd.finished)} mensen kwamen er niet uit")
    outcome.must(len(envelopes) == size.people, f"{len(envelopes)} enveloppen voor {size.people} mensen")
    outcome.must(all(counted.values()), f"het maandbeeld telt anders dan {dict(chosen)}")
    outcome.must(not size.timed or slowest <= 5, f"pas na {slowest:.1f} s kon iedereen verder")
    outcome.missed += broken_invariants(home.database)


def go_on(crowd: Crowd, begun: float) -> float:
    """Seconds until everybody who waited when the bot came back has had an answer."""
    waiting = {user: person.waits_for for user, person in crowd.active.items() if person.waits_for is not None}
    while waiting:
        crowd.look()
        waiting = {
            user: tap for user, tap in waiting.items() if user in crowd.active and crowd.active[user].waits_for == tap
        }
        assert time.monotonic() - begun < SECONDS, f"{len(waiting)} mensen kunnen niet verder"
    return time.monotonic() - begun


def scores_in_envelopes(deps: Deps, team: Company, people: list[Person]) -> dict[int, str]:
    """Chat → the score in the person's envelope: opened with the key, as the release will do."""
    about = round_about(deps, team.team)
    keys = deps.storage.keys
    with deps.storage.begin() as work:
        sealed = dict(work.answers.sealed(about.id))
        slots = {}
        for person in people:
            known = work.people.by_chat(person.phone.user)
            assert known is not None
            slots[person.phone.user] = keys.slot(about.key_id, known.id)
    private = keys.private(about.key_id)
    found = {}
    for chat, slot in slots.items():
        if slot in sealed:
            answers = open_sealed(sealed[slot], private).answers
            found[chat] = next(
                (value for values in answers.values() for value in values if value in SCORES.values()), ""
            )
    return found
