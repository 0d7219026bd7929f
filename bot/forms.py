"""The forms in which publications are shown, as functions of publications alone, so that they can be audited.

Each goes the way of the product: a publication becomes the cell of a round, rounds become a maandbeeld with question,
pattern and look back, and that becomes a message, a caption, a sheet, or what the templates of picture and page read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from bot.render import caption, csv_file, message
from bot.render.pages import template_data
from bot.render.year_pages import year_data
from dialogues.authoring.loader import load_library
from dialogues.conversation.definition import Audience, Counted, Definition
from dialogues.insight.audit import Readable
from dialogues.insight.composing import compose
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.publication import Publication
from dialogues.insight.published import PublishedElement, TeamFacts
from dialogues.insight.signals import standing
from dialogues.insight.year import MonthOfYear, TeamYear, YearOverview, year_of_area, year_of_team

ELEMENT: Final = "trust"
MONTHS: Final = ("oktober 2026", "november 2026")


def _template(maandbeeld: Maandbeeld) -> str:
    return json.dumps(template_data(maandbeeld), ensure_ascii=False, sort_keys=True)


def _sheet(maandbeeld: Maandbeeld) -> str:
    """The rows of both kinds of sheet, and how to read them; tests/bot/render keeps XLSX equal to this."""
    return csv_file(maandbeeld).decode("utf-8-sig")


def _year_of_team(maandbeeld: Maandbeeld) -> str:
    """The year overview of a team, with this month in it to which nothing was said."""
    month = MonthOfYear(maandbeeld=maandbeeld, standing=standing(maandbeeld, ()))
    return _year(year_of_team(TeamYear(name="Team", months=(month,), steps=()), year=2026))


def _year_of_area(maandbeeld: Maandbeeld) -> str:
    """The year overview of an area, with this month of a team and of its own rounds in it."""
    one = TeamYear(name="Team", months=(MonthOfYear(maandbeeld=maandbeeld),), steps=())
    return _year(year_of_area("Gebied", year=2026, area=one, strategic=one, teams=(one,)))


def _year(overview: YearOverview) -> str:
    return json.dumps(year_data(overview), ensure_ascii=False, sort_keys=True)


FORMS: Final[Mapping[str, Callable[[Maandbeeld], str]]] = {
    "bericht": message,
    "onderschrift": caption,
    "plaatje en PDF": _template,
    "tabel": _sheet,
    "jaaroverzicht": _year_of_team,
    "jaaroverzicht van het gebied": _year_of_area,
}
"""Every form of a maandbeeld; a new one is audited once it stands here."""


def form_of(form: str, shown: Readable) -> str:
    """One month in one form."""
    return FORMS[form](_maandbeeld(shown))


def form_of_pair(form: str, then: Readable, now: Readable) -> tuple[str, str]:
    """Two months in a row in one form: the second looks back on the first, and the same people were asked."""
    return form_of(form, then), FORMS[form](_maandbeeld(now, before=then))


def _maandbeeld(shown: Readable, before: Readable | None = None) -> Maandbeeld:
    month = MONTHS[before is not None]
    earlier = () if before is None else (_round(before, MONTHS[0]),)
    facts = TeamFacts(team="Team", month=month, earlier=earlier, elements=_names())
    return compose(facts, (_round(shown, month),))


def _round(shown: Readable, month: str) -> PublishedElement:
    assert isinstance(shown, Publication)  # noqa: S101 - a rule that publishes something else has no forms
    definition, step = _element()
    cells = {step: {"kind": "bands", **shown.to_json()}}
    return PublishedElement(definition=definition, month=month, cells=cells, roster="dezelfde mensen")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every element of the content, so that the map is part of what is audited."""
    return {each.id: each.short_title for each in load_library().definitions.values() if each.is_element}


@lru_cache(maxsize=1)
def _element() -> tuple[Definition, str]:
    definition = load_library().get(ELEMENT)
    steps = definition.steps[Audience.PRACTICE]
    return definition, next(step.id for step in steps if getattr(step, "counted", None) is Counted.BANDS)
