"""A school year through real rounds: who reads what, which months belong to it, and when its readers are told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.usecases.agree_action import agree_action
from bot.usecases.changes import NoticeMessage
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.errors import NotAllowed
from bot.usecases.make_team import make_team
from bot.usecases.merge_teams import merge_teams
from bot.usecases.respond import respond
from bot.usecases.see_year import see_area_year, see_team_year, years_of_area, years_of_team
from storage.improvement_actions import ImprovementAction
from tests.bot.usecases.test_readers import all_ends, become, taken_out
from tests.dialogues.insight.test_year import everything
from tests.support.house import COORDINATOR, LEAD, OTHER_LEAD
from tests.support.played import played_once


@played_once
def maandbeeld_id(house):
    return house.first_maandbeeld()


def test_a_lead_reads_the_year_of_the_own_team(house, maandbeeld_id):
    """Its months, and what was said to it; another lead reads nothing."""
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes")
    found = years_of_team(house.deps, chat_id=LEAD, team_id=house.team_id)
    assert (found.name, found.years) == ("Samen in Noord", (2026,))
    told = everything(see_team_year(house.deps, chat_id=LEAD, team_id=house.team_id, year=2026))
    assert "november 2026: Vertrouwen en respect." in told
    assert "Vertrouwen en respect: doen we." in told
    assert "nog geen maandbeeld" in everything(
        see_team_year(house.deps, chat_id=LEAD, team_id=house.team_id, year=2025)
    )
    with pytest.raises(NotAllowed):
        see_team_year(house.deps, chat_id=OTHER_LEAD, team_id=house.team_id, year=2026)


def test_a_coordinator_reads_topics_and_no_reaction(house, maandbeeld_id):
    """What the lead said is between lead and team."""
    respond(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place=0, answer="yes")
    assert years_of_area(house.deps, chat_id=COORDINATOR, area_id=house.area_id).years == (2026,)
    told = everything(see_area_year(house.deps, chat_id=COORDINATOR, area_id=house.area_id, year=2026))
    assert "november 2026: Vertrouwen en respect." in told
    assert "doen we" not in told


def test_a_lead_who_was_asked_reads_that_month_only_once_it_was_shared(house, maandbeeld_id):
    """Whoever answered must not read it before the team does (privacy rule 8)."""
    member = 1000
    all_ends(house)
    taken_out(house, member)
    become(house, member, "lead")
    assert years_of_team(house.deps, chat_id=member, team_id=house.team_id).years == ()
    told = everything(see_team_year(house.deps, chat_id=member, team_id=house.team_id, year=2026))
    assert "Vertrouwen" not in told


def test_it_is_told_once_at_the_end_of_a_school_year(house, maandbeeld_id):
    """With the last maandbeeld of the year: to the lead of the team, and once to the coordinator of the area."""
    assert not notices(house)
    for year, month in ((2027, 1), (2027, 5), (2027, 6)):
        go_to(house, datetime(year, month, 15, 12, tzinfo=UTC))
    assert not notices(house)
    go_to(house, datetime(2027, 7, 5, 7, tzinfo=UTC))
    found = notices(house)
    assert sorted((chat, each.kind) for chat, each in found) == [(COORDINATOR, "area_year"), (LEAD, "year_overview")]
    assert {each.words["years"] for _, each in found} == {"2026-2027"}
    go_to(house, datetime(2027, 8, 20, 7, tzinfo=UTC))
    assert not notices(house)


def steps_of(house, year: int) -> str:
    """What the year overview of the lead, and that of the area, tell about steps."""
    mine = see_team_year(house.deps, chat_id=LEAD, team_id=house.team_id, year=year)
    areas = see_area_year(house.deps, chat_id=COORDINATOR, area_id=house.area_id, year=year)
    told = [everything(each) for each in (mine, areas)]
    names = ("Vorig jaar begonnen", "Na de zomer gestopt", "Allang voorbij", "Van nu")
    of_both = [" ".join(name for name in names if name in text) for text in told]
    assert of_both[0] == of_both[1]
    return of_both[0]


def keep_steps(house, maandbeeld_id, made, *, look_back_on):
    """Steps of the team: what it is, agreed on which day, how it stands, and decided on which day."""
    with house.storage.begin() as work:
        for number, (step, agreed_on, state, decided_on) in enumerate(made):
            work.improvement_actions.add(
                ImprovementAction(
                    id=f"step{number}",
                    maandbeeld_id=maandbeeld_id,
                    team_id=house.team_id,
                    step=step,
                    owner="samen",
                    agreed_on=agreed_on,
                    look_back_on=look_back_on,
                    state=state,
                    decided_on=decided_on,
                )
            )
        work.commit()


def test_a_step_is_in_every_year_in_which_it_was_open(house, maandbeeld_id):
    """One that is open since last year, and one that ended after the summer, are not lost between two years."""
    spring, autumn = date(2026, 5, 12), date(2026, 10, 6)
    made = (
        ("Vorig jaar begonnen", spring, "open", None),
        ("Na de zomer gestopt", spring, "stopped", autumn),
        ("Allang voorbij", spring, "kept", date(2026, 6, 2)),
        ("Van nu", autumn, "open", None),
    )
    keep_steps(house, maandbeeld_id, made, look_back_on=autumn)
    assert steps_of(house, 2024) == ""
    assert steps_of(house, 2025) == "Vorig jaar begonnen Na de zomer gestopt Allang voorbij"
    assert steps_of(house, 2026) == "Vorig jaar begonnen Na de zomer gestopt Van nu"
    assert steps_of(house, 2027) == ""


def test_a_slip_is_no_history(house, maandbeeld_id):
    """A step that was replaced before anybody could read of it is in no year; one that a maandbeeld told of is."""
    replaced_on = date(2026, 12, 1)
    made = (
        ("Van nu", replaced_on, "changed", replaced_on),
        ("Allang voorbij", date(2026, 11, 3), "changed", replaced_on),
    )
    keep_steps(house, maandbeeld_id, made, look_back_on=date(2026, 12, 29))
    assert steps_of(house, 2026) == "Allang voorbij"


def test_a_team_that_went_up_into_another_stays_in_the_year_of_the_area(house, maandbeeld_id):
    """With its topics, and its open step as it was left; a year later it is gone."""
    step = agree_action(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id, place="0", owner="samen", weeks=4)
    other = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    merge_teams(house.deps, chat_id=COORDINATOR, team_id=house.team_id, other_id=other.id)
    assert years_of_area(house.deps, chat_id=COORDINATOR, area_id=house.area_id).years == (2026,)
    told = everything(see_area_year(house.deps, chat_id=COORDINATOR, area_id=house.area_id, year=2026))
    assert "november 2026: Vertrouwen en respect." in told
    assert f"{step.step.rstrip('.')}. Trekker: samen. Op 1 december 2026 ging het team op in een ander team." in told
    later = see_area_year(house.deps, chat_id=COORDINATOR, area_id=house.area_id, year=2027)
    assert [each.title for each in later.chapters] == ["De Brug"]


def go_to(house, moment: datetime) -> None:
    """Pass the moments of maandbeelden up to this day."""
    while True:
        due = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
        if due > moment:
            break
        house.clock.moment = max(house.clock.moment, due)
        compose_due_maandbeelden(house.deps)
    house.clock.moment = max(house.clock.moment, moment)


def notices(house) -> list[tuple[int, NoticeMessage]]:
    """What was told about a year since the last look."""
    return [
        (each.chat_id, each.message)
        for each in house.send()
        if isinstance(each.message, NoticeMessage) and each.message.kind in {"area_year", "year_overview"}
    ]
