"""From an invitation to a member, and what a refusal leaves behind: nothing."""

from __future__ import annotations

import pytest

from bot.usecases.errors import InvitationInvalid, RoleConflict
from bot.usecases.invite import USES, VALID_FOR, invite_coordinator
from bot.usecases.join_team import accept_invitation, look_at_invitation
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, OTHER_COORDINATOR, OUTSIDER, STRANGER


def test_looking_stores_nothing(house):
    """Somebody who reads the welcome and says "liever niet" is in no row of any table."""
    token = house.token()
    before = house.everything()
    welcome = look_at_invitation(house.deps, chat_id=STRANGER, token=token)
    assert (welcome.kind, welcome.team, welcome.already) == ("member", house.team, False)
    assert house.everything() == before


def test_accepting_twice_is_accepting_once(house):
    """The second yes (a double tap, a repeated update) gives the same membership and takes no second use."""
    token = house.token()
    first = house.join(STRANGER, token)
    after_first = house.everything()
    assert house.join(STRANGER, token) == first
    assert house.everything() == after_first


@pytest.mark.parametrize("kind", ["member", "lead"])
def test_a_fresh_link_for_a_role_one_has_gives_no_second_role(house, kind):
    """A second link to the same team and role gives the standing membership, also when the chat opens it later."""
    chat = ANNE if kind == "member" else LEAD
    again = house.join(chat, house.token(kind=kind))
    assert again.membership_id == house.memberships[chat]
    memberships = house.read(lambda work: work.people.memberships(work.people.by_chat(chat).id))
    assert [each.id for each in memberships] == [again.membership_id]


def test_unknown_expired_and_used_up_are_told_alike(house):
    """One error with one text for all three, so that a guess tells nothing; none leaves a trace."""
    expired, used_up = house.token(), house.token(kind="lead")
    for chat in range(700, 700 + USES["lead"]):
        house.join(chat, used_up)
    said = set()
    before = house.everything()
    for token, days in ((used_up, 0), ("onbekend", 0), ("", 0), ("é" * 500, 0), (expired, VALID_FOR.days)):
        house.clock.pass_(days * DAY)
        for door in (look_at_invitation, accept_invitation):
            name = {"name": "X"} if door is accept_invitation else {}
            with pytest.raises(InvitationInvalid) as refused:
                door(house.deps, chat_id=STRANGER, token=token, **name)
            said.add(str(refused.value))
    assert len(said) == 1
    assert house.everything() == before


def test_an_invitation_works_until_its_last_moment(house):
    """A second before it expires it still works."""
    token = house.token()
    house.clock.pass_(VALID_FOR - DAY / 86400)
    assert house.join(STRANGER, token).kind == "member"


def test_who_took_a_link_is_recognised_when_it_has_expired(house):
    """A member who opens the old link again hears that they are in already."""
    token = house.token()
    joined = house.join(STRANGER, token)
    house.clock.pass_(VALID_FOR)
    welcome = look_at_invitation(house.deps, chat_id=STRANGER, token=token)
    assert (welcome.already, welcome.membership_id) == (True, joined.membership_id)
    with pytest.raises(InvitationInvalid):
        look_at_invitation(house.deps, chat_id=STRANGER + 1, token=token)


@pytest.mark.parametrize(
    ("chat", "kind"),
    [(LEAD, "member"), (COORDINATOR, "member"), (ANNE, "lead")],
    ids=["lead as member", "coordinator as member", "member as lead"],
)
def test_who_reads_the_maandbeeld_never_answers_in_it(house, chat, kind):
    """Leads and coordinators cannot become members here, members cannot become leads; nothing is used or stored."""
    token = house.token(kind=kind)
    before = house.everything()
    with pytest.raises(RoleConflict):
        house.join(chat, token)
    assert house.everything() == before


def test_a_member_cannot_coordinate_the_area_of_their_team(house):
    """Nor the other way round; but elsewhere they can."""
    here = invite_coordinator(house.deps, area_name="Noord", municipality="Noordstad").token
    with pytest.raises(RoleConflict):
        house.join(BRAM, here)
    there = invite_coordinator(house.deps, area_name="Zuid", municipality="Zuidstad").token
    assert house.join(BRAM, there).area.name == "Zuid"


def test_one_person_can_have_roles_in_several_teams(house):
    """The outsider joins here too; the coordinator there answers here: one person row each."""
    house.join(OUTSIDER, house.token())
    house.join(OTHER_COORDINATOR, house.token())
    assert house.rows("SELECT count(*) FROM person WHERE chat_id IN (?, ?)", OUTSIDER, OTHER_COORDINATOR) == [(2,)]
    outsider = house.person(OUTSIDER)
    assert len(house.read(lambda work: work.people.memberships(outsider.id))) == 2


def test_the_token_is_nowhere_in_the_database(house):
    """What opens the door is kept only as a hash."""
    token = house.token()
    house.storage.checkpoint()
    assert token.encode() not in house.database.read_bytes()
