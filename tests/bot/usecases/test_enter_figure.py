"""One figure a month of the team's own, by its lead or coordinator (requirements F4, F6)."""

from __future__ import annotations

import pytest

from bot.render import message
from bot.usecases.enter_figure import (
    FORM,
    AlreadyCorrected,
    NoFigure,
    ask_figure,
    name_figure,
    see_figure,
    take_figure,
)
from bot.usecases.errors import AlreadyEnded
from bot.usecases.fill_form import current_form
from bot.usecases.housekeeping import tidy
from bot.usecases.naming import NameUnusable
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.phrases_nl import NO_EFFECT
from storage.retention import kept
from tests.support.house import COORDINATOR, DAY, LEAD, House


def enters(house: House, typed: str, *, kind: str = "satisfaction", by: int = LEAD):
    ask_figure(house.deps, chat_id=by, team_id=house.team_id, kind=kind)
    return take_figure(house.deps, chat_id=by, text=typed)


def next_page(house: House, chats) -> Maandbeeld:
    about = house.next_round()
    for chat in chats:
        house.answer(chat, about.id)
    house.close(about)
    house.maandbeeld()
    return Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.latest(house.team_id)).body)


def test_it_can_be_corrected_once_in_its_month(house):
    """By whoever of the two; the same again is no correction, and next month there is room anew."""
    assert enters(house, "7,8").now.tenths == 78
    assert not enters(house, "7,8", by=COORDINATOR).now.corrected
    seen = enters(house, "8", by=COORDINATOR)
    assert (seen.now.tenths, seen.now.corrected) == (80, True)
    with pytest.raises(AlreadyCorrected):
        ask_figure(house.deps, chat_id=LEAD, team_id=house.team_id, kind="goals")
    assert len(house.rows("SELECT * FROM team_figure")) == 1
    house.clock.pass_(30 * DAY)
    seen = see_figure(house.deps, chat_id=LEAD, team_id=house.team_id)
    assert (seen.now, seen.last.tenths) == (None, 80)
    assert enters(house, "8,1", kind="again").now.kind == "satisfaction"


def test_two_who_correct_at_once_correct_once(house):
    """Who was asked before the other one saved hears that it was corrected."""
    enters(house, "7")
    ask_figure(house.deps, chat_id=LEAD, team_id=house.team_id, kind="again")
    enters(house, "8", by=COORDINATOR)
    with pytest.raises(AlreadyCorrected):
        take_figure(house.deps, chat_id=LEAD, text="9")
    assert house.rows("SELECT tenths FROM team_figure") == [(80,)]


def test_what_is_no_figure_is_asked_again(house):
    """The form stays open and nothing is kept; once it is saved there is nothing more to take."""
    ask_figure(house.deps, chat_id=LEAD, team_id=house.team_id, kind="satisfaction")
    with pytest.raises(NoFigure):
        take_figure(house.deps, chat_id=LEAD, text="heel goed")
    assert current_form(house.deps, chat_id=LEAD).kind == FORM
    assert house.rows("SELECT * FROM team_figure") == []
    saved = take_figure(house.deps, chat_id=LEAD, text="8")
    assert take_figure(house.deps, chat_id=LEAD, text="8") == saved  # the same text, come twice
    assert not saved.now.corrected
    with pytest.raises(AlreadyEnded):
        take_figure(house.deps, chat_id=LEAD, text="9")


@pytest.mark.parametrize("name", ["", "@karin", "Karin de Boer", "cijfer.nl", "x" * 41, "x" * 300, "06-12345678"])
def test_a_name_of_its_own_goes_by_the_guard(house, name):
    """No link, no person, and short enough; a good one is kept with the figure."""
    ask_figure(house.deps, chat_id=LEAD, team_id=house.team_id, kind="own")
    with pytest.raises(NameUnusable):
        name_figure(house.deps, chat_id=LEAD, text=name)
    name_figure(house.deps, chat_id=LEAD, text="Gezinnen die terugkwamen")
    assert take_figure(house.deps, chat_id=LEAD, text="12").now.name == "Gezinnen die terugkwamen"


def test_the_maandbeeld_shows_it_once_beside_the_experiences(house):
    """The newest since the last one, with that of the month before; who entered it is nowhere."""
    house.stock(20)
    chats = house.members(6)
    house.rhythm()
    enters(house, "7,5")
    first = next_page(house, chats)
    assert first.own_figure.startswith("Tevredenheid van gezinnen: 7,5 op een schaal van 0 tot 10.")
    assert "Vorige maand" not in first.own_figure
    assert NO_EFFECT in message(first)
    enters(house, "7,8")
    second = next_page(house, chats)
    assert "7,8 op een schaal van 0 tot 10. Ingevuld op " in second.own_figure
    assert "Vorige maand: 7,5 op een schaal van 0 tot 10." in second.own_figure
    assert next_page(house, chats).own_figure == ""
    (row, *_) = house.rows("SELECT * FROM team_figure")
    assert house.person(LEAD).id not in row


def test_another_kind_is_not_laid_beside_the_month_before(house):
    """Two figures that count something else say nothing about each other."""
    house.stock(20)
    chats = house.members(6)
    house.rhythm()
    enters(house, "7,5")
    next_page(house, chats)
    enters(house, "62", kind="goals")
    assert "Vorige maand" not in next_page(house, chats).own_figure


def test_it_goes_after_two_years(house):
    """And not a day sooner."""
    enters(house, "7")
    house.clock.pass_(kept("team_figure"))
    tidy(house.deps)
    assert len(house.rows("SELECT * FROM team_figure")) == 1
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.rows("SELECT * FROM team_figure") == []
