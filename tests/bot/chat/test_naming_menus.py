"""Making an area and correcting names in the coordinator's menus, typed over a fake Telegram."""

from __future__ import annotations

import pytest

from bot.chat.texts import beheer_nl, chat_nl
from bot.chat.texts import naming_nl as texts
from bot.chat.texts.chat_nl import CANCEL
from bot.usecases.fill_form import current_form
from bot.usecases.make_area import MOST_AREAS, make_area
from bot.usecases.make_team import make_team
from bot.usecases.merge_teams import merge_teams
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


async def test_an_area_that_went_already_is_said_to_be_gone(house, phone):
    """The tap that took it away comes twice, or its button is still there."""
    area = make_area(house.deps, chat_id=COORDINATOR, name="West").area
    for said in (texts.removed("West"), texts.REMOVED_BEFORE):
        await phone.tap(COORDINATOR, f"b1.droppedarea.{area.id}.")
        assert phone.last(COORDINATOR).text == said
    assert [*phone.last(COORDINATOR).buttons] == ["‹ Terug"]


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


@pytest.mark.parametrize("onward", [("/beheer", "Mensen"), ("Mensen",), ("/help",), ("m1.any.react",), ("l1.0",)])
async def test_a_form_that_somebody_walked_away_from_takes_no_text(house, phone, onward):
    """By any command or button of the chat; a thank-you afterwards names no team and no area."""
    await begins(phone, "Samen in Noord")
    menu = phone.last(COORDINATOR).buttons
    for way in ((*TEAM, texts.OTHER_NAME), (*AREA, texts.NEW_AREA)):
        await begins(phone, *way)
        assert current_form(house.deps, chat_id=COORDINATOR) is not None
        for step in onward:
            if step.startswith("/"):
                await phone.send(COORDINATOR, step)
            else:
                await phone.tap(COORDINATOR, menu.get(step, step))
        before = house.everything()
        await phone.send(COORDINATOR, "Bedankt!")
        assert phone.last(COORDINATOR).text == chat_nl.NO_TEXT_NOW
        assert house.everything() == before


async def test_a_form_about_a_team_that_is_gone_says_so_once_and_ends(house, phone):
    """A colleague merges the team meanwhile: the next text is for nothing any more, and a stranger nobody is called."""
    there = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    await begins(phone, *TEAM, texts.OTHER_NAME)
    merge_teams(house.deps, chat_id=COORDINATOR, team_id=house.team_id, other_id=there.id)
    await phone.send(COORDINATOR, "Samen verder")
    assert phone.last(COORDINATOR).text == chat_nl.FORM_GONE
    await phone.send(COORDINATOR, "Samen verder")
    assert phone.last(COORDINATOR).text == chat_nl.NO_TEXT_NOW


async def test_a_team_that_is_there_is_not_called_made(house, phone):
    """Its name is enough to say so; and where a colleague is quicker, the last word is enough."""
    await begins(phone, beheer_nl.NEW_TEAM)
    await phone.send(COORDINATOR, "samen in noord")
    assert phone.last(COORDINATOR).text.startswith(beheer_nl.NOT_NEW)
    assert current_form(house.deps, chat_id=COORDINATOR) is None
    for last in ("het jeugdteam", beheer_nl.USUAL_LABEL):
        name = f"Brug {last}"
        await begins(phone, beheer_nl.NEW_TEAM)
        await phone.send(COORDINATOR, name)
        make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name, team_label="het team")
        if last == beheer_nl.USUAL_LABEL:
            await phone.tap_label(COORDINATOR, last)
        else:
            await phone.send(COORDINATOR, last)
        assert phone.last(COORDINATOR).text.startswith(beheer_nl.NOT_NEW)


async def test_a_team_that_was_a_mistake_is_taken_away_where_its_name_is_corrected(house, phone):
    """Asked once, said twice at most, and never offered where somebody is in the team."""
    make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    assert texts.REMOVE_TEAM not in (await begins(phone, *TEAM)).buttons
    await begins(phone, "De Brug", *TEAM[1:], texts.REMOVE_TEAM)
    sure = phone.last(COORDINATOR).buttons[texts.REMOVE_TEAM_YES]
    for said in (texts.team_removed("De Brug"), texts.TEAM_REMOVED_BEFORE):
        await phone.tap(COORDINATOR, sure)
        assert phone.last(COORDINATOR).text == said
    assert "De Brug" not in (await begins(phone)).buttons


async def test_the_name_of_a_new_team_is_no_word_for_its_wijkteam(house, phone):
    """The same text can come twice, and is then asked for the wijkteam once more."""
    await begins(phone, beheer_nl.NEW_TEAM)
    for _ in range(2):
        await phone.send(COORDINATOR, "De Brug")
        assert phone.last(COORDINATOR).text == beheer_nl.ask_label("De Brug")
    await phone.send(COORDINATOR, "het jeugdteam")
    assert phone.last(COORDINATOR).text.startswith(beheer_nl.MADE)
