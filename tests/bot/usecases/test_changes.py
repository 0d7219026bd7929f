"""The log: who reads which changes, that it names nobody, and that a notice goes to whom it concerns, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.changes import PAGE, NoticeMessage, area_log, my_log, note_change, team_log, tell_change
from bot.usecases.errors import NotAllowed
from bot.usecases.forget_me import forget_me
from bot.usecases.make_team import make_team
from bot.usecases.set_profile import set_profile
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, OUTSIDER, STRANGER


def noted(house, **change):
    """Write a change of the team down; its id."""
    with house.storage.begin() as work:
        change_id = note_change(work, house.deps, **{"area_id": house.area_id, "team_id": house.team_id} | change)
        work.commit()
    return change_id


def told(house, change_id, *chats):
    with house.storage.begin() as work:
        people = [work.people.by_chat(chat).id for chat in chats]
        tell_change(work, house.deps, change_id=change_id, person_ids=people)
        work.commit()


def everything_read(house, chat_id):
    """All changes this chat can read back, over all pages."""
    pages = [my_log(house.deps, chat_id=chat_id)]
    while pages[-1].more:
        pages.append(my_log(house.deps, chat_id=chat_id, page=len(pages)))
    return [each for page in pages for each in page.changes]


def kinds(page):
    return [each.kind for each in page.changes]


def test_members_and_leads_read_of_their_team_and_coordinators_of_their_area(house):
    """Nobody reads what happened in a team that is not theirs."""
    other = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    house.clock.pass_(DAY)
    noted(house, kind="silence")
    noted(house, kind="profile", team_id=other.id)
    noted(house, kind="closed_days", team_id=None, number="3")
    for chat in (ANNE, LEAD):
        read = kinds(my_log(house.deps, chat_id=chat))
        assert {"silence", "closed_days"} <= set(read)
        assert "profile" not in read
    assert {"silence", "closed_days", "profile"} <= set(kinds(my_log(house.deps, chat_id=COORDINATOR)))
    assert {"silence", "closed_days", "profile"} <= set(
        kinds(area_log(house.deps, chat_id=COORDINATOR, area_id=house.area_id))
    )
    assert "profile" not in kinds(team_log(house.deps, chat_id=COORDINATOR, team_id=house.team_id))
    assert not {"silence", "closed_days", "profile"} & set(kinds(my_log(house.deps, chat_id=OUTSIDER)))
    with pytest.raises(NotAllowed):
        my_log(house.deps, chat_id=STRANGER)


def test_the_newest_come_first_page_by_page(house):
    """A page that does not exist is the first one."""
    for number in range(2 * PAGE + 1):
        house.clock.pass_(timedelta(minutes=1))
        noted(house, kind="closed_days", number=str(number))
    first, second = (my_log(house.deps, chat_id=ANNE, page=page) for page in (0, 1))
    assert [each.words["number"] for each in first.changes] == [str(2 * PAGE - place) for place in range(PAGE)]
    assert (first.more, second.more, second.page) == (True, True, 1)
    assert second.changes[0].at < first.changes[-1].at
    assert my_log(house.deps, chat_id=ANNE, page=99) == first
    assert my_log(house.deps, chat_id=ANNE, page=-1) == first


def test_who_comes_and_goes_is_in_the_log_with_the_number_and_without_a_name(house):
    """Against a team that is padded: every change of members can be read by the members (privacy 3.6)."""
    noted(house, kind="silence")
    house.invite(STRANGER, name="Kees Sterrenkijker")
    forget_me(house.deps, chat_id=BRAM)
    forget_me(house.deps, chat_id=LEAD)
    read = everything_read(house, ANNE)
    seen = {(each.kind, each.words.get("members")) for each in read}
    assert {("member_joined", "3"), ("member_left", "2"), ("lead_removed", "2")} <= seen
    assert "Sterrenkijker" not in repr(read)
    assert "Naam" not in repr(read)


def test_ten_answers_about_a_profile_are_one_change_a_day(house):
    """And telling the same again is none."""
    for question, answer in (("size", "large"), ("size", "large"), ("phase", "new")):
        set_profile(house.deps, chat_id=COORDINATOR, team_id=house.team_id, question=question, answer=answer)
    house.clock.pass_(DAY)
    set_profile(house.deps, chat_id=COORDINATOR, team_id=house.team_id, question="phase", answer="new")
    assert [each.kind for each in everything_read(house, ANNE)].count("profile") == 1
    set_profile(house.deps, chat_id=COORDINATOR, team_id=house.team_id, question="phase", answer="long")
    assert [each.kind for each in everything_read(house, ANNE)].count("profile") == 2


def test_an_element_in_the_log_is_its_title(house):
    """A dialogue that no longer exists is shown by its id: better than nothing."""
    noted(house, kind="topic_first", element="trust")
    noted(house, kind="topic_first", element="gone")
    titles = {each.words.get("element") for each in everything_read(house, ANNE)}
    assert {house.deps.library.get("trust").title, "gone"} <= titles


def test_a_notice_reaches_everybody_once_in_working_hours(house):
    """Telling twice is telling once; in the evening it waits for the next morning."""
    change_id = noted(house, kind="paused", until="2026-12-01")
    told(house, change_id, ANNE, LEAD, ANNE)
    told(house, change_id, ANNE)
    house.clock.pass_(timedelta(hours=12))
    assert house.send() == ()
    house.clock.pass_(timedelta(hours=12))
    sent = house.send()
    assert {each.chat_id for each in sent} == {ANNE, LEAD}
    expected = NoticeMessage("paused", {"until": "2026-12-01"}, "Samen in Noord")
    assert all(each.message == expected for each in sent)
    assert house.send() == ()


def test_old_news_is_not_sent_any_more(house):
    """After two weeks without a connection the log has it, the chat does not get it."""
    told(house, noted(house, kind="silence"), ANNE)
    house.clock.pass_(15 * DAY)
    assert house.send() == ()
