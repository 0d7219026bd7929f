"""What goes out, when, and what its row tells afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.usecases import due_message
from bot.usecases.due_message import MaandbeeldMessage, Nothing, PromptMessage, ThinMessage
from bot.usecases.errors import NoLongerOpen, NotAllowed
from bot.usecases.send_due import (
    LEASE,
    MOST_TRIES,
    lease_due,
    mark_refused,
    mark_sent,
    mark_unreachable,
    move_chat,
    reachable_again,
    try_again,
)
from bot.usecases.snooze import snooze
from dialogues.rhythm.snooze import Snooze
from tests.support.house import AMSTERDAM, ANNE, BRAM, DAY, HOUR, LEAD, OTHER_COORDINATOR, OUTSIDER, STRANGER
from tests.support.played import played_once


@played_once
def about(house):
    return house.open_round()


def words(sendings):
    """Chat → the kinds of message it got."""
    said = {}
    for sending in sendings:
        said.setdefault(sending.chat_id, []).append(sending.message)
    return said


def rows_without_names(house, kind, about):
    """Everything a row tells but whose it is."""
    query = "SELECT state, attempts, due_at, valid_until, lease_until, finished_at FROM delivery WHERE kind = ?"
    return house.rows(query + " AND subject = ?", kind, about.id)


def test_a_prompt_says_what_it_is_about_and_who_reads(house, about):
    """Title, number of people asked, the label of the reader, the close, and the snoozes that fit."""
    sent = words(house.send())
    assert set(sent) == {ANNE, BRAM}
    (prompt,) = sent[ANNE]
    assert isinstance(prompt, PromptMessage)
    assert (prompt.round_id, prompt.members, prompt.lead_label) == (about.id, 2, "teamleider")
    assert (prompt.reminder, prompt.closes_at, len(prompt.snoozes)) == (False, about.closes_at, 3)
    assert house.send() == ()


@pytest.mark.parametrize(
    "local",
    [
        datetime(2026, 11, 4, 7, 59, tzinfo=AMSTERDAM),
        datetime(2026, 11, 4, 18, 0, tzinfo=AMSTERDAM),
        datetime(2026, 11, 7, 12, tzinfo=AMSTERDAM),
    ],
    ids=["early", "late", "Saturday"],
)
def test_nothing_goes_out_outside_working_hours(house, about, local):
    """Early, late and in the weekend a due prompt waits for the next eight o'clock of a working day."""
    house.clock.moment = local
    with house.storage.begin() as work:
        for row in work.deliveries.for_subject(about.id, "prompt"):
            work.deliveries.postpone(row.id, due_at=house.clock.moment - HOUR)
        work.commit()
    assert house.send() == ()
    (due,) = {row.due_at for row in house.deliveries("prompt", about.id)}
    assert due.astimezone(AMSTERDAM).hour == 8
    house.clock.moment = due
    assert len(house.send()) == 2


def test_what_is_leased_is_not_given_out_twice(house, about):
    """A second sender gets nothing, until the lease of a sender that died has lapsed."""
    assert len(lease_due(house.deps, limit=10)) == 2
    assert lease_due(house.deps, limit=10) == ()
    house.clock.pass_(LEASE + timedelta(seconds=1))
    assert len(lease_due(house.deps, limit=10)) == 2


def test_an_expired_prompt_is_never_sent(house, about):
    """After forty days down, nothing of the closed round goes out."""
    house.clock.moment = about.closes_at + 40 * DAY
    assert house.send() == ()
    assert {row.state for row in house.deliveries("prompt", about.id)} == {"expired"}


def test_a_refused_chat_hears_nothing_until_it_comes_back(house, about):
    """Marked once, no further message; /start makes the person reachable again for what comes next."""
    sending = next(each for each in lease_due(house.deps, limit=10) if each.chat_id == ANNE)
    mark_unreachable(house.deps, delivery_id=sending.delivery_id)
    house.clock.moment = about.remind_at
    assert set(words(house.send())) == {BRAM}
    reachable_again(house.deps, chat_id=ANNE)
    house.close(about)
    assert set(words(house.send())) == {ANNE, BRAM, LEAD}


def test_who_comes_back_gets_the_prompt_that_is_still_open(house, about):
    """The unreachable prompt goes out after all, as if never tried; one of a round that has closed does not."""
    for sending in lease_due(house.deps, limit=10):
        mark_unreachable(house.deps, delivery_id=sending.delivery_id)
    reachable_again(house.deps, chat_id=ANNE)
    assert set(words(house.send())) == {ANNE}
    assert {row.attempts for row in house.deliveries("prompt", about.id)} == {1}
    house.clock.moment = about.closes_at
    reachable_again(house.deps, chat_id=BRAM)
    assert house.send() == ()


def test_a_moved_chat_keeps_its_person(house, about):
    """Telegram gave the chat a new number: what is due goes there."""
    move_chat(house.deps, chat_id=ANNE, new_chat_id=777)
    move_chat(house.deps, chat_id=STRANGER, new_chat_id=778)
    assert set(words(house.send())) == {777, BRAM}


def test_what_may_not_have_arrived_comes_again(house, about):
    """Put back, it is due again after the wait, with the same words."""
    first = {each.chat_id: each for each in lease_due(house.deps, limit=10)}
    for each in first.values():
        try_again(house.deps, delivery_id=each.delivery_id, after=HOUR)
    assert lease_due(house.deps, limit=10) == ()
    house.clock.pass_(HOUR)
    again = {each.chat_id: each for each in lease_due(house.deps, limit=10)}
    assert {chat: (each.message.title, each.message.closes_at) for chat, each in again.items()} == {
        chat: (each.message.title, each.message.closes_at) for chat, each in first.items()
    }


def test_a_lost_key_stops_nobody_elses_message(house):
    """Two rounds open together; the one whose key is gone sends nothing, and the rest of the outbox goes on."""
    house.rhythm(team=house.other_team)
    about = house.open_round()
    house.storage.keys.destroy(about.key_id)
    assert set(words(house.send())) == {OUTSIDER}


def broken_for(monkeypatch, chat_id):
    """Composing fails for one person."""
    whole = due_message._prompt

    def fails(work, deps, delivery, person):
        if person.chat_id == chat_id:
            raise LookupError("a dialogue that is gone")
        return whole(work, deps, delivery, person)

    monkeypatch.setattr(due_message, "_prompt", fails)


def test_one_broken_message_keeps_nobody_else_waiting(house, about, monkeypatch):
    """It waits an hour and is told by kind and error; the others go out; after five tries it has failed."""
    broken_for(monkeypatch, ANNE)
    heard = []
    (sending,) = lease_due(house.deps, limit=10, report=lambda kind, error: heard.append((kind, type(error))))
    assert sending.chat_id == BRAM
    mark_sent(house.deps, delivery_id=sending.delivery_id)
    for _ in range(MOST_TRIES - 1):
        (waiting,) = (row for row in house.deliveries("prompt", about.id) if row.state == "pending")
        assert waiting.due_at == house.clock.now() + HOUR
        house.clock.pass_(HOUR)
        assert house.send() == ()
    assert sorted(row.state for row in house.deliveries("prompt", about.id)) == ["failed", "sent"]
    house.clock.pass_(HOUR)
    assert house.send() == ()
    assert heard == [("prompt", LookupError)]


def test_a_batch_without_words_does_not_end_the_sending(house, about, monkeypatch):
    """With a limit of one and the first row broken, the second goes out all the same."""
    first = min(house.deliveries("prompt", about.id), key=lambda row: row.id)
    chat_id = house.read(lambda work: work.people.get(first.person_id)).chat_id
    broken_for(monkeypatch, chat_id)
    assert len(lease_due(house.deps, limit=1)) == 1


# Reminders (privacy part 1.10)


def test_a_reminder_goes_only_to_who_did_not_answer(house, about):
    """One reminder row a member; who answered, or is busy answering, hears nothing."""
    house.close(about)
    busy = house.member(STRANGER)
    house.send()
    later = house.next_round()
    house.send()
    house.answer(ANNE, later.id)
    house.start(busy, later.id)
    house.clock.moment = later.remind_at
    (reminder,) = house.send()
    assert (reminder.chat_id, reminder.message.reminder) == (BRAM, True)


def test_reminder_rows_tell_nothing_about_who_answered(house, about):
    """Before, after and while leased, the rows of who answered and who did not are equal in every column."""
    house.send()
    house.answer(ANNE, about.id)
    house.clock.moment = about.remind_at
    for sending in lease_due(house.deps, limit=10):
        assert len(set(rows_without_names(house, "reminder", about))) == 1
        assert isinstance(sending.message, Nothing) == (sending.chat_id == ANNE)
    for number, row in enumerate(house.deliveries("reminder", about.id)):
        house.clock.pass_(timedelta(milliseconds=37 * (number + 1)))
        mark_sent(house.deps, delivery_id=row.id)
    assert set(rows_without_names(house, "reminder", about)) == {rows_without_names(house, "reminder", about)[0]}
    assert {row.state for row in house.deliveries("reminder", about.id)} == {"done"}


def test_reminder_rows_of_the_unreachable_end_the_same(house, about):
    """Also somebody who cannot be reached has a row like the others."""
    with house.storage.begin() as work:
        work.people.set_reachable(work.people.by_chat(BRAM).id, False)
        work.commit()
    house.clock.moment = about.remind_at
    house.send()
    assert len(set(rows_without_names(house, "reminder", about))) == 1


def test_a_reminder_that_fails_has_a_row_like_the_others(house, about):
    """Refused, uncertain or blocked: done at the moment it was due, after one try, as for who had answered."""
    house.members(5)
    house.close(about)
    later = house.next_round()
    house.send()
    house.answer(ANNE, later.id)
    house.clock.moment = later.remind_at
    sendings = lease_due(house.deps, limit=10)
    failing = (each for each in sendings if not isinstance(each.message, Nothing))
    mark_unreachable(house.deps, delivery_id=(blocked := next(failing)).delivery_id)
    try_again(house.deps, delivery_id=next(failing).delivery_id, after=HOUR)
    mark_refused(house.deps, delivery_id=next(failing).delivery_id)
    house.clock.pass_(HOUR)
    assert house.send() == ()
    (row,) = set(rows_without_names(house, "reminder", later))
    assert row[:2] == ("done", 1)
    assert not house.person(blocked.chat_id).reachable


def test_a_reminder_that_cannot_be_made_has_a_row_like_the_others(house, about, monkeypatch):
    """Composing fails for who did not answer: its row does not tell."""
    house.send()
    house.answer(ANNE, about.id)
    broken_for(monkeypatch, BRAM)
    house.clock.moment = about.remind_at
    house.send()
    assert len(set(rows_without_names(house, "reminder", about))) == 1


def test_reminders_are_gone_after_the_close(house, about):
    """Whatever state they were in."""
    house.send()
    house.close(about)
    assert house.deliveries("reminder", about.id) == ()


# Snooze


def put_off(house, about, *, choice=Snooze.LATER_TODAY, message_id=7, chat=ANNE):
    return snooze(house.deps, chat_id=chat, round_id=about.id, message_id=message_id, choice=choice)


def test_a_snooze_comes_back_when_it_said(house, about):
    """Not a minute earlier, and only to who asked for it."""
    house.send()
    back = put_off(house, about)
    house.clock.moment = back - HOUR / 60
    assert house.send() == ()
    house.clock.moment = back
    assert set(words(house.send())) == {ANNE}


def test_snoozing_twice_from_one_message_is_snoozing_once(house, about):
    """Also with another choice or an hour later: the first promise stands; a later message may be put off again."""
    house.send()
    back = put_off(house, about)
    before = house.everything()
    house.clock.pass_(HOUR)
    assert put_off(house, about) == back
    assert put_off(house, about, choice=Snooze.NEXT_WEEK) == back
    assert house.everything() == before
    assert put_off(house, about, message_id=8, choice=Snooze.NEXT_WEEK) > back


def test_a_later_promise_takes_the_place_of_an_earlier_one(house, about):
    """First later today, then, from another message, next week: it comes back once, next week."""
    house.send()
    put_off(house, about)
    back = put_off(house, about, choice=Snooze.NEXT_WEEK, message_id=8)
    waiting = [row.due_at for row in house.deliveries("prompt", about.id) if ":after:" in row.key]
    assert waiting == [back]


def test_a_snooze_past_the_close_is_refused(house, about):
    """What cannot be kept is not promised, and nothing is stored."""
    house.clock.moment = about.closes_at - HOUR
    before = house.everything()
    with pytest.raises(NoLongerOpen):
        put_off(house, about, choice=Snooze.NEXT_WEEK)
    assert house.everything() == before


@pytest.mark.parametrize("chat", [STRANGER, OUTSIDER, LEAD])
def test_only_who_is_asked_can_snooze(house, about, chat):
    """Stranger, outsider and lead are refused."""
    with pytest.raises(NotAllowed):
        put_off(house, about, chat=chat)


def test_who_answered_meanwhile_is_not_asked_again(house, about):
    """Snoozed, then answered from the same message: the snooze says nothing and its row ends as a sent one."""
    house.send()
    back = put_off(house, about)
    put_off(house, about, chat=BRAM)
    house.answer(ANNE, about.id)
    house.clock.moment = back
    assert set(words(house.send())) == {BRAM}
    snoozed = [row for row in house.deliveries("prompt", about.id) if ":after:" in row.key]
    assert [row.state for row in snoozed] == ["sent", "sent"]


def test_a_prompt_that_was_put_off_is_gone_after_the_close(house, about):
    """Its row could tell who had answered; the first prompts, the same for all, may stay."""
    house.send()
    put_off(house, about)
    back = put_off(house, about, chat=BRAM)
    house.answer(ANNE, about.id)
    house.clock.moment = back
    house.send()
    house.close(about)
    house.send()
    assert {row.key.count(":after:") for row in house.deliveries("prompt", about.id)} == {0}
    assert len(house.deliveries("prompt", about.id)) == 2


# After the round


def test_the_honest_sentence_is_the_same_for_everybody(house, about):
    """Members who answered, members who did not, and the lead get one and the same message."""
    house.send()
    house.answer(ANNE, about.id)
    house.close(about)
    sent = words(house.send())
    assert set(sent) == {ANNE, BRAM, LEAD}
    (said,) = {message for messages in sent.values() for message in messages}
    assert said == ThinMessage("Vertrouwen en respect", "Samen in Noord", waiting=True)


def test_a_maandbeeld_goes_to_the_lead_only(house):
    """Until it is shared."""
    chats = house.members(6)
    about = house.open_round()
    house.send()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    assert house.maandbeeld()
    sent = words(house.send())
    assert {chat for chat, messages in sent.items() if any(isinstance(m, MaandbeeldMessage) for m in messages)} == {
        LEAD
    }
    assert sent[LEAD][-1].for_lead


def two_teams_of(house, chat_id):
    """The same person in a second team that opens at the same moment; the rounds of both."""
    token = house.token(team=house.other_team, by=OTHER_COORDINATOR)
    house.join(chat_id, token)
    with house.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        second = next(each for each in work.people.memberships(person.id) if each.team_id == house.other_team.id)
        work.people.describe(second.id, sector="jgz", function="youth_nurse", audience="practice", tenure="long")
        work.commit()
    house.rhythm(team=house.other_team)
    first = house.open_round()
    with house.storage.begin() as work:
        (other,) = (each for each in work.rounds.open_of(house.other_team.id) if each.number > 0)
    return first, other


def test_nobody_is_asked_twice_a_day_over_all_their_teams(house):
    """The second prompt waits for the next working day, at the same hour; others get theirs at once."""
    two_teams_of(house, ANNE)
    today = words(house.send())
    assert len(today[ANNE]) == 1
    assert len(today[BRAM]) == len(today[OUTSIDER]) == 1
    house.clock.pass_(HOUR)
    assert house.send() == ()
    house.clock.pass_(DAY)
    (tomorrow,) = house.send()
    assert tomorrow.chat_id == ANNE
    assert tomorrow.message.round_id != today[ANNE][0].round_id


def test_a_prompt_that_was_put_off_keeps_its_promise(house):
    """It comes back today, though another team asks something the same day."""
    two_teams_of(house, ANNE)
    prompt = words(house.send())[ANNE][0]
    back = snooze(house.deps, chat_id=ANNE, round_id=prompt.round_id, message_id=7, choice=Snooze.LATER_TODAY)
    house.clock.moment = back
    (again,) = house.send()
    assert (again.chat_id, again.message.round_id) == (ANNE, prompt.round_id)


def own_row(house, chat_id, about, *, due_at):
    """Let this person's prompt of one round be due at another moment."""
    with house.storage.begin() as work:
        mine = work.people.by_chat(chat_id).id
        (row,) = (each for each in work.deliveries.for_subject(about.id, "prompt") if each.person_id == mine)
        work.deliveries.postpone(row.id, due_at=due_at)
        work.commit()


def test_a_prompt_that_went_out_late_counts_for_that_day(house):
    """After a stop of a day one prompt goes out; another that is due an hour later waits for the day after."""
    first, second = two_teams_of(house, ANNE)
    house.clock.pass_(DAY)
    own_row(house, ANNE, second, due_at=house.clock.now() + HOUR)
    (prompt,) = words(house.send())[ANNE]
    assert prompt.round_id == first.id
    house.clock.pass_(HOUR)
    assert house.send() == ()
    eight = house.clock.now().astimezone(AMSTERDAM).replace(hour=8, minute=0)
    assert {row.due_at for row in house.deliveries("prompt", first.id)} == {eight}
    house.clock.pass_(DAY)
    assert set(words(house.send())) == {ANNE}


def test_a_reminder_tells_nothing_to_a_prompt_of_the_same_day(house):
    """A reminder in one team does not put off the prompt of another: that would tell there was no answer yet."""
    first, second = two_teams_of(house, ANNE)
    own_row(house, ANNE, second, due_at=first.remind_at + HOUR)
    house.send()
    house.clock.moment = first.remind_at + HOUR
    assert {each.reminder for each in words(house.send())[ANNE]} == {True, False}
