"""Links, free days and the log of changes stay as long as docs/privacy.md says, and not a day longer."""

from __future__ import annotations

import pytest

from bot.usecases.housekeeping import tidy
from storage.changes import Change
from storage.invitations import Invitation
from storage.retention import kept
from storage.teams import ClosedDay
from tests.support.house import DAY


def puts_a_link(work, house):
    """One that expires this very moment."""
    now = house.clock.now()
    link = Invitation(id="old", kind="member", area_id=house.area_id, max_uses=1, expires_at=now, made_at=now)
    work.invitations.add(link, token="t" * 32)


def puts_a_free_day(work, house):
    """Today."""
    today = ClosedDay(id="old", area_id=house.area_id, day=house.deps.today())
    work.teams.replace_closed_days(house.area_id, None, (today,))


def notes_a_change(work, house):
    work.changes.add(Change(id="old", area_id=house.area_id, at=house.clock.now(), kind="rhythm"))


@pytest.mark.parametrize(
    ("table", "puts"),
    [("invitation", puts_a_link), ("closed_day", puts_a_free_day), ("change", notes_a_change)],
)
def test_it_stays_its_time_and_goes_the_day_after(house, table, puts):
    """Whatever else is in the house."""
    with house.storage.begin() as work:
        puts(work, house)
        work.commit()
    written = f"SELECT count(*) FROM {table} WHERE id = 'old'"  # noqa: S608 - our own table names
    house.clock.pass_(kept(table))
    tidy(house.deps)
    assert house.rows(written) == [(1,)]
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.rows(written) == [(0,)]
