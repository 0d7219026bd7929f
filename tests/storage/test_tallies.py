"""Slips of one size at random places, opened by their own key only; months that are written once."""

from __future__ import annotations

import pytest
from nacl.public import PrivateKey

from storage.errors import BrokenSeal, Conflict, TooLong
from storage.sizes import SLIP_SIZE
from storage.tallies import MAX_SLIP, AreaMonth, Tally, open_slip, seal_slip
from tests.storage.builders import DAY, NOW, area


@pytest.fixture
def key():
    return PrivateKey.generate()


def tally(tally_id="tally", *, month="2026-11", **changes):
    values = {"area_id": "area", "key_id": f"key-of-{tally_id}", "public_key": bytes(32), "due_at": NOW}
    return Tally(id=tally_id, month=month, **(values | changes))


def sealed(text, key):
    return seal_slip(text, public_key=bytes(key.public_key))


@pytest.mark.parametrize("text", ["", "{}", "x" * MAX_SLIP, '{"team":"é"}'])
def test_every_slip_has_one_size_and_comes_back(key, text):
    """However many people a round asked."""
    box = sealed(text, key)
    assert len(box) == SLIP_SIZE
    assert open_slip(box, key) == text


def test_what_does_not_fit_is_refused(key):
    """One byte too many."""
    with pytest.raises(TooLong):
        sealed("x" * (MAX_SLIP + 1), key)


def test_another_key_opens_nothing(key):
    """Nor does a damaged slip open."""
    with pytest.raises(BrokenSeal):
        open_slip(sealed("{}", key), PrivateKey.generate())
    with pytest.raises(BrokenSeal):
        open_slip(bytes(SLIP_SIZE), key)


def test_a_month_is_gathered_once_and_ends_once(storage, key):
    """Slips go with it; ending it again changes nothing."""
    with storage.begin() as work:
        work.tallies.add(tally())
        work.tallies.put_slip("tally", sealed("a", key))
        work.tallies.put_slip("tally", sealed("b", key))
        work.commit()
    with storage.begin() as work:
        assert work.tallies.of_month("area", "2026-11") == tally()
        assert work.tallies.of_month("area", "2026-12") is None
        assert {open_slip(box, key) for box in work.tallies.slips("tally")} == {"a", "b"}
        assert work.tallies.key_ids() == {"key-of-tally"}
        assert work.tallies.end("tally")
        assert not work.tallies.end("tally")
        assert (work.tallies.slips("tally"), work.tallies.key_ids()) == ((), frozenset())


def test_an_area_has_one_tally_per_month(storage):
    """Another month and another area are others."""
    with storage.begin() as work:
        work.teams.add_area(area("elsewhere"))
        work.tallies.add(tally())
        work.tallies.add(tally("next", month="2026-12"))
        work.tallies.add(tally("elsewhere", area_id="elsewhere"))
        with pytest.raises(Conflict):
            work.tallies.add(tally("again"))


def test_only_months_that_are_over_are_due(storage):
    """From their own moment on, oldest month first."""
    with storage.begin() as work:
        work.tallies.add(tally("second", month="2026-12", due_at=NOW + DAY))
        work.tallies.add(tally("first"))
        work.commit()
    with storage.begin() as work:
        assert [each.id for each in work.tallies.due(NOW)] == ["first"]
        assert [each.id for each in work.tallies.due(NOW + DAY)] == ["first", "second"]
        assert work.tallies.due(NOW - DAY) == ()


def test_a_published_month_stays_as_it_is(storage):
    """Written once; the newest come first; what is old can go."""
    months = [
        AreaMonth(area_id="area", month=f"2026-{number}", shares={"jgz": "half"}, published_at=NOW + number * DAY)
        for number in (10, 11, 12)
    ]
    with storage.begin() as work:
        for each in months:
            work.area_months.add(each)
        work.commit()
    with storage.begin() as work, pytest.raises(Conflict):
        work.area_months.add(months[0])
    with storage.begin() as work:
        assert work.area_months.get("area", "2026-11") == months[1]
        assert work.area_months.get("area", "2026-09") is None
        assert work.area_months.newest("area", limit=2) == (months[2], months[1])
        assert work.area_months.newest("elsewhere", limit=2) == ()
        assert work.area_months.drop_before(NOW + 11 * DAY) == 1
        assert work.area_months.newest("area", limit=9) == (months[2], months[1])
