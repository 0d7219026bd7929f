"""A year of one area on the pure core: rosters that change, answers, and what is published of them by the real code.

Rounds of teams go through the elements, ask after a step now and then, and get a second chance when too few answered.
The whole area and its strategic layer have rounds of their own (docs/decisions/0011). Counting and publishing are those
of a release (`answer_sheets`); rosters, illness and answers are made up here. Teams with exact counts keep them also
after few people changed, so more is published than by the product.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.usecases.asked import AREA_FLOOR, sectors_can_be_shown
from dialogues.conversation.definition import Audience
from dialogues.insight import Split
from dialogues.rhythm.checking import CHECK
from dialogues.rhythm.rotation import CLIENT, CLOSING, STANDARD_ORDER
from storage.people import Membership, Person
from tests.attacks.answer_sheets import Asked, Given, Release, filled, publish_given
from tests.attacks.apart import fill, publish_apart

SECTORS: Final = ("jgz", "wijkteam", "onderwijs")
MIXES: Final = (SECTORS, SECTORS, (*SECTORS, "gemeente"), SECTORS[:2], SECTORS[:1])
MOODS: Final = ((1, 2, 6, 1), (2, 3, 4, 1), (4, 3, 2, 1), (1, 1, 1, 1), (0, 1, 9, 0))
"""How likely the bands low, mid, high and no view are, per kind of round."""
ELEMENTS: Final = tuple(each for each in STANDARD_ORDER if each not in {CLIENT, CLOSING})
"""What teams are asked about while the area asks about the family; the closing comes beside it."""
START: Final = "start"
RULES: Final = (("words", "sector"), ("words", "sector"), ("words", "side"), ("counts", "none"))
"""What teams in turn show, and what they are split by."""
TEAMS, RESPONDENTS = 3, 10
"""What is promised of a whole area and each of its sectors; not taken from the product, which could be wrong."""
WHOLE_AREA, STRATEGIC, AT_THE_START = 100, 200, 300
"""Added to the number of a round, so that an envelope of another round in the same month is another answer."""


@dataclass(frozen=True, slots=True)
class AreaRound:
    """A release of the whole area, and in which team each of the people who were asked is."""

    release: Release
    team_of: dict[int, int]
    sector_of: dict[int, str]

    def breaches(self) -> list[str]:
        """What is shown of too few teams or respondents (privacy rule 9): sectors, or '' for the whole."""
        shown = ["", *self.release.published.sectors]
        return [name for name in shown if self._teams(name) < TEAMS or self._respondents(name) < RESPONDENTS]

    def _teams(self, sector: str) -> int:
        return len({team for who, team in self.team_of.items() if sector in {"", self.sector_of[who]}})

    def _respondents(self, sector: str) -> int:
        return sum(sector in {"", each.sector} for each in self.release.given)


@dataclass(slots=True)
class Year:
    """All releases, and what happened on the way."""

    releases: list[Release] = field(default_factory=list)
    area: list[AreaRound] = field(default_factory=list)
    """Those of the whole area once more, with who was asked."""
    apart: list[Release] = field(default_factory=list)
    """Of rounds that ask several things side by side: one for each question."""
    starts: int = 0
    closings: int = 0
    by_side: int = 0
    """Rounds split by side of the triangle, published."""
    strategic: int = 0
    checks: int = 0
    """Rounds about a step, published."""
    merged: int = 0
    thrown_away: int = 0
    moved: int = 0
    joined: int = 0
    left: int = 0


@dataclass(slots=True)
class _Area:
    """Who is where, and what waits for a second chance."""

    chance: random.Random
    people: dict[int, str] = field(default_factory=dict)
    rosters: list[set[int]] = field(default_factory=list)
    leaders: set[int] = field(default_factory=set)
    waiting: dict[int, tuple[Asked, tuple[Given, ...]]] = field(default_factory=dict)

    def new(self, sector: str) -> int:
        self.people[len(self.people)] = sector
        return len(self.people) - 1

    def given(self, asked: Asked, roster: Iterable[int], number: int) -> tuple[Given, ...]:
        """Who answers and what; the others are ill or let it lie."""
        mood = self.chance.choice(MOODS)
        answering = self.answering(roster)
        return tuple(filled(asked, (person, number), self.people[person], mood, self.chance) for person in answering)

    def answering(self, roster: Iterable[int]) -> list[int]:
        """Who of these people answers this time."""
        attention = self.chance.uniform(0.35, 0.95)
        return [person for person in sorted(roster) if self.chance.random() < attention]

    def publish_apart(self, asked: Asked, roster: Iterable[int], number: int) -> list[Release]:
        """A round that asks several things side by side; what too few answered is thrown away here."""
        mood = self.chance.choice(MOODS)
        sheets = [
            fill(asked, (person, number), self.people[person], mood, self.chance) for person in self.answering(roster)
        ]
        return publish_apart(asked, sheets)


def live(*, teams: int, rounds: int, seed: int) -> Year:
    """One area, month by month."""
    area, year = _Area(random.Random(seed)), Year()
    for _ in range(teams):
        mix = area.chance.choice(MIXES)
        area.rosters.append({area.new(area.chance.choice(mix)) for _ in range(area.chance.randint(6, 18))})
        area.leaders |= {area.new(area.chance.choice(SECTORS)) for _ in range(area.chance.randint(2, 4))}
    for roster in area.rosters:
        published = area.publish_apart(Asked(START), roster, AT_THE_START)
        year.apart += published
        year.starts += bool(published)
    for number in range(rounds):
        _change(year, area)
        for team in range(teams):
            _ask_team(year, area, team, number)
        if number % 3 == 1:  # every quarter
            _ask_area(year, area, number)
        if number % 3:  # about every six weeks
            _ask_leaders(year, area, number)
    return year


def _ask_team(year: Year, area: _Area, team: int, number: int) -> None:
    """A round of the rhythm, about a step now and then; or a second chance, published with the first (rule 12)."""
    rule, split = RULES[team % len(RULES)]
    asked = Asked(ELEMENTS[(team + number) % len(ELEMENTS)], rule=rule, split=split)
    before: tuple[Given, ...] = ()
    if team in area.waiting:
        asked, before = area.waiting.pop(team)
    elif (team + number) % 5 == 3:
        asked = replace(asked, element=CHECK)
    elif (team + number) % 6 == 5:
        published = area.publish_apart(replace(asked, element=CLOSING), area.rosters[team], number)
        year.apart += published
        year.closings += bool(published)
        return
    given = area.given(asked, area.rosters[team], number)
    now = {each.answer[0] for each in given}
    release = publish_given(asked, given + tuple(each for each in before if each.answer[0] not in now))
    if release is not None:
        year.releases.append(release)
        year.merged += bool(before)
        year.checks += asked.element == CHECK
        year.by_side += asked.asks_side
    elif before or asked.element == CHECK:
        year.thrown_away += 1
    else:
        area.waiting[team] = (asked, given)


def _ask_area(year: Year, area: _Area, number: int) -> None:
    """Everybody about the family; who is in two teams is asked once."""
    team_of = {person: team for team, roster in enumerate(area.rosters) for person in roster}
    asked = asked_of_area(team_of, area.people)
    release = publish_given(asked, area.given(asked, team_of, WHOLE_AREA + number))
    if release is not None:
        year.releases.append(release)
        year.area.append(AreaRound(release, team_of, area.people))


def asked_of_area(team_of: dict[int, int], sector_of: dict[int, str]) -> Asked:
    """What a round of a whole area promises, by the rule of the product."""
    members = tuple(
        (
            Person(id=str(who), chat_id=who, name=""),
            Membership(
                id="", person_id=str(who), team_id=str(team), role="member", sector=sector_of[who], joined_on=date.min
            ),
        )
        for who, team in team_of.items()
    )
    return Asked(CLIENT, split=Split.SECTOR if sectors_can_be_shown(members) else Split.NONE, floor=AREA_FLOOR)


def _ask_leaders(year: Year, area: _Area, number: int) -> None:
    """The strategic layer as one group, in words; what too few answered is thrown away here."""
    asked = Asked(ELEMENTS[number % len(ELEMENTS)], Audience.STRATEGIC, split=Split.NONE)
    if number % 6 == 1:
        published = area.publish_apart(replace(asked, element=CLOSING), area.leaders, STRATEGIC + number)
        year.apart += published
        year.closings += bool(published)
        return
    release = publish_given(asked, area.given(asked, area.leaders, STRATEGIC + number))
    if release is not None:
        year.releases.append(release)
        year.strategic += 1


def _change(year: Year, area: _Area) -> None:
    """Before a round: some leave, come, or move to another team."""
    chance = area.chance
    for at, roster in enumerate(area.rosters):
        if chance.random() < 0.3 and len(roster) > 5:
            roster.remove(chance.choice(sorted(roster)))
            year.left += 1
        if chance.random() < 0.3:
            roster.add(area.new(chance.choice(SECTORS)))
            year.joined += 1
        if chance.random() < 0.1 and len(roster) > 5:
            person = chance.choice(sorted(roster))
            roster.remove(person)
            area.rosters[(at + 1) % len(area.rosters)].add(person)
            year.moved += 1
    if chance.random() < 0.3:
        area.leaders.remove(chance.choice(sorted(area.leaders)))
        area.leaders.add(area.new(chance.choice(SECTORS)))


def otherwise(release: Release) -> list[tuple[Release, Release]]:
    """A release beside each different text that it would have had without one of its people: the control."""
    again = (
        publish_given(release.asked, [each for each in release.given if each is not gone]) for gone in release.given
    )
    texts = {repr(each.cells): (release, each) for each in again if each is not None}
    texts.pop(repr(release.cells), None)
    return list(texts.values())
