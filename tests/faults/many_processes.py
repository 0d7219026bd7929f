"""P: five processes on one PostgreSQL, of which one is killed every few answers, under people who tap.

Two are webhook workers, two are tickers and one opens envelopes, each as the units start them; a proxy brings the
updates to the workers in turn, and some to both at once.
"""

from __future__ import annotations

import random
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, count, cycle, islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text

from bot.sandbox import DEFAULT_TOKEN
from bot.usecases.deps import Deps
from storage.keys import KeyFolder
from tests.faults.invariants import double_or_left
from tests.faults.kill_in_dialogues import DUE, SCORES, Crowd, Person, scores_in_envelopes
from tests.faults.outcome import Outcome
from tests.faults.patience import SECONDS
from tests.faults.proxy import Proxy
from tests.journeys.arranging import Company, company, deps_of
from tests.journeys.running import BotProcess, Home, tireless_sandbox
from tests.support.phones import Sandbox
from tests.support.postgres import server

SECRET = "geheim-" * 6
BEHIND = (("ticker-1", "tick"), ("ticker-2", "tick"), ("opener", "release"))
"""Name and command of the processes that talk to nobody."""
TWICE = 0.2
"""Share of the updates that two workers get at the same moment."""
REPEATED_AFTER_SECONDS = 120
MAANDBEELD, COUNTED = "Maandbeeld februari 2027", "antwoorden"
WAITING = "SELECT id FROM delivery WHERE kind = 'prompt' AND state IN ('pending', 'leased', 'sending')"
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Size:
    teams: int
    people: int
    """Of each team."""
    kills: int
    warm: bool
    """Whether processes begin with everything imported."""


LONG, SHORT = Size(3, 40, 60, warm=False), Size(1, 12, 3, warm=True)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Everybody is asked and answers while processes die; then the rounds close and every team gets its maandbeeld."""
    outcome = Outcome(
        "P",
        f"vijf processen op één PostgreSQL, {size.kills} × kill -9",
        "0 bevestigde antwoorden kwijt; 0 enveloppen dubbel; per kill ≤ 1 vraag dubbel; één maandbeeld per team",
        seed,
    )
    chance = random.Random(seed)
    address = server().new_database()
    KeyFolder(folder / "keys").create()
    with ExitStack() as stack:
        stack.callback(server().drop, address)
        sandbox = stack.enter_context(tireless_sandbox(apart=not size.warm))
        home = Home(folder, sandbox, postgres=address)
        deps = deps_of(home)
        stack.callback(deps.storage.engine.dispose)
        teams = [
            company(deps, sandbox, members=size.people, rule="counts", name=f"Team {number}")
            for number in range(size.teams)
        ]
        ports = [free_port(), free_port()]
        proxy = stack.enter_context(Proxy(ports, twice=TWICE, chance=random.Random(seed)))
        bots = [stack.enter_context(bot) for bot in processes(home, proxy.url, ports, warm=size.warm)]
        people = {team.team.id: people_of(team, chance) for team in teams}
        _story(Story(sandbox, deps, teams, bots, people), size, chance, outcome)
        outcome.done += f"; {proxy.brought_twice} updates bij twee processen tegelijk"
        outcome.must(proxy.brought_twice > 0, "geen update kwam bij twee processen")
    return outcome


def processes(home: Home, url: str, ports: list[int], *, warm: bool) -> list[BotProcess]:
    """A worker that only talks at each port, and then those that work behind them."""
    workers = [
        BotProcess(
            home,
            "--without-ticker",
            "--without-release",
            name=f"worker-{port}",
            warm=warm,
            also={"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, "WEBHOOK_LISTEN": f"127.0.0.1:{port}"},
        )
        for port in ports
    ]
    return [*workers, *(BotProcess(home, command=command, name=name, warm=warm) for name, command in BEHIND)]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@dataclass(slots=True)
class Story:
    """What is going on, and what was seen of it."""

    sandbox: Sandbox
    deps: Deps
    teams: list[Company]
    bots: list[BotProcess]
    people: dict[str, list[Person]]
    """By team."""
    lost: int = 0
    checked: int = 0

    @property
    def everybody(self) -> list[Person]:
        return list(chain.from_iterable(self.people.values()))

    def look_up(self) -> int:
        """Look up every acknowledged answer in its envelope; how many envelopes were found."""
        envelopes = 0
        for team in self.teams:
            acknowledged = [each for each in self.people[team.team.id] if each.scored]
            found = scores_in_envelopes(self.deps, team, acknowledged) if acknowledged else {}
            self.lost += sum(found.get(each.phone.user) != SCORES[each.score] for each in acknowledged)
            self.checked += len(acknowledged)
            envelopes += len(found)
        return envelopes

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows, past the repositories."""
        with self.deps.storage.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def becomes(self, moment: str) -> None:
        """Go to a moment at which those behind have something to do, and kill them then."""
        self.sandbox.set_clock(moment)
        for bot in self.bots[-len(BEHIND) :]:
            bot.kill()
            bot.start()


def _story(story: Story, size: Size, chance: random.Random, outcome: Outcome) -> None:
    sandbox = story.sandbox
    until(lambda: not sandbox.get(f"/bot{DEFAULT_TOKEN}/getWebhookInfo")["result"]["pending_update_count"])
    until(lambda: all(each.phone.from_bot() for each in story.everybody))  # what everybody gets who opens the chat
    greeted = {message.text for each in story.everybody for message in each.phone.from_bot()}
    sandbox.set_clock(DUE)
    answer(story, size, chance)
    envelopes = story.look_up()
    sandbox.post("/clock", advance_seconds=REPEATED_AFTER_SECONDS)
    until(lambda: not story.ask(WAITING))
    # A prompt becomes the dialogue, and a second one stays what it is; there are no other messages.
    prompted = [sum(message.text not in greeted for message in each.phone.from_bot()) for each in story.everybody]
    double = sum(number - 1 for number in prompted if number)

    story.becomes("2027-02-16 17:01")
    until(lambda: len(story.ask("SELECT round_id FROM publication WHERE element = 'trust'")) == size.teams)
    story.becomes("2027-03-01 08:31")
    told = {team.team.id: until(partial(told_to, team)) for team in story.teams}
    composed = [number for (number,) in story.ask("SELECT count(*) FROM maandbeeld GROUP BY team_id")]
    for bot in story.bots:
        bot.stop()
    outcome.done = (
        f"{len(prompted)} mensen in {size.teams} teams, {size.kills + 2 * len(BEHIND)} kills; "
        f"{story.checked} × een bevestigd antwoord nagekeken: {story.lost} kwijt; {envelopes} enveloppen; "
        f"{prompted.count(0)} niet gevraagd, {double} vragen dubbel; maandbeelden per team: {composed}"
    )
    outcome.must(story.lost == 0, f"{story.lost} bevestigde antwoorden kwijt")
    outcome.must(envelopes == len(prompted), f"{envelopes} enveloppen voor {len(prompted)} mensen")
    outcome.must(0 not in prompted, f"{prompted.count(0)} mensen kregen geen vraag")
    outcome.must(double <= size.kills, f"{double} vragen dubbel bij {size.kills} kills")
    outcome.must(composed == [1] * size.teams, f"maandbeelden per team: {composed}")
    for team_id, words in told.items():
        chosen = Counter(
            "Weinig herkend" if SCORES[each.score] in "12" else "Herkend" for each in story.people[team_id]
        )
        right = all(f"{band}: {number} antwoorden" in words for band, number in chosen.items())
        outcome.must(right, f"een maandbeeld telt anders dan {dict(chosen)}")
    outcome.missed += double_or_left(story.ask)


def answer(story: Story, size: Size, chance: random.Random) -> None:
    """Everybody goes through the dialogue; after some answers one process dies, and begins again at once."""
    waiting = story.everybody
    chance.shuffle(waiting)
    crowd = Crowd(story.sandbox, waiting)
    victims = list(islice(cycle(story.bots), size.kills))
    chance.shuffle(victims)
    most = max(1, len(waiting) * 6 // size.kills)  # so that the last life has something left to answer
    for bot in victims:
        wanted = chance.randint(1, most)
        seen = accumulate(crowd.look() for _ in count())
        until(lambda seen=seen, wanted=wanted: next(seen) >= wanted or not (crowd.waiting or crowd.active))
        time.sleep(chance.uniform(0.0, 0.02))
        bot.kill()
        crowd.look()
        story.look_up()
        bot.start()
        crowd.tap_again()
    until(lambda: (crowd.look(), not (crowd.waiting or crowd.active))[1])


def people_of(team: Company, chance: random.Random) -> list[Person]:
    """The members of a team, each with a score of their own: three on either side at least, so that all is told."""
    scores = list(islice(cycle(SCORES), len(team.members)))
    chance.shuffle(scores)
    return [Person(*pair) for pair in zip(team.members, scores, strict=True)]


def told_to(team: Company) -> str:
    """The words of the maandbeeld on the lead's phone; nothing as long as it is not there."""
    return next((each.text for each in team.lead.from_bot() if MAANDBEELD in each.text and COUNTED in each.text), "")


def until(look: Callable[[], Seen]) -> Seen:
    """Look again until there is something to see."""
    deadline = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, "er gebeurt niets meer"
        time.sleep(0.05)
    return found
