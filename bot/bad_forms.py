"""Forms that look reasonable and tell more than was published: the audit of forms must find every one of them.

Each is a real form with one sentence too many, made of the answers themselves. The product has no way to these: only
here the table of answers is put beside the published cells on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.forms import Cells, Look, asked_first, look_at, look_at_two
from dialogues.insight.patterns_nl import PATTERN_WORDS
from dialogues.insight.step_story import HAPPENS
from dialogues.insight.top_three import CHOSEN

UNPUBLISHED: Final = "unpublished"
"""Where the table of answers stands beside the cells."""
Given = list[Mapping[str, list[str]]]


def others_than_most(now: Cells) -> Look:
    """How many said something else than most."""
    answers = [whole[asked_first()] for whole in _table(now)]
    most = max(answers.count(each) for each in answers)
    return *look_at("vraag", _bare(now)), f"{len(answers) - most} mensen zeiden iets anders."


def as_you_do(now: Cells) -> Look:
    """How many said the same as the lead, who can try every answer."""
    answers = [whole[asked_first()] for whole in _table(now)]
    same = {each[0]: answers.count(each) for each in answers}
    return *look_at("vraag", _bare(now)), *(f"{each}: {same[each]} mensen met jou." for each in sorted(same))


def not_begun(now: Cells) -> Look:
    """How many said that the step does not happen yet."""
    waiting = sum(whole[HAPPENS] == ["not_yet"] for whole in _table(now))
    return *look_at("stap", _bare(now)), f"{waiting} mensen zeiden: nog niet."


def with_choosers(now: Cells) -> Look:
    """Each choice of the top 3 with the number of its choosers."""
    chosen = [value for whole in _table(now) for value in whole[CHOSEN]]
    return *look_at("top 3", _bare(now)), *(f"{each}: {chosen.count(each)}" for each in sorted(set(chosen)))


def sum_of_year(then: Cells, now: Cells) -> Look:
    """How often in a year something was recognised."""
    often = sum(whole[asked_first()] == ["5"] for whole in (*_table(then), *_table(now)))
    return *look_at_two("vraag", _bare(then), _bare(now)), f"Dit jaar {often} keer herkend."


def of_one_mind(ours: Cells, theirs: Cells) -> Look:
    """Whether everybody on both sides said one and the same."""
    words = {tuple(whole[asked_first()]) for whole in (*_table(ours), *_table(theirs))}
    shown = look_at_two("twee werelden", _bare(ours), _bare(theirs))
    return *shown, "Iedereen is het eens." if len(words) == 1 else "Niet iedereen is het eens."


def pattern_of_few(then: Cells, now: Cells) -> Look:
    """A pattern that fits as soon as somebody said it, instead of most."""
    fits = any(whole[asked_first()] == ["5"] for whole in _table(then)) and any(
        whole[asked_first()] == ["1"] for whole in _table(now)
    )
    shown = look_at_two("vraag", _bare(then), _bare(now))
    return *shown, PATTERN_WORDS["talk_without_result"].question if fits else ""


BAD_FORMS: Final[Mapping[str, tuple[str, Callable[[Cells], Look]]]] = {
    "hoeveel mensen iets anders zeiden": ("vraag", others_than_most),
    "hoeveel mensen hetzelfde zeiden als de teamleider": ("vraag", as_you_do),
    "bij hoeveel mensen de stap nog niet gebeurt": ("stap", not_begun),
    "een top 3 met aantallen": ("top 3", with_choosers),
}
"""What is wrong in Dutch → what it is about, and the form."""
BAD_PAIRS: Final[Mapping[str, tuple[str, Callable[[Cells, Cells], Look]]]] = {
    "een optelling over het jaar": ("vraag", sum_of_year),
    "een patroon uit losse antwoorden": ("vraag", pattern_of_few),
    "of twee werelden het eens zijn": ("twee werelden", of_one_mind),
}
"""The same of two rounds."""


def _table(cells: Cells) -> Given:
    found: Given = json.loads(cells)[UNPUBLISHED]["table"]
    return found


def _bare(cells: Cells) -> Cells:
    plain: dict[str, Any] = json.loads(cells)
    del plain[UNPUBLISHED]
    return json.dumps(plain)
