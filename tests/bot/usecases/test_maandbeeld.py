"""From published rounds to a maandbeeld, and from the lead to the team."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot.usecases import compose_maandbeeld
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.due_message import MaandbeeldMessage
from bot.usecases.errors import NotAllowed
from bot.usecases.send_due import lease_due, mark_unreachable, reachable_again
from bot.usecases.share_maandbeeld import open_maandbeeld, share_maandbeeld
from bot.usecases.verify_maandbeelden import verify_maandbeelden
from dialogues.insight.maandbeeld import Maandbeeld
from storage.maandbeelden import digest_of
from tests.support.house import ANNE, BRAM, COORDINATOR, HOUR, LEAD, OTHER_COORDINATOR, OTHER_LEAD, OUTSIDER, STRANGER
from tests.support.played import played_once


@played_once
def chats(house):
    house.stock(10)
    return house.members(6)


def whole_round(house, chats, score="4"):
    about = house.next_round() if house.read(lambda work: work.schedules.get(house.team_id)) else house.open_round()
    for chat in chats:
        house.answer(chat, about.id, score)
    house.close(about)
    return about


@played_once
def maandbeeld_id(house, chats):
    """The first maandbeeld of a team of six, sent to the lead."""
    whole_round(house, chats)
    found = house.maandbeeld()
    assert found
    return found


def records(house):
    return house.read(lambda work: work.maandbeelden.of_team(house.team_id))


def told(house):
    """What each maandbeeld tells of, month by month: titles of its elements."""
    return [[element.title for element in Maandbeeld.from_json(each.body).elements] for each in records(house)]


def test_it_is_written_once(house, maandbeeld_id):
    """Composing again at the same moment, or an hour later, changes nothing."""
    before = house.everything()
    assert compose_due_maandbeelden(house.deps) == 0
    house.clock.pass_(HOUR)
    assert compose_due_maandbeelden(house.deps) == 0
    assert house.everything() == before


def test_it_comes_on_the_first_working_day_and_tells_of_the_month_before(house, maandbeeld_id):
    """Tuesday 1 December, half past eight: the maandbeeld of November."""
    (record,) = records(house)
    assert record.month == "2026-11"
    assert house.clock.moment.astimezone(house.deps.zone).isoformat() == "2026-12-01T08:30:00+01:00"
    assert "november 2026" in Maandbeeld.from_json(record.body).title.lower()


def test_only_the_lead_gets_it(house, maandbeeld_id):
    """Nobody else has a row in the outbox about it; the lead's second one asks, four weeks later, what stays open."""
    rows = house.rows("SELECT person_id, kind FROM delivery WHERE subject = ?", maandbeeld_id)
    assert sorted(rows) == [(house.person(LEAD).id, "ask_response"), (house.person(LEAD).id, "maandbeeld")]


def test_without_rounds_there_is_none(house):
    """No empty maandbeeld; the next one is planned all the same."""
    due = house.rhythm()
    assert house.maandbeeld() == ""
    assert house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at > due


def test_a_round_is_told_once_and_a_late_one_still(house, chats):
    """Rounds of before the maandbeeld are in it; one that was released after it is in the next, and no other is."""
    whole_round(house, chats)
    late = house.next_round()
    for chat in chats:
        house.answer(chat, late.id)
    house.maandbeeld()
    house.clock.pass_(HOUR)
    house.close(late)
    whole_round(house, chats)
    house.maandbeeld()
    first, second = (set(titles) for titles in told(house))
    titles = {name: house.deps.library.get(name).title for name in ("trust", late.element)}
    assert titles["trust"] in first
    assert titles["trust"] not in second
    assert titles[late.element] in second - first


def test_each_is_chained_to_the_one_before(house, chats):
    """The digest of a maandbeeld covers its body and the digest before it; a changed body breaks the chain."""
    for _ in range(3):
        whole_round(house, chats)
        house.maandbeeld()
    chain = records(house)
    assert len(chain) >= 2
    previous = ""
    for each in chain:
        assert each.previous_digest == previous
        assert (
            each.digest
            == digest_of(each.body, previous_digest=previous)
            != digest_of(each.body + " ", previous_digest=previous)
        )
        previous = each.digest


def test_a_maandbeeld_that_was_changed_is_named(house, chats):
    """Whoever takes the lock off the database and changes one letter is found out; without it, all is sound."""
    for _ in range(2):
        whole_round(house, chats)
        house.maandbeeld()
    first, second = records(house)[:2]
    assert verify_maandbeelden(house.deps) == ()
    with closing(sqlite3.connect(house.database)) as connection:
        connection.execute("DROP TRIGGER maandbeeld_written_once")
        changed = first.body.replace("herkend", "Herkend", 1)
        assert changed != first.body
        connection.execute("UPDATE maandbeeld SET body = ? WHERE id = ?", (changed, first.id))
        connection.commit()
    assert [each.month for each in verify_maandbeelden(house.deps)] == [first.month]
    assert second.month != first.month


def test_a_lost_race_writes_nothing(house, chats, monkeypatch):
    """Two processes read the same due moment; the second finds it claimed."""
    whole_round(house, chats)
    stale = house.read(lambda work: work.schedules.get(house.team_id))
    assert house.maandbeeld()
    before = house.everything()
    monkeypatch.setattr("storage.schedules.Schedules.maandbeeld_due", lambda *_: (replace(stale),))
    assert compose_due_maandbeelden(house.deps) == 0
    assert house.everything() == before


def test_a_thin_month_says_so_honestly(house, chats):
    """Below the floor the maandbeeld holds a sentence and no word about any answer."""
    about = house.open_round()
    for chat in chats[:4]:
        house.answer(chat, about.id, "1")
    house.close(about)
    house.maandbeeld()
    body = Maandbeeld.from_json(records(house)[0].body)
    assert not any(scale.lines for element in body.elements for scale in element.scales)


# Sharing


def test_sharing_sends_it_to_every_member_once(house, chats, maandbeeld_id):
    """Sharing twice is sharing once, also for the number that is told."""
    house.send()
    assert share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id) == len(chats)
    before = house.everything()
    house.clock.pass_(HOUR)
    assert share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id) == len(chats)
    assert house.everything() == before
    assert {sending.chat_id for sending in house.send()} == set(chats)
    assert house.send() == ()


@pytest.mark.parametrize("chat", [ANNE, COORDINATOR, OTHER_LEAD, OUTSIDER, STRANGER])
def test_only_the_lead_of_the_team_shares(house, maandbeeld_id, chat):
    """A member, the coordinator, the lead of another team and strangers are refused, and nothing changes."""
    before = house.everything()
    with pytest.raises(NotAllowed):
        share_maandbeeld(house.deps, chat_id=chat, maandbeeld_id=maandbeeld_id)
    assert house.everything() == before


def test_a_member_opens_it_only_after_it_was_shared(house, maandbeeld_id):
    """The PDF button of a forwarded message opens nothing for a member before the lead shares, asked or newer."""
    house.invite(STRANGER)
    for chat in (BRAM, STRANGER):
        with pytest.raises(NotAllowed):
            open_maandbeeld(house.deps, chat_id=chat, maandbeeld_id=maandbeeld_id)
    lead = open_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    assert (lead.may_share, lead.shared) == (True, False)
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    member = open_maandbeeld(house.deps, chat_id=BRAM, maandbeeld_id=maandbeeld_id)
    assert (member.may_share, member.shared) == (False, True)
    assert member.maandbeeld == lead.maandbeeld
    assert not open_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id).may_share


@pytest.mark.parametrize("chat", [COORDINATOR, OTHER_LEAD, OUTSIDER, STRANGER])
def test_nobody_outside_the_team_ever_opens_it(house, maandbeeld_id, chat):
    """Not before and not after sharing; an unknown id is refused the same way."""
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    for each in (maandbeeld_id, "onbekend"):
        with pytest.raises(NotAllowed):
            open_maandbeeld(house.deps, chat_id=chat, maandbeeld_id=each)


def test_the_next_prompt_tells_what_was_done(house, chats, maandbeeld_id):
    """Honest about silence, and about sharing (the feedback loop)."""
    house.send()
    house.next_round()
    silent = {sending.message.opening for sending in house.send()}
    told = "Het laatste maandbeeld ligt bij je teamleider. Het is nog niet met jullie team gedeeld."
    assert silent == {f"{told} Over Vertrouwen en respect heb ik nog geen reactie van je teamleider."}
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    house.send()
    house.next_round()
    (said,) = {sending.message.opening for sending in house.send()}
    assert "met jullie team gedeeld" in said
    assert "nog niet" not in said


# Leads who were away, came late, or replace another


def gets(house):
    """Chat → whether it may share, of the maandbeelden that go out now."""
    return {
        each.chat_id: each.message.for_lead and not each.message.shared
        for each in house.send()
        if isinstance(each.message, MaandbeeldMessage)
    }


def leave(house, chat_id):
    """This person is in the team no longer."""
    connection = sqlite3.connect(house.database)
    connection.execute("UPDATE membership SET left_on = '2026-11-30' WHERE id = ?", [house.memberships[chat_id]])
    connection.commit()
    connection.close()


def test_a_lead_who_was_unreachable_gets_it_after_all(house, maandbeeld_id):
    """Blocked when it came; back with /start it comes once."""
    for sending in lease_due(house.deps, limit=50):
        mark_unreachable(house.deps, delivery_id=sending.delivery_id)
    assert gets(house) == {}
    reachable_again(house.deps, chat_id=LEAD)
    assert gets(house) == {LEAD: True}
    reachable_again(house.deps, chat_id=LEAD)
    assert gets(house) == {}


def test_who_left_meanwhile_does_not_get_it(house, maandbeeld_id):
    """Back with /start after leaving the team: nothing of the team, also for who leads another one now."""
    for sending in lease_due(house.deps, limit=50):
        mark_unreachable(house.deps, delivery_id=sending.delivery_id)
    leave(house, LEAD)
    house.invite(LEAD, kind="lead", team=house.other_team, by=OTHER_COORDINATOR)
    reachable_again(house.deps, chat_id=LEAD)
    assert gets(house) == {}


def test_a_new_lead_gets_the_latest_at_once(house, maandbeeld_id):
    """Who becomes lead later gets it, once, and may share it; not again when it was shared already."""
    house.send()
    token = house.token(kind="lead")
    house.join(STRANGER, token)
    house.join(STRANGER, token)
    assert gets(house) == {STRANGER: True}
    share_maandbeeld(house.deps, chat_id=STRANGER, maandbeeld_id=maandbeeld_id)
    house.send()
    house.invite(7777, kind="lead")
    assert gets(house) == {7777: False}


def test_a_new_lead_of_a_team_without_one_gets_nothing(house):
    """Nothing was written yet."""
    house.invite(STRANGER, kind="lead")
    assert gets(house) == {}


def test_the_prompt_is_true_when_there_is_no_lead(house, maandbeeld_id):
    """Nobody has it, and the prompt says so."""
    house.send()
    leave(house, LEAD)
    house.next_round()
    (said,) = {sending.message.opening for sending in house.send()}
    assert said == "Er is nog geen teamleider die het maandbeeld krijgt."


def test_one_team_that_fails_does_not_stop_the_others(house, chats, monkeypatch):
    """Its maandbeeld stays due and the error comes out; the other team's maandbeeld is written."""
    whole_round(house, chats)
    house.rhythm(team=house.other_team)
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
    due = house.read(lambda work: work.schedules.maandbeeld_due(house.clock.now()))
    assert len(due) == 2
    whole = compose_maandbeeld._compose

    def fails(deps, schedule):
        if schedule.team_id == due[0].team_id:
            raise LookupError(schedule.team_id)
        return whole(deps, schedule)

    monkeypatch.setattr(compose_maandbeeld, "_compose", fails)
    with pytest.raises(LookupError):
        compose_due_maandbeelden(house.deps)
    assert house.read(lambda work: work.schedules.maandbeeld_due(house.clock.now())) == due[:1]
