"""/rustig, /pauze and /hervat in the chat: what holds now in words, at most six buttons, and one thumb."""

from __future__ import annotations

import pytest

from bot.chat.commands import COORDINATOR as COORDINATOR_MENU
from bot.chat.commands import KNOWN, MEMBER
from bot.chat.texts import chat_nl
from bot.chat.texts import own_times_nl as texts
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, STRANGER

MOST = 6
EVERYBODY = (ANNE, BRAM, LEAD, COORDINATOR)


async def walk(phone, chat, *labels):
    for label in labels:
        await phone.tap_label(chat, label)
    return phone.last(chat)


async def test_a_nurse_reads_which_hours_are_quiet_until_she_chooses(house, phone):
    """The usual consultation hours in words; one day made quiet; and all of it cleared."""
    house.quiet(ANNE, None)
    await phone.send(ANNE, "/rustig")
    shown = phone.last(ANNE).text
    assert "de gewone spreekuren in de JGZ" in shown
    assert "Maandag tot en met vrijdag: 08:30 tot 12:15 uur en 13:00 tot 16:15 uur." in shown
    shown = (await walk(phone, ANNE, "Kies een dag", "Woensdag", "De hele dag")).text
    assert "Dit zijn jouw stille tijden:" in shown
    assert "Woensdag: de hele dag." in shown
    assert "Maandag: 08:30 tot 12:15 uur" in shown
    assert "geen stille tijden" in (await walk(phone, ANNE, "Geen stille tijden")).text
    assert "de gewone spreekuren" in (await walk(phone, ANNE, "Gebruik de gewone week")).text


async def test_a_teacher_reads_about_lessons_and_a_team_worker_about_nothing(house, phone):
    """Each in their own words."""
    teacher = house.member(4711, sector="onderwijs", any_time=False)
    await phone.send(teacher, "/rustig")
    assert "de gewone lesuren op school" in phone.last(teacher).text
    house.quiet(BRAM, None)
    await phone.send(BRAM, "/rustig")
    assert "Je hebt geen stille tijden." in phone.last(BRAM).text
    assert set(phone.last(BRAM).buttons) == {"Kies een dag", "Pauze tot een dag"}


async def test_a_whole_week_of_silence_is_said_out_loud(house, phone):
    """And a pause is proposed instead, for that ends by itself."""
    await phone.send(ANNE, "/rustig")
    for day in ("Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag"):
        shown = await walk(phone, ANNE, "Kies een dag", day, "De hele dag")
    assert "Je hele week is nu stil." in shown.text


async def test_a_pause_is_confirmed_with_what_happens(house, phone):
    """Proposed, typed, named at /start and in /rustig, and ended."""
    await phone.send(ANNE, "/pauze")
    assert "Niemand anders hoort het." in phone.last(ANNE).text
    shown = await walk(phone, ANNE, "Twee weken")
    assert "Tot maandag 16 november stuur ik niets. Daarna kom ik vanzelf terug." in shown.text
    await phone.send(ANNE, "/start")
    assert "Tot maandag 16 november stuur ik niets." in phone.last(ANNE).text
    await phone.send(ANNE, "/rustig")
    assert "Tot maandag 16 november stuur ik niets." in phone.last(ANNE).text
    await phone.send(ANNE, "/pauze")
    await walk(phone, ANNE, "Een andere dag")
    await phone.send(ANNE, "ooit")
    assert phone.last(ANNE).text == texts.RETURN_UNUSABLE
    await phone.send(ANNE, "31-12-2026")
    assert "Tot donderdag 31 december stuur ik niets." in phone.last(ANNE).text
    await phone.send(ANNE, "/hervat")
    assert phone.last(ANNE).text == texts.BACK_AGAIN
    await phone.send(ANNE, "/hervat")
    assert phone.last(ANNE).text == texts.NOT_AWAY


async def test_no_screen_has_more_than_six_buttons(house, phone):
    """Every screen that any button leads to, with a school holiday near and a pause running."""
    house.clock.moment = house.clock.moment.replace(month=12, day=1)
    with house.storage.begin() as work:
        work.teams.set_school_region(house.area_id, "zuid")
        work.commit()
    house.quiet(ANNE, None)
    seen = set()
    for command in ("/rustig", "/pauze", "/rustig", "/pauze"):
        await phone.send(ANNE, command)
        waiting = list(phone.last(ANNE).buttons.values())
        while waiting:
            data = waiting.pop()
            if data in seen:
                continue
            seen.add(data)
            await phone.tap(ANNE, data)
            shown = phone.last(ANNE).buttons
            assert len(shown) <= MOST
            waiting += shown.values()
    assert len(seen) > 30


@pytest.mark.parametrize(
    "data", ["q1.part.sunday-ochtend", "q1.part.monday-nacht", "q1.until.ooit", "q1.until.2020-01-01", "q1.x."]
)
async def test_a_forged_button_changes_nothing(house, phone, data):
    """Refused kindly, without a trace."""
    before = house.everything()
    await phone.tap(ANNE, data)
    assert house.everything() == before


@pytest.mark.parametrize("command", ["/rustig", "/pauze", "/hervat"])
async def test_everybody_known_can_use_it_and_a_stranger_reads_how_to_join(house, phone, command):
    """Every role; somebody unknown leaves no row."""
    for chat in EVERYBODY:
        await phone.send(chat, command)
        assert phone.last(chat).text not in {chat_nl.STRANGER, chat_nl.NOT_ALLOWED}
    await phone.send(STRANGER, command)
    assert phone.last(STRANGER).text == chat_nl.STRANGER


def test_help_and_menu_name_it_for_every_role():
    """A lead too."""
    for menu in (KNOWN, MEMBER, COORDINATOR_MENU):
        assert {"rustig", "pauze", "hervat"} <= set(menu)
    for told in (chat_nl.HELP_MEMBER, chat_nl.HELP_LEAD, chat_nl.HELP_COORDINATOR):
        assert all(f"/{each}" in told for each in ("rustig", "pauze", "hervat"))


async def test_who_comes_back_sees_the_dialogue_where_it_stood(house, phone):
    """In a new message; a button of the old one says where to look."""
    about = house.open_round()
    begun = house.tap(ANNE, house.start(ANNE, about.id, message_id=5), "4")
    await phone.send(ANNE, "/start")
    shown = phone.last(ANNE)
    assert "Vraag 2 van" in shown.text
    old = next(iter(begun.screen.buttons)).tap
    await phone.tap(ANNE, f"d1.{about.id}.{old.visit}.{old.choice}.{old.times}", message_id=5)
    assert chat_nl.OLD_BUTTON in phone.telegram.of("answerCallbackQuery")[-1].given.values()
    await phone.tap_label(ANNE, "Stop")
    assert "Opgeslagen." in phone.last(ANNE).text
