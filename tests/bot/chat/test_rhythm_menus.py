"""The coordinator's menus of rhythm, topics and days: each change says what happens next and when."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.texts import days_nl
from bot.chat.texts import rhythm_nl as texts
from bot.chat.texts.chat_nl import NO_TEXT_NOW, NOT_ALLOWED
from bot.usecases.fill_form import current_form, open_form
from bot.usecases.pause_schedule import pause
from bot.usecases.typed_rhythm import read_step, read_time
from tests.support.house import ANNE, COORDINATOR, LEAD, open_house
from tests.support.telegram import phone_for

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
    nothing_runs = "In dit gebied loopt nog geen ritme. Dit geldt zodra een team een ritme kiest."
    assert said.startswith(f"Schoolvakanties: regio Zuid. {nothing_runs}")


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
    said = (
        await opens(phone, "Ritme", "Pauze", "Nu weer", "Ritme", "Pauze", "Helemaal stoppen", "Het is nu te druk")
    ).text
    assert "Rond maandag 1 februari vraag ik of jullie weer willen beginnen." in said
    await phone.tap(COORDINATOR, f"b1.halt.{house.team_id}.busy")  # the same tap, once more: nobody is told again
    assert phone.last(COORDINATOR).text.startswith(days_nl.STOPPED_BEFORE)
    assert "Dit geldt zodra jullie weer beginnen." in (await opens(phone, *CHANGES["window"])).text


@pytest.mark.parametrize(("often", "told"), [("Om de twee maanden", False), ("Om de drie maanden", True)])
async def test_a_rhythm_that_cannot_ask_about_the_family_every_quarter_says_so(house, phone, often, told):
    """Slower than every nine weeks; a team that keeps the quarter reads nothing about it."""
    said = await opens(phone, "Ritme", "Anders", often, "De eerste", "Dinsdag", "08:30")
    assert (texts.FAMILY_EVERY_OTHER_TIME in said.text) is told
    assert "De eerste vraag gaat uit op dinsdag 3 november om 08:30 uur." in said.text


# What is typed


async def test_a_step_and_a_time_can_be_typed(house, phone):
    """Every five weeks, on a Wednesday, at a quarter past nine; the buttons stay as quick choices."""
    house.rhythm()
    assert "Om de drie weken" in (await opens(phone, "Ritme", "Hoe vaak", "Anders")).buttons
    await phone.send(COORDINATOR, "om de vijf weken")
    await goes(phone, "Woensdag")
    await phone.send(COORDINATOR, "9:15")
    said = phone.last(COORDINATOR).text
    assert "De eerste vraag gaat uit op woensdag 4 november om 09:15 uur." in said
    assert "Ritme: om de 5 weken op woensdag, om 09:15 uur." in said
    assert (schedule(house).recurrence, schedule(house).minute) == ("FREQ=WEEKLY;INTERVAL=5;BYDAY=WE", 555)
    assert current_form(house.deps, chat_id=COORDINATOR) is None


async def test_what_is_typed_survives_a_restart_and_a_slip(house, phone):
    """A step too many, then a new process, then months; a time too early, then one that will do."""
    house.rhythm()
    before = schedule(house)
    await opens(phone, "Ritme", "Hoe vaak", "Vóór een vast")
    for slip in ("om de 40 weken", "soms", "0 maanden", "²weken", "om de ٣ weken"):
        await phone.send(COORDINATOR, slip)
        assert phone.last(COORDINATOR).text == texts.STEP_UNUSABLE
    house.storage.engine.dispose()
    async with phone_for(open_again(house)) as later:
        await later.send(COORDINATOR, "4 maanden")
        await goes(later, "De laatste", "Donderdag", "2 werkdagen")
        for slip in ("7:59", "18:00", "12:75", "straks", "99999"):
            await later.send(COORDINATOR, slip)
            assert later.last(COORDINATOR).text == texts.TIME_UNUSABLE
        assert schedule(house) == before
        await later.send(COORDINATOR, "om 17.59 uur")
    assert (schedule(house).recurrence, schedule(house).minute) == ("FREQ=MONTHLY;INTERVAL=4;BYDAY=-1TH", 17 * 60 + 59)


async def test_going_back_forgets_what_was_to_be_typed(house, phone):
    """A text after that is for nothing, and changes nothing."""
    house.rhythm()
    before = schedule(house)
    await opens(phone, "Ritme", "Hoe vaak", "Anders", "‹ Terug")
    await phone.send(COORDINATOR, "om de 5 weken")
    assert phone.last(COORDINATOR).text == NO_TEXT_NOW
    assert schedule(house) == before


async def test_a_form_of_who_no_longer_coordinates_changes_nothing(house, phone):
    """The rights are asked again when the text comes, and then the form is over."""
    house.rhythm()
    before = house.everything()
    open_form(house.deps, chat_id=ANNE, kind="rhythm_part", data={"team": house.team_id, "said": "p-w2-friday"})
    open_form(house.deps, chat_id=LEAD, kind="reminder_time", data={"team": house.team_id})
    await phone.send(ANNE, "9:15")
    await phone.send(LEAD, "9:15")
    assert house.everything() == before


@pytest.mark.parametrize(
    "value", ["o-w9", "o-m7", "o-w0", "p-w5", "p-w2-friday-479", "p-w2-friday-1080", "p-w2-friday-9"]
)
async def test_a_forged_step_or_time_is_refused(house, phone, value):
    """Only what could have been typed, and only where it could have been."""
    house.rhythm()
    before = schedule(house)
    await phone.tap(COORDINATOR, f"b1.pick.{house.team_id}.{value}")
    assert phone.telegram.remarks() == [NOT_ALLOWED]
    assert schedule(house) == before


@pytest.mark.parametrize(("verb", "value"), [("window", "٣"), ("aside", "roles-٤"), ("rtime", "٩٠٠"), ("window", "²")])
async def test_other_digits_than_ours_are_no_number(house, phone, verb, value):
    """A forged button with them gets the kind refusal, and nothing is changed."""
    house.rhythm()
    before = schedule(house)
    await phone.tap(COORDINATOR, f"b1.{verb}.{house.team_id}.{value}")
    assert phone.telegram.remarks() == [NOT_ALLOWED]
    assert schedule(house) == before


async def test_the_reminder_can_come_at_a_time_of_its_own(house, phone):
    """A button or a typed time; the confirmation names it, and so does the page of the question."""
    house.rhythm()
    said = (await opens(phone, "Ritme", "Hoe lang open", "Hoe laat de herinnering", "15:30")).text
    assert "De herinnering komt op maandag 9 november om 15:30 uur." in said
    await opens(phone, "Ritme", "Hoe lang open", "Hoe laat de herinnering")
    await phone.send(COORDINATOR, "19:00")
    assert phone.last(COORDINATOR).text == texts.TIME_UNUSABLE
    await phone.send(COORDINATOR, "9:15")
    assert "De herinnering komt op maandag 9 november om 09:15 uur." in phone.last(COORDINATOR).text
    assert "Herinnering: halverwege, om 09:15 uur." in (await opens(phone, "Ritme", "Hoe lang open")).text
    await goes(phone, "Hoe laat de herinnering", "Even laat")
    assert "halverwege, even laat als de vraag." in (await opens(phone, "Ritme", "Hoe lang open")).text


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("Elke week", ("week", 1)),
        ("om de week", ("week", 2)),
        ("om de twee weken", ("week", 2)),
        ("5 weken.", ("week", 5)),
        ("iedere maand", ("month", 1)),
        ("om de maand", ("month", 2)),
        ("eens per 3 maanden", ("month", 3)),
        ("elke één maand", ("month", 1)),
    ],
)
def test_a_step_is_understood_as_it_is_said(typed, step):
    """Figures and words, weeks and months."""
    assert read_step(typed) == step


@pytest.mark.parametrize(
    ("typed", "minute"), [("8:00", 480), ("09.15 uur", 555), ("9u15", 555), ("om 9 uur", 540), ("17:59", 1079)]
)
def test_a_time_is_understood_as_it_is_said(typed, minute):
    """With a colon, a point or a u, with and without the word for hour."""
    assert read_time(typed) == minute


def schedule(house):
    return house.read(lambda work: work.schedules.get(house.team_id))


def open_again(house):
    """The same house as another process finds it."""
    again = open_house(house.folder)
    again.clock.moment, again.team = house.clock.moment, house.team
    return again
