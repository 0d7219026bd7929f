"""A2: a whole year of an area handed to a constraint solver; is any answer left with one possibility?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.attacks.area_year import Given, Release, Year, live, plain, recomputed
from tests.attacks.outcome import Outcome
from tests.attacks.possible import components, possible_bands


@dataclass(frozen=True, slots=True)
class Size:
    teams: int
    rounds: int
    controls: int
    """How many second publications of a round that read otherwise are tried, as a control."""


LONG, SHORT = Size(20, 12, 60), Size(4, 4, 30)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Every release with a colleague known whose answers tell most: the rarest ones."""
    year = live(teams=size.teams, rounds=size.rounds, seed=seed)
    widths: Counter[int] = Counter()
    pinned = 0
    for group in components(year.releases):
        for known in ((), rarest(group)):
            left = {
                answer: bands
                for answer, bands in possible_bands(group, known).items()
                if answer not in {each.answer for each in known}
            }
            pinned += sum(len(bands) == 1 for bands in left.values())
            if known:
                widths.update(len(bands) for bands in left.values())
    tries, caught = control(year, size.controls, random.Random(seed))
    outcome = Outcome(
        f"{size.teams} teams, {size.rounds} rondes, {len(year.releases)} overzichten "
        f"({year.merged} van twee rondes samen, {year.thrown_away} weggegooid); "
        f"{year.joined} erbij, {year.left} weg, {year.moved} verhuisd; "
        f"antwoorden met 1, 2, 3 en 4 mogelijkheden: {', '.join(str(widths[number]) for number in (1, 2, 3, 4))}; "
        f"tegenproef: {caught} van {tries} herrekende rondes gekraakt"
    )
    outcome.must(pinned == 0, f"{pinned} antwoorden met één mogelijkheid")
    outcome.must(sum(widths.values()) > 0, "niets nagerekend")
    outcome.must(all(len(group) == 1 for group in components(year.releases)), "een antwoord zit in twee overzichten")
    outcome.must(caught > 0, "de tegenproef is niet ontdekt")
    return outcome


def rarest(releases: Sequence[Release]) -> tuple[Given, ...]:
    """One colleague's answers: of somebody who answered what hardly anybody did."""
    given = [each for release in releases for each in release.given]
    common = Counter(each.band for each in given)
    person = min(given, key=lambda each: (common[each.band], each.answer)).answer[0]
    return tuple({each.answer: each for each in given if each.answer[0] == person}.values())


def control(year: Year, number: int, chance: random.Random) -> tuple[int, int]:
    """Publish some rounds again without somebody who left; how many were tried, and how many gave an answer away."""
    shuffled = chance.sample(year.releases, len(year.releases))
    tried = list(islice((pair for release in shuffled for pair in otherwise(release)), number))
    caught = sum(any(len(bands) == 1 for bands in possible_bands(pair).values()) for pair in tried)
    return len(tried), caught


def otherwise(release: Release) -> list[tuple[Release, Release]]:
    """A release beside each different text that it would have had without one of its people."""
    texts = {repr(plain(each.published)): (release, each) for each in recomputed(release)}
    texts.pop(repr(plain(release.published)), None)
    return list(texts.values())
