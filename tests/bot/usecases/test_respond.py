"""The lead answers back, the team reads it, and silence is told as silence (requirements C1-C5, C7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.usecases.ask_for_response import AFTER, AskForResponse
from bot.usecases.errors import AlreadyEnded, NewerMaandbeeld, NotAllowed, TextTooLong
from bot.usecases.reactions import QUIET, is_undiscussed
from bot.usecases.respond import ask_why, keep_why, respond, see_reactions, take_why
from bot.usecases.set_own_quiet import set_quiet_part
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.signals import Answer
from tests.support.house import DAY, LEAD, House

WHY = "Er is dit jaar geen ruimte voor. We kijken er in mei opnieuw naar."


@pytest.fixture
def chats(house):
    house.stock(10)
    return house.members(6)


@pytest.fixture
def maandbeeld_id(house, chats):
    """The first maandbeeld: of trust, with one theme that three people chose."""
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    found = house.maandbeeld()
    house.send()
    return found


def next_round(house: House, chats):
    about = house.next_round()
    for chat in chats:
        house.answer(chat, about.id)
    return about


def opening(house: House) -> str:
    """What the members read before the next question; the same for all."""
    house.next_round()
    (said,) = {sending.message.opening for sending in house.send() if hasattr(sending.message, "opening")}
    return said


def says_no(house: House, maandbeeld_id: str, why: str = WHY):
    ask_why(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="no")
    return take_why(house.deps, chat_id=LEAD, text=why)


def test_a_no_with_its_reason_is_read_before_the_next_question(house, maandbeeld_id):
    """Signed by the role: the row knows no person, and what members read neither."""
    assert says_no(house, maandbeeld_id).kept
    said = opening(house)
    assert f"Over Vertrouwen en respect laat je teamleider weten: doen we niet. Waarom: “{WHY}”" in said
    assert "nog geen reactie" not in said
    assert house.person(LEAD).name not in said
    (row,) = house.rows("SELECT * FROM response")
    assert house.person(LEAD).id not in row
    assert house.read(lambda work: work.forms.get(house.person(LEAD).id)) is None


def test_a_reaction_about_this_very_element_comes_before_a_newer_one(house, maandbeeld_id, chats):
    """Also from an earlier maandbeeld; it says that it was about this the previous time."""
    says_no(house, maandbeeld_id)
    about = house.next_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    second = house.maandbeeld()
    respond(house.deps, chat_id=LEAD, maandbeeld_id=second, place=0, answer="later")
    house.send()
    with house.storage.begin() as work:
        schedule = work.schedules.get(house.team_id)
        work.schedules.put(replace(schedule, first=("trust",)))
        work.commit()
    assert "Vorige keer ging het over Vertrouwen en respect. Je teamleider laat weten: doen we niet." in opening(house)


def test_the_next_maandbeeld_tells_what_was_said_and_what_was_not(house, maandbeeld_id, chats):
    """What is open stands on top; a reaction stands under what happened with the previous time."""
    for answered in (False, True):
        about = next_round(house, chats)
        house.close(about)
        if answered:
            respond(house.deps, chat_id=LEAD, maandbeeld_id=newest(house).id, place=0, answer="yes")
        house.maandbeeld()
        page = Maandbeeld.from_json(newest(house).body)
        assert bool(page.unanswered) != answered
        assert (": doen we." in page.feedback) == answered
        assert ("is gereageerd" in page.participation) == answered


def newest(house: House):
    return house.read(lambda work: work.maandbeelden.latest(house.team_id))


def test_after_the_next_maandbeeld_nothing_changes_any_more(house, maandbeeld_id, chats):
    """The reaction stays as it was, and a form that was left open saves nothing."""
    ask_why(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="no")
    house.close(next_round(house, chats))
    house.maandbeeld()
    before = house.rows("SELECT * FROM response")
    for attempt in (
        lambda: respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes"),
        lambda: take_why(house.deps, chat_id=LEAD, text=WHY),
        lambda: see_reactions(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id),
    ):
        with pytest.raises(NewerMaandbeeld):
            attempt()
    assert house.rows("SELECT * FROM response") == before


def test_a_reaction_can_be_changed_until_then(house, maandbeeld_id):
    """The newer one holds, its reason with it."""
    says_no(house, maandbeeld_id)
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes")
    seen = see_reactions(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id).signals[0]
    assert (seen.reaction.answer, seen.reaction.why) == (Answer.YES, "")


@pytest.mark.parametrize(("place", "answer"), [(0, "no"), (0, "maybe"), (99, "yes"), (-1, "yes")])
def test_a_no_needs_a_reason_and_only_what_stands_there_can_be_answered(house, maandbeeld_id, place, answer):
    """Refused, and nothing is kept."""
    with pytest.raises(NotAllowed):
        respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=place, answer=answer)
    assert house.rows("SELECT * FROM response") == []


# The guard


def test_a_name_is_asked_about_and_the_writer_decides(house, maandbeeld_id):
    """Nothing is saved before that; then word for word."""
    typed = says_no(house, maandbeeld_id, "Karin de Boer heeft het te druk.")
    assert (typed.kept, typed.judged.never) == (False, False)
    assert "een naam" in typed.judged.found
    assert house.rows("SELECT * FROM response") == []
    assert keep_why(house.deps, chat_id=LEAD).kept
    assert house.rows("SELECT why FROM response") == [("Karin de Boer heeft het te druk.",)]
    with pytest.raises(AlreadyEnded):
        keep_why(house.deps, chat_id=LEAD)


def test_a_number_is_never_kept(house, maandbeeld_id):
    """Not in the form either; the writer cannot wave it away."""
    typed = says_no(house, maandbeeld_id, "Bel 06-12345678 hierover.")
    assert typed.judged.never
    assert not any("12345678" in repr(row) for rows in house.everything().values() for row in rows)
    with pytest.raises(AlreadyEnded):
        keep_why(house.deps, chat_id=LEAD)


def test_a_long_text_is_refused(house, maandbeeld_id):
    """The form goes on waiting."""
    with pytest.raises(TextTooLong):
        says_no(house, maandbeeld_id, "a" * 281)
    assert take_why(house.deps, chat_id=LEAD, text=WHY).kept


# The question after four weeks


def asked(house: House):
    return [each.message for each in house.send() if isinstance(each.message, AskForResponse)]


@pytest.fixture
def four_weeks_later(house, maandbeeld_id):
    """The moment of the question; no newer maandbeeld is there."""
    (row,) = house.deliveries("ask_response", maandbeeld_id)
    composed = newest(house).composed_at
    assert row.due_at == composed + AFTER

    def go():
        house.clock.moment = row.due_at + 2 * DAY

    return go


def test_the_lead_is_asked_once_for_what_is_open(house, maandbeeld_id, four_weeks_later):
    """Not a day before, and never again; from then on members read that it was asked."""
    house.clock.moment = newest(house).composed_at + AFTER - timedelta(minutes=1)
    assert asked(house) == []
    four_weeks_later()
    (message,) = asked(house)
    assert message.open == ("Vertrouwen en respect",)
    house.clock.pass_(20 * DAY)
    assert asked(house) == []
    house.next_round()
    assert "heb ik nog geen reactie van je teamleider. Ik heb erom gevraagd." in opening(house)


def test_who_answered_is_not_asked(house, maandbeeld_id, four_weeks_later):
    """The row ends without a message."""
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="later")
    four_weeks_later()
    assert asked(house) == []
    assert [each.state for each in house.deliveries("ask_response", maandbeeld_id)] == ["expired"]


def test_changing_quiet_times_does_not_bring_the_question_forward(house, maandbeeld_id):
    """It keeps its four weeks, whatever is planned again."""
    set_quiet_part(house.deps, chat_id=LEAD, weekday="friday", part="middag")
    assert asked(house) == []
    (row,) = house.deliveries("ask_response", maandbeeld_id)
    assert row.due_at >= newest(house).composed_at + AFTER


# Discussed or not


def test_three_months_of_silence_are_undiscussed(house, maandbeeld_id):
    """Not before, and not when something was said since."""

    def undiscussed():
        return house.read(lambda work: is_undiscussed(work, house.deps, house.team_id))

    start = newest(house).composed_at
    house.clock.moment = start + QUIET - DAY
    assert not undiscussed()
    house.clock.moment = start + QUIET
    assert undiscussed()
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="later")
    assert not undiscussed()
