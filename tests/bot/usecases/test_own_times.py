"""Choosing one's own quiet times and pause, and what becomes of what was waiting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.usecases.be_away import come_back, go_away, go_away_until_typed, return_days
from bot.usecases.errors import NotAllowed
from bot.usecases.leave_team import DayUnusable
from bot.usecases.move_dialogue import move_dialogue, running_round
from bot.usecases.set_own_quiet import clear_quiet, own_times, set_quiet_part, use_usual_week
from bot.usecases.snooze import snooze
from dialogues.rhythm.quiet import SECTOR_DEFAULTS, block
from dialogues.rhythm.snooze import Snooze
from tests.bot.usecases.test_free_moments import local, row
from tests.bot.usecases.test_send_due import words
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, OUTSIDER


def test_one_day_chosen_leaves_the_usual_week_of_the_other_days(house):
    """The nurse makes Friday quiet: from then on the times are her own, and nothing of the rest is lost."""
    house.quiet(ANNE, None)
    assert own_times(house.deps, chat_id=ANNE).usual
    chosen = set_quiet_part(house.deps, chat_id=ANNE, weekday="friday", part="hele dag")
    assert not chosen.usual
    kept = {each for each in SECTOR_DEFAULTS["jgz"] if each.weekday != "friday"}
    assert set(chosen.blocks) == kept | {block("friday", "hele dag")}
    assert set_quiet_part(house.deps, chat_id=ANNE, weekday="friday", part="").blocks == chosen.blocks[:-1]


def test_the_usual_week_can_go_and_come_back(house):
    """Cleared: nothing is quiet. Usual again: as if nothing was chosen. Who has no such week gets none."""
    house.quiet(ANNE, None)
    assert clear_quiet(house.deps, chat_id=ANNE).blocks == ()
    assert use_usual_week(house.deps, chat_id=ANNE).usual
    assert not use_usual_week(house.deps, chat_id=BRAM).usual
    assert not own_times(house.deps, chat_id=LEAD).usual


def test_a_week_without_any_hour_left_says_so(house):
    """Five whole days: never."""
    for weekday in ("monday", "tuesday", "wednesday", "thursday"):
        assert not set_quiet_part(house.deps, chat_id=ANNE, weekday=weekday, part="hele dag").never
    assert set_quiet_part(house.deps, chat_id=ANNE, weekday="friday", part="hele dag").never


@pytest.mark.parametrize(("weekday", "part"), [("sunday", "ochtend"), ("monday", "nacht"), ("", "")])
def test_what_no_button_says_is_refused(house, weekday, part):
    """Another day or part changes nothing."""
    before = house.everything()
    with pytest.raises(NotAllowed):
        set_quiet_part(house.deps, chat_id=ANNE, weekday=weekday, part=part)
    assert house.everything() == before


def test_what_waits_follows_the_choice_at_once(house):
    """Quiet today: tomorrow at eight. Nothing quiet any more: now."""
    about = house.open_round()
    set_quiet_part(house.deps, chat_id=ANNE, weekday="tuesday", part="hele dag")
    assert row(house, about, ANNE).due_at == local(about, 8, days=1)
    clear_quiet(house.deps, chat_id=ANNE)
    assert set(words(house.send())) == {ANNE, BRAM}


def test_a_pause_is_silence_and_nothing_else(house):
    """No membership ends, no change is logged, nobody else gets a row; only the person's own rows move."""
    about = house.open_round()
    before = house.everything()
    until = house.deps.today() + timedelta(days=30)
    go_away(house.deps, chat_id=ANNE, until=until)
    after = house.everything()
    mine = house.person(ANNE).id
    assert {table for table in before if before[table] != after[table]} == {"person", "delivery"}
    assert {each for each in before["delivery"] if mine not in each} == {
        each for each in after["delivery"] if mine not in each
    }
    assert set(words(house.send())) == {BRAM}
    assert row(house, about, ANNE).due_at == about.closes_at


def test_coming_back_early_brings_the_open_question_at_its_next_free_moment(house):
    """Also one that was put off and fell in the pause; a promise that still stands is kept."""
    about = house.open_round()
    house.send()
    back = snooze(house.deps, chat_id=ANNE, round_id=about.id, message_id=7, choice=Snooze.LATER_TODAY)
    go_away(house.deps, chat_id=ANNE, until=house.deps.today() + timedelta(days=5))
    assert come_back(house.deps, chat_id=ANNE)
    assert house.send() == ()
    go_away(house.deps, chat_id=ANNE, until=house.deps.today() + timedelta(days=5))
    house.clock.moment = back
    assert house.send() == ()
    house.clock.pass_(DAY)
    assert come_back(house.deps, chat_id=ANNE)
    assert set(words(house.send())) == {ANNE}
    assert not come_back(house.deps, chat_id=ANNE)


def test_a_lead_and_a_coordinator_can_pause_too(house):
    """The honest sentence waits for the lead."""
    about = house.open_round()
    for chat in (LEAD, COORDINATOR):
        go_away(house.deps, chat_id=chat, until=about.closes_at.date() + timedelta(days=3))
    house.close(about)
    assert LEAD not in words(house.send())
    assert come_back(house.deps, chat_id=LEAD)
    assert LEAD in words(house.send())


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_day_that_is_not_ahead_or_too_far_is_refused(house, days):
    """Today, yesterday, in more than a year."""
    with pytest.raises(DayUnusable):
        go_away(house.deps, chat_id=ANNE, until=house.deps.today() + timedelta(days=days))


@pytest.mark.parametrize("typed", ["", "morgen", "31-02-2027", "1-1-2020", "01-01-2040", "٣-1-2027"])
def test_what_is_no_day_ahead_is_asked_again(house, typed):
    """A typed day is read as dd-mm-yyyy only."""
    with pytest.raises(DayUnusable):
        go_away_until_typed(house.deps, chat_id=ANNE, typed=typed)


def test_return_days_are_open_and_know_the_school_holiday_of_the_region(house):
    """From the end of November on: one, two and four weeks, and after the Christmas holiday."""
    house.clock.moment = house.clock.moment.replace(month=11, day=26)
    assert [each.weeks for each in return_days(house.deps, chat_id=ANNE)] == [1, 2, 4]
    with house.storage.begin() as work:
        work.teams.set_school_region(house.area_id, "midden")
        work.commit()
    proposed = return_days(house.deps, chat_id=ANNE)
    assert [(each.day, each.weeks) for each in proposed] == [
        (date(2026, 12, 3), 1),
        (date(2026, 12, 10), 2),
        (date(2026, 12, 24), 4),
        (date(2027, 1, 4), 0),
    ]


def test_a_dialogue_that_stands_still_goes_on_in_another_message(house):
    """The same question, in the new message only; nobody else has one to move."""
    about = house.open_round()
    begun = house.tap(ANNE, house.start(ANNE, about.id, message_id=5), "4")
    assert running_round(house.deps, chat_id=ANNE) == about.id
    assert running_round(house.deps, chat_id=OUTSIDER) == ""
    moved = move_dialogue(house.deps, chat_id=ANNE, round_id=about.id, message_id=6)
    assert (moved.screen, moved.message_id) == (begun.screen, 6)
    house.tap(ANNE, moved, "Sla over")
