"""Leaving: nothing of the person is left, and nobody else notices."""

from __future__ import annotations

import pytest

from bot.usecases.access import roles
from bot.usecases.errors import LastCoordinator, NotAllowed
from bot.usecases.fill_form import open_form
from bot.usecases.forget_me import forget_me
from bot.usecases.invite import invite_coordinator
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, OUTSIDER, STRANGER


def mentions(house, person):
    """Tables with a row that names this person or their chat."""
    found = set()
    for table, rows in house.everything().items():
        for row in rows:
            if any(str(value) == str(person.chat_id) or person.id in str(value) for value in row):
                found.add(table)
    return found


def test_nothing_of_the_person_is_left(house):
    """Member of a team, with a thin envelope, an open one, a running dialogue, a snooze and prompts: all is gone."""
    thin = house.open_round()
    house.answer(ANNE, thin.id)
    house.answer(BRAM, thin.id)
    house.close(thin)
    again = house.next_round()
    house.send()
    view = house.tap(ANNE, house.start(ANNE, again.id), "3 ·")
    anne, rest = house.person(ANNE), house.everything()
    assert {"person", "membership", "roster", "delivery"} <= mentions(house, anne)
    assert forget_me(house.deps, chat_id=ANNE)
    assert mentions(house, anne) == set()
    envelopes = dict(house.rows("SELECT round_id, count(*) FROM envelope GROUP BY round_id"))
    assert envelopes == {thin.id: 1}
    assert house.rows("SELECT count(*) FROM dialogue_session") == [(0,)]
    for table in ("team", "round", "schedule", "publication", "invitation"):
        assert house.everything()[table] == rest[table]
    with pytest.raises(NotAllowed):
        house.tap(ANNE, view, "Alle drie")


def test_no_byte_of_the_chat_is_left_in_the_files(house):
    """The write-ahead log is emptied at once, so a copy of the files holds no id and no name."""
    house.invite(STRANGER, name="Zeldzame Naam")
    house.describe(STRANGER, sector="jgz", function="youth_nurse", tenure="long")
    person = house.person(STRANGER)
    assert forget_me(house.deps, chat_id=STRANGER)
    content = b"".join(file.read_bytes() for file in house.database.parent.iterdir())
    assert b"Zeldzame Naam" not in content
    assert person.id.encode() not in content


def test_leaving_twice_is_leaving_once(house):
    """A stranger has nothing to erase; nothing changes."""
    assert forget_me(house.deps, chat_id=BRAM)
    before = house.everything()
    assert not forget_me(house.deps, chat_id=BRAM)
    assert not forget_me(house.deps, chat_id=STRANGER)
    assert house.everything() == before


def test_coming_back_in_the_same_round_gives_no_second_envelope(house):
    """Somebody who left and joined again is a new person, and is asked from the next round on."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    forget_me(house.deps, chat_id=ANNE)
    house.member(ANNE)
    with pytest.raises(NotAllowed):
        house.start(ANNE, about.id)
    assert house.rows("SELECT count(*) FROM envelope WHERE round_id = ?", about.id) == [(0,)]


def test_a_lost_key_does_not_hold_somebody_back(house):
    """The envelope cannot be found any more, and nobody can open it either; the person is erased."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    house.storage.keys.destroy(about.key_id)
    anne = house.person(ANNE)
    assert forget_me(house.deps, chat_id=ANNE)
    assert mentions(house, anne) == set()


def test_a_lead_can_leave(house):
    """Nothing holds a lead; the team stays."""
    lead = house.person(LEAD)
    assert forget_me(house.deps, chat_id=LEAD)
    assert mentions(house, lead) == set()
    assert house.read(lambda work: work.teams.get(house.team_id)) == house.team


def test_the_last_coordinator_stays_until_there_is_another(house):
    """Refused from the chat without a change; with a second one it works."""
    before = house.everything()
    with pytest.raises(LastCoordinator):
        forget_me(house.deps, chat_id=COORDINATOR)
    assert house.everything() == before
    house.join(STRANGER, invite_coordinator(house.deps, area_name="Noord", municipality="Noordstad").token)
    assert forget_me(house.deps, chat_id=COORDINATOR)
    assert roles(house.deps, STRANGER).coordinates


def test_the_administrator_can_erase_the_last_coordinator(house):
    """By the command line; the open form goes too."""
    open_form(house.deps, chat_id=COORDINATOR, kind="team_name", data={"area": house.area_id})
    coordinator = house.person(COORDINATOR)
    assert forget_me(house.deps, chat_id=COORDINATOR, by_administrator=True)
    assert mentions(house, coordinator) == set()


def test_others_keep_what_is_theirs(house):
    """The outsider leaves: every row of this team is as it was."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    before = house.everything()
    forget_me(house.deps, chat_id=OUTSIDER)
    after = house.everything()
    for table in ("envelope", "schedule", "team", "coordinator"):
        assert after[table] == before[table]
    assert len(before["person"]) - len(after["person"]) == 1
