"""The audit of the forms: all of them together, over everything that can be published, alone and two by two.

Whatever a reader is shown, it may pin nobody. Forms that are bad on purpose, one of each kind, show that this sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Final

from bot.bad_forms import BAD_FORMS, BAD_PAIRS, UNPUBLISHED
from bot.forms import (
    ELEMENT,
    FORMS,
    SIDE_BY_SIDE,
    SIGHTS,
    asked_first,
    definition,
    look_at,
    look_at_two,
    stored_question,
    stored_step,
)
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


def audit_forms(rule: PublishRule, *, short: bool) -> list[FormLine]:
    """Every form over every publication there is: alone, with the time before, and beside other rounds.

    ``short``: of five people only, with one question each.
    """
    searched = [search(rule, Split(sizes).named, rule=way) for way, sizes in SPLITS[: 1 if short else None]]
    helped = [] if short else [_steps(HELPING, respondents=number) for number in MORE]
    stronger = [] if short else [_top_threes_and_stronger(respondents=number) for number in MORE]
    every: Published = {
        "vraag": [of_bands(each, stored_question) for each in searched],
        "stap": [*helped, *(of_bands(each, stored_step) for each in searched)],
        "top 3": [*(_top_threes(respondents=number) for number in MORE[: 1 if short else None]), *stronger],
    }
    question, step, closing = (every[about] for about in SIGHTS)
    in_a_row = {"vraag": question[:PAIRED], "stap": [*helped[:1], step[len(helped)]], "top 3": closing[:1]}
    publications = [of_bands(each, reading) for each in searched]
    return [
        *(_alone(about, every[about]) for about in SIGHTS),
        *(_two(f"{about}, twee keer na elkaar", about, [(one, one) for one in in_a_row[about]]) for about in SIGHTS),
        _two("vraag en stap", "vraag en stap", [(question[0], step[0])]),
        *(
            _two(about, about, [pair], same_people=False)
            for about, pair in (
                ("top 3 en die van leiding en beleid", (closing[0], closing[0])),
                ("twee werelden", (question[-1 if short else PAIRED], question[0])),
            )
        ),
        FormLine(
            what="alles van twee maanden naast elkaar",
            tables=sum(each.tables**2 for each in publications),
            outputs=sum(len(each.possible) ** 2 for each in publications),
            pinned=sum(audit_pair(each, each, lambda *both: both) for each in publications),
        ),
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


def _alone(about: str, every: Sequence[Outcomes]) -> FormLine:
    """Each round by itself."""

    def pinned(forms: tuple[str, ...]) -> int:
        return sum(audit_form(one, partial(look_at, about, forms=forms)) for one in every)

    tables, outputs = sum(one.tables for one in every), sum(len(one.possible) for one in every)
    return _line(about, pinned, tables=tables, outputs=outputs)


def _two(what: str, about: str, pairs: Sequence[tuple[Outcomes, Outcomes]], *, same_people: bool = True) -> FormLine:
    """Every two rounds."""

    def pinned(forms: tuple[str, ...]) -> int:
        look = partial(look_at_two, about, forms=forms)
        return sum(audit_pair(one, other, look, same_people=same_people) for one, other in pairs)

    tables = sum(one.tables * other.tables for one, other in pairs)
    return _line(
        what, pinned, tables=tables, outputs=sum(len(one.possible) * len(other.possible) for one, other in pairs)
    )


def _line(what: str, pinned: Callable[[tuple[str, ...]], int], *, tables: int, outputs: int) -> FormLine:
    """All forms together, which tell the most; where that is too much, by name the forms that do so by themselves."""
    number = pinned(tuple(FORMS))
    guilty = ", ".join(form for form in FORMS if pinned((form,))) if number else ""
    return FormLine(what=f"{what}: {guilty}" if guilty else what, tables=tables, outputs=outputs, pinned=number)


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
