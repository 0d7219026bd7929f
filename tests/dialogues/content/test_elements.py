"""The four first elements are complete, for both audiences, and hold the themes of the research."""

from __future__ import annotations

import pytest

from dialogues.authoring.element_steps import NO_ACTION, NOT_APPLICABLE, OTHER_ACTION
from dialogues.conversation.definition import (
    Audience,
    Branch,
    Choice,
    Closing,
    Counted,
    MultiChoice,
    OpenText,
    Sector,
)
from tests.support.shipped import shipped

LIBRARY = shipped()
ELEMENTS = ("trust", "roles", "communication", "process")
each_element = pytest.mark.parametrize("element", ELEMENTS)
each_audience = pytest.mark.parametrize("audience", Audience)

THEMES = {
    "trust": {
        "know": "Elkaar kennen",
        "key": "Sleutelpersonen kennen",
        "expert": "Vertrouwen in elkaars vak",
        "heard": "Serieus genomen worden",
        "build": "Voortbouwen, niet overdoen",
        "grant": "Elkaar iets gunnen",
        "letgo": "Durven loslaten",
        "empathy": "Je inleven in de ander",
        "wins": "Kleine successen",
    },
    "roles": {
        "know": "Elkaars vak kennen",
        "use": "Elkaars vak gebruiken",
        "case": "Per gezin afspreken",
        "lead": "Wie heeft de regie",
        "expect": "Verwachtingen uitspreken",
        "fit": "Aansluiten op de vraag",
        "visible": "Zelf zichtbaar zijn",
        "which": "Weten wie je moet hebben",
        "paper": "Taken op papier",
    },
    "communication": {
        "lines": "Korte lijnen",
        "fixed": "Vaste contactpersoon",
        "back": "Terugkoppeling",
        "joint": "Samen met ouders in gesprek",
        "handover": "Overdracht",
        "language": "Dezelfde taal",
        "open": "Openheid",
        "moments": "Vaste contactmomenten",
        "leads": "Afstemming leidinggevenden",
    },
    "process": {
        "pause": "Samen stilstaan",
        "agenda": "Vast op de agenda",
        "busy": "Waan van de dag",
        "steady": "Ook als het goed gaat",
        "adjust": "Bijsturen",
        "track": "Acties volgen",
        "friction": "Leren van wat schuurt",
        "try": "Uitproberen",
        "align": "Signaal bereikt leiding",
    },
}


@each_element
def test_themes_are_those_of_the_research(element) -> None:
    """Themes are compared over months and teams' conversations lean on them, so their ids and labels stay."""
    themes = LIBRARY.get(element).themes
    assert {theme.id: theme.label for theme in themes} == {
        f"{element}.{name}": label for name, label in THEMES[element].items()
    }
    assert all(theme.meaning for theme in themes)


@each_element
@each_audience
def test_the_steps_stand_in_their_fixed_order(element, audience) -> None:
    """The score comes first, so that two taps are enough and stopping at the side loses nothing."""
    steps = [step.id for step in LIBRARY.get(element).steps[audience]]
    assert steps == ["statement", "side", "themes", "probe", "share", "action", "reflection"]


@each_element
@each_audience
def test_each_kind_of_answer_is_counted_in_its_own_way(element, audience) -> None:
    """Only scores go into bands; sides split; themes and steps are listed; sharing is never counted."""
    counted = {
        step.id: step.counted for step in LIBRARY.get(element).steps[audience] if isinstance(step, Choice | MultiChoice)
    }
    assert counted == {
        "statement": Counted.BANDS,
        "side": Counted.SPLIT,
        "themes": Counted.LISTING,
        "share": Counted.NOTHING,
        "action": Counted.LISTING,
    }


@each_element
@each_audience
def test_the_statement_is_answered_on_the_one_scale(element, audience) -> None:
    """One scale for all: five figures in three branches, and a real answer for who has no view."""
    step = LIBRARY.get(element).step(audience, "statement")
    assert isinstance(step, Choice)
    assert not step.skippable
    scale = [(option.value, option.branch) for option in step.options if option.value != NOT_APPLICABLE]
    assert scale == [
        ("1", Branch.LOW),
        ("2", Branch.LOW),
        ("3", Branch.MID),
        ("4", Branch.HIGH),
        ("5", Branch.HIGH),
        ("no_view", Branch.UNKNOWN),
    ]


def test_only_the_practice_of_roles_may_have_had_no_occasion() -> None:
    """Where a situation may not have come up there is a button for that, and nowhere else."""
    buttons = {
        (element, audience): option.label
        for element in ELEMENTS
        for audience in Audience
        for option in LIBRARY.get(element).step(audience, "statement").options
        if option.branch is Branch.NOT_APPLICABLE
    }
    assert buttons == {("roles", Audience.PRACTICE): "Niets samen gedaan"}


@each_element
def test_the_audiences_are_asked_in_their_own_words(element) -> None:
    """Practice and strategic get another statement and other open questions about the same subject."""
    practice, strategic = (LIBRARY.get(element).steps[audience] for audience in Audience)
    assert practice[0].phrases != strategic[0].phrases
    for branch in (Branch.LOW, Branch.MID, Branch.HIGH, Branch.UNKNOWN):
        first = [
            next(phrase.text for phrase in steps[3].phrases if branch in phrase.when.branches)
            for steps in (practice, strategic)
        ]
        assert first[0] != first[1]


@each_element
@each_audience
@pytest.mark.parametrize("branch", [Branch.LOW, Branch.MID, Branch.HIGH, Branch.UNKNOWN])
def test_each_branch_has_its_own_first_question(element, audience, branch) -> None:
    """In the first round the open question fits the answer; later rounds have others, except without a view."""
    step = LIBRARY.get(element).step(audience, "probe")
    assert isinstance(step, OpenText)
    fitting = [phrase for phrase in step.phrases if phrase.when.holds(branch=branch, facts=frozenset())]
    assert fitting[0].when.branches == {branch}
    assert len(fitting) == 1 if branch is Branch.UNKNOWN else len(fitting) >= 4


@each_element
@each_audience
def test_no_occasion_leads_straight_to_the_last_words(element, audience) -> None:
    """Whoever had nothing to judge is asked nothing more."""
    steps = LIBRARY.get(element).steps[audience]
    after = [step for step in steps[1:] if step.when.holds(branch=Branch.NOT_APPLICABLE, facts=frozenset())]
    assert [step.id for step in after if not (isinstance(step, Choice) and step.after_text)] == ["reflection"]


@each_element
def test_three_small_steps_each_with_a_question_that_asks_after_it(element) -> None:
    """A step without a later question fades out (DSS §1.2 el. 11)."""
    actions = LIBRARY.get(element).actions
    assert {action.id for action in actions} == {f"{element}.a{number}" for number in (1, 2, 3)}
    assert all(action.check_question.endswith(("?", "rol.")) for action in actions)
    assert len({action.check_question for action in actions}) == 3


@each_element
@each_audience
def test_the_steps_on_offer_are_the_three_and_two_ways_out(element, audience) -> None:
    """After low and wisselend a step may be chosen; after a high score none is offered."""
    definition = LIBRARY.get(element)
    step = definition.step(audience, "action")
    assert isinstance(step, Choice)
    assert [option.value for option in step.options] == [
        *(action.id for action in definition.actions),
        OTHER_ACTION,
        NO_ACTION,
    ]
    assert step.when.branches == {Branch.LOW, Branch.MID}
    assert all(action.text in step.phrases[0].text for action in definition.actions)


@each_element
@each_audience
@pytest.mark.parametrize(
    ("sector", "sides"),
    [
        (Sector.JGZ, {"jgz_team", "jgz_school", "all_sides"}),
        (Sector.WIJKTEAM, {"jgz_team", "team_school", "all_sides"}),
        (Sector.ONDERWIJS, {"jgz_school", "team_school", "all_sides"}),
        (Sector.GEMEENTE, {"jgz_team", "jgz_school", "team_school", "all_sides"}),
        (Sector.OVERIG, {"jgz_team", "jgz_school", "team_school", "all_sides"}),
    ],
)
def test_people_choose_from_the_sides_they_are_part_of(element, audience, sector, sides) -> None:
    """Practice sees the own sides and "Alle drie"; strategic people see all, whatever their sector."""
    step = LIBRARY.get(element).step(audience, "side")
    assert isinstance(step, Choice)
    facts = frozenset({f"sector:{sector}", f"audience:{audience}"})
    shown = {option.value for option in step.options if option.when.holds(branch=None, facts=facts)}
    expected = sides if audience is Audience.PRACTICE else {"jgz_team", "jgz_school", "team_school", "all_sides"}
    assert shown == expected
    assert step.skippable


@each_element
def test_a_team_lead_has_a_question_for_every_outcome(element) -> None:
    """Whatever is published, there is one question to ask the team, and it is about "we", never about who."""
    questions = LIBRARY.get(element).conversation
    assert questions is not None
    texts = (questions.low, questions.mid, questions.high, questions.unclear)
    assert len(set(texts)) == 4
    for text in texts:
        assert text.endswith("?")
        assert {"we", "wij", "ons", "onze", "elkaar"} & set(text.lower().replace(",", "").split())
        assert "waarom" not in text.lower()


@each_element
@each_audience
def test_the_last_words_fit_the_answer(element, audience) -> None:
    """A thought, and what happens now; who had nothing to judge is not told that it counts."""
    step = LIBRARY.get(element).steps[audience][-1]
    assert isinstance(step, Closing)

    def words(branch: Branch) -> list[str]:
        return [phrase.text for phrase in step.phrases if phrase.when.holds(branch=branch, facts=frozenset())]

    assert step.thoughts
    assert len(words(Branch.LOW)) == 1
    assert "telt mee" in words(Branch.LOW)[-1]
    assert "telt niet mee" in words(Branch.NOT_APPLICABLE)[-1]


@each_element
def test_links_and_sources_are_there(element) -> None:
    """Elements strengthen each other (§4.1), and every element says where it comes from."""
    definition = LIBRARY.get(element)
    assert definition.links
    assert definition.sources
    assert definition.reading_note
