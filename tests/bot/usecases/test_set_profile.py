"""What a coordinator tells about a team chooses questions, and nothing else."""

from __future__ import annotations

import pytest

from bot.chat.texts.beheer_nl import PROFILE_QUESTIONS
from bot.usecases.errors import NotAllowed
from bot.usecases.set_profile import set_profile, team_profile
from dialogues.authoring.facts import FACTS
from dialogues.authoring.profile import PROFILE, facts_of
from dialogues.conversation.inputs import SKIP
from tests.support.house import ANNE, COORDINATOR


def test_every_question_of_the_profile_can_be_asked_and_gives_known_facts():
    """Each question has Dutch words for exactly its answers; each fact is one that content may name."""
    assert {question: set(answers) for question, answers in PROFILE.items()} == {
        question: set(answers) for question, (_, answers) in PROFILE_QUESTIONS.items()
    }
    assert {fact for answers in PROFILE.values() for facts in answers.values() for fact in facts} <= set(FACTS)


def test_the_profile_is_kept_and_changed_one_answer_at_a_time(house):
    """The last answer to a question stands; other questions keep theirs."""
    told = {"chat_id": COORDINATOR, "team_id": house.team_id}
    set_profile(house.deps, **told, question="size", answer="small")
    set_profile(house.deps, **told, question="jgz", answer="one")
    set_profile(house.deps, **told, question="size", answer="large")
    assert team_profile(house.deps, **told) == {"size": "large", "jgz": "one"}
    assert facts_of(team_profile(house.deps, **told)) == {"size:large", "jgz:in_team", "jgz:one_organisation"}
    with pytest.raises(NotAllowed):
        set_profile(house.deps, **told, question="size", answer="enormous")


def test_a_large_municipality_gets_the_question_for_large_ones(house):
    """The second time an element comes by, its open question follows the profile."""
    set_profile(house.deps, chat_id=COORDINATOR, team_id=house.team_id, question="size", answer="large")
    trust = house.deps.library.get("trust")
    wanted = {
        phrase.text
        for phrase in trust.step("practice", "probe").phrases
        if phrase.when.facts == frozenset({"size:large"})
    }
    assert wanted
    asked = {
        question
        for _ in range(len(trust.step("practice", "probe").phrases))
        for question in questions_of_a_round(house)
    }
    assert asked & wanted


def questions_of_a_round(house):
    """Everything Anne is asked when trust comes by once more."""
    about = house.open_round()
    view = house.tap(ANNE, house.start(ANNE, about.id), "4")
    asked = []
    while not view.ended:
        asked.append(view.screen.question)
        view = house.give(ANNE, view, next(each.tap for each in view.screen.buttons if each.tap.choice == SKIP))
    house.stock(1)
    house.close(about)
    return asked
