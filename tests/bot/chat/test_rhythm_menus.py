"""The coordinator's menus of rhythm, topics and days: each change says what happens next and when."""

from __future__ import annotations

from datetime import date

import pytest

from bot.usecases.pause_schedule import pause, stop
from tests.support.house import COORDINATOR

MOST_BUTTONS = 6
NEXT = "De volgende vraag komt op dinsdag 3 november om 08:30 uur."
STUDY_DAY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//NL\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTART;VALUE=DATE:20261103\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


async def goes(phone, *labels):
    """Tap these labels one after the other; what is shown last."""
    for label in labels:
        await phone.tap_label(COORDINATOR, label)
        assert len(phone.last(COORDINATOR).buttons) <= MOST_BUTTONS, label
    return phone.last(COORDINATOR)


async def opens(phone, *labels):
    """/beheer, the team, and on."""
    await phone.send(COORDINATOR, "/beheer")
    return await goes(phone, "Samen in Noord", *labels)


async def area(phone, *labels):
    """/beheer, the area, and on."""
    await phone.send(COORDINATOR, "/beheer")
    return await goes(phone, "Het gebied", *labels)


CHANGES = {
    "window": ("Ritme", "Hoe lang open", "Hoe lang de vraag", "6 dagen"),
    "reminder": ("Ritme", "Hoe lang open", "De herinnering", "De dag voor"),
    "way": ("Ritme", "Hoe lang open", "Lengte", "Kort"),
    "school holidays": ("Ritme", "Vakanties", "In schoolvakanties", "Niemand"),
    "quiet times": ("Ritme", "Vakanties", "Stille tijden", "Vrijdag", "In de middag"),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_says_when_the_next_question_comes(house, phone, change):
    """Whatever was chosen: the day and the hour of the next question, and what it is about."""
    house.rhythm("effect")
    said = (await opens(phone, *CHANGES[change])).text
    assert f"{NEXT} Het onderwerp: {house.deps.library.get('effect').title}." in said


async def test_the_window_and_the_reminder_say_how_the_next_question_runs(house, phone):
    """Its close and its one reminder in days and hours; and that what is open now stays as it was."""
    about = house.open_round()
    said = (await opens(phone, *CHANGES["window"])).text
    assert "De volgende vraag komt op dinsdag 17 november om 08:30 uur." in said
    assert "Die vraag sluit op maandag 23 november om 17:00 uur." in said
    assert "De herinnering komt op vrijdag 20 november om 08:30 uur." in said
    assert "Een vraag die nu open is, blijft zoals die was." in said
    assert house.round(about.id) == about
    said = (await opens(phone, "Ritme", "Hoe lang open", "De herinnering", "Geen herinnering")).text
    assert "Er komt dan geen herinnering." in said


async def test_a_topic_says_which_question_comes_now(house, phone):
    """Put forward, set aside and back again: the next question is about what was chosen, on its day."""
    house.rhythm("effect")
    titles = {name: house.deps.library.get(name).title for name in ("trust", "roles", "effect")}
    for verb, value, title in (
        ("first", "roles", "roles"),
        ("aside", "roles-4", "effect"),
        ("usual", "effect", "trust"),
    ):
        await phone.tap(COORDINATOR, f"b1.{verb}.{house.team_id}.{value}")
        assert f"{NEXT} Het onderwerp: {titles[title]}." in phone.last(COORDINATOR).text, verb


async def test_days_of_the_area_say_which_team_is_asked_first(house, phone):
    """A region, and a calendar file that moves the question by a day; and both taken away."""
    house.rhythm()
    at_noord = "De volgende vraag komt op dinsdag 3 november om 08:30 uur, bij Samen in Noord."
    assert at_noord in (await area(phone, "Vakanties", "Regio", "Noord")).text
    await area(phone, "Vakanties", "Eigen vrije dagen")
    await phone.upload(COORDINATOR, STUDY_DAY, name="dagen.ics")
    said = phone.last(COORDINATOR).text
    assert "1 vrije dag gevonden" in said
    assert "De volgende vraag komt op woensdag 4 november om 08:30 uur, bij Samen in Noord." in said
    assert at_noord in (await area(phone, "Vakanties", "Vrije dagen weghalen")).text


async def test_an_area_without_a_rhythm_says_that_nothing_comes(phone):
    """And from when it counts."""
    said = (await area(phone, "Vakanties", "Regio", "Zuid")).text
    assert "In dit gebied loopt nog geen ritme. Dit geldt zodra een team een ritme kiest." in said


async def test_days_of_the_team_move_its_next_question(house, phone):
    """A calendar file of the team, and forgetting it."""
    house.rhythm()
    await opens(phone, "Ritme", "Vakanties", "Eigen vrije dagen")
    await phone.upload(COORDINATOR, STUDY_DAY, name="dagen.ics")
    assert "De volgende vraag komt op woensdag 4 november om 08:30 uur. Het onderw" in phone.last(COORDINATOR).text
    assert NEXT in (await opens(phone, "Ritme", "Vakanties", "Vrije dagen weghalen")).text


async def test_quiet_times_of_the_team_hold_at_once_and_are_shown(house, phone):
    """In the page of days, with day and part; none is said too, and the area has none."""
    house.rhythm()
    assert "Stille tijden van het team: geen." in (await opens(phone, "Ritme", "Vakanties")).text
    said = (await goes(phone, *CHANGES["quiet times"][2:])).text
    assert "Dit geldt meteen, ook voor wat nog moet komen." in said
    shown = (await opens(phone, "Ritme", "Vakanties")).text
    assert "Stille tijden van het team: vrijdag (in de middag)." in shown
    assert "Stille tijden" not in (await area(phone, "Vakanties")).text


async def test_while_nothing_runs_it_is_said_from_when_a_change_counts(house, phone):
    """A rhythm that was stopped, one that pauses, and one that nobody chose yet."""
    await phone.tap(COORDINATOR, f"b1.first.{house.team_id}.roles")
    assert "Er komen nog geen vragen: kies eerst een ritme." in phone.last(COORDINATOR).text
    house.rhythm()
    pause(house.deps, chat_id=COORDINATOR, team_id=house.team_id, until=date(2026, 11, 30))
    said = (await opens(phone, *CHANGES["way"])).text
    assert "Er is pauze tot maandag 30 november. De volgende vraag komt op dinsdag 1 december om 08:30 uur." in said
    stop(house.deps, chat_id=COORDINATOR, team_id=house.team_id, reason="busy")
    assert "Dit geldt zodra jullie weer beginnen." in (await opens(phone, *CHANGES["window"])).text
