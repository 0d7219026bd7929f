"""Old, forged and foreign buttons, and everything that is no button: a kind sentence, and nothing stored."""

from __future__ import annotations

import pytest

from bot.chat.callback_data import AccountTap, DialogueTap, InvitationTap, MaandbeeldTap, PromptTap, encode
from bot.chat.texts import chat_nl as texts
from bot.usecases.deps import Deps
from tests.journeys.arranging import Company, company, round_about
from tests.journeys.running import Home
from tests.journeys.traces import rows
from tests.support.phones import Sandbox

pytestmark = pytest.mark.journey

NOWHERE = "ABCDEFGHIJKLMNOPQRSTUV"


@pytest.fixture
def team(sandbox: Sandbox, bot: Deps) -> Company:
    """A team that was just asked something."""
    made = company(bot, sandbox, members=5)
    sandbox.becomes("2027-02-02 08:31")
    return made


def test_what_is_no_button_is_taken_away_unread(sandbox: Sandbox, home: Home, team: Company) -> None:
    """A photo, a voice, a document, a loose or a long text: deleted from the chat, with a sentence that says so."""
    member = team.members[0]
    before = rows(home)
    unwanted: tuple[tuple[str, dict[str, str], str], ...] = (
        ("send_photo", {"caption": "Kijk eens"}, texts.UNSUPPORTED),
        ("send_voice", {}, texts.UNSUPPORTED),
        ("send_document", {"name": "dossier.pdf", "text": "geheim"}, texts.UNSUPPORTED),
        ("send", {"text": "Zomaar een gedachte over ons team."}, texts.NO_TEXT_NOW),
        ("send", {"text": "Lang verhaal. " * 100}, texts.TOO_LONG),
    )
    for act, body, sentence in unwanted:
        sent = member.does(act, **body)["message_id"]
        member.sees(sentence)
        assert sent not in {each.id for each in member.messages()}
    sandbox.settles()
    assert rows(home) == before


def test_a_message_that_is_changed_afterwards(sandbox: Sandbox, home: Home, team: Company) -> None:
    """An edited message is not read either."""
    member = team.members[0]
    mine = next(each for each in member.messages() if not each.from_bot)
    before = rows(home)
    member.does("edit", message_id=mine.id, text="Eigenlijk bedoelde ik iets anders.")
    member.sees(texts.UNSUPPORTED)
    sandbox.settles()
    assert mine.id not in {each.id for each in member.messages()}
    assert rows(home) == before


def test_a_group_is_no_place_to_talk(sandbox: Sandbox, home: Home, team: Company) -> None:
    """In a group the bot says where it does work, whoever calls it and with whatever command or button."""
    member, coordinator = team.members[0], team.coordinator
    group = sandbox.post("/groups", title="Overleg", members=[member.user, coordinator.user])["id"]
    sandbox.settles()
    before = rows(home)
    for who, text in ((member, "@EvenStilstaanBot hoi"), (coordinator, "/beheer@EvenStilstaanBot"), (member, "/stop")):
        said = len(_said_in(sandbox, group))
        sandbox.post(f"/groups/{group}/send", user=who.user, text=text)
        sandbox.wait_for(lambda said=said: _said_in(sandbox, group)[said:] or None, otherwise=lambda: "de bot zwijgt")
    assert set(_said_in(sandbox, group)) == {texts.GROUP}
    prompt = member.sees_button("Start").button("Start")
    assert prompt is not None
    member.forges(prompt.data, chat=group)
    member.hears(texts.UNKNOWN_BUTTON)
    sandbox.settles()
    assert rows(home) == before


def _said_in(sandbox: Sandbox, group: int) -> list[str]:
    return [each["text"] for each in sandbox.get(f"/groups/{group}/messages")["messages"] if each["from_bot"]]


def test_buttons_that_were_never_shown(sandbox: Sandbox, home: Home, bot: Deps, team: Company) -> None:
    """Nonsense, another version, what does not exist, and what belongs to others: refused kindly, nothing stored."""
    other = company(bot, sandbox, members=1, name="Samen in Oost")
    sandbox.settles()
    own, foreign = round_about(bot, team.team), round_about(bot, other.team, "start")
    with bot.storage.begin() as work:
        neighbour = work.people.by_chat(team.members[1].user)
        assert neighbour is not None
        theirs = work.people.memberships(neighbour.id)[0].id
    forged = {
        "zomaar wat": texts.UNKNOWN_BUTTON,
        "d0.oud.1.2.3": texts.UNKNOWN_BUTTON,
        "x" * 64: texts.UNKNOWN_BUTTON,
        encode(DialogueTap(own.id, 7, "2", 0)): texts.ALREADY_SAVED,
        encode(PromptTap(NOWHERE, "go")): texts.NOT_ALLOWED,
        encode(PromptTap(foreign.id, "go")): texts.NOT_ALLOWED,
        encode(DialogueTap(foreign.id, 0, "2", 0)): texts.NOT_ALLOWED,
        encode(AccountTap(theirs, "sector", "gemeente")): texts.NOT_ALLOWED,
        encode(InvitationTap("yes", "A" * 32)): texts.INVITATION_INVALID,
        encode(MaandbeeldTap(NOWHERE, "pdf")): texts.NOT_ALLOWED,
    }
    member = team.members[0]
    prompt = member.sees_button("Start")
    before = rows(home)
    for data, sentence in forged.items():
        member.forges(data, message_id=prompt.id)
        member.hears(sentence)
    sandbox.settles()
    assert rows(home) == before


def test_a_stranger(sandbox: Sandbox, home: Home, bot: Deps, team: Company) -> None:
    """Somebody without an invitation gets an explanation, a wrong link a way out; nothing of them is kept."""
    stranger = sandbox.phone("Onbekende")
    before = rows(home)
    for text, sentence in {
        "/start": texts.STRANGER,
        "Hallo?": texts.STRANGER,
        "/help": texts.STRANGER,
        "/privacy": "Wat gebeurt er met je antwoord?",
        "/stop": texts.NOTHING_KEPT,
        f"/start {'B' * 32}": texts.INVITATION_INVALID,
        "/beheer": texts.NOT_ALLOWED,
    }.items():
        stranger.writes(text)
        stranger.sees(sentence)
    start = team.members[0].sees_button("Start").button("Start")
    assert start is not None
    stranger.forges(start.data)
    stranger.hears(texts.NOT_ALLOWED)
    sandbox.settles()
    assert rows(home) == before
