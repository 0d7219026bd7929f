"""The closing after a whole circle: the top 3 in the maandbeeld, beside the one before only where that is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render import message
from bot.usecases.errors import NotAllowed
from bot.usecases.see_topics import see_topics
from bot.usecases.set_topics import put_first, set_aside
from dialogues.insight import phrases_nl
from dialogues.insight.agreeing import candidates
from dialogues.insight.maandbeeld import CLOSING, Maandbeeld
from dialogues.insight.signals import signals
from storage.rounds import Round
from tests.support.house import COORDINATOR
from tests.support.played import played_once

FIRST = ("Vertrouwen", "Rollen", "Leiderschap")
LATER = ("Vertrouwen", "Betrokkenheid", "Iets anders")


@played_once
def members(house):
    return house.members(8)


def closing(house, members, *, days: int = 0) -> Round:
    """A round with the closing, so many days later than the next one would open."""
    house.stock(2)
    with house.storage.begin() as work:
        schedule = work.schedules.get(house.team_id)
    if schedule is None or schedule.next_due_at is None:
        house.rhythm("trust")
    house.clock.pass_(timedelta(days=days))
    found = None
    while found is None or found.element != CLOSING:  # once a quarter the family goes first
        if found is not None:
            for chat in members:
                house.answer(chat, found.id)
            house.close(found)
            house.stock(1)
        with house.storage.begin() as work:
            work.schedules.put(replace(work.schedules.get(house.team_id), first=(CLOSING,)))
            work.commit()
        found = house.next_round()
    return found


def held(house, members, top3, *, stronger: str = "Vertrouwen", days: int = 0) -> Maandbeeld:
    """A closing that everybody answers, and the maandbeeld that tells about it."""
    about = closing(house, members, days=days)
    for chat in members:
        house.answer_closing(chat, about.id, top3, stronger=stronger)
    assert house.close(about) == "published"
    return read(house, house.maandbeeld())


def read(house, maandbeeld_id: str) -> Maandbeeld:
    return Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.get(maandbeeld_id)).body)


def test_a_closing_is_a_part_of_its_own(house, members):
    """What at least three people chose, in the author's order; what should become stronger, with its steps."""
    shown = held(house, members, FIRST)
    top = shown.top3
    assert top.title == "Jullie top 3"
    assert [item.label.split()[0] for item in top.chosen.items] == ["Vertrouwen", "Rollen", "Leiderschap"]
    assert "Noordstad" in top.chosen.heading
    assert top.before == "" == top.strategic
    assert [step.label for step in top.steps] == [action.label for action in house.deps.library.get("trust").actions]
    assert shown.question.text == phrases_nl.CLOSING_KEEP
    assert [each.title for each in signals(shown)] == ["Jullie top 3", f"Jullie top 3 ({top.stronger.items[0].label})"]
    assert [each.label for each in candidates(shown)] == [step.label for step in top.steps]
    assert Maandbeeld.from_json(shown.to_json()) == shown


def test_the_same_people_see_what_they_chose_before(house, members):
    """In words beside each other, and in the question of the closing itself."""
    held(house, members, FIRST)
    about = closing(house, members, days=182)
    view = house.start(members[0], about.id)
    for label in LATER:
        view = house.tap(members[0], view, label)
    done = [button.tap for button in view.screen.buttons if button.tap.choice == "done"]
    view = house.tap(members[0], house.give(members[0], view, done[0]) if done else view, "Vertrouwen")
    seen = [view.screen.question]
    for _ in range(3):
        skip = next(button.tap for button in view.screen.buttons if button.tap.choice == "skip")
        view = house.give(members[0], view, skip)
        seen.append(view.screen.question)
    assert any("De vorige keer kozen jullie: Vertrouwen en respect; Rollen" in text for text in seen)
    for chat in members[1:]:
        house.answer_closing(chat, about.id, LATER)
    house.close(about)
    shown = read(house, house.maandbeeld())
    assert shown.top3.before.startswith("Vorige keer (")
    assert "kozen jullie: Vertrouwen en respect; Rollen" in shown.top3.before
    assert shown.top3.before in message(shown)


def test_the_choice_before_does_not_stand_beside_it_when_somebody_left(house, members):
    """One person less: what is missing now could be what that person chose."""
    from bot.usecases.forget_me import forget_me

    held(house, members, FIRST)
    forget_me(house.deps, chat_id=members[-1])
    shown = held(house, members[:-1], LATER, days=182)
    assert "Rollen" not in shown.top3.before
    assert "De samenstelling is sindsdien veranderd" in shown.top3.before
    assert [item.label.split()[0] for item in shown.top3.chosen.items] == ["Vertrouwen", "Betrokkenheid", "Iets"]


def test_too_few_who_choose_the_same_is_said(house, members):
    """Everybody something else: nothing is listed, and no option is named."""
    about = closing(house, members)
    options = [each.label for each in house.deps.library.get(CLOSING).step("practice", "top3").options]
    for number, chat in enumerate(members):
        picked = [options[(2 * number + each) % 16] for each in range(3)]
        house.answer_closing(chat, about.id, (picked[0], picked[1], picked[2]))
    assert house.close(about) == "published"
    shown = read(house, house.maandbeeld())
    assert shown.top3.chosen.items == ()
    assert not any(label in message(shown) for label in options)


def test_below_the_floor_there_is_no_top_three(house, members):
    """Four people: nothing at all, and it is asked once more."""
    about = closing(house, members)
    for chat in members[:4]:
        house.answer_closing(chat, about.id, FIRST)
    assert house.close(about) == "thin"
    shown = read(house, house.maandbeeld())
    assert shown.top3 is None
    assert shown.elements[0].note == phrases_nl.WAITING


def test_a_coordinator_puts_it_forward_and_never_aside(house, members):
    """Before a talk that asks for it; it is asked next, and setting it aside is refused."""
    house.stock(2)
    house.rhythm()
    put_first(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=CLOSING)
    assert see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id).first[0] == CLOSING
    with pytest.raises(NotAllowed):
        set_aside(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=CLOSING, weeks=4)
    assert house.next_round().element == CLOSING
