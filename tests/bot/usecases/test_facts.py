"""What is known of a person chooses which variant of a question fits."""

from __future__ import annotations

import pytest

from bot.usecases.describe_member import describe_member
from bot.usecases.wording import SCHOOL_CONTACTS, facts_for
from dialogues.authoring.facts import FACTS
from tests.support.house import ANNE
from tests.support.shipped import shipped


def _facts(house, function: str) -> frozenset[str]:
    """What is known of Anne when she says this is her work."""
    told = {"chat_id": ANNE, "membership_id": house.memberships[ANNE]}
    describe_member(house.deps, **told, field="sector", value="wijkteam")
    describe_member(house.deps, **told, field="function", value=function)
    person = house.person(ANNE)
    (membership,) = house.read(lambda work: work.people.memberships(person.id))
    return facts_for(membership, house.team, times=1)


@pytest.mark.parametrize("function", sorted(SCHOOL_CONTACTS))
def test_who_is_the_face_for_a_school_gets_the_question_about_it(house, function):
    """Nobody has to say so apart: it follows from the work."""
    assert shipped().functions.get(function) is not None
    facts = _facts(house, function)
    assert "contact:school" in facts
    assert facts <= set(FACTS)


def test_others_do_not(house):
    """A colleague of the same team is asked nothing about how a school works."""
    assert "contact:school" not in _facts(house, "team_worker")
