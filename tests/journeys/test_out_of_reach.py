"""Somebody who blocked the bot is left alone, and is back with /start."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import company
from tests.journeys.stories import answers_trust
from tests.support.phones import Phone, Sandbox

pytestmark = pytest.mark.journey


def test_a_blocked_bot_waits_for_start(sandbox: Sandbox, bot: Deps) -> None:
    """Blocked: unreachable, nothing more is tried. Back with /start: the reminder comes, and the answer counts."""
    team = company(bot, sandbox, members=5)
    away, *others = team.members
    away.does("block")

    sandbox.becomes("2027-02-02 08:31")
    for member in others:
        answers_trust(member, "4 · Grotendeels")
    assert not is_reachable(bot, away)
    assert away.count("Twee minuten") == 0

    away.does("unblock")
    away.writes("/start")
    away.sees("Je doet mee.")
    assert is_reachable(bot, away)

    sandbox.becomes("2027-02-10 08:45")
    away.sees("Kleine herinnering, de enige over deze vraag.")
    answers_trust(away, "4 · Grotendeels")
    sandbox.becomes("2027-02-16 17:01")
    sandbox.becomes("2027-03-01 08:31")
    team.lead.sees("Team: herkend")


def is_reachable(bot: Deps, somebody: Phone) -> bool:
    """Whether the bot thinks so."""
    with bot.storage.begin() as work:
        person = work.people.by_chat(somebody.user)
    assert person is not None
    return person.reachable
