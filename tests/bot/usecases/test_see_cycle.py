"""Where the cycle stands, from the first question to a step that was looked back at (requirements A8)."""

from __future__ import annotations

import re

import pytest

from bot.chat.texts import cycle_nl as texts
from bot.usecases.agree_action import agree_action, decide_action
from bot.usecases.dutch_dates import day
from bot.usecases.errors import NewerMaandbeeld, NotAllowed
from bot.usecases.pause_schedule import pause, stop
from bot.usecases.reactions import QUIET, is_undiscussed
from bot.usecases.respond import respond
from bot.usecases.see_cycle import see_area_cycles, see_own_cycle, see_team_cycle
from bot.usecases.see_team_period import see_team_period
from bot.usecases.share_maandbeeld import share_maandbeeld
from bot.usecases.tell_talked import days_to_tell, tell_talked
from dialogues.insight.maandbeeld import Maandbeeld
from tests.support.house import AMSTERDAM, COORDINATOR, DAY, LEAD, House, copied
from tests.support.played import played_once


@played_once
def chats(house):
    house.stock(10)
    return house.members(6)


def states(house: House) -> str:
    return " ".join(link.state for link in own(house).links)


def own(house: House):
    return see_own_cycle(house.deps, chat_id=LEAD, team_id=house.team_id)


def read(house: House) -> str:
    """The page of the coordinator."""
    seen = see_team_cycle(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    return texts.cycle_for_coordinator(seen, zone=AMSTERDAM)


def closed(house: House, chats, score: str = "4") -> None:
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id, score)
    house.close(about)


def talked(house: House, maandbeeld_id: str) -> None:
    tell_talked(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, on=house.deps.today())


def test_every_link_in_turn(house, chats):
    """Asked, shown, talked about, agreed and looked back at, each with its day; and what waits, waits for somebody."""
    assert states(house) == "running planned planned planned planned"  # the start dialogue
    closed(house, chats)
    assert states(house) == "done planned planned planned planned"
    found = house.maandbeeld()
    assert states(house) == "done waiting waiting planned planned"
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=found)
    talked(house, found)
    assert states(house) == "done done done waiting planned"
    step = agree_action(house.deps, chat_id=LEAD, maandbeeld_id=found, place="0", owner="samen", weeks=4)
    assert states(house) == "done done done done planned"
    house.clock.pass_(28 * DAY)
    assert states(house).endswith("done done waiting")
    decide_action(house.deps, chat_id=LEAD, maandbeeld_id=found, action_id=step.id, decision="keep")
    assert states(house).endswith("done done done")
    assert "Vastgehouden sinds " in read(house)


def test_a_lead_reads_that_a_thin_month_needs_no_talk_and_the_coordinator_does_not(house, chats):
    """How many answered is nothing for the coordinator, not even that it was too few."""
    closed(house, chats[:2])
    house.maandbeeld()
    assert states(house).split()[2:4] == ["not_needed", "not_needed"]
    assert "weinig te laten zien" not in read(house)


def pages(house: House, answers: str) -> tuple[str, ...]:
    """The pages of the coordinator and the line of the team, while a question is open and after the maandbeeld."""
    house.stock(10)
    chats = house.members(6)
    about = house.open_round()
    for chat, score in zip(chats, answers, strict=False):
        house.answer(chat, about.id, score)
    open_now = read(house)
    house.close(about)
    house.maandbeeld()
    period = texts.period(see_team_period(house.deps, chat_id=COORDINATOR, team_id=house.team_id), zone=AMSTERDAM)
    (line,) = see_area_cycles(house.deps, chat_id=COORDINATOR, area_id=house.area_id)
    return open_now, read(house), texts.in_one_line(line, zone=AMSTERDAM), period.partition("Hierna")[0]


def test_the_page_of_the_coordinator_is_the_same_whatever_was_answered(model_house, tmp_path):
    """Non-interference, to the letter. Below the floor only the topic that is asked again differs (privacy rule 12)."""
    enough = ("444444", "111111", "513151", "33333")
    seen = [pages(copied(model_house, tmp_path / answers), answers) for answers in enough]
    assert len(set(seen)) == 1
    few = [pages(copied(model_house, tmp_path / f"{answers}-few"), answers) for answers in ("44", "1", "")]
    assert len(set(few)) == 1
    again = re.compile(r"Volgende vraag: [^,]+,")
    assert [again.sub("", page) for page in few[0]] == [again.sub("", page) for page in seen[0]]


def test_a_pause_and_a_stop_are_no_links_that_wait(house, chats):
    """They were chosen; until when is said, where there is a day."""
    closed(house, chats)
    chosen = pause(house.deps, chat_id=COORDINATOR, team_id=house.team_id, until=house.deps.today() + 21 * DAY)
    assert f"Pauze tot {day(chosen.paused_until, zone=AMSTERDAM)}." in read(house)
    stop(house.deps, chat_id=COORDINATOR, team_id=house.team_id, reason="busy")
    assert "Er komt nu geen vraag." in read(house)
    assert states(house).startswith("done planned")


def test_a_day_can_be_told_corrected_and_taken_back(house, chats):
    """Only days since the maandbeeld, and only about the newest; it stands in the next maandbeeld."""
    closed(house, chats)
    first = house.maandbeeld()
    assert days_to_tell(house.deps, chat_id=LEAD, maandbeeld_id=first) == (house.deps.today(),)
    with pytest.raises(NotAllowed):
        tell_talked(house.deps, chat_id=LEAD, maandbeeld_id=first, on=house.deps.today() - DAY)
    house.clock.pass_(9 * DAY)
    days = days_to_tell(house.deps, chat_id=LEAD, maandbeeld_id=first)
    assert [(house.deps.today() - each).days for each in days] == [0, 1, 2, 7]
    tell_talked(house.deps, chat_id=LEAD, maandbeeld_id=first, on=days[1])
    assert own(house).links[2].on == days[1]
    tell_talked(house.deps, chat_id=LEAD, maandbeeld_id=first, on=None)
    assert own(house).links[2].on is None
    tell_talked(house.deps, chat_id=LEAD, maandbeeld_id=first, on=days[0])
    about = house.next_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    house.maandbeeld()
    newest = house.read(lambda work: work.maandbeelden.latest(house.team_id))
    assert "Jullie spraken erover op " in Maandbeeld.from_json(newest.body).feedback
    with pytest.raises(NewerMaandbeeld):
        talked(house, first)


def test_a_talk_that_was_told_counts_as_discussed(house, chats):
    """Without it the pattern "Het staat wel?" would say that nothing was talked about."""
    closed(house, chats)
    found = house.maandbeeld()
    house.clock.pass_(QUIET + DAY)
    assert house.read(lambda work: is_undiscussed(work, house.deps, house.team_id))
    talked(house, found)
    assert not house.read(lambda work: is_undiscussed(work, house.deps, house.team_id))


def test_a_reaction_is_seen_with_its_day(house, chats):
    """For lead and coordinator; not what was said."""
    closed(house, chats)
    found = house.maandbeeld()
    assert "Nog geen reactie van de teamleider." in read(house)
    respond(house.deps, chat_id=LEAD, maandbeeld_id=found, place=0, answer="later")
    assert "Laatste reactie van de teamleider: " in read(house)
    assert "later" not in read(house)


def test_a_late_reaction_to_what_was_left_open_counts_and_the_lead_sees_what_is_open(house, chats):
    """The lead reads to what; the coordinator only that there was a reaction, whatever is open."""
    closed(house, chats)
    first = house.maandbeeld()
    house.answered(chats, house.next_round())
    house.maandbeeld()
    now = own(house)
    assert (now.open[0].title, now.open[0].month) == ("Vertrouwen en respect", "november 2026")
    assert "Nog geen reactie op: Vertrouwen en respect (uit november 2026) en " in texts.cycle(now, zone=AMSTERDAM)
    assert "Nog geen reactie van de teamleider." in read(house)
    respond(house.deps, chat_id=LEAD, maandbeeld_id=first, place=0, answer="later")
    assert len(own(house).open) == len(now.open) - 1
    for page in (texts.cycle(own(house), zone=AMSTERDAM), read(house)):
        assert "Laatste reactie van de teamleider: " in page
    assert "Nog geen reactie op" not in read(house)


def test_topics_and_steps_of_three_months_for_the_coordinator(house, chats):
    """Each topic once, what comes with its day, and what became of each step; after three months it is gone."""
    closed(house, chats)
    found = house.maandbeeld()
    seen = see_team_period(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert seen.asked[-1] == "Vertrouwen en respect"
    assert len(seen.coming) == 3
    assert "<b>Stappen van het team</b>\nGeen, en dat mag." in texts.period(seen, zone=AMSTERDAM)
    for place, decision in (("0", "stop"), ("1", "keep")):
        step = agree_action(house.deps, chat_id=LEAD, maandbeeld_id=found, place=place, owner="samen", weeks=4)
        decide_action(house.deps, chat_id=LEAD, maandbeeld_id=found, action_id=step.id, decision=decision)
    agree_action(house.deps, chat_id=LEAD, maandbeeld_id=found, place="0", owner="samen", weeks=4)  # a slip
    agree_action(house.deps, chat_id=LEAD, maandbeeld_id=found, place="2", owner="samen", weeks=4)
    seen = see_team_period(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert [each.state for each in seen.steps] == ["stopped", "kept", "open"]
    assert "(gestopt)" in texts.period(seen, zone=AMSTERDAM)
    house.clock.pass_(120 * DAY)
    seen = see_team_period(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert (seen.asked, [each.state for each in seen.steps]) == ((), ["open"])
