"""The year overview on paper: tagged, in Dutch, four pages at most, in grey, and with every text in it."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest

from bot.render import year_pdf
from bot.render.year_pages import MOST_PAGES
from dialogues.insight import Maandbeeld
from dialogues.insight.signals import Answer, Reaction, signals, standing
from dialogues.insight.year import MonthOfYear, TeamYear, year_of_area, year_of_team
from tests.bot.render.test_pdf_structure import kinds
from tests.dialogues.insight.test_year import KEPT, a_closing, a_month, a_round

ELEMENTS = ("trust", "roles", "communication", "client", "process", "involvement", "leadership", "skills")
MARKUP = '#panic("x") *vet* $x$ [a] <b>&amp;</b> \\\\ "'


def a_year(*, rounds: int, why: str = "", name: str = "Noord", steps: int = 1) -> TeamYear:
    """Twelve months with so many topics each; the lead said something to all of them."""
    months = []
    for number in range(12):
        topics = [a_round(ELEMENTS[(number + each) % len(ELEMENTS)]) for each in range(rounds)]
        closing = [a_closing("trust", "roles", "skills")] if number in {4, 10} else []
        made = a_month(*topics, *closing)
        given = standing(made, [Reaction(each.place, each.title, Answer.NO, why) for each in signals(made)])
        months.append(MonthOfYear(maandbeeld=made, standing=given, talked_on="12 november 2026"))
    return TeamYear(name=name, months=tuple(months), steps=(replace(KEPT, step="x " * 50),) * steps)


def pages_of(made: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(made)) as document:
        return len(document.pages)


def test_it_is_tagged_in_dutch_with_headings_in_order():
    """PDF/UA-1 as it says of itself; one title, and no level of heading is passed over."""
    import pikepdf

    one = a_year(rounds=1)
    for overview in (
        year_of_team(one, year=2026),
        year_of_area("Noordstad", year=2026, area=one, strategic=one, teams=(one, replace(one, name="West"))),
    ):
        with pikepdf.open(BytesIO(year_pdf(overview))) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "nl"
            assert str(document.docinfo["/Title"]) == f"{overview.title}, {overview.who}"
            with document.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
            levels = [int(kind[1:]) for kind, _ in kinds(document) if kind[:1] == "H" and kind[1:].isdecimal()]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.parametrize(("rounds", "why", "steps"), [(1, "", 0), (2, "omdat het nu kan", 3), (4, "w" * 9 + " ", 12)])
def test_a_year_of_a_team_is_four_pages_at_most(rounds, why, steps):
    """A light year and a very full one, with reasons as long as they may be."""
    overview = year_of_team(a_year(rounds=rounds, why=(why * 28)[:280], steps=steps), year=2026)
    assert 1 <= pages_of(year_pdf(overview)) <= MOST_PAGES


def test_twelve_teams_of_an_area_are_four_pages_at_most():
    """Twelve full years, one after the other."""
    teams = tuple(a_year(rounds=2, name=f"Team {number}", steps=2) for number in range(12))
    overview = year_of_area("Noordstad", year=2026, area=teams[0], strategic=teams[1], teams=teams)
    assert pages_of(year_pdf(overview)) <= MOST_PAGES


def test_texts_stay_data_and_equal_years_give_equal_bytes():
    """Markup in a name or a reason is printed as it is; nothing in the file depends on when it was made."""
    overview = year_of_team(a_year(rounds=1, why=MARKUP, name=MARKUP), year=2026)
    made = year_pdf(overview)
    assert made == year_pdf(overview)
    if shutil.which("pdftotext"):
        words = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout  # noqa: S607
        assert b"#panic" in words
        assert b"2026-2027" in words


def test_a_year_with_nothing_in_it_says_so():
    """A new team still gets its page, and it is honest."""
    overview = year_of_team(TeamYear(name="Noord", months=(), steps=()), year=2026)
    lines = [text for chapter in overview.chapters for part in chapter.parts for _, text in part.lines]
    assert lines == ["Er was in dit schooljaar nog geen maandbeeld.", "Er is in dit schooljaar geen stap opgeschreven."]
    assert pages_of(year_pdf(overview)) == 1


def test_it_is_made_of_maandbeelden():
    """What a month of a year holds is a finished maandbeeld."""
    assert all(isinstance(each.maandbeeld, Maandbeeld) for each in a_year(rounds=1).months)
