"""Topics put forward and aside: both end by themselves, and none is dropped."""

from __future__ import annotations

import pytest

from bot.usecases.errors import NotAllowed
from bot.usecases.pause_schedule import pause
from bot.usecases.second_chance import LONGEST_SEALED
from bot.usecases.see_ahead import see_ahead
from bot.usecases.see_topics import see_topics
from bot.usecases.set_topics import bring_back, put_first, set_aside
from tests.support.house import COORDINATOR, DAY


def chosen(house, choose, **choice):
    return choose(house.deps, chat_id=COORDINATOR, team_id=house.team_id, **choice)


def coming(house):
    seen = see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    return [each.element for each in seen.coming]


def test_what_was_put_forward_is_used_up_by_its_round(house):
    """Asked once, then the circle goes on as usual."""
    house.rhythm("effect")
    assert coming(house)[0] == "effect"
    assert house.next_round().element == "effect"
    assert house.read(lambda work: work.schedules.get(house.team_id)).first == ()
    assert coming(house)[0] == "trust"


def test_what_was_set_aside_comes_back_by_itself(house):
    """Four weeks without trust; after them it comes first, for it waits longest."""
    house.rhythm("skills")
    chosen(house, set_aside, element="trust", weeks=4)
    house.stock(6)
    asked = [house.next_round().element for _ in range(4)]
    assert asked[:2] == ["skills", "roles"]
    assert "trust" in asked[2:]
    assert house.read(lambda work: work.schedules.get(house.team_id)).aside == {}


def test_a_wish_can_be_taken_back(house):
    """Forward or aside: back in the usual order."""
    house.rhythm("effect")
    chosen(house, set_aside, element="trust", weeks=8)
    for element in ("effect", "trust"):
        chosen(house, bring_back, element=element)
    schedule = house.read(lambda work: work.schedules.get(house.team_id))
    assert (schedule.first, schedule.aside) == ((), {})
    assert coming(house)[0] == "trust"


@pytest.mark.parametrize(("element", "weeks"), [("trust", 5), ("start", 4), ("onbekend", 4)])
def test_what_is_not_on_offer_is_refused(house, element, weeks):
    """Other weeks, and what is no element."""
    with pytest.raises(NotAllowed):
        chosen(house, set_aside, element=element, weeks=weeks)


def test_putting_forward_what_was_aside_ends_the_aside(house):
    """The newest wish wins."""
    chosen(house, set_aside, element="housing", weeks=8)
    schedule = chosen(house, put_first, element="housing")
    assert (schedule.first, schedule.aside) == (("housing",), {})


def test_the_coming_rounds_are_those_that_come(house):
    """What the menu foretells is what opens, as long as nothing is published in between."""
    house.rhythm("trust")
    foretold = coming(house)
    house.stock(6)
    assert [house.next_round().element for _ in foretold] == foretold


def test_silent_topics_are_named_after_half_a_year(house):
    """Nothing is silent in the first circle; half a year after its round an element is."""
    house.rhythm("trust")
    house.next_round()
    seen = see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert seen.silent == ()
    house.clock.pass_(200 * DAY)
    seen = see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert seen.silent == ("trust",)


def test_a_second_chance_that_comes_too_late_is_not_foretold(house):
    """Paused for eight weeks the thin round ends first: then another topic opens, and a choice counts from it."""
    thin = house.open_round()
    assert house.close(thin) == "thin"
    ahead = see_ahead(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert (coming(house)[0], ahead.promised_until) == ("trust", ahead.opens_at + 14 * DAY)
    chosen(house, pause, until=house.deps.today() + 56 * DAY)
    ahead = see_ahead(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    foretold = coming(house)
    about = house.next_round()
    assert about.opens_at == ahead.opens_at > thin.opens_at + LONGEST_SEALED
    assert (about.predecessor_id, ahead.promised_until) == (None, None)
    assert [about.element, *coming(house)[:3]] == foretold
    assert about.element != "trust"


def test_what_has_its_second_chance_now_is_not_foretold_again(house):
    """It is asked once more, and not a third time."""
    assert house.close(house.open_round()) == "thin"
    foretold = coming(house)
    assert house.next_round().element == foretold[0] == "trust"
    assert coming(house)[:3] == foretold[1:]
    assert see_ahead(house.deps, chat_id=COORDINATOR, team_id=house.team_id).promised_until is None
