"""The four questions about who someone is."""

from __future__ import annotations

import pytest

from bot.usecases.describe_member import FIELDS, ask_again, describe_member, next_question
from bot.usecases.errors import NotAllowed
from bot.usecases.leave_team import remove_now
from dialogues.conversation.definition import Sector
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, OUTSIDER, STRANGER
from tests.support.shipped import shipped


@pytest.fixture
def newcomer(house):
    """Somebody who said yes and told nothing yet."""
    house.invite(STRANGER)
    return house.memberships[STRANGER]


def tell(house, membership_id, field, value, *, chat=STRANGER):
    return describe_member(house.deps, chat_id=chat, membership_id=membership_id, field=field, value=value)


def test_the_questions_come_in_order_and_end(house, newcomer):
    """Sector, function, layer where it is not clear, time here; then nothing more is asked."""
    asked = [next_question(house.deps, chat_id=STRANGER, membership_id=newcomer).field]
    for field, value in (("sector", "jgz"), ("function", "jgz_coordinator"), ("audience", "practice")):
        asked.append(tell(house, newcomer, field, value).field)
    assert asked == list(FIELDS)
    assert tell(house, newcomer, "tenure", "short").field == ""


def test_a_function_of_one_layer_needs_no_question_about_it(house, newcomer):
    """A nurse works with families, a policy officer does not: both are known from the function."""
    tell(house, newcomer, "sector", "jgz")
    assert tell(house, newcomer, "function", "youth_nurse").membership.audience == "practice"
    asked = tell(house, newcomer, "function", "jgz_policy")
    assert (asked.membership.audience, asked.field) == ("strategic", "tenure")


def test_telling_the_same_twice_changes_nothing(house, newcomer):
    """Every fact, told again after all were told, leaves every table as it was."""
    facts = {"sector": "jgz", "function": "youth_nurse", "audience": "practice", "tenure": "long"}
    for field, value in facts.items():
        tell(house, newcomer, field, value)
    before = house.everything()
    for field, value in facts.items():
        tell(house, newcomer, field, value)
    assert house.everything() == before


def test_another_sector_forgets_function_and_layer(house, newcomer):
    """A nurse who turns out to work at a school is asked for a function again; the time here stays."""
    house.describe(STRANGER, sector="jgz", function="youth_nurse", tenure="long")
    asked = tell(house, newcomer, "sector", "onderwijs")
    told = asked.membership
    assert (asked.field, told.sector, told.function, told.audience, told.tenure) == (
        "function",
        "onderwijs",
        None,
        None,
        "long",
    )


def test_going_back_keeps_what_was_told(house, newcomer):
    """Asking the sector again shows the question and changes no row."""
    house.describe(STRANGER, sector="jgz")
    before = house.everything()
    assert ask_again(house.deps, chat_id=STRANGER, membership_id=newcomer, field="sector").field == "sector"
    assert house.everything() == before


@pytest.mark.parametrize("chat", [ANNE, OUTSIDER, LEAD, 12345], ids=["colleague", "outsider", "lead", "stranger"])
def test_nobody_describes_somebody_else(house, newcomer, chat):
    """Colleague, outsider, lead and stranger are refused by all three doors, and nothing changes."""
    before = house.everything()
    with pytest.raises(NotAllowed):
        tell(house, newcomer, "sector", "jgz", chat=chat)
    with pytest.raises(NotAllowed):
        next_question(house.deps, chat_id=chat, membership_id=newcomer)
    with pytest.raises(NotAllowed):
        ask_again(house.deps, chat_id=chat, membership_id=newcomer, field="sector")
    assert house.everything() == before


def test_a_lead_has_nothing_to_describe(house):
    """A lead answers nothing, so sector and function are not asked of them."""
    with pytest.raises(NotAllowed):
        tell(house, house.memberships[LEAD], "sector", "jgz", chat=LEAD)


@pytest.mark.parametrize(
    ("field", "value"),
    [("sector", "politie"), ("function", "teacher"), ("function", "x"), ("audience", "x"), ("tenure", "x"), ("x", "y")],
)
def test_a_value_that_was_not_offered_is_refused(house, newcomer, field, value):
    """Also a function of another sector than one's own."""
    house.describe(STRANGER, sector="jgz")
    before = house.everything()
    with pytest.raises(NotAllowed):
        tell(house, newcomer, field, value)
    assert house.everything() == before


@pytest.mark.parametrize("sector", list(Sector))
def test_every_function_of_every_sector_can_be_chosen(house, newcomer, sector):
    """What the screen offers, the use case takes."""
    for function in shipped().functions.of(sector):
        tell(house, newcomer, "sector", str(sector))
        assert tell(house, newcomer, "function", function.code).membership.function == function.code


def test_the_start_dialogue_is_offered_when_all_is_told(house, newcomer):
    """The last answer brings the round in which the start dialogue can be answered."""
    house.describe(STRANGER, sector="jgz", function="youth_nurse")
    assert tell(house, newcomer, "tenure", "long").start_round == house.start_round().id
    assert next_question(house.deps, chat_id=BRAM, membership_id=house.memberships[BRAM]).field == ""


def test_who_left_cannot_describe_the_membership_that_ended(house):
    """An old button neither changes a fact nor brings somebody into the start round of a team they are not in."""
    joined = house.invite(998)
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=joined.membership_id)
    before = house.everything()
    for field, value in (("sector", "jgz"), ("tenure", "long")):
        with pytest.raises(NotAllowed):
            describe_member(house.deps, chat_id=998, membership_id=joined.membership_id, field=field, value=value)
    with pytest.raises(NotAllowed):
        ask_again(house.deps, chat_id=998, membership_id=joined.membership_id, field="sector")
    assert house.everything() == before
