"""Passing on contacts: signed, seen whole by the writer first, to the team once, and gone when it was delivered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.errors import AlreadyEnded, MovedOn, NoLongerOpen, NotAllowed, TextTooLong
from bot.usecases.fill_form import current_form, open_form
from bot.usecases.forget_me import forget_me
from bot.usecases.housekeeping import tidy
from bot.usecases.leave_team import leave_myself, set_last_day, stay_myself, take_back_leaving
from bot.usecases.make_team import make_team
from bot.usecases.move_member import move_member
from bot.usecases.offer_handover import offer_handover, withdraw_handover
from bot.usecases.pass_on_handover import drop_handover, pass_on_handover
from bot.usecases.send_aside import HandoverOffer, PassedOn
from bot.usecases.send_due import lease_due
from bot.usecases.write_handover import answer_handover, change_handover
from dialogues.conversation.inputs import Tap
from dialogues.guarding.cleaning import LONGEST_TEXT as LONGEST
from storage.work import Work
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, OUTSIDER
from tests.support.leaving import TEXT, gives, leaves, starts, taps, types, writes
from tests.support.played import played_once

MESSAGE = 70


def labels(view):
    return [each.label for each in view.screen.buttons]


def passes_on(house, chat=ANNE, *, message_id=MESSAGE):
    return pass_on_handover(house.deps, chat_id=chat, membership_id=house.memberships[chat], message_id=message_id)


def received(house):
    """Chat → what was passed on, of all that is sent now."""
    return [(each.chat_id, each.message.body) for each in house.send() if isinstance(each.message, PassedOn)]


def notes(house):
    return house.rows("SELECT body FROM handover_note")


@played_once
def leaving(house):
    """Anne leaves in ten days, and has the offer."""
    leaves(house, ANNE)
    house.send()
    return house


# The offer


def test_the_offer_goes_to_who_leaves_and_to_nobody_else(house):
    """Once, within working hours, with the name of the team."""
    membership_id = leaves(house, ANNE)
    leaves(house, ANNE)
    offers = [each for each in house.send() if isinstance(each.message, HandoverOffer)]
    assert [(each.chat_id, each.message) for each in offers] == [(ANNE, HandoverOffer(membership_id, "Samen in Noord"))]


def test_who_stays_after_all_gets_no_offer(house):
    """Taken back before it was sent, or after: the button of then does nothing any more."""
    membership_id = leaves(house, ANNE)
    with house.storage.begin() as work:
        work.people.set_leaving(membership_id, None)
        withdraw_handover(work, membership=work.people.membership(membership_id))
        work.commit()
    assert not [each for each in house.send() if isinstance(each.message, HandoverOffer)]
    with pytest.raises(NotAllowed):
        starts(house, ANNE)


def test_who_is_not_leaving_cannot_begin(house):
    """Without a last day there is nothing to pass on; and nobody passes on for another."""
    with pytest.raises(NotAllowed):
        starts(house, ANNE)
    leaves(house, ANNE)
    with pytest.raises(NotAllowed):
        answer_handover(house.deps, chat_id=BRAM, membership_id=house.memberships[ANNE], message_id=MESSAGE, tap=None)


def test_a_lead_gets_no_offer(house):
    """It is about the contacts of members."""
    with house.storage.begin() as work:
        offer_handover(work, house.deps, membership=work.people.membership(house.memberships[LEAD]))
        work.commit()
    assert house.deliveries("handover", house.memberships[LEAD]) == ()


def test_the_offer_stands_for_two_weeks(leaving):
    """Also after the last day; then it is over."""
    with leaving.storage.begin() as work:
        work.people.end_membership(leaving.memberships[ANNE], leaving.deps.today())
        work.commit()
    leaving.clock.pass_(13 * DAY)
    assert starts(leaving, ANNE).screen.buttons
    leaving.clock.pass_(DAY)
    with pytest.raises(NoLongerOpen):
        starts(leaving, ANNE)


def test_leaving_ends_the_invitations_of_a_newcomer(house):
    """Who goes is not asked how getting to know people goes."""
    house.describe(BRAM, tenure="short")
    assert house.deliveries("newcomer", house.memberships[BRAM])
    leaves(house, BRAM)
    assert house.deliveries("newcomer", house.memberships[BRAM]) == ()


# Writing


def test_the_writer_sees_the_whole_text_before_anything_goes(leaving):
    """Partners, text and introduction, with the name; nothing is queued yet."""
    view = writes(leaving, ANNE)
    assert view.ended
    assert view.note == (
        "Naam 201 gaat weg bij Samen in Noord en geeft vaste contacten door.\n"
        "Waar: bij de JGZ, in het onderwijs.\n"
        f"“{TEXT}”\n"
        "Is de opvolger al voorgesteld? Nog niet."
    )
    assert "Ik geef pas iets door" in view.screen.question
    assert notes(leaving) == []
    assert received(leaving) == []


def test_nothing_is_passed_on_before_the_whole_text_was_read(leaving):
    """A made-up yes halfway: there is nothing yet to say yes to."""
    taps(leaving, ANNE, starts(leaving, ANNE), "Ja", "Bij de JGZ", "Klaar")
    with pytest.raises(AlreadyEnded):
        passes_on(leaving)
    assert notes(leaving) == []


def test_it_says_beforehand_that_it_is_signed(leaving):
    """At the first question, and at the question where one types."""
    view = starts(leaving, ANNE)
    assert "met jouw naam naar je team" in view.screen.question
    view = taps(leaving, ANNE, view, "Ja", "Bij de JGZ", "Klaar")
    assert "geen namen" in view.screen.question
    assert "280" in view.screen.question
    assert "met jouw naam naar je team" in view.screen.below


def test_who_would_rather_not_passes_on_nothing(leaving):
    """No draft is left, and the offer stands."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Liever niet")
    assert (view.ended, view.note, view.empty) == (True, "", False)
    assert current_form(leaving.deps, chat_id=ANNE) is None
    assert starts(leaving, ANNE).screen.buttons


def test_stopping_halfway_leaves_nothing(leaving):
    """The draft goes at once."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Ja", "Stop")
    assert view.ended
    assert "niets bewaard of doorgegeven" in view.screen.question
    assert current_form(leaving.deps, chat_id=ANNE) is None


def test_who_fills_in_nothing_has_nothing_to_pass_on(leaving):
    """Everything skipped: told so, and no draft."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Ja", "Sla over", "Sla over", "Sla over")
    assert view.empty
    assert current_form(leaving.deps, chat_id=ANNE) is None
    with pytest.raises(AlreadyEnded):
        passes_on(leaving)


def test_partners_alone_are_enough(leaving):
    """Typing is never required."""
    view = writes(leaving, ANNE, text="")
    assert "Waar: bij de JGZ, in het onderwijs." in view.note
    assert "“" not in view.note


def test_the_guard_warns_about_names_and_numbers_but_not_about_organisations(leaving):
    """A name and a telephone number are told before yes; a school and a street are what a handover is for."""
    assert writes(leaving, ANNE).found == ()
    view = change_handover(leaving.deps, chat_id=ANNE, membership_id=leaving.memberships[ANNE], message_id=MESSAGE)
    taps(leaving, ANNE, view, "Klaar")
    view = types(leaving, ANNE, "Mevrouw Jansen van de Regenboogschool, Dorpsstraat 12, bel 06-12345678")
    assert taps(leaving, ANNE, view, "Ja").found == ("een naam", "een telefoonnummer")


def test_a_text_of_280_characters_fits_and_a_longer_one_is_not_kept(leaving):
    """Told kindly; the question waits for another."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Ja", "Bij de JGZ", "Klaar")
    with pytest.raises(TextTooLong):
        types(leaving, ANNE, "x" * (LONGEST + 1))
    assert "xxx" not in repr(leaving.everything()["form"])
    view = types(leaving, ANNE, "x" * LONGEST)
    assert not view.screen.expects_text
    assert "x" * LONGEST in taps(leaving, ANNE, view, "Ja").note


def test_signs_that_cannot_be_seen_do_not_travel(leaving):
    """Newlines, zero-width signs and turned writing become spaces."""
    view = writes(leaving, ANNE, "De  huisarts\n\n\u202eop\u200b het plein\x00")
    assert "“De huisarts op het plein”" in view.note


def test_a_text_that_comes_twice_is_taken_once(leaving):
    """As after a crash: the same message again shows the same question."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Ja", "Bij de JGZ", "Klaar")
    first = types(leaving, ANNE, "De huisarts", message_id=800)
    assert types(leaving, ANNE, "De huisarts", message_id=800) == first
    assert types(leaving, ANNE, "Iets anders", message_id=801) is None
    assert view != first


def test_a_text_without_a_draft_is_not_ours(leaving):
    """Nor one while the draft waits for a tap."""
    assert types(leaving, ANNE, "hallo") is None
    starts(leaving, ANNE)
    assert types(leaving, ANNE, "hallo") is None
    assert types(leaving, 99999, "hallo") is None


def test_a_double_tap_and_an_old_button_change_nothing(leaving):
    """Also after going back and changing the answer."""
    first = starts(leaving, ANNE)
    yes = first.screen.buttons[0].tap
    view = gives(leaving, ANNE, first, yes)
    assert labels(gives(leaving, ANNE, first, yes)) == labels(view)
    after = taps(leaving, ANNE, view, "Bij de JGZ")
    assert labels(gives(leaving, ANNE, first, yes)) == labels(after)


def test_starting_again_shows_where_it_stood_and_another_message_begins_anew(leaving):
    """The same message goes on; the offer in another message is a fresh draft, and the old buttons say so."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Ja")
    assert labels(starts(leaving, ANNE)) == labels(view)
    starts(leaving, ANNE, message_id=71)
    with pytest.raises(MovedOn):
        gives(leaving, ANNE, view, view.screen.buttons[0].tap)


def test_changing_goes_back_to_the_partners_as_they_were(leaving):
    """What was tapped is still on; the text is asked again, and old buttons are known as old."""
    old = writes(leaving, ANNE)
    view = change_handover(leaving.deps, chat_id=ANNE, membership_id=leaving.memberships[ANNE], message_id=MESSAGE)
    assert "✓ Bij de JGZ" in labels(view)
    assert "✓ In het onderwijs" in labels(view)
    assert TEXT not in repr(leaving.everything()["form"])
    assert labels(change_handover(
        leaving.deps, chat_id=ANNE, membership_id=leaving.memberships[ANNE], message_id=MESSAGE
    )) == labels(view)  # fmt: skip
    assert types(leaving, ANNE, "De wijkagent") is None
    assert labels(gives(leaving, ANNE, view, Tap(2, "4"))) == labels(view)
    view = taps(leaving, ANNE, view, "Bij de JGZ", "Klaar")
    view = taps(leaving, ANNE, types(leaving, ANNE, "De intern begeleider"), "Er is nog geen opvolger")
    assert "Waar: in het onderwijs." in view.note
    assert "“De intern begeleider”" in view.note
    assert old.note != view.note


def test_going_back_and_skipping_takes_the_text_back(leaving):
    """What was typed and then skipped does not travel."""
    view = taps(leaving, ANNE, starts(leaving, ANNE), "Ja", "Bij de JGZ", "Klaar")
    view = types(leaving, ANNE, "De huisarts")
    view = taps(leaving, ANNE, view, "Terug", "Sla over", "Nog niet")
    assert "huisarts" not in view.note


def test_a_draft_lives_for_a_day(leaving):
    """Like every form; then nothing can be passed on."""
    writes(leaving, ANNE)
    leaving.clock.pass_(DAY)
    tidy(leaving.deps)
    assert current_form(leaving.deps, chat_id=ANNE) is None
    with pytest.raises(AlreadyEnded):
        passes_on(leaving)


def test_another_form_takes_the_place_of_the_draft(leaving):
    """One form a person: the draft is gone, and is said to be."""
    writes(leaving, ANNE)
    open_form(leaving.deps, chat_id=ANNE, kind="team_name", data={})
    with pytest.raises(AlreadyEnded):
        passes_on(leaving)


def test_dropping_leaves_nothing_and_the_offer_stands(leaving):
    """Niet doen: no draft, no note."""
    writes(leaving, ANNE)
    drop_handover(leaving.deps, chat_id=ANNE, membership_id=leaving.memberships[ANNE])
    assert current_form(leaving.deps, chat_id=ANNE) is None
    assert received(leaving) == []
    assert starts(leaving, ANNE).screen.buttons


# Passing on


def test_the_team_and_its_lead_read_word_for_word_what_the_writer_saw(leaving):
    """Members and leads, not the writer, the coordinator or another team; then nothing of it is kept."""
    note = writes(leaving, ANNE).note
    assert passes_on(leaving) == 2
    assert current_form(leaving.deps, chat_id=ANNE) is None
    assert dict(received(leaving)) == {BRAM: note, LEAD: note}
    assert {COORDINATOR, OUTSIDER, ANNE}.isdisjoint({BRAM, LEAD})
    tidy(leaving.deps)
    assert notes(leaving) == []
    assert TEXT.encode() not in b"".join(file.read_bytes() for file in leaving.database.parent.iterdir())


def test_it_is_never_passed_on_twice(leaving):
    """A second yes, a new start from the old offer, and yes after delivery: refused, and nothing goes out."""
    writes(leaving, ANNE)
    passes_on(leaving)
    for attempt in (
        lambda: passes_on(leaving),
        lambda: starts(leaving, ANNE),
        lambda: starts(leaving, ANNE, message_id=9),
    ):
        with pytest.raises(NoLongerOpen):
            attempt()
    assert len(received(leaving)) == 2
    tidy(leaving.deps)
    leaving.clock.pass_(DAY)
    with pytest.raises(NoLongerOpen):
        passes_on(leaving)
    assert received(leaving) == []


def test_it_waits_for_working_hours(leaving):
    """Passed on in the evening, read in the morning."""
    leaving.clock.pass_(timedelta(hours=12))
    writes(leaving, ANNE)
    passes_on(leaving)
    assert received(leaving) == []
    leaving.clock.pass_(timedelta(hours=12))
    assert len(received(leaving)) == 2


def test_erasing_takes_along_what_was_not_sent_yet(leaving):
    """/stop after yes: the note goes, and nobody reads it."""
    writes(leaving, ANNE)
    passes_on(leaving)
    forget_me(leaving.deps, chat_id=ANNE)
    assert notes(leaving) == []
    assert received(leaving) == []
    assert TEXT.encode() not in b"".join(file.read_bytes() for file in leaving.database.parent.iterdir())


def test_who_left_meanwhile_does_not_read_it(leaving):
    """A row can wait longer than somebody stays in the team."""
    writes(leaving, ANNE)
    passes_on(leaving)
    with leaving.storage.begin() as work:
        work.people.end_membership(leaving.memberships[BRAM], leaving.deps.today())
        work.commit()
    assert [chat for chat, _ in received(leaving)] == [LEAD]


def test_a_note_that_cannot_be_delivered_goes_after_thirty_days(leaving):
    """Somebody who cannot be reached now does not keep it here for ever."""
    writes(leaving, ANNE)
    passes_on(leaving)
    tidy(leaving.deps)
    assert len(notes(leaving)) == 1
    leaving.clock.pass_(31 * DAY)
    tidy(leaving.deps)
    assert notes(leaving) == []


def test_alone_in_the_team_there_is_nobody_to_read_it(house):
    """Told so; the note does not stay."""
    leaves(house, OUTSIDER)
    house.send()
    with house.storage.begin() as work:
        for person, membership in work.people.team_members(house.other_team.id):
            if person.chat_id != OUTSIDER:
                work.people.end_membership(membership.id, house.deps.today())
        work.commit()
    writes(house, OUTSIDER)
    assert passes_on(house, OUTSIDER) == 0
    tidy(house.deps)
    assert notes(house) == []


# Crashes


class Killed(BaseException):
    """The process died here."""


@pytest.mark.parametrize("after_commit", [False, True])
def test_a_kill_around_the_yes_loses_nothing_and_doubles_nothing(leaving, monkeypatch, after_commit):
    """Died before the commit: the draft is there and yes works. After it: the note is queued once, and yes says so."""
    note = writes(leaving, ANNE).note
    commit = Work.commit

    def dies(work):
        if after_commit:
            commit(work)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Work, "commit", dies)
        with pytest.raises(Killed):
            passes_on(leaving)
    if after_commit:
        with pytest.raises(NoLongerOpen):
            passes_on(leaving)
    else:
        assert passes_on(leaving) == 2
    assert sorted(received(leaving)) == sorted([(BRAM, note), (LEAD, note)])


def test_a_kill_while_sending_sends_again_what_was_not_confirmed(leaving):
    """Leased and not marked: once more after the lease, and the note is still there for it."""
    writes(leaving, ANNE)
    passes_on(leaving)
    assert len(lease_due(leaving.deps, limit=10)) == 2
    tidy(leaving.deps)
    leaving.clock.pass_(timedelta(minutes=5))
    assert len(received(leaving)) == 2


# Whoever marks a member as leaving


@pytest.mark.parametrize("by", ["coordinator", "member"])
def test_a_last_day_brings_the_offer_and_taking_it_back_ends_it(house, by):
    """From the coordinator's menu and from /vertrek alike; another day asks no second time."""
    membership_id = house.memberships[ANNE]
    for days in (10, 20):
        last_day = house.deps.today() + days * DAY
        if by == "coordinator":
            set_last_day(house.deps, chat_id=COORDINATOR, membership_id=membership_id, last_day=last_day)
        else:
            leave_myself(house.deps, chat_id=ANNE, membership_id=membership_id, last_day=last_day)
    assert [each.chat_id for each in house.send() if isinstance(each.message, HandoverOffer)] == [ANNE]
    if by == "coordinator":
        take_back_leaving(house.deps, chat_id=COORDINATOR, membership_id=membership_id)
    else:
        stay_myself(house.deps, chat_id=ANNE, membership_id=membership_id)
    with pytest.raises(NotAllowed):
        starts(house, ANNE)


def test_who_stays_after_all_is_new_again(house):
    """The invitations that leaving took away come back."""
    house.describe(ANNE, tenure="short")
    planned = [each.due_at for each in house.deliveries("newcomer", house.memberships[ANNE])]
    membership_id = leaves(house, ANNE)
    take_back_leaving(house.deps, chat_id=COORDINATOR, membership_id=membership_id)
    assert [each.due_at for each in house.deliveries("newcomer", membership_id)] == planned


def test_an_offer_that_was_not_used_goes_along_to_another_team(house):
    """Moved while leaving: what is passed on goes to the new team, not to the old one."""
    house.describe(ANNE, tenure="short")
    leaves(house, ANNE)
    house.send()
    there = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    old = house.memberships[ANNE]
    move_member(house.deps, chat_id=COORDINATOR, membership_id=old, to_team_id=there.id)
    with pytest.raises(NoLongerOpen):
        starts(house, ANNE)
    (new,) = house.read(lambda work: work.people.memberships(house.person(ANNE).id))
    house.clock.pass_(DAY)
    offers = [each.message for each in house.send() if isinstance(each.message, HandoverOffer)]
    assert offers == [HandoverOffer(new.id, "De Brug")]


def test_who_is_moved_goes_on_as_a_newcomer(house):
    """What is still to come, counted from the first day; not again what was asked in the old team."""
    house.describe(ANNE, tenure="short")
    there = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    week_3, week_8 = house.deliveries("newcomer", house.memberships[ANNE])
    house.clock.moment = week_3.due_at
    house.send()
    house.clock.pass_(DAY)
    move_member(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], to_team_id=there.id)
    (new,) = house.read(lambda work: work.people.memberships(house.person(ANNE).id))
    assert [each.due_at for each in house.deliveries("newcomer", new.id)] == [week_8.due_at]
