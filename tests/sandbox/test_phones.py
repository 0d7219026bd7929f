"""What people do on their phones, and what the bot hears of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import ChatMigrated

from tests.sandbox.conftest import ANNA, BRAM, STRANGER

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox


async def one_update(sandbox: Sandbox) -> Update:
    updates = await sandbox.bot.get_updates(timeout=5)
    await sandbox.confirm(updates[-1].update_id)
    assert len(updates) == 1
    return updates[0]


async def test_a_deep_link_is_a_start_with_a_payload(sandbox: Sandbox) -> None:
    """The bot sees "/start TOKEN" as a command; the link is then no longer offered."""
    await sandbox.phone(ANNA, "link", payload="A_b-9" * 12)
    offered = (await sandbox.http.get("/phones")).json()["phones"][0]
    assert (offered["link"], offered["started"]) == ("A_b-9" * 12, False)
    await sandbox.phone(ANNA, "send", text=f"/start {offered['link']}")
    update = await one_update(sandbox)
    assert update.message is not None
    assert update.message.text == f"/start {'A_b-9' * 12}"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]
    left = (await sandbox.http.get("/phones")).json()["phones"][0]
    assert (left["link"], left["started"]) == (None, True)


@pytest.mark.parametrize("payload", ["a" * 65, "met spatie", "é", "a=b"])
async def test_impossible_deep_links_are_refused(sandbox: Sandbox, payload: str) -> None:
    """At most 64 characters out of A-Z a-z 0-9 _ -, in an offered link and in a text."""
    for act, body in (("link", {"payload": payload}), ("send", {"text": f"/start {payload}"})):
        answer = await sandbox.http.post(f"/phones/{ANNA}/{act}", json=body)
        assert answer.status_code == 400


async def test_a_tap_reaches_the_bot_with_its_message(sandbox: Sandbox) -> None:
    """Data and message arrive; a button that is gone needs a forging client, a message that is gone too."""
    await sandbox.start(ANNA)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="ja")]])
    message = await sandbox.bot.send_message(ANNA, "Doe je mee?", reply_markup=keyboard)
    await sandbox.phone(ANNA, "tap", message_id=message.message_id, data="ja")
    query = (await one_update(sandbox)).callback_query
    assert query is not None
    assert query.data == "ja"
    assert query.from_user.id == ANNA
    await query.edit_message_text("Mooi.")
    gone = {"message_id": message.message_id, "data": "ja"}
    assert (await sandbox.http.post(f"/phones/{ANNA}/tap", json=gone)).status_code == 409
    await sandbox.phone(ANNA, "tap", forged=True, **gone)
    assert (await one_update(sandbox)).callback_query is not None
    await sandbox.bot.delete_message(ANNA, message.message_id)
    await sandbox.phone(ANNA, "tap", forged=True, **gone)
    query = (await one_update(sandbox)).callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


async def test_unsupported_messages_arrive(sandbox: Sandbox) -> None:
    """A photo, a voice message, a document with its content and an edited text reach the bot as what they are."""
    await sandbox.phone(ANNA, "send_photo", caption="kijk")
    update = await one_update(sandbox)
    assert update.message is not None
    assert update.message.photo
    await sandbox.phone(ANNA, "send_voice")
    update = await one_update(sandbox)
    assert update.message is not None
    assert update.message.voice
    await sandbox.phone(ANNA, "send_document", name="vakantie.ics", text="BEGIN:VCALENDAR", mime="text/calendar")
    update = await one_update(sandbox)
    assert update.message is not None
    assert update.message.document
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"BEGIN:VCALENDAR"
    sent = await sandbox.phone(ANNA, "send", text="Fotu")
    await one_update(sandbox)
    await sandbox.phone(ANNA, "edit", message_id=sent["message_id"], text="Foto")
    update = await one_update(sandbox)
    assert update.edited_message is not None
    assert update.edited_message.text == "Foto"


async def test_blocking_is_told_once(sandbox: Sandbox) -> None:
    """The bot hears that it was kicked and that it is back; who blocked it cannot write."""
    await sandbox.start(ANNA)
    for _ in range(2):
        await sandbox.phone(ANNA, "block")
    change = (await one_update(sandbox)).my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    assert (await sandbox.http.post(f"/phones/{ANNA}/send", json={"text": "Hoi"})).status_code == 409
    await sandbox.phone(ANNA, "unblock")
    assert (await one_update(sandbox)).my_chat_member is not None


async def test_only_what_changed_is_shown_again(sandbox: Sandbox) -> None:
    """`since` gives new and edited messages; events wake up a page that waits."""
    await sandbox.start(ANNA)
    message = await sandbox.bot.send_message(ANNA, "een")
    last = (await sandbox.http.get(f"/phones/{ANNA}/messages")).json()["last"]
    waiting = asyncio.create_task(sandbox.http.get("/events", params={"since": last, "timeout": 20}))
    await message.edit_text("twee")
    events = (await waiting).json()
    assert [(event["kind"], event["chat_id"]) for event in events["events"]] == [("edit", ANNA)]
    changed = (await sandbox.http.get(f"/phones/{ANNA}/messages", params={"since": last})).json()
    assert [(one["text"], one["edited"]) for one in changed["messages"]] == [("twee", True)]


async def test_who_waits_for_one_chat_is_only_woken_by_what_it_shows(sandbox: Sandbox) -> None:
    """Not by another chat, and not by what is on its way to the bot."""
    await sandbox.start(ANNA)
    await sandbox.start(BRAM)
    message = await sandbox.bot.send_message(ANNA, "een")
    last = (await sandbox.http.get(f"/phones/{ANNA}/messages")).json()["last"]
    asked = {"since": last, "chat": ANNA, "timeout": 20}
    waiting = asyncio.create_task(sandbox.http.get("/events", params=asked))
    await sandbox.phone(ANNA, "tap", message_id=message.message_id, data="x", forged=True)
    await sandbox.bot.send_message(BRAM, "voor een ander")
    await message.edit_text("twee")
    events = [(event["kind"], event["chat_id"]) for event in (await waiting).json()["events"]]
    assert events == [("update", ANNA), ("message", BRAM), ("edit", ANNA)]


async def test_people_can_be_added(sandbox: Sandbox) -> None:
    """A new phone appears; an id in use and a stranger are refused."""
    answer = await sandbox.http.post("/phones", json={"id": 77, "name": "Chantal"})
    assert answer.status_code == 201
    assert (await sandbox.http.post("/phones", json={"id": 77, "name": "Dubbel"})).status_code == 409
    assert (await sandbox.http.post("/phones", json={"id": "x"})).status_code == 400
    await sandbox.start(77)
    await sandbox.bot.send_message(77, "Hoi Chantal")
    assert (await sandbox.http.get(f"/phones/{STRANGER}/messages")).status_code == 404
    assert (await sandbox.http.post(f"/phones/{ANNA}/vlieg", json={})).status_code == 404


async def test_groups(sandbox: Sandbox) -> None:
    """The bot hears that it was added and hears commands only; it can answer there; privacy mode can go off."""
    group = (await sandbox.http.post("/groups", json={"title": "Team", "members": [ANNA, BRAM]})).json()["id"]
    added, hello = await sandbox.bot.get_updates(timeout=5)
    assert added.my_chat_member is not None
    assert hello.message is not None
    assert hello.message.new_chat_members[0].is_bot
    await sandbox.confirm(hello.update_id)
    said = await sandbox.http.post(f"/groups/{group}/send", json={"user": ANNA, "text": "Hoi allemaal"})
    assert said.json() == {"bot_sees_it": False}
    said = await sandbox.http.post(f"/groups/{group}/send", json={"user": BRAM, "text": "/start"})
    assert said.json() == {"bot_sees_it": True}
    update = await one_update(sandbox)
    assert update.effective_chat is not None
    await update.effective_chat.send_message("Ik werk alleen in een gesprek met jou.")
    shown = (await sandbox.http.get(f"/groups/{group}/messages")).json()["messages"]
    assert shown[-1]["from_bot"]
    await sandbox.http.post("/faults", json={"privacy_mode": False})
    said = await sandbox.http.post(f"/groups/{group}/send", json={"user": ANNA, "text": "Hoi allemaal"})
    assert said.json() == {"bot_sees_it": True}


async def test_a_group_that_became_a_supergroup(sandbox: Sandbox) -> None:
    """Writing to the old id is refused with the new one."""
    group = (await sandbox.http.post("/groups", json={"title": "Team", "members": [ANNA]})).json()["id"]
    new = (await sandbox.http.post(f"/groups/{group}/migrate")).json()["id"]
    with pytest.raises(ChatMigrated) as refusal:
        await sandbox.bot.send_message(group, "Hoi")
    assert refusal.value.new_chat_id == new
    await sandbox.bot.send_message(new, "Hoi")


async def test_the_page_and_its_parts_are_served(sandbox: Sandbox) -> None:
    """The page loads nothing from elsewhere and other host names are refused."""
    page = await sandbox.http.get("/")
    assert "Even Stilstaan" in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for name in ("app.js", "phone.js", "message.js", "richtext.js", "clock.js", "api.js", "style.css", "phone.css"):
        part = await sandbox.http.get(f"/page/{name}")
        assert part.status_code == 200
        assert "http://" not in part.text
    rebound = await sandbox.http.get("/phones", headers={"Host": "kwaad.example"})
    assert rebound.status_code == 400
