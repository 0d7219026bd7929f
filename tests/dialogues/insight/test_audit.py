"""The plain audit, and the rules it approves; the bad rules it must catch are in test_exhaustive."""

from __future__ import annotations

from functools import partial

import pytest

from dialogues.insight import Band, Rule, publish, publish_listing, publish_wanted
from dialogues.insight.audit import Coupling, audit, audit_listing
from dialogues.insight.bad_rules import exact_from_floor
from dialogues.insight.listing import Listed, Listing

pytestmark = pytest.mark.thorough

AREA_FLOOR = 10
"""As in bot.usecases.asked: the core knows only that a floor can be raised."""
WITH_A_VIEW = frozenset({Band.LOW, Band.MID, Band.HIGH})
THEMES = Coupling(publish_listing, WITH_A_VIEW, options=9, most=3)
BASIS = Coupling(publish_listing, WITH_A_VIEW, options=4, skippable=False)
ROOM_TO_GROW = frozenset({Band.LOW, Band.MID})
WANTED = Coupling(publish_wanted, ROOM_TO_GROW, options=1)
"""One option: at most one action is ever shown, and the others only make that rarer."""
HELPS = Coupling(publish_wanted, frozenset({Band.MID, Band.HIGH}), options=1)
"""Whether a step helps, asked where it happens at least now and then; one option for the same reason."""
EVERY_SIZE = [sizes for total in range(5, 12) for sizes in ((total,), *((total - n, n) for n in range(1, total)))]


@pytest.mark.parametrize("rule", Rule)
def test_the_rule_gives_nobody_away_for_any_table_of_five_to_eleven_in_up_to_two_sectors(rule):
    """The promise of the product: all sizes, all tables, nobody or one colleague known."""
    reports = [audit(publish, sizes, rule=rule) for sizes in EVERY_SIZE]
    assert [report.sizes for report in reports if not report.passed] == []
    assert sum(report.tables for report in reports) == 73_792


@pytest.mark.parametrize("rule", Rule)
def test_a_raised_floor_gives_nobody_away_either(rule):
    """A coordinator may ask for more answers; whatever then stays hidden, the rest tells no more than it did."""
    for sizes in ((8,), (9,), (11,), (6, 3), (8, 3), (6, 6), (8, 8)):
        assert audit(partial(publish, floor=6), sizes, rule=rule).passed
        assert audit(partial(publish, floor=8), sizes, rule=rule).passed


@pytest.mark.parametrize("rule", Rule)
def test_the_whole_page_gives_nobody_away(rule):
    """Question, themes, basis and wanted action together, as they stand in one maandbeeld."""
    for total in range(5, 11):
        assert audit(publish, (total,), rule=rule, couplings=(THEMES, BASIS, WANTED)).passed
    assert audit(publish, (5, 3, 2), rule=rule, couplings=(THEMES, BASIS, WANTED)).passed


@pytest.mark.parametrize("sizes", [(5, 5), (6, 5), (7, 5), (6, 6)])
def test_the_whole_page_holds_where_two_sectors_are_visible(sizes):
    """The sizes at which the first form of the rule for actions failed."""
    assert audit(publish, sizes, rule=Rule.WORDS, couplings=(THEMES, WANTED)).passed


@pytest.mark.parametrize("sizes", [(10,), (13,), (10, 4), (11, 2), (10, 10)], ids=str)
def test_a_whole_area_gives_nobody_away(sizes):
    """With the floor of ten for the whole and for each sector: everywhere, also where two sectors are visible."""
    assert audit(partial(publish, floor=AREA_FLOOR), sizes, rule=Rule.WORDS).passed


def test_a_whole_area_shows_a_sector_from_ten_and_no_smaller_rest():
    """What the audit was run on: nine are no group, and ten beside five others are none either."""

    def visible(**sizes):
        counts = {name: {"high": number} for name, number in sizes.items()}
        return set(publish(counts, Rule.WORDS, AREA_FLOOR).sectors)

    assert visible(jgz=10, wijkteam=9) == set()
    assert visible(jgz=10, wijkteam=10) == {"jgz", "wijkteam"}
    assert visible(jgz=12, wijkteam=5, onderwijs=5) == {"jgz"}


@pytest.mark.parametrize("rule", Rule)
def test_what_is_said_about_a_step_gives_nobody_away(rule):
    """Whether it happens and the one thing most chosen about helping, side by side."""
    for total in range(5, 11):
        assert audit(publish, (total,), rule=rule, couplings=(HELPS,)).passed
    for sizes in ((5, 5), (6, 5), (7, 5), (6, 6), (5, 3, 2)):
        assert audit(publish, sizes, rule=rule, couplings=(HELPS,)).passed


def test_listing_everything_about_helping_would_give_answers_away():
    """Why at most one is shown: it is asked of some bands only, as actions are."""
    every = Coupling(publish_listing, HELPS.asked_of, options=4)
    assert not audit(publish, (5, 5), rule=Rule.WORDS, couplings=(every,)).passed


def test_listing_every_action_would_give_answers_away():
    """Why at most one action is shown (docs/decisions/0002-publication-rule.md)."""
    every_action = Coupling(publish_listing, ROOM_TO_GROW, options=3)
    report = audit(publish, (5, 5), rule=Rule.WORDS, couplings=(every_action,))
    assert not report.passed
    assert {len(pin.known) for pin in report.pins} == {1}


def test_exact_counts_give_away_exactly_the_unanimous_tables():
    """With nobody known, five equal answers are the only ones that pin; the report names group and answer."""
    report = audit(exact_from_floor, (5,), rule=None, colluders=(0,))
    assert report.tables == report.outputs == 56
    assert {(pin.group, pin.answer) for pin in report.pins} == {("jgz", band) for band in Band}
    assert report.failing_outputs == 4


def test_a_colleague_who_dissents_alone_pins_the_rest():
    """One known answer turns four against one into certainty."""
    report = audit(exact_from_floor, {"onderwijs": 5}, rule=None, colluders=(1,))
    assert any(
        pin.known == (("onderwijs", "low"),) and pin.output == (("[1, 0, 4, 0]",),) and pin.answer == "high"
        for pin in report.pins
    )


def test_two_colleagues_together_are_more_than_a_small_team_can_bear():
    """The known limit, told in the documentation: no promise is made for two."""
    assert not audit(publish, (10,), rule=Rule.COUNTS, colluders=(2,)).passed


@pytest.mark.parametrize("respondents", range(5, 26))
def test_the_listing_rule_tells_of_nobody_what_they_chose(respondents):
    """Neither that somebody chose an option, nor that somebody did not."""
    assert audit_listing(publish_listing, respondents).passed


def test_listing_from_two_choosers_would_tell():
    """A chooser of an unlisted option would know that nobody else chose it."""

    def from_two(chosen, respondents):
        return Listing(items=tuple(Listed(value) for value, number in chosen.items() if number >= 2))

    assert not audit_listing(from_two, 5).passed
