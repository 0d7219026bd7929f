"""The running product in one event loop: it starts, ticks, and stops, whatever Telegram or the disk do."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
from collections import Counter
from contextlib import closing, nullcontext

import httpx
import pytest
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot import house as room
from bot.chat.commands import on_privacy
from bot.chat.outbox import BATCH, Outbox
from bot.house import Duties, House
from bot.refused import TokenRefused
from bot.settings import load_settings
from storage.errors import BeingReplaced, Unavailable
from tests.support.house import ANNE, BRAM
from tests.support.logs import logs
from tests.support.telegram import TOKEN, FakeTelegram, refused, user

SECRET = "Geheim-geheim-geheim-geheim-geheim"
DUTIES = ("release_due", "publish_due_participation", "open_due_rounds", "compose_due_maandbeelden", "tidy_once_a_day")


@pytest.fixture
def telegram():
    return FakeTelegram()


@pytest.fixture
def product(house, telegram, monkeypatch):
    """The product over the house's database and a fake Telegram; make it with other duties by calling."""
    monkeypatch.setattr(
        room, "make_bot", lambda token, _url: ExtBot(token, request=telegram, get_updates_request=telegram)
    )
    settings = load_settings(
        telegram_bot_token=TOKEN,
        database_url=f"sqlite:///{house.database}",
        key_dir=house.folder / "keys",
        webhook_url=None,
        dialogues_dir=None,
    )
    return lambda **duties: House(house.deps, settings, duties=Duties(**duties))


async def run_until_fetching(product, telegram, *, sends=0):
    """Start, let it work until it has asked for updates and sent so many messages, and stop it."""
    stopping = asyncio.Event()
    running = asyncio.create_task(product.run(stopping))
    await called(telegram, "getUpdates", running)
    await called(telegram, "sendMessage", running, times=sends)
    stopping.set()
    await running


async def called(telegram, method, running, *, times=1):
    """Wait until the product called this method so often, or ended."""
    while len(telegram.of(method)) < times:
        await asyncio.sleep(0.01)
        if running.done():
            break


async def test_starting_does_all_that_is_due(house, product, telegram):
    """A round that became due while the bot was down opens, and its prompts go out before the first update."""
    house.clock.moment = house.rhythm()
    await run_until_fetching(product(), telegram, sends=2)
    asked = {call.chat_id for call in telegram.of("sendMessage")}
    assert asked == {ANNE, BRAM}
    assert len(telegram.of("setMyCommands")) == 1


@pytest.mark.thorough
async def test_a_stop_in_the_middle_of_a_broadcast_loses_and_repeats_nothing(house, product, telegram, monkeypatch):
    """The call under way is waited for, the rest goes after the next start: everybody gets one prompt and one reminder.

    Meanwhile every row is as if nothing was taken, or done: none is left with a sender that is gone.
    """
    house.members(2 * BATCH)
    about = house.open_round()
    for kind, moment in (("prompt", house.clock.moment), ("reminder", about.remind_at)):
        house.clock.moment = moment
        before = len(telegram.of("sendMessage"))
        await run_until_stopped_in(product(), telegram, before=before + 3, monkeypatch=monkeypatch)
        assert len(telegram.of("sendMessage")) == before + 3
        rows = Counter(row.state for row in house.deliveries(kind, about.id))
        assert rows == {"pending": 2 * BATCH - 3, "done" if kind == "reminder" else "sent": 3}
        await run_until_fetching(product(), telegram, sends=before + 2 * BATCH)
        assert Counter(call.chat_id for call in telegram.of("sendMessage")[before:]).most_common(1)[0][1] == 1
    columns = "state, attempts, due_at, valid_until, lease_until, finished_at"
    assert len(set(house.rows(f"SELECT {columns} FROM delivery WHERE kind = 'reminder'"))) == 1  # noqa: S608 - our own


async def run_until_stopped_in(product, telegram, *, before, monkeypatch):
    """Ask it to stop while a call to Telegram is under way that is answered only then."""
    stopping, answer, send = asyncio.Event(), asyncio.Event(), telegram.do_request

    async def slow(url, *given, **named):
        done = await send(url, *given, **named)
        if url.endswith("sendMessage") and len(telegram.of("sendMessage")) == before:
            stopping.set()
            await answer.wait()
        return done

    with monkeypatch.context() as patched:
        patched.setattr(telegram, "do_request", slow)
        stop = Outbox.stop

        async def stop_and_answer(outbox):
            asyncio.get_running_loop().call_soon(answer.set)
            await stop(outbox)

        patched.setattr(Outbox, "stop", stop_and_answer)
        await product.run(stopping)


async def test_a_maandbeeld_that_is_no_longer_what_was_written_is_told(house, product, telegram):
    """In the log, by team and month, while the bot serves."""
    with house.storage.begin() as work:
        work.maandbeelden.add("nov", team_id=house.team_id, month="2026-11", body="{}", composed_at=house.clock.moment)
        work.commit()
    with closing(sqlite3.connect(house.database)) as changing:
        changing.execute("DROP TRIGGER maandbeeld_written_once")
        changing.execute("UPDATE maandbeeld SET body = '[]'")
        changing.commit()
    stopping = asyncio.Event()
    with logs() as printed:
        running = asyncio.create_task(product().run(stopping))
        while "maandbeeld_changed" not in printed():
            await asyncio.sleep(0.01)
            if running.done():
                break
        stopping.set()
        await running
        assert house.team_id in printed()


async def test_without_the_ticker_no_round_opens(house, product, telegram):
    """That is the work of `tick`; what waits in the outbox is sent all the same."""
    house.clock.moment = house.rhythm()
    before = house.rows("SELECT count(*) FROM round")
    await run_until_fetching(product(ticker=False), telegram)
    assert house.rows("SELECT count(*) FROM round") == before


async def test_without_the_release_no_key_is_read(house, product, telegram, monkeypatch):
    """The bot beside a separate opener never touches a private key, and makes none."""

    def refuse(*_arguments):
        raise AssertionError("a private key was read")

    monkeypatch.setattr("storage.keys.KeyFolder.private", refuse)
    monkeypatch.setattr("storage.keys.KeyFolder.make", refuse)
    about = house.start_round()
    house.clock.moment = about.closes_at
    await run_until_fetching(product(release=False), telegram)
    assert house.round(about.id).state == "open"


async def test_a_database_that_is_busy_does_not_stop_the_bot(house, product, telegram, monkeypatch):
    """The tick is left for the next one, with a line in the log that names no one."""

    def busy(_deps):
        raise Unavailable("de database kan nu niet")

    monkeypatch.setattr(room, "RELEASE", (busy, *room.RELEASE[1:]))
    with logs() as printed:
        await run_until_fetching(product(), telegram)
        text = printed()
    assert "tick_failed" in text
    assert "stopped" in text


@pytest.mark.parametrize("duty", DUTIES)
async def test_one_duty_that_fails_does_not_stop_the_others(house, product, telegram, monkeypatch, duty):
    """Whatever goes wrong in it, the rest is done, what is due is sent, and the log names the error."""
    done = []

    def instead(name):
        def act(_deps):
            done.append(name)
            if name == duty:
                raise ZeroDivisionError("Anne")

        return act

    house.open_round()
    for duties in ("RELEASE", "TICKER"):
        named = {each.__name__: each for each in getattr(room, duties)}
        replaced = tuple(instead(name) if name in DUTIES else each for name, each in named.items())
        monkeypatch.setattr(room, duties, replaced)
    with logs() as printed:
        await run_until_fetching(product(), telegram, sends=2)
        text = printed()
    assert tuple(done[: len(DUTIES)]) == DUTIES
    assert "ZeroDivisionError" in text
    assert "Anne" not in text
    assert {call.chat_id for call in telegram.of("sendMessage")} == {ANNE, BRAM}


async def test_a_key_folder_that_is_full_does_not_stop_the_bot(house, product, telegram, monkeypatch):
    """No keys can be made at the start: told in the log, and tried again by the next tick."""

    def full(_deps):
        raise OSError("no space left on device")

    monkeypatch.setattr(room, "fill_stock", full)
    house.open_round()
    with logs() as printed:
        await run_until_fetching(product(), telegram, sends=1)
        text = printed()
    assert "OSError" in text
    assert telegram.of("sendMessage")


async def test_a_round_whose_key_is_lost_ends_when_the_product_starts(house, product, telegram):
    """It says so to who was asked, and asks nobody for an answer that no one will open."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    (house.folder / "keys" / "opener" / f"{about.key_id}.private").unlink()
    await run_until_fetching(product(release=False), telegram)
    assert house.round(about.id).state == "open"
    telegram.calls.clear()
    await run_until_fetching(product(), telegram)
    assert house.round(about.id).state == "destroyed"


async def test_on_hold_the_clock_goes_on(house, product, monkeypatch):
    """It waits for an administrator and looks again and again: monitoring is told of the hold, not of a clock."""
    monkeypatch.setattr(room, "HOLD_SECONDS", 0.01)
    house.storage.hold.begin(house.clock.moment, copied_at=house.clock.moment)
    stopping, ticks, waiting = asyncio.Event(), [], product()

    def ticked():
        ticks.append(None)
        if len(ticks) == 3:
            stopping.set()

    monkeypatch.setattr(waiting._vitals, "ticked", ticked)
    await asyncio.wait_for(waiting.run(stopping), timeout=10)
    assert len(ticks) == 3


async def test_it_stops_when_it_learns_that_a_copy_is_put_back(house, product, telegram, monkeypatch):
    """The server had forgotten it. Nothing more is done, and the error that comes out says why, in Dutch."""
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    looks = []

    def stay():
        looks.append(None)
        if len(looks) == 3:
            house.clock.moment = house.rhythm()  # from here on a round is due
            raise BeingReplaced

    monkeypatch.setattr(house.storage, "at_work", lambda: nullcontext(stay))
    before = house.rows("SELECT count(*) FROM round")
    with pytest.raises(Unavailable, match="teruggezet"):
        await asyncio.wait_for(product().run(asyncio.Event()), 10)
    assert len(looks) == 3
    assert house.rows("SELECT count(*) FROM round") == before


async def test_it_stops_when_a_copy_was_put_back_while_it_worked(house, product, telegram, monkeypatch):
    """It finds the database on hold: it may not speak before somebody lets it, and starts anew for that."""
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    running = asyncio.create_task(product().run(asyncio.Event()))
    await called(telegram, "getUpdates", running)
    house.storage.hold.begin(house.clock.moment, copied_at=house.clock.moment)
    with pytest.raises(Unavailable, match="teruggezet"):
        await asyncio.wait_for(running, 10)


async def test_on_hold_it_stops_when_it_learns_that_another_copy_is_put_back(house, product, telegram, monkeypatch):
    """Waiting for an administrator it works with the database too."""

    def stay():
        raise BeingReplaced

    monkeypatch.setattr(house.storage, "at_work", lambda: nullcontext(stay))
    house.storage.hold.begin(house.clock.moment, copied_at=house.clock.moment)
    with pytest.raises(Unavailable, match="teruggezet"):
        await asyncio.wait_for(product().run(asyncio.Event()), 10)
    assert telegram.calls == []


async def test_a_wrong_token_is_told_and_ends(product, telegram):
    """Nothing is served, and the error that comes out says what to do, in Dutch."""
    telegram.trouble["getMe"].append(refused(401, "Unauthorized"))
    with pytest.raises(TokenRefused, match="BotFather"):
        await product().run(asyncio.Event())


async def test_a_token_that_is_taken_back_while_it_works_is_told_and_ends(product, telegram):
    """Somebody revoked it at @BotFather: the next fetch is refused."""
    telegram.trouble["getUpdates"].append(refused(401, "Unauthorized"))
    with pytest.raises(TokenRefused, match="BotFather"):
        await product().run(asyncio.Event())


async def test_a_token_that_is_taken_back_before_the_webhook_is_set_is_told_and_ends(product, telegram, free_port):
    """There nothing is fetched; the call that says where to deliver is refused."""
    telegram.trouble["setWebhook"].append(refused(401, "Unauthorized"))
    with pytest.raises(TokenRefused, match="BotFather"):
        await over_webhook(product(), free_port).run(asyncio.Event())


async def test_a_telegram_that_is_down_at_the_start_is_waited_for(house, product, telegram, monkeypatch):
    """What needs no Telegram is done meanwhile: a round that is due opens, and its prompts go out later."""
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    telegram.trouble["getMe"] += [NetworkError("down"), NetworkError("down")]
    house.clock.moment = house.rhythm()
    with logs() as printed:
        await run_until_fetching(product(), telegram, sends=2)
        assert printed().count("telegram_unreachable") == 2
    assert {call.chat_id for call in telegram.of("sendMessage")} == {ANNE, BRAM}


async def test_privacy_links_to_the_page_that_was_set(house, telegram, monkeypatch):
    """PRIVACY_URL is what /privacy ends with."""
    monkeypatch.setattr(
        room, "make_bot", lambda token, _url: ExtBot(token, request=telegram, get_updates_request=telegram)
    )
    settings = load_settings(telegram_bot_token=TOKEN, privacy_url="https://voorbeeld.nl/privacy/", dialogues_dir=None)
    async with House(house.deps, settings)._started() as (_, handlers):
        await on_privacy(handlers._desk, chat_id=ANNE)
    assert telegram.of("sendMessage")[-1].text.endswith(" https://voorbeeld.nl/privacy")


class OtherProcesses:
    """Stands for the locks on PostgreSQL: another process says that Bram is in a dialogue."""

    is_shared = True

    def __init__(self):
        self.told = {BRAM}

    def begin(self, chat_id):
        self.told.add(chat_id)

    def end(self, chat_id):
        self.told.discard(chat_id)

    def everybody(self):
        return frozenset(self.told)

    def close(self):
        """Nothing to give back."""


async def test_what_other_processes_know_of_dialogues_counts_and_they_are_told(house, product, monkeypatch):
    """A step here is told there; a prompt to somebody who taps there waits, and goes when that is over."""
    others = OtherProcesses()
    monkeypatch.setattr(house.storage, "in_dialogue", others)
    about = house.open_round()
    running = product()
    async with running._started() as (_, handlers):
        await handlers._desk.saw(ANNE, about="a", ended=False)
        assert others.told == {ANNE, BRAM}
        assert await running._outbox.drain() == 0
        others.end(BRAM)
        assert await running._outbox.drain() == 1
    states = {
        house.read(lambda work, row=row: work.people.get(row.person_id)).chat_id: row.state
        for row in house.deliveries("prompt", about.id)
    }
    assert states == {ANNE: "pending", BRAM: "sent"}


async def test_polling_takes_a_webhook_of_before_away(product, telegram):
    """Otherwise Telegram would refuse every fetch; when that fails, the bot goes on."""
    telegram.trouble["deleteWebhook"].append(refused(500, "Internal"))
    await run_until_fetching(product(), telegram)
    order = [call.method for call in telegram.of("deleteWebhook", "getUpdates")]
    assert order[:2] == ["deleteWebhook", "getUpdates"]
    assert not telegram.of("setWebhook")


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def over_webhook(served, port):
    """Let Telegram bring the updates to this port, where anybody can ask how it is."""
    served._settings = load_settings(
        telegram_bot_token=TOKEN, telegram_api_url="http://127.0.0.1:1", dialogues_dir=None,
        webhook_url=f"http://127.0.0.1:{port}/in", webhook_secret=SECRET, webhook_listen=f"127.0.0.1:{port}",
    )  # fmt: skip
    return served


async def test_with_a_webhook_updates_come_in_there(house, product, telegram, free_port, monkeypatch):
    """Over a real port: Telegram is told the secret, an update is handled and then answered with 200.

    A Telegram that is away just then is told later.
    """
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    telegram.trouble["setWebhook"].append(NetworkError("down"))
    telegram.trouble["setMyCommands"].append(NetworkError("down"))
    served = over_webhook(product(), free_port)
    address = served._settings.webhook_url
    stopping = asyncio.Event()
    running = asyncio.create_task(served.run(stopping))
    await called(telegram, "setWebhook", running, times=2)
    told = telegram.of("setWebhook")[-1]
    assert (told.given["url"], told.given["secret_token"]) == (address, SECRET)
    assert "callback_query" in told.given["allowed_updates"]
    message = {"message_id": 5, "date": 1, "chat": {"id": ANNE, "type": "private"}, "from": user(ANNE), "text": "hallo"}
    async with httpx.AsyncClient(trust_env=False) as client:
        health = [await client.get(f"http://127.0.0.1:{free_port}{path}") for path in ("/health/ready", "/metrics")]
        refused_one = await client.post(address, json={"update_id": 1, "message": message})
        before = len(telegram.shown(ANNE))
        taken = await client.post(
            address,
            json={"update_id": 2, "message": message},
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )
    stopping.set()
    await running
    assert (refused_one.status_code, taken.status_code) == (403, 200)
    assert [each.status_code for each in health] == [200, 404]  # the figures are not for who can reach this door
    assert len(telegram.shown(ANNE)) > before
    assert not telegram.of("getUpdates")


async def test_a_webhook_that_telegram_refuses_is_told_until_it_is_set(product, telegram, free_port, monkeypatch):
    """No update would ever come: health is red, and the log says what Telegram has against it, but no secret."""
    served, seen = over_webhook(product(), free_port), []
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    said = f"Bad Request: bad webhook: Failed to resolve host, secret_token {SECRET}"
    telegram.trouble["setWebhook"].append(refused(400, said))
    set_webhook = served._bot.set_webhook

    async def looked(*arguments, **how):
        seen.append(served._look().failing)
        return await set_webhook(*arguments, **how)

    monkeypatch.setattr(ExtBot, "set_webhook", looked)
    stopping = asyncio.Event()
    with logs() as printed:
        running = asyncio.create_task(served.run(stopping))
        await called(telegram, "setWebhook", running, times=2)
        while served._look().failing:
            await asyncio.sleep(0.01)
            if running.done():
                break
        stopping.set()
        await running
        (told,) = (json.loads(line) for line in printed().splitlines() if "webhook_refused" in line)
        assert "telegram_unreachable" not in printed()
    assert seen == [(), ("webhook",)]
    assert told["reason"] == "Bad webhook: failed to resolve host, secret_token ***"


async def test_health_has_a_door_of_its_own_while_updates_are_fetched(house, product, telegram, free_port):
    """From before Telegram is reached until the end: also while a restored database is on hold."""
    served = product()
    served._settings = served._settings.model_copy(update={"health_listen": f"127.0.0.1:{free_port}"})
    house.storage.hold.begin(house.clock.moment, copied_at=house.clock.moment)
    stopping = asyncio.Event()
    running = asyncio.create_task(served.run(stopping))
    async with httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{free_port}") as client:
        held = await asked(client, "/health/ready")
        figures = await asked(client, "/metrics")
    stopping.set()
    await running
    assert held.json()["failing"] == ["hold"]
    assert "stilstaan_clock_lag_seconds" in figures.text
    assert telegram.calls == []


async def asked(client, path):
    """The answer, as soon as somebody listens."""
    while True:
        try:
            return await client.get(path)
        except httpx.ConnectError:
            await asyncio.sleep(0.01)
