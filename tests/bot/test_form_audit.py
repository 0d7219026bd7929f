"""The audit of all forms: what is shown of a question, a step, a top 3, a year and two worlds gives nobody away."""

from __future__ import annotations

import pytest

from bot.appearances import EVERYTHING
from bot.bad_forms import BAD_FORMS, BAD_PAIRS
from bot.form_audit import audit_forms, bad_forms_found, never_shown
from bot.forms import FORMS
from bot.scenes import SCENES
from dialogues.insight import Band, Listing, Publication, publish, publish_listing
from dialogues.insight.listing import Listed
from dialogues.insight.patterns import PATTERNS
from dialogues.insight.patterns_nl import PATTERN_WORDS

CHOICES_ONLY = {each.about for each in SCENES if each.before is None and each.now.chosen[0]}
"""Scenes of one round in which a choice is looked at too; those are published by the rule of the product itself."""


@pytest.fixture(scope="module")
def lines():
    """What is found of the real rule, by what it is about."""
    return {line.what: line for line in audit_forms(publish, short=True)}


def only_when_all_agree(counts, rule, floor=5):
    """The word where everybody gave it, and else none: what is shown then tells of each."""
    shown = publish(counts, rule, floor)
    team = [sum(row[band] for row in counts.values()) for band in Band]
    return shown if max(team) == sum(team) else Publication(rule=shown.rule)


def only_what_all_chose(chosen, respondents, floor=5):
    """The same of a list."""
    shown = publish_listing(chosen, respondents, floor)
    every = tuple(Listed(each.value) for each in shown.items if chosen[each.value] == respondents)
    return Listing(below_floor=shown.below_floor, items=every)


@pytest.mark.thorough
def test_no_form_gives_anybody_away(lines):
    """Of a question, a step and a top 3; alone, twice in a row, and beside each other or beside other people's."""
    assert list(lines) == [
        "vraag",
        "stap",
        "top 3",
        "vraag, twee keer na elkaar",
        "stap, twee keer na elkaar",
        "top 3, twee keer na elkaar",
        "vraag en stap",
        "top 3 en die van leiding en beleid",
        "twee werelden",
        *(scene.about for scene in SCENES),
        "alles van twee maanden naast elkaar",
    ]
    assert not sum(line.pinned for line in lines.values())
    assert all(line.tables > line.outputs > 1 for line in lines.values())


@pytest.mark.thorough
def test_every_pattern_question_trend_advice_and_form_comes_up(lines):
    """What never comes up would be approved unseen; each pattern also where it has a scene of its own."""
    assert never_shown(lines.values()) == ()
    assert {f"patroon {each.id}" for each in PATTERNS} < EVERYTHING
    assert {f"vorm: {each}" for each in FORMS} < EVERYTHING
    for pattern in PATTERNS:
        assert f"patroon {pattern.id}" in lines[f"patroon ‘{PATTERN_WORDS[pattern.id].name}’"].shown


@pytest.mark.thorough
@pytest.mark.parametrize("gone", ["vraag, twee keer na elkaar", "patroon ‘Het staat wel?’", "een gewenste stap"])
def test_what_no_case_shows_any_more_is_named(lines, gone):
    """Without the case that shows it, the audit says what it did not meet."""
    left = [line for line in lines.values() if line.what != gone and not line.what.startswith("‘staat")]
    assert never_shown(left)
    assert never_shown([]) == tuple(sorted(EVERYTHING))


def test_every_bad_form_is_found():
    """One of each kind, with one sentence too many."""
    found = bad_forms_found()
    assert set(found) == {*BAD_FORMS, *BAD_PAIRS}
    assert all(found.values())


@pytest.mark.thorough
def test_a_rule_that_tells_too_much_is_seen_through_the_forms():
    """So a form that passes did look at what was published. The area's year shows no answer of a team."""
    told = {line.what.partition(": ")[0]: line for line in audit_forms(only_when_all_agree, short=True)}
    tell = {what for what, line in told.items() if line.pinned}
    assert tell == {name for name in told if "top 3" not in name and name not in CHOICES_ONLY}
    named = told["stap"].what.partition(": ")[2].split(", ")
    assert named == ["bericht", "plaatje en PDF", "tabel", "zin voor de volgende vraag", "jaaroverzicht"]
    assert "eigen antwoord" in told["vraag"].what


@pytest.mark.thorough
def test_a_list_that_tells_too_much_is_seen_through_the_top_3(monkeypatch):
    """Also in the year, and beside the list of leaders and policy makers."""
    monkeypatch.setattr("dialogues.insight.counting.publish_listing", only_what_all_chose)
    told = [line for line in audit_forms(publish, short=True) if "top 3" in line.what]
    assert len(told) == 3
    assert all(line.pinned for line in told)
    assert all("jaaroverzicht van het gebied" in line.what for line in told[:2])
