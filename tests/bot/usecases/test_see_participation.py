"""Who sees the participation of an area, how much of it, and how long it is kept."""

from __future__ import annotations

import pytest

from bot.usecases.errors import NotAllowed
from bot.usecases.housekeeping import tidy
from bot.usecases.see_participation import MONTHS_SHOWN, see_participation
from storage.retention import kept
from storage.tallies import AreaMonth
from tests.support.house import ANNE, COORDINATOR, DAY, LEAD, OTHER_COORDINATOR, STRANGER


def test_only_the_coordinator_of_the_area_sees_it(house):
    """Not the lead, not another coordinator, not a stranger."""
    assert see_participation(house.deps, chat_id=COORDINATOR, area_id=house.area_id) == ()
    for chat in (LEAD, ANNE, OTHER_COORDINATOR, STRANGER):
        with pytest.raises(NotAllowed):
            see_participation(house.deps, chat_id=chat, area_id=house.area_id)


def test_three_months_are_shown_and_two_years_are_kept(house):
    """The newest first."""
    with house.storage.begin() as work:
        for number in range(5, 10):
            at = house.clock.now() + number * DAY
            work.area_months.add(AreaMonth(area_id=house.area_id, month=f"2026-0{number}", shares={}, published_at=at))
        work.commit()
    months = see_participation(house.deps, chat_id=COORDINATOR, area_id=house.area_id)
    assert [each.month for each in months] == ["2026-09", "2026-08", "2026-07"]
    assert len(months) == MONTHS_SHOWN
    house.clock.pass_(kept("area_month") + 7 * DAY)
    tidy(house.deps)
    assert house.rows("SELECT month FROM area_month ORDER BY month") == [("2026-07",), ("2026-08",), ("2026-09",)]
