"""The forms in which publications are shown, as functions of what is stored of them, so that they can be audited.

Each goes the way of the product: stored cells become a round, rounds become a maandbeeld with question, pattern, look
back, top 3 and the story of a step; and that becomes a message, a caption, a sheet, a question to its lead, a year, or
what the templates of picture and page read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

from bot.chat.texts import own_answer_nl
from bot.render import caption, csv_file, message
from bot.render.pages import template_data
from bot.render.year_pages import year_data
from dialogues.authoring.library import Library
from dialogues.authoring.loader import load_library
from dialogues.conversation.definition import Audience, Counted, Definition
from dialogues.insight.audit import Readable
from dialogues.insight.composing import compose
from dialogues.insight.maandbeeld import CLOSING, Maandbeeld
from dialogues.insight.own_answer import own_questions
from dialogues.insight.publication import Publication
from dialogues.insight.published import AgreedStep, Checked, LastClosing, PublishedElement, TeamFacts
from dialogues.insight.signals import standing
from dialogues.insight.step_story import CHECK, HAPPENS, outcome
from dialogues.insight.top_three import elements_named
from dialogues.insight.two_worlds import compose_two_worlds
from dialogues.insight.year import MonthOfYear, StepOfYear, TeamYear, YearOverview, year_of_area, year_of_team

ELEMENT: Final = "trust"
MONTHS: Final = ("oktober 2026", "november 2026")
Cells: TypeAlias = str
"""The published cells of a round as they are stored: JSON, and nothing beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a reader can lay on the table."""

    months: tuple[Maandbeeld, ...]
    """Oldest first; the forms of a month show the last."""
    said: tuple[str, ...] = ()
    """What was published about the team's step, each time it was asked."""


def of_question(now: Cells, before: Cells | None = None) -> Sight:
    """A month with a question, and perhaps the month before it; the same people were asked the same."""
    earlier = () if before is None else (_question(before, MONTHS[0]),)
    month = MONTHS[before is not None]
    made = compose(facts_of_month(month, earlier=earlier), (_question(now, month),))
    return Sight(months=(made,) if before is None else (*of_question(before).months, made))


def of_step(now: Cells, before: Cells | None = None) -> Sight:
    """A month in which the team was asked after its step, and perhaps once before."""
    told = () if before is None else (Checked("na vier weken", round_of(CHECK, before, MONTHS[0])),)
    return _with_step((*told, Checked("na twaalf weken", round_of(CHECK, now, MONTHS[1]), new=True)), ())


def of_top_three(now: Cells, before: Cells | None = None) -> Sight:
    """A month with a closing, and perhaps the closing before; the same people chose."""
    month = MONTHS[before is not None]
    last = None if before is None else LastClosing(round_of(CLOSING, before, MONTHS[0]), comparable=True)
    made = compose(facts_of_month(month, last_closing=last), (round_of(CLOSING, now, month),))
    return Sight(months=(made,) if before is None else (*of_top_three(before).months, made))


def of_question_and_step(asked: Cells, step: Cells) -> Sight:
    """A month in which the team answered a question, and was asked after its step."""
    check = Checked("na vier weken", round_of(CHECK, step, MONTHS[1]), new=True)
    return _with_step((check,), (_question(asked, MONTHS[1]),))


def of_both_top_threes(ours: Cells, theirs: Cells) -> Sight:
    """The closing of a team beside what leaders and policy makers of the area chose."""
    strategic = replace(round_of(CLOSING, theirs, MONTHS[0]), audience=Audience.STRATEGIC)
    return Sight(
        months=(compose(facts_of_month(MONTHS[1], strategic=(strategic,)), (round_of(CLOSING, ours, MONTHS[1]),)),)
    )


def of_two_worlds(ours: Cells, theirs: Cells) -> Sight:
    """Practice and its leaders beside each other; no page where one of the two published nothing."""
    page = compose_two_worlds(
        "Gebied",
        MONTHS[1],
        team_label="het wijkteam",
        practice=(_question(ours, MONTHS[1]),),
        strategic=(replace(_question(theirs, MONTHS[1]), audience=Audience.STRATEGIC),),
    )
    return Sight(months=(page,) if isinstance(page, Maandbeeld) else ())


SIGHTS: Final[Mapping[str, Callable[..., Sight]]] = {"vraag": of_question, "stap": of_step, "top 3": of_top_three}
"""What a team is asked → what is shown of it, alone or with the time before."""
SIDE_BY_SIDE: Final[Mapping[str, Callable[[Cells, Cells], Sight]]] = {
    "vraag en stap": of_question_and_step,
    "top 3 en die van leiding en beleid": of_both_top_threes,
    "twee werelden": of_two_worlds,
}
"""What is shown of two rounds that are about something else, or of other people."""


def _with_step(checks: tuple[Checked, ...], rounds: tuple[PublishedElement, ...]) -> Sight:
    agreed = AgreedStep(
        step="Kennismakingsronde",
        owner="samen",
        agreed_on="3 september 2026",
        look_back_on="1 december 2026",
        checks=checks,
    )
    return Sight(
        months=(compose(facts_of_month(MONTHS[1], agreed=(agreed,)), rounds),),
        said=tuple(outcome(each) for each in checks),
    )


def _template(sight: Sight) -> str:
    return json.dumps([template_data(each) for each in sight.months[-1:]], ensure_ascii=False, sort_keys=True)


def _of_newest(form: Callable[[Maandbeeld], str]) -> Callable[[Sight], str]:
    return lambda sight: "".join(form(each) for each in sight.months[-1:])


def _sheet(maandbeeld: Maandbeeld) -> str:
    """The rows of both kinds of sheet, and how to read them; tests/bot/render keeps XLSX equal to this."""
    return csv_file(maandbeeld).decode("utf-8-sig")


def _own_answer(maandbeeld: Maandbeeld) -> str:
    """Everything a lead can read who lays each answer there is beside the team's, for each question."""
    return "\n".join(
        text
        for each in own_questions(maandbeeld)
        for text in (own_answer_nl.ask(each), *(own_answer_nl.beside(each, band) for band in each.words))
    )


def _year_of_team(sight: Sight) -> str:
    """The year overview of a team, with these months in it to which nothing was said."""
    months = tuple(MonthOfYear(maandbeeld=each, standing=standing(each, ())) for each in sight.months)
    return _year(year_of_team(TeamYear(name="Team", months=months, steps=_steps(sight)), year=2026))


def _year_of_area(sight: Sight) -> str:
    """The year overview of an area, with these months of a team and of its own rounds in it."""
    months = tuple(MonthOfYear(maandbeeld=each) for each in sight.months)
    one = TeamYear(name="Team", months=months, steps=_steps(sight))
    return _year(year_of_area("Gebied", year=2026, area=one, strategic=one, teams=(one,)))


def _steps(sight: Sight) -> tuple[StepOfYear, ...]:
    if not sight.said:
        return ()
    step = StepOfYear(
        step="Kennismakingsronde",
        owner="samen",
        month="september 2026",
        state="open",
        look_back="Terugkijken: 1 december 2026.",
        checks=sight.said,
    )
    return (step,)


def _year(overview: YearOverview) -> str:
    return json.dumps(year_data(overview), ensure_ascii=False, sort_keys=True)


FORMS: Final[Mapping[str, Callable[[Sight], str]]] = {
    "bericht": _of_newest(message),
    "onderschrift": _of_newest(caption),
    "plaatje en PDF": _template,
    "tabel": _of_newest(_sheet),
    "eigen antwoord": _of_newest(_own_answer),
    "zin voor de volgende vraag": lambda sight: "\n".join(sight.said),
    "jaaroverzicht": _year_of_team,
    "jaaroverzicht van het gebied": _year_of_area,
}
"""Every form; a new one is audited once it stands here."""


Look: TypeAlias = tuple[str, ...]
"""What is read of published cells, in each of the forms asked for."""


@lru_cache(maxsize=4096)
def look_at(about: str, now: Cells, before: Cells | None = None, *, forms: tuple[str, ...] = tuple(FORMS)) -> Look:
    """One round in these forms, alone or with the time before; all of them together tell the most."""
    return in_forms(SIGHTS[about](now, before), forms)


def look_at_two(about: str, one: Cells, other: Cells, *, forms: tuple[str, ...] = tuple(FORMS)) -> Look:
    """Two rounds in these forms. Of two times in a row both are read: the second looks back on the first."""
    if about in SIDE_BY_SIDE:
        return in_forms(SIDE_BY_SIDE[about](one, other), forms)
    return *look_at(about, one, forms=forms), *look_at(about, other, one, forms=forms)


def sights_of_two(about: str, one: Cells, other: Cells) -> tuple[Sight, ...]:
    """The pages of `look_at_two`."""
    if about in SIDE_BY_SIDE:
        return (SIDE_BY_SIDE[about](one, other),)
    return SIGHTS[about](one), SIGHTS[about](other, one)


def in_forms(sight: Sight, forms: tuple[str, ...] = tuple(FORMS)) -> Look:
    """All that is read of it."""
    return tuple(FORMS[form](sight) for form in forms)


def stored_question(shown: Readable, dialogue: str = ELEMENT) -> Cells:
    """A publication as the cell of a question."""
    return _stored(asked_first(dialogue), shown)


def stored_step(shown: Readable) -> Cells:
    """A publication as what was said about a step."""
    return _stored(HAPPENS, shown)


def _stored(step: str, shown: Readable) -> Cells:
    assert isinstance(shown, Publication)  # noqa: S101 - a rule that publishes something else has no forms
    return json.dumps({step: {"kind": "bands", **shown.to_json()}})


def facts_of_month(month: str, **more: Any) -> TeamFacts:
    """A team of which all elements are on the map."""
    return TeamFacts(team="Team", month=month, elements=_names(), **more)


def _question(cells: Cells, month: str) -> PublishedElement:
    return round_of(ELEMENT, cells, month)


def round_of(dialogue: str, cells: Cells, month: str) -> PublishedElement:
    """What was published of a round; always of the same people."""
    published: Mapping[str, Any] = json.loads(cells)
    return PublishedElement(
        definition=definition(dialogue),
        month=month,
        cells=published,
        roster="dezelfde mensen",
        further=elements_named(published, library().definitions) if dialogue == CLOSING else (),
    )


@lru_cache(maxsize=1)
def library() -> Library:
    """The content, read once."""
    return load_library(checking=False)


def definition(dialogue: str) -> Definition:
    """One dialogue of the content."""
    return library().get(dialogue)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every element of the content, so that the map is part of what is audited."""
    return {each.id: each.short_title for each in library().definitions.values() if each.is_element}


@cache
def asked_first(dialogue: str = ELEMENT) -> str:
    """The step of the question whose answers are bands."""
    steps = definition(dialogue).steps[Audience.PRACTICE]
    return next(step.id for step in steps if getattr(step, "counted", None) is Counted.BANDS)
