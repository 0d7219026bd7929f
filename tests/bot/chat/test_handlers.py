"""What people type and tap, through python-telegram-bot's own dispatch: always a kind answer, never an error."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.application import LONGEST_TEXT
from bot.chat.arriving import read
from bot.chat.callback_data import KINDS, decode
from bot.chat.texts import chat_nl as texts
from bot.usecases.fill_form import open_form
from bot.usecases.invite import invite_coordinator
from bot.usecases.make_team import make_team
from bot.usecases.preview_dialogue import resume_preview, start_preview
from storage.errors import Unavailable
from tests.support.chance import examples
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, OUTSIDER, STRANGER
from tests.support.telegram import phone_for, user

EVERYBODY = (STRANGER, ANNE, LEAD, COORDINATOR, OUTSIDER)


# Privacy


async def test_privacy_says_both_sides_and_links_to_the_page_of_the_organisation(phone):
    """What is and what is not protected under headings of one level, next to each other; the link only when set."""
    await phone.send(ANNE, "/privacy")
    text = phone.last(ANNE).text
    assert "vertrouwelijk tot het overzicht er is" in text
    headings = re.findall(r"<b>(.+?)</b>", text)
    assert headings[-2:] == ["Daar bescherm ik je tegen", "Daar bescherm ik je niet tegen"]
    assert "https://" not in text
    assert texts.privacy("https://voorbeeld.nl/privacy?a=1&b=2").endswith("https://voorbeeld.nl/privacy?a=1&amp;b=2")


# Forged and old buttons


@pytest.mark.parametrize("data", ["", "x", "d1.a.b.c.d", "p0.r.go", "z1.x", "nonsense" * 8])
async def test_a_button_of_another_version_gets_a_kind_remark(house, phone, data):
    """Unknown data changes nothing and says where help is, whoever taps."""
    before = house.everything()
    for chat in EVERYBODY:
        await phone.tap(chat, data)
    assert phone.telegram.remarks() == [texts.UNKNOWN_BUTTON] * len(EVERYBODY)
    assert house.everything() == before


async def test_a_button_in_somebody_elses_chat_is_not_taken(house, phone):
    """A forwarded message: the chat and the person who taps must be the same."""
    about = house.open_round()
    message = phone.message(ANNE, message_id=3, text=".")
    query = {"id": "1", "from": user(BRAM), "chat_instance": "1", "data": f"p1.{about.id}.go", "message": message}
    await phone.handle(callback_query=query)
    assert phone.telegram.remarks() == [texts.UNKNOWN_BUTTON]
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(0,)]


IDS = ("team", "other", "area", "round", "membership", "maandbeeld", "", "x", "y" * 22)
WORDS = (
    "home", "area", "team", "new", "label", "people", "link", "rhythm", "pick", "question", "window",
    "reminder", "way", "meeting", "topics", "first", "aside", "usual", "try", "as", "play", "go", "again", "later",
    "week", "brief", "pdf", "share", "send", "yes", "no", "stay", "lead", "member", "normal", "normal-monday",
    "normal-monday-600", "a-b-c", "trust", "trust-practice", "trust-nobody", "0", "999", "sector", "function", "jgz",
    "back", "skip", "done", "more", "p-w2-tuesday-510", "a-m1-3-tuesday-1-510", "o-w3", "trust-4", "6", "day_before",
    "", "zzz" * 6,
)  # fmt: skip


@settings(max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_forged_button_of_any_kind_makes_an_error(house, data):
    """Every kind of button with any mixture of real ids and words, tapped by anybody: no exception, and an answer."""
    real = {
        "team": house.team_id,
        "other": house.other_team.id,
        "area": house.area_id,
        "round": house.start_round().id,
        "membership": house.memberships[ANNE],
    }
    part = st.sampled_from(IDS).map(lambda name: real.get(name, name)) | st.sampled_from(WORDS)
    kind = data.draw(st.sampled_from([each for each in KINDS if each.letter != "x"]))
    number = len(kind.__dataclass_fields__) - ("letter" in kind.__dataclass_fields__)
    parts = [data.draw(part | st.integers(0, 5).map(str)) for _ in range(number)]
    forged = ".".join([f"{kind.letter}1", *parts])
    chat = data.draw(st.sampled_from(EVERYBODY))
    async with phone_for(house) as phone:
        await phone.tap(chat, forged)
        assert phone.telegram.of("answerCallbackQuery")
        if chat == STRANGER and decode(forged) is not None:
            assert house.person(STRANGER) is None


@pytest.mark.parametrize(
    ("verb", "value"),
    [
        ("often", "z" * 30),
        ("day", "z" * 30),
        ("day", "normal-sunday"),
        ("as", "z" * 30),
        ("play", "z-y"),
        ("first", "z"),
    ],
)
async def test_a_choice_that_was_not_offered_is_refused_kindly(house, phone, verb, value):
    """Also to the coordinator, and also where the next menu would not fit into a button."""
    await phone.tap(COORDINATOR, f"b1.{verb}.{house.team_id}.{value}")
    assert phone.telegram.remarks() == [texts.NOT_ALLOWED]


@pytest.mark.parametrize(
    "verb",
    ["team", "area", "new", "people", "rhythm", "topics", "try", "link", "first", "pick", "window", "aside", "play"],
)
async def test_the_menus_of_the_coordinator_open_for_nobody_else(house, phone, verb):
    """Forged by a stranger, a member, the lead and somebody from elsewhere: a kind refusal and no menu."""
    values = {
        "link": "member",
        "first": "trust",
        "pick": "p-w2-tuesday-510",
        "window": "6",
        "aside": "trust-4",
        "play": "trust-practice",
    }
    before = house.everything()
    for chat in (STRANGER, ANNE, LEAD, OUTSIDER):
        await phone.tap(chat, f"b1.{verb}.{house.team_id}.{values.get(verb, '')}")
        assert phone.telegram.shown(chat) == []
    assert phone.telegram.remarks() == [texts.NOT_ALLOWED] * 4
    assert house.everything() == before


async def test_an_old_button_of_a_closed_round_says_that_it_is_closed(house, phone):
    """The prompt itself changes into the sentence, without buttons."""
    about = house.open_round()
    house.close(about)
    for data in (f"p1.{about.id}.go", f"p1.{about.id}.later", f"d1.{about.id}.1.0.0"):
        await phone.tap(ANNE, data, message_id=4)
        assert phone.last(ANNE).text == texts.STALE_PROMPT
        assert phone.last(ANNE).buttons == {}


async def test_a_double_tap_says_that_it_was_had_already(house, phone):
    """The answer counts once, and the remark says so."""
    about = house.open_round()
    await phone.tap(ANNE, f"p1.{about.id}.go", message_id=4)
    data = next(data for label, data in phone.last(ANNE).buttons.items() if label.startswith("4"))
    await phone.tap(ANNE, data, message_id=4)
    question = phone.last(ANNE).text
    await phone.tap(ANNE, data, message_id=4)
    assert phone.telegram.remarks() == [texts.ALREADY_SAVED]
    assert phone.last(ANNE).text == question


async def test_a_dialogue_lives_in_one_message(house, phone):
    """Question after question in the same message; nothing of the answers stays in the chat."""
    about = house.open_round()
    await phone.tap(ANNE, f"p1.{about.id}.go", message_id=4)
    for starts in ("4", "Alle drie", "Stop"):
        await phone.tap_label(ANNE, starts)
    assert {call.given["message_id"] for call in phone.telegram.shown(ANNE)} == {4}
    assert set(phone.last(ANNE).buttons) == {texts.CHANGE_ANSWER}
    assert "Opgeslagen" in phone.last(ANNE).text


# Things that are no button


UNSUPPORTED = {
    "photo": {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
    "voice": {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
    "document": {"document": {"file_id": "f", "file_unique_id": "u"}},
    "sticker": {
        "sticker": {
            "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False, "is_video": False,
            "type": "regular",
        }
    },
    "location": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "contact": {"contact": {"phone_number": "1", "first_name": "x"}},
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSUPPORTED)
async def test_what_the_bot_cannot_read_is_taken_out_of_the_chat(house, phone, kind):
    """Deleted, answered kindly, nothing downloaded and nothing stored, whoever sent it."""
    before = house.everything()
    for chat in EVERYBODY:
        phone.telegram.calls.clear()
        await phone.handle(message=phone.message(chat, **UNSUPPORTED[kind]))
        assert phone.last(chat).text == texts.UNSUPPORTED
        assert [call.method for call in phone.telegram.calls] == ["deleteMessage", "sendMessage"]
    assert house.everything() == before


async def test_an_edited_message_is_taken_out_too(house, phone):
    """An edit could bring a text that was not handled."""
    await phone.handle(edited_message={**phone.message(ANNE, text="anders"), "edit_date": 1_793_000_001})
    assert phone.last(ANNE).text == texts.UNSUPPORTED
    assert len(phone.telegram.of("deleteMessage")) == 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [("zomaar iets", texts.NO_TEXT_NOW), ("x" * (LONGEST_TEXT + 1), texts.TOO_LONG)],
    ids=["unasked", "too long"],
)
async def test_a_text_nobody_asked_for_is_taken_out(house, phone, text, answer):
    """And said so; nothing of it is stored."""
    before = house.everything()
    await phone.send(ANNE, text)
    assert phone.last(ANNE).text == answer
    assert len(phone.telegram.of("deleteMessage")) == 1
    assert house.everything() == before


async def test_a_stranger_hears_what_this_is_and_is_not_kept(house, phone):
    """Texts, commands and /start without a link: the same friendly words, and no row."""
    before = house.everything()
    for text in ("hallo", "/start", "/help", "/nonsense"):
        await phone.send(STRANGER, text)
        assert phone.last(STRANGER).text == texts.STRANGER
    await phone.send(STRANGER, "/stop")
    assert phone.last(STRANGER).text == texts.NOTHING_KEPT
    await phone.send(STRANGER, "/beheer")
    assert phone.last(STRANGER).text == texts.NOT_ALLOWED
    await phone.send(STRANGER, "/start onbekend.token")
    assert phone.last(STRANGER).text == texts.INVITATION_INVALID
    assert house.everything() == before


async def test_a_group_is_told_where_the_bot_works(house, phone):
    """One sentence; nothing is read or deleted there."""
    message = phone.message(ANNE, text="hoi")
    message["chat"] = {"id": -55, "type": "group", "title": "Team"}
    await phone.handle(message=message)
    assert (phone.last(-55).text, phone.telegram.of("deleteMessage")) == (texts.GROUP, [])


@pytest.mark.parametrize("name", ["<b>Jan</b>", "Jan & co", "a" * 64])
async def test_a_name_is_text(house, phone, name):
    """A Telegram name with signs of HTML joins and is greeted like any other."""
    token = house.token()
    await phone.send(STRANGER, f"/start {token}", name=name)
    assert "<b>Jan" not in phone.last(STRANGER).text
    await phone.tap_label(STRANGER, texts.JOIN)
    await phone.send(STRANGER, "/start", name=name)
    assert house.person(STRANGER) is not None


async def test_liever_niet_leaves_nothing(house, phone):
    """The whole way to a no: not a single row has changed."""
    token = house.token()
    before = house.everything()
    await phone.send(STRANGER, f"/start {token}")
    await phone.tap_label(STRANGER, texts.DECLINE)
    assert phone.last(STRANGER).text == texts.DECLINED
    assert house.everything() == before


async def test_stop_asks_once_and_then_erases(house, phone):
    """Nee changes nothing; ja erases; the menu of the chat goes too."""
    await phone.send(ANNE, "/stop")
    await phone.tap_label(ANNE, texts.STOP_NO)
    assert house.person(ANNE) is not None
    await phone.send(ANNE, "/stop")
    await phone.tap_label(ANNE, texts.STOP_YES)
    assert phone.last(ANNE).text == texts.STOPPED
    assert house.person(ANNE) is None
    assert len(phone.telegram.of("deleteMyCommands")) == 1
    await phone.send(COORDINATOR, "/stop")
    await phone.tap_label(COORDINATOR, texts.STOP_YES)
    assert phone.last(COORDINATOR).text == texts.LAST_COORDINATOR


async def test_making_a_team_by_typing(house, phone):
    """Name, local word, done; a name that will not do is asked again; the texts of a form are not deleted."""
    await phone.send(COORDINATOR, "/beheer")
    await phone.tap_label(COORDINATOR, "Nieuw team")
    await phone.send(COORDINATOR, "kijk op x.nl")
    await phone.send(COORDINATOR, "De Brug")
    await phone.send(COORDINATOR, "het jeugdteam")
    assert "De Brug" in phone.last(COORDINATOR).text
    teams = house.read(lambda work: work.teams.in_area(house.area_id))
    assert ("De Brug", "het jeugdteam") in {(team.name, team.team_label) for team in teams}
    assert phone.telegram.of("deleteMessage") == []


FORMS = {"team_name": {"area": ""}, "team_label": {"area": "", "name": "De Brug"}, "preview": {}}


async def at_the_open_question(house, phone, chat):
    """A running dialogue that waits for a text; the message it lives in is 4."""
    about = house.open_round()
    await phone.tap(chat, f"p1.{about.id}.go", message_id=4)
    await phone.tap_label(chat, "Geen zicht op")


@pytest.mark.parametrize("kind", FORMS)
async def test_a_forgotten_form_takes_no_text_from_a_dialogue(house, phone, kind):
    """Somebody who coordinates elsewhere left a form open: what they answer goes to the dialogue, and is not kept."""
    join_as_coordinator(house, ANNE)
    await at_the_open_question(house, phone, ANNE)
    if kind == "preview":
        begin_preview_at_a_text(house, ANNE)
    else:
        data = FORMS[kind] | {"area": house.read(lambda work: work.people.coordinates(house.person(ANNE).id)[0])}
        open_form(house.deps, chat_id=ANNE, kind=kind, data=data)
    forms, teams = house.rows("SELECT * FROM form"), house.rows("SELECT * FROM team")
    await phone.send(ANNE, "Kees kwam weer niet")
    assert phone.last(ANNE).text.startswith(f"<i>{texts.TEXT_DELETED}</i>")
    assert phone.last(ANNE).given["message_id"] == 4
    assert len(phone.telegram.of("deleteMessage")) == 1
    assert (house.rows("SELECT * FROM form"), house.rows("SELECT * FROM team")) == (forms, teams)
    assert "Kees" not in repr(house.everything())


async def test_a_text_in_a_preview_that_asks_for_none_is_taken_out(house, phone):
    """As in a real dialogue: deleted, and said that nothing was asked; the preview stays where it was."""
    start_preview(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element="trust", audience="practice")
    before = house.everything()
    await phone.send(COORDINATOR, "zomaar iets")
    assert phone.last(COORDINATOR).text == texts.NO_TEXT_NOW
    assert len(phone.telegram.of("deleteMessage")) == 1
    assert house.everything() == before


async def test_a_text_in_a_preview_that_asks_for_one_goes_on(house, phone):
    """Deleted, and the next screen comes."""
    begin_preview_at_a_text(house, COORDINATOR)
    await phone.send(COORDINATOR, "zomaar iets")
    assert texts.TEXT_DELETED in phone.last(COORDINATOR).text
    assert len(phone.telegram.of("deleteMessage")) == 1


def join_as_coordinator(house, chat):
    """Make somebody coordinator of an area where they are in no team."""
    house.join(chat, invite_coordinator(house.deps, area_name="West", municipality="Weststad").token)
    area = house.read(lambda work: work.people.coordinates(house.person(chat).id)[0])
    make_team(house.deps, chat_id=chat, area_id=area, name="West", team_label="het wijkteam")


def begin_preview_at_a_text(house, chat):
    """A preview that waits for a text."""
    area = house.read(lambda work: work.people.coordinates(house.person(chat).id)[0])
    team = house.read(lambda work: work.teams.in_area(area))[0]
    screen = start_preview(house.deps, chat_id=chat, team_id=team.id, element="trust", audience="practice")
    blind = next(each.tap for each in screen.buttons if each.label.startswith("Geen zicht op"))
    screen, _, _ = resume_preview(house.deps, chat_id=chat, given=blind)
    assert screen.expects_text


# After three failures


@pytest.mark.parametrize(
    ("error", "said"), [(ValueError("x"), texts.TROUBLE), (Unavailable("vol"), texts.BUSY)], ids=["trouble", "busy"]
)
async def test_the_apology_fits_what_went_wrong(phone, error, said):
    """A tap gets an alert, a message a message; a busy database is told as such."""
    message = phone.message(ANNE, text="x")
    await phone.handlers.give_up(read({"update_id": 1, "message": message}, phone.bot), error)
    assert phone.last(ANNE).text == said
    query = {"id": "5", "from": user(ANNE), "chat_instance": "1", "data": "x", "message": message}
    await phone.handlers.give_up(read({"update_id": 2, "callback_query": query}, phone.bot), error)
    assert phone.telegram.remarks() == [said]
