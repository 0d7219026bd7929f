"""Everything that can be read of a house, in every form, to lay two courses of events beside each other byte by byte.

Two lives can be told twice: with other people giving the same answers, or with other answers. Then envelopes are sealed
without taps, for many lives fit in the time of one with taps; and what goes into a picture or a page stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import bot.render
from bot.render.pages import template_data
from bot.render.year_pages import year_data
from bot.usecases.see_area_overview import see_area_overview, see_two_worlds
from bot.usecases.see_cycle import SeenCycle, see_area_cycles, see_own_cycle, see_team_cycle
from bot.usecases.see_topics import see_topics
from bot.usecases.see_year import see_area_year, see_team_year
from bot.usecases.send_due import Sending
from dialogues.insight.agreeing import candidates
from dialogues.insight.bands import Band
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.own_answer import own_questions
from dialogues.insight.publication import Publication, Rule
from dialogues.insight.signals import signals
from storage.teams import Team
from tests.support.house import COORDINATOR, LEAD, House, copied

YEARS = (2026, 2027)
GROUPS = ("area", "strategic")
DRAWN = {"picture": bot.render.picture, "pdf": bot.render.pdf, "xlsx": bot.render.xlsx}


def lived(model: House, live: Callable[[House], None], *, drawn: bool = False) -> dict[str, bytes]:
    """All there is to read after these events in a copy of the house; ``drawn``: pictures and pages as well."""
    with TemporaryDirectory() as folder:
        house = copied(model, Path(folder))
        try:
            live(house)
            return everything(house, drawn=drawn)
        finally:
            house.storage.engine.dispose()


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The forms in which two courses of events differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def everything(house: House, *, drawn: bool = False) -> dict[str, bytes]:
    """Every form of every month, and every page that is made of months; ids of rows are chance, and left out."""
    seen: dict[str, bytes] = {}
    for team in _teams(house):
        records = house.read(lambda work, team=team: work.maandbeelden.of_team(team.id))
        months = [Maandbeeld.from_json(record.body) for record in records]
        for number, month in enumerate(months):
            seen |= {f"{name} {number} of {team.name}": made for name, made in _of_month(month)}
        if drawn and months:
            seen |= {f"{name} of {team.name}": form(months[-1]) for name, form in DRAWN.items()}
    return seen | dict(_pages(house, drawn=drawn))


@contextmanager
def without_a_floor() -> Iterator[None]:
    """A program with a leak: it publishes a word of however few people."""

    def of_anybody(counts: Mapping[str, Mapping[str, int]], _rule: str, _floor: int) -> Publication:
        low = any(row.get(Band.LOW) for row in counts.values())
        return Publication(rule=Rule.WORDS, band=Band.LOW if low else Band.HIGH)

    with (
        patch("bot.usecases.release_round.respondents_enough", lambda *_args, **_more: True),
        patch("dialogues.insight.counting.publish", of_anybody),
    ):
        yield


def _teams(house: House) -> list[Team]:
    """The teams of the area, and the area and its strategic layer where they are asked."""
    teams = house.read(lambda work: work.teams.in_area(house.area_id))
    groups = (house.read(lambda work, scope=scope: work.teams.group(house.area_id, scope)) for scope in GROUPS)
    return [*teams, *(group for group in groups if group is not None)]


def _of_month(month: Maandbeeld) -> Iterator[tuple[str, bytes]]:
    yield "stored", month.to_json().encode()
    yield "message", bot.render.message(month).encode()
    yield "caption", bot.render.caption(month).encode()
    yield "csv_file", bot.render.csv_file(month)
    yield "templates", json.dumps(template_data(month), ensure_ascii=False).encode()
    yield "signals", repr((signals(month), candidates(month), own_questions(month))).encode()


def _pages(house: House, *, drawn: bool) -> Iterator[tuple[str, bytes]]:
    here = {"chat_id": COORDINATOR, "area_id": house.area_id}
    own = {"chat_id": LEAD, "team_id": house.team_id}
    cycles = (
        see_own_cycle(house.deps, **own),
        see_team_cycle(house.deps, chat_id=COORDINATOR, team_id=house.team_id),
        *see_area_cycles(house.deps, **here),
    )
    for year in YEARS:
        mine, areas = see_team_year(house.deps, **own, year=year), see_area_year(house.deps, **here, year=year)
        yield f"year {year}", json.dumps(year_data(mine), ensure_ascii=False).encode()
        yield f"area_year {year}", json.dumps(year_data(areas), ensure_ascii=False).encode()
        if drawn:
            yield f"year_pdf {year}", bot.render.year_pdf(mine)
    yield "cycle", repr([_without_ids(each) for each in cycles]).encode()
    overviews = [see_area_overview(house.deps, **here, strategic=strategic) for strategic in (False, True)]
    yield "overview", repr(overviews).encode()
    yield "worlds", repr(see_two_worlds(house.deps, **here)).encode()
    yield "ahead", repr(see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id)).encode()
    yield "prompts", repr(sorted(_told(each) for each in house.send())).encode()


def _without_ids(seen: SeenCycle) -> SeenCycle:
    action = seen.action and replace(seen.action, id="", maandbeeld_id="")
    return replace(seen, maandbeeld_id="", action=action)


def _told(sending: Sending) -> str:
    """What one message says, without the ids it holds."""
    message = sending.message
    names = [each.name for each in fields(message) if not each.name.endswith("_id")]
    return repr((sending.chat_id, type(message).__name__, [(name, str(getattr(message, name))) for name in names]))
