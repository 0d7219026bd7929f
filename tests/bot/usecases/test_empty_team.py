"""A rhythm without anybody to ask: leads and coordinators hear it once, until members come."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.texts.changes_nl import notice
from bot.usecases.changes import NoticeMessage
from bot.usecases.leave_team import remove_now
from bot.usecases.open_due_rounds import open_due_rounds
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, LEAD, STRANGER
from tests.support.played import played_once


def told(house):
    """Who was told that nobody was asked: chat, how often."""
    query = (
        "SELECT person.chat_id, count(*) FROM delivery JOIN change ON change.id = delivery.subject "
        "JOIN person ON person.id = delivery.person_id WHERE change.kind = 'nobody_asked' GROUP BY person.chat_id"
    )
    return dict(house.rows(query))


def goes_on(house, *, times=1):
    """Go to the next openings; how many of them asked somebody."""
    opened = 0
    for _ in range(times):
        house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).next_due_at
        opened += open_due_rounds(house.deps)
    return opened


def leaves(house, *chats):
    for chat in chats:
        remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[chat])


@played_once
def empty(house):
    """A team that runs and that everybody has left."""
    house.rhythm()
    leaves(house, ANNE, BRAM)
    return house


def test_lead_and_coordinator_hear_it_once(empty):
    """At the first opening that finds nobody, and not at the four after it; the rhythm itself goes on."""
    assert told(empty) == {}
    assert goes_on(empty) == 0
    assert told(empty) == {LEAD: 1, COORDINATOR: 1}
    assert goes_on(empty, times=4) == 0
    assert told(empty) == {LEAD: 1, COORDINATOR: 1}
    assert empty.read(lambda work: work.schedules.get(empty.team_id)).next_due_at > empty.clock.now()


def test_it_is_said_in_working_hours_with_the_next_day(empty):
    """The message that goes out names the team, what helps, and when the bot tries again."""
    goes_on(empty)
    sent = {each.chat_id: each.message for each in empty.send()}
    assert isinstance(sent[LEAD], NoticeMessage)
    text = notice(sent[LEAD], zone=AMSTERDAM)
    assert "Samen in Noord" in text
    assert "Er was niemand om een vraag aan te stellen." in text
    assert "ik probeer het weer op dinsdag 17 november om 08:30 uur" in text


def test_after_somebody_came_and_went_it_is_said_again(empty):
    """A member who was asked in between makes the silence after it a new one."""
    goes_on(empty)
    empty.member(STRANGER)
    empty.stock(1)
    empty.clock.pass_(timedelta(minutes=1))
    assert goes_on(empty) == 1
    assert told(empty) == {LEAD: 1, COORDINATOR: 1}
    leaves(empty, STRANGER)
    goes_on(empty, times=2)
    assert told(empty) == {LEAD: 2, COORDINATOR: 2}


def test_somebody_of_whom_nothing_is_known_yet_is_nobody_to_ask(empty):
    """Joined but without a sector: said once more, for now there is something that can be done."""
    goes_on(empty)
    empty.clock.pass_(timedelta(minutes=1))
    empty.invite(STRANGER)
    assert goes_on(empty, times=2) == 0
    assert told(empty) == {LEAD: 2, COORDINATOR: 2}


def test_who_told_about_themselves_later_counts_as_somebody_too(empty):
    """Joined before it was said, described after it, asked, and gone: the silence after that is a new one."""
    empty.invite(STRANGER)
    empty.clock.pass_(timedelta(minutes=1))
    goes_on(empty)
    empty.describe(STRANGER, sector="jgz", function="youth_nurse", tenure="long")
    empty.stock(1)
    assert goes_on(empty) == 1
    leaves(empty, STRANGER)
    goes_on(empty, times=2)
    assert told(empty) == {LEAD: 2, COORDINATOR: 2}


def test_a_team_with_people_hears_nothing_of_it(house):
    """Somebody is asked: nothing to say."""
    house.rhythm()
    house.stock(2)
    assert goes_on(house, times=2) == 2
    assert told(house) == {}
