"""Saying no, asking what is kept, and leaving: nothing of the person stays behind."""

from __future__ import annotations

import json

import pytest

from bot.chat.texts import chat_nl as texts
from bot.chat.texts import rights_nl as rights
from bot.usecases.deps import Deps
from tests.journeys.arranging import company, envelopes, round_about
from tests.journeys.running import Home, bot_in_thread
from tests.journeys.stories import JOIN, answers_trust
from tests.journeys.traces import RECOGNISABLE, is_on_disk
from tests.support.phones import Sandbox

pytestmark = pytest.mark.journey


@pytest.mark.sqlite
def test_rather_not_leaves_nothing_behind(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """No file of the bot ever holds who said no; the same person, once they say yes, is found by the same search."""
    team = company(bot, sandbox, members=1)
    visitor = sandbox.phone("Zonnebloem", user=RECOGNISABLE)
    visitor.opens(team.member_token)
    visitor.sees("Meedoen mag. Het hoeft niet.")
    visitor.taps("Liever niet")
    visitor.sees("Goed. Ik heb hiervoor niets bewaard.")
    sandbox.settles()
    assert not is_on_disk(home, visitor)

    visitor.opens(team.member_token)
    visitor.taps(JOIN)
    assert is_on_disk(home, visitor)


@pytest.mark.sqlite
def test_stop_erases(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """Staying changes nothing; leaving takes person, answer and everything still to be sent off the disk."""
    team = company(bot, sandbox, members=5)
    leaver = sandbox.phone("Zonnebloem", user=RECOGNISABLE)
    leaver.opens(team.member_token)
    for choice in (JOIN, "JGZ", "Jeugdarts", "Langer dan twee jaar"):
        leaver.taps(choice)
    sandbox.becomes("2027-02-02 12:31")
    for person in (leaver, *team.members):
        answers_trust(person, "4 · Grotendeels")
    asked = round_about(bot, team.team)
    assert envelopes(bot, asked) == 6

    leaver.writes("/stop")
    leaver.taps("Nee, ik blijf")
    leaver.sees("alles blijft zoals het was")
    assert (is_on_disk(home, leaver), envelopes(bot, asked)) == (True, 6)

    leaver.writes("/stop")
    leaver.taps("Ja, stop en wis alles")
    leaver.sees("Alles van jou is gewist.")
    sandbox.settles()
    assert (is_on_disk(home, leaver), envelopes(bot, asked)) == (False, 5)

    sandbox.becomes("2027-02-10 08:45")
    assert leaver.count("Kleine herinnering") == 0
    leaver.writes("/stop")
    leaver.sees(texts.NOTHING_KEPT)


@pytest.mark.sqlite
def test_an_old_copy_of_the_database_brings_nobody_back(sandbox: Sandbox, home: Home) -> None:
    """A copy from before /stop is put back: at the start the person is erased again, before anything is said."""
    with bot_in_thread(home) as bot:
        team = company(bot, sandbox, members=1)
        leaver = sandbox.phone("Zonnebloem", user=RECOGNISABLE)
        leaver.opens(team.member_token)
        leaver.taps(JOIN)
        sandbox.settles()
        bot.storage.checkpoint()
        old = home.database.read_bytes()
        leaver.writes("/stop")
        leaver.taps("Ja, stop en wis alles")
        leaver.sees("Alles van jou is gewist.")
        sandbox.settles()
    assert not is_on_disk(home, leaver)
    home.database.write_bytes(old)
    assert is_on_disk(home, leaver)
    with bot_in_thread(home):
        leaver.writes("/mijngegevens")
        leaver.sees(texts.NOTHING_KEPT)
        assert not is_on_disk(home, leaver)
        team.members[0].writes("/mijngegevens")
        team.members[0].sees(f"chatnummer in Telegram: {team.members[0].user}")


def test_somebody_sees_and_takes_along_what_is_kept(sandbox: Sandbox, home: Home, bot: Deps) -> None:
    """Everything in words, and the same as a file that is nowhere on the bot's disk; with and without an answer."""
    team = company(bot, sandbox, members=5)
    one, other = team.members[:2]
    sandbox.becomes("2027-02-02 12:31")
    answers_trust(one, "4 · Grotendeels")
    for person in (one, other):
        person.writes("/mijngegevens")
        person.sees(
            f"chatnummer in Telegram: {person.user}", "rol: teamlid", rights.MAY_BE_LOCKED, *rights.CANNOT_SHOW[1:]
        )
        person.sees("Vertrouwen en respect")
    one.presses(rights.EXPORT)
    content = json.loads(one.receives("document"))
    one.sees("Ik bewaar er zelf geen kopie van")
    assert content["Je account"][0]["chatnummer in Telegram"] == one.user
    assert content["Je plaats in teams"][0]["gaat over"] == team.team.name
    assert not [file for file in home.folder.rglob("*") if file.is_file() and b"gemaakt op" in file.read_bytes()]
    stranger = sandbox.phone("Gast")
    stranger.writes("/mijngegevens")
    stranger.sees(texts.NOTHING_KEPT)


def test_somebody_takes_back_an_answer(sandbox: Sandbox, bot: Deps) -> None:
    """Asked once; the same words for who answered and who did not; answering again counts once."""
    team = company(bot, sandbox, members=5)
    one, other = team.members[:2]
    one.writes("/wisantwoord")
    one.sees("Wil je je antwoorden wissen?", "Startdialoog")
    sandbox.becomes("2027-02-02 12:31")
    answers_trust(one, "4 · Grotendeels")
    asked = round_about(bot, team.team)
    assert envelopes(bot, asked) == 1
    one.writes("/wisantwoord")
    one.taps(rights.ERASE_NO)
    one.sees(rights.LEFT)
    assert envelopes(bot, asked) == 1
    said = []
    for person in (one, other):
        person.writes("/wisantwoord")
        person.sees("Wil je je antwoorden wissen?", "Vertrouwen en respect")
        said.append(person.taps(rights.ERASE_YES).text)
    assert said[0] == said[1]
    assert envelopes(bot, asked) == 0
    one.taps(f"{rights.ANSWER_AGAIN}: Vertrouwen en respect")
    one.taps("2 · Weinig")
    one.taps("Stop")
    assert envelopes(bot, asked) == 1


def test_the_last_coordinator_needs_a_successor(sandbox: Sandbox, bot: Deps) -> None:
    """An area is not left without anybody by a tap."""
    carla = company(bot, sandbox, members=1).coordinator
    carla.writes("/stop")
    carla.taps("Ja, stop en wis alles")
    carla.sees(texts.LAST_COORDINATOR)
    carla.writes("/beheer")
    carla.sees("Kies een team")


def test_everybody_can_ask(sandbox: Sandbox, bot: Deps) -> None:
    """/privacy is the same for all; /help and the menu fit the role, which may be two at once."""
    team = company(bot, sandbox, members=1)
    guest = sandbox.phone("Gast")
    guest.writes("/start")
    for person in (guest, team.members[0], team.lead, team.coordinator):
        person.writes("/privacy")
        person.sees("minstens 5 antwoorden", "Daar bescherm ik je niet tegen", "Telegram is een bedrijf buiten Europa")
    for person, title in (
        (team.members[0], "Zo werkt het"),
        (team.lead, "Voor teamleiders"),
        (team.coordinator, "Voor coördinatoren"),
    ):
        person.writes("/help")
        person.sees(title, "meldcode")
        person.writes("/watkanik")
        person.sees(title)
    for person in (guest, team.lead, team.members[0]):
        assert {"help", "privacy", "mijngegevens", "stop"} <= set(person.commands())
        assert "beheer" not in person.commands()
