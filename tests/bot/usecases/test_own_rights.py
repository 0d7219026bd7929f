"""Seeing what is kept and taking back what was answered: complete, and without telling who answered."""

from __future__ import annotations

import json

import pytest

from bot.chat.own_data import LONGEST_MESSAGE, as_json, pages, told
from bot.chat.texts import rights_nl as texts
from bot.usecases.erase_answer import asked_rounds, erase_answer
from bot.usecases.errors import AlreadyEnded
from bot.usecases.fill_form import open_form
from bot.usecases.forget_me import forget_me
from bot.usecases.see_own_data import own_data
from bot.usecases.share_maandbeeld import share_maandbeeld
from dialogues.conversation.inputs import Tap
from storage.base import Table
from storage.handover_notes import HandoverNote
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, LEAD, OUTSIDER


def shown(house, chat):
    return "\n".join(told(own_data(house.deps, chat_id=chat), zone=AMSTERDAM))


def exported(house, chat):
    return json.loads(as_json(own_data(house.deps, chat_id=chat), made_at=house.clock.moment))


def full_of_anne(house):
    """Something of Anne in every table that points at persons."""
    about = house.open_round()
    house.send()
    open_form(house.deps, chat_id=ANNE, kind="own_last_day", data={"name": "Kanarienaam"})
    with house.storage.begin() as work:
        anne = work.people.by_chat(ANNE)
        work.people.add_coordinator(anne.id, house.other_team.area_id)
        note = HandoverNote(
            id="n", team_id=house.team_id, person_id=anne.id, body="Bel Kanarie", written_on=house.deps.today()
        )
        work.handover_notes.add(note)
        work.commit()
    return about


def test_every_column_has_a_name_and_a_place():
    """A new table or column that points at persons fails here until it is told in words."""
    pointing = {"person"} | {
        name
        for name, table in Table.metadata.tables.items()
        if any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    named = {table: set(columns) for table, columns in texts.COLUMNS.items()}
    assert set(texts.TABLES) == pointing
    assert named == {table: set(Table.metadata.tables[table].columns.keys()) for table in pointing}


def test_everything_is_on_the_screen(house):
    """Account, place, role elsewhere, questions, messages, form and note; each in words."""
    full_of_anne(house)
    house.quiet(ANNE, ("monday-480-720",))
    text = shown(house, ANNE)
    for part in (
        "naam in Telegram: Naam 201",
        "chatnummer in Telegram: 201",
        "eigen stille tijden: Maandag:",
        "pauze tot: niet ingevuld",
        "• Samen in Noord\nrol: teamlid\nwaar je werkt: JGZ\nfunctie: Jeugdverpleegkundige",
        "hoe lang in dit gebied: langer dan twee jaar",
        "<b>Waar je coördineert</b>\n• Zuid",
        "• Vertrouwen en respect (Samen in Noord); gevraagd als: JGZ",
        "soort: uitnodiging voor een vraag",
        "stand: verstuurd",
        "soort: herinnering",
        "soort: je laatste dag",
        "inhoud: Kanarienaam",
        "tekst: Bel Kanarie",
        *texts.CANNOT_SHOW,
    ):
        assert part in text, part
    assert house.person(ANNE).id not in text


def test_the_file_holds_every_value_of_every_row(house):
    """Row by row against the database itself: no table, row or column is missing."""
    full_of_anne(house)
    anne = house.person(ANNE)
    content = exported(house, ANNE)
    for table, heading in texts.TABLES.items():
        column = "id" if table == "person" else "person_id"
        rows = house.rows(f"SELECT * FROM {table} WHERE {column} = ?", anne.id)  # noqa: S608 - our own table names
        assert rows, table
        assert len(content[heading]) == len(rows), table
        for row in content[heading]:
            assert set(texts.COLUMNS[table].values()) <= set(row), table
    assert content["Je account"][0]["chatnummer in Telegram"] == ANNE
    assert content["Wat je bij vertrek doorgeeft"][0]["tekst"] == "Bel Kanarie"
    locked = [each["vraag"] for each in content["waarin een antwoord op slot kan zitten"]]
    assert "Vertrouwen en respect" in locked
    assert any("op slot" in line for line in content["niet te laten zien"])


def test_nobody_sees_whether_somebody_answered(house):
    """Before and after an answer, and in the middle of a dialogue, screen and file are the same, byte for byte."""
    about = full_of_anne(house)
    before = shown(house, ANNE), exported(house, ANNE)
    view = house.tap(ANNE, house.start(ANNE, about.id), "2 ·")
    assert (shown(house, ANNE), exported(house, ANNE)) == before
    house.tap(ANNE, view, "Stop")
    assert (shown(house, ANNE), exported(house, ANNE)) == before


def test_looking_changes_nothing(house):
    """No trace of who looked."""
    full_of_anne(house)
    before = house.everything()
    shown(house, ANNE)
    assert house.everything() == before


def test_each_role_sees_its_own(house):
    """Lead, coordinator and somebody elsewhere: their own rows and nobody else's name."""
    full_of_anne(house)
    assert "rol: teamleider" in shown(house, LEAD)
    assert "<b>Waar je coördineert</b>\n• Noord" in shown(house, COORDINATOR)
    for chat in (BRAM, LEAD, COORDINATOR, OUTSIDER):
        assert "Naam 201" not in shown(house, chat)
        assert "Kanarie" not in json.dumps(exported(house, chat))


def test_messages_about_what_was_published_name_the_team(house):
    """A maandbeeld that was shared is told with its team."""
    house.members(6)
    about = house.open_round()
    for chat in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat, about.id)
    house.close(about)
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=house.maandbeeld())
    assert "• Samen in Noord; soort: gedeeld maandbeeld" in shown(house, ANNE)


@pytest.mark.parametrize("length", [10, 3000, 4095, 4096, 20_000])
def test_pages_fit_and_lose_nothing(length):
    """However long: every page fits in a message, no line is cut, and none is missing."""
    lines = ["x" * 90 + "😀" for _ in range(length // 91)] + ["", "<b>kop</b>", "y"]
    found = pages(lines)
    assert all(0 < len(page.encode("utf-16-le")) // 2 <= LONGEST_MESSAGE for page in found)
    assert [line for page in found for line in page.split("\n") if line] == [line for line in lines if line]


def test_a_long_text_with_markup_is_harmless_and_fits(house):
    """A note of one long word full of signs that grow when they are made harmless."""
    full_of_anne(house)
    with house.storage.begin() as work:
        anne = work.people.by_chat(ANNE)
        note = HandoverNote(
            id="m", team_id=house.team_id, person_id=anne.id, body='<b>"&' * 1000, written_on=house.deps.today()
        )
        work.handover_notes.add(note)
        work.commit()
    found = pages(told(own_data(house.deps, chat_id=ANNE), zone=AMSTERDAM))
    assert len(found) > 1
    assert all(len(page) <= LONGEST_MESSAGE for page in found)
    assert "".join(found).count("&lt;b&gt;&quot;&amp;") > 900


# --- erasing an answer


def test_an_answer_goes_and_can_be_given_again(house):
    """The envelope and the running dialogue of Anne go, Bram's stay; she answers again and counts once."""
    about = house.open_round()
    house.answer(ANNE, about.id, "1")
    house.answer(BRAM, about.id)
    view = house.start(ANNE, about.id)
    asked = erase_answer(house.deps, chat_id=ANNE)
    assert [(each.title, each.open) for each in asked] == [("Vertrouwen en respect", True), ("Startdialoog", True)]
    assert house.rows("SELECT count(*) FROM envelope") == [(1,)]
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(0,)]
    with pytest.raises(AlreadyEnded):
        house.give(ANNE, view, Tap(1, "0"))
    house.answer(ANNE, about.id, "5")
    assert house.rows("SELECT count(*) FROM envelope") == [(2,)]


def test_who_had_not_answered_leaves_the_same(house):
    """The same words, and every row of every table as it was before."""
    about = house.open_round()
    before = house.everything()
    never = erase_answer(house.deps, chat_id=BRAM)
    assert house.everything() == before
    house.answer(ANNE, about.id)
    assert erase_answer(house.deps, chat_id=ANNE) == never
    assert house.everything() == before


def test_what_waits_for_a_second_chance_goes_too(house):
    """Answered in both: erasing does not let the older one count again."""
    thin = house.open_round()
    house.answer(ANNE, thin.id)
    house.close(thin)
    again = house.next_round()
    house.answer(ANNE, again.id)
    chances = {each.round_id: each.open for each in asked_rounds(house.deps, chat_id=ANNE)}
    assert (chances[thin.id], chances[again.id]) == (False, True)
    erase_answer(house.deps, chat_id=ANNE)
    assert house.rows("SELECT count(*) FROM envelope") == [(0,)]


@pytest.mark.parametrize("take_back", [erase_answer, forget_me])
def test_an_answer_that_cannot_be_found_is_destroyed_with_its_round(house, take_back):
    """The bot's key is lost and the opener's is not: gone is what was said, so nothing of this round is opened."""
    chats = house.members(6)
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    (house.folder / "keys" / "bot" / f"{about.key_id}.round").unlink()
    take_back(house.deps, chat_id=ANNE)
    assert house.rows("SELECT count(*) FROM envelope") == [(0,)]
    assert house.close(about) != "published"


def test_after_the_overview_nothing_can_be_erased(house):
    """A round that was released asks nobody any more."""
    house.close(house.open_round())
    house.stock(2)
    house.close(house.next_round())
    assert all(not each.open for each in asked_rounds(house.deps, chat_id=ANNE))
    house.close(house.start_round())
    assert erase_answer(house.deps, chat_id=LEAD) == ()


def test_no_byte_of_the_envelope_is_left(house):
    """Not in the file and not in its log."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    ((box,),) = house.rows("SELECT sealed FROM envelope")
    erase_answer(house.deps, chat_id=ANNE)
    assert not [file.name for file in house.database.parent.iterdir() if box[:64] in file.read_bytes()]
