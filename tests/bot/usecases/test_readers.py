"""Who reads an overview before the team does was not asked in it: leads, and coordinators of the area."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.usecases.due_message import MaandbeeldMessage
from bot.usecases.errors import NotAllowed, RoleConflict
from bot.usecases.invite import invite_coordinator
from bot.usecases.leave_team import remove_now
from bot.usecases.readers import SOON, leave_out_readers
from bot.usecases.release_round import release_due
from bot.usecases.see_cycle import see_own_cycle
from bot.usecases.see_reactions import see_reactions
from bot.usecases.share_maandbeeld import open_maandbeeld, share_maandbeeld
from tests.support.house import ANNE, COORDINATOR, DAY, LEAD
from tests.support.played import played_once


@played_once
def chats(house):
    """A team of six."""
    return house.members(6)


def become(house, chat, role):
    """Somebody takes a fresh link for a role here."""
    if role == "lead":
        return house.join(chat, house.token(kind="lead"))
    return house.join(chat, invite_coordinator(house.deps, area_name="Noord", municipality="Noordstad").token)


def all_ends(house):
    """The start dialogue, which asked them too, closes as well."""
    house.clock.pass_(14 * DAY)
    release_due(house.deps)


def taken_out(house, chat):
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[chat])


@pytest.mark.parametrize("role", ["lead", "coordinator"])
def test_who_is_asked_becomes_no_reader_until_the_round_has_ended(house, chats, role):
    """Not as a member, and not after leaving either: the envelope is still there. Once it is counted, they may."""
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    taken_out(house, ANNE)
    with pytest.raises(RoleConflict):
        become(house, ANNE, role)
    assert house.close(about) == "published"
    all_ends(house)
    assert become(house, ANNE, role).kind == role


@pytest.mark.parametrize("role", ["lead", "coordinator"])
def test_a_thin_round_keeps_them_out_as_well(house, chats, role):
    """Its answers wait sealed for the second chance, and may still be read by nobody who gave them."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    taken_out(house, ANNE)
    assert house.close(about) == "thin"
    with pytest.raises(RoleConflict):
        become(house, ANNE, role)


@pytest.mark.parametrize("role", ["lead", "coordinator"])
@pytest.mark.parametrize("again", [False, True], ids=["in the round", "in the thin round before"])
@pytest.mark.parametrize("apart", [False, True], ids=["one user", "an opener that knows nobody"])
def test_the_opener_counts_no_envelope_of_a_reader(house, chats, role, again, apart):
    """Should one become a reader past every door: five answers, one of a reader, are four, and four are too few."""
    about = house.open_round()
    for chat in chats[: 4 if again else 5]:
        house.answer(chat, about.id)
    if again:
        assert house.close(about) == "thin"
        house.stock(1)
        about = house.next_round()
        house.answer(chats[4], about.id)
    with house.storage.begin() as work:
        anne = work.people.by_chat(ANNE)
        if role == "coordinator":
            work.people.add_coordinator(anne.id, house.area_id)
        else:
            work.people.end_membership(house.memberships[ANNE], house.deps.today())
            lead = work.people.latest_membership(work.people.by_chat(LEAD).id, house.team_id)
            work.people.add_membership(replace(lead, id="lead-anne", person_id=anne.id))
        work.commit()
    if apart:
        house.clock.moment = about.closes_at - SOON
        assert leave_out_readers(house.deps) == 1
        for path in (house.folder / "keys" / "bot").iterdir():
            path.unlink()
    assert house.close(about) == ("destroyed" if again else "thin")


def test_a_lead_who_was_asked_reads_only_what_comes_after(house, chats):
    """That of their own answers goes to the other lead; they see it when the team does. The next is theirs."""
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    all_ends(house)
    taken_out(house, ANNE)
    become(house, ANNE, "lead")
    first = house.maandbeeld()
    assert [each.chat_id for each in house.send() if isinstance(each.message, MaandbeeldMessage)] == [LEAD]
    with pytest.raises(NotAllowed):
        open_maandbeeld(house.deps, chat_id=ANNE, maandbeeld_id=first)
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=first)
    assert open_maandbeeld(house.deps, chat_id=ANNE, maandbeeld_id=first).shared
    house.stock(2)
    second = ""
    while not second:
        about = house.next_round()
        for chat in chats[1:]:
            house.answer(chat, about.id)
        house.close(about)
        house.stock(1)
        second = house.maandbeeld()
    readers = {row.person_id for row in house.deliveries("maandbeeld", second)}
    assert readers == {house.person(chat).id for chat in (LEAD, ANNE)}


def test_a_new_lead_who_was_asked_does_not_catch_up_with_it(house, chats):
    """Somebody from elsewhere gets the newest maandbeeld at once; a former member waits for the next."""
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    made = house.maandbeeld()
    all_ends(house)
    taken_out(house, ANNE)
    become(house, ANNE, "lead")
    assert [row.person_id for row in house.deliveries("maandbeeld", made)] == [house.person(LEAD).id]
    become(house, 4321, "lead")
    assert house.person(4321).id in {row.person_id for row in house.deliveries("maandbeeld", made)}
    with pytest.raises(NotAllowed):
        open_maandbeeld(house.deps, chat_id=ANNE, maandbeeld_id=made)


def test_a_lead_of_whom_an_answer_waited_does_not_read_what_it_became(house, chats):
    """Answered in a round with too few; a maandbeeld was made before the second chance, of which they were no part."""
    house.stock(4)
    house.answered(chats, house.open_round())
    thin = house.next_round()
    house.answer(ANNE, thin.id, "1")
    assert house.close(thin) == "thin"
    house.maandbeeld()
    taken_out(house, ANNE)
    house.clock.pass_(DAY)
    again = house.next_round()
    assert again.predecessor_id == thin.id
    house.answered(chats[1:], again)
    all_ends(house)
    become(house, ANNE, "lead")
    made = house.maandbeeld()
    assert [row.person_id for row in house.deliveries("maandbeeld", made)] == [house.person(LEAD).id]
    with pytest.raises(NotAllowed):
        open_maandbeeld(house.deps, chat_id=ANNE, maandbeeld_id=made)


def test_the_cycle_names_to_a_lead_who_was_asked_only_what_they_can_react_to(house, chats):
    """What the one before left open is for the other lead."""
    house.stock(3)
    house.answered(chats, house.open_round())
    all_ends(house)
    taken_out(house, ANNE)
    become(house, ANNE, "lead")
    house.maandbeeld()
    house.answered(chats[1:], house.next_round())
    second = house.maandbeeld()
    named = {}
    for chat in (LEAD, ANNE):
        named[chat] = see_own_cycle(house.deps, chat_id=chat, team_id=house.team_id).open
        assert named[chat] == see_reactions(house.deps, chat_id=chat, maandbeeld_id=second).open
    assert [bool(each.month) for each in named[LEAD]] == [True, False]
    assert named[ANNE] == named[LEAD][1:]
