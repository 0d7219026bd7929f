"""The outbox against a plain model in memory, over any order of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.storage.builders import NOW, delivery
from tests.support.chance import examples

MINUTE = timedelta(minutes=1)
TAKEABLE = ("pending", "leased", "sending")
names = st.sampled_from("abcdef")
soon = st.integers(-5, 10).map(lambda minutes: minutes * MINUTE)


class Outbox(RuleBasedStateMachine):
    """Ids are those of the builder; one unit of work holds the whole run, so that many runs are quick."""

    storage = None

    @initialize()
    def start(self):
        self.now = NOW
        self.model = {}
        self.finished = {}
        self.unit = self.storage.begin()
        self.work = self.unit.__enter__()

    @rule(name=names, due=soon, valid=st.none() | soon, number=st.sampled_from([1, 2]))
    def add(self, name, due, valid, number):
        new = delivery(
            name, number=number, due_at=self.now + due, valid_until=None if valid is None else self.now + valid
        )
        assert self.work.deliveries.add(new) == (new.id not in self.model)
        self.model.setdefault(new.id, new)

    @rule(minutes=st.integers(1, 10))
    def time_passes(self, minutes):
        self.now += minutes * MINUTE

    @rule(limit=st.integers(1, 3), length=st.integers(1, 5))
    def lease(self, limit, length):
        free = [found for found in self.model.values() if self.is_free(found)]
        for found in free:
            if found.valid_until is not None and found.valid_until <= self.now:
                self.finish(found.id, "expired")
        still = sorted((found for found in free if found.id not in self.finished), key=lambda d: (d.due_at, d.id))
        until = self.now + length * MINUTE
        expected = [replace(d, state="leased", lease_until=until, attempts=d.attempts + 1) for d in still[:limit]]
        assert list(self.work.deliveries.lease(self.now, until=until, limit=limit)) == expected
        self.model |= {found.id: found for found in expected}

    @rule(name=names, length=st.integers(1, 5))
    def begin_sending(self, name, length):
        old = self.model.get(f"id-{name}")
        ours = old is not None and old.state == "leased" and old.lease_until >= self.now
        until = self.now + length * MINUTE
        assert self.work.deliveries.begin_sending(f"id-{name}", now=self.now, until=until) == ours
        if ours:
            self.model[old.id] = replace(old, state="sending", lease_until=until)

    @rule(length=st.integers(1, 5))
    def take_back(self, length):
        until = self.now + length * MINUTE
        self.work.deliveries.take_back(uncertain_until=until)
        for old in list(self.model.values()):
            if old.state == "leased":
                self.model[old.id] = replace(old, state="pending", lease_until=None, attempts=old.attempts - 1)
            elif old.state == "sending":
                self.model[old.id] = replace(old, lease_until=until)

    @rule(name=names, state=st.sampled_from(["sent", "failed", "unreachable", "done"]))
    def mark(self, name, state):
        self.work.deliveries.mark(f"id-{name}", state=state, at=self.now)
        if f"id-{name}" in self.model:
            self.finish(f"id-{name}", state)

    @rule(name=names, due=soon)
    def postpone(self, name, due):
        self.work.deliveries.postpone(f"id-{name}", due_at=self.now + due)
        if old := self.model.get(f"id-{name}"):
            self.model[old.id] = replace(old, state="pending", lease_until=None, due_at=self.now + due)
            self.finished.pop(old.id, None)

    @rule(number=st.sampled_from([1, 2]))
    def cancel(self, number):
        person_id = f"person-{number}"
        gone = [d.id for d in self.model.values() if d.person_id == person_id and d.state in TAKEABLE]
        assert self.work.deliveries.cancel(person_id, kind="prompt", subject="round") == bool(gone)
        for delivery_id in gone:
            del self.model[delivery_id]

    @rule(minutes=st.integers(0, 10))
    def drop_finished(self, minutes):
        before = self.now - minutes * MINUTE
        self.work.deliveries.drop_finished(before)
        for delivery_id, at in list(self.finished.items()):
            if at < before:
                del self.finished[delivery_id]
                del self.model[delivery_id]

    @invariant()
    def the_table_is_the_model(self):
        if not hasattr(self, "work"):
            return
        rows = self.work.deliveries.for_subject("round", "prompt")
        assert rows == tuple(sorted(self.model.values(), key=lambda d: d.key))
        waiting = [d.due_at for d in rows if d.state == "pending"]
        assert self.work.deliveries.next_due() == min(waiting, default=None)

    def is_free(self, found):
        if found.state in ("leased", "sending"):
            return found.lease_until < self.now
        return found.state == "pending" and found.due_at <= self.now

    def finish(self, delivery_id, state):
        self.model[delivery_id] = replace(self.model[delivery_id], state=state, lease_until=None)
        self.finished[delivery_id] = self.now

    def teardown(self):
        if hasattr(self, "unit"):
            self.unit.__exit__(None, None, None)


def test_the_outbox_behaves_like_its_model(storage):
    """Adding, leasing, time, ends, postponing, cancelling and dropping in any order keep table and model equal."""
    machine = type("BoundOutbox", (Outbox,), {"storage": storage})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples(40),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
