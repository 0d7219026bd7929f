"""A year of one area on the pure core: rosters that change, answers, and what is published of them by the real code.

Counting and publishing are those of a release (`publish_round`, `respondents_enough`); rosters, illness and answers are
made up here. Area rounds, once they exist, are further releases over answers of their own: add them to `live`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dialogues.authoring.loader import load_library
from dialogues.conversation.definition import Audience, Counted, Definition
from dialogues.insight import Band, GivenAnswers, Publication, publish_round, respondents_enough
from dialogues.insight.bands import BAND_OF_BRANCH

SECTORS = ("jgz", "wijkteam", "onderwijs")
MOODS = ((1, 2, 6, 1), (2, 3, 4, 1), (4, 3, 2, 1), (1, 1, 1, 1), (0, 1, 9, 0))
"""How likely the bands low, mid, high and no view are, per kind of team and month."""
Answer = tuple[int, int]
"""Person and round: one answer to one question."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given; the attacker knows all but the band."""

    answer: Answer
    sector: str
    band: Band


@dataclass(frozen=True, slots=True)
class Release:
    """One publication, and which answers were counted in it."""

    team: int
    given: tuple[Given, ...]
    published: Publication
    rule: str


@dataclass(slots=True)
class Year:
    """All releases, and what happened on the way."""

    releases: list[Release] = field(default_factory=list)
    merged: int = 0
    thrown_away: int = 0
    moved: int = 0
    joined: int = 0
    left: int = 0


@lru_cache(maxsize=1)
def question() -> tuple[Definition, str, Mapping[Band, str]]:
    """An element, its statement, and an option for each band."""
    definition = load_library().get("trust")
    step = next(step for step in definition.steps[Audience.PRACTICE] if getattr(step, "counted", None) is Counted.BANDS)
    return (
        definition,
        step.id,
        {BAND_OF_BRANCH[one.branch]: one.value for one in step.options if one.branch in BAND_OF_BRANCH},
    )


def publish_given(given: Sequence[Given], rule: str) -> Publication | None:
    """What the release of the product publishes of these answers; None below the floor."""
    definition, step, option = question()
    answers = [GivenAnswers(sector=each.sector, answers={step: (option[each.band],)}) for each in given]
    if not respondents_enough(definition, answers, audience=Audience.PRACTICE):
        return None
    cells = publish_round(definition, answers, audience=Audience.PRACTICE, rule=rule)
    return Publication.from_json(cells[step])


def live(*, teams: int, rounds: int, seed: int) -> Year:
    """One area, month by month."""
    chance = random.Random(seed)
    year = Year()
    people: dict[int, str] = {}
    rosters: list[set[int]] = []
    for _ in range(teams):
        mix = chance.choice((SECTORS, SECTORS, SECTORS[:2], SECTORS[:1]))
        rosters.append({_new(people, chance.choice(mix)) for _ in range(chance.randint(6, 18))})
    waiting: list[tuple[Given, ...]] = [()] * teams
    rules = ["counts" if team % 4 == 3 else "words" for team in range(teams)]
    for number in range(rounds):
        _change(year, rosters, people, chance)
        for team, roster in enumerate(rosters):
            mood, attention = chance.choice(MOODS), chance.uniform(0.35, 0.95)
            given = tuple(
                Given((person, number), people[person], chance.choices(tuple(Band), mood)[0])
                for person in sorted(roster)
                if chance.random() < attention  # the others are ill or let it lie
            )
            _end(year, team, given, waiting, rules[team])
    return year


def _end(year: Year, team: int, given: tuple[Given, ...], waiting: list[tuple[Given, ...]], rule: str) -> None:
    """Publish; or wait once, and then publish both pools together with the newest answer of each person."""
    now = {each.answer[0] for each in given}
    pool = given + tuple(each for each in waiting[team] if each.answer[0] not in now)
    published = publish_given(pool, rule)
    if published is not None:
        year.merged += bool(waiting[team])
        year.releases.append(Release(team, pool, published, rule))
        waiting[team] = ()
    elif waiting[team]:
        year.thrown_away += 1
        waiting[team] = ()
    else:
        waiting[team] = given


def _change(year: Year, rosters: list[set[int]], people: dict[int, str], chance: random.Random) -> None:
    """Before a round: some leave, come, or move to another team."""
    for at, roster in enumerate(rosters):
        if chance.random() < 0.3 and len(roster) > 5:
            roster.remove(chance.choice(sorted(roster)))
            year.left += 1
        if chance.random() < 0.3:
            roster.add(_new(people, chance.choice(SECTORS)))
            year.joined += 1
        if chance.random() < 0.1 and len(roster) > 5:
            person = chance.choice(sorted(roster))
            roster.remove(person)
            rosters[(at + 1) % len(rosters)].add(person)
            year.moved += 1


def _new(people: dict[int, str], sector: str) -> int:
    people[len(people)] = sector
    return len(people) - 1


def recomputed(release: Release) -> Iterator[Release]:
    """The control: the same round published once more after one person left; for every leaver."""
    for gone in release.given:
        given = tuple(each for each in release.given if each is not gone)
        published = publish_given(given, release.rule)
        if published is not None:
            yield Release(release.team, given, published, release.rule)


def plain(published: Publication) -> dict[str, Any]:
    """A publication without its rule: what can be read of it."""
    return {name: value for name, value in published.to_json().items() if name != "rule"}
