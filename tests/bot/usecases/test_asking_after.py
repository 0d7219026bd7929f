"""The whole team is asked after its step, in its own rhythm, and reads what became of it (requirements A8, H6)."""

from __future__ import annotations

import pytest

from bot.usecases.agree_action import OWN, agree_action, ask_step, decide_action, take_step
from bot.usecases.asking_after import check_question
from bot.usecases.due_message import PromptMessage
from bot.usecases.errors import StepEnded
from bot.usecases.pause_schedule import pause
from bot.usecases.see_cycle import see_own_cycle
from bot.usecases.see_topics import see_topics
from bot.usecases.start_dialogue import unanswered_round
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.rhythm.checking import CHECK
from storage.improvement_actions import ImprovementAction
from storage.rounds import Round
from tests.support.house import COORDINATOR, DAY, HOUR, LEAD, House, copied
from tests.support.played import played_once

WEEK = 7 * DAY


@played_once
def chats(house):
    house.stock(20)
    return house.members(6)


@played_once
def maandbeeld_id(house, chats):
    """The first maandbeeld of a team that is asked every other week."""
    house.answered(chats, house.open_round())
    found = house.maandbeeld()
    house.send()
    return found


@played_once
def agreed(house, maandbeeld_id):
    """The first step on offer, agreed on the day of that maandbeeld."""
    return agree_action(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place="0", owner="samen", weeks=8)


def check_round(house: House, chats) -> Round:
    """The first round that asks after the step; those before it are answered."""
    for _ in range(12):
        about = house.next_round()
        if about.element == CHECK:
            return about
        house.answered(chats, about)
    raise AssertionError("nobody was asked after the step")


@played_once
def about(house, agreed, chats):
    """The first round that asks after the step."""
    return check_round(house, chats)


def says(house: House, chats, about: Round, *labels: str) -> None:
    """Everybody answers the round about the step with these buttons, and it closes."""
    for chat in chats:
        view = house.start(chat, about.id)
        for label in labels:
            view = house.tap(chat, view, label)
    house.close(about)


def next_page(house: House) -> Maandbeeld:
    return Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.get(house.maandbeeld())).body)


def prompts(house: House) -> list[PromptMessage]:
    return [each.message for each in house.send() if isinstance(each.message, PromptMessage)]


@pytest.mark.thorough
def test_the_whole_team_is_asked_once_around_four_weeks_and_once_around_twelve(house, agreed, chats, about):
    """In its own round of the rhythm, with the frozen roster and the rule of the team, in the step's own words."""
    weeks = (house.deps.today() - agreed.agreed_on) / WEEK
    assert 3 <= weeks <= 6
    assert (about.rule, about.split, about.floor) == ("words", "sector", 5)
    sent = prompts(house)
    assert len(sent) == len(chats)
    ago = ["Drie", "Vier", "Vijf", "Zes"][round(weeks) - 3]
    said = f"{ago} weken geleden spraken jullie af: {agreed.step.rstrip('.')}. Gebeurt het, en helpt het?"
    assert {each.summary for each in sent} == {said}
    assert len(house.read(lambda work: work.rounds.open_of(house.team_id))) == 1
    says(house, chats, about, "Soms", "Een beetje")
    again = check_round(house, chats)
    assert 11 <= (house.deps.today() - agreed.agreed_on) / WEEK <= 14
    says(house, chats, again, "Ja", "Ja")
    for _ in range(8):
        about = house.next_round()
        assert about.element != CHECK
        house.close(about)


def test_the_coordinator_sees_it_come(house, agreed, chats):
    """As far as can be known now, in the list of topics that come."""
    coming = see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id).coming
    assert [each.element for each in coming].count(CHECK) == 1


def test_the_maandbeeld_and_the_next_question_tell_what_the_team_said(house, agreed, chats, about):
    """The word that came most, under the team's own step; before a question only when the lead could read it first."""
    says(house, chats, about, "Soms", "Een beetje")
    house.next_round()
    assert "Gebeurt het?" not in prompts(house)[0].opening
    page = next_page(house)
    (told,) = page.agreed
    assert told.step == agreed.step.rstrip(".")
    assert told.lines[0].startswith("Afgesproken op ")
    assert told.lines[1].endswith(
        "gevraagd aan het hele team. Gebeurt het? Het vaakst ‘soms’. Helpt het? Het meest gekozen: ‘een beetje’."
    )
    assert CHECK not in {element.id for element in page.elements}
    assert page.guide[-1].text.startswith("Gaan jullie door met jullie stap")
    house.next_round()
    assert "Gebeurt het? Het vaakst ‘soms’." in prompts(house)[0].opening


@pytest.mark.parametrize("taking_part", [0, 4])
def test_below_the_floor_it_is_said_and_everything_is_thrown_away(house, agreed, chats, about, taking_part):
    """No second chance: the same bytes for nobody and for four, the same sentence for everybody, no key left."""
    house.send()
    for chat in chats[:taking_part]:
        house.tap(chat, house.tap(chat, house.start(chat, about.id), "Ja"), "Nee")
    assert house.close(about) == "destroyed"
    assert house.rows("SELECT * FROM envelope") == []
    assert not (house.folder / "keys" / about.key_id).exists()
    assert house.next_round().element != CHECK
    (told,) = next_page(house).agreed
    assert told.lines[1].endswith(
        "gevraagd aan het hele team. Er waren te weinig antwoorden voor een veilig overzicht."
    )


def test_below_the_floor_answers_make_no_difference(house, agreed, chats, about, tmp_path_factory):
    """Nobody, one or four, whatever they say: the next maandbeeld is the same to the byte."""
    house.storage.checkpoint()
    bodies = set()
    for said in ((), ("Ja",), ("Nog niet", "Soms", "Geen zicht", "Ja")):
        other = copied(house, tmp_path_factory.mktemp("other"))
        other.clock.moment = house.clock.moment
        for chat, label in zip(chats, said, strict=False):
            other.tap(chat, other.start(chat, about.id), label)
        assert other.close(about) == "destroyed"
        bodies.add(next_page(other).to_json())
    assert len(bodies) == 1


@pytest.mark.parametrize("decision", ["stop", "keep"])
def test_nothing_more_is_asked_about_a_step_that_has_ended(house, agreed, chats, about, decision):
    """Not before a round opens, not in a prompt or reminder that waits, and not by a button that is still there."""
    decides(house, agreed, decision)
    assert prompts(house) == []
    house.clock.moment = about.remind_at
    assert prompts(house) == []
    with pytest.raises(StepEnded):
        house.start(chats[0], about.id)
    assert unanswered_round(house.deps, chat_id=chats[0]) is None
    house.close(about)
    for _ in range(8):
        later = house.next_round()
        assert later.element != CHECK
        house.close(later)


def decides(house: House, step: ImprovementAction, decision: str) -> None:
    decide_action(house.deps, chat_id=LEAD, maandbeeld_id=newest(house), action_id=step.id, decision=decision)


def newest(house: House) -> str:
    return house.read(lambda work: work.maandbeelden.latest(house.team_id)).id


@pytest.mark.parametrize("before", [True, False], ids=["before it", "after it"])
def test_a_step_that_ends_on_the_day_of_a_maandbeeld_is_told_once(house, agreed, maandbeeld_id, chats, before):
    """Only days are kept: the maandbeeld that was made before or after it on that day says itself what it told."""
    house.answered(chats, house.next_round())
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at - HOUR
    if before:
        decides(house, agreed, "stop")
    pages = [next_page(house)]
    house.clock.pass_(HOUR)
    if not before:
        decides(house, agreed, "stop")
    assert (see_own_cycle(house.deps, chat_id=LEAD, team_id=house.team_id).action is None) is before
    for _ in range(2):
        house.answered(chats, house.next_round())
        pages.append(next_page(house))
    assert ["Gestopt is ook geleerd" in page.to_json() for page in pages] == (
        [True, False, False] if before else [False, True, False]
    )


def test_another_step_has_its_own_weeks(house, agreed, maandbeeld_id, chats):
    """What was replaced is never asked after; the new one begins at the day it was agreed."""
    house.clock.pass_(2 * WEEK)
    other = agree_action(house.deps, chat_id=LEAD, maandbeeld_id=newest(house), place="1", owner="jgz", weeks=4)
    check_round(house, chats)
    assert {other.step.rstrip(".") in each.summary for each in prompts(house)} == {True}
    assert (house.deps.today() - other.agreed_on) >= 3 * WEEK


def test_what_passed_in_a_pause_is_asked_once(house, agreed, chats):
    """After twenty weeks the team is asked one time, not two."""
    pause(house.deps, chat_id=COORDINATOR, team_id=house.team_id, until=house.deps.today() + 20 * WEEK)
    house.clock.pass_(20 * WEEK)
    about = check_round(house, chats)
    assert int(prompts(house)[0].summary.split()[0]) >= 20
    house.close(about)
    for _ in range(6):
        about = house.next_round()
        assert about.element != CHECK
        house.close(about)


def test_a_step_of_the_content_brings_its_own_question(house, agreed, chats, about):
    """The last question is the one its author wrote."""
    view = house.tap(chats[0], house.tap(chats[0], house.start(chats[0], about.id), "Ja"), "Ja")
    assert view.screen.question == check_question(house.deps, agreed) != ""


def test_own_words_are_words_and_nothing_else(house, maandbeeld_id, chats):
    """No placeholder is read in them, and there is no question to go with them."""
    ask_step(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    take_step(house.deps, chat_id=LEAD, text="<b>{wijkteam}</b> belt de school.")
    agree_action(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=OWN, owner="samen", weeks=4)
    about = check_round(house, chats)
    view = house.start(chats[0], about.id)
    assert "<b>{wijkteam}<" in view.screen.question
    assert house.tap(chats[0], house.tap(chats[0], view, "Ja"), "Ja").ended


def test_who_answered_makes_no_difference(house, agreed, chats, about, tmp_path_factory):
    """The same answers from other people give the same words, to the byte."""
    house.storage.checkpoint()
    bodies = set()
    for order in (chats, chats[::-1], chats[3:] + chats[:3]):
        other = copied(house, tmp_path_factory.mktemp("other"))
        other.clock.moment = house.clock.moment
        for number, chat in enumerate(order):
            view = other.tap(chat, other.start(chat, about.id), "Soms" if number < 4 else "Nog niet")
            if number < 3:
                other.tap(chat, view, "Een beetje")
        other.close(about)
        page = next_page(other)
        assert "Het vaakst ‘soms’. Helpt het? Het meest gekozen: ‘een beetje’." in page.agreed[0].lines[1]
        bodies.add(page.to_json())
    assert len(bodies) == 1


def test_a_crash_between_claim_and_commit_asks_once(house, agreed, chats, monkeypatch):
    """The round, its roster and what it asks after are one transaction: all of it, or nothing and then all of it."""
    for _ in range(6):
        due = house.read(lambda work: work.schedules.get(house.team_id)).next_due_at
        if due.date() - agreed.agreed_on >= 3 * WEEK:
            break
        house.answered(chats, house.next_round())
    house.clock.moment = due
    before = house.everything()
    monkeypatch.setattr("bot.usecases.open_due_rounds._ask", broken)
    with pytest.raises(RuntimeError):
        house.next_round()
    assert house.everything() == before
    monkeypatch.undo()
    about = check_round(house, chats)
    assert house.rows("SELECT round_id, action_id FROM step_check") == [(about.id, agreed.id)]


def broken(*_args: object) -> None:
    raise RuntimeError
