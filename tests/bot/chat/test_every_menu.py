"""Every menu of /beheer, found by tapping: each page has a text, fits a phone, and has a way back that works."""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

import pytest

from bot.chat.beheer import menus
from bot.chat.beheer.trying import PLAY
from bot.chat.callback_data import ManageTap, decode
from bot.chat.texts import beheer_nl, chat_nl, people_nl
from bot.usecases.closed_days import close_days
from bot.usecases.fill_form import current_form
from bot.usecases.invite import invite_colleague, invite_coordinator, invite_each
from bot.usecases.make_team import make_team
from dialogues.authoring.checks.button_texts import LONGEST_BUTTON
from tests.support.area import with_overview
from tests.support.house import COORDINATOR, STRANGER, House
from tests.support.played import played_once
from tests.support.shipped import shipped
from tests.support.telegram import Phone

pytestmark = pytest.mark.thorough

MOST_BUTTONS = 6
MOST_CHARACTERS = 900
"""What fits on a phone of 390 by 844 px, with six buttons under it."""
WAYS_BACK = {chat_nl.BACK, chat_nl.CANCEL, people_nl.KEEP}
TOP = (beheer_nl.CHOOSE_AREA, beheer_nl.home("Noord"), people_nl.YOU_STOPPED)
"""The first menu, also where only one area is left, and the last words to a coordinator who stops."""
TYPED: Mapping[str, tuple[str, ...]] = {
    "team_name": ("@", "De Nieuwe Brug"),
    "team_label": ("@", "het jeugdteam"),
    "area_name": ("@", "Westerkwartier"),
    "other_team_name": ("@", "Zuiderbrug", "Samen in Noord en West"),
    "other_team_label": ("@", "het gebiedsteam"),
    "profile_contact": ("bel 0612345678", "mevrouw jansen", "de teamleider"),
    "other_area_name": ("@", "Zuid", "Noord en West"),
    "invite_names": ("0", "Anne\nBram"),
    "last_day": ("gisteren", "31-12-2026"),
    "pause_date": ("gisteren", "15-01-2027"),
    "rhythm_part": ("nooit", "om de 5 weken", "9:15"),
    "reminder_time": ("nooit", "9:15"),
    "own_figure": ("veel", "7,8"),
    "own_figure_name": ("@", "Gezinnen die terugkwamen"),
    "preview": (),  # a dialogue
    "calendar_file": (),  # waits for a document; the journey about the rhythm sends it a wrong one
}
"""What is typed in each form: first what is not understood, last what is."""
LOOK_THE_SAME = {"about", "aboutteam", "people", "invite", "overview"}
"""Menus with the same words for every area or team, and something else behind them."""
TITLES = "|".join(re.escape(each.title) for each in shipped().definitions.values())
VARIES = re.compile(rf"\d+|{TITLES}|(maan|dins|woens|donder|vrij)dag|(jan|febr)uari|(nov|dec)ember")
"""What makes no other page: figures, days and topics."""
DAYS = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261214\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Page:
    """What stood on the phone after a tap, and what the database held then."""

    tapped: ManageTap
    text: str
    buttons: Mapping[str, str]
    state: bytes

    @property
    def kind(self) -> tuple[str, ...]:
        """What makes it another page: its menu, its words and buttons, and what those carry on without showing it."""
        head = self.tapped.value.partition("-")[0]
        carried = head if self.tapped.verb == "pick" or head.isdecimal() else ""
        team = self.tapped.about if self.tapped.verb in LOOK_THE_SAME else ""
        return self.tapped.verb, team, carried, *(VARIES.sub("#", each) for each in (self.text, *self.buttons))

    @property
    def back(self) -> str:
        """What its way back carries; '' when there is none."""
        return next((data for label, data in self.buttons.items() if label in WAYS_BACK), "")

    def faults(self) -> Iterator[str]:
        """What a thumb or an eye would stumble over. A preview is a dialogue, and has its own checks."""
        plain = re.sub("<[^>]+>", "", self.text).strip()
        if not 0 < len(plain) <= MOST_CHARACTERS:
            yield f"{len(plain)} characters"
        if self.tapped.verb == PLAY:
            return
        if len(self.buttons) > MOST_BUTTONS:
            yield f"{len(self.buttons)} buttons"
        if not self.back and self.text not in TOP:
            yield f"no way back from {plain!r}"
        yield from (f"too long: {label!r}" for label in self.buttons if len(label) > LONGEST_BUTTON)


class Snapshots:
    """The whole database as it was at any moment, to go back to."""

    def __init__(self, house: House) -> None:
        self._disk = sqlite3.connect(house.database)
        self._version = -1
        self._now = b""

    def now(self) -> bytes:
        """What the database holds; the same object as long as nobody wrote."""
        if self._seen() != self._version:
            content = self._disk.serialize()
            self._now = content[:18] + b"\x01\x01" + content[20:]  # a copy in memory has no write-ahead log
            self._version = self._seen()
        return self._now

    def go_to(self, state: bytes) -> None:
        """Put the database back as it was."""
        if self.now() is not state:
            with closing(sqlite3.connect(":memory:")) as memory:
                memory.deserialize(state)
                memory.backup(self._disk)
            self._now, self._version = state, self._seen()

    def close(self) -> None:
        """Let the file go."""
        self._disk.close()

    def _seen(self) -> int:
        return int(self._disk.execute("PRAGMA data_version").fetchone()[0])


@dataclass
class Crawl:
    """Taps every button, nearest first, each in the state in which its page was shown."""

    phone: Phone
    snapshots: Snapshots
    pages: dict[tuple[str, ...], Page] = field(default_factory=dict)
    verbs: set[str] = field(default_factory=set)
    went_back: set[tuple[str, ...]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    async def everywhere(self) -> None:
        """Begin at /beheer and go on until no page is left that was not seen."""
        await self.phone.send(COORDINATOR, "/beheer")
        waiting = deque([self._page(ManageTap("home", "", ""))])
        while waiting:
            page = waiting.popleft()
            for label, data in page.buttons.items():
                tapped = decode(data)
                if not isinstance(tapped, ManageTap):
                    continue
                self.verbs.add(tapped.verb)
                if data == page.back and page.kind in self.went_back:
                    continue
                async for found in self._tap(page, data, tapped):
                    self.faults += [f"{page.tapped.verb} → {label}: {fault}" for fault in found.faults()]
                    if found.kind not in self.pages:
                        self.pages[found.kind] = found
                        waiting.append(found)

    async def _tap(self, page: Page, data: str, tapped: ManageTap) -> AsyncIterator[Page]:
        """The page this button leads to and, when that asks to type something, what comes after each answer."""
        self.snapshots.go_to(page.state)
        self.phone.telegram.calls.clear()  # to look each time through all that was ever shown takes longer than to tap
        await self.phone.tap(COORDINATOR, data)
        assert self.phone.telegram.shown(COORDINATOR), (tapped, self.phone.telegram.remarks())
        found = self._page(tapped)
        form = current_form(self.phone.house.deps, chat_id=COORDINATOR)
        yield found
        if form is not None:
            for typed in TYPED[form.kind]:
                if current_form(self.phone.house.deps, chat_id=COORDINATOR) is None:
                    break
                await self.phone.send(COORDINATOR, typed)
                yield self._page(replace(tapped, verb=form.kind))
        elif self._is_above_another_menu(found):
            return  # a choice that was so already is confirmed above the menu it leads on to, as any choice
        elif found.back not in {"", page.back} and found.state is page.state and found.kind not in self.went_back:
            await self._go_back(page, data, found)

    async def _go_back(self, page: Page, data: str, found: Page) -> None:
        """The way back of a page that changed nothing leads to the menu where its own button is."""
        self.went_back.add(found.kind)
        await self.phone.tap(COORDINATOR, found.back)
        last = self.phone.last(COORDINATOR)
        refused = found.text == people_nl.ONLY_COORDINATOR  # then it leads past the question, to the list
        if data not in last.buttons.values() and last.text != page.text and not refused:
            self.faults.append(f"{page.tapped} → {found.tapped}: back leads to {last.text!r}")

    def _is_above_another_menu(self, found: Page) -> bool:
        seen = self.pages.values()
        return any(each.tapped.verb != found.tapped.verb and each.buttons == found.buttons for each in seen)

    def _page(self, tapped: ManageTap) -> Page:
        shown = self.phone.last(COORDINATOR)
        return Page(tapped, shown.text, shown.buttons, self.snapshots.now())


@played_once
def full_house(house: House) -> House:
    """Two areas, of which one has something to show in every menu, and a team in which nothing was chosen yet."""
    deps = house.deps
    house.members(6)
    house.rhythm()
    with_overview(house)
    make_team(deps, chat_id=COORDINATOR, area_id=house.area_id, name="Zuiderbrug", team_label="het team")
    invite_each(deps, chat_id=COORDINATOR, team_id=house.team_id, number=2, days=14)
    house.join(COORDINATOR, invite_coordinator(deps, area_name="Oost", municipality="Ooststad").token)
    house.join(STRANGER, invite_colleague(deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    for team_id in ("", house.team_id):
        close_days(deps, chat_id=COORDINATOR, area_id=house.area_id, team_id=team_id, content=DAYS)
    return house


def test_no_two_menus_share_a_verb():
    """Or one of them could never be reached."""
    verbs = [verb for each in menus._SUBJECTS for verb in (*each.about_team, *each.about_area, *each.about_nothing)]
    assert len(verbs) == len(set(verbs))


async def test_every_menu_fits_a_phone_and_has_a_way_back(full_house, phone):
    """Also after a change, after a text that was not understood, and with the state that belongs to the page."""
    with closing(Snapshots(full_house)) as snapshots:
        crawl = Crawl(phone, snapshots)
        await crawl.everywhere()
    assert crawl.verbs == {*menus._ABOUT_TEAM, *menus._ABOUT_AREA, *menus._ABOUT_NOTHING, PLAY}
    assert len(crawl.went_back) > 100
    assert not crawl.faults
