"""What a maandbeeld says, and that it says nothing but what was published."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.insight import (
    Band,
    Maandbeeld,
    Outcome,
    PublishedElement,
    Rule,
    Split,
    TeamFacts,
    compose,
    phrases_nl,
    publish,
    publish_listing,
    publish_wanted,
)
from dialogues.insight.maandbeeld import Line, Mention
from tests.dialogues.insight.samples import bands, cells, element
from tests.support.shipped import shipped

FACTS = TeamFacts(team="Team Noord", month="november 2026", team_label="jeugdteam")
BANDS = st.fixed_dictionaries({band: st.integers(0, 9) for band in Band})


def round_of(
    name="trust",
    title="Vertrouwen",
    outcome=Outcome.PUBLISHED,
    *,
    month="november 2026",
    rule="words",
    split=None,
    **counts,
):
    made = cells(statement=publish(bands(**counts), rule)) if outcome is Outcome.PUBLISHED else {}
    about = element(name, title=title)
    return PublishedElement(definition=about, month=month, outcome=outcome, split=split or Split.SECTOR, cells=made)


def everything(maandbeeld: Maandbeeld) -> str:
    return maandbeeld.to_json()


def test_an_element_shows_what_was_asked_and_the_published_words():
    """The statement with its period, and a line for the team and each visible sector under its local name."""
    made = cells(statement=publish({"wijkteam": {"high": 5}, "jgz": {"low": 5, "mid": 2}}, "words"))
    scale = (
        compose(FACTS, (PublishedElement(definition=element(), month="november 2026", cells=made),))
        .elements[0]
        .scales[0]
    )
    assert scale.asked == "In de afgelopen maand bouwden wij voort op elkaars werk."
    assert scale.lines == (
        Line("Team", "geen duidelijke lijn"),
        Line("JGZ", "weinig herkend", Band.LOW),
        Line("Jeugdteam", "herkend", Band.HIGH),
    )


def test_counts_are_lines_of_their_own():
    """Under the rule of counts each band is a line, with its number of answers."""
    lines = compose(FACTS, (round_of(rule="counts", high=7, low=3),)).elements[0].scales[0].lines
    assert lines[0] == Line("Weinig herkend", "3 antwoorden", Band.LOW, 3)
    assert [line.number for line in lines] == [3, 0, 7, 0]


def test_themes_are_listed_by_label_and_the_wanted_action_is_marked():
    """Labels with the local name filled in; the action is marked among all that can be chosen."""
    made = cells(
        statement=publish(bands(low=8), "words"),
        themes=publish_listing({"t.know": 4, "t.key": 3, "t.heard": 2}, 8),
        action=publish_wanted({"t.a1": 0, "t.a2": 3}, 8),
    )
    shown = compose(FACTS, (PublishedElement(definition=element(), month="november 2026", cells=made),)).elements[0]
    assert shown.mentions[0].heading == "Waar zit het vooral in?"
    assert shown.mentions[0].items == (Mention("jeugdteam t.know", often=True), Mention("jeugdteam t.key"))
    assert len(shown.mentions) == 1
    assert [(step.id, step.wanted) for step in shown.steps] == [("t.a1", False), ("t.a2", True)]


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"low": 6}, "Vraag laag?"),
        ({"mid": 6}, "Vraag wisselend?"),
        ({"high": 6}, "Vraag hoog?"),
        ({"no_view": 6}, "?!"),
        ({"high": 3, "low": 3}, "?!"),
    ],
)
def test_the_question_fits_the_published_band(counts, text):
    """Ties and no view get the question for an unclear picture."""
    assert compose(FACTS, (round_of(**counts),)).question.text == text


def test_the_question_is_about_the_first_element_that_is_not_high():
    """There is one question, also with three elements, and its element is named."""
    made = compose(FACTS, (round_of("a", high=5), round_of("b", mid=5), round_of("c", low=5)))
    assert (made.question.element, made.question.text) == ("b", "Vraag wisselend?")
    assert compose(FACTS, (round_of("a", high=5), round_of("c", high=5))).question.element == "a"


def test_the_start_dialogue_comes_last_and_says_once_what_is_missing():
    """Three sides below the floor are one sentence that names them; what can be shown is still shown."""
    start = shipped().get("start")
    sides = {f"side_{side}": publish(bands(high=4), "words") for side in ("jgz_team", "jgz_school", "team_school")}
    made = cells(**sides, important=publish_listing({"start.know": 5, "start.trust": 1}, 6))
    first = PublishedElement(definition=start, month="november 2026", cells=made)
    shown = compose(FACTS, (first, round_of(high=6))).elements
    assert [each.id for each in shown] == ["trust", "start"]
    assert [scale.note for scale in shown[1].scales] == [
        "Te weinig antwoorden voor een veilig overzicht: JGZ en jeugdteam; JGZ en onderwijs; Jeugdteam en onderwijs."
    ]
    assert [mention.label for mention in shown[1].mentions[0].items] == ["Elkaar kennen"]


def test_the_guide_takes_half_an_hour_and_starts_open():
    """Thirty minutes, the question in the fourth part, and honest about missing feedback."""
    guide = compose(FACTS, (round_of(low=6),)).guide
    assert [step.minutes for step in guide] == [5, 5, 10, 7, 3]
    assert [step.title for step in guide] == ["Open begin", "Terug", "De onderwerpen", "De vraag", "Eén stap"]
    assert guide[3].text == "Vraag laag?"
    assert "het eerste maandbeeld" in guide[1].text
    later = replace(FACTS, earlier=(round_of(low=6, month="oktober 2026"),))
    assert "nog niets teruggemeld" in compose(later, (round_of(low=6),)).guide[1].text


def test_feedback_with_braces_stays_as_it_was_written():
    """Words of a lead are data, never a placeholder."""
    facts = TeamFacts(team="{question}", month="november 2026", feedback="{question} {maand}")
    made = compose(facts, (round_of(low=6),))
    assert made.team == "{question}"
    assert made.guide[1].text.endswith("{question} {maand}")


def test_a_month_below_the_floor_is_short_and_honest():
    """No question, no guide, no steps, no duty to meet; only that there were too few answers."""
    made = compose(FACTS, (round_of(low=4),))
    assert made.thin == phrases_nl.THIN
    assert (made.question, made.guide, made.footnotes) == (None, (), ())
    assert made.elements[0].note == phrases_nl.BELOW_FLOOR
    assert made.elements[0].scales == made.elements[0].steps == ()


def test_waiting_and_destroyed_rounds_say_so():
    """The same sentence everybody gets, and nothing about how many answered."""
    made = compose(FACTS, (round_of("a", outcome=Outcome.WAITING), round_of("b", outcome=Outcome.DESTROYED)))
    assert [one.note for one in made.elements] == [phrases_nl.WAITING, phrases_nl.DESTROYED]
    assert compose(FACTS, ()).thin == phrases_nl.NO_ROUND


def test_what_was_recognised_opens_except_where_high_is_no_aim():
    """Success comes first, but a high score on agreements is none (DSS §3.2.1)."""
    made = compose(FACTS, (round_of("trust", high=6), round_of("structures", title="Afspraken", high=6)))
    assert made.recognised == "‘Herkend’ kwam het vaakst voor bij: Vertrouwen."
    assert compose(FACTS, (round_of("structures", high=6),)).recognised == ""


def test_an_older_round_carries_its_month():
    """An element of an earlier month is dated."""
    assert compose(FACTS, (round_of(low=6, month="oktober 2026"),)).elements[0].when == "oktober 2026"
    assert compose(FACTS, (round_of(low=6),)).elements[0].when == ""


def test_the_footnotes_say_how_to_read_it_and_what_is_hidden():
    """Experience is no effect; hidden sectors or counts are explained; no view only where it is shown."""
    words = compose(FACTS, (round_of(low=6),)).footnotes
    assert words[0] == phrases_nl.EXPERIENCED
    assert f"{phrases_nl.NO_COUNTS} {phrases_nl.SECTORS_IF_ENOUGH}" in words
    assert phrases_nl.NO_VIEW_MEANS not in words
    notes = compose(FACTS, (round_of(rule="counts", split=Split.NONE, no_view=6),)).footnotes
    assert {f"{phrases_nl.COUNTS_IF_SAFE} {phrases_nl.NO_SECTORS}", phrases_nl.NO_VIEW_MEANS} <= set(notes)
    mixed = compose(FACTS, (round_of(rule="counts", split=Split.NONE, mid=6), round_of(split=Split.SIDE, low=6)))
    assert f"{phrases_nl.COUNTS_IF_SAFE} {phrases_nl.SIDES_IF_ENOUGH}" in mixed.footnotes


def test_a_month_in_which_a_few_people_changed_has_no_counts():
    """The sentence says so, and it is true of every round of the month: words stand where counts were published."""
    facts = TeamFacts(team="x", month="november 2026", roster_changed=True)
    made = compose(facts, (round_of(rule="counts", split=Split.NONE, low=7, high=3), round_of(split=Split.NONE, mid=6)))
    assert made.elements[0].scales[0].lines == (Line("Team", "weinig herkend", Band.LOW),)
    assert phrases_nl.ROSTER_CHANGED in made.footnotes
    assert f"{phrases_nl.NO_COUNTS} {phrases_nl.NO_SECTORS}" in made.footnotes
    assert not [line.number for one in made.elements for scale in one.scales for line in scale.lines if line.number]


def test_participation_is_said_only_when_it_is_given():
    """The caller gives a band in words, or nothing."""
    assert compose(FACTS, (round_of(low=6),)).participation == ""
    facts = TeamFacts(team="x", month="november 2026", participation="genoeg antwoorden")
    assert compose(facts, ()).participation == "Deelname: genoeg antwoorden."


@given(BANDS, BANDS, st.sampled_from(Rule))
def test_equal_publications_give_equal_maandbeelden(one, other, rule):
    """Nothing but the published cell reaches the page: tables that publish alike read alike, to the byte."""
    same = publish(bands(**one), rule) == publish(bands(**other), rule)
    first = compose(FACTS, (round_of(rule=rule, **one),))
    second = compose(FACTS, (round_of(rule=rule, **other),))
    assert (everything(first) == everything(second)) == same


@given(BANDS)
def test_no_percentage_and_no_total_under_the_rule_of_words(counts):
    """The only digits on the page are those of the month, the guide and the author's texts."""
    made = compose(FACTS, (round_of(**counts),))
    shown = [line.word + line.who for one in made.elements for scale in one.scales for line in scale.lines]
    assert not any(re.search(r"\d", text) for text in shown)
    assert "%" not in everything(made)


@given(BANDS, BANDS, st.sampled_from(Rule), st.sampled_from(Outcome))
def test_a_maandbeeld_survives_canonical_json(one, other, rule, outcome):
    """What is stored and chained reads back equal, and writes the same bytes again."""
    made = compose(FACTS, (round_of(rule=rule, **one), round_of("b", rule=rule, outcome=outcome, **other)))
    assert Maandbeeld.from_json(made.to_json()) == made
    assert Maandbeeld.from_json(made.to_json()).to_json() == made.to_json()


def test_every_sentence_is_short_enough_to_read():
    """B1: no sentence of more than 25 words in the texts of insight."""
    texts = [value for name, value in vars(phrases_nl).items() if name.isupper() and isinstance(value, str)]
    texts += [text for _, _, text in phrases_nl.GUIDE]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.?!])\s", text)]
    assert max(len(sentence.split()) for sentence in sentences) <= 25
