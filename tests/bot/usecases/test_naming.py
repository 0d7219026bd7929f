"""Areas that a coordinator makes and takes away, and names that are corrected: who reads them, and what stays."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from bot.chat.texts.changes_nl import logbook
from bot.chat.texts.days_nl import HAPPENINGS
from bot.usecases.arrange_area_rounds import GROUPS, group_name
from bot.usecases.changes import area_log, my_log
from bot.usecases.errors import AlreadySo, LastCoordinator, NotAllowed, RoleConflict
from bot.usecases.forget_me import forget_me
from bot.usecases.invite import invite_colleague
from bot.usecases.make_area import MOST_AREAS, AreaInUse, TooManyAreas, make_area, remove_area, see_area
from bot.usecases.make_team import make_team
from bot.usecases.naming import NameTaken, NameUnusable
from bot.usecases.remove_team import TeamInUse, remove_team
from bot.usecases.rename import rename_area, rename_team, rename_wijkteam
from bot.usecases.see_agenda import agenda_file
from bot.usecases.see_team import my_areas
from bot.usecases.see_year import see_team_year
from bot.usecases.set_contact import set_contact
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.verify_maandbeelden import verify_maandbeelden
from dialogues.insight.maandbeeld import Maandbeeld
from tests.support.area import with_overview
from tests.support.house import ANNE, COORDINATOR, HOUR, LEAD, STRANGER

NEW = "Samen in Noord en West"


def areas(house):
    return [area.name for area, _ in my_areas(house.deps, chat_id=COORDINATOR)]


def kinds(page):
    return [each.kind for each in page.changes]


def test_a_coordinator_makes_an_area_and_coordinates_it(house):
    """Its name is that of the gemeente in texts; a second time, in other capitals, it is the same one."""
    made = make_area(house.deps, chat_id=COORDINATOR, name=" West  stad ")
    assert (made.area.name, made.area.municipality, made.is_new) == ("West stad", "West stad", True)
    again = make_area(house.deps, chat_id=COORDINATOR, name="west stad")
    assert (again.area, again.is_new) == (made.area, False)
    assert sorted(areas(house)) == ["Noord", "West stad"]
    assert kinds(area_log(house.deps, chat_id=COORDINATOR, area_id=made.area.id)) == ["area_made"]


def test_an_area_made_in_the_chat_knows_the_same_rule_of_readers(house):
    """Who coordinates it reads its overviews, and is in none of its teams (privacy rule 8)."""
    area = make_area(house.deps, chat_id=COORDINATOR, name="West").area
    team = make_team(house.deps, chat_id=COORDINATOR, area_id=area.id, name="De Brug", team_label="het team")
    with pytest.raises(RoleConflict):
        house.join(COORDINATOR, house.token(team=team))


@pytest.mark.parametrize(
    ("name", "refusal"), [("", NameUnusable), ("t.me/x", NameUnusable), ("x" * 41, NameUnusable), ("zuid", NameTaken)]
)
def test_a_name_of_an_area_is_its_own_in_the_whole_house(house, name, refusal):
    """By that name the administrator invites people into it: for a new one and for another name."""
    before = house.everything()
    with pytest.raises(refusal):
        make_area(house.deps, chat_id=COORDINATOR, name=name)
    with pytest.raises(refusal):
        rename_area(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name)
    assert house.everything() == before


def test_nobody_makes_areas_without_end(house):
    """The one that is there already may be asked for again, a thirteenth may not."""
    for number in range(1, MOST_AREAS):
        make_area(house.deps, chat_id=COORDINATOR, name=f"Gebied {number}")
    before = house.everything()
    assert not make_area(house.deps, chat_id=COORDINATOR, name="Gebied 1").is_new
    with pytest.raises(TooManyAreas):
        make_area(house.deps, chat_id=COORDINATOR, name="Nog een")
    assert house.everything() == before
    assert len(areas(house)) == MOST_AREAS


def test_an_area_goes_only_while_nothing_was_made_in_it(house):
    """Not with a team, not with a colleague, and not the only one; afterwards the house is as before it was made."""
    before = house.everything()
    area = make_area(house.deps, chat_id=COORDINATOR, name="West").area
    link = invite_colleague(house.deps, chat_id=COORDINATOR, area_id=area.id)
    assert remove_area(house.deps, chat_id=COORDINATOR, area_id=area.id) == area
    with pytest.raises(AlreadySo):
        remove_area(house.deps, chat_id=COORDINATOR, area_id=area.id)
    with pytest.raises(NotAllowed):
        remove_area(house.deps, chat_id=ANNE, area_id=area.id)
    assert house.everything() == before
    with pytest.raises(AreaInUse):
        remove_area(house.deps, chat_id=COORDINATOR, area_id=house.area_id)
    area = make_area(house.deps, chat_id=COORDINATOR, name="West").area
    link = invite_colleague(house.deps, chat_id=COORDINATOR, area_id=area.id)
    house.join(STRANGER, link.token)
    for chat in (COORDINATOR, STRANGER):  # for the stranger it is also the only one
        assert not see_area(house.deps, chat_id=chat, area_id=area.id).can_go
    area = make_area(house.deps, chat_id=COORDINATOR, name="Oost").area
    make_team(house.deps, chat_id=COORDINATOR, area_id=area.id, name="De Brug", team_label="het team")
    assert not see_area(house.deps, chat_id=COORDINATOR, area_id=area.id).can_go


def test_an_empty_area_need_not_keep_somebody_here(house):
    """Its only coordinator cannot leave; once it has gone, they can."""
    house.join(STRANGER, invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    area = make_area(house.deps, chat_id=COORDINATOR, name="Vergist").area
    with pytest.raises(LastCoordinator):
        forget_me(house.deps, chat_id=COORDINATOR)
    remove_area(house.deps, chat_id=COORDINATOR, area_id=area.id)
    assert forget_me(house.deps, chat_id=COORDINATOR)


def test_a_team_that_was_a_mistake_goes_without_a_trace_but_in_the_log_of_the_area(house):
    """With its rhythm, profile and invitations; then its area can go. Not once somebody was in it, also if erased."""
    area = make_area(house.deps, chat_id=COORDINATOR, name="West").area
    before = house.everything()
    team = make_team(house.deps, chat_id=COORDINATOR, area_id=area.id, name="Vergist", team_label="het team")
    house.token(kind="lead", team=team)
    set_contact(house.deps, chat_id=COORDINATOR, team_id=team.id, question="privacy_contact", typed="de teamleider")
    set_rhythm(house.deps, chat_id=COORDINATOR, team_id=team.id, rhythm="light", weekday="monday", minute=600)
    assert remove_team(house.deps, chat_id=COORDINATOR, team_id=team.id).name == "Vergist"
    with pytest.raises(AlreadySo):
        remove_team(house.deps, chat_id=COORDINATOR, team_id=team.id)
    assert house.everything() | {"change": before["change"]} == before
    assert {*kinds(area_log(house.deps, chat_id=COORDINATOR, area_id=area.id))} == {"team_removed", "area_made"}
    assert see_area(house.deps, chat_id=COORDINATOR, area_id=area.id).can_go
    for kind in ("lead", "member"):
        team = make_team(house.deps, chat_id=COORDINATOR, area_id=area.id, name=kind, team_label="het team")
        house.join(STRANGER, house.token(kind=kind, team=team))
        forget_me(house.deps, chat_id=STRANGER)
        with pytest.raises(TeamInUse):
            remove_team(house.deps, chat_id=COORDINATOR, team_id=team.id)


def test_a_team_is_called_something_else_everywhere_but_in_what_was_written(house):
    """Questions, agenda and year have the new name; a maandbeeld keeps the old one, and its chain holds."""
    house.stock(10)
    chats = house.members(6)
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    first = house.read(lambda work: work.maandbeelden.get(house.maandbeeld()))
    uids = _uids(house)
    assert rename_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, name=f" {NEW} ") == NEW
    assert (
        rename_wijkteam(house.deps, chat_id=COORDINATOR, team_id=house.team_id, label="het Noordteam")
        == "het Noordteam"
    )
    assert house.read(lambda work: work.maandbeelden.get(first.id)) == first
    assert Maandbeeld.from_json(first.body).team == "Samen in Noord"
    assert verify_maandbeelden(house.deps) == ()
    assert see_team_year(house.deps, chat_id=LEAD, team_id=house.team_id, year=2026).who == NEW
    assert _uids(house) == uids
    later = house.next_round()
    for chat in chats:
        house.answer(chat, later.id)
    house.close(later)
    second = house.read(lambda work: work.maandbeelden.get(house.maandbeeld()))
    assert Maandbeeld.from_json(second.body).team == NEW
    assert verify_maandbeelden(house.deps) == ()
    for reader in (ANNE, LEAD, COORDINATOR):
        (told,) = [each for each in my_log(house.deps, chat_id=reader).changes if each.kind == "team_renamed"]
        assert (told.where, dict(told.words)) == (NEW, {"old": "Samen in Noord", "new": NEW})


def _uids(house):
    """Of the agenda, whose events all bear the name that holds now."""
    file = agenda_file(house.deps, chat_id=COORDINATOR, team_id=house.team_id, words=HAPPENINGS)
    events = list(Calendar.from_ical(file).walk("VEVENT"))
    name = house.read(lambda work: work.teams.get(house.team_id)).name
    assert events
    assert all(f"({name})" in str(each["summary"]) for each in events)
    return {str(each["uid"]) for each in events}


def test_the_same_name_is_no_change_and_that_of_another_team_is_taken(house):
    """Capitals of one's own may change; two teams of one area never read alike."""
    make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    before = house.everything()
    rename_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, name="Samen in Noord")
    rename_wijkteam(house.deps, chat_id=COORDINATOR, team_id=house.team_id, label="het buurtteam")
    rename_area(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="Noord")
    with pytest.raises(NameTaken):
        rename_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, name="de brug")
    with pytest.raises(NameUnusable):
        rename_wijkteam(house.deps, chat_id=COORDINATOR, team_id=house.team_id, label="@team")
    assert house.everything() == before
    assert (
        rename_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, name="samen in noord") == "samen in noord"
    )


def test_the_groups_of_an_area_go_by_its_new_name(house):
    """So that its overview and its questions say it too; a gemeente of another name stays."""
    with_overview(house)
    house.clock.pass_(HOUR)
    rename_area(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="Noord en West")
    area = house.read(lambda work: work.teams.area(house.area_id))
    assert (area.name, area.municipality) == ("Noord en West", "Noordstad")
    groups = [house.read(lambda work, scope=scope: work.teams.group(house.area_id, scope)) for scope in GROUPS]
    assert [each.name for each in groups if each] == [group_name("Noord en West", "area")] == ["Heel Noord en West"]
    assert kinds(my_log(house.deps, chat_id=ANNE))[0] == "area_renamed"


def test_a_name_that_looks_like_a_rhythm_is_a_name_in_the_log(house):
    """What people type is never read as something else."""
    house.clock.pass_(HOUR)
    rename_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, name="FREQ=niets")
    said = logbook(my_log(house.deps, chat_id=ANNE), zone=house.deps.zone)
    assert "Samen in Noord heet nu FREQ=niets." in said
