"""What is past its time goes, on its day and not before; what is needed stays."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from bot.usecases.forget_me import forget_me
from bot.usecases.housekeeping import tidy, tidy_once_a_day
from bot.usecases.leave_team import remove_now
from bot.usecases.replace_lead import remove_coordinator
from bot.usecases.topics import history
from bot.usecases.verify_maandbeelden import Changed, verify_maandbeelden
from dialogues.insight.own_words import LEAST_RESPONDENTS
from storage.deliveries import Delivery
from storage.maandbeelden import digest_of, in_chain_order
from storage.pool import Batch
from storage.retention import ERASURE_LIST, kept
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, HOUR, LEAD, OTHER_COORDINATOR, STRANGER
from tests.support.played import played_once

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def counted(house, table):
    return house.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - our own table names


def tidied(house, moment):
    """Go there and do the housekeeping."""
    house.clock.moment = moment
    tidy(house.deps)


@played_once
def months(house):
    """Three published rounds, each with its maandbeeld."""
    chats = house.members(6)
    house.stock(8)
    about = house.open_round()
    for number in range(3):
        about = about if not number else house.next_round()
        for chat in chats:
            house.answer(chat, about.id)
        house.close(about)
        house.maandbeeld()
    return house


def chain(house):
    return house.read(lambda work: work.maandbeelden.of_team(house.team_id))


def test_maandbeelden_go_after_two_years_and_the_rest_stays_a_chain(months):
    """One by one, the oldest first; what is left can still be checked, and a new one still fits at its end."""
    before = chain(months)
    assert len(before) == 3
    assert in_chain_order(before) == before
    last = before[0].composed_at + kept("maandbeeld")
    tidied(months, last)
    assert chain(months) == before
    tidied(months, last + DAY / 24)
    left = chain(months)
    assert left == before[1:]
    assert verify_maandbeelden(months.deps) == ()
    assert left[0].previous_digest == before[0].digest
    for older, newer in zip((before[0], *left), left, strict=False):
        assert newer.previous_digest == older.digest
        assert newer.digest == digest_of(newer.body, previous_digest=older.digest)
    with months.storage.begin() as work:
        added = work.maandbeelden.add(
            "new", team_id=months.team_id, month="2028-12", body="{}", composed_at=months.clock.moment
        )
        work.commit()
    assert added.previous_digest == before[-1].digest
    assert in_chain_order(chain(months)) == (*left, added)


def test_a_young_team_must_have_its_first_maandbeeld(months):
    """Only a team that is older than what is kept may begin later in its chain; a change is found in both."""
    first, *rest = chain(months)
    with sqlite3.connect(months.database) as connection:
        connection.execute("DELETE FROM maandbeeld WHERE id = ?", (first.id,))
    assert verify_maandbeelden(months.deps) == tuple(Changed(each.team_id, each.month) for each in rest)
    months.clock.pass_(kept("maandbeeld"))
    assert verify_maandbeelden(months.deps) == ()
    with sqlite3.connect(months.database) as connection:
        connection.execute("DROP TRIGGER maandbeeld_written_once")
        connection.execute("UPDATE maandbeeld SET body = body || ' ' WHERE id = ?", (rest[0].id,))
    assert verify_maandbeelden(months.deps) == (Changed(rest[0].team_id, rest[0].month),)


def test_a_clock_that_went_back_makes_no_hole_in_the_chain(months):
    """A maandbeeld with an older moment in the middle waits for the one before it."""
    before = chain(months)
    with months.storage.begin() as work:
        work.maandbeelden.add(
            "odd", team_id=months.team_id, month="2020-01", body="{}", composed_at=before[0].composed_at - 900 * DAY
        )
        work.commit()
    tidied(months, before[0].composed_at)
    assert len(chain(months)) == 4
    tidied(months, before[-1].composed_at + kept("maandbeeld") + DAY)
    assert chain(months) == ()


def test_publications_go_and_the_circle_of_topics_stays(months):
    """Cells go after two years; which topic was asked when stays, without how many people were asked."""
    asked = months.read(lambda work: [each.element for each in history(work, months.team_id)])
    published = months.read(lambda work: work.publications.of_team(months.team_id))
    tidied(months, published[0].published_at + kept("publication"))
    assert counted(months, "publication") == len(published)
    tidied(months, published[-1].published_at + kept("publication") + DAY)
    assert counted(months, "publication") == 0
    assert months.read(lambda work: [each.element for each in history(work, months.team_id)]) == asked
    ended = [each for each in months.read(lambda work: work.rounds.of_team(months.team_id)) if each.state != "open"]
    assert ended
    assert all(not each.roster_digest and not each.sector_sizes for each in ended)


def test_a_round_that_runs_keeps_its_sizes(house):
    """Only rounds that ended are blanked, however old."""
    about = house.open_round()
    tidied(house, about.opens_at + 2 * kept("round"))
    assert house.round(about.id).sector_sizes == about.sector_sizes


def test_a_pool_without_a_maandbeeld_ends(house):
    """Texts of a team that is never written about any more are destroyed after a year."""
    about = house.open_round()
    batch = Batch(
        team_id=house.team_id, number=about.number, key_id="k", boxes=(b"x" * 1248,) * (2 * LEAST_RESPONDENTS)
    )
    with house.storage.begin() as work:
        work.pool.add(batch)
        work.commit()
    tidied(house, about.opens_at + kept("text_pool"))
    assert counted(house, "text_pool") == 2 * LEAST_RESPONDENTS
    tidied(house, about.opens_at + kept("text_pool") + DAY)
    assert counted(house, "text_pool") == 0


def test_an_account_goes_thirty_days_after_the_last_role(house):
    """Somebody who was taken out of their only team; not a day earlier, and nobody else."""
    people = counted(house, "person")
    house.close(house.start_round())
    left = house.clock.moment
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    tidied(house, left)
    tidied(house, left + kept("person"))
    anne = house.person(ANNE)
    assert anne is not None
    tidied(house, left + kept("person") + DAY)
    assert house.person(ANNE) is None
    assert counted(house, "person") == people - 1
    assert not any(anne.id in repr(rows) for rows in house.everything().values())
    assert house.storage.erasures.match((anne.id,)) == (anne.id,)


def test_who_comes_back_in_time_stays(house):
    """A new role within thirty days ends the waiting; the old place stays too, for it tells that they are not new."""
    house.close(house.start_round())
    left = house.clock.moment
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    tidied(house, left)
    house.clock.pass_(10 * DAY)
    house.invite(ANNE)
    tidied(house, left + kept("person") + DAY)
    anne = house.person(ANNE)
    assert house.rows("SELECT count(*) FROM membership WHERE person_id = ?", anne.id) == [(2,)]
    assert house.rows("SELECT roleless_since FROM person WHERE id = ?", anne.id) == [(None,)]


def test_who_is_still_asked_stays_until_that_is_over(house):
    """The roster of an open round holds account and place; when the round has ended both go."""
    about = house.open_round()
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    tidied(house, house.clock.moment)
    tidied(house, house.clock.moment + kept("person") + DAY)
    assert house.person(ANNE) is not None
    assert house.round(about.id).state == "open"
    with house.storage.begin() as work:
        for each in work.rounds.asking(house.person(ANNE).id):
            work.rounds.drop_roster(each.id)
        work.commit()
    tidy(house.deps)
    assert house.person(ANNE) is None


def test_a_coordinator_who_was_replaced_goes_too(house):
    """Coordinating is a role like the others."""
    with house.storage.begin() as work:
        other = work.people.by_chat(OTHER_COORDINATOR)
        work.people.add_coordinator(other.id, house.area_id)
        work.commit()
    remove_coordinator(
        house.deps, chat_id=OTHER_COORDINATOR, area_id=house.area_id, person_id=house.person(COORDINATOR).id
    )
    start = house.clock.moment
    tidied(house, start)
    tidied(house, start + kept("person") + DAY)
    assert house.person(COORDINATOR) is None
    assert house.person(OTHER_COORDINATOR) is not None
    assert house.person(LEAD) is not None


def test_the_list_of_the_erased_forgets_after_its_time(house):
    """No copy of the database from before the erasure may exist any more by then."""
    bram = house.person(BRAM)
    forget_me(house.deps, chat_id=BRAM)
    tidied(house, house.clock.moment + ERASURE_LIST)
    assert house.storage.erasures.match((bram.id,)) == (bram.id,)
    tidied(house, house.clock.moment + DAY)
    assert house.storage.erasures.match((bram.id,)) == ()


def test_a_checkpoint_that_was_busy_is_made_up_for(house, monkeypatch):
    """Another process reads while somebody leaves: the next tick empties the log."""
    house.invite(STRANGER, name="Zeldzame Naam")
    with monkeypatch.context() as busy:
        busy.setattr("storage.work.checkpoint", lambda _engine: False)
        forget_me(house.deps, chat_id=STRANGER)
    assert any(b"Zeldzame Naam" in file.read_bytes() for file in house.database.parent.iterdir())
    tidy(house.deps)
    assert not any(b"Zeldzame Naam" in file.read_bytes() for file in house.database.parent.iterdir())


def test_a_log_that_was_busy_at_the_daily_tidying_is_emptied_at_the_next_tick(house, monkeypatch):
    """A ticker that is a process of its own has nothing else that would."""
    with monkeypatch.context() as busy:
        busy.setattr("storage.work.checkpoint", lambda _engine: False)
        tidy_once_a_day(house.deps)
    assert house.storage.owes_checkpoint
    tidy_once_a_day(house.deps)
    assert not house.storage.owes_checkpoint


def test_what_is_past_its_time_is_looked_for_once_a_day(house):
    """At a start, and on the next day; not at every tick, for that costs more the bigger the installation is."""
    tidy_once_a_day(house.deps)
    house.clock.pass_(DAY)
    with house.storage.begin() as work:
        person = house.person(ANNE)
        work.deliveries.add(finished := Delivery(id="old", key="old", person_id=person.id, kind="x", due_at=LONG_AGO))
        work.deliveries.mark(finished.id, state="sent", at=LONG_AGO)
        work.commit()
    tidy_once_a_day(house.deps)
    assert counted(house, "delivery WHERE id = 'old'") == 0
    with house.storage.begin() as work:
        work.deliveries.add(finished)
        work.deliveries.mark(finished.id, state="sent", at=LONG_AGO)
        work.commit()
    house.clock.pass_(HOUR)
    tidy_once_a_day(house.deps)
    assert counted(house, "delivery WHERE id = 'old'") == 1
    house.clock.pass_(DAY)
    tidy_once_a_day(house.deps)
    assert counted(house, "delivery WHERE id = 'old'") == 0
