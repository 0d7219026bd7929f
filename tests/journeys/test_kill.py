"""kill -9 of the bot under a living Telegram: what was saved counts, and what was to be sent arrives."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.journeys.arranging import company, deps_of
from tests.journeys.running import MONDAY, BotProcess, Home, sandbox_process
from tests.journeys.stories import DONE
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey

PROMPT = "Twee minuten voor een korte vraag?"
LEASE_MINUTES = 3
"""After this long, a message that was taken but not confirmed is sent by whoever comes first."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A Telegram that is a process of its own, so that it survives its bots."""
    with sandbox_process() as running:
        running.unlimited()
        running.set_clock(MONDAY, backwards=True)
        yield running


def test_every_saved_answer_counts_though_the_bot_is_killed(sandbox: Sandbox, home: Home) -> None:
    """Twelve people answer while the bot is killed three times; the maandbeeld counts exactly twelve answers."""
    deps = deps_of(home)
    team = company(deps, sandbox, members=12, rule="counts")
    bot = BotProcess(home)
    sandbox.becomes("2027-02-02 08:31")
    started = sandbox.changes()
    with ThreadPoolExecutor(len(team.members)) as crowd:
        scores = ("1 · Helemaal niet",) * 4 + ("5 · Helemaal",) * 8
        answering = [
            crowd.submit(answers_stubbornly, member, score) for member, score in zip(team.members, scores, strict=True)
        ]
        for changes in (40, 120, 200):
            happened = partial(more_than, sandbox, started + changes)
            sandbox.wait_for(happened, otherwise=lambda: f"maar {sandbox.last - started} veranderingen")
            assert not all(each.done() for each in answering)
            bot.kill()
            bot.start()
        for each in answering:
            each.result()

    sandbox.becomes("2027-02-16 17:01")
    sandbox.becomes("2027-03-01 08:31")
    told = team.lead.sees("Maandbeeld februari 2027", "Vertrouwen en respect")
    assert "Weinig herkend: 4 antwoorden\n" in told.text
    assert "Herkend: 8 antwoorden\n" in told.text
    bot.stop()
    deps.storage.engine.dispose()


def answers_stubbornly(member: Phone, score: str) -> None:
    """The dialogue on trust by somebody who taps again when the screen stays as it is."""
    for label in ("Start", score, "Alle drie", "Elkaar kennen", DONE, "Sla over"):
        member.insists(label)
    if member.from_bot()[-1].button("Nu niet"):
        member.insists("Nu niet")


def test_no_prompt_is_lost_though_the_bot_is_killed(sandbox: Sandbox, home: Home) -> None:
    """Sixty people are asked while the bot is killed twice: all get the prompt, and one too many per kill at most."""
    deps = deps_of(home)
    team = company(deps, sandbox, members=60)
    bot = BotProcess(home)
    sandbox.settles()
    since = sandbox.changes()
    sandbox.set_clock("2027-02-02 08:31")
    kills = 2
    for arrived in (5, 20):
        sandbox.wait_for(partial(sent, sandbox, since, arrived), otherwise=lambda: str(prompts(team.members)))
        bot.kill()
        assert 0 in prompts(team.members), "de bot was al klaar voor hij werd gedood"
        bot.start()
    sandbox.settles()
    sandbox.passes(minutes=LEASE_MINUTES)

    counted = prompts(team.members)
    assert min(counted) == 1
    assert max(counted) <= 1 + kills
    bot.stop()
    deps.storage.engine.dispose()


def more_than(sandbox: Sandbox, changes: int) -> bool | None:
    """Whether this much has happened in the sandbox."""
    return sandbox.last > changes or None


def sent(sandbox: Sandbox, since: int, number: int) -> bool | None:
    """Whether this many messages have arrived since a change."""
    events = sandbox.get("/events", since=since, timeout=0)["events"]
    return sum(each["kind"] == "message" for each in events) >= number or None


def prompts(members: tuple[Phone, ...]) -> list[int]:
    """How many prompts each has."""
    return [member.count(PROMPT) for member in members]
