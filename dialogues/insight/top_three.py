"""The closing after a whole circle: what people chose for their top 3, beside what was chosen the time before.

A "top 3" of a team is no ranking: everything that enough people chose, in the author's order
(docs/decisions/0018-top-3.md). What was chosen before stands beside it only where that may be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from dialogues.conversation.definition import Definition
from dialogues.conversation.presenting import fill
from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import CLOSING, Question, Step, TopThree
from dialogues.insight.mentioning import listed, mentions
from dialogues.insight.published import LastClosing, Outcome, PublishedElement

BETWEEN: Final = "; "
"""Between the choices of a top 3: many of their names hold "en" themselves."""
CHOSEN: Final = "top3"
STRONGER: Final = "strengthen"
OWN_PART: Final = frozenset({CHOSEN, STRONGER})
"""The questions of the closing that are told in a part of their own."""


def top_three(
    rounds: Iterable[PublishedElement],
    *,
    before: LastClosing | None,
    strategic: Iterable[PublishedElement],
    changed: bool,
    words: Mapping[str, str],
) -> TopThree | None:
    """The part about the closing of this month; None in every other month, and when too few answered.

    Args:
        rounds: what the rounds of the month published.
        before: the closing before, of the same people or not.
        strategic: what leaders and policy makers of the area published lately, oldest first.
        changed: whether this maandbeeld may compare nothing, because few people changed.
        words: what placeholders stand for.
    """
    now = next((one for one in rounds if is_shown_closing(one)), None)
    if now is None:
        return None
    return TopThree(
        title=fill(now.definition.title, words),
        chosen=mentions(now, CHOSEN, words),
        before=_before(before, changed=changed, words=words),
        strategic=_strategic(_newest(strategic), words),
        stronger=mentions(now, STRONGER, words),
        steps=_steps(now, words),
    )


def is_shown_closing(one: PublishedElement) -> bool:
    """Whether it is a closing of which the top 3 can be shown."""
    cell = one.cells.get(CHOSEN)
    is_closing = one.definition.id == CLOSING and one.outcome is Outcome.PUBLISHED
    return is_closing and cell is not None and not cell["below_floor"]


def chosen_labels(one: PublishedElement, words: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of what enough people chose for their top 3."""
    return tuple(item.label for item in mentions(one, CHOSEN, words).items)


def closing_question(
    rounds: Iterable[PublishedElement], top: TopThree | None, strategic: Iterable[PublishedElement]
) -> Question | None:
    """The conversation question of a month with a closing: a difference between the layers comes first (content-brief).

    None when there is no top 3 to talk about. Only what was published is compared.
    """
    now = next((one for one in rounds if is_shown_closing(one)), None)
    if now is None or top is None or not top.chosen.items:
        return None
    theirs = _newest(strategic)
    others = set(_values(theirs)) if theirs else set()
    differs = bool(others) and others != set(_values(now))
    return Question(CLOSING, top.title, phrases_nl.CLOSING_DIFFERS if differs else phrases_nl.CLOSING_KEEP)


def _before(before: LastClosing | None, *, changed: bool, words: Mapping[str, str]) -> str:
    labels = chosen_labels(before.closing, words) if before else ()
    if before is None or not labels:
        return ""
    said = phrases_nl.TOP3_BEFORE if before.comparable and not changed else phrases_nl.TOP3_NOT_BESIDE
    return said.replace("{month}", before.closing.month).replace("{titles}", BETWEEN.join(labels))


def _strategic(theirs: PublishedElement | None, words: Mapping[str, str]) -> str:
    labels = chosen_labels(theirs, words) if theirs else ()
    if theirs is None or not labels:
        return ""
    return phrases_nl.TOP3_STRATEGIC.replace("{month}", theirs.month).replace("{titles}", BETWEEN.join(labels))


def _newest(strategic: Iterable[PublishedElement]) -> PublishedElement | None:
    return next((one for one in reversed(tuple(strategic)) if is_shown_closing(one)), None)


def _steps(now: PublishedElement, words: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps of what should become stronger: all of one element, of more of them the one between people."""
    wanted = [each for each in now.further if each.id in _values(now, STRONGER)]
    each_gives = len(wanted[0].actions) if len(wanted) == 1 else 1
    actions = (action for element in wanted for action in element.actions[:each_gives])
    return tuple(Step(action.id, fill(action.label, words), fill(action.text, words)) for action in actions)


def _values(one: PublishedElement, step_id: str = CHOSEN) -> tuple[str, ...]:
    return tuple(item.value for item in listed(one.cells, step_id))


def elements_named(cells: Mapping[str, Mapping[str, Any]], known: Mapping[str, Definition]) -> tuple[Definition, ...]:
    """The elements that were published as what should become stronger, for the steps that belong to them."""
    return tuple(known[item.value] for item in listed(cells, STRONGER) if item.value in known)
