"""What a coordinator tells about a team chooses questions, and nothing else."""

from __future__ import annotations

import pytest

from bot.chat.texts.beheer_nl import PROFILE_QUESTIONS
from bot.usecases.errors import NotAllowed
from bot.usecases.naming import NameUnusable
from bot.usecases.preview_dialogue import resume_preview, start_preview
from bot.usecases.set_contact import set_contact
from bot.usecases.set_profile import set_profile, team_profile
from dialogues.authoring.facts import FACTS
from dialogues.authoring.profile import CONTACTS, PROFILE, facts_of
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


@pytest.mark.parametrize(
    ("question", "element", "words"),
    [
        ("escalation_contact", "leadership", "Dan kun je terecht bij {role}."),
        ("privacy_contact", "infosharing", "Vraag het aan {role}."),
    ],
)
def test_a_role_to_go_to_stands_in_the_last_words_of_a_dialogue(house, question, element, words):
    """In place of the usual words, until it is taken away; it gives no facts, and another answer leaves it there."""
    told = {"chat_id": COORDINATOR, "team_id": house.team_id}
    usual, own = (words.format(role=role) for role in (CONTACTS[question], "de teamleider"))
    assert usual in last_words(house, element)
    set_contact(house.deps, **told, question=question, typed=" De  teamleider. ")
    assert facts_of(set_profile(house.deps, **told, question="size", answer="large")) == {"size:large"}
    assert own in last_words(house, element)
    assert set_contact(house.deps, **told, question=question, typed="") == {"size": "large"}
    assert usual in last_words(house, element)
    assert house.rows("SELECT count(*) FROM change WHERE kind = 'contact'") == [(2,)]


@pytest.mark.parametrize(
    "typed",
    [
        "Naam 201",
        "mevrouw jansen",
        "de heer jansen",
        "dhr. jansen",
        "bel 06-12345678",
        ".",
        "a" * 41,
        "kijk op x.nl",
        "a" * 2000,
    ],
)
def test_a_person_is_no_role(house, typed):
    """Whom to go to is said to the whole team for years: no name, number or address gets in."""
    told = {"chat_id": COORDINATOR, "team_id": house.team_id}
    before = house.everything()
    with pytest.raises(NameUnusable):
        set_contact(house.deps, **told, question="escalation_contact", typed=typed)
    with pytest.raises(NotAllowed):
        set_contact(house.deps, **told, question="size", typed="de buurvrouw")
    assert house.everything() == before


def last_words(house, element):
    """The screens of this dialogue with the words of the team, to the last one."""
    screen = start_preview(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=element, audience="practice")
    given = next(each.tap for each in screen.buttons if each.label.startswith("4"))
    ended = False
    while not ended:
        screen, ended, _ = resume_preview(house.deps, chat_id=COORDINATOR, given=given)
        given = next((each.tap for each in screen.buttons if each.tap.choice == SKIP), None)
    return screen.question
