"""The solver of A2: what it leaves possible, and what it must find."""

from __future__ import annotations

from dialogues.insight import Band, Publication, Rule
from tests.attacks.area_year import Given, Release, live, publish_given
from tests.attacks.possible import components, possible_bands


def given(*bands, sector="jgz"):
    return tuple(Given((number, 0), sector, band) for number, band in enumerate(bands))


def release(answers, published):
    return Release(0, answers, published, "words")


def test_equal_answers_with_exact_counts_are_all_known():
    """Five times high, as a count: one possibility each. As a word: every band is left for everybody."""
    answers = given(*[Band.HIGH] * 5)
    counted = Publication(rule=Rule.COUNTS, band=Band.HIGH, counts={band: 5 * (band is Band.HIGH) for band in Band})
    assert set(possible_bands([release(answers, counted)]).values()) == {frozenset({Band.HIGH})}
    said = publish_given(answers, "words")
    assert set(possible_bands([release(answers, said)]).values()) == {frozenset(Band)}


def test_a_colleague_beside_the_word_leaves_less_but_not_one():
    """One of six is known to have answered low, and the word is high."""
    answers = given(Band.LOW, *[Band.HIGH] * 5)
    left = possible_bands([release(answers, publish_given(answers, "words"))], known=answers[:1])
    assert left.pop(answers[0].answer) == {Band.LOW}
    assert set(left.values()) == {frozenset(Band)}


def test_three_groups_of_five_under_the_rule_of_before_are_found_here_too():
    """Team and JGZ read no view, the others high; a colleague of the JGZ answered high (decision 13)."""
    answers = tuple(
        Given((number, 0), sector, band)
        for number, (sector, band) in enumerate(
            [("jgz", Band.HIGH), *[("jgz", Band.NO_VIEW)] * 4]
            + [("wijkteam", Band.HIGH)] * 3 + [("wijkteam", Band.NO_VIEW)] * 2
            + [("onderwijs", Band.HIGH)] * 3 + [("onderwijs", Band.NO_VIEW)] * 2
        )
    )  # fmt: skip
    sectors = {"jgz": Band.NO_VIEW, "wijkteam": Band.HIGH, "onderwijs": Band.HIGH}
    before = Publication(rule=Rule.WORDS, band=Band.NO_VIEW, sectors=sectors)
    left = possible_bands([release(answers, before)], known=answers[:1])
    assert {left[each.answer] for each in answers[1:5]} == {frozenset({Band.NO_VIEW})}


def test_releases_that_share_an_answer_are_looked_at_together():
    """And a year of the product has none of those."""
    one, other = given(*[Band.HIGH] * 5), given(*[Band.MID] * 6)
    word = Publication(rule=Rule.WORDS, band=Band.HIGH)
    assert [len(group) for group in components([release(one, word), release(other, word)])] == [2]
    year = live(teams=3, rounds=3, seed=1)
    assert year.releases
    assert all(len(group) == 1 for group in components(year.releases))
