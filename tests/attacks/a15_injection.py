"""A15: two hundred texts that want to be more than text, wherever somebody can type: none breaks, links, calculates."""

from __future__ import annotations

import asyncio
import csv
import json
import random
import re
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from telegram.request import RequestData

from bot.chat.outbox import Outbox
from bot.render import csv_file, message, pdf, picture, xlsx
from bot.render.invitation_list import ListedLink, as_csv, as_sheet
from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import ApiError
from bot.sandbox.strictness import read_caption, read_keyboard, read_text
from bot.usecases.invite import invite_colleague
from bot.usecases.leave_team import leave_myself
from bot.usecases.read_names import NamesUnusable, read_names
from dialogues.guarding.cleaning import clean
from dialogues.insight.maandbeeld import ElementView, Line, Maandbeeld, Mention, Mentions, Scale
from tests.attacks.outcome import Outcome
from tests.bot.render.test_own_words import ATTACKS, PAYLOADS
from tests.support import telegram
from tests.support.fake_time import timeless
from tests.support.house import COORDINATOR, House, open_house
from tests.support.sharing import SHARED, to_the_open_question
from tests.support.telegram import FakeTelegram, Phone, phone_for

PLAIN: Final = Maandbeeld(title="Maandbeeld november 2026", team="Samen in Noord", month="november 2026", intro="x")
RAW: Final = (
    *ATTACKS,
    *(f"Dat hielp: {attack} en verder." for attack in ATTACKS),
    "x" * 4097,
    "@kwaad " * 700,
    "\r",
    "\t=1",
    "\n+1",
    "= 1",
    "＠kwaad",
    "-kwaad.nl",
    "/kwaad",
    "/kwaad@bot",
)
"""As typed, before anything cleaned them; Telegram itself takes no longer text than 4096."""
FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
OURS: Final = frozenset({"bold", "italic", "underline", "blockquote"})
"""Markup the product makes itself, of which nothing can be tapped; besides that its own commands and links."""
OUR_LINK: Final = re.compile(r"https://t\.me/EvenStilstaanBot\?start=[\w-]+")
ACTIVE: Final = re.compile(
    r"(?:https?|ftp|tg|mailto):(?://)?\w|\bt\.me/\w|\w\.(?:nl|com)\b|(?<![\w@/])@\w{3,}"
    r"|(?<![\w/<])/kwaad|#\w{3,}|\$[A-Z]{3}\b",
    re.IGNORECASE,
)
"""What a chat program makes something to tap of, stricter than the sandbox looks."""
IN_A_FILE: Final = (b"/URI", b"/Launch", b"/JavaScript", b"/EmbeddedFile", b"/GoToR")


@dataclass(frozen=True, slots=True)
class Size:
    payloads: int
    pages: int
    """Payloads that go on a picture and a page, fifteen at a time."""


LONG, SHORT = Size(10_000, 10_000), Size(14, 15)


class StrictTelegram(FakeTelegram):
    """Refuses what the sandbox refuses, and keeps what a phone would show."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.active: list[str] = []
        self.sends = 0

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **timeouts: object
    ) -> tuple[int, bytes]:
        given = dict(request_data.parameters) if request_data else {}
        name = url.rsplit("/", 1)[-1]
        try:
            self.look(name, given)
        except ApiError as error:
            self.refused.append(f"{name}: {error.description}")
            body = {"ok": False, "error_code": error.code, "description": error.description}
            return error.code, json.dumps(body).encode()
        return await super().do_request(url, method, request_data, **timeouts)

    def look(self, name: str, given: dict[str, Any]) -> None:
        """Read a call as strictly as the sandbox; note what could be tapped in it."""
        arguments = Arguments(values=given)
        shown, entities = "", ()
        if name in {"sendMessage", "editMessageText"}:
            shown, entities = read_text(arguments)
        elif given.get("caption"):
            shown, entities = read_caption(str(given["caption"]), parse_mode=str(given.get("parse_mode", "")))
        else:
            return
        self.sends += 1
        read_keyboard(arguments)
        units = shown.encode("utf-16-le")
        for each in entities:
            cut = units[2 * each.offset : 2 * (each.offset + each.length)].decode("utf-16-le", "replace")
            command = each.type == "bot_command" and "kwaad" not in cut
            if each.type not in OURS and not command and not OUR_LINK.fullmatch(cut):
                self.note(each.type, cut, shown)
        for found in ACTIVE.finditer(OUR_LINK.sub("", shown)):
            self.note("tekst", found[0], shown)

    def note(self, kind: str, cut: str, shown: str) -> None:
        self.active.append(f"{kind} {cut[:40]!r} in {shown[:60]!r}")


@dataclass(slots=True)
class Found:
    """What was wrong in files."""

    cells: int = 0
    formulas: int = 0
    pages: int = 0
    signs: list[str] = field(default_factory=list)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Names, lists, free texts and what is passed on, in the chat; then lists, pictures and pages."""
    chance = random.Random(seed)
    payloads = chance.sample(RAW, min(size.payloads, len(RAW)))
    house = open_house(folder, new=True).furnish()
    with patch.object(telegram, "FakeTelegram", StrictTelegram):
        strict = asyncio.run(everywhere(house, payloads))
    found = Found()
    for payload in payloads:
        in_a_list(payload, found)
    on_paper(PAYLOADS[: size.pages], found)
    control = StrictTelegram()
    for payload in ATTACKS:
        with suppress(ApiError):
            control.look("sendMessage", {"text": payload, "parse_mode": "HTML"})
    outcome = Outcome(
        f"{len(payloads)} teksten in elk veld en {min(size.pages, len(PAYLOADS))} in het maandbeeld: {strict.sends} "
        f"berichten, {len(strict.refused)} mislukt, {len(strict.active)} werkende links of vermeldingen. {found.cells} "
        f"cellen in CSV en Excel, {found.formulas} formules. {found.pages} pagina's, {len(found.signs)} verwijzingen "
        f"naar buiten. Tegenproef zonder ontwapenen: {len(control.active)} links"
    )
    outcome.must(not strict.refused, f"{len(strict.refused)} mislukt: {sorted(set(strict.refused))[:3]}")
    outcome.must(not strict.active, f"{len(strict.active)} werkende links: {strict.active[:3]}")
    outcome.must(found.formulas == 0, f"{found.formulas} formules")
    outcome.must(not found.signs, f"verwijzingen: {found.signs[:3]}")
    outcome.must(len(control.active) > 20, "de tegenproef vond te weinig")
    house.storage.engine.dispose()
    return outcome


async def everywhere(house: House, payloads: Iterable[str]) -> StrictTelegram:
    """Each text as a first name, a team's name, names for links, an answer, and what somebody passes on."""
    chats = house.members(8)
    about = house.open_round()
    async with phone_for(house) as phone:
        strict = phone.telegram
        assert isinstance(strict, StrictTelegram)
        for number, payload in enumerate(payloads):
            await as_a_name(house, phone, 500_000 + number, payload)
            await as_a_team(house, phone, payload, number)
            await as_a_list(house, phone, payload)
            await as_an_answer(house, phone, about, chats[number % 8], payload)
            strict.calls.clear()
    return strict


async def as_a_name(house: House, phone: Phone, chat: int, payload: str) -> None:
    """Somebody joins with this first name, tells about themselves, looks around and goes; others see the name."""
    name = payload[:64] or "x"
    await phone.send(chat, f"/start {house.token()}", name=name)
    data = next(iter(phone.last(chat).buttons.values()))
    await phone.tap(chat, data, name=name)
    for label in ("JGZ", "Jeugdverpleegkundige", "Langer"):
        await phone.tap_label(chat, label)
    for command in ("/start", "/mijngegevens", "/vertrek", "/logboek"):
        await phone.send(chat, command, name=name)
    house.memberships[chat] = house.read(lambda work: work.people.memberships(work.people.by_chat(chat).id)[0].id)
    leave_myself(house.deps, chat_id=chat, membership_id=house.memberships[chat], last_day=house.deps.today())
    for step in (f"b1.members.{house.team_id}.", f"b1.member.{house.team_id}.{house.memberships[chat]}"):
        await phone.tap(COORDINATOR, step)
    await phone.tap(COORDINATOR, f"b1.remove.{house.team_id}.{house.memberships[chat]}")
    await phone.tap(COORDINATOR, f"b1.removed.{house.team_id}.{house.memberships[chat]}")
    await Outbox(phone.desk, pace=timeless()).drain()
    stranger = chat + 100_000
    link = invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token
    await phone.send(stranger, f"/start {link}", name=name)


async def as_a_team(house: House, phone: Phone, payload: str, number: int) -> None:
    """A coordinator names a team so, and the word for its wijkteam; where that is taken, others read it."""
    await phone.tap(COORDINATOR, f"b1.new.{house.area_id}.")
    await phone.send(COORDINATOR, payload[:4096])
    await phone.send(COORDINATOR, payload[:4096])
    await phone.tap(COORDINATOR, "b1.cancel..")
    team = house.read(lambda work: work.teams.in_area(house.area_id))[-1]
    await phone.send(600_000 + number, f"/start {house.token(team=team)}")
    await phone.send(600_000 + number, f"/start {house.token(team=team, kind='lead')}")
    await phone.tap(COORDINATOR, f"b1.team.{team.id}.")


async def as_a_list(house: House, phone: Phone, payload: str) -> None:
    """Names for personal links, as messages, as CSV and as a sheet."""
    for form in ("text", "csv", "xlsx"):
        await phone.tap(COORDINATOR, f"b1.eachfor.{house.team_id}.{form}-7")
        await phone.send(COORDINATOR, payload[:4096])
        await phone.tap(COORDINATOR, f"b1.noinvite.{house.team_id}.")


async def as_an_answer(house: House, phone: Phone, about: Any, chat: int, payload: str) -> None:
    """At the open question: it is shown back, and shared when that may be."""
    to_the_open_question(house, chat, about)
    await phone.send(chat, payload[:4096])
    if any(label.startswith(SHARED) for label in phone.last(chat).buttons):
        await phone.tap_label(chat, SHARED)
    await phone.send(chat, payload[:900])


def in_a_list(payload: str, found: Found) -> None:
    """The cells of both kinds of file with links, and of a maandbeeld in which somebody put it everywhere."""
    with suppress(NamesUnusable):
        lines = [ListedLink(label, "https://t.me/EvenStilstaanBot?start=x") for label in read_names(payload)]
        in_cells(as_csv(lines), found)
        in_a_book(as_sheet(lines), found)
    line, mention = Line(payload, payload), Mention(payload)
    told = ElementView(
        id="x", title=payload, when=payload, scales=(Scale(payload, payload, (line,)),),
        mentions=(Mentions(payload, (mention,)),), note=payload, reading_note=payload,
    )  # fmt: skip
    made = replace(PLAIN, team=payload, elements=(told,), footnotes=(payload,))
    in_cells(csv_file(made), found)
    in_a_book(xlsx(made), found)


def in_cells(written: bytes, found: Found) -> None:
    """The cells of a CSV file."""
    for row in csv.reader(StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"):
        found.cells += len(row)
        found.formulas += sum(cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA) for cell in row)


def in_a_book(written: bytes, found: Found) -> None:
    """The cells of every sheet of an Excel file: each is text."""
    with zipfile.ZipFile(BytesIO(written)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    for sheet in sheets:
        cells = re.findall(r"<c [^>]*>", sheet)
        found.cells += len(cells)
        found.formulas += sheet.count("<f>") + sum('t="s"' not in cell for cell in cells) + sheet.count("<hyperlink")


def on_paper(payloads: tuple[str, ...], found: Found) -> None:
    """Picture, page and message of maandbeelden that hold these, also as the name of the team."""
    for start in range(0, len(payloads), 15):
        batch = payloads[start : start + 15]
        made = replace(PLAIN, team=clean(batch[0])[:40] or "x", successes=batch[:8], own_words=batch[8:])
        message(made)
        picture(made)
        whole = unpacked(pdf(made))
        found.pages += 1
        found.signs += [sign.decode() for sign in IN_A_FILE if sign in whole]


def unpacked(page: bytes) -> bytes:
    """A PDF with all its compressed parts opened."""
    parts = [page]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", page, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(stream))
    return b"\n".join(parts)
