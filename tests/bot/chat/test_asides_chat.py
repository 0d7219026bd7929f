"""What people read and tap outside the rounds: a moment of their own, being new, and passing on contacts."""

from __future__ import annotations

import pytest

from bot.chat.callback_data import LIMIT, decode
from bot.chat.outbox import Outbox, Pace
from bot.chat.texts import aside_nl as texts
from bot.chat.texts import chat_nl
from bot.usecases.asides import edition_of
from bot.usecases.fill_form import current_form
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, OUTSIDER, STRANGER
from tests.support.leaving import TEXT, leaves
from tests.support.played import played_once

NEW = 4711


async def no_wait(_seconds):
    return


@pytest.fixture
def outbox(phone):
    return Outbox(phone.desk, pace=Pace(sleep=no_wait))


@played_once
def calm(house):
    """The start dialogue of the team is over: no question is open for anybody."""
    house.close(house.start_round())
    return house


async def taps(phone, chat, *labels):
    for label in labels:
        await phone.tap_label(chat, label)


async def sent(house, outbox, chat, phone):
    """The newest message after the outbox was emptied."""
    await outbox.drain()
    return phone.last(chat)


# A moment of one's own


async def test_an_open_question_goes_first(house, phone):
    """As it was: the short form of the open round, and that counts."""
    house.open_round()
    await phone.send(ANNE, "/ikhebeven")
    assert phone.telegram.shown(ANNE)[0].text == chat_nl.A_MOMENT
    await taps(phone, ANNE, "4 ·", "Elkaar kennen", "Klaar")
    assert "Opgeslagen" in phone.last(ANNE).text
    assert house.rows("SELECT count(*) FROM envelope") == [(1,)]


async def test_without_one_it_is_said_first_that_nothing_is_kept(calm, phone):
    """Title, what it is about, nothing kept and nothing counted; then two taps and a thought."""
    before = calm.everything()
    await phone.send(ANNE, "/ikhebeven")
    offered = phone.last(ANNE)
    assert "Vertrouwen en respect" in offered.text
    assert texts.UNKEPT in offered.text
    assert list(offered.buttons) == [chat_nl.START, texts.SOMETHING_ELSE, texts.NOT_NOW]
    await taps(phone, ANNE, "Start", "4 ·", "Elkaar kennen", "Klaar")
    last = phone.last(ANNE)
    assert "niets van bewaard" in last.text
    assert "telt mee" not in last.text
    assert last.buttons == {}
    assert calm.everything() == before


async def test_not_now_is_fine(calm, phone):
    """Said kindly, once."""
    await phone.send(ANNE, "/ikhebeven")
    await taps(phone, ANNE, texts.NOT_NOW)
    assert phone.last(ANNE).text == texts.NOT_NOW_SAID
    assert phone.last(ANNE).buttons == {}


async def test_after_an_answer_the_moment_is_for_something_else(calm, phone):
    """The open round was answered: what comes next, without counting."""
    calm.answer(ANNE, calm.open_round().id)
    await phone.send(ANNE, "/ikhebeven")
    assert calm.deps.library.get("roles").title in phone.last(ANNE).text


async def test_what_each_role_hears(calm, phone):
    """A lead reflects in their own words, a coordinator hears about /beheer, a stranger about invitations."""
    await phone.send(LEAD, "/ikhebeven")
    await taps(phone, LEAD, "Start")
    assert "leidinggevenden" in phone.last(LEAD).text
    await phone.send(COORDINATOR, "/ikhebeven")
    assert phone.last(COORDINATOR).text == texts.NO_TEAM
    await phone.send(STRANGER, "/ikhebeven")
    assert phone.last(STRANGER).text == chat_nl.NOT_ALLOWED


async def test_who_has_not_told_where_they_work_is_asked(house, phone):
    """The first of the questions about who they are comes under it."""
    house.invite(NEW)
    await phone.send(NEW, "/ikhebeven")
    assert [call.text for call in phone.telegram.shown(NEW)] == [texts.TELL_FIRST, chat_nl.ASK_SECTOR]
    await taps(phone, NEW, "JGZ")
    assert chat_nl.ASK_FUNCTION in phone.last(NEW).text


async def test_every_button_fits(calm, phone):
    """At every screen on the way."""
    await phone.send(ANNE, "/ikhebeven")
    await taps(phone, ANNE, "Start", "4 ·", "Elkaar kennen", "Serieus", "Elkaar iets")
    for call in phone.telegram.shown(ANNE):
        for data in call.buttons.values():
            assert len(data.encode()) <= LIMIT
            assert decode(data) is not None


async def test_a_fourth_theme_gets_a_passing_remark(calm, phone):
    """And stays off."""
    await phone.send(ANNE, "/ikhebeven")
    await taps(phone, ANNE, "Start", "4 ·", "Elkaar kennen", "Serieus", "Elkaar iets", "Kleine successen")
    assert phone.telegram.remarks() == ["Meer dan 3 kan niet. Tik eerst nog een keer op iets wat je al koos."]
    assert "✓ Kleine successen" not in phone.last(ANNE).buttons


async def test_an_old_button_begins_again_kindly(house, phone):
    """The content has changed since: said so, with a button to begin; a made-up path hears the same."""
    member = house.memberships[ANNE]
    edition = edition_of(house.deps, "trust")
    for data in (f"e1.{member}.trust.zzzz.30", f"e1.{member}.trust.{edition}.9999"):
        await phone.tap(ANNE, data)
        assert phone.last(ANNE).text == texts.CHANGED
        await taps(phone, ANNE, texts.BEGIN_AGAIN)
        assert "Vraag 1 van" in phone.last(ANNE).text


async def test_a_forged_button_is_refused_kindly(house, phone):
    """Somebody else's membership, and a dialogue that is not played this way."""
    edition = edition_of(house.deps, "start")
    for chat, data in (
        (BRAM, f"e1.{house.memberships[ANNE]}.trust..3"),
        (OUTSIDER, f"e1.{house.memberships[ANNE]}.trust.."),
        (STRANGER, f"e1.{house.memberships[ANNE]}.trust.."),
        (ANNE, f"e1.{house.memberships[ANNE]}.start.{edition}.0"),
        (ANNE, f"h1.{house.memberships[ANNE]}.go.0..0"),
        (BRAM, f"h1.{house.memberships[ANNE]}.pass.0..0"),
    ):
        await phone.tap(chat, data)
        assert phone.telegram.remarks()[-1] == chat_nl.NOT_ALLOWED


# Something else


async def test_something_else_is_one_open_question_of_which_nothing_is_kept(calm, phone):
    """The text goes out of the chat, kindly; Verder ends it, and says that nothing is kept."""
    await phone.send(ANNE, "/ikhebeven")
    await taps(phone, ANNE, texts.SOMETHING_ELSE)
    asked = phone.last(ANNE)
    assert "waar mijn vragen niet over gaan" in asked.text
    assert "Ik bewaar het niet" in asked.text
    await phone.send(ANNE, "De leerplicht van Kanariepiet")
    assert phone.last(ANNE).text == texts.TEXT_LET_GO
    assert len(phone.telegram.of("deleteMessage")) == 1
    await phone.tap(ANNE, asked.buttons["Verder"], message_id=int(asked.given["message_id"]))
    assert "niets van bewaard" in phone.last(ANNE).text
    await phone.send(ANNE, "nog iets")
    assert phone.last(ANNE).text == chat_nl.NO_TEXT_NOW
    assert not any("Kanariepiet" in call.text for call in phone.telegram.calls)


async def test_something_else_is_shared_where_a_round_is_open(house, phone):
    """Beside a round that was answered, with enough people asked: the writer sees it back and chooses."""
    chats = house.members(9)
    house.stock(6)
    house.close(house.start_round())
    house.answer(chats[0], house.open_round().id)
    await phone.send(ANNE, "/ikhebeven")
    await taps(phone, ANNE, texts.SOMETHING_ELSE)
    assert "Daarna kies jij wat ermee gebeurt" in phone.last(ANNE).text
    await phone.send(ANNE, "De huisarts hoort er vaker bij.")
    assert "De huisarts hoort er vaker bij." in phone.last(ANNE).text
    await taps(phone, ANNE, "Deel met het team")
    assert "niets van bewaard" not in phone.last(ANNE).text
    assert house.rows("SELECT * FROM form") == []


# New


async def test_a_newcomer_plays_it_from_the_message(house, phone, outbox):
    """Start, the partners, the open question with a text, and the last words."""
    house.invite(NEW)
    house.describe(NEW, sector="wijkteam", function="team_worker", tenure="short")
    (first, _) = house.deliveries("newcomer", house.memberships[NEW])
    house.clock.moment = first.due_at
    message = await sent(house, outbox, NEW, phone)
    assert "Nieuw in dit gebied" in message.text
    assert list(message.buttons) == [chat_nl.START, texts.RATHER_NOT]
    await taps(phone, NEW, "Start")
    assert "de JGZ" in phone.last(NEW).text
    await taps(phone, NEW, "Ja", "Nog niet", "Een beetje")
    asked = phone.last(NEW)
    await phone.send(NEW, "Wie is de intern begeleider?")
    assert phone.last(NEW).text == texts.TEXT_LET_GO
    await phone.tap(NEW, asked.buttons["Verder"], message_id=int(asked.given["message_id"]))
    last = phone.last(NEW).text
    assert "Ga bij één van die organisaties langs" in last
    assert "waar doen we het samen voor" in last
    assert "niets van je antwoorden bewaard" in last
    assert house.rows("SELECT * FROM form") == []


async def test_a_newcomer_may_say_rather_not(house, phone, outbox):
    """And nothing tells later that they did: the same rows as for who plays it."""
    house.invite(NEW)
    house.describe(NEW, sector="wijkteam", function="team_worker", tenure="short")
    house.clock.moment = house.deliveries("newcomer", house.memberships[NEW])[0].due_at
    await sent(house, outbox, NEW, phone)
    before = house.everything()
    await taps(phone, NEW, texts.RATHER_NOT)
    assert phone.last(NEW).text == texts.NOT_NOW_SAID
    assert house.everything() == before


# Leaving


@pytest.fixture
async def offered(house, phone, outbox):
    leaves(house, ANNE)
    return await sent(house, outbox, ANNE, phone)


async def write(phone, text=TEXT):
    await taps(phone, ANNE, "Start", "Ja, ik geef", "Bij de JGZ", "Klaar")
    await phone.send(ANNE, text)
    await taps(phone, ANNE, "Nog niet")


async def test_the_offer_says_beforehand_what_happens(offered):
    """Signed, to whom, about roles only, read first, and nothing without a yes."""
    for part in ("Samen in Noord", "met jouw naam", "wie je team leidt", "rollen en organisaties", "Pas na jouw ja"):
        assert part in offered.text
    assert list(offered.buttons) == [chat_nl.START, texts.RATHER_NOT]


async def test_the_whole_text_is_read_before_yes_and_the_team_reads_the_same(house, phone, outbox, offered):
    """Between last words and buttons stands exactly what the team gets, with the question for their meeting."""
    await write(phone)
    check = phone.last(ANNE)
    assert list(check.buttons) == [texts.GIVE_ON, texts.EDIT, texts.DO_NOT]
    assert texts.CHECK_NAMES in check.text
    assert len(phone.telegram.of("deleteMessage")) == 1
    await taps(phone, ANNE, texts.GIVE_ON)
    assert phone.last(ANNE).text == texts.GIVEN_ON
    assert phone.last(ANNE).buttons == {}
    await outbox.drain()
    for reader in (BRAM, LEAD):
        read = phone.last(reader)
        assert read.text in check.text
        assert "Naam 201 gaat weg" in read.text
        assert texts.TO_THE_TEAM in read.text
        assert read.buttons == {}
    assert phone.telegram.shown(OUTSIDER) == []
    assert phone.telegram.shown(COORDINATOR) == []


async def test_yes_twice_is_yes_once(house, phone, outbox, offered):
    """The second yes, also much later, says that it is done; everybody reads it once."""
    await write(phone)
    yes = phone.last(ANNE).buttons[texts.GIVE_ON]
    number = int(phone.last(ANNE).given["message_id"])
    for _ in range(3):
        await phone.tap(ANNE, yes, message_id=number)
    assert phone.last(ANNE).text == texts.HANDED_OVER_BEFORE
    await outbox.drain()
    house.clock.pass_(DAY)
    await phone.tap(ANNE, offered.buttons[chat_nl.START], message_id=number)
    assert phone.last(ANNE).text == texts.HANDED_OVER_BEFORE
    await outbox.drain()
    assert len(phone.telegram.shown(BRAM)) == 1


async def test_editing_asks_again(house, phone, offered):
    """Aanpassen: the partners as they were, and the text anew."""
    await write(phone)
    await taps(phone, ANNE, texts.EDIT)
    assert "✓ Bij de JGZ" in phone.last(ANNE).buttons
    await taps(phone, ANNE, "Klaar")
    await phone.send(ANNE, "De wijkagent")
    await taps(phone, ANNE, "Ja")
    assert "De wijkagent" in phone.last(ANNE).text
    assert TEXT not in phone.last(ANNE).text


@pytest.mark.parametrize("how", ["before", "halfway", "after reading"])
async def test_not_doing_it_is_fine_at_any_moment(house, phone, outbox, offered, how):
    """No draft, no note, and a button to begin again."""
    if how == "before":
        await taps(phone, ANNE, texts.RATHER_NOT)
    elif how == "halfway":
        await taps(phone, ANNE, "Start", "Ja, ik geef", "Stop")
    else:
        await write(phone)
        await taps(phone, ANNE, texts.DO_NOT)
    assert current_form(house.deps, chat_id=ANNE) is None
    assert list(phone.last(ANNE).buttons) == [chat_nl.START]
    await outbox.drain()
    assert phone.telegram.shown(BRAM) == []
    await taps(phone, ANNE, "Start")
    assert "Wil je je vaste contacten doorgeven" in phone.last(ANNE).text


async def test_a_stale_yes_after_not_doing_it_passes_on_nothing(house, phone, outbox, offered):
    """The button of an old screen: nothing to pass on."""
    await write(phone)
    yes = phone.last(ANNE).buttons[texts.GIVE_ON]
    await taps(phone, ANNE, texts.DO_NOT)
    await phone.tap(ANNE, yes, message_id=1)
    assert phone.last(ANNE).text == texts.HANDOVER_GONE
    await outbox.drain()
    assert phone.telegram.shown(BRAM) == []


async def test_a_text_that_is_too_long_is_told_kindly(house, phone, offered):
    """Out of the chat, not in the draft, and the question waits."""
    await taps(phone, ANNE, "Start", "Ja, ik geef", "Bij de JGZ", "Klaar")
    await phone.send(ANNE, "x" * 281)
    assert phone.last(ANNE).text == texts.TEXT_TOO_LONG
    assert len(phone.telegram.of("deleteMessage")) == 1
    await phone.send(ANNE, "kort")
    assert "voorgesteld" in phone.last(ANNE).text


async def test_what_is_typed_becomes_no_link_and_no_markup(house, phone, outbox, offered):
    """Others read it as it was typed, and nothing in it can be tapped."""
    await write(phone, "<b>kijk</b> op example.nl of @iemand & https://x.nl")
    seen = phone.last(ANNE).text
    await taps(phone, ANNE, texts.GIVE_ON)
    await outbox.drain()
    read = phone.last(BRAM).text
    assert read in seen
    assert "&lt;b&gt;kijk&lt;/" in read
    assert "example.nl" not in read
    assert "@iemand" not in read
    assert "https://x" not in read


async def test_a_message_from_another_day_goes_on_only_in_its_own_message(house, phone, offered):
    """A tap in an older message of the same draft says where to look."""
    await taps(phone, ANNE, "Start", "Ja, ik geef")
    old = phone.last(ANNE).buttons["Bij de JGZ"]
    await phone.tap(ANNE, offered.buttons[chat_nl.START], message_id=900)
    await phone.tap(ANNE, old, message_id=int(offered.given.get("message_id", 1)))
    assert phone.telegram.remarks()[-1] == chat_nl.OLD_BUTTON
