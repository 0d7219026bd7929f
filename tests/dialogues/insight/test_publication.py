"""What the publication rule shows and hides."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogues.conversation.definition import Sector
from dialogues.insight import Band, Publication, Rule, publish
from dialogues.insight.publication import visible_groups

TABLES = st.dictionaries(
    st.sampled_from(list(Sector)), st.dictionaries(st.sampled_from(list(Band)), st.integers(0, 12)), max_size=5
)


def test_four_respondents_give_one_sentence_and_nothing_else():
    """Below the floor every table reads the same."""
    one = publish({"jgz": {"high": 4}}, Rule.WORDS)
    other = publish({"jgz": {"low": 1}, "wijkteam": {"mid": 2}}, "words")
    assert one == other
    assert one.below_floor
    assert one.texts() == ("Er waren te weinig antwoorden voor een veilig overzicht.",)


def test_words_show_the_most_frequent_band_of_team_and_big_sectors():
    """A sector of five is shown beside a hidden rest of five."""
    counts = {"jgz": {"high": 5}, "wijkteam": {"mid": 3}, "onderwijs": {"mid": 2}}
    shown = publish(counts, Rule.WORDS)
    assert shown.band is None
    assert shown.sectors == {"jgz": Band.HIGH}
    assert shown.texts() == ("Het team: geen duidelijke lijn.", "JGZ: het vaakst ‘herkend’.")


def test_a_tie_leaves_the_tied_bands_unsaid():
    """Ties between any two bands read the same, of the team and of a sector."""
    one, other = (publish({"jgz": {"low": 3, band: 3}}, "words") for band in ("mid", "high"))
    assert one.texts() == other.texts() == publish({"jgz": {"mid": 3, "high": 3}}, "words").texts()
    assert one.texts()[1:] == ("JGZ: geen duidelijke lijn.",)


@pytest.mark.parametrize(
    ("sizes", "visible"),
    [
        ({"jgz": 5}, {"jgz"}),
        ({"jgz": 5, "wijkteam": 5}, {"jgz", "wijkteam"}),
        ({"jgz": 5, "wijkteam": 4}, set()),
        ({"jgz": 8, "wijkteam": 5, "onderwijs": 2}, {"jgz"}),
        ({"jgz": 5, "wijkteam": 5, "onderwijs": 5}, {"wijkteam"}),
        ({"jgz": 6, "wijkteam": 5, "onderwijs": 5}, {"jgz"}),
        ({"jgz": 6, "wijkteam": 6, "onderwijs": 5}, {"wijkteam"}),
        ({"jgz": 6, "wijkteam": 6, "onderwijs": 6}, {"jgz", "wijkteam", "onderwijs"}),
        ({"jgz": 5, "wijkteam": 5, "onderwijs": 4, "overig": 2}, {"jgz", "wijkteam"}),
        ({"jgz": 8, "wijkteam": 3, "onderwijs": 2}, {"jgz"}),
        ({"jgz": 5, "wijkteam": 5, "onderwijs": 1}, {"wijkteam"}),
        ({"jgz_team": 9, "no_side": 9}, {"jgz_team"}),
    ],
)
def test_a_small_hidden_rest_hides_the_smallest_sector_too(sizes, visible):
    """A rest of one to four could be found by subtraction; equal sizes are broken by name."""
    assert visible_groups(sizes) == visible


@pytest.mark.parametrize(
    ("counts", "exact"),
    [
        ({"low": 3, "high": 7}, True),
        ({"low": 1, "mid": 1, "no_view": 1, "high": 7}, True),
        ({"low": 2, "high": 8}, False),
        ({"low": 3, "high": 6}, False),
    ],
)
def test_exact_counts_need_ten_respondents_and_three_outside_the_biggest_band(counts, exact):
    """Otherwise the team's word stands alone, and a sector is never shown."""
    shown = publish({"jgz": counts}, Rule.COUNTS)
    assert (shown.counts is not None) == exact
    assert publish({"jgz": counts, "wijkteam": counts}, Rule.COUNTS).sectors == shown.sectors == {}
    if exact:
        assert shown.counts == {band: counts.get(band, 0) for band in Band}
        assert len(shown.texts()) == 4
    else:
        assert shown.texts() == ("Het team: het vaakst ‘herkend’.",)


def test_a_raised_floor_holds_for_team_sector_and_rest():
    """A team may raise the floor; everything that hangs on it moves along."""
    counts = {"jgz": {"high": 6}, "wijkteam": {"low": 6}, "onderwijs": {"low": 7}}
    assert set(publish(counts, "words", 6).sectors) == {"jgz", "wijkteam", "onderwijs"}
    assert set(publish(counts, "words", 7).sectors) == {"onderwijs"}
    assert publish(counts, "words", 20).below_floor


@pytest.mark.parametrize("floor", [4, 0, -1, True, 5.0])
def test_nobody_can_lower_the_floor(floor):
    """A floor below five, or one that is no whole number, is refused."""
    with pytest.raises(ValueError, match="floor"):
        publish({}, Rule.WORDS, floor)


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ({"school": {"low": 1}}, "school"),
        ({"jgz": {"laag": 1}}, "laag"),
        ({"jgz": {"low": -1}}, "-1"),
        ({"jgz": {"low": 1.0}}, "1.0"),
        ({"jgz": {"low": True}}, "True"),
        ({"jgz": {"low": "2"}}, "'2'"),
        ({"jgz": Counter({"low": 2, "mid": 1, "high": 1, "laag": 1})}, "laag"),
        ({"jgz": {}, "jgz_team": {}}, "mixed"),
    ],
)
def test_a_wrong_table_is_refused_by_name(counts, named):
    """Unknown sectors, bands and numbers are named in the error."""
    with pytest.raises(ValueError, match=named):
        publish(counts, Rule.WORDS)


def test_an_unknown_rule_is_refused():
    """There are two rules and no third."""
    with pytest.raises(ValueError, match="averages"):
        publish({}, "averages")


@pytest.mark.parametrize(("rule", "number"), [(Rule.WORDS, 5), (Rule.COUNTS, 10)])
def test_nobody_can_change_what_was_published(rule, number):
    """Tables that read the same share one publication, so a change in one would be a change in all."""
    shown = publish({"jgz": {"low": number, "high": number}}, rule)
    mapping = shown.counts if rule is Rule.COUNTS else shown.sectors
    for band in (*mapping, "jgz"):
        with pytest.raises(TypeError):
            mapping[band] = 0


@given(TABLES, st.sampled_from(Rule))
def test_a_publication_survives_json(counts, rule):
    """What is stored reads back as what was published."""
    made = publish(counts, rule)
    assert Publication.from_json(json.loads(json.dumps(made.to_json()))) == made


@given(TABLES)
def test_plain_strings_and_enums_mean_the_same(counts):
    """Callers may use either."""
    plain = {str(sector): {str(band): number for band, number in row.items()} for sector, row in counts.items()}
    assert publish(plain, "words") == publish(counts, Rule.WORDS)


@given(TABLES)
@example({"jgz": {"high": 4}, "wijkteam": {"low": 3}, "onderwijs": {"low": 3}})
def test_no_visible_sector_and_no_hidden_rest_is_smaller_than_the_floor(counts):
    """The promise of the rule, stated on sizes alone."""
    sizes = {sector: sum(row.values()) for sector, row in counts.items()}
    shown = publish(counts, Rule.WORDS).sectors
    rest = sum(sizes.values()) - sum(sizes[sector] for sector in shown)
    assert all(sizes[sector] >= 5 for sector in shown)
    assert not shown or rest == 0 or rest >= 5


@given(TABLES)
def test_words_hold_no_number(counts):
    """Under the rule of words no digit reaches a reader."""
    assert not any(letter.isdigit() for text in publish(counts, Rule.WORDS).texts() for letter in text)
