"""How a question came out the time before, in the rhythm a team has when nobody chooses another (requirement A7)."""

from __future__ import annotations

from dialogues.insight.maandbeeld import ElementView, Maandbeeld
from tests.dialogues.rhythm.test_rotation import played
from tests.support.house import DAY, House

HALF_YEAR = 183


def days_until_it_returns() -> int:
    """Between two times that trust is asked, in rounds every other week."""
    history, _ = played([14] * 60, seed=1, bands=("mid",), wishing=False)
    days = [each.opened_on for each in history if each.element == "trust"]
    return (days[1] - days[0]).days


def told_about_trust(house: House) -> ElementView:
    """In the next maandbeeld."""
    house.maandbeeld()
    newest = Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.latest(house.team_id)).body)
    return next(each for each in newest.elements if each.id == "trust")


def test_an_element_that_returns_after_most_of_a_year_tells_how_it_was(house):
    """Asked of the same people, with nothing of that question in the half year that is read together."""
    house.stock(40)
    chats = house.members(6)
    first = house.open_round()
    house.answered(chats, first)
    house.maandbeeld()
    apart = days_until_it_returns()
    assert apart > HALF_YEAR
    house.clock.moment = first.opens_at + (apart - 14) * DAY
    house.answered(chats, house.open_round(), score="1")
    assert told_about_trust(house).trend == "Anders sinds november 2026. Toen: herkend."
