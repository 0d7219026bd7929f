"""Lists of personal links, and what can still be done with an open invitation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.errors import InvitationInvalid, NotAllowed
from bot.usecases.invite import LONGEST_LIST, USES, VALID_DAYS, invite_colleague, invite_each, invite_to_team
from bot.usecases.open_invitations import (
    open_invitation,
    open_invitations,
    renew_invitation,
    revoke_all,
    revoke_invitation,
)
from bot.usecases.read_names import LONGEST_LABEL, NamesUnusable, read_names
from tests.support.house import ANNE, COORDINATOR, DAY, OTHER_COORDINATOR, STRANGER


def found(house):
    return open_invitations(house.deps, chat_id=COORDINATOR, team_id=house.team_id)


@pytest.fixture
def empty_list(house):
    """No invitation is open any more."""
    revoke_all(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    return house


def test_a_list_gives_one_link_for_one_person_each(house):
    """Numbered, capped at one, and what is stored tells for whom by its number only."""
    made = invite_each(house.deps, chat_id=COORDINATOR, team_id=house.team_id, number=3, days=7)
    assert [(each.place, each.max_uses) for each in made] == [(1, 1), (2, 1), (3, 1)]
    assert len({each.token for each in made}) == 3
    house.join(STRANGER, made[1].token)
    with pytest.raises(InvitationInvalid):
        house.join(998, made[1].token)
    assert house.join(998, made[0].token).kind == "member"
    house.clock.pass_(7 * DAY)
    with pytest.raises(InvitationInvalid):
        house.join(997, made[2].token)


@pytest.mark.parametrize(("number", "days"), [(0, 7), (LONGEST_LIST + 1, 7), (-1, 7), (3, 1), (3, 365)])
def test_a_list_of_another_size_or_time_is_refused(house, number, days):
    with pytest.raises(NotAllowed):
        invite_each(house.deps, chat_id=COORDINATOR, team_id=house.team_id, number=number, days=days)


@pytest.mark.parametrize("days", VALID_DAYS)
def test_a_shared_link_works_as_long_as_was_chosen(house, days):
    invited = invite_to_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, kind="member", days=days)
    assert invited.expires_at == house.clock.now() + days * DAY
    with pytest.raises(NotAllowed):
        invite_to_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, kind="member", days=days + 1)


def test_a_withdrawn_link_works_no_more_and_whoever_came_in_stays(empty_list):
    """Withdrawing twice is refused kindly, like what is not there."""
    house = empty_list
    token = house.token()
    house.join(STRANGER, token)
    (invitation,) = found(house)
    assert (invitation.uses, invitation.max_uses) == (1, USES["member"])
    revoke_invitation(house.deps, chat_id=COORDINATOR, invitation_id=invitation.id)
    assert found(house) == ()
    with pytest.raises(InvitationInvalid):
        house.join(998, token)
    assert house.person(STRANGER) is not None
    for again in (revoke_invitation, renew_invitation, open_invitation):
        with pytest.raises(NotAllowed):
            again(house.deps, chat_id=COORDINATOR, invitation_id=invitation.id)


def test_all_are_withdrawn_at_once(empty_list):
    """Of this team, and of no other."""
    house = empty_list
    tokens = [house.token() for _ in range(3)]
    elsewhere = house.token(team=house.other_team, by=OTHER_COORDINATOR)
    assert revoke_all(house.deps, chat_id=COORDINATOR, team_id=house.team_id) == 3
    assert revoke_all(house.deps, chat_id=COORDINATOR, team_id=house.team_id) == 0
    for token in tokens:
        with pytest.raises(InvitationInvalid):
            house.join(STRANGER, token)
    assert house.join(STRANGER, elsewhere).kind == "member"
    assert house.rows("SELECT count(*) FROM change WHERE kind = 'revoked_all'") == [(2,)]


def test_a_lost_link_is_replaced_by_one_with_what_was_left(empty_list):
    """Same place, same number of days, the uses that were left; the old link is dead."""
    house = empty_list
    made = invite_each(house.deps, chat_id=COORDINATOR, team_id=house.team_id, number=2, days=30)
    house.clock.pass_(3 * DAY)
    second = next(each for each in found(house) if each.place == 2)
    fresh = renew_invitation(house.deps, chat_id=COORDINATOR, invitation_id=second.id)
    assert (fresh.place, fresh.max_uses, fresh.expires_at) == (2, 1, house.clock.now() + 30 * DAY)
    with pytest.raises(InvitationInvalid):
        house.join(STRANGER, made[1].token)
    assert house.join(STRANGER, fresh.token).kind == "member"

    shared = house.token()
    house.join(998, shared)
    (open_one,) = (each for each in found(house) if each.place == 0)
    assert renew_invitation(house.deps, chat_id=COORDINATOR, invitation_id=open_one.id).max_uses == USES["member"] - 1


def test_a_colleague_comes_in_by_a_link_of_a_coordinator(house):
    """For one person, into this area; it is no invitation of a team."""
    invited = invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id)
    assert house.join(STRANGER, invited.token).area.id == house.area_id
    with pytest.raises(InvitationInvalid):
        house.join(998, invited.token)
    assert all(each.kind != "coordinator" for each in found(house))


def test_what_was_typed_is_tidied():
    """White space and invisible signs go; empty lines do not count; a number gives so many lines."""
    assert read_names("  Anne   de Vries\n\n\tIB'er van De Kring\u200b \n") == ("Anne de Vries", "IB'er van De Kring")
    assert read_names("3") == ("Persoon 1", "Persoon 2", "Persoon 3")
    assert read_names("=1+1") == ("=1+1",)


@pytest.mark.parametrize(
    "text", ["", " \n ", "0", "41", "9" * 50, "x" * (LONGEST_LABEL + 1), "x\n" * (LONGEST_LIST + 1)]
)
def test_what_gives_no_list_is_refused(text):
    with pytest.raises(NamesUnusable):
        read_names(text)


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_short_printable_lines_or_a_refusal(text):
    try:
        labels = read_names(text)
    except NamesUnusable:
        return
    assert 1 <= len(labels) <= LONGEST_LIST
    assert all(label.isprintable() and 0 < len(label) <= LONGEST_LABEL for label in labels)


def test_names_of_a_list_are_stored_nowhere(house):
    """The use case is never given them; the rows hold a number."""
    labels = read_names("Sterrenkijker\nWaterdrager")
    invite_each(house.deps, chat_id=COORDINATOR, team_id=house.team_id, number=len(labels), days=7)
    assert "Sterrenkijker" not in repr(house.everything())
    assert house.rows("SELECT place FROM invitation WHERE place > 0 ORDER BY place") == [(1,), (2,)]
    assert house.person(ANNE) is not None
