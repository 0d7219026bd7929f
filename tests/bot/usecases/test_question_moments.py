"""The moments of a round's prompts and reminders, worked out together, are those that each row finds by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.usecases.free_moments import next_moment, question_moments
from dialogues.rhythm.calendar import SchoolRegion
from storage.deliveries import Delivery
from storage.teams import ClosedDay
from tests.dialogues.rhythm.moments import at, blocks, quarters
from tests.support.chance import examples
from tests.support.house import ANNE, copied

weeks = st.lists(blocks, max_size=4).map(lambda chosen: tuple(each.to_word() for each in chosen))
worlds = st.fixed_dictionaries({
    "opens": quarters,
    "days": st.integers(1, 20),
    "reminds": st.none() | st.integers(0, 24 * 22),
    "sector": st.sampled_from(["jgz", "onderwijs", "wijkteam"]),
    "own": st.none() | weeks,
    "team": weeks,
    "away": st.none() | st.integers(-2, 12),
    "closed": st.sets(st.integers(0, 20), max_size=8),
    "region": st.sampled_from(["", *map(str, SchoolRegion)]),
    "school": st.sampled_from(["skip", "ask"]),
})  # fmt: skip
PLAIN = {
    "days": 14, "reminds": 24 * 8, "sector": "jgz", "own": None, "team": (), "away": None, "closed": set(),
    "region": "midden", "school": "skip",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory, model_house):
    house = copied(model_house, tmp_path_factory.mktemp("home"))
    house.rhythm()
    return house


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(world=worlds)
@example(world={**PLAIN, "opens": at("2026-10-23", "08:30")})
@example(world={**PLAIN, "opens": at("2027-03-26", "17:45"), "away": 3})
@example(world={**PLAIN, "opens": at("2026-12-18", "17:30"), "own": ("friday-0-1440",)})
def test_a_list_of_moments_is_what_each_row_finds_for_itself(home, world):
    """Over clock changes, holidays, closed days, absence, quiet times of both; nothing of it is kept."""
    now = home.clock.moment = world["opens"]
    about = home.start_round()
    with home.storage.begin() as work:
        area_id, team_id = home.area_id, home.team_id
        work.teams.set_quiet(team_id, world["team"])
        closed = [
            ClosedDay(id=f"day-{each}", area_id=area_id, day=home.deps.today() + timedelta(days=each))
            for each in world["closed"]
        ]
        work.teams.replace_closed_days(area_id, None, closed)
        work.teams.set_school_region(area_id, world["region"])
        work.schedules.put(replace(work.schedules.get(team_id), school_holidays=world["school"]))
        anne = work.people.by_chat(ANNE)
        work.people.set_quiet(anne.id, world["own"])
        away = None if world["away"] is None else home.deps.today() + timedelta(days=world["away"])
        work.people.set_away(anne.id, away)
        reminds = None if world["reminds"] is None else now + timedelta(hours=world["reminds"])
        about = replace(
            about,
            id="another",
            key_id="another",
            number=1,
            opens_at=now,
            closes_at=now + timedelta(days=world["days"]),
            remind_at=reminds,
        )
        work.rounds.add(about)
        work.rounds.add_all_to_roster(about.id, {anne.id: world["sector"]})
        anne = work.people.by_chat(ANNE)
        prompt_at, reminder_at = question_moments(work, home.deps, about, anne, sector=world["sector"])
        prompt, reminder = (
            Delivery(
                id=kind,
                key=kind,
                person_id=anne.id,
                kind=kind,
                subject=about.id,
                due_at=moment,
                valid_until=about.closes_at,
            )
            for kind, moment in (("prompt", prompt_at), ("reminder", reminder_at or now))
        )
        assert next_moment(work, home.deps, prompt, anne, after=now) == prompt_at
        work.deliveries.add(prompt)
        if reminder_at is None:
            assert reminds is None or reminds >= about.closes_at
        else:
            assert next_moment(work, home.deps, reminder, anne, after=now) == reminder_at
            assert reminder_at == about.closes_at or reminder_at >= max(reminds, prompt_at)
