"""The pages for the meeting as they are read aloud: tags, language, titles, and the order of the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render import pdf
from bot.render.mapped import in_words
from bot.render.pages import MOST_PAGES, WAYS
from dialogues.insight import Maandbeeld, compose
from dialogues.insight.own_words import OwnWords
from tests.support.golden import HIGH, LOW, NO_VIEW, SITUATIONS, TIE, facts, of, waiting
from tests.support.shipped import shipped

LONGEST = 280
ELEMENTS = sorted(each.id for each in shipped().definitions.values() if each.is_element)
SECTORS = {"jgz": {"high": 5, "low": 3}, "wijkteam": {"no_view": 6, "mid": 2}, "onderwijs": {"low": 6}}
situations = pytest.mark.parametrize("name", SITUATIONS)


def opened(made: Maandbeeld) -> Any:
    import pikepdf

    return pikepdf.open(BytesIO(pdf(made)))


def tags(node: Any) -> Iterator[Any]:
    """Every element of the structure, in reading order."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from tags(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node.K)


def kinds(document: Any) -> list[tuple[str, str]]:
    """Kind and title of every element of the structure."""
    return [(str(tag.S).strip("/"), str(tag.get("/T", ""))) for tag in tags(document.Root.StructTreeRoot)]


@situations
def test_a_page_is_tagged_in_dutch_with_its_own_title(name):
    """PDF/UA-1 as it says of itself, marked, in Dutch, and called after the month and the team."""
    made = SITUATIONS[name]()
    with opened(made) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "nl"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]) == f"{made.title}, {made.team}"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert 1 <= len(document.pages) <= MOST_PAGES
        assert all(page.StructParents is not None and page.Tabs == "/S" for page in document.pages)


@situations
def test_every_letter_is_embedded(name):
    """Each font brings its letters and what they mean, so that it prints and reads the same everywhere."""
    with opened(SITUATIONS[name]()) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            for descendant in font.DescendantFonts:
                assert {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys())


@situations
def test_it_reads_in_the_order_of_the_conversation(name):
    """Open, back, topics, question, step; no level of heading is passed over, and nothing is outside a tag."""
    made = SITUATIONS[name]()
    with opened(made) as document:
        headings = [(kind, title) for kind, title in kinds(document) if kind.startswith("H")]
    assert headings[0] == ("H1", made.title)
    levels = [int(kind[1]) for kind, _ in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    parts = [title for _, title in headings if title[:1].isdecimal()]
    assert parts == [f"{n}. {step.title} ({step.minutes} min)" for n, step in enumerate(made.guide, 1)]
    titles = [title for _, title in headings]
    places = [titles.index(f"{one.title} ({one.when})" if one.when else one.title) for one in made.elements]
    assert places == sorted(places)
    if parts:
        assert titles.index(parts[2]) < min(places) <= max(places) < titles.index(parts[3])


@situations
def test_who_does_not_see_the_map_hears_it(name):
    """The one figure has an alternative text with everything on the map; a month without a map has no figure."""
    made = SITUATIONS[name]()
    with opened(made) as document:
        figures = [str(tag.Alt) for tag in tags(document.Root.StructTreeRoot) if tag.S == "/Figure"]
    assert len(figures) == bool(made.balance)
    for heading, told in in_words(made):
        assert f"{heading}: {told}" in figures[0]


def test_outcomes_and_steps_are_paragraphs_and_a_list():
    """Text is tagged as text and steps as a list, not as loose spans."""
    with opened(SITUATIONS["in-balans"]()) as document:
        found = [kind for kind, _ in kinds(document)]
    assert found.count("LI") == found.count("LBody") == 3
    assert found.count("P") > 10


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=LONGEST, max_size=LONGEST)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    asked=st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=6, unique=True),
    counts=st.sampled_from([HIGH, LOW, NO_VIEW, TIE, SECTORS]),
    written=TEXT,
    waits=st.booleans(),
)
def test_two_pages_at_most_whatever_a_month_brings(asked, counts, written, waits):
    """Six topics, sectors, all themes, the longest texts: smaller type first, and never a third page."""
    assert_two_pages(asked, counts, written, waits=waits)


def test_the_longest_month_that_can_be_fits():
    """A round a week and one that was late, in every sector, with all themes, long names and the longest texts."""
    made = assert_two_pages(
        ELEMENTS[:6], SECTORS, "Wat wij samen zagen, was heel gewoon en toch goed. " * 6, waits=True
    )
    with opened(made) as document:
        titles = [title for _, title in kinds(document)]
        assert "LI" in [kind for kind, _ in kinds(document)]
    assert [element.title for element in made.elements if element.title not in titles] == []
    assert WAYS[-1]["size"] >= 7


def assert_two_pages(asked, counts, written, *, waits):
    """Everything is on two pages, and still has its five parts."""
    written = written[:LONGEST]
    rounds = [of(each, counts, themes={theme.id: 8 for theme in shipped().get(each).themes}) for each in asked]
    full = facts(
        team="Jeugd- en gezinsteam Centrum-Noord en omgeving"[:60],
        team_label="Centrum voor Jeugd en Gezin",
        feedback=" ".join(f"Onderwerp {number}: doen we. Waarom: “{written}”" for number in range(3)),
        texts=OwnWords(successes=(written,), others=(written, written)),
        silent=tuple(ELEMENTS[:4]),
        earlier=tuple(of(each, counts, "oktober 2026") for each in ELEMENTS),
    )
    made = compose(full, (*rounds, *((waiting("skills"),) if waits else ())))
    with opened(made) as document:
        assert len(document.pages) <= MOST_PAGES
        assert sum(title[:1].isdecimal() for _, title in kinds(document)) == len(made.guide) == 5
    return made
