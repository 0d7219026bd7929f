"""The lead answers back, the team reads it, and silence is told as silence (requirements C1-C5, C7)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases.ask_for_response import AFTER, AskForResponse
from bot.usecases.errors import AlreadyEnded, NewerMaandbeeld, NotAllowed, TextTooLong
from bot.usecases.feedback import MOST_BYTES
from bot.usecases.reactions import QUIET, is_undiscussed
from bot.usecases.respond import ask_why, keep_why, respond, take_why, typed_again
from bot.usecases.see_reactions import see_reactions
from bot.usecases.set_own_quiet import set_quiet_part
from bot.usecases.set_schedule import set_meeting
from dialogues.insight import TeamFacts, compose
from dialogues.insight.maandbeeld import ElementView, Maandbeeld
from dialogues.insight.signals import Answer
from tests.support.house import ANNE, COORDINATOR, DAY, LEAD, House
from tests.support.played import played_once

SECOND_TUESDAY = "FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU"
WHY = "Er is dit jaar geen ruimte voor. We kijken er in mei opnieuw naar."


@played_once
def chats(house):
    house.stock(10)
    return house.members(6)


@played_once
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


def test_every_reaction_is_read_and_what_is_open_beside_it(house, chats):
    """Two topics, one answered: the team reads it, and that the other is open; then both, the newest first."""
    house.answered(chats, house.open_round())
    house.answered(chats, house.next_round())
    page_id = house.maandbeeld()
    first, second = (each.signal for each in seen_by_lead(house, page_id).signals if not each.signal.theme)
    respond(house.deps, chat_id=LEAD, maandbeeld_id=page_id, place=first.place, answer="later")
    house.send()
    said = opening(house)
    assert f"Over {first.title} laat je teamleider weten: later." in said
    assert f"Over {second.title} heb ik nog geen reactie van je teamleider." in said
    house.clock.pass_(DAY)
    respond(house.deps, chat_id=LEAD, maandbeeld_id=page_id, place=second.place, answer="yes")
    house.send()
    newest_first = f"Over {second.title} laat je teamleider weten: doen we.\nOver {first.title}: later."
    assert opening(house).startswith(newest_first)


def wide_page(house, titles):
    """A maandbeeld about all of these topics."""
    views = tuple(ElementView(id=f"e{place}", title=title, when="") for place, title in enumerate(titles))
    page = replace(compose(TeamFacts(team="t", month="oktober 2026"), ()), elements=views).to_json()
    with house.storage.begin() as work:
        work.maandbeelden.add("m", team_id=house.team_id, month="2026-10", body=page, composed_at=house.clock.now())
        work.commit()


def test_without_room_for_every_reason_all_reactions_are_told(house, chats):
    """A session has one size: the reasons of the last ones stay in the maandbeeld, and silence is told all the same."""
    wide_page(house, [f"Onderwerp {each}" for each in range(7)])
    house.open_round()
    for place in range(6):
        ask_why(house.deps, chat_id=LEAD, maandbeeld_id="m", place=place, answer="no")
        take_why(house.deps, chat_id=LEAD, text='"' * 140 + "é" * 140)
    said = opening(house)
    assert all(f"Over Onderwerp {place}" in said for place in range(7))
    assert 1 <= said.count("Waarom:") < 6
    assert "Over Onderwerp 6 heb ik nog geen reactie" in said
    assert len(json.dumps(said, ensure_ascii=False).encode()) <= MOST_BYTES


def test_without_room_for_every_reaction_the_silence_is_told(house, chats):
    """The oldest go whole; that nothing was said to the last topic is never what is left out."""
    wide_page(house, [f"Onderwerp {each} {'o' * 60}" for each in range(31)])
    house.open_round()
    for place in range(30):
        respond(house.deps, chat_id=LEAD, maandbeeld_id="m", place=place, answer="later")
    said = opening(house)
    assert said.startswith("Over Onderwerp 0")
    assert "Over Onderwerp 29" not in said
    assert said.splitlines()[-1].endswith("heb ik nog geen reactie van je teamleider.")
    assert len(json.dumps(said, ensure_ascii=False).encode()) <= MOST_BYTES


def asks_trust_next(house: House) -> None:
    with house.storage.begin() as work:
        schedule = work.schedules.get(house.team_id)
        work.schedules.put(replace(schedule, first=("trust",)))
        work.commit()


def test_what_was_said_about_this_very_element_is_told_after_the_newest(house, maandbeeld_id, chats):
    """Also from an earlier maandbeeld; it says that it was about this the previous time, and comes last."""
    says_no(house, maandbeeld_id)
    house.answered(chats, house.next_round())
    second = house.maandbeeld()
    respond(house.deps, chat_id=LEAD, maandbeeld_id=second, place=0, answer="later")
    house.send()
    asks_trust_next(house)
    newest_said, _, before = opening(house).partition("De vorige keer dat het over Vertrouwen en respect ging")
    assert "laat je teamleider weten: later." in newest_said
    assert before.startswith(", liet je teamleider weten: doen we niet.")


def test_a_reaction_from_before_the_element_was_asked_again_is_not_told(house, maandbeeld_id, chats):
    """The second time nothing was said: that is what stands, and not the yes of the first time."""
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes")
    for first in (True, False):
        if first:
            asks_trust_next(house)
        house.answered(chats, house.next_round())
        house.maandbeeld()
    house.send()
    asks_trust_next(house)
    said = opening(house)
    if house.read(lambda work: work.rounds.latest(house.team_id)).element != "trust":  # the family goes first
        said = opening(house)
    assert house.read(lambda work: work.rounds.latest(house.team_id)).element == "trust"
    assert "doen we" not in said
    assert "De vorige keer" not in said
    assert "heb ik nog geen reactie van je teamleider." in said


def test_asked_again_is_asked_again_also_where_too_few_answered(house, maandbeeld_id, chats):
    """Else the opening would tell whether enough people answered."""
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes")
    asks_trust_next(house)
    again = house.next_round()
    assert again.element == "trust"
    house.answered(chats[:1], again)
    house.maandbeeld()
    house.send()
    asks_trust_next(house)
    said = opening(house)
    assert house.read(lambda work: work.rounds.latest(house.team_id)).element == "trust"
    assert "De vorige keer" not in said


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


def test_what_stays_open_can_be_answered_until_the_maandbeeld_after_the_next(house, maandbeeld_id, chats):
    """On top of the new page and on the buttons of the old one; the team reads it, and the page after tells it."""
    ask_why(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="no")
    house.answered(chats, house.next_round())
    second = house.maandbeeld()
    house.send()
    assert take_why(house.deps, chat_id=LEAD, text=WHY).kept
    seen = seen_by_lead(house, second)
    assert seen == seen_by_lead(house, maandbeeld_id)
    top = seen.signals[0]
    assert (top.maandbeeld_id, top.month, top.reaction.why) == (maandbeeld_id, "november 2026", WHY)
    assert "Vertrouwen en respect" not in [each.title for each in seen.open]
    assert f"Over Vertrouwen en respect laat je teamleider weten: doen we niet. Waarom: “{WHY}”" in opening(house)
    house.answered(chats, house.read(lambda work: work.rounds.latest(house.team_id)))
    house.maandbeeld()
    told = Maandbeeld.from_json(newest(house).body).feedback
    assert told.endswith(f"op het maandbeeld van november 2026. Vertrouwen en respect: doen we niet. Waarom: “{WHY}”")
    with pytest.raises(NewerMaandbeeld):
        seen_by_lead(house, maandbeeld_id)


def test_what_was_answered_or_is_shown_again_stays_as_it_is(house, maandbeeld_id, chats):
    """An answer holds from the next maandbeeld on; a topic that is in that one too is answered there."""
    asks_trust_next(house)
    house.answered(chats, house.next_round())
    second = house.maandbeeld()
    respond(house.deps, chat_id=LEAD, maandbeeld_id=second, place=0, answer="yes")
    house.answered(chats, house.next_round())
    house.maandbeeld()
    before = house.rows("SELECT * FROM response")
    for page_id in (maandbeeld_id, second):
        for attempt in (
            lambda page_id=page_id: respond(house.deps, chat_id=LEAD, maandbeeld_id=page_id, place=0, answer="later"),
            lambda page_id=page_id: ask_why(house.deps, chat_id=LEAD, maandbeeld_id=page_id, place=0, answer="no"),
        ):
            with pytest.raises(NewerMaandbeeld):
                attempt()
    assert house.rows("SELECT * FROM response") == before


def test_where_a_topic_is_shown_again_its_old_page_has_nothing_left(house, maandbeeld_id, chats):
    """One topic, one place to answer it."""
    asks_trust_next(house)
    house.answered(chats, house.next_round())
    second = house.maandbeeld()
    assert {each.maandbeeld_id for each in seen_by_lead(house, second).signals} == {second}
    with pytest.raises(NewerMaandbeeld):
        respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes")


def seen_by_lead(house: House, page_id: str):
    return see_reactions(house.deps, chat_id=LEAD, maandbeeld_id=page_id)


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


def test_a_reason_that_comes_again_after_it_was_saved_changes_nothing(house, maandbeeld_id):
    """Known by the words that stand there: who gave them is kept nowhere. Other words, or another's, are not known."""
    says_no(house, maandbeeld_id)
    before = house.everything()
    again = typed_again(house.deps, chat_id=LEAD, text=f" {WHY} ")
    assert (again.kept, again.maandbeeld_id, again.place, again.answer) == (True, maandbeeld_id, 0, Answer.NO)
    assert typed_again(house.deps, chat_id=LEAD, text="Iets anders.") is None
    assert typed_again(house.deps, chat_id=ANNE, text=WHY) is None
    assert house.everything() == before


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


def test_only_what_was_asked_for_is_told_as_asked(house, maandbeeld_id, chats, four_weeks_later):
    """The lead was asked about the first maandbeeld, and not yet about the second."""
    four_weeks_later()
    assert asked(house)
    house.answered(chats, house.next_round())
    house.maandbeeld()
    house.send()
    said = opening(house)
    assert "en Vertrouwen en respect heb ik nog geen reactie" in said
    assert "Ik heb erom gevraagd" not in said


def test_the_question_comes_also_when_the_next_maandbeeld_is_there(house, chats):
    """A meeting on the second Tuesday most often leaves 28 days in between: the lead would never be asked."""
    house.clock.moment = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
    house.rhythm()
    set_meeting(
        house.deps,
        chat_id=COORDINATOR,
        team_id=house.team_id,
        meeting=SECOND_TUESDAY,
        days_before=3,
    )
    house.answered(chats, house.open_round())
    first = house.maandbeeld()
    made = newest(house).composed_at
    house.answered(chats, house.next_round())
    second = house.maandbeeld()
    assert newest(house).composed_at - made == AFTER
    (message,) = asked(house)
    assert (message.maandbeeld_id, message.open) == (first, ("Vertrouwen en respect",))
    respond(house.deps, chat_id=LEAD, maandbeeld_id=first, place=0, answer="later")
    assert {each.month for each in seen_by_lead(house, second).open} == {""}


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
