"""A4: people mostly answer as they did before; does a new overview tell more about somebody who left than the old one?

A Bayesian reader knows who was asked, how people answer in general, how often they keep their answer, and sees two
overviews of one team: one with the leaver among the respondents, one without. How sure can the reader be of what the
leaver answered, beside how sure the first overview alone makes? Asked of every answer there is; of "low" most of all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from math import factorial, prod
from pathlib import Path

from dialogues.insight import Band, Rule, publish
from dialogues.insight.exhaustive import reading, rows_of
from tests.attacks.outcome import Outcome

PRIOR = (0.12, 0.18, 0.60, 0.10)
"""How people answer in general: low, mid, high, no view."""
BANDS = tuple(Band)
MOST_MORE = 0.10
MOST_UNLUCKY = 0.01
"""Share of pairs of overviews in which the reader may become more than MOST_MORE surer."""
LEAVING = 1
LOW = 0
MOST_CONTROL = 8
"""The control with exact counts is tried up to so many respondents: far more pairs, and it only gets easier to see."""
Publisher = Callable[[tuple[int, ...]], Hashable]


@dataclass(frozen=True, slots=True)
class Size:
    respondents: tuple[int, ...]
    kept: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the second overview adds to the certainty about the leaver."""

    gain: float
    """On average, for a leaver who did answer so; of the answer of which most is learned."""
    unlucky: float
    """How likely a pair of overviews is that adds more than MOST_MORE to "the leaver answered low"."""
    unlucky_low: float
    """The same for a leaver who did answer low."""
    worst: float
    """The most that any pair adds about any answer, however unlikely."""


LONG, SHORT = Size((6, 8, 12), (0.6, 0.9)), Size((6,), (0.9,))


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """What a leaver may expect, with words after a change of the team and with exact counts."""
    found = {(number, kept): learned(number, kept, by_words) for number in size.respondents for kept in size.kept}
    control = max(learned(number, kept, tuple).gain for number, kept in found if number <= MOST_CONTROL)
    most, unlucky, unlucky_low, worst = (
        max(getattr(each, name) for each in found.values()) for name in ("gain", "unlucky", "unlucky_low", "worst")
    )
    often, often_low = _comma(100 * unlucky, 1), _comma(100 * unlucky_low, 1)
    outcome = Outcome(
        f"Gemiddeld hooguit {_comma(most, 3)} zekerder bij {', '.join(map(str, size.respondents))} mensen, welk "
        f"antwoord ook. Over ‘laag’ in {often} % van de gevallen meer dan {_comma(MOST_MORE, 2)}. Bij wie echt laag "
        f"antwoordde in {often_low} %. Over elk antwoord ten hoogste {_comma(worst, 2)}. "
        f"Tegenproef met aantallen: gemiddeld {_comma(control, 2)}"
    )
    outcome.must(most <= MOST_MORE, f"gemiddeld {most:.2f} zekerder")
    outcome.must(unlucky <= MOST_UNLUCKY, f"te vaak veel zekerder: {unlucky:.3f}")
    outcome.must(control > MOST_MORE, "de tegenproef met aantallen is niet ontdekt")
    return outcome


def _comma(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


def by_words(row: tuple[int, ...]) -> Hashable:
    """What a team sees after a change of one to four people: the real rule, in words."""
    return reading(publish({"jgz": dict(zip(BANDS, row, strict=True))}, Rule.WORDS))


def learned(number: int, kept: float, published: Publisher) -> Learned:
    """How much surer of the leaver's answer the second overview makes, over all pairs of overviews."""
    then: dict[Hashable, list[float]] = {}
    both: dict[tuple[Hashable, Hashable], list[float]] = {}
    for others in rows_of(number - LEAVING):
        for leaver in range(len(BANDS)):
            table = tuple(count + (band == leaver) for band, count in enumerate(others))
            weight = chance_of(others) * PRIOR[leaver]
            first = published(table)
            then.setdefault(first, [0.0] * len(BANDS))[leaver] += weight
            for second, likely in after(others, kept, published):
                both.setdefault((first, second), [0.0] * len(BANDS))[leaver] += weight * likely
    gains = [_gains(then, both, answer) for answer in range(len(BANDS))]
    means = [
        sum(both[pair][answer] * gain for pair, gain in each.items()) / PRIOR[answer]
        for answer, each in enumerate(gains)
    ]
    told = [pair for pair, gain in gains[LOW].items() if gain > MOST_MORE]
    return Learned(
        gain=max(means),
        unlucky=sum(sum(both[pair]) for pair in told),
        unlucky_low=sum(both[pair][LOW] for pair in told) / PRIOR[LOW],
        worst=max(gain for each in gains for gain in each.values()),
    )


def _gains(
    then: dict[Hashable, list[float]], both: dict[tuple[Hashable, Hashable], list[float]], answer: int
) -> dict[tuple[Hashable, Hashable], float]:
    """Pair of overviews → how much surer of this answer than after the first of them."""
    return {
        pair: weights[answer] / sum(weights) - then[pair[0]][answer] / sum(then[pair[0]])
        for pair, weights in both.items()
        if sum(weights)
    }


@cache
def after(others: tuple[int, ...], kept: float, published: Publisher) -> list[tuple[Hashable, float]]:
    """What may be read a month later of those who stayed, with its chance."""
    chances: dict[Hashable, float] = {}
    for row, likely in a_month_later(others, kept):
        output = published(row)
        chances[output] = chances.get(output, 0.0) + likely
    return list(chances.items())


def a_month_later(others: tuple[int, ...], kept: float) -> Iterator[tuple[tuple[int, ...], float]]:
    """How the same people answer after a month: each keeps the answer, or draws a new one."""
    spread: dict[tuple[int, ...], float] = {(0,) * len(BANDS): 1.0}
    for band, number in enumerate(others):
        turn = [(1 - kept) * share + kept * (band == other) for other, share in enumerate(PRIOR)]
        moves = [(row, _multinomial(row, turn)) for row in rows_of(number)]
        mixed: dict[tuple[int, ...], float] = {}
        for row, likely in spread.items():
            for move, chance in moves:
                total = tuple(a + b for a, b in zip(row, move, strict=True))
                mixed[total] = mixed.get(total, 0.0) + likely * chance
        spread = mixed
    yield from spread.items()


def chance_of(row: tuple[int, ...]) -> float:
    """How likely a table is, by the prior."""
    return _multinomial(row, list(PRIOR))


def _multinomial(row: tuple[int, ...], shares: list[float]) -> float:
    ways = factorial(sum(row)) / prod(map(factorial, row))
    return ways * prod(share**number for share, number in zip(shares, row, strict=True))
