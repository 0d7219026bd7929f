"""Making an area and correcting names in the coordinator's menus, typed over a fake Telegram."""

from __future__ import annotations

import pytest

from bot.chat.texts import naming_nl as texts
from bot.chat.texts.chat_nl import CANCEL
from bot.usecases.fill_form import current_form
from bot.usecases.make_area import MOST_AREAS, make_area
from bot.usecases.see_team import my_areas
from tests.support.house import COORDINATOR, open_house
from tests.support.telegram import phone_for

TEAM = ("Samen in Noord", "Profiel en overzicht", texts.TEAM_NAMES)
AREA = ("Het gebied", texts.OWN_AREA)


async def begins(phone, *labels):
    """/beheer and on; what is shown last."""
    await phone.send(COORDINATOR, "/beheer")
    for label in labels:
        await phone.tap_label(COORDINATOR, label)
    return phone.last(COORDINATOR)


async def after_restart(house, typed):
    """What a new process says to a typed text."""
    house.close_up()
    async with phone_for(open_house(house.folder)) as later:
        await later.send(COORDINATOR, typed)
        return later.last(COORDINATOR)


async def test_a_new_area_is_typed_over_a_restart_and_says_what_comes_next(house, phone):
    """A slip, the name of another area, a restart, and then the three things that make the first question come."""
    asked = await begins(phone, *AREA, texts.NEW_AREA)
    assert asked.text == texts.ASK_AREA_NAME
    for slip, said in (("@noord", texts.NAME_UNUSABLE), ("ZUID", texts.AREA_TAKEN)):
        await phone.send(COORDINATOR, slip)
        assert phone.last(COORDINATOR).text == said
    shown = await after_restart(house, "West <b>&")
    assert "<b>Het gebied West &lt;b&gt;&amp; is gemaakt</b>" in shown.text
    assert [*shown.buttons] == ["Nodig een coördinator uit", "Regio van de schoolvakanties", "Nieuw team", "‹ Terug"]
    assert current_form(house.deps, chat_id=COORDINATOR) is None
    assert [*(await begins(phone)).buttons] == ["Noord", "West <b>&", texts.NEW_AREA]
    assert texts.REMOVE not in (await begins(phone, "Noord", *AREA)).buttons


async def test_who_has_many_areas_reads_why_there_comes_no_more(house, phone):
    """At the button, and where the last one was made while the name was typed; then no text is waited for."""
    await begins(phone, *AREA, texts.NEW_AREA)
    for number in range(1, MOST_AREAS):
        make_area(house.deps, chat_id=COORDINATOR, name=f"Gebied {number}")
    await phone.send(COORDINATOR, "Nog een")
    assert phone.last(COORDINATOR).text == texts.TOO_MANY
    assert current_form(house.deps, chat_id=COORDINATOR) is None
    assert (await begins(phone, texts.NEW_AREA)).text == texts.TOO_MANY
    assert current_form(house.deps, chat_id=COORDINATOR) is None
    assert len(my_areas(house.deps, chat_id=COORDINATOR)) == MOST_AREAS


@pytest.mark.parametrize(
    ("way", "typed", "said"),
    [
        ((*TEAM, texts.OTHER_NAME), "Samen & co", "Het team heet nu Samen &amp; co."),
        ((*TEAM, texts.OTHER_LABEL), "het Noordteam", "Het wijkteam heet hier nu het Noordteam."),
        ((*AREA, texts.AREA_NAME), "Noord en West", "Het gebied heet nu Noord en West."),
    ],
)
async def test_a_corrected_name_is_typed_over_a_restart_and_holds_at_once(house, phone, way, typed, said):
    """A slip first; then what changed and from when, with the team or the area under it."""
    house.rhythm()
    await begins(phone, *way)
    await phone.send(COORDINATOR, "kijk op x.nl")
    assert phone.last(COORDINATOR).text == texts.NAME_UNUSABLE
    shown = await after_restart(house, typed)
    assert f"{said} {texts.AT_ONCE}" in shown.text
    assert "Volgende vraag: " in shown.text or "Kies een team" in shown.text


async def test_who_types_no_name_after_all_changes_nothing(house, phone):
    """The way out forgets what the next text was for."""
    for way in ((*TEAM, texts.OTHER_NAME), (*AREA, texts.AREA_NAME), (*AREA, texts.NEW_AREA)):
        await begins(phone, *way)
        await phone.tap_label(COORDINATOR, CANCEL)
        before = house.everything()
        await phone.send(COORDINATOR, "Samen in West")
        assert house.everything() == before
