"""A schedule that is due opens one round, whoever asks and however often."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from bot.usecases import open_due_rounds as module
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import _open, open_due_rounds
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from bot.usecases.topics import circle
from dialogues.rhythm.working_hours import is_working_time
from storage.database import open_engine
from storage.work import Storage
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, DAY, HOUR, LEAD, STRANGER


def rounds(house):
    return house.rows("SELECT element FROM round WHERE team_id = ? AND number > 0 ORDER BY number", house.team_id)


def test_nothing_opens_before_its_time(house):
    """A minute before it is due nothing happens; at the moment itself the round opens, once."""
    due = house.rhythm()
    house.clock.moment = due - HOUR / 60
    assert open_due_rounds(house.deps) == 0
    house.clock.moment = due
    assert open_due_rounds(house.deps) == 1
    assert open_due_rounds(house.deps) == 0
    assert rounds(house) == [("trust",)]


def test_roster_prompts_and_reminders_come_with_the_round(house):
    """One transaction: every asked person has one prompt and one reminder, inside the window."""
    about = house.open_round()
    asked = {house.person(chat).id for chat in (ANNE, BRAM)}
    assert {entry.person_id for entry in house.read(lambda work: work.rounds.roster(about.id))} == asked
    for kind, due in (("prompt", about.opens_at), ("reminder", about.remind_at)):
        rows = house.deliveries(kind, about.id)
        assert {row.person_id for row in rows} == asked
        assert {(row.due_at, row.valid_until, row.state) for row in rows} == {(due, about.closes_at, "pending")}
    assert about.opens_at < about.remind_at < about.closes_at
    assert is_working_time(about.remind_at, zone=AMSTERDAM)
    assert about.sector_sizes == {"jgz": 1, "wijkteam": 1}


def test_only_described_members_of_the_practice_layer_are_asked(house):
    """Lead, policy officer and somebody who told nothing yet are left out."""
    house.member(STRANGER, function="jgz_policy")
    house.invite(STRANGER + 1)
    house.member(STRANGER + 2, sector="onderwijs")
    about = house.open_round()
    roster = {entry.person_id for entry in house.read(lambda work: work.rounds.roster(about.id))}
    assert roster == {house.person(chat).id for chat in (ANNE, BRAM, STRANGER + 2)}
    assert house.person(LEAD).id not in roster


def test_who_arrives_during_a_round_waits_for_the_next(house):
    """The roster is frozen at opening."""
    about = house.open_round()
    house.member(STRANGER)
    assert len(house.read(lambda work: work.rounds.roster(about.id))) == 2
    assert len(house.read(lambda work: work.rounds.roster(house.next_round().id))) == 3


def test_two_processes_open_one_round(house):
    """Two engines on one file, at the same moment, ten times over: every due moment gives exactly one round."""
    engine = open_engine(f"sqlite:///{house.database}")
    rival = replace(house.deps, storage=Storage(engine, house.storage.keys))
    house.stock(12)
    house.rhythm()
    opened = []
    for _ in range(10):
        house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).next_due_at
        ready = threading.Barrier(2)

        def race(deps, ready=ready):
            ready.wait()
            opened.append(open_due_rounds(deps))

        threads = [threading.Thread(target=race, args=(deps,)) for deps in (house.deps, rival)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    engine.dispose()
    assert sum(opened) == 10
    assert len(rounds(house)) == 10


def test_downtime_opens_one_round_and_not_all_that_were_missed(house):
    """Forty-one days too late, on a Monday: one round, and the next due moment lies in the future, in step."""
    due = house.rhythm()
    house.clock.moment = due + 41 * DAY
    assert open_due_rounds(house.deps) == 1
    schedule = house.read(lambda work: work.schedules.get(house.team_id))
    assert schedule.next_due_at > house.clock.moment
    assert (schedule.next_due_at.date() - due.date()).days % 14 == 0


@pytest.mark.parametrize("days", [1, 2, 8, 9])
def test_a_bot_that_was_away_for_some_days_skips_no_week_after_it(house, days):
    """A weekly round that opens late closes in time for the next one, with at least three days to answer in."""
    due = house.rhythm(rhythm="intensive")
    house.clock.moment = due + days * DAY
    assert open_due_rounds(house.deps) == 1
    about = house.read(lambda work: work.rounds.latest(house.team_id))
    coming = due + (days // 7 + 1) * 7 * DAY
    assert house.read(lambda work: work.schedules.get(house.team_id)).next_due_at == coming
    assert about.opens_at + 3 * DAY < about.closes_at < coming


def test_topics_come_in_order_and_go_round(house):
    """What was put forward first, then the circle from its start: every element once before any comes back."""
    house.open_round("roles")
    order = circle(house.deps, house.team)
    house.stock(len(order))
    for _ in order:
        house.next_round()
    asked = [element for (element,) in rounds(house)]
    assert asked[:3] == ["roles", "trust", "communication"]
    assert set(asked) == set(order)
    others = [element for element in asked if element != "client"]
    assert others[len(set(others))] == "roles"


def test_a_round_without_members_does_not_use_up_its_topic(house):
    """An empty team: no round, no key taken, and the same topic when there are people."""
    empty = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="Leeg", team_label="het team")
    put_first(house.deps, chat_id=COORDINATOR, team_id=empty.id, element="vision")
    chosen = set_rhythm(house.deps, chat_id=COORDINATOR, team_id=empty.id, rhythm="light", weekday="monday", minute=600)
    before = house.read(lambda work: work.keys.count())
    house.clock.moment = chosen.next_due_at
    assert open_due_rounds(house.deps) == 0
    after = house.read(lambda work: work.schedules.get(empty.id))
    assert (after.first, after.next_due_at > chosen.next_due_at) == (("vision",), True)
    assert house.read(lambda work: work.keys.count()) == before


def test_without_a_key_the_round_stays_due(house):
    """No stock: nothing is claimed, and the round opens as soon as the opener has made keys."""
    due = house.rhythm()
    with house.storage.begin() as work:
        while work.keys.take():
            pass
        work.commit()
    house.clock.moment = due
    assert open_due_rounds(house.deps) == 0
    house.stock(1)
    assert open_due_rounds(house.deps) == 1


def test_a_crash_before_the_commit_leaves_the_round_due(house, monkeypatch):
    """The claim, the round and its prompts are one transaction: nothing of a half-opened round is left."""
    house.clock.moment = house.rhythm()
    before = house.everything()

    def crash(*_args, **_keywords):
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as broken:
        broken.setattr("bot.usecases.open_due_rounds._ask", crash)
        with pytest.raises(RuntimeError):
            open_due_rounds(house.deps)
    assert house.everything() == before
    assert open_due_rounds(house.deps) == 1


def test_a_thin_element_gets_its_second_chance_first(house):
    """The next round asks the same element again and names the thin one; the circle does not move on."""
    thin = house.open_round("roles")
    assert house.close(thin) == "thin"
    again = house.next_round()
    assert (again.element, again.predecessor_id) == ("roles", thin.id)
    assert house.close(again) == "destroyed"
    assert house.next_round().element == "trust"


def test_one_team_that_fails_does_not_stop_the_others(house, monkeypatch):
    """The error comes out and its schedule stays due; the other team's round opens."""
    house.rhythm(team=house.other_team)
    house.clock.moment = house.rhythm()
    due = house.read(lambda work: work.schedules.due(house.clock.now()))
    assert len(due) == 2
    whole = module._open

    def fails(deps, schedule):
        if schedule.team_id == due[0].team_id:
            raise LookupError(schedule.team_id)
        return whole(deps, schedule)

    monkeypatch.setattr(module, "_open", fails)
    with pytest.raises(LookupError):
        open_due_rounds(house.deps)
    assert house.read(lambda work: work.schedules.due(house.clock.now())) == due[:1]


def test_a_late_round_waits_for_an_open_day(house):
    """Back up on a Saturday: nothing opens then; on Monday, at the usual time, it does."""
    due = house.rhythm()
    house.clock.moment = due + 4 * DAY
    assert open_due_rounds(house.deps) == 0
    after = house.read(lambda work: work.schedules.get(house.team_id))
    assert (after.next_due_at, after.number) == (due + 6 * DAY, 0)
    house.clock.moment = after.next_due_at
    assert open_due_rounds(house.deps) == 1


def test_a_choice_made_while_rounds_open_counts(house):
    """The schedule is read again in the transaction of its own round."""
    house.clock.moment = house.rhythm("trust")
    (seen,) = house.read(lambda work: work.schedules.due(house.clock.now()))
    put_first(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element="effect")
    assert _open(house.deps, seen)
    assert house.read(lambda work: work.rounds.latest(house.team_id)).element == "effect"
    assert house.read(lambda work: work.schedules.get(house.team_id)).first == ("trust",)
