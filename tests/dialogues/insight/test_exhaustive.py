"""The fast search finds what the plain one finds, in every way it can search; and what it may not trust it checks."""

from __future__ import annotations

from collections import Counter

import pytest

from dialogues.insight import Band, Publication, Rule, publish
from dialogues.insight.audit import audit
from dialogues.insight.bad_rules import BAD_RULES
from dialogues.insight.exhaustive import exchange_faults, rows_of, search
from dialogues.insight.splits import MOST_TABLES, Split, splits

NAMES = ("jgz", "wijkteam", "onderwijs", "gemeente")


def named(*sizes):
    return dict(zip(NAMES, sizes, strict=False))


def gave_away(pins):
    return {(pin.known, pin.group, pin.answer) for pin in pins}


def every_big_group(counts, rule):
    """The rule before three groups were audited: five is enough, also beside two others."""
    sizes = {name: sum(row.values()) for name, row in counts.items()}
    hidden = sum(size for size in sizes.values() if size < 5)
    shown = {
        name: publish({name: row}, rule).band for name, row in counts.items() if sizes[name] >= 5 and not 0 < hidden < 5
    }
    return Publication(rule=Rule.WORDS, band=publish(counts, rule).band, sectors=shown)


@pytest.mark.parametrize(("bad", "sizes"), BAD_RULES.values(), ids=BAD_RULES)
def test_planted_bad_rules_are_found_with_the_same_answers_as_by_the_plain_search(bad, sizes):
    """Detection is three of three, to the last answer given away."""
    found = search(bad, sizes, rule=Rule.WORDS).pins
    assert found
    assert gave_away(found) == gave_away(audit(bad, sizes, rule=Rule.WORDS).pins)


@pytest.mark.parametrize("sizes", [(5,), (6, 3), (5, 5), (3, 2, 1)])
@pytest.mark.parametrize("rule", Rule)
def test_both_searches_see_as_many_tables_and_outputs(sizes, rule):
    """With the real rule, which gives nothing away."""
    plain, fast = audit(publish, named(*sizes), rule=rule), search(publish, named(*sizes), rule=rule)
    assert (fast.tables, fast.published) == (plain.tables, plain.tables)
    assert fast.pins == plain.pins == ()


@pytest.mark.parametrize("sizes", [(7,), (5, 5), (6, 2, 2), (5, 2, 1, 1)])
@pytest.mark.parametrize(("rule", "way"), [(publish, Rule.WORDS), (publish, Rule.COUNTS), (every_big_group, "words")])
def test_classes_leave_nothing_out(rule, way, sizes):
    """One table per class accounts for every table and every output, and leaves the same bands possible."""
    whole = search(rule, named(*sizes), rule=way)
    by_class = search(rule, named(*sizes), rule=way, classes=True)
    assert by_class.tables == whole.tables == Split(sizes).tables
    assert by_class.outputs == whole.outputs
    assert by_class.published < whole.published
    assert {output: whole.seen[output] for output in by_class.seen} == by_class.seen


@pytest.mark.thorough
def test_three_groups_of_five_would_give_answers_away():
    """Why a group needs more respondents beside others (docs/decisions/0013-three-groups.md)."""
    for sizes in ((5, 5, 5), (6, 5, 5)):
        found = search(every_big_group, named(*sizes), rule=Rule.WORDS, classes=True)
        assert found.pins, sizes
        assert not search(publish, named(*sizes), rule=Rule.WORDS, classes=True).pins, sizes
    assert not search(every_big_group, named(6, 6, 6), rule=Rule.WORDS, classes=True).pins


def test_exactly_the_group_that_carries_the_team_alone_is_given_away():
    """Team and JGZ say no view, the others high: four of five in JGZ must have no view, beside one known high."""
    found = search(every_big_group, named(5, 5, 5), rule=Rule.WORDS, classes=True)
    assert found.tables == 56**3
    assert Counter(pin.group for pin in found.pins) == dict.fromkeys(NAMES[:3], 1)
    assert all(len(pin.known) == 1 and pin.known[0][0] == pin.group for pin in found.pins)


def test_a_rule_with_a_favourite_band_is_not_searched_by_classes_unseen():
    """The real rule treats the bands alike; one that hides a low outcome does not, and is reported."""

    def hides_low(counts, rule):
        shown = publish(counts, rule)
        return Publication(rule=shown.rule, band=None) if shown.band is Band.LOW else shown

    tables = [{"jgz": dict(zip(Band, row, strict=True))} for row in rows_of(5)]
    assert list(exchange_faults(publish, tables, rule=Rule.WORDS)) == []
    assert list(exchange_faults(hides_low, tables, rule=Rule.WORDS))


def test_the_splits_are_those_that_were_promised():
    """All totals of one sector to 25, both orders of two to 15, three to two million tables, all of four to 15."""
    every = splits()
    by_sectors = {number: [split for split in every if len(split.sizes) == number] for number in (1, 2, 3, 4, 5)}
    assert [split.sizes for split in by_sectors[1]] == [(size,) for size in range(25, 0, -1)]
    assert len(by_sectors[2]) == sum(total - 1 for total in range(2, 16))
    assert len(by_sectors[3]) == 401
    assert max(split.tables for split in by_sectors[3]) <= MOST_TABLES < 2.1 * max(map(tables_of, by_sectors[3]))
    assert all(by_sectors[5])
    for number, ways in ((3, 102), (4, 121)):
        assert sum(sum(split.sizes) <= 15 for split in by_sectors[number]) == ways
    assert len(every) == len({split.sizes for split in every}) >= 300
    assert all(not split.classes for split in (*by_sectors[1], *by_sectors[2]))
    assert not any(split.classes for split in splits(every_table=True))


def tables_of(split):
    return split.tables
