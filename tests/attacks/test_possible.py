"""The solver of A2: what it leaves possible, beside other ways to find that, and what it must find."""

from __future__ import annotations

import random
from itertools import combinations_with_replacement

import pytest

from dialogues.insight import Band, Rule, publish
from dialogues.insight.exhaustive import N, reading, search
from dialogues.rhythm.checking import CHECK
from tests.attacks.answer_sheets import Asked, Given, Release, filled, publish_given
from tests.attacks.area_year import live
from tests.attacks.possible import Contradicted, Puzzle, components, gives_away

LOW, MID, HIGH, NO_VIEW = Band
WORDS, CHECKED = Asked(), Asked(CHECK)


def given(*bands, sector="jgz", first=0):
    return tuple(Given((number, 0), sector, band) for number, band in enumerate(bands, start=first))


def with_cell(release, **changed):
    """The release, if its statement had been published like this."""
    statement = release.asked.questions.statement
    return Release(release.asked, release.given, {**release.cells, statement: {**release.cells[statement], **changed}})


def bands_left(releases, known=()):
    """Person → the bands that stay possible."""
    statement = releases[0].asked.questions.statement
    return {answer: bands for (answer, what), bands in Puzzle(releases).possible(known).items() if what == statement}


def test_equal_answers_with_exact_counts_are_all_known():
    """Five times high, as a count: one possibility each. As a word: every band is left for everybody."""
    said = publish_given(WORDS, given(*[HIGH] * 5))
    counted = with_cell(said, counts={**dict.fromkeys(Band, 0), HIGH: 5})
    assert set(bands_left([counted]).values()) == {frozenset({HIGH})}
    assert set(bands_left([said]).values()) == {frozenset(Band)}


def test_three_groups_of_five_under_the_rule_of_before_are_found_here_too():
    """Team and JGZ read no view, the others high; a colleague of the JGZ answered high (decision 13)."""
    people = (
        *given(HIGH, *[NO_VIEW] * 4),
        *given(HIGH, HIGH, HIGH, NO_VIEW, NO_VIEW, sector="wijkteam", first=5),
        *given(HIGH, HIGH, HIGH, NO_VIEW, NO_VIEW, sector="onderwijs", first=10),
    )
    before = with_cell(publish_given(WORDS, people), sectors={"jgz": NO_VIEW, "wijkteam": HIGH, "onderwijs": HIGH})
    left = bands_left([before], people[:1])
    assert {left[each.answer] for each in people[1:5]} == {frozenset({NO_VIEW})}


@pytest.mark.parametrize("seed", range(4))
def test_bands_are_left_as_the_exhaustive_audit_leaves_them(seed):
    """Two sectors of five or six, one colleague known: table by table and by constraints is the same."""
    chance = random.Random(seed)
    sizes = {"jgz": chance.choice((5, 6)), "wijkteam": 5}
    rule = chance.choice(list(Rule))
    sectors = [sector for sector, size in sizes.items() for _ in range(size)]
    people = tuple(
        Given((number, 0), sector, chance.choices(list(Band), (1, 2, 5, 2))[0]) for number, sector in enumerate(sectors)
    )
    release = publish_given(Asked(rule=str(rule)), people)
    facts = search(publish, sizes, rule=rule).seen[reading(release.published)]
    assumed = 1 + list(Band).index(people[0].band)
    left = bands_left([release], people[:1])
    for group, sector in enumerate(sizes):
        mask = facts >> N * (assumed * len(sizes) + group)
        possible = {band for place, band in enumerate(Band) if mask >> place & 1}
        assert {left[each.answer] for each in people[1:] if each.sector == sector} == {frozenset(possible)}


@pytest.mark.parametrize("seed", range(2))
def test_choices_are_left_as_trying_every_pile_of_sheets_leaves_them(seed):
    """Five people about a step: whether it happens, and whether it helps."""
    chance = random.Random(seed)
    people = tuple(filled(CHECKED, (number, 0), "jgz", (1, 3, 3, 1), chance) for number in range(5))
    release = publish_given(CHECKED, people)
    known = tuple(people[0].answers(CHECKED))
    possible = {}
    for pile in combinations_with_replacement(every_sheet(), 5):
        published = publish_given(CHECKED, pile)
        sheets = [tuple(each.answers(CHECKED)) for each in pile]
        if published.cells == release.cells and known in sheets:
            sheets.remove(known)
            for what, value in (answer for sheet in sheets for answer in sheet):
                possible.setdefault(what, set()).add(value)
    left = Puzzle([release]).possible(people[:1])
    assert {(who, what) for who, what in left} == {(each.answer, what) for each in people[1:] for what in possible}
    assert all(values == possible[what] for (_, what), values in left.items())


def every_sheet():
    """One sheet of each kind that can be given about a step."""
    (helps,) = CHECKED.questions.beside
    return [
        Given((0, 0), "jgz", band, {helps.step: (option,)} if option else {})
        for band in Band
        for option in ((None, *helps.listable) if band in helps.asked_of else (None,))
    ]


def test_an_answer_that_does_not_fit_what_was_published_is_an_error():
    """Constraints that rule out what really happened prove nothing."""
    with pytest.raises(Contradicted):
        Puzzle([with_cell(publish_given(WORDS, given(*[HIGH] * 5)), band="low")])


def test_nothing_chosen_is_no_secret_of_who_cannot_have_been_asked():
    """Ten without a view were not asked for a step; that says nothing about what they chose."""
    release = publish_given(WORDS, given(*[NO_VIEW] * 7, HIGH, HIGH, HIGH))
    counted = with_cell(release, counts={LOW: 0, MID: 0, HIGH: 3, NO_VIEW: 7})
    assert not gives_away([counted])


def test_releases_that_share_an_answer_are_looked_at_together():
    """And a year of the product has none of those."""
    one, other = (publish_given(WORDS, given(*bands)) for bands in ([HIGH] * 5, [MID] * 6))
    assert [len(group) for group in components([one, other])] == [2]
    year = live(teams=3, rounds=3, seed=1)
    assert year.releases
    assert all(len(group) == 1 for group in components(year.releases))
