"""A house for those who try what they may not: an open round, a maandbeeld, a second team, and somebody who leaves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.usecases.closed_days import close_days
from bot.usecases.invite import invite_colleague
from bot.usecases.make_team import make_team
from bot.usecases.open_invitations import open_invitations
from bot.usecases.pause_schedule import stop
from bot.usecases.set_schedule import set_rhythm
from dialogues.insight import Band, TeamFacts, compose
from dialogues.insight.maandbeeld import ElementView, Line, Scale, Step
from tests.support.area import with_overview
from tests.support.house import (
    ANNE,
    BRAM,
    COORDINATOR,
    LEAD,
    OTHER_COORDINATOR,
    OTHER_LEAD,
    OUTSIDER,
    STRANGER,
    House,
    copied,
    open_house,
)
from tests.support.leaving import leaves, writes
from tests.support.telegram import Phone, phone_for

MESSAGE: Final = 9
"""The message of Anne's dialogue."""
DRAFT: Final = 70
"""The message of what Anne passes on."""
COLLEAGUE: Final = 105
"""A second coordinator of the area."""
SECOND_LEAD: Final = 106
CALENDAR: Final = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//NL\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTART;VALUE=DATE:20261221\r\nSUMMARY:Studiedag\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CAST: Final = {
    "niemand": STRANGER,
    "Anne": ANNE,
    "lid": BRAM,
    "teamleider": LEAD,
    "coördinator": COORDINATOR,
    "lid elders": OUTSIDER,
    "teamleider elders": OTHER_LEAD,
    "coördinator elders": OTHER_COORDINATOR,
}
"""Whoever tries something. What is tried is Anne's, or about her team; Bram is a member of the same team."""


class Watch:
    """All rows of a database, read again only when somebody has written since."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database)
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        self._tables = [name for (name,) in found]
        self._version = -1
        self._rows: dict[str, list[tuple]] = {}

    def rows(self) -> dict[str, list[tuple]]:
        """Table → its rows, in an order that does not depend on how they lie there."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._rows = {
                table: sorted(self._connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)  # noqa: S608 - our own table names
                for table in self._tables
            }
        return self._rows

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """The ids that a button may name."""

    house: House
    round_id: str
    maandbeeld_id: str
    brug_id: str
    invitation_id: str
    watch: Watch | None = None

    def rows(self) -> dict[str, list[tuple]]:
        """Everything that is kept now."""
        assert self.watch is not None
        return self.watch.rows()

    @property
    def anne(self) -> str:
        """Anne's membership."""
        return self.house.memberships[ANNE]

    def ids_here(self) -> tuple[str, ...]:
        """Every id of this area that somebody could put on a button."""
        people = tuple(self.house.person(chat).id for chat in (ANNE, BRAM, LEAD, COORDINATOR, COLLEAGUE))
        memberships = tuple(self.house.memberships[chat] for chat in (ANNE, BRAM, LEAD))
        own = (self.house.area_id, self.house.team_id, self.brug_id)
        return (*own, self.round_id, self.maandbeeld_id, self.invitation_id, *memberships, *people)


def staged(folder: Path) -> Stage:
    """A fresh stage, to copy."""
    folder.mkdir()
    house = open_house(folder, new=True).furnish()
    house.stock(4)
    about = house.open_round()
    house.start(ANNE, about.id, message_id=MESSAGE)
    facts = TeamFacts(team="Samen in Noord", month="oktober 2026", team_label="het buurtteam")
    trust = ElementView(
        id="trust",
        title="Vertrouwen en respect",
        when="",
        scales=(Scale("", "", (Line("Team", "herkend", Band.HIGH),)),),
        steps=(Step("a", "Kennismaken", "Koffie."),),
    )
    with house.storage.begin() as work:
        maandbeeld = house.deps.ids.new()
        body = replace(compose(facts, ()), elements=(trust,)).to_json()
        work.maandbeelden.add(
            maandbeeld, team_id=house.team_id, month="2026-10", body=body, composed_at=house.clock.now()
        )
        work.commit()
    brug = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    house.join(COLLEAGUE, invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    house.join(SECOND_LEAD, house.token(kind="lead"))
    for team_id in ("", house.team_id):
        close_days(house.deps, chat_id=COORDINATOR, area_id=house.area_id, team_id=team_id, content=CALENDAR)
    set_rhythm(house.deps, chat_id=COORDINATOR, team_id=brug.id, rhythm="light", weekday="monday", minute=600)
    stop(house.deps, chat_id=COORDINATOR, team_id=brug.id, reason="busy")
    house.token()
    with_overview(house)
    waiting = open_invitations(house.deps, chat_id=COORDINATOR, team_id=house.team_id)[0]
    leaves(house, ANNE)
    writes(house, ANNE)
    house.storage.checkpoint()
    return Stage(house, about.id, maandbeeld, brug.id, waiting.id)


@asynccontextmanager
async def played(model: Stage, folder: Path) -> AsyncIterator[tuple[Stage, Phone]]:
    """A copy of its own with the phones of everybody; goes away afterwards."""
    house = copied(model.house, folder)
    house.clock.moment = model.house.clock.moment
    watch = Watch(house.database)
    try:
        async with phone_for(house) as phone:
            yield replace(model, house=house, watch=watch), phone
    finally:
        watch.close()
        house.storage.engine.dispose()
        shutil.rmtree(folder)
