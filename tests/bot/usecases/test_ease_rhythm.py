"""When fewer take part the bot asks for less by itself and says so; silence is said out loud, kindly."""

from __future__ import annotations

from tests.support.house import ANNE, COORDINATOR, LEAD
from tests.support.played import played_once


def noted(house, kind):
    return house.rows("SELECT words FROM change WHERE kind = ? ORDER BY at", kind)


def told(house, kind):
    """Chats that hear of changes of this kind."""
    query = (
        "SELECT person.chat_id FROM delivery JOIN change ON change.id = delivery.subject "
        "JOIN person ON person.id = delivery.person_id WHERE change.kind = ?"
    )
    return sorted(chat for (chat,) in house.rows(query, kind))


def schedule(house):
    return house.read(lambda work: work.schedules.get(house.team_id))


def round_with(house, chats):
    """The next round, answered by these, to its end."""
    house.stock(1)
    about = house.next_round()
    for chat in chats:
        house.answer(chat, about.id)
    return house.close(about)


@played_once
def members(house):
    chats = house.members(8)
    house.rhythm(rhythm="intensive")
    return chats


def test_two_rounds_without_an_overview_shorten_the_questions_and_then_the_rhythm(house, members):
    """Full, short, brief, then two-weekly, then monthly; only the coordinator is told, with the reason."""
    steps = []
    for _ in range(10):
        round_with(house, ())
        now = schedule(house)
        if (now.way, now.recurrence) not in steps:
            steps.append((now.way, now.recurrence))
    weekly, two_weekly = "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    monthly = "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU"
    assert steps == [
        ("full", weekly), ("short", weekly), ("brief", weekly), ("brief", two_weekly), ("brief", monthly),
    ]  # fmt: skip
    assert set(told(house, "eased")) == {COORDINATOR}
    assert all("too_few" in words for (words,) in noted(house, "eased"))
    assert len(noted(house, "eased")) == 4


def test_a_team_that_takes_part_is_left_as_it_is(house, members):
    """Nothing is eased, and nothing is said."""
    for _ in range(4):
        assert round_with(house, members) == "published"
    assert (schedule(house).way, noted(house, "eased"), noted(house, "silence")) == ("full", [], [])


def test_three_silent_rounds_are_said_to_lead_and_coordinator(house, members):
    """Once at the third, not at the fourth, and never to members."""
    for number in range(1, 5):
        round_with(house, ())
        assert len(noted(house, "silence")) == (number >= 3)
    assert told(house, "silence") == sorted((LEAD, COORDINATOR))
    assert ANNE not in told(house, "silence")


def test_the_open_question_keeps_its_length(house, members):
    """Easing counts from the next round: what was announced stays."""
    for _ in range(2):
        round_with(house, ())
    assert schedule(house).way == "short"
    house.stock(1)
    assert house.next_round().way == "short"
