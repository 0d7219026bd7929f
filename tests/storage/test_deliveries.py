"""The outbox: queued once, leased by one, never lost."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from threading import Barrier, Thread
from time import monotonic
from typing import Final

import pytest

from storage.errors import Conflict
from tests.storage.builders import DAY, HOUR, NOW, delivery

SERVER_NOTICES: Final = 20.0
"""Seconds after which a server, however busy, has seen that a connection is gone."""


def lease(work, now=NOW, limit=10):
    return [taken.id for taken in work.deliveries.lease(now, until=now + HOUR, limit=limit)]


def test_a_key_is_queued_once(storage):
    """Also when it was sent long ago; the first row stays as it is."""
    first = delivery(valid_until=NOW + DAY)
    with storage.begin() as work:
        assert work.deliveries.add(first)
        assert not work.deliveries.add(replace(first, id="other", due_at=NOW + DAY))
        assert work.deliveries.get("id-first") == first
        work.deliveries.mark("id-first", state="sent", at=NOW)
        assert not work.deliveries.add(first)
        assert work.deliveries.get("other") is None


def test_a_message_needs_somebody(storage):
    """To an erased person nothing can be queued."""
    with storage.begin() as work, pytest.raises(Conflict):
        work.deliveries.add(delivery(number=9))


def test_due_messages_are_leased_longest_due_first(storage):
    """Up to the limit; what is not due yet waits."""
    with storage.begin() as work:
        for name, due_at in (("b", NOW), ("a", NOW - HOUR), ("c", NOW), ("d", NOW + HOUR)):
            work.deliveries.add(delivery(name, due_at=due_at))
        assert lease(work, limit=2) == ["id-a", "id-b"]
        assert lease(work) == ["id-c"]
        assert lease(work) == []
        assert work.deliveries.next_due() == NOW + HOUR


def test_a_lease_tells_how_often_it_was_tried(storage):
    """The record that is handed out equals the row that is kept."""
    with storage.begin() as work:
        work.deliveries.add(delivery())
        (taken,) = work.deliveries.lease(NOW, until=NOW + HOUR, limit=1)
        assert taken == replace(delivery(), state="leased", attempts=1, lease_until=NOW + HOUR)
        assert work.deliveries.get("id-first") == taken
        assert work.deliveries.next_due() is None


def test_a_lapsed_lease_is_given_out_again(storage):
    """A sender that died does not lose the message; one that lives is not disturbed."""
    with storage.begin() as work:
        work.deliveries.add(delivery())
        lease(work)
        assert lease(work, now=NOW + HOUR) == []
        (again,) = work.deliveries.lease(NOW + 2 * HOUR, until=NOW + 3 * HOUR, limit=1)
        assert again.attempts == 2


def test_what_is_no_longer_valid_expires_instead_of_going_out(storage):
    """Waiting or with a lapsed lease; at the moment itself it is too late."""
    with storage.begin() as work:
        work.deliveries.add(delivery("waiting", due_at=NOW - HOUR, valid_until=NOW))
        work.deliveries.add(delivery("tried", valid_until=NOW + 2 * HOUR))
        assert lease(work) == ["id-tried"]
        assert work.deliveries.get("id-waiting").state == "expired"
        assert lease(work, now=NOW + 3 * HOUR) == []
        tried = work.deliveries.get("id-tried")
        assert (tried.state, tried.lease_until) == ("expired", None)
        work.deliveries.drop_finished(NOW + 2 * HOUR)
        assert work.deliveries.get("id-waiting") is None
        assert work.deliveries.get("id-tried") == tried


def test_a_finished_message_is_not_leased_and_is_dropped_in_time(storage):
    """Every end counts as finished, from the moment it was marked."""
    with storage.begin() as work:
        for state in ("sent", "failed", "unreachable", "expired", "done"):
            work.deliveries.add(delivery(state))
            work.deliveries.mark(f"id-{state}", state=state, at=NOW)
            assert work.deliveries.get(f"id-{state}").state == state
        work.deliveries.add(delivery("waiting", due_at=NOW + DAY))
        assert lease(work) == []
        work.deliveries.drop_finished(NOW)
        assert len(work.deliveries.for_subject("round", "prompt")) == 6
        work.deliveries.drop_finished(NOW + HOUR)
        assert [left.id for left in work.deliveries.for_subject("round", "prompt")] == ["id-waiting"]


def test_a_postponed_message_waits_again(storage):
    """After a lease or after an end, it is due at the new moment and keeps its number of attempts."""
    with storage.begin() as work:
        work.deliveries.add(delivery())
        lease(work)
        work.deliveries.postpone("id-first", due_at=NOW + HOUR)
        assert lease(work) == []
        assert work.deliveries.next_due() == NOW + HOUR
        assert lease(work, now=NOW + HOUR) == ["id-first"]
        work.deliveries.mark("id-first", state="failed", at=NOW)
        work.deliveries.postpone("id-first", due_at=NOW + DAY)
        work.deliveries.drop_finished(NOW + 9 * DAY)
        assert work.deliveries.get("id-first").attempts == 2


def test_cancelling_takes_back_only_what_was_not_sent(storage):
    """Of that person, kind and subject; the key can be queued again."""
    with storage.begin() as work:
        work.deliveries.add(delivery("mine"))
        work.deliveries.add(delivery("sent"))
        work.deliveries.mark("id-sent", state="sent", at=NOW)
        work.deliveries.add(delivery("theirs", number=2))
        work.deliveries.add(delivery("reminder", kind="reminder"))
        work.deliveries.add(delivery("elsewhere", subject="other round"))
        assert work.deliveries.cancel("person-1", kind="prompt", subject="round")
        assert not work.deliveries.cancel("person-1", kind="prompt", subject="round")
        assert work.deliveries.get("id-mine") is None
        left = [found.id for found in work.deliveries.for_subject("round", "prompt")]
        assert left == ["id-sent", "id-theirs"]
        assert work.deliveries.for_subject("round", "reminder") != ()
        assert work.deliveries.for_subject("other round", "prompt") != ()
        assert work.deliveries.add(delivery("mine"))


def test_a_kind_is_removed_whatever_its_state(storage):
    """At the close no reminder is left to tell anything."""
    with storage.begin() as work:
        for number in (1, 2, 3):
            work.deliveries.add(delivery(f"reminder-{number}", number=number, kind="reminder"))
        work.deliveries.add(delivery("other", kind="reminder", subject="other round"))
        work.deliveries.mark("id-reminder-1", state="done", at=NOW)
        lease(work, limit=1)
        work.deliveries.remove_kind("reminder", subject="round")
        assert work.deliveries.for_subject("round", "reminder") == ()
        assert work.deliveries.get("id-other") is not None


def test_finishing_what_is_gone_is_harmless(storage):
    """The person was erased while the message was on its way."""
    with storage.begin() as work:
        work.deliveries.add(delivery())
        lease(work)
        work.people.erase("person-1")
        work.deliveries.mark("id-first", state="sent", at=NOW)
        assert work.deliveries.get("id-first") is None


def test_two_senders_never_get_the_same_message(storage, rival):
    """Two processes empty an outbox of sixty in small bites: everything goes out, nothing twice."""
    with storage.begin() as work:
        for number in range(60):
            work.deliveries.add(delivery(f"{number:02}"))
        work.commit()
    barrier = Barrier(2)
    taken = {"storage": [], "rival": []}

    def send(name, which):
        barrier.wait()
        while True:
            with which.begin() as work:
                batch = lease(work, limit=4)
                work.commit()
            if not batch:
                return
            taken[name] += batch

    threads = [Thread(target=send, args=pair) for pair in (("storage", storage), ("rival", rival))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken["storage"] + taken["rival"]) == [f"id-{number:02}" for number in range(60)]


def test_only_a_lease_that_holds_may_be_called(storage):
    """Once, by the holder, before it lapses: a message is not on its way twice."""
    with storage.begin() as work:
        work.deliveries.add(delivery())
        assert not work.deliveries.begin_sending("id-first", now=NOW, until=NOW + HOUR)
        lease(work)
        assert not work.deliveries.begin_sending("id-first", now=NOW + 2 * HOUR, until=NOW + 3 * HOUR)
        assert work.deliveries.begin_sending("id-first", now=NOW, until=NOW + HOUR)
        assert not work.deliveries.begin_sending("id-first", now=NOW, until=NOW + HOUR)
        assert lease(work) == []
        assert lease(work, now=NOW + 2 * HOUR) == ["id-first"]


def test_what_a_dead_sender_took_is_taken_back(storage):
    """What it had not called waits as if never taken; what may have arrived keeps its lease for a while."""
    with storage.begin() as work:
        work.deliveries.add(delivery("called"))
        work.deliveries.add(delivery("not called"))
        lease(work)
        work.deliveries.begin_sending("id-called", now=NOW, until=NOW + 9 * HOUR)
        work.deliveries.take_back(uncertain_until=NOW + HOUR)
        assert work.deliveries.get("id-not called") == delivery("not called")
        assert lease(work) == ["id-not called"]
        assert lease(work, now=NOW + HOUR + HOUR / 60) == ["id-called", "id-not called"]


def test_a_row_that_was_not_really_tried_does_not_count_the_try(storage):
    """Telegram would not listen at all."""
    with storage.begin() as work:
        work.deliveries.add(delivery())
        lease(work)
        work.deliveries.postpone("id-first", due_at=NOW, tried=False)
        assert work.deliveries.get("id-first") == delivery()


def test_one_process_knows_that_it_is_the_only_sender(storage, rival):
    """Until it lets go, or is gone without a word; asking twice is no trouble."""
    assert storage.sender.is_this_process()
    assert storage.sender.is_this_process()
    assert not rival.sender.is_this_process()
    storage.sender.release()
    storage.sender.release()
    assert rival.sender.is_this_process()


def test_the_lock_of_a_killed_process_is_free(storage, database_url):
    """Kill -9 of its holder: the next one has it, on PostgreSQL as soon as the server sees that nobody is there."""
    code = (
        "import sys, time; from storage.database import open_engine; from storage.sender import OnlySender;"
        f"sender = OnlySender(open_engine({database_url!r})); print(sender.is_this_process(), flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:  # noqa: S603
        assert holder.stdout.readline() == "True\n"
        assert not storage.sender.is_this_process()
        holder.kill()
        holder.wait()
    until = monotonic() + SERVER_NOTICES
    while not storage.sender.is_this_process():
        assert monotonic() < until, "the lock of a process that is gone is still taken"
