"""The audit of the forms: all of them together, over everything that can be published, alone and two by two.

Whatever a reader is shown, it may pin nobody. Forms that are bad on purpose, one of each kind, show that this sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from math import prod
from typing import Final

from bot.appearances import EVERYTHING, shown_in, telling_forms
from bot.bad_forms import BAD_FORMS, BAD_PAIRS, UNPUBLISHED
from bot.forms import (
    ELEMENT,
    FORMS,
    SIDE_BY_SIDE,
    SIGHTS,
    Look,
    Sight,
    asked_first,
    definition,
    look_at,
    look_at_two,
    sights_of_two,
    stored_question,
    stored_step,
)
from bot.scenes import SCENES, everything_given, look_at_scene, sight_of
from dialogues.conversation.definition import Audience
from dialogues.insight.audit import PublishRule
from dialogues.insight.exhaustive import reading, search
from dialogues.insight.forms import Outcomes, audit_form, audit_pair, of_bands
from dialogues.insight.maandbeeld import CLOSING
from dialogues.insight.publication import Rule
from dialogues.insight.splits import Split
from dialogues.insight.step_story import CHECK, HAPPENS, HELPS
from dialogues.insight.top_three import CHOSEN, STRONGER
from dialogues.insight.whole_answers import ELSE, NOTHING, every_whole, search_whole

SPLITS: Final = ((Rule.WORDS, (5,)), (Rule.COUNTS, (5,)), (Rule.WORDS, (5, 5)), (Rule.COUNTS, (10,)))
"""Splits over whose publications the forms are audited; five and five has sectors, ten has exact counts."""
PAIRED: Final = 2
"""Of so many of them every two months in a row are really written; of all the publications are laid side by side."""
FEW: Final = 5
"""Respondents of whole answers: the floor, at which most is known of each."""
MORE: Final = (FEW, 6, 7, 8)
"""Numbers of them that are searched in full: past the point where a top 3 also tells what was chosen often."""
NAMED: Final = ("vision", "trust", "roles")
"""Choices of a top 3 that are looked at; whatever else is chosen is never shown."""
HOW_MANY: Final = 3
ANSWERS: Final = ("1", "3", "5", "no_view")
"""One of each band."""
HELPING: Final = (NOTHING, ("no",), ("a_little",), ("yes",), ("too_early",))
Published = Mapping[str, Sequence[Outcomes]]
"""What a team is asked → what can be published of it, the fewest people first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """What came out for everything that is shown of one kind of round."""

    what: str
    tables: int
    outputs: int
    pinned: int
    """Answers given away."""
    shown: tuple[str, ...] = ()
    """What of `bot.appearances` came up in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Rounds that are looked at together."""

    what: str
    rounds: Sequence[tuple[Outcomes, ...]]
    """One round each, or two."""
    look: Callable[..., Look]
    """What is read of cells, in the forms asked for."""
    sights: Callable[..., tuple[Sight, ...]]
    """The same, as pages."""
    same_people: bool = True
    """Whether of two rounds both were asked of the same people."""


def never_shown(lines: Iterable[FormLine]) -> tuple[str, ...]:
    """What an audit did not meet, so that it proves nothing about it; must be empty."""
    return tuple(sorted(EVERYTHING.difference(*(line.shown for line in lines))))


def audit_forms(rule: PublishRule, *, short: bool) -> list[FormLine]:
    """Every form over every publication there is: alone, with the time before, beside other rounds, and in each scene.

    ``short``: of five people only, with one question each.
    """
    searched = [search(rule, Split(sizes).named, rule=way) for way, sizes in SPLITS[: 1 if short else None]]
    helped = [] if short else [_steps(HELPING, respondents=number) for number in MORE]
    stronger = [_top_threes_and_stronger(respondents=number) for number in MORE[: 1 if short else None]]
    every: Published = {
        "vraag": [of_bands(each, stored_question) for each in searched],
        "stap": [*helped, *(of_bands(each, stored_step) for each in searched)],
        "top 3": [*(_top_threes(respondents=number) for number in MORE[: 1 if short else None]), *stronger],
    }
    question, step, closing = (every[about] for about in SIGHTS)
    in_a_row = {"vraag": question[:PAIRED], "stap": [*helped[:1], step[len(helped)]], "top 3": closing[:1]}
    return [
        *(_line(_alone(about, every[about])) for about in SIGHTS),
        *(
            _line(_two(f"{about}, twee keer na elkaar", about, [(one, one) for one in in_a_row[about]]))
            for about in SIGHTS
        ),
        _line(_two("vraag en stap", "vraag en stap", [(question[0], step[0])])),
        *(
            _line(_two(about, about, [pair], same_people=False))
            for about, pair in (
                ("top 3 en die van leiding en beleid", (closing[0], closing[0])),
                ("twee werelden", (question[-1 if short else PAIRED], question[0])),
            )
        ),
        *(_line(_scene(number, rule)) for number in range(len(SCENES))),
        _side_by_side([of_bands(each, reading) for each in searched]),
    ]


def bad_forms_found() -> dict[str, int]:
    """Bad form → how many answers it was found to give away; 0 means that it was not found."""
    alone = {
        "vraag": _question(ANSWERS),
        "stap": _steps([NOTHING], unpublished=UNPUBLISHED),
        "top 3": _top_threes(unpublished=UNPUBLISHED),
    }
    pairs = _question(ANSWERS[::2])
    return {name: audit_form(alone[about], look) for name, (about, look) in BAD_FORMS.items()} | {
        name: audit_pair(pairs, pairs, look, same_people=about not in SIDE_BY_SIDE)
        for name, (about, look) in BAD_PAIRS.items()
    }


def _alone(about: str, every: Sequence[Outcomes]) -> _Case:
    """Each round by itself."""
    return _Case(
        what=about,
        rounds=[(one,) for one in every],
        look=partial(look_at, about),
        sights=lambda now: (SIGHTS[about](now),),
    )


def _two(what: str, about: str, pairs: Sequence[tuple[Outcomes, Outcomes]], *, same_people: bool = True) -> _Case:
    """Every two rounds."""
    return _Case(
        what=what,
        rounds=pairs,
        look=partial(look_at_two, about),
        sights=partial(sights_of_two, about),
        same_people=same_people,
    )


def _scene(number: int, rule: PublishRule) -> _Case:
    """One thing that only some months show."""
    scene = SCENES[number]
    asked = [each for each in (scene.before, scene.now) if each is not None]
    return _Case(
        what=scene.about,
        rounds=[tuple(everything_given(scene, each, rule) for each in asked)],
        look=partial(look_at_scene, number),
        sights=lambda *cells: (sight_of(scene, *cells),),
        same_people=not scene.by_leaders,
    )


def _line(case: _Case) -> FormLine:
    """All forms together, which tell the most; where that is too much, by name the forms that do so by themselves."""
    number = _pinned(case, tuple(FORMS))
    guilty = ", ".join(form for form in FORMS if _pinned(case, (form,))) if number else ""
    return FormLine(
        what=f"{case.what}: {guilty}" if guilty else case.what,
        tables=sum(prod(one.tables for one in together) for together in case.rounds),
        outputs=sum(prod(len(one.possible) for one in together) for together in case.rounds),
        pinned=number,
        shown=tuple(sorted(_shown(case))),
    )


def _pinned(case: _Case, forms: tuple[str, ...]) -> int:
    look = partial(case.look, forms=forms)
    pinned = 0
    for one, *others in case.rounds:
        pinned += sum(audit_pair(one, other, look, same_people=case.same_people) for other in others)
        pinned += 0 if others else audit_form(one, look)
    return pinned


def _shown(case: _Case) -> set[str]:
    """What was met: everything on any of the pages, and the forms that did not always read alike."""
    every = [cells for each in case.rounds for cells in product(*(one.examples.values() for one in each))]
    met = {name for cells in every for name in shown_in(case.sights(*cells))}
    return met.union(telling_forms(case.look(*cells, forms=tuple(FORMS)) for cells in every))


def _side_by_side(publications: Sequence[Outcomes]) -> FormLine:
    """Two months of whatever rule, not in any form but field by field."""
    return FormLine(
        what="alles van twee maanden naast elkaar",
        tables=sum(each.tables**2 for each in publications),
        outputs=sum(len(each.possible) ** 2 for each in publications),
        pinned=sum(audit_pair(each, each, lambda *both: both) for each in publications),
    )


def _question(answers: Sequence[str]) -> Outcomes:
    """A question, with its answers beside what is published."""
    wholes = every_whole({asked_first(): [(each,) for each in answers]})
    return search_whole(definition(ELEMENT), wholes, respondents=FEW, unpublished=UNPUBLISHED)


def _steps(helps: Sequence[tuple[str, ...]], *, respondents: int = FEW, unpublished: str = "") -> Outcomes:
    """What can be said about a step; only who sees it happen is asked whether it helps."""
    wholes = (
        *every_whole({HAPPENS: [("not_yet",), ("no_view",)], HELPS: [NOTHING]}),
        *every_whole({HAPPENS: [("sometimes",), ("mostly",)], HELPS: helps}),
    )
    return search_whole(definition(CHECK), wholes, respondents=respondents, unpublished=unpublished)


def _top_threes(*, respondents: int = FEW, unpublished: str = "") -> Outcomes:
    return _closing({CHOSEN: _choices(NAMED), STRONGER: [NOTHING]}, respondents, unpublished)


def _top_threes_and_stronger(*, respondents: int) -> Outcomes:
    return _closing({CHOSEN: _choices(NAMED[:2]), STRONGER: [NOTHING, NAMED[:1], (ELSE,)]}, respondents)


def _closing(steps: Mapping[str, Sequence[tuple[str, ...]]], respondents: int, unpublished: str = "") -> Outcomes:
    closing = definition(CLOSING)
    offered = getattr(closing.step(Audience.PRACTICE, STRONGER), "options", ())
    others = [option.value for option in offered if option.value not in NAMED]
    return search_whole(closing, every_whole(steps), respondents=respondents, others=others, unpublished=unpublished)


def _choices(named: Sequence[str]) -> list[tuple[str, ...]]:
    """Every top 3, where all that has no name here is one."""
    numbers = range(min(len(named), HOW_MANY) + 1)
    return [(*some, *[ELSE] * (HOW_MANY - number)) for number in numbers for some in combinations(named, number)]
