"""Education falls behind in an area for two months: its coordinator hears it once, and everybody can read that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.usecases.deps import Deps
from dialogues.insight.shares import Slip
from storage.tallies import Tally, seal_slip
from storage.teams import Team
from tests.journeys.arranging import company
from tests.journeys.tapping import begins
from tests.support.phones import AMSTERDAM, Sandbox

pytestmark = pytest.mark.journey

TEAMS = 3
ASKED = 30
BEHIND = "uit het onderwijs twee maanden een kleiner deel mee"


def test_education_that_falls_behind_is_told_once(sandbox: Sandbox, bot: Deps) -> None:
    """Nothing after the first month, a message after the second; words per sector, and the same line in the log."""
    team = company(bot, sandbox, members=1)
    carla, member = team.coordinator, team.members[0]
    for month, due in (("2027-02", "2027-03-01 08:00"), ("2027-03", "2027-04-01 08:00")):
        gathers(bot, team.team, month, due=due, answered={"jgz": 29, "onderwijs": 3})

    sandbox.becomes("2027-03-01 08:01")
    text = begins(carla, "Het gebied", "Deelname per sector")
    assert "februari 2027" in text
    assert carla.count(BEHIND) == 0
    sandbox.becomes("2027-04-01 08:01")
    carla.sees(team.team.name, BEHIND)
    text = begins(carla, "Het gebied", "Deelname per sector")
    assert "maart 2027" in text
    assert text.count("JGZ: bijna iedereen deed mee\nOnderwijs: minder dan de helft deed mee") == 2
    member.writes("/logboek")
    member.sees("Logboek", BEHIND)
    sandbox.becomes("2027-04-08 08:01")
    assert carla.count(BEHIND) == 1


def gathers(bot: Deps, team: Team, month: str, *, due: str, answered: dict[str, int]) -> None:
    """What three big teams of the area would leave behind in a month."""
    due_at = datetime.fromisoformat(due).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    with bot.storage.begin() as work:
        # From the stock: the running bot destroys a key of nothing, and this transaction has not begun yet.
        key_id, key = work.keys.take()
        work.tallies.add(
            Tally(
                id=f"{month}-of-the-area",
                area_id=team.area_id,
                month=month,
                key_id=key_id,
                public_key=key,
                due_at=due_at,
            )
        )
        for number in range(TEAMS):
            asked = {sector: [f"{sector}{number}-{person}" for person in range(ASKED)] for sector in answered}
            slip = Slip(team=f"team {number}", asked=asked, answered=answered)
            work.tallies.put_slip(f"{month}-of-the-area", seal_slip(slip.to_json(), public_key=key))
        work.commit()
