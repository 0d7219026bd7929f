"""Rules of a page that are weakened by one line, each with answers in which that shows: A2 must find all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from dialogues.insight import FLOOR, Band, Listing, Publication, Rule, publish_listing
from dialogues.insight.listing import Listed
from dialogues.rhythm.checking import CHECK
from tests.attacks.answer_sheets import Asked, Given, publish_given
from tests.attacks.apart import Sheet, publish_apart
from tests.attacks.possible import gives_away

LOW, MID, HIGH, NO_VIEW = Band
NUMBERS = "dialogues.insight.listing"
WORDS = "dialogues.insight.publication"
COUNTING = "dialogues.insight.counting"
SHEETS = "tests.attacks.answer_sheets"


@dataclass(frozen=True, slots=True)
class Weakened:
    """One line of the product that reads otherwise, and what was answered."""

    changes: Mapping[str, Any]
    """Dotted name of the product → what stands there instead."""
    asked: Asked
    given: tuple[Given, ...] = ()
    known: tuple[Given, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    """What was answered in a round that asks several things side by side."""

    @property
    def is_caught(self) -> bool:
        """Whether answers are given away with the change, and none without it."""
        return not self._gives_away({}) and self._gives_away(self.changes)

    def _gives_away(self, changes: Mapping[str, Any]) -> bool:
        with ExitStack() as changed:
            for name, instead in changes.items():
                changed.enter_context(patch(name, instead))
            release = publish_given(self.asked, self.given) if self.given else None
            releases = [release] if release else publish_apart(self.asked, self.sheets)
            return any(gives_away([each], self.known) for each in releases)


def people(sector: str, *answers: tuple[Band, Mapping[str, tuple[str, ...]]], first: int = 0) -> tuple[Given, ...]:
    """Colleagues of one sector, numbered from ``first``."""
    return tuple(Given((number, 0), sector, band, chosen) for number, (band, chosen) in enumerate(answers, start=first))


def bands(sector: str, *answers: Band, first: int = 0) -> tuple[Given, ...]:
    """Colleagues who answered nothing but the statement."""
    return people(sector, *((band, {}) for band in answers), first=first)


def often_is_everybody(chosen: Mapping[str, int], respondents: int, floor: int = FLOOR) -> Listing:
    """The rule for listings, with "vaak" kept for what everybody chose."""
    listing = publish_listing(chosen, respondents, floor)
    return replace(
        listing, items=tuple(Listed(each.value, chosen[each.value] == respondents) for each in listing.items)
    )


def of_anybody(counts: Mapping[str, Mapping[str, int]], rule: str, _floor: int) -> Publication:
    """The most frequent band of however few there are."""
    numbers = {band: sum(row.get(band, 0) for row in counts.values()) for band in Band}
    first, second = sorted(numbers.values(), reverse=True)[:2]
    return Publication(rule=Rule(rule), band=max(Band, key=numbers.__getitem__) if first > second else None)


def every_place(names: tuple[str, ...], _sizes: tuple[int, ...], _floor: int) -> Sequence[int]:
    """Every sector is shown, however small."""
    return range(len(names))


def big_places(_names: tuple[str, ...], sizes: tuple[int, ...], floor: int) -> Sequence[int]:
    """Every sector that is big enough is shown, however small the rest that can be subtracted."""
    return [place for place, size in enumerate(sizes) if size >= floor]


def _sheets(sector: str, *chosen: Mapping[str, tuple[str, ...]], first: int = 0) -> tuple[Sheet, ...]:
    return tuple(Sheet((number, 0), sector, each) for number, each in enumerate(chosen, start=first))


def _naming(sector: str, side: str, *answers: Band, first: int) -> tuple[Given, ...]:
    """Colleagues of one sector who all named the same side."""
    return tuple(replace(each, side=side) for each in bands(sector, *answers, first=first))


def _themes(*chosen: str) -> Mapping[str, tuple[str, ...]]:
    return {"themes": chosen}


def _every_choice(asked: Asked, step: str, one: Band, other: Band, *, tied: bool) -> tuple[Given, ...]:
    """All were asked a question, and all but the first chose: three options three times, or one of them once more."""
    options = next(each.listable for each in asked.questions.beside if each.step == step)
    of_jgz, of_wijkteam = [one, *[other] * 4], [*[one] * (3 if tied else 4), *[other] * 2]
    answers = [
        (band, {step: (options[number % 3],)} if number else {}) for number, band in enumerate([*of_jgz, *of_wijkteam])
    ]
    return (*people("jgz", *answers[:5]), *people("wijkteam", *answers[5:], first=5))


def weakened() -> Mapping[str, Weakened]:
    """What is wrong, in Dutch → the change and the answers."""
    team, check = Asked(), Asked(CHECK)
    area = Asked("client", floor=10)
    three = next(each.listable for each in team.questions.beside if each.step == "themes")[:3]
    theme, other_theme, _ = three
    alone = people("jgz", (HIGH, _themes(other_theme)), *[(HIGH, _themes(theme))] * 4, (MID, {}))
    together = people("jgz", *[(HIGH, _themes(theme))] * 5, *[(MID, _themes(theme))] * 3)
    tied, led = (_every_choice(team, "action", LOW, MID, tied=each) for each in (True, False))
    helps = _every_choice(check, "helps", HIGH, MID, tied=False)
    fives = (
        *bands("jgz", HIGH, *[NO_VIEW] * 4),
        *bands("wijkteam", *[HIGH] * 3, *[NO_VIEW] * 2, first=5),
        *bands("onderwijs", *[HIGH] * 3, *[NO_VIEW] * 2, first=10),
    )
    ten = bands("jgz", *[HIGH] * 5, *[LOW] * 4, MID)
    everything = {f"{COUNTING}.publish_wanted": publish_listing}
    closing, start = Asked("closing"), Asked("start")
    top_three = {"top3": ("trust", "roles", "vision")}
    jgz_alone = {"side_jgz_team": ("4",), "side_jgz_school": ("2",)}
    by_side = Asked(split="side")
    return {
        "thema's vanaf één keer gekozen": Weakened({f"{NUMBERS}.LISTED_FROM": 1}, team, alone),
        "thema's vanaf twee keer gekozen": Weakened({f"{NUMBERS}.LISTED_FROM": 2}, team, alone, alone[:1]),
        "‘vaak’ als iedereen het koos": Weakened({f"{COUNTING}.publish_listing": often_is_everybody}, team, together),
        "gewenste stappen die even vaak gekozen zijn": Weakened(everything, team, tied, tied[:1]),
        "alle gewenste stappen": Weakened(everything, team, led, led[:1]),
        "alles over of een stap helpt": Weakened(everything, check, helps, helps[:1]),
        "thema's van drie van de tien": Weakened(
            {f"{COUNTING}.few_asked": lambda *_: False},
            replace(team, rule="counts", split="none"),
            people("jgz", *[(HIGH, _themes(*three))] * 3, *[(NO_VIEW, {})] * 7),
        ),
        "‘vaak’ van de helft die een kijk heeft": Weakened(
            {f"{COUNTING}.few_asked": lambda asked, *_: asked < FLOOR},
            replace(team, rule="counts", split="none"),
            (known_one := people("jgz", (HIGH, {})))
            + people("jgz", *[(HIGH, _themes(*three))] * 5, *[(NO_VIEW, {})] * 4, first=1),
            known_one,
        ),
        "drie sectoren van vijf": Weakened({f"{WORDS}._visible": big_places}, team, fives, fives[:1]),
        "een stap zonder ondergrens": Weakened(
            {f"{COUNTING}.publish": of_anybody, f"{SHEETS}.respondents_enough": lambda *_args, **_more: True},
            check,
            bands("jgz", LOW, LOW),
        ),
        "een top 3 vanaf één keer gekozen": Weakened(
            {f"{NUMBERS}.LISTED_FROM": 1}, closing, sheets=_sheets("jgz", *[top_three] * 5)
        ),
        "wat sterker moet vanaf één keer gekozen": Weakened(
            {f"{NUMBERS}.LISTED_FROM": 1}, closing, sheets=_sheets("jgz", *[{"strengthen": ("trust",)}] * 5)
        ),
        "een startvraag zonder ondergrens": Weakened(
            {f"{COUNTING}.publish": of_anybody},
            start,
            sheets=(
                *_sheets("jgz", jgz_alone),
                *_sheets("wijkteam", *[{"side_jgz_team": ("3",)}] * 4, first=1),
            ),
        ),
        "een zijde die iedereen noemde": Weakened(
            {f"{COUNTING}.ELIGIBLE_OUTSIDE": 0},
            by_side,
            (
                *_naming("jgz", "jgz_school", *[HIGH] * 5, first=0),
                *_naming("wijkteam", "all_sides", *[LOW] * 5, first=5),
            ),
        ),
        "een kleine sector van een gebied": Weakened(
            {f"{WORDS}._visible": every_place}, area, (*ten, *bands("onderwijs", MID, first=10))
        ),
        "een sector van een gebied zonder te letten op de rest": Weakened(
            {f"{WORDS}._visible": big_places}, area, (*ten, *bands("onderwijs", LOW, LOW, first=10))
        ),
    }
