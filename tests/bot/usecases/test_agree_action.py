"""A step is agreed, read by the team, and decided on (requirements C6, D1, A8)."""

from __future__ import annotations

import pytest

from bot.usecases.agree_action import (
    LONGEST_STEP,
    OWN,
    agree_action,
    ask_step,
    decide_action,
    see_steps,
    take_step,
)
from bot.usecases.ask_to_decide import ask_leads_to_decide
from bot.usecases.errors import AlreadyEnded, NotAllowed, OtherStep, TextTooLong
from bot.usecases.feedback import MOST_BYTES
from bot.usecases.reactions import is_undiscussed
from bot.usecases.respond import ask_why, take_why
from bot.usecases.see_own_data import own_data
from bot.usecases.see_year import see_team_year
from dialogues.insight.maandbeeld import Maandbeeld
from tests.dialogues.insight.test_year import everything
from tests.support.house import DAY, LEAD, House
from tests.support.played import played_once


@played_once
def chats(house):
    house.stock(10)
    return house.members(6)


@played_once
def maandbeeld_id(house, chats):
    about = house.open_round()
    answered(house, chats, about)
    found = house.maandbeeld()
    house.send()
    return found


def answered(house: House, chats, about):
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)


def agrees(house: House, maandbeeld_id: str, place: str = "0", owner: str = "wijkteam", weeks: int = 4):
    return agree_action(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=place, owner=owner, weeks=weeks)


def decides(house: House, maandbeeld_id: str, action, decision: str):
    return decide_action(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, action_id=action.id, decision=decision)


def opening(house: House) -> str:
    house.next_round()
    (said,) = {sending.message.opening for sending in house.send() if hasattr(sending.message, "opening")}
    return said


def next_page(house: House, chats) -> Maandbeeld:
    answered(house, chats, house.next_round())
    house.maandbeeld()
    return Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.latest(house.team_id)).body)


def test_the_team_reads_what_was_agreed_and_whose_turn_it_is(house, maandbeeld_id, chats):
    """Before the next question and in the next maandbeeld; a role and no name; the row knows no person."""
    action = agrees(house, maandbeeld_id, weeks=8)
    offered = see_steps(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id).candidates
    assert action.step == offered[0].label
    step = action.step.rstrip(".")
    assert f"Afgesproken: {step}. Trekker: het buurtteam. Terugkijken: " in opening(house)
    (row,) = house.rows("SELECT * FROM improvement_action")
    assert house.person(LEAD).id not in row
    (told,) = next_page(house, chats).agreed
    assert (told.step, len(told.lines)) == (step, 1)
    assert told.lines[0].startswith("Afgesproken op 1 december 2026. Trekker: het buurtteam. Terugkijken: 26 jan")


def test_the_same_twice_is_once_and_another_takes_its_place(house, maandbeeld_id):
    """At most one is open."""
    first = agrees(house, maandbeeld_id)
    assert agrees(house, maandbeeld_id) == first
    second = agrees(house, maandbeeld_id, place="1")
    assert house.rows("SELECT step, state FROM improvement_action ORDER BY state") == [
        (first.step, "changed"), (second.step, "open"),
    ]  # fmt: skip


@pytest.mark.parametrize(("decision", "told"), [("stop", "Gestopt: "), ("keep", "Dit houden we vast: ")])
def test_what_was_decided_is_told_once_before_a_question_and_in_one_maandbeeld(
    house, maandbeeld_id, chats, decision, told
):
    """The team reads that it ended, and after that no more of it."""
    action = agrees(house, maandbeeld_id)
    decides(house, maandbeeld_id, action, decision)
    assert f"{told}{action.step.rstrip('.')}" in opening(house)
    (story,) = next_page(house, chats).agreed
    assert "Terugkijken" not in story.lines[0]
    assert story.lines[-1].startswith("Besloten op 1 december 2026: ")
    assert told not in opening(house)
    assert next_page(house, chats).agreed == ()
    newest = house.read(lambda work: work.maandbeelden.latest(house.team_id)).id
    with pytest.raises(OtherStep):
        decides(house, newest, action, "go_on")


def test_going_on_moves_the_day_to_look_back(house, maandbeeld_id):
    """Four weeks from today; the step stays open."""
    agreed = agrees(house, maandbeeld_id)
    house.clock.pass_(10 * DAY)
    action = decides(house, maandbeeld_id, agreed, "go_on")
    assert action.state == "open"
    assert action.look_back_on == house.deps.today() + 28 * DAY


def test_another_role_or_day_leaves_it_the_same_step(house, maandbeeld_id, chats):
    """A correction: it counts from the day it was agreed, and nobody reads of another step, now or in the year."""
    first = agrees(house, maandbeeld_id)
    house.clock.pass_(3 * DAY)
    second = agrees(house, maandbeeld_id, owner="samen", weeks=8)
    assert (second.id, second.agreed_on, second.owner) == (first.id, first.agreed_on, "samen")
    assert second.look_back_on == house.deps.today() + 56 * DAY
    (told,) = next_page(house, chats).agreed
    assert [line.partition(" Terugkijken")[0] for line in told.lines] == [
        "Afgesproken op 1 december 2026. Trekker: samen."
    ]


def test_a_day_that_has_passed_is_not_told_as_coming(house, maandbeeld_id, chats):
    """Before a question, in the maandbeeld and in the year: that it is time."""
    agrees(house, maandbeeld_id)
    (told,) = next_page(house, chats).agreed
    year = everything(see_team_year(house.deps, chat_id=LEAD, team_id=house.team_id, year=2026))
    prompt = next(said for _ in range(4) if "Afgesproken" in (said := opening(house)))
    for text in (prompt, told.lines[0], year):
        assert "Het is tijd om samen terug te kijken." in text
        assert "Terugkijken" not in text


def test_once_the_lead_was_asked_another_day_is_going_on(house, maandbeeld_id, chats):
    """The question is answered with that, and the maandbeeld tells it as such."""
    first = agrees(house, maandbeeld_id)
    house.rhythm()
    house.clock.pass_(29 * DAY)
    ask_leads_to_decide(house.deps)
    second = agrees(house, maandbeeld_id, weeks=8)
    assert (second.id, second.went_on_on) == (first.id, house.deps.today())
    assert house.read(lambda work: work.improvement_actions.open_of(house.team_id)) == second


@pytest.mark.parametrize(
    ("place", "owner", "weeks"),
    [("99", "samen", 4), ("x", "samen", 4), ("-1", "samen", 4), ("0", "Karin", 4), ("0", "samen", 5)],
)
def test_only_what_is_offered_can_be_agreed(house, maandbeeld_id, place, owner, weeks):
    """An owner is one of the roles; nothing is kept otherwise."""
    with pytest.raises(NotAllowed):
        agrees(house, maandbeeld_id, place, owner, weeks)
    assert house.rows("SELECT * FROM improvement_action") == []


def test_own_words_go_by_the_guard(house, maandbeeld_id):
    """A number is never kept, a long one is refused, a clean one is agreed word for word and the form is gone."""
    with pytest.raises(AlreadyEnded):
        agrees(house, maandbeeld_id, OWN)
    ask_step(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    assert take_step(house.deps, chat_id=LEAD, text="Bel 06-12345678 vaker.").judged.never
    assert not any("12345678" in repr(row) for rows in house.everything().values() for row in rows)
    with pytest.raises(AlreadyEnded):
        agrees(house, maandbeeld_id, OWN)
    with pytest.raises(TextTooLong):
        take_step(house.deps, chat_id=LEAD, text="a" * (LONGEST_STEP + 1))
    take_step(house.deps, chat_id=LEAD, text="Eens per maand samen koffie.")
    assert own_data(house.deps, chat_id=LEAD).tables
    assert agrees(house, maandbeeld_id, OWN).step == "Eens per maand samen koffie."
    assert house.read(lambda work: work.forms.get(house.person(LEAD).id)) is None


def test_what_is_told_before_a_question_always_fits_a_session(house, maandbeeld_id):
    """The longest reason in the costliest signs leaves the step to the maandbeeld."""
    ask_why(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="no")
    take_why(house.deps, chat_id=LEAD, text="😀" * 280)
    ask_step(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    take_step(house.deps, chat_id=LEAD, text="😀" * LONGEST_STEP)
    agrees(house, maandbeeld_id, OWN)
    said = opening(house)
    assert "doen we niet" in said
    assert len(said.encode()) <= MOST_BYTES


def test_an_agreed_step_counts_as_discussed(house, maandbeeld_id):
    """Three months of silence with a step agreed in them are not silent."""
    house.clock.pass_(100 * DAY)
    assert house.read(lambda work: is_undiscussed(work, house.deps, house.team_id))
    agrees(house, maandbeeld_id)
    assert not house.read(lambda work: is_undiscussed(work, house.deps, house.team_id))
