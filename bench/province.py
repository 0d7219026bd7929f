"""Hundreds of municipalities at work, written straight into the tables: teams in the middle of rounds, and some due."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from bench.rows import (
    FIRST_CHAT,
    Row,
    Size,
    area_row,
    delivery_rows,
    key_of,
    maandbeeld_rows,
    membership_row,
    open_round,
    person_row,
    publication_rows,
    roster_row,
    round_rows,
    schedule_row,
    step_row,
    team_row,
)
from bot.usecases.deps import Deps
from storage.base import Table

BATCH: Final = 20_000
TEAMS_IN_AREA: Final = 14
"""What 5,000 teams are on average in each of 345 municipalities."""
WITH_STEP: Final = 3
"""One team in so many works on a step."""


def settle(deps: Deps, size: Size) -> list[tuple[int, str]]:
    """Fill an empty database; the chat and the open round of everybody who is asked something now."""
    chance = random.Random(27)  # noqa: S311 - the same country every time
    names = iter(lambda: f"{chance.getrandbits(88):022x}", "")
    teams = list(islice(names, size.teams))
    areas = list(islice(names, -(-size.teams // TEAMS_IN_AREA)))
    people = {team: list(islice(names, size.members)) for team in teams}
    asked = frozenset(teams) - frozenset(teams[:: size.due_each] if size.due_each else ())
    public_keys = {team: deps.storage.keys.make(key_of(team)) for team in asked}
    with deps.storage.engine.begin() as connection:
        for table, rows in _tables(teams, areas, people, public_keys, size):
            source = rows()
            while batch := list(islice(source, BATCH)):
                connection.execute(Table.metadata.tables[table].insert(), batch)
    for team in asked:
        deps.storage.keys.make_for_round(key_of(team))
    numbered = enumerate((team, place) for team in teams for place in range(size.members))
    return [(FIRST_CHAT + number, open_round(team)) for number, (team, place) in numbered if place and team in asked]


def _tables(
    teams: list[str], areas: list[str], people: dict[str, list[str]], asked: dict[str, bytes], size: Size
) -> Iterator[tuple[str, Callable[[], Iterator[Row]]]]:
    places = [(team, person, place) for team in teams for place, person in enumerate(people[team])]
    asked_places = [each for each in places if each[0] in asked and each[2]]
    yield "area", lambda: map(area_row, areas)
    yield "team", lambda: (team_row(team, areas[at // TEAMS_IN_AREA]) for at, team in enumerate(teams))
    yield "team", lambda: (team_row(f"g{area}", area, scope="area") for area in areas)
    yield "person", lambda: (person_row(person, number) for number, (_, person, _) in enumerate(places))
    yield "membership", lambda: (membership_row(person, team, place) for team, person, place in places)
    yield (
        "schedule",
        lambda: (schedule_row(team, at, rounds=size.rounds, due=team not in asked) for at, team in enumerate(teams)),
    )
    yield "schedule", lambda: (schedule_row(f"g{area}", at, rounds=0, due=False) for at, area in enumerate(areas))
    yield (
        "round",
        lambda: (row for team in teams for row in round_rows(team, rounds=size.rounds, public_key=asked.get(team))),
    )
    yield "roster", lambda: (roster_row(*each) for each in asked_places)
    yield "publication", lambda: (row for team in teams for row in publication_rows(team, rounds=size.rounds))
    yield "delivery", lambda: (row for team, person, _ in asked_places for row in delivery_rows(team, person))
    yield (
        "maandbeeld",
        lambda: (row for at, team in enumerate(teams) for row in maandbeeld_rows(team, at, months=size.maandbeelden)),
    )
    if size.maandbeelden:
        yield "improvement_action", lambda: map(step_row, teams[::WITH_STEP])
