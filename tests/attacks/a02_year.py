"""A2: a whole year of an area handed to a constraint solver; is any answer left with one possibility?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from dialogues.insight import Band
from tests.attacks.answer_sheets import Given, Release, publish_given
from tests.attacks.area_year import AreaRound, Year, asked_of_area, live, otherwise
from tests.attacks.outcome import Outcome
from tests.attacks.possible import Puzzle, components, gives_away
from tests.attacks.weakened import weakened

MANY = 25
"""In a round with more people, colleagues of one sector with the same band are one kind of colleague."""


@dataclass(frozen=True, slots=True)
class Size:
    teams: int
    rounds: int
    colleagues: int
    """How many kinds of colleagues may be the one whose answers are known, those first who tell most."""
    controls: int
    """How many second publications of a round that read otherwise are tried, as a control."""


LONG, SHORT = Size(20, 12, 1000, 60), Size(4, 4, 1, 8)


@dataclass(slots=True)
class Found:
    """What the solver left possible over all releases."""

    looks: int = 0
    answers: int = 0
    """To any question, of people who are not known."""
    given_away: int = 0
    widths: Counter[int] = field(default_factory=Counter)
    """Number of bands left → answers to a statement, beside the colleague who tells most."""


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Every release with each kind of colleague known; then rules weaker than the real one.

    Whoever knows a colleague knows more than whoever knows nobody, so that is not tried apart.
    """
    year = live(teams=size.teams, rounds=size.rounds, seed=seed)
    groups = list(components([*year.releases, *year.apart]))
    found = Found()
    for group in groups:
        _look(found, group, size.colleagues)
    tries, caught = second_publications(year, size.controls, random.Random(seed))
    weak = weakened()
    missed = [name for name, each in weak.items() if not each.is_caught]
    outcome = Outcome(
        f"{size.teams} teams, {size.rounds} rondes. {year.joined} erbij, {year.left} weg, {year.moved} verhuisd. "
        f"{len(year.releases)} overzichten: {len(year.area)} van het hele gebied, {year.strategic} van leiding en "
        f"beleid, {year.checks} over een stap, {year.by_side} naar zijde, {year.merged} van twee rondes samen. Ook "
        f"{year.starts} startrondes en {year.closings} keer een top 3, vraag voor vraag. {year.thrown_away} rondes "
        f"weggegooid. {found.answers} antwoorden op stellingen, zijden, thema's, top 3 en stappen, {found.looks} keer "
        f"opgelost: {found.given_away} met één mogelijkheid. Antwoorden op stellingen met 1, 2, 3 en 4 mogelijkheden: "
        f"{', '.join(str(found.widths[number]) for number in (1, 2, 3, 4))}. Tegenproef: {caught} van {tries} "
        f"herrekende rondes en {len(weak) - len(missed)} van {len(weak)} verzwakte regels gekraakt."
    )
    outcome.must(found.given_away == 0, f"{found.given_away} antwoorden met één mogelijkheid")
    outcome.must(found.widths.total() > 0, "niets nagerekend")
    kinds = (year.area, year.strategic, year.checks, year.by_side, year.starts, year.closings)
    outcome.must(all(kinds), "niet elke soort ronde is nagerekend")
    outcome.must(all(len(group) == 1 for group in groups), "een antwoord zit in twee overzichten")
    outcome.must(caught > 0, "een herrekende ronde is niet ontdekt")
    outcome.must(not missed, f"niet ontdekt: {', '.join(missed)}")
    _look_at_area(outcome, year)
    return outcome


def _look_at_area(outcome: Outcome, year: Year) -> None:
    """What no constraint says: how many people and teams stand behind each word, and that nothing is shown twice."""
    outcome.must(not any(each.breaches() for each in year.area), "een deel van het gebied is te klein getoond")
    outcome.must(
        not planted_area(teams_of_one_sector=2) and not planted_area(teams_of_one_sector=3),
        "een sector van twee teams of van acht mensen is te zien in een gebied",
    )
    outcome.must(
        planted_area(teams_of_one_sector=2, split="sector") == ["gemeente"],
        "niet ontdekt: een sector van twee teams in een gebied",
    )
    outcome.must(is_seen_twice(year), "niet ontdekt: een antwoord van het gebied ook bij een team")


def _look(found: Found, group: Sequence[Release], most: int) -> None:
    puzzle = Puzzle(group)
    statement = group[0].asked.questions.statement
    for number, known in enumerate(colleagues(group[0])[:most]):
        left = puzzle.possible([known])
        found.looks += 1
        found.given_away += len(puzzle.given_away(left))
        if number == 0:
            of_statement = [len(values) for (_, what), values in left.items() if what == statement]
            has_one = bool(group[0].asked.questions.option_of)
            found.answers += len(left) - (0 if has_one else len(of_statement))
            found.widths.update(of_statement if has_one else ())


def colleagues(release: Release) -> list[Given]:
    """One of each kind of respondent, those first who answered what hardly anybody did, and chose most beside it."""
    common = Counter(each.band for each in release.given)
    kinds: dict[Hashable, Given] = {}
    for each in sorted(
        release.given, key=lambda each: (common[each.band], -sum(map(len, each.chosen.values())), each.answer)
    ):
        sheet = tuple(each.answers(release.asked)) if len(release.given) <= MANY else each.band
        kinds.setdefault((each.sector, sheet), each)
    return list(kinds.values())


def second_publications(year: Year, number: int, chance: random.Random) -> tuple[int, int]:
    """Publish some rounds again without somebody who left; how many were tried, and how many gave an answer away."""
    shuffled = chance.sample(year.releases, len(year.releases))
    tried = list(islice((pair for release in shuffled for pair in otherwise(release)), number))
    return len(tried), sum(gives_away(pair) for pair in tried)


def planted_area(*, teams_of_one_sector: int, split: str = "") -> list[str]:
    """What is shown of too few where 20 people of one sector work in so many teams, beside 18 and 8 in three teams.

    ``split``: what the overview is split by, whatever the product promises.
    """
    sector_of = {who: "gemeente" if who < 20 else "jgz" if who < 38 else "onderwijs" for who in range(46)}
    team_of = {who: who % (teams_of_one_sector if sector == "gemeente" else 3) for who, sector in sector_of.items()}
    asked = asked_of_area(team_of, sector_of)
    release = publish_given(
        replace(asked, split=split or asked.split),
        [Given((who, 0), sector, Band.HIGH) for who, sector in sector_of.items()],
    )
    return AreaRound(release, team_of, sector_of).breaches() if release else [""]


def is_seen_twice(year: Year) -> bool:
    """Whether it is noticed when answers to the area are published for one of its teams as well."""
    area = next(iter(year.area), None)
    if area is None:
        return False
    of_team = Counter(area.team_of.values()).most_common(1)[0][0]
    part = [each for each in area.release.given if area.team_of[each.answer[0]] == of_team]
    again = replace(area.release, given=tuple(part))
    return any(len(group) > 1 for group in components([*year.releases, again]))
