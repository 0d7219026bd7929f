"""What every tick asks of the whole installation at once: nothing that is due is left out, and little else is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.improvement_actions import ImprovementAction, StepCheck
from storage.publications import PublishedRound
from tests.storage.builders import DAY, NOW, area, delivery, membership, round_, schedule, team

TODAY = NOW.date()
STEP = ImprovementAction(
    id="step", maandbeeld_id="oct", team_id="team", step="Koffie", owner="samen", agreed_on=TODAY,
    look_back_on=TODAY + 84 * DAY,
)  # fmt: skip


@pytest.fixture
def asked_after(storage):
    """A step that the team was asked after; what it said was published on the first day."""
    with storage.begin() as work:
        work.maandbeelden.add("oct", team_id="team", month="2026-10", body="{}", composed_at=NOW - DAY)
        work.improvement_actions.add(STEP)
        work.rounds.add(round_(state="published"))
        work.publications.add(
            PublishedRound(
                round_id="round", team_id="team", number=1, element="check", closed_at=NOW, published_at=NOW,
                outcome="published", cells={}, changed_roster=False,
            )
        )  # fmt: skip
        work.improvement_actions.add_check(StepCheck("round", "step", TODAY))
        work.commit()
    return storage


def to_ask(storage, day, **changed):
    with storage.begin() as work:
        if changed.get("asked"):
            work.improvement_actions.claim_asking("step", before=None, today=changed["asked"])
        if changed.get("went_on"):
            work.improvement_actions.look_back_later("step", on=STEP.look_back_on, today=changed["went_on"])
        return [each.id for each in work.improvement_actions.to_ask_about(day, lately=day - 21 * DAY)]


def told(storage, moment, month="2026-11"):
    with storage.begin() as work:
        work.maandbeelden.add(month, team_id="team", month=month, body="{}", composed_at=moment)
        work.commit()


def test_a_step_is_asked_about_from_its_day_to_look_back_until_that_was_done(asked_after):
    """Not before; and not again once the lead was asked on that day."""
    assert to_ask(asked_after, STEP.look_back_on - DAY) == []
    assert to_ask(asked_after, STEP.look_back_on) == ["step"]
    assert to_ask(asked_after, STEP.look_back_on, asked=STEP.look_back_on - DAY) == ["step"]
    assert to_ask(asked_after, STEP.look_back_on, asked=STEP.look_back_on) == []


def test_a_step_is_asked_about_again_when_somebody_comes_to_lead(asked_after):
    """After the lead was asked, for three weeks, and not once the team went on."""
    day = STEP.look_back_on
    assert to_ask(asked_after, day, asked=day) == []
    with asked_after.begin() as work:
        work.people.add_membership(replace(membership(1, role="lead", joined_on=day + 2 * DAY), id="lead"))
        work.commit()
    assert to_ask(asked_after, day + 2 * DAY, asked=day) == ["step"]
    assert to_ask(asked_after, day + 24 * DAY, asked=day) == []
    assert to_ask(asked_after, day + 3 * DAY, asked=day, went_on=day + 3 * DAY) == []


@pytest.mark.parametrize("since", ["asked", "went_on"])
def test_a_step_is_asked_about_when_a_maandbeeld_told_what_the_team_said(asked_after, since):
    """Published is not enough. What was done before that maandbeeld does not count, what was done after it does."""
    assert to_ask(asked_after, TODAY + DAY) == []
    told(asked_after, NOW + 5 * DAY)
    assert to_ask(asked_after, TODAY + 6 * DAY) == ["step"]
    assert to_ask(asked_after, TODAY + 6 * DAY, **{since: TODAY + 4 * DAY}) == ["step"]
    assert to_ask(asked_after, TODAY + 20 * DAY, **{since: TODAY + 12 * DAY}) == []
    told(asked_after, NOW + 35 * DAY, month="2026-12")  # a later one tells nothing new about it
    assert to_ask(asked_after, TODAY + 36 * DAY, **{since: TODAY + 12 * DAY}) == []


def test_an_area_that_may_be_big_enough_is_found_as_long_as_it_has_no_group(storage):
    """By layer, by number of people and of teams; whoever left, and teams that are put away, do not count."""

    def found(work, scope="strategic", *, people=2, teams=2):
        return work.people.areas_without_group(scope, audience="strategic", people=people, teams=teams)

    with storage.begin() as work:
        work.teams.add_area(area("other"))
        for name in ("a", "b", "c"):
            work.teams.add(team(name, area_id="other"))
        for number, where in ((1, "a"), (2, "b"), (3, "c")):
            work.people.add_membership(membership(number, team_id=where, audience="strategic"))
        assert found(work) == found(work, people=3, teams=3) == found(work, "area") == {"other"}
        assert found(work, people=4) == found(work, teams=4) == frozenset()
        work.people.end_membership("c-3", TODAY)
        work.teams.archive("b", TODAY)
        assert found(work, people=1, teams=1) == {"other"}
        assert found(work) == frozenset()
        work.teams.add(team("group", area_id="other", scope="strategic"))
        assert found(work, people=1, teams=1) == frozenset()
        assert found(work, "area", people=1, teams=1) == {"other"}


def test_the_people_of_an_area_are_the_same_with_and_without_their_names(storage):
    """Ids alone tell as much, in the same order."""
    with storage.begin() as work:
        for number in (2, 1):
            work.people.describe(f"team-{number}", sector="jgz", function="nurse", audience="practice", tenure="long")
        every = work.people.area_members("area", audience="practice")
        places = work.people.area_places("area", audience="practice")
        assert places == tuple((someone.id, place.team_id) for someone, place in every)
        assert len(places) == 2


def test_teams_that_are_asked_things_now(storage):
    """With a rhythm; not paused, not stopped, not put away, no group and of this area only."""
    with storage.begin() as work:
        work.teams.add_area(area("other"))
        quiet = {
            "asleep": {"next_due_at": None},
            "paused": {"paused_until": TODAY + DAY},
            "stopped": {"stopped": "busy"},
            "archived": {},
            "elsewhere": {},
            "group": {},
        }
        for name, changes in {"runs": {}, "back": {"paused_until": TODAY}, **quiet}.items():
            scope = "area" if name == "group" else "team"
            work.teams.add(team(name, area_id="other" if name == "elsewhere" else "area", scope=scope))
            work.schedules.put(schedule(name, **({"next_due_at": NOW + DAY} | changes)))
        work.teams.archive("archived", TODAY)
        assert work.schedules.running_in("area", today=TODAY) == {"runs", "back"}


def test_a_team_is_put_away_while_a_maandbeeld_of_it_is_planned(storage):
    """One that lives, or has none planned, is not named."""
    with storage.begin() as work:
        for name in ("gone", "done", "lives"):
            work.teams.add(team(name))
            work.schedules.put(schedule(name, maandbeeld_due_at=None if name == "done" else NOW))
        for name in ("gone", "done"):
            work.teams.archive(name, TODAY)
        assert [each.id for each in work.teams.to_put_away()] == ["gone"]


def test_how_many_rounds_are_due_up_to_a_moment(storage):
    """The moment itself counts."""
    with storage.begin() as work:
        work.teams.add(team("second"))
        work.schedules.put(schedule(next_due_at=NOW))
        work.schedules.put(schedule("second", next_due_at=NOW + DAY))
        assert [work.schedules.number_due(NOW + ahead) for ahead in (-timedelta(seconds=1), 0 * DAY, DAY)] == [0, 1, 2]


def test_many_rows_at_once_are_what_they_are_one_by_one(storage):
    """Who is asked already, and what is queued already, stays as it was; nothing at all is no error."""
    with storage.begin() as work:
        work.rounds.add(round_())
        work.rounds.add_to_roster("round", "person-1", sector="jgz")
        work.rounds.add_all_to_roster("round", {"person-1": "overig", "person-2": "onderwijs"})
        work.rounds.add_all_to_roster("round", {})
        assert [(each.person_id, each.sector) for each in work.rounds.roster("round")] == [
            ("person-1", "jgz"),
            ("person-2", "onderwijs"),
        ]
        first = delivery()
        assert work.deliveries.add(first)
        work.deliveries.add_all([replace(first, id="again", due_at=NOW + DAY), delivery("second")])
        work.deliveries.add_all([])
        assert work.deliveries.get("id-first") == first
        assert work.deliveries.get("again") is None
        assert work.deliveries.get("id-second") == delivery("second")


def test_the_first_day_in_a_team_counts_also_after_leaving_in_between(storage):
    """Of everybody who has an account, also of who left."""
    with storage.begin() as work:
        work.people.end_membership("team-1", TODAY)
        work.people.add_membership(replace(membership(1), id="back", joined_on=TODAY + DAY))
        work.people.end_membership("team-2", TODAY)
        assert work.people.first_days("team") == {
            f"person-{number}": membership(number).joined_on for number in (1, 2, 3)
        }


def test_when_maandbeelden_were_written(storage):
    """Oldest first, without their words."""
    with storage.begin() as work:
        for month, moment in (("2026-11", NOW), ("2026-12", NOW + 30 * DAY)):
            work.maandbeelden.add(month, team_id="team", month=month, body="{}", composed_at=moment)
        assert work.maandbeelden.composed("team") == (NOW, NOW + 30 * DAY)
        assert work.maandbeelden.composed("other") == ()
        latest = work.maandbeelden.latest("team")
        assert latest is not None
        assert latest.id == "2026-12"


def test_what_is_read_once_is_read_again_after_it_changed(storage):
    """Memberships and closed days within one unit of work."""
    with storage.begin() as work:
        work.teams.add(team("second"))
        assert len(work.people.memberships("person-1")) == 1
        work.people.add_membership(membership(1, team_id="second"))
        assert len(work.people.memberships("person-1")) == 2
        assert work.people.memberships("person-2") != work.people.memberships("person-1")
        assert work.rounds.numbered("team", 1) is None
        work.rounds.add(round_())
        assert work.rounds.numbered("team", 1) is not None
        assert work.rounds.numbered("team", 2) is None
