"""What a reader can be shown at all, by name, so that an audit of the forms can tell what it never met.

Forms that were tried over months in which a pattern never came up prove nothing about that pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from bot.forms import ELEMENT, FORMS, Look, Sight, definition
from dialogues.conversation.definition import ConversationQuestions
from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import CLOSING, Maandbeeld
from dialogues.insight.patterns import PATTERNS

Shows = Callable[[Maandbeeld], bool]
_HOLE: Final = re.compile(r"\{\w+\}")


def _says(template: str) -> Callable[[str], bool]:
    """Whether a text is this one, whatever its placeholders were filled with."""
    pattern = re.compile(".*".join(re.escape(part) for part in _HOLE.split(template)))
    return lambda text: pattern.fullmatch(text) is not None


def _asks(template: str, *, about: str = "") -> Shows:
    """Whether this is the question of the month, and no pattern."""
    says = _says(template)
    return lambda page: (
        page.question is not None
        and not page.question.pattern
        and about in ("", page.question.element)
        and says(page.question.text)
    )


def _pattern(name: str) -> Shows:
    return lambda page: page.question is not None and page.question.pattern == name


def _trend(template: str) -> Shows:
    says = _says(template)
    return lambda page: any(each.trend and says(each.trend) for each in page.elements)


def _top_3(part: str) -> Shows:
    return lambda page: page.top3 is not None and bool(getattr(page.top3, part))


def _mentions(*, often: bool) -> Shows:
    return lambda page: any(
        item.often is often for each in page.elements for listed in each.mentions for item in listed.items
    )


def _steps(*, wanted: bool) -> Shows:
    return lambda page: any(step.wanted is wanted for each in page.elements for step in each.steps)


def _conversation() -> ConversationQuestions:
    found = definition(ELEMENT).conversation
    assert found is not None  # noqa: S101 - every element has questions of its own
    return found


SHOWN: Final[Mapping[str, Shows]] = {
    **{f"patroon {each.id}": _pattern(each.id) for each in PATTERNS},
    **{
        f"gespreksvraag bij {band}": _asks(getattr(_conversation(), band), about=ELEMENT)
        for band in ("low", "mid", "high", "unclear")
    },
    "open gespreksvraag": _asks(phrases_nl.OPEN_QUESTION),
    "vraag over een stap": _asks(phrases_nl.STEP_QUESTION),
    "vraag over een afgesloten stap": _asks(phrases_nl.ENDED_STEP_QUESTION),
    "vraag bij een top 3": _asks(phrases_nl.CLOSING_KEEP, about=CLOSING),
    "vraag bij twee verschillende keuzes": _asks(phrases_nl.CLOSING_DIFFERS, about=CLOSING),
    "vraag bij hetzelfde woord van twee kanten": _asks(phrases_nl.SAME_WORD),
    "verloop: hetzelfde": _trend(phrases_nl.TREND_SAME),
    "verloop: anders": _trend(phrases_nl.TREND_OTHER),
    "advies: stappen": _steps(wanted=False),
    "advies: de gewenste stap": _steps(wanted=True),
    "advies bij een top 3": _top_3("steps"),
    "top 3 van de vorige keer": _top_3("before"),
    "top 3 van leiding en beleid": _top_3("strategic"),
    "wat lukte": lambda page: bool(page.recognised),
    "thema": _mentions(often=False),
    "thema, vaak": _mentions(often=True),
    "kaart": lambda page: any(spot.band is not None for region in page.balance for spot in region.spots),
    "verhaal van een stap": lambda page: bool(page.agreed),
}
"""Name in Dutch → whether a page shows it. What depends on no answer is not here."""
EVERYTHING: Final = frozenset({*SHOWN, *(f"vorm: {form}" for form in FORMS)})
"""All that an audit has to meet; a form is met once it read differently for two publications."""


def shown_in(sights: Iterable[Sight]) -> Iterator[str]:
    """The names of what stands on these pages."""
    pages = [page for sight in sights for page in sight.months]
    return (name for name, shows in SHOWN.items() if any(map(shows, pages)))


def telling_forms(looks: Iterable[Look]) -> Iterator[str]:
    """The names of the forms in which not all of these read alike; each look is in all forms, once or more."""
    names = list(FORMS)
    read: dict[str, set[tuple[str, ...]]] = {name: set() for name in names}
    for look in looks:
        for place, name in enumerate(names):
            read[name].add(tuple(look[place :: len(names)]))
    return (f"vorm: {name}" for name, texts in read.items() if len(texts) > 1)
