"""A path is a whole state on a button: played anew it gives back where somebody stood, in every such dialogue."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation.definition import Audience, Closing, MultiChoice, Storage
from dialogues.conversation.engine import begin, resume
from dialogues.conversation.inputs import BACK, STOP
from dialogues.conversation.paths import NoSuchPath, mark_of, marks_needed, path_of, unkept, walk
from dialogues.conversation.presenting import screen
from dialogues.conversation.way import Way
from tests.support.player import WORDS
from tests.support.shipped import shipped

LIBRARY = shipped()
ELEMENTS = tuple(each.id for each in LIBRARY.definitions.values() if each.is_element)
PLAYED = (*((name, Way.SHORT) for name in ELEMENTS), ("newcomer", Way.FULL), ("freetopic", Way.FULL))
ROOM = 12
"""Marks there is room for on a button, whatever ids stand beside the path."""


def first(name, audience=Audience.PRACTICE, *, way=Way.SHORT, sector="jgz", sharing=False):
    """The first turn of a dialogue of which nothing is kept."""
    definition = unkept(LIBRARY.get(name))
    facts = frozenset({f"sector:{sector}"})
    return definition, begin(definition, audience=audience, facts=facts, words=WORDS, way=way, sharing=sharing)


def shown(definition, session):
    """What is on the screen, without which visit and which tap it is."""
    now = screen(definition, session)
    return now.question, now.below, now.progress, tuple(button.label for button in now.buttons)


def onward(definition, turn):
    """The taps that may lead somewhere new.

    Not steps back and stops; and where options are switched on in any order, only those beyond the last one chosen.
    """
    session = turn.session
    step = definition.step(session.audience, session.step)
    switches = step.options if isinstance(step, MultiChoice) and not step.ordered else ()
    chosen = session.answers.get(step.id, ())
    last = max((index for index, option in enumerate(switches) if option.value in chosen), default=-1)
    taps = (button.tap for button in turn.screen.buttons if button.tap.choice not in {BACK, STOP})
    return [tap for tap in taps if not tap.choice.isdigit() or int(tap.choice) > last]


def explored(definition, start):
    """Every state somebody can come to by going on, each with its path."""
    seen = {"": start}
    waiting = [""]
    while waiting:
        path = waiting.pop()
        turn = seen[path]
        for tap in onward(definition, turn):
            after = resume(definition, turn.session, tap)
            if after.session.ended:
                continue
            further = path_of(definition, after.session)
            if further not in seen:
                seen[further] = after
                waiting.append(further)
    return seen


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "way", "audience"),
    [
        (name, way, audience)
        for name, way in PLAYED
        for audience in Audience
        # The two layers differ in words only; the long walk through the subsets of themes is made once an element.
        if audience is Audience.PRACTICE or name in {"trust", "newcomer", "freetopic"}
    ],
)
def test_every_state_of_every_dialogue_played_this_way_is_found_by_its_path(name, way, audience) -> None:
    """Played anew the path shows the same screen and is the path again; with any tap it fits a button."""
    definition, start = first(name, audience, way=way)
    most = marks_needed(definition, audience, way)
    assert most is not None
    assert most <= ROOM
    states = explored(definition, start)
    assert len(states) > 1 or name == "freetopic"
    for path, turn in states.items():
        again = walk(definition, start, path)
        assert path_of(definition, again.session) == path
        assert shown(definition, again.session) == shown(definition, turn.session)
        for button in turn.screen.buttons:
            assert len(path + mark_of(button.tap)) <= most


@pytest.mark.parametrize("sector", ["jgz", "wijkteam", "onderwijs", "gemeente", "overig"])
def test_every_sector_walks_its_own_newcomer(sector) -> None:
    """A path of one sector shows only the questions of that sector, however often it is played."""
    definition, start = first("newcomer", way=Way.FULL, sector=sector)
    for path in explored(definition, start):
        assert path_of(definition, walk(definition, start, path).session) == path


def test_a_step_back_is_the_path_without_the_last_answer() -> None:
    """So what was taken back is not on any button either."""
    definition, start = first("trust")
    assert path_of(definition, walk(definition, start, "3<").session) == ""
    assert path_of(definition, walk(definition, start, "30<4").session) == "4"
    assert path_of(definition, walk(definition, start, "300").session) == "3"


def test_more_than_fits_the_question_is_told_and_changes_nothing() -> None:
    """A fourth theme: the same state, with a passing remark."""
    definition, start = first("trust")
    turn = walk(definition, start, "30123")
    assert turn.screen.notice
    assert path_of(definition, turn.session) == "3012"


def test_options_behind_meer_are_found_again() -> None:
    """Of thirteen themes only some are shown at first; who chose a hidden one gets back to the next question."""
    definition, start = first("client", way=Way.FULL)
    step = definition.step(Audience.PRACTICE, "themes")
    assert isinstance(step, MultiChoice)
    hidden = len(step.options) - 1
    path = "30+" + "0123456789abc"[hidden] + ","
    turn = walk(definition, start, path)
    assert turn.session.step != "themes"
    assert path_of(definition, turn.session) == path


@given(st.text(st.sampled_from("0123456789abcXYZ-,+<!?é "), max_size=40))
def test_a_made_up_path_shows_a_screen_or_is_no_path(path) -> None:
    """Nothing else can come of it; and after the end there is no further mark."""
    definition, start = first("trust")
    try:
        turn = walk(definition, start, path)
    except NoSuchPath:
        return
    assert turn.screen.question
    if turn.session.ended:
        with pytest.raises(NoSuchPath):
            walk(definition, start, path + "0")
    else:
        assert len(path_of(definition, turn.session)) <= ROOM


@pytest.mark.parametrize("path", ["9", "-", "3?", "3-0", "!0", "3+", "z"])
def test_a_path_that_has_no_button_is_refused(path) -> None:
    """An option that went, a question that cannot be skipped, a mark after the end, "Meer" where there is no more."""
    definition, start = first("trust")
    with pytest.raises(NoSuchPath):
        walk(definition, start, path)


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_unkept_dialogue_promises_no_counting(name) -> None:
    """The last words are the thought, and that nothing is kept; stopping halfway says so too."""
    definition, start = first(name)
    for path in ("3-", "0-", "5", "3!", "!"):
        said = walk(definition, start, path).screen.question
        assert "telt mee" not in said
        assert "bewaard" in said
    last = LIBRARY.get(name).steps[Audience.PRACTICE][-1]
    assert isinstance(last, Closing)
    assert last.thoughts[0] in walk(definition, start, "3-").screen.question


def test_a_dialogue_that_keeps_nothing_is_played_as_it_was_written() -> None:
    """Nothing is added to its last words."""
    assert unkept(LIBRARY.get("newcomer")) is LIBRARY.get("newcomer")
    assert unkept(LIBRARY.get("trust")).storage is Storage.NOTHING


def test_a_question_with_more_options_than_marks_has_no_paths() -> None:
    """Then it is not offered this way."""
    definition, _ = first("trust")
    step = definition.step(Audience.PRACTICE, "themes")
    assert isinstance(step, MultiChoice)
    many = replace(step, options=tuple(replace(step.options[0], value=str(number)) for number in range(63)))
    longer = replace(definition, steps={Audience.PRACTICE: (many, definition.steps[Audience.PRACTICE][-1])})
    assert marks_needed(longer, Audience.PRACTICE, Way.SHORT) is None


def test_marks_needed_counts_the_steps_of_the_way_only() -> None:
    """Statement, three themes with "Meer" and "Klaar", and the tap itself."""
    definition, _ = first("trust")
    assert marks_needed(definition, Audience.PRACTICE, Way.SHORT) == 1 + 5 + 1
    assert marks_needed(definition, Audience.PRACTICE, Way.BRIEF) == 2
