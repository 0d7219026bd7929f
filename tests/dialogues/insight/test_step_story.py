"""What became of a step, in sentences: from published cells and what the lead wrote down, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogues.conversation.definition import Audience
from dialogues.insight import GivenAnswers, Maandbeeld, Outcome, PublishedElement, Rule, TeamFacts, compose
from dialogues.insight.counting import publish_round
from dialogues.insight.published import AgreedStep, Checked, Decision
from dialogues.insight.step_story import has_news, outcome, story
from tests.support.shipped import shipped

CHECK = shipped().get("actioncheck")
AGREED = AgreedStep(
    step="Kennismakingsronde", owner="samen", agreed_on="3 november 2026", look_back_on="1 december 2026"
)
FACTS = TeamFacts(team="Samen in Noord", month="januari 2027")


def gave(happens: str, helps: str = "", sector: str = "jgz") -> GivenAnswers:
    answers = {"happens": (happens,)} | ({"helps": (helps,)} if helps else {})
    return GivenAnswers(sector=sector, answers=answers)


def checked(*given: GivenAnswers, new: bool = True, rule: Rule = Rule.WORDS) -> Checked:
    cells = publish_round(CHECK, given, audience=Audience.PRACTICE, rule=rule)
    enough = len(given) >= 5
    return Checked(
        "na vier weken",
        PublishedElement(
            definition=CHECK,
            month="december 2026",
            outcome=Outcome.PUBLISHED if enough else Outcome.DESTROYED,
            cells=cells if enough else {},
        ),
        new=new,
    )


SOMETIMES = checked(*[gave("sometimes", "a_little")] * 4, gave("not_yet"))


def test_the_word_that_came_most_and_the_one_thing_most_chosen():
    """In the words of the buttons; helping only when enough people chose the same."""
    assert outcome(SOMETIMES) == (
        "Na vier weken gevraagd aan het hele team. Gebeurt het? Het vaakst ‘soms’. "
        "Helpt het? Het meest gekozen: ‘een beetje’."
    )
    two = checked(*[gave("mostly", "a_little")] * 3, *[gave("mostly", "yes")] * 4)
    assert outcome(two).endswith("Helpt het? Het meest gekozen: ‘ja’.")
    assert len(two.round.cells["helps"]["items"]) == 1
    few = checked(*[gave("mostly", "yes")] * 2, *[gave("mostly")] * 3)
    assert outcome(few).endswith("Het vaakst ‘ja, meestal’.")
    assert outcome(checked(*[gave("not_yet")] * 2, *[gave("mostly")] * 2, gave("no_view"))).endswith(
        "Gebeurt het? Geen duidelijke lijn."
    )
    no_view = checked(*[gave("no_view")] * 5)
    assert outcome(no_view).endswith("Het vaakst ‘geen zicht op’.")


@pytest.mark.parametrize("number", range(5))
def test_below_the_floor_one_sentence_whatever_was_said(number):
    """Nobody, one or four: the same words, and no news to talk about."""
    thin = checked(*[gave("mostly", "no")] * number)
    assert outcome(thin).endswith("Er waren te weinig antwoorden voor een veilig overzicht.")
    assert not has_news(replace(AGREED, checks=(thin,)))


def test_only_the_word_counts_not_the_sectors_or_numbers_behind_it():
    """The sentence is a function of the published word and what is most chosen: it says less than the cells do."""
    groups = checked(*[gave("sometimes", "a_little", each) for each in ("jgz", "onderwijs") for _ in range(6)])
    counts = checked(*[gave("sometimes", "a_little")] * 8, *[gave("not_yet")] * 4, rule=Rule.COUNTS)
    assert groups.round.cells["happens"]["sectors"]
    assert counts.round.cells["happens"]["counts"]
    assert outcome(groups) == outcome(counts) == outcome(SOMETIMES)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision.GO_ON, "Besloten op 8 januari 2027: doorgaan."),
        (Decision.CHANGED, "Besloten op 8 januari 2027: een andere stap."),
        (Decision.STOPPED, "Besloten op 8 januari 2027: stoppen. Gestopt is ook geleerd."),
        (Decision.KEPT, "Besloten op 8 januari 2027: vasthouden. Zo doen jullie het nu."),
    ],
)
def test_a_story_is_told_in_order(decision, said):
    """Agreed, asked, decided; somebody who reads only this knows what happened."""
    told = story(replace(AGREED, checks=(SOMETIMES,), decision=decision, decided_on="8 januari 2027"))
    assert told.step == "Kennismakingsronde"
    assert told.lines == (
        "Afgesproken op 3 november 2026. Trekker: samen. Terugkijken: 1 december 2026.",
        outcome(SOMETIMES),
        said,
    )


def test_a_month_about_the_step_alone_is_no_thin_month():
    """Then the step is what the conversation is about; nothing else is made up."""
    page = compose(replace(FACTS, agreed=(replace(AGREED, checks=(SOMETIMES,)),)), ())
    assert page.thin == ""
    assert page.question is not None
    assert page.question.text.startswith("Gaan jullie door met jullie stap")
    assert (len(page.guide), sum(each.minutes for each in page.guide)) == (5, 30)
    assert Maandbeeld.from_json(page.to_json()) == page


def test_a_step_without_news_makes_no_month():
    """What an earlier maandbeeld told stands there again, and the message stays short and honest."""
    for check in (replace(SOMETIMES, new=False), checked()):
        page = compose(replace(FACTS, agreed=(replace(AGREED, checks=(check,)),)), ())
        assert page.thin
        assert page.question is None
        assert len(page.agreed[0].lines) == 2


def test_who_has_a_step_chooses_no_other_in_the_same_half_hour():
    """At most one is open: the last three minutes are about that one."""
    with_step = compose(replace(FACTS, agreed=(replace(AGREED, checks=(SOMETIMES,)),)), ()).guide[-1]
    ended = replace(AGREED, look_back_on="", decision=Decision.STOPPED, decided_on="8 januari 2027")
    without = compose(replace(FACTS, agreed=(replace(ended, checks=(SOMETIMES,)),)), ())
    assert "gestopt is ook geleerd" in with_step.text
    assert without.guide[-1].text.startswith("Kies hooguit één stap")
    assert without.question.text.startswith("Wat leerden jullie van deze stap?")
