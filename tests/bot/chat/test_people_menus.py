"""The coordinator's menus about people, tapped through over a fake Telegram."""

from __future__ import annotations

import json

import pytest

from bot.chat.commands import COORDINATOR as COORDINATOR_MENU
from bot.chat.commands import EVERYONE, MEMBER
from bot.chat.commands import LEAD as LEAD_MENU
from bot.chat.texts import beheer_nl, people_nl
from bot.usecases.fill_form import current_form
from bot.usecases.invite import invite_colleague, invite_coordinator
from bot.usecases.leave_team import end_due_memberships
from bot.usecases.make_team import make_team
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, STRANGER

MOST_BUTTONS = 6
NOTHING_COMES = "Er komen nog geen vragen: kies eerst een ritme."


async def goes(phone, *labels, chat=COORDINATOR):
    """Tap these labels one after the other; the last thing shown."""
    for label in labels:
        await phone.tap_label(chat, label)
        assert len(phone.last(chat).buttons) <= MOST_BUTTONS, label
    return phone.last(chat)


async def opens(phone, *labels):
    """/beheer, the team (on the second page when there are many), its people, and on."""
    await phone.send(COORDINATOR, "/beheer")
    while "Samen in Noord" not in phone.last(COORDINATOR).buttons:
        await phone.tap_label(COORDINATOR, "Meer teams")
    return await goes(phone, "Samen in Noord", "Mensen", *labels)


def commands_of(phone, chat):
    """The commands that were last set for this chat."""
    calls = [call for call in phone.telegram.of("setMyCommands") if str(chat) in str(call.given["scope"])]
    given = calls[-1].given["commands"]
    given = json.loads(given) if isinstance(given, str) else given
    return tuple(each["command"] for each in given)


def links_in(text):
    return [word for word in text.split() if word.startswith("https://t.me/")]


async def test_a_shared_link_and_one_for_a_lead(phone):
    """Each says for how many and until when."""
    shown = await opens(phone, "Uitnodigen", "De teamleden: één link")
    assert "voor 40 mensen, tot en met maandag 16 november" in shown.text
    await goes(phone, "‹ Terug")
    shown = await goes(phone, "De teamleider")
    assert "Uitnodiging voor een teamleider van Samen in Noord" in shown.text


@pytest.mark.parametrize("form", ["Als CSV", "Als Excel"])
async def test_a_list_comes_back_as_a_file_and_the_names_are_kept_nowhere(phone, form):
    """Format, time, names; also after a restart in between."""
    shown = await opens(phone, "Uitnodigen", "De teamleden: ieder een eigen link", form, "Een week")
    assert "Typ een naam of functie per regel" in shown.text
    form_now = current_form(phone.house.deps, chat_id=COORDINATOR)
    assert form_now.kind == "invite_names"
    await phone.send(COORDINATOR, "Sterrenkijker\n=1+1")
    assert len(phone.telegram.of("sendDocument")) == 1
    assert "2 links" in phone.last(COORDINATOR).text
    assert "maandag 9 november" in phone.last(COORDINATOR).text
    assert "Sterrenkijker" not in repr(phone.house.everything())
    assert current_form(phone.house.deps, chat_id=COORDINATOR) is None


async def test_a_list_as_text_holds_a_link_that_works_for_each(phone):
    """Two names, two links; a mistake is told and can be done again, or not at all."""
    await opens(phone, "Uitnodigen", "De teamleden: ieder een eigen link", "Als tekst", "Twee weken")
    await phone.send(COORDINATOR, "0")
    assert "Dat lukt niet" in phone.last(COORDINATOR).text
    await phone.send(COORDINATOR, "Anne <b>\nBram")
    sent = [call.text for call in phone.telegram.shown(COORDINATOR)]
    text = next(each for each in reversed(sent) if "start=" in each)
    assert "Anne &lt;b&gt;\nhttps" in text
    first, second = links_in(text)
    assert first != second
    await phone.send(STRANGER, f"/start {first.rpartition('=')[2]}")
    await phone.tap_label(STRANGER, "Ik doe mee")
    assert phone.house.person(STRANGER) is not None
    await opens(phone, "Uitnodigen", "De teamleden: ieder een eigen link", "Als tekst", "Een maand", "Niet doen")
    assert current_form(phone.house.deps, chat_id=COORDINATOR) is None


async def test_a_qr_picture_says_for_how_many_and_until_when(phone):
    """A photo of its own, for a meeting."""
    await opens(phone, "Uitnodigen", "De teamleden: een QR", "Een week")
    (photo,) = phone.telegram.of("sendPhoto")
    assert "Doe mee met Samen in Noord" in photo.text
    assert "voor 40 mensen, tot en met maandag 9 november" in photo.text


async def test_open_invitations_are_withdrawn_and_made_anew(phone):
    """One, a new link in its place, and all."""
    shown = await opens(phone, "Uitnodigen", "Openstaande")
    assert next(iter(shown.buttons)) == "Trek alles in"
    shown = await goes(phone, "Teamleden")
    assert "tot en met maandag 16 november" in shown.text
    shown = await goes(phone, "Maak een nieuwe link")
    assert links_in(shown.text)
    shown = await goes(phone, "‹ Terug", "Teamleden", "Trek in")
    assert "werkt niet meer" in shown.text
    shown = await goes(phone, "‹ Terug", "Trek alles in", "Ja, trek alles in")
    assert "Geen van die links werkt nog" in shown.text
    shown = await goes(phone, "‹ Terug", "Openstaande")
    assert "Er staat niets open" in shown.text


async def test_somebody_leaves_on_a_typed_day_and_stays_after_all(phone):
    """Asked, typed wrong, typed right, confirmed with what happens next, and taken back."""
    shown = await opens(phone, "Leden")
    assert "Naam 201 · JGZ" in next(iter(shown.buttons))
    assert "Wie antwoordt, zie je hier niet" in shown.text
    await goes(phone, "Naam 201", "Vertrekt", "Een andere dag")
    await phone.send(COORDINATOR, "31-02-2027")
    assert "Die dag lukt niet" in phone.last(COORDINATOR).text
    await phone.send(COORDINATOR, "31-12-2026")
    assert "laatste dag donderdag 31 december" in phone.last(COORDINATOR).text
    shown = await goes(phone, "‹ Terug")
    assert "Laatste dag in dit team: donderdag 31 december" in shown.text
    shown = await goes(phone, "Vertrek gaat niet door")
    assert "blijft in het team" in shown.text
    assert NOTHING_COMES in shown.text
    for choice, last in (("Vandaag", "maandag 2 november"), ("Eind van deze maand", "maandag 30 november")):
        await opens(phone, "Leden", "Naam 202")
        if "Vertrekt" not in phone.last(COORDINATOR).buttons:
            await goes(phone, "Vertrek gaat niet door", "‹ Terug")
        shown = await goes(phone, "Vertrekt", choice)
        assert last in shown.text
    await goes(phone, "‹ Terug", "Vertrek gaat niet door", "‹ Terug", "Vertrekt", "Een andere dag", "Niet doen")
    assert current_form(phone.house.deps, chat_id=COORDINATOR) is None


async def test_a_member_is_moved_or_removed_and_their_menu_follows(phone):
    """Sure first; afterwards the chat of whoever left has the commands of nobody."""
    await opens(phone, "Leden", "Naam 201", "Verplaats")
    assert "Maak eerst een nieuw team" in phone.last(COORDINATOR).text
    for number in range(6):
        make_team(
            phone.house.deps,
            chat_id=COORDINATOR,
            area_id=phone.house.area_id,
            name=f"Brug {number}",
            team_label="het team",
        )
    await opens(phone, "Leden", "Naam 201", "Verplaats", "Meer")
    shown = await goes(phone, "Brug 5")
    assert "Van Samen in Noord naar Brug 5" in shown.text
    shown = await goes(phone, "Ja, verplaats")
    assert "hoort nu bij Brug 5, en doet mee vanaf de volgende vraag." in shown.text
    assert NOTHING_COMES in shown.text
    await opens(phone, "Leden", "Naam 202", "Verwijder nu", "Ja, verwijder nu")
    assert "is uit het team" in phone.last(COORDINATOR).text
    assert commands_of(phone, BRAM) == EVERYONE
    shown = await goes(phone, "‹ Terug")
    assert "Er is nog niemand" in shown.text


async def test_a_lead_is_replaced_and_a_team_without_one_is_told(phone):
    """The menu of commands of the former lead goes; the list says that nobody reads."""
    shown = await opens(phone, "Teamleiders", "Naam 102", "Vervang", "Ja, vervang")
    assert "geen teamleider meer" in shown.text
    (link,) = links_in(shown.text)
    assert commands_of(phone, LEAD) == EVERYONE
    await phone.send(STRANGER, f"/start {link.rpartition('=')[2]}", name="Nieuw")
    await phone.tap(STRANGER, phone.last(STRANGER).buttons["Ik doe mee"], name="Nieuw")
    assert commands_of(phone, STRANGER) == LEAD_MENU
    shown = await opens(phone, "Teamleiders", "Nieuw", "Stopt als")
    assert "Daarna heeft het team geen teamleider" in shown.text
    shown = await goes(phone, "Ja, stop deze rol")
    assert "nodig er een uit" in shown.text
    shown = await goes(phone, "‹ Terug")
    assert "Niemand leest nu het maandbeeld" in shown.text


async def test_coordinators_invite_and_remove_each_other_but_never_the_last(phone):
    """And oneself: afterwards the menus are closed and the commands gone."""
    await phone.send(COORDINATOR, "/beheer")
    shown = await goes(phone, "Het gebied", "Gebied en coördinatoren", "Coördinatoren", "Nodig een coördinator uit")
    (link,) = links_in(shown.text)
    await goes(phone, "‹ Terug", "Naam 101", "Stopt als coördinator", "Ja, ik stop")
    assert "Nodig eerst een andere coördinator uit" in phone.last(COORDINATOR).text
    await phone.send(STRANGER, f"/start {link.rpartition('=')[2]}")
    await phone.tap_label(STRANGER, "Ik doe mee")
    assert commands_of(phone, STRANGER) == COORDINATOR_MENU
    shown = await goes(phone, "‹ Terug", "Naam 101", "Stopt als coördinator")
    assert "Zelf stoppen" in shown.text
    shown = await goes(phone, "Ja, ik stop")
    assert "geen coördinator meer" in shown.text
    assert not shown.buttons
    assert commands_of(phone, COORDINATOR) == EVERYONE
    await phone.send(COORDINATOR, "/beheer")
    assert "kan ik hier niet voor je doen" in phone.last(COORDINATOR).text


async def test_who_stops_in_one_of_two_areas_goes_on_in_the_other(house, phone):
    """One tap away, with the menu of that area."""
    house.join(STRANGER, invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    house.join(COORDINATOR, invite_coordinator(house.deps, area_name="Oost", municipality="Oost").token)
    await phone.tap(COORDINATOR, f"b1.endedcoord.{house.area_id}.{house.person(COORDINATOR).id}")
    shown = await goes(phone, people_nl.YOUR_AREAS)
    assert shown.text == beheer_nl.home("Oost")


async def test_joining_teams_shows_the_arithmetic_and_then_does_it(phone):
    """Named before, done after a yes, and the old team is gone from the menu."""
    brug = make_team(
        phone.house.deps, chat_id=COORDINATOR, area_id=phone.house.area_id, name="De Brug", team_label="het team"
    )
    for number in range(1000, 1008):
        phone.house.member(number, team=brug)
    phone.house.rhythm()  # the other team goes on with it
    shown = await opens(phone, "Samenvoegen", "De Brug")
    assert "Samen in Noord, 2 mensen: nooit" in shown.text
    assert "De Brug, 8 mensen: ongeveer 6 van de 10 keer" in shown.text
    assert "samen, 10 mensen: ongeveer 8 van de 10 keer" in shown.text
    shown = await goes(phone, "Ja, voeg samen")
    assert "is opgegaan in De Brug" in shown.text
    assert "De volgende vraag komt op dinsdag 3 november om 08:30 uur." in shown.text
    await phone.tap(COORDINATOR, f"b1.merged.{phone.house.team_id}.{brug.id}")  # the same tap, once more
    assert phone.last(COORDINATOR).text == people_nl.MERGED_BEFORE
    await phone.send(COORDINATOR, "/beheer")
    assert "Samen in Noord" not in phone.last(COORDINATOR).buttons
    shown = await goes(phone, "De Brug")
    assert "Leden: 10" in shown.text


async def test_a_member_says_that_they_leave(phone):
    """/vertrek: a day, a typed day, and back; who is in no team hears about /stop."""
    await phone.send(ANNE, "/vertrek")
    assert "Wat is je laatste dag?" in phone.last(ANNE).text
    shown = await goes(phone, "Een andere dag", chat=ANNE)
    assert "31-12-2026" in shown.text
    await phone.send(ANNE, "gisteren")
    assert "Die dag lukt niet" in phone.last(ANNE).text
    await phone.send(ANNE, "4-11-2026")
    assert "is woensdag 4 november" in phone.last(ANNE).text
    shown = await goes(phone, "Ik blijf", chat=ANNE)
    assert "blijft gewoon meedoen" in shown.text
    await phone.send(ANNE, "/vertrek")
    await goes(phone, "Vandaag", chat=ANNE)
    phone.house.clock.pass_(DAY)
    assert end_due_memberships(phone.house.deps) == 1
    await phone.send(ANNE, "/vertrek")
    assert "niet als lid in een team" in phone.last(ANNE).text
    await phone.send(STRANGER, "/vertrek")
    assert "/stop" in phone.last(STRANGER).text


async def test_who_is_in_two_teams_first_says_which(phone):
    """One button for each."""
    brug = make_team(
        phone.house.deps, chat_id=COORDINATOR, area_id=phone.house.area_id, name="De Brug", team_label="het team"
    )
    phone.house.invite(ANNE, team=brug)
    await phone.send(ANNE, "/vertrek")
    assert set(phone.last(ANNE).buttons) == {"Samen in Noord", "De Brug"}
    await goes(phone, "De Brug", "Vandaag", chat=ANNE)
    assert "laatste dag in De Brug" in phone.last(ANNE).text.replace("\u2060", "")
    assert "vertrek" in MEMBER


async def test_a_copied_button_opens_nothing(phone):
    """A member, with every button that the coordinator saw."""
    await opens(phone, "Leden", "Naam 201", "Vertrekt")
    data = {each for call in phone.telegram.shown(COORDINATOR) for each in call.buttons.values()}
    before = phone.house.everything()
    for each in sorted(data):
        if each.startswith("b1.home"):
            continue
        await phone.tap(BRAM, each)
    assert phone.house.everything() == before
