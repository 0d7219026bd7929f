"""Two months side by side, and what an audit of forms must catch."""

from __future__ import annotations

import pytest

from dialogues.insight import Rule, publish
from dialogues.insight.bad_rules import exact_from_floor
from dialogues.insight.exhaustive import reading, search
from dialogues.insight.forms import audit_form, audit_pair, of_bands


def both(one, other):
    return reading(one), reading(other)


@pytest.mark.parametrize(("rule", "sizes"), [("words", {"jgz": 5}), ("words", {"jgz": 6}), ("counts", {"jgz": 7})])
def test_two_months_side_by_side_give_nobody_away(rule, sizes):
    """Every pair of publications, with nobody and with one colleague known in both months."""
    month = of_bands(search(publish, sizes, rule=Rule(rule)))
    assert audit_form(month, reading) == 0
    assert audit_pair(month, month, both) == 0


def test_one_bad_month_is_found_in_a_pair():
    """Exact counts of five people, before or after a month that is safe."""
    bad, good = (of_bands(search(rule, {"jgz": 5}, rule=Rule.WORDS)) for rule in (exact_from_floor, publish))
    assert audit_form(bad, reading) > 0
    assert audit_pair(bad, good, both) > 0
    assert audit_pair(good, bad, both) > 0


def test_a_form_that_says_less_is_not_blamed_for_what_it_leaves_out():
    """The same bad counts, shown as one sentence for all of them."""
    bad = of_bands(search(exact_from_floor, {"jgz": 5}, rule=Rule.WORDS))
    assert audit_form(bad, lambda _: "Er waren antwoorden.") == 0
    assert audit_pair(bad, bad, lambda _, __: "Er waren antwoorden.") == 0


def test_other_people_s_publication_tells_nothing_of_a_colleague_who_is_known():
    """Beside another group a colleague is known on one side only; a bad publication is found on either side."""
    bad, good = (of_bands(search(rule, {"jgz": 5}, rule=Rule.WORDS)) for rule in (exact_from_floor, publish))
    assert audit_pair(good, good, both, same_people=False) == 0
    assert audit_pair(bad, good, both, same_people=False) == audit_pair(good, bad, both, same_people=False) > 0
