"""What shows a publication knows nothing else about answers: by its types, by what it imports, and by trying."""

from __future__ import annotations

import ast
import inspect
import typing
from pathlib import Path

import pytest

import bot.render
from bot.forms import FORMS, SIDE_BY_SIDE, SIGHTS, Sight, look_at, stored_question
from bot.render.pages import template_data
from bot.render.year_pages import year_data
from dialogues.insight import (
    Band,
    GivenAnswers,
    Maandbeeld,
    PublishedElement,
    Rule,
    TeamFacts,
    compose,
    publish,
)
from dialogues.insight.exhaustive import reading, rows_of
from dialogues.insight.year import MonthOfYear, StepOfYear, TeamYear, YearOverview, year_of_team

ROOT = Path(__file__).parents[2]
INSIGHT = ROOT / "dialogues" / "insight"
SEES_ANSWERS = {
    "audit", "bad_rules", "bands", "chances", "counting", "exhaustive", "groups", "listing", "participation",
    "publication", "shares", "whole_answers",
}  # fmt: skip
"""What counts answers, decides what may be published of them, or audits that."""
SHOWS = {
    "agreeing",
    "balance",
    "composing",
    "cycle",
    "forms",
    "guide",
    "looking_back",
    "maandbeeld",
    "mentioning",
    "own_answer",
    "own_figure",
    "own_words",
    "patterns",
    "patterns_nl",
    "phrases_nl",
    "published",
    "signals",
    "splits",
    "step_story",
    "top_three",
    "two_worlds",
    "year",
    "year_nl",
}
"""What works with publications, or with no answers at all."""
NEVER_FOR_FORMS = {"counting", "shares", "whole_answers"}
"""Where answers of single people are."""


def imported_by(file):
    """The rooms of insight that a file imports, and the names it takes from the package itself."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "dialogues.insight":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dialogues.insight."):
            found.add(node.module.split(".")[2])
    return found


def test_every_file_of_insight_is_on_one_side_of_the_line():
    """A new file fails here until somebody decides whether it may see answers."""
    files = {file.stem for file in INSIGHT.glob("*.py")} - {"__init__"}
    assert files == SEES_ANSWERS | SHOWS
    assert not SEES_ANSWERS & SHOWS


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_what_shows_imports_nothing_that_holds_answers(name):
    """Question, pattern, look back and maandbeeld are made of publications."""
    imported = imported_by(INSIGHT / f"{name}.py")
    assert not imported & NEVER_FOR_FORMS
    assert not imported & {"GivenAnswers", "tally", "publish_round", "publish"}


@pytest.mark.parametrize("file", sorted((ROOT / "bot" / "render").glob("*.py")), ids=lambda file: file.stem)
def test_rendering_takes_a_finished_maandbeeld(file):
    """No file of render imports a count, or anything that makes one."""
    assert imported_by(file) <= {"Maandbeeld", "maandbeeld", "bands", "year"}


def test_the_doors_take_publications_only():
    """By their types: compose takes facts and published rounds, every form takes a maandbeeld."""
    assert list(typing.get_type_hints(compose).values())[:2] == [TeamFacts, tuple[PublishedElement, ...]]
    for name in bot.render.__all__:
        form = getattr(bot.render, name)
        (only,) = inspect.signature(form).parameters.values()
        assert typing.get_type_hints(form)[only.name] in {Maandbeeld, YearOverview}, name
    for made_of in (PublishedElement, TeamYear, MonthOfYear, StepOfYear):
        fields = {each: str(kind) for each, kind in typing.get_type_hints(made_of).items()}
        assert not [each for each, kind in fields.items() if GivenAnswers.__name__ in kind]
    assert typing.get_type_hints(MonthOfYear)["maandbeeld"] is Maandbeeld
    assert set(typing.get_type_hints(year_of_team)) == {"team", "year", "return"}


def test_every_form_of_a_maandbeeld_is_audited():
    """Picture and page read one and the same data; a new form of render has to be added to the audit."""
    assert set(bot.render.__all__) == {"caption", "csv_file", "message", "pdf", "picture", "xlsx", "year_pdf"}
    assert list(FORMS)[:4] == ["bericht", "onderschrift", "plaatje en PDF", "tabel"]
    assert list(FORMS)[4:6] == ["eigen antwoord", "zin voor de volgende vraag"]
    assert list(FORMS)[6:] == ["jaaroverzicht", "jaaroverzicht van het gebied"]
    assert typing.get_type_hints(Sight) == {"months": tuple[Maandbeeld, ...], "said": tuple[str, ...]}
    assert [*SIGHTS, *SIDE_BY_SIDE][-1] == "twee werelden"
    assert set(inspect.signature(template_data).parameters) == {"maandbeeld"}
    assert set(inspect.signature(year_data).parameters) == {"overview"}


@pytest.mark.parametrize("rule", Rule)
def test_tables_that_are_published_alike_look_alike_in_every_form(rule):
    """All tables of five people: as many different looks as publications at most, alone and beside another month."""
    shown = [publish({"jgz": dict(zip(Band, row, strict=True))}, rule) for row in rows_of(5)]
    looks = {}
    for each in shown:
        stored = stored_question(each)
        look_at.cache_clear()  # else the first look would be the only one
        look = look_at("vraag", stored), look_at("vraag", stored, stored_question(shown[0]))
        looks.setdefault(reading(each), set()).add(look)
    assert len(looks) == 5
    assert all(len(each) == 1 for each in looks.values())
