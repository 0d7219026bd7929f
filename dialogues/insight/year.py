"""The year of a team or an area, for the talk with gemeente and boards: what was talked about, agreed, and what came.

Made from maandbeelden that were written and from what was done with them; it counts nothing and compares nobody. Of a
team, an area reads topics and steps only: what a team answered is never beside another's (privacy rule 9).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from dialogues.insight import phrases_nl, year_nl
from dialogues.insight.maandbeeld import CLOSING, Maandbeeld
from dialogues.insight.signals import Standing, said

MOST_REASONS: Final = 12
"""So many reactions are told with their reason, over the year; the others without it. [keuze]"""
MOST_STEPS: Final = 12
"""So many steps of one team are told. [keuze]"""
FIRST_MONTH: Final = 8
"""A year is a school year, from August (docs/decisions/0019-the-year.md)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines under it; a line can have a label of its own, such as its month."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """Label and text; both final."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The parts about one team, or about the area; its title is empty where there is only one."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOverview:
    """The whole of it; every text is final."""

    title: str
    who: str
    intro: str
    chapters: tuple[Chapter, ...]
    footnotes: tuple[str, ...]

    def to_json(self) -> str:
        """Canonical JSON: equal overviews give equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfYear:
    """One maandbeeld, and what was done with it."""

    maandbeeld: Maandbeeld
    standing: Standing | None = None
    """What was said to it; None where nobody is asked to."""
    talked_on: str = ""
    """The day on which the team talked about it, in words; '' when that was not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOfYear:
    """A step a team agreed on; nobody is in it."""

    step: str
    owner: str
    month: str
    """When it was agreed, in words."""
    state: str
    """As it is kept; ``left`` for one that was open when its team went up into another."""
    look_back: str
    """When the team looks back, or that it is time to, as a sentence."""
    decided: str = ""
    checks: tuple[str, ...] = ()
    """What the team said about it when it was asked; empty for an area, for these are answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamYear:
    """A year of one team, oldest first."""

    name: str
    months: tuple[MonthOfYear, ...]
    steps: tuple[StepOfYear, ...]


def school_year(day: date) -> int:
    """The calendar year in which the school year of this day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def months_of(year: int) -> tuple[str, str]:
    """The first and the last month of a school year: ``2026-08`` and ``2027-07``."""
    return f"{year}-{FIRST_MONTH:02}", f"{year + 1}-{FIRST_MONTH - 1:02}"


def period(year: int) -> str:
    """What readers call it."""
    return f"{year}-{year + 1}"


def year_of_team(team: TeamYear, *, year: int) -> YearOverview:
    """The overview of one team, for its lead."""
    parts = (_talked(team.months), _top_threes(team.months), _agreed(team.steps), _came_back(team.months))
    return _overview(year, team.name, year_nl.INTRO_TEAM, (Chapter("", tuple(part for part in parts if part)),))


def year_of_area(
    name: str, *, year: int, area: TeamYear | None, strategic: TeamYear | None, teams: Iterable[TeamYear]
) -> YearOverview:
    """The overview of an area, for its coordinators: its own rounds, and of each team what is no answer.

    Args:
        name: of the area.
        year: in which the school year began.
        area: what was asked of the whole area; None where nothing is.
        strategic: what its leaders and policy makers were asked.
        teams: topics and steps of each team; nothing else in them is used.
    """
    groups = ((year_nl.WHOLE_AREA, area), (year_nl.STRATEGIC, strategic))
    own = tuple(
        Chapter(title, tuple(part for part in (_talked(group.months), _top_threes(group.months)) if part))
        for title, group in groups
        if group is not None and group.months
    )
    each = tuple(
        Chapter(team.name, (_talked(team.months, shown=False), _agreed(_without_answers(team.steps))))
        for team in sorted(teams, key=lambda one: one.name.casefold())
    )
    return _overview(year, name, year_nl.INTRO_AREA, (*own, *each))


def _overview(year: int, who: str, intro: str, chapters: tuple[Chapter, ...]) -> YearOverview:
    top3 = any(part.title == year_nl.TOP_THREES for chapter in chapters for part in chapter.parts)
    notes = (phrases_nl.EXPERIENCED, year_nl.NO_SCORES, year_nl.TOP3_MEANS if top3 else "", year_nl.MADE_FROM)
    return YearOverview(
        title=year_nl.TITLE.replace("{period}", period(year)),
        who=who,
        intro=intro,
        chapters=chapters,
        footnotes=tuple(note for note in notes if note),
    )


def _talked(months: Iterable[MonthOfYear], *, shown: bool = True) -> Part:
    """Per month its topics; with ``shown`` also whether there was an overview, which depends on the answers."""
    lines = ((each.maandbeeld.month, _topics(each.maandbeeld, shown=shown), each.talked_on) for each in months)
    told = tuple((month, f"{topics} {_talked_on(day)}".strip()) for month, topics, day in lines if topics)
    return Part(year_nl.TALKED_ABOUT, told or (("", year_nl.NOTHING_ASKED),))


def _talked_on(day: str) -> str:
    return year_nl.TALKED_ON.replace("{day}", day) if day else ""


def _topics(maandbeeld: Maandbeeld, *, shown: bool) -> str:
    asked_for_top3 = not shown and any(element.id == CLOSING for element in maandbeeld.elements)
    # Where an overview may not show, a closing reads the same, and stands first, whether it had one or not.
    apart = asked_for_top3 or maandbeeld.top3 is not None
    titles = [year_nl.TOP_THREES] if apart else []
    for element in maandbeeld.elements:
        if apart and element.id == CLOSING:
            continue
        note = year_nl.NO_OVERVIEW if shown and element.note else "{title}"
        # Only the topic: that it was asked whether something still holds, tells how it came out before.
        titles.append(note.replace("{title}", element.title.removesuffix(phrases_nl.about_again(""))))
    return "; ".join(dict.fromkeys(titles)) + "." if titles else ""


def _top_threes(months: Iterable[MonthOfYear]) -> Part | None:
    found = []
    for each in months:
        top = each.maandbeeld.top3
        if top is None:
            continue
        chosen, stronger = ("; ".join(item.label for item in mentions.items) for mentions in (top.chosen, top.stronger))
        told = year_nl.CHOSEN.replace("{titles}", chosen) if chosen else year_nl.NOTHING_CHOSEN
        wish = year_nl.STRONGER.replace("{titles}", stronger) if stronger else ""
        found.append((each.maandbeeld.month, f"{told} {wish}".strip()))
    return Part(year_nl.TOP_THREES, tuple(found)) if found else None


def _agreed(steps: tuple[StepOfYear, ...]) -> Part:
    lines = [(one.month, " ".join((_step(one), *one.checks, _became(one)))) for one in steps[-MOST_STEPS:]]
    if len(steps) > MOST_STEPS:
        lines.append(("", year_nl.AND_MORE.replace("{number}", str(len(steps) - MOST_STEPS))))
    return Part(year_nl.AGREED, tuple(lines) or (("", year_nl.NOTHING_AGREED),))


def _without_answers(steps: tuple[StepOfYear, ...]) -> tuple[StepOfYear, ...]:
    return tuple(replace(one, checks=()) for one in steps)


def _step(one: StepOfYear) -> str:
    return year_nl.AGREED_STEP.replace("{owner}", one.owner).replace("{step}", one.step.rstrip("."))


def _became(one: StepOfYear) -> str:
    return year_nl.BECAME[one.state].replace("{look_back}", one.look_back).replace("{decided}", one.decided)


def _came_back(months: Iterable[MonthOfYear]) -> Part | None:
    """What the lead said to each month, and to what nothing was said; both, honestly (requirements C4)."""
    lines: list[tuple[str, str]] = []
    left = MOST_REASONS
    for each in months:
        if each.standing is None or not each.standing.topics:
            continue
        told = []
        for one in each.standing.reactions:
            left -= bool(one.why)
            told.append(said(one if left >= 0 else replace(one, why="")))
        if each.standing.open:
            told.append(year_nl.SILENT.replace("{titles}", "; ".join(each.standing.open)))
        lines.append((each.maandbeeld.month, " ".join(told)))
    if not lines:
        return None
    if not any(each.standing and each.standing.reactions for each in months):
        lines = [("", year_nl.NOTHING_SAID)]
    return Part(year_nl.CAME_BACK, tuple(lines))
