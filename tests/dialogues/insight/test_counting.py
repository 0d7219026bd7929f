"""From envelopes to published cells."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation.definition import Audience
from dialogues.insight import GivenAnswers, Rule, publish_round, respondents_enough, tally
from dialogues.insight.counting import BandTally, ListingTally
from tests.dialogues.insight.samples import SCALE, SIDES, THEMES, element, gave

ELEMENT = element()
ENVELOPE = st.builds(
    lambda sector, statement, side, themes, action: GivenAnswers(
        sector=sector,
        answers={"statement": statement, "side": side, "themes": tuple(themes), "action": action},
    ),
    st.sampled_from(["jgz", "wijkteam", "onderwijs"]),
    st.sampled_from([(), *((option.value,) for option in SCALE)]),
    st.sampled_from([(), *((side,) for side in SIDES)]),
    st.lists(st.sampled_from(THEMES), unique=True, max_size=3),
    st.sampled_from([(), ("t.a1",), ("t.a2",), ("other",), ("none",)]),
)
ENVELOPES = st.lists(ENVELOPE, max_size=14)


def counted(answers, **how):
    return tally(ELEMENT, answers, audience=Audience.PRACTICE, **how)


def published(answers, **how):
    how = {"rule": Rule.WORDS, **how}
    return publish_round(ELEMENT, answers, audience=Audience.PRACTICE, **how)


def as_bytes(cells):
    return json.dumps(cells).encode()


def test_answers_are_counted_by_sector_and_band():
    """Two points of the scale share a band; not applicable is not counted."""
    answers = [gave("1"), gave("2"), gave("5", "onderwijs"), gave("no_view"), gave("na"), gave()]
    assert counted(answers)["statement"] == BandTally({"jgz": {"low": 2, "no_view": 1}, "onderwijs": {"high": 1}})


def test_only_counted_steps_are_counted():
    """The share step and the side itself leave no tally."""
    assert list(counted([gave("1", share="yes", side="all_sides")])) == ["statement", "themes", "action"]


def test_a_listing_is_about_everybody_with_a_band_on_the_statement():
    """Also those who were not asked, so that its floor tells nothing about bands."""
    answers = [gave("1", themes="t.know t.key", action="t.a1"), gave("no_view"), gave("5"), gave("na")]
    themes, action = counted(answers)["themes"], counted(answers)["action"]
    with_a_view, room_to_grow = frozenset({"low", "mid", "high"}), frozenset({"low", "mid"})
    assert themes == ListingTally({"t.know": 1, "t.key": 1, "t.heard": 0, "t.build": 0}, 3, asked_of=with_a_view)
    assert action == ListingTally({"t.a1": 1, "t.a2": 0}, 3, alone=True, asked_of=room_to_grow)


@pytest.mark.parametrize(("asked", "listed"), [(3, False), (4, False), (5, True)])
def test_beside_exact_counts_nothing_is_listed_of_fewer_than_five_who_were_asked(asked, listed):
    """Three of three who chose the same would all be known by it; beside words nobody knows how many were asked."""
    answers = [*[gave("1", action="t.a1")] * asked, *[gave("5")] * (12 - asked)]
    exact, words = (published(answers, rule=rule, split="none") for rule in (Rule.COUNTS, Rule.WORDS))
    assert exact["statement"]["counts"]["low"] == asked
    assert [item["value"] for item in exact["action"]["items"]] == ["t.a1"] * listed
    assert [item["value"] for item in words["action"]["items"]] == ["t.a1"]


@pytest.mark.parametrize(("asked", "listed"), [(3, False), (7, False), (8, True)])
def test_beside_exact_counts_themes_need_two_more_than_half_who_were_asked(asked, listed):
    """Else "vaak" would say of everybody with a view, or of all but one who is known, that they chose it."""
    answers = [*[gave("5", themes="t.know")] * asked, *[gave("no_view")] * (12 - asked)]
    exact, words = (published(answers, rule=rule, split="none") for rule in (Rule.COUNTS, Rule.WORDS))
    assert [item["value"] for item in exact["themes"]["items"]] == ["t.know"] * listed
    assert [item["value"] for item in words["themes"]["items"]] == ["t.know"]


def test_a_raised_floor_holds_for_who_was_asked_too():
    """Six of twelve were asked, and the team wants seven."""
    answers = [*[gave("1", action="t.a1")] * 6, *[gave("5")] * 6]
    assert published(answers, rule=Rule.COUNTS, floor=6)["action"]["items"]
    assert not published(answers, rule=Rule.COUNTS, floor=7)["action"]["items"]


def test_answers_outside_their_branch_do_not_count():
    """A stray action beside a high answer would break what the audit assumes."""
    assert counted([gave("5", action="t.a1"), gave("no_view", themes="t.know")])["action"].chosen["t.a1"] == 0
    assert counted([gave("no_view", themes="t.know")])["themes"].chosen["t.know"] == 0


def test_nobody_counts_twice_or_for_more_options_than_allowed():
    """A repeated value is one choice and a fourth choice is none."""
    chosen = counted([gave("1", themes="t.know t.know t.key t.heard")])["themes"].chosen
    assert chosen == {"t.know": 1, "t.key": 1, "t.heard": 0, "t.build": 0}


def test_values_that_the_dialogue_does_not_know_are_left_out():
    """An envelope of an older version costs an answer, not a release."""
    assert counted([gave("9", themes="gone")])["statement"] == BandTally({})


@given(ENVELOPES, st.sampled_from(Rule))
def test_without_a_split_there_is_the_team_and_no_group(answers, rule):
    """A team that never shows sectors shows none in a round with words only either; its own word is the same."""
    alone, by_sector = (published(answers, split=split, rule=rule)["statement"] for split in ("none", "sector"))
    assert alone == {**by_sector, "sectors": {}}


def test_a_round_can_be_split_by_side_instead_of_sector():
    """Five named one side, five another; both are shown under the names of the sides."""
    answers = [
        *(gave("5", sector, side="jgz_team") for sector in ("jgz", "wijkteam", "jgz", "wijkteam", "jgz")),
        *(gave("1", sector, side="all_sides") for sector in ("jgz", "wijkteam", "onderwijs", "jgz", "wijkteam")),
    ]
    cell = published(answers, split="side")["statement"]
    assert cell["sectors"] == {"jgz_team": "high", "all_sides": "low"}


def test_a_side_that_everybody_named_who_could_is_not_shown():
    """Five people of one sector may not be shown by the one side that only they could name."""
    answers = [
        *(gave("5", "jgz", side="jgz_school") for _ in range(5)),
        *(gave("1", "wijkteam", side="all_sides") for _ in range(5)),
    ]
    assert "jgz_school" not in published(answers, split="side")["statement"]["sectors"]


def test_a_side_that_was_not_offered_to_a_sector_is_no_side():
    """The envelope says jgz, the side is between the other two."""
    counts = counted([gave("5", "jgz", side="team_school")], split="side")["statement"].counts
    assert counts == {"no_side": {"high": 1}}


@pytest.mark.parametrize(("last", "enough"), [("3", True), ("no_view", True), ("na", False), ("", False)])
def test_a_round_is_thin_below_the_floor_of_answers_that_count(last, enough):
    """Five envelopes are not enough when one of them holds no band."""
    answers = [*(gave("4") for _ in range(4)), gave(last)]
    assert respondents_enough(ELEMENT, answers, audience=Audience.PRACTICE) == enough
    assert not respondents_enough(ELEMENT, answers, audience=Audience.PRACTICE, floor=6)


def test_wanted_actions_are_published_one_at_most():
    """Two actions with three choosers each leave the cell empty."""
    answers = [gave("1", action="t.a1")] * 3 + [gave("1", action="t.a2")] * 3
    assert published(answers)["action"]["items"] == []
    assert published([*answers, gave("1", action="t.a2")])["action"]["items"] == [{"value": "t.a2", "often": False}]


@given(ENVELOPES, st.randoms(use_true_random=False), st.sampled_from(["sector", "side"]), st.sampled_from(Rule))
def test_who_gave_which_answers_cannot_be_told_from_the_cells(answers, shuffler, split, rule):
    """Non-interference: any order of envelopes gives the same bytes."""
    shuffled = list(answers)
    shuffler.shuffle(shuffled)
    assert as_bytes(published(shuffled, split=split, rule=rule)) == as_bytes(published(answers, split=split, rule=rule))


@given(st.lists(ENVELOPE, max_size=4), ENVELOPE, st.sampled_from(["sector", "side"]))
def test_below_the_floor_no_answer_changes_anything(answers, other, split):
    """Changing, adding or dropping an answer leaves the cells identical until there are five."""
    changed = [other, *answers[1:]]
    assert as_bytes(published(changed, split=split)) == as_bytes(published(answers, split=split))
    assert as_bytes(published([], split=split)) == as_bytes(published(answers, split=split))


@given(ENVELOPES, st.sampled_from(["sector", "side"]))
def test_every_respondent_is_counted_once(answers, split):
    """Conservation: bands sum to the envelopes with a band, and no option has more choosers than respondents."""
    scored = [one for one in answers if one.answers["statement"] not in ((), ("na",))]
    tallies = counted(answers, split=split)
    assert sum(sum(row.values()) for row in tallies["statement"].counts.values()) == len(scored)
    assert all(number <= len(scored) for number in tallies["themes"].chosen.values())
    assert sum(tallies["action"].chosen.values()) <= len(scored)


@given(ENVELOPES)
def test_both_audiences_are_counted_by_the_same_rule(answers):
    """The audience chooses the questions, never the rule."""
    strategic = publish_round(ELEMENT, answers, audience=Audience.STRATEGIC, rule="words")
    assert strategic == published(answers)


def test_a_dialogue_without_a_scale_is_judged_by_its_listings():
    """A block of plain questions is thin when too few answered them."""
    practice = tuple(
        replace(step, when=replace(step.when, branches=frozenset()))
        for step in ELEMENT.steps[Audience.PRACTICE]
        if step.id == "themes"
    )
    plain = replace(ELEMENT, steps={Audience.PRACTICE: practice})
    answers = [gave(themes="t.know")] * 5
    assert respondents_enough(plain, answers, audience=Audience.PRACTICE)
    assert not respondents_enough(plain, [*answers[1:], gave()], audience=Audience.PRACTICE)
    assert tally(plain, answers, audience=Audience.PRACTICE)["themes"].respondents == 5
