"""Starting, answering, typing, stopping and changing an answer, against the real envelope."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.usecases.answer_step import answer_step, take_text
from bot.usecases.errors import AlreadyEnded, MovedOn, NoLongerOpen, NotAllowed
from bot.usecases.housekeeping import tidy
from bot.usecases.see_team import see_team
from bot.usecases.start_dialogue import start_dialogue, unanswered_round
from dialogues.conversation.definition import Audience
from dialogues.conversation.inputs import STOP, Tap
from dialogues.conversation.way import Way
from storage.envelopes import open_sealed
from tests.support.chance import examples
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, HOUR, LEAD, OUTSIDER, STRANGER, label_tap
from tests.support.played import played_once


@played_once
def about(house):
    """An open round about trust."""
    return house.open_round("trust")


def given_answers(house, about, chat=ANNE):
    """What the envelope of this chat holds now, opened as the opener would; None without an envelope."""
    keys = house.storage.keys
    slot = keys.slot(about.key_id, house.person(chat).id)
    boxes = dict(house.read(lambda work: work.answers.sealed(about.id)))
    if slot not in boxes:
        return None
    return dict(open_sealed(boxes[slot], keys.private(about.key_id)).answers)


def stop(house, view, *, chat=ANNE):
    return house.give(chat, view, next(each.tap for each in view.screen.buttons if each.tap.choice == STOP))


def test_starting_stores_a_session_and_no_envelope(house, about):
    """Only an answer makes an envelope."""
    view = house.start(ANNE, about.id)
    assert (view.ended, view.answered, view.closes_at) == (False, False, about.closes_at)
    assert given_answers(house, about) is None
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(1,)]


def test_every_answer_is_sealed_at_once(house, about):
    """After each tap the envelope holds all that was given so far; stopping keeps it and ends the session."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "2 ·")
    assert given_answers(house, about) == {"statement": ("2",)}
    view = house.tap(ANNE, view, "JGZ en het buurtteam")
    assert given_answers(house, about) == {"statement": ("2",), "side": ("jgz_team",)}
    assert stop(house, view).ended
    assert given_answers(house, about) == {"statement": ("2",), "side": ("jgz_team",)}
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(0,)]


def test_starting_again_from_the_same_message_goes_on(house, about):
    """A second Start (a double tap) shows the waiting question and loses nothing."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "4 ·")
    before = house.everything()
    assert house.start(ANNE, about.id, message_id=view.message_id).screen == view.screen
    assert house.everything() == before


def test_a_repeated_tap_changes_nothing(house, about):
    """The same tap again (Telegram delivered it twice) shows the waiting question."""
    start = house.start(ANNE, about.id)
    tap = label_tap(start, "4 ·")
    view = house.give(ANNE, start, tap)
    again = house.give(ANNE, start, tap)
    assert (again.screen.question, again.ended) == (view.screen.question, False)
    assert (view.repeated, again.repeated) == (False, True)
    assert given_answers(house, about) == {"statement": ("4",)}


def test_a_tap_after_the_end_is_told_apart(house, about):
    """The last tap again, or any button of the ended dialogue, is AlreadyEnded and changes nothing."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "4 ·")
    stop(house, view)
    before = house.everything()
    with pytest.raises(AlreadyEnded):
        stop(house, view)
    with pytest.raises(AlreadyEnded):
        house.tap(ANNE, view, "Alle drie")
    assert house.everything() == before


def test_a_button_of_another_message_is_not_taken(house, about):
    """A dialogue lives in one message; an older message of the same round is not its screen."""
    view = house.start(ANNE, about.id)
    with pytest.raises(MovedOn):
        answer_step(house.deps, chat_id=ANNE, round_id=about.id, message_id=1, tap=label_tap(view, "4 ·"))


def test_nothing_is_taken_after_the_close(house, about):
    """From the minute of closing, also before the release has run, and after it."""
    view = house.start(ANNE, about.id)
    house.clock.moment = about.closes_at
    with pytest.raises(NoLongerOpen):
        house.tap(ANNE, view, "4 ·")
    with pytest.raises(NoLongerOpen):
        house.start(ANNE, about.id)
    assert take_text(house.deps, chat_id=ANNE, text_message_id=9000, text="Bellen.") is None
    house.close(about)
    with pytest.raises(NoLongerOpen):
        house.start(BRAM, about.id)
    with pytest.raises(NoLongerOpen):
        house.give(ANNE, view, label_tap(view, "4 ·"))


@pytest.mark.parametrize("chat", [STRANGER, OUTSIDER, LEAD, COORDINATOR])
def test_only_who_is_asked_can_answer(house, about, chat):
    """Stranger, outsider, lead and coordinator cannot start, and cannot tap a button copied from a member."""
    view = house.start(ANNE, about.id)
    before = house.everything()
    with pytest.raises(NotAllowed):
        house.start(chat, about.id)
    with pytest.raises(NotAllowed):
        house.tap(chat, view, "4 ·")
    assert house.everything() == before


def test_a_colleague_cannot_go_on_in_my_dialogue(house, about):
    """Bram is asked too, but a tap copied from Anne's screen finds no dialogue of his."""
    view = house.start(ANNE, about.id)
    with pytest.raises(AlreadyEnded):
        house.tap(BRAM, view, "4 ·")
    assert given_answers(house, about, BRAM) is None


def test_changing_an_answer_keeps_the_old_one_until_the_new(house, about):
    """Starting again leaves the envelope alone; the first new answer replaces it as a whole."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "2 ·")
    stop(house, house.tap(ANNE, view, "Alle drie"))
    again = house.start(ANNE, about.id, message_id=view.message_id)
    assert given_answers(house, about) == {"statement": ("2",), "side": ("all_sides",)}
    stop(house, again)
    assert given_answers(house, about) == {"statement": ("2",), "side": ("all_sides",)}
    house.tap(ANNE, house.start(ANNE, about.id, message_id=view.message_id), "5 ·")
    assert given_answers(house, about) == {"statement": ("5",)}
    assert house.rows("SELECT count(*) FROM envelope") == [(1,)]


def test_what_is_switched_off_again_does_not_count(house):
    """Somebody who takes back their only choice has given nothing: the envelope does not keep it."""
    about = house.start_round()
    view = house.tap(ANNE, house.start(ANNE, about.id), "Elkaar kennen")
    assert given_answers(house, about) == {"important": ("start.know",)}
    house.tap(ANNE, view, "✓ Elkaar kennen")
    assert not given_answers(house, about)


def test_skipping_at_the_start_of_a_change_keeps_the_old_answers(house):
    """A skip is no new answer, so it replaces nothing."""
    about = house.start_round()
    view = house.tap(ANNE, house.start(ANNE, about.id), "Elkaar kennen")
    stop(house, view)
    again = house.start(ANNE, about.id, message_id=view.message_id)
    house.tap(ANNE, again, "Sla over")
    assert given_answers(house, about) == {"important": ("start.know",)}


def test_a_typed_text_moves_the_dialogue_on_and_is_not_kept(house, about):
    """The open question takes one text; the same message again changes nothing."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "Geen zicht op")
    assert view.screen.expects_text
    after = take_text(house.deps, chat_id=ANNE, text_message_id=view.message_id + 1, text="Bellen.")
    assert after is not None
    assert after.screen.question != view.screen.question
    before = house.everything()
    assert take_text(house.deps, chat_id=ANNE, text_message_id=view.message_id + 1, text="Bellen.") is None
    assert house.everything() == before


def test_a_text_without_an_open_question_is_for_nobody(house, about):
    """At a question with buttons, without a dialogue, and from a stranger."""
    assert take_text(house.deps, chat_id=ANNE, text_message_id=1, text="Bellen.") is None
    house.start(ANNE, about.id)
    assert take_text(house.deps, chat_id=ANNE, text_message_id=9001, text="Bellen.") is None
    with pytest.raises(NotAllowed):
        take_text(house.deps, chat_id=STRANGER, text_message_id=1, text="Bellen.")


def test_a_session_that_cannot_be_read_counts_as_none(house, about):
    """A damaged row, or one from another version, lets the person start anew; the envelope is still there."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "4 ·")
    with house.storage.begin() as work:
        slot = house.storage.keys.slot(about.key_id, house.person(ANNE).id)
        work.answers.put_session(about.id, slot=slot, blob=bytes(4136), stale_on=house.deps.today() + DAY)
        work.commit()
    with pytest.raises(AlreadyEnded):
        house.tap(ANNE, view, "Alle drie")
    assert house.start(ANNE, about.id, message_id=view.message_id).screen.buttons
    assert given_answers(house, about) == {"statement": ("4",)}


def test_a_silent_dialogue_is_forgotten_after_a_day_and_the_answer_stays(house, about):
    """The session survives until a whole day of silence has passed, then only the envelope is left."""
    view = house.tap(ANNE, house.start(ANNE, about.id), "4 ·")
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(1,)]
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(0,)]
    assert given_answers(house, about) == {"statement": ("4",)}
    with pytest.raises(AlreadyEnded):
        house.tap(ANNE, view, "Alle drie")


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_delivering_the_end_of_the_history_again_changes_nothing(house, data):
    """Any tail of somebody's taps, delivered again in order (what Telegram does after a crash), ends the same."""
    about = house.start_round()
    message = house.message()
    history: list[Tap | None] = [None]
    view = house.start(ANNE, about.id, message_id=message)
    for _ in range(data.draw(st.integers(1, 8))):
        if view.ended:
            history.append(None)
            view = house.start(ANNE, about.id, message_id=message)
        button = data.draw(st.sampled_from(view.screen.buttons))
        history.append(button.tap)
        view = house.give(ANNE, view, button.tap)
    expected = given_answers(house, about)
    for each in history[data.draw(st.integers(0, len(history) - 1)) :]:
        _deliver(house, about, message, each)
    assert given_answers(house, about) == expected


def _deliver(house, about, message, each):
    if each is None:
        house.start(ANNE, about.id, message_id=message)
        return
    try:
        answer_step(house.deps, chat_id=ANNE, round_id=about.id, message_id=message, tap=each)
    except (AlreadyEnded, MovedOn):
        return


def test_a_busy_day_is_one_tap_that_counts_fully(house):
    """The short form asks the statement only, and its envelope is as good as any."""
    about = house.open_round()
    message = house.message()
    view = start_dialogue(house.deps, chat_id=ANNE, round_id=about.id, message_id=message, way=Way.BRIEF)
    tap = label_tap(view, "4")
    view = answer_step(house.deps, chat_id=ANNE, round_id=about.id, message_id=message, tap=tap)
    assert view.ended
    assert view.answered


def test_a_moment_now_is_for_what_was_not_answered_yet(house):
    """The shortest open round, whatever closes first, until something was given in it; then nothing is left."""
    about = house.open_round()
    assert unanswered_round(house.deps, chat_id=ANNE) == about.id
    start = house.start_round()
    assert start.closes_at != about.closes_at
    assert unanswered_round(house.deps, chat_id=ANNE) == about.id
    with house.storage.begin() as work:
        work.rounds.close_at(about.id, start.closes_at + HOUR)
        work.commit()
    assert unanswered_round(house.deps, chat_id=ANNE) == about.id
    house.answer(ANNE, about.id)
    assert unanswered_round(house.deps, chat_id=ANNE) == start.id
    house.tap(ANNE, house.start(ANNE, start.id), "Elkaar kennen")
    assert unanswered_round(house.deps, chat_id=ANNE) is None


def test_a_round_keeps_the_words_it_began_with(house):
    """New content files change nothing for who is in the middle, and nothing for the maandbeeld of that round."""
    about = house.open_round()
    view = house.start(ANNE, about.id)
    trust = house.deps.library.get("trust")
    rewritten = replace(
        trust, title="Iets heel anders", steps={**trust.steps, Audience.PRACTICE: trust.steps[Audience.PRACTICE][1:]}
    )
    library = house.deps.library
    newer = replace(
        library,
        definitions={**library.definitions, "trust": rewritten},
        sources={**library.sources, "trust": library.sources["roles"]},
    )
    house.deps = replace(house.deps, library=newer)
    assert house.tap(ANNE, view, "4").answered
    bram = house.start(BRAM, about.id)
    assert bram.screen.question == view.screen.question
    state = see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert (about.id, trust.title) in [(each.id, title) for each, title in state.open_rounds]
    without = {name: each for name, each in library.definitions.items() if name != "trust"}
    house.deps = replace(house.deps, library=replace(library, definitions=without, sources={}))
    assert house.tap(BRAM, bram, "4").answered
    assert house.close(about) == "thin"
