"""One answer, one release: what is published, what waits, what is destroyed, and what a crash leaves."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.refused import UnsafeStart
from bot.safety import refuse_unsafe
from bot.usecases import release_round as releasing
from bot.usecases.erase_answer import erase_answer
from bot.usecases.errors import NoLongerOpen
from bot.usecases.forget_me import forget_me
from bot.usecases.housekeeping import upcoming
from bot.usecases.lost_rounds import end_unopenable
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pause_schedule import pause, stop
from bot.usecases.release_round import AHEAD, STOCK, Outcome, fill_stock, release_due, release_round
from bot.usecases.see_health import see_health
from bot.usecases.set_schedule import set_own_rhythm
from storage import keys as key_files
from storage.database import open_engine
from storage.errors import KeyUnreadable, UnsafeKeyFolder
from storage.keys import KeyFolder
from storage.retention import kept
from storage.work import Storage, Work
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, HOUR, LEAD, STRANGER
from tests.support.played import played_once


@played_once
def chats(house):
    """A team of six."""
    return house.members(6)


def answered(house, about, chats, scores):
    for chat, score in zip(chats, scores, strict=True):
        house.answer(chat, about.id, score)


def published(house, about):
    return house.read(lambda work: work.publications.get(about.id))


def traces(house, about):
    """Rows of the round that may not outlive it: envelopes, sessions, roster, reminders; and its key files."""
    counts = [
        house.rows(f"SELECT count(*) FROM {table} WHERE round_id = ?", about.id)[0][0]  # noqa: S608 - our own table names
        for table in ("envelope", "dialogue_session", "roster")
    ]
    return [*counts, len(house.deliveries("reminder", about.id)), about.key_id in house.storage.keys.known()]


GONE = [0, 0, 0, 0, False]


def test_nothing_is_released_before_the_close(house, chats):
    """However many have answered: a round never closes early."""
    about = house.open_round()
    answered(house, about, chats, "444444")
    house.clock.moment = about.closes_at - DAY / 86400
    assert release_due(house.deps) == 0
    assert house.round(about.id).state == "open"


def test_enough_answers_are_published_and_the_rest_destroyed(house, chats):
    """The most frequent band of the team stands in the publication; nothing else of the round is left."""
    about = house.open_round()
    answered(house, about, chats, "445542")
    house.start(chats[0], about.id)
    assert house.close(about) == "published"
    cell = published(house, about).cells["statement"]
    assert (cell["band"], cell["counts"], cell["sectors"]) == ("high", None, {})
    assert traces(house, about) == GONE


def test_after_a_release_nothing_is_left_in_the_log(house, chats):
    """Whatever was deleted would still be readable in the write-ahead log of SQLite."""
    about = house.open_round()
    answered(house, about, chats, "445542")
    house.storage.checkpoint()
    assert house.close(about) == "published"
    assert house.database.with_name("house.db-wal").stat().st_size == 0


def test_releasing_twice_is_releasing_once(house, chats):
    """A second run changes no row at all."""
    about = house.open_round()
    answered(house, about, chats, "444444")
    house.close(about)
    before = house.everything()
    assert release_due(house.deps) == 0
    assert release_round(house.deps, about) is None
    assert house.everything() == before


def test_four_answers_wait_and_everybody_hears_the_same(house, chats):
    """Below the floor: nothing published, the envelopes stay sealed, and one sentence for members and lead."""
    about = house.open_round()
    answered(house, about, chats[:4], "4444")
    assert house.close(about) == "thin"
    assert (published(house, about).outcome, published(house, about).cells) == ("waiting", {})
    assert house.rows("SELECT count(*) FROM envelope WHERE round_id = ?", about.id) == [(4,)]
    told = {row.person_id for row in house.deliveries("waiting", about.id)}
    assert told == {house.person(chat).id for chat in (*chats, LEAD)}


def test_the_floor_counts_answers_that_count(house, chats):
    """Five dialogues of which one was stopped before an answer are four answers."""
    about = house.open_round()
    answered(house, about, chats[:4], "4444")
    house.start(chats[4], about.id)
    assert house.close(about) == "thin"


def test_a_thin_round_is_opened_with_the_next_the_newest_per_person(house, chats):
    """Three and three others make six; who answered twice counts once, with the newest."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    again = house.next_round()
    answered(house, again, chats[2:], "5555")
    assert house.close(again) == "published"
    # Two old low answers and four new high ones; with the old answers of all four it would have been a tie.
    assert published(house, again).cells["statement"]["band"] == "high"
    assert house.round(thin.id).state == "published"
    assert traces(house, thin) == traces(house, again) == GONE


def test_who_answered_twice_is_one_respondent(house, chats):
    """Four people who answer in both rounds are four, not eight: all is destroyed."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    again = house.next_round()
    answered(house, again, chats[:4], "5555")
    assert house.close(again) == "destroyed"
    assert (published(house, again).outcome, published(house, again).cells) == ("destroyed", {})
    assert traces(house, thin) == traces(house, again) == GONE
    told = {row.person_id for row in house.deliveries("destroyed", again.id)}
    assert told == {house.person(chat).id for chat in (*chats, LEAD)}


def test_an_answer_taken_back_in_the_second_round_stays_out(house, chats):
    """Erased between the two rounds: the thin envelope is gone before it could be opened."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    forget_me(house.deps, chat_id=chats[0])
    again = house.next_round()
    answered(house, again, (chats[4],), "5")
    assert house.close(again) == "destroyed"


def test_nobody_is_told_to_wait_for_a_second_chance_that_comes_too_late(house, chats):
    """In a rhythm of a quarter the next question comes when the answers may not wait any more: they go at once."""
    set_own_rhythm(
        house.deps,
        chat_id=COORDINATOR,
        team_id=house.team_id,
        recurrence="FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU",
        minute=510,
    )
    thin = house.next_round()
    answered(house, thin, chats[:4], "4444")
    assert house.close(thin) == "destroyed"
    assert traces(house, thin) == GONE
    assert house.deliveries("waiting", thin.id) == ()
    assert len(house.deliveries("destroyed", thin.id)) == len(chats) + 1


@pytest.mark.parametrize("stopped", [True, False])
def test_nor_for_one_that_a_pause_or_a_stop_takes_away(house, chats, stopped):
    """Paused for ten weeks, or stopped, while the question was open."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "4444")
    of_team = {"chat_id": COORDINATOR, "team_id": house.team_id}
    if stopped:
        stop(house.deps, **of_team, reason="busy")
    else:
        pause(house.deps, **of_team, until=house.deps.today() + 70 * DAY)
    assert house.close(thin) == "destroyed"


def test_waiting_ends_after_sixty_two_days(house, chats):
    """A thin round whose second chance never came is destroyed, and everybody hears so."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "4444")
    house.close(thin)
    house.clock.moment = thin.opens_at + kept("envelope")
    release_due(house.deps)
    assert house.round(thin.id).state == "thin"
    house.clock.pass_(DAY)
    release_due(house.deps)
    assert house.round(thin.id).state == "destroyed"
    assert traces(house, thin) == GONE
    told = {row.person_id for row in house.deliveries("destroyed", thin.id)}
    assert told == {house.person(chat).id for chat in (*chats, LEAD)}


def test_giving_up_on_a_thin_round_leaves_its_successor_alone(house, chats):
    """The old pool is destroyed at 62 days while the second round is open: that one stands on its own answers."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    house.clock.moment = thin.opens_at + kept("envelope") - 4 * DAY
    again = house.next_round()
    answered(house, again, chats, "555555")
    house.clock.moment = thin.opens_at + kept("envelope") + DAY
    release_due(house.deps)
    assert (house.round(thin.id).state, house.round(again.id).state) == ("destroyed", "open")
    assert house.close(again) == "published"
    assert published(house, again).cells["statement"]["band"] == "high"


def test_a_lost_key_of_the_thin_round_loses_only_that(house, chats):
    """The new answers are published all the same."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    again = house.next_round()
    answered(house, again, chats, "555555")
    house.storage.keys.destroy(thin.key_id)
    assert house.close(again) == "published"


def test_a_round_whose_key_is_lost_is_told_as_destroyed(house, chats):
    """A key does not come back, so nobody is asked to wait; everybody gets the same sentence."""
    about = house.open_round()
    answered(house, about, chats, "444444")
    house.storage.keys.destroy(about.key_id)
    assert house.close(about) == "destroyed"
    assert published(house, about).cells == {}
    assert traces(house, about) == GONE
    assert len(house.deliveries("destroyed", about.id)) == len(chats) + 1


def test_a_thin_round_whose_key_is_lost_is_told_and_waits_no_longer(house, chats):
    """Its second chance would open nothing; everybody who was told to wait hears it."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    assert house.close(thin) == "thin"
    release_due(house.deps)
    assert house.round(thin.id).state == "thin"
    house.storage.keys.destroy(thin.key_id)
    release_due(house.deps)
    assert house.round(thin.id).state == "destroyed"
    assert traces(house, thin) == GONE
    assert len(house.deliveries("destroyed", thin.id)) == len(chats) + 1


def test_a_damaged_envelope_is_lost_alone(house, chats):
    """One box that does not open takes no other along."""
    about = house.open_round()
    answered(house, about, chats, "444444")
    with house.storage.begin() as work:
        slot, _ = work.answers.sealed(about.id)[0]
        work.answers.put(about.id, slot=slot, sealed=bytes(2096))
        work.commit()
    assert house.close(about) == "published"


def test_the_strategic_layer_is_in_no_team_round(house, chats):
    """A policy officer is not asked, so five others and no sixth make the round."""
    house.member(STRANGER, function="jgz_policy")
    about = house.open_round()
    assert sum(about.sector_sizes.values()) == len(chats)


def test_a_changed_team_is_noted(house, chats):
    """One person joined between two published rounds: the second publication says so, the first does not."""
    first = house.open_round()
    answered(house, first, chats, "444444")
    house.close(first)
    house.member(STRANGER)
    second = house.next_round()
    answered(house, second, chats, "444444")
    house.close(second)
    assert (published(house, first).changed_roster, published(house, second).changed_roster) == (False, True)


# Crashes


class Crash(BaseException):
    """The machine stops here."""


def stop_at(monkeypatch, target, name, *, after=False):
    """Crash before (or after) this call, once."""
    real = getattr(target, name)

    def crashing(*args, **keywords):
        if after:
            real(*args, **keywords)
        raise Crash

    monkeypatch.setattr(target, name, crashing)


POINTS = {
    "before the round is marked": (Work, "commit", False),
    "after the round is marked": (Work, "commit", True),
    "before the envelopes open": (releasing, "_opened", False),
    "before the rule is asked": (releasing, "respondents_enough", False),
    "before the rows are written": (releasing, "_end", False),
    "after the rows, before the commit": (releasing, "_end", True),
    "before the keys are destroyed": (KeyFolder, "destroy", False),
    "between the two key files": (key_files, "_shred", True),
}


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("enough", [True, False], ids=["published", "thin"])
def test_a_crash_at_any_point_ends_in_one_and_the_same_publication(house, chats, monkeypatch, point, enough):
    """After a restart the round is released exactly once, with the same words, and its key is gone."""
    about = house.open_round()
    answered(house, about, chats[: 6 if enough else 4], "445542"[: 6 if enough else 4])
    house.clock.moment = about.closes_at
    target, name, after = POINTS[point]
    with monkeypatch.context() as broken:
        stop_at(broken, target, name, after=after)
        with suppress(Crash):
            release_due(house.deps)
    release_due(house.deps)
    assert house.round(about.id).state == ("published" if enough else "thin")
    assert len(house.rows("SELECT round_id FROM publication WHERE round_id = ?", about.id)) == 1
    if enough:
        assert published(house, about).cells["statement"]["band"] == "high"
        assert traces(house, about) == GONE
    else:
        assert house.rows("SELECT count(*) FROM envelope WHERE round_id = ?", about.id) == [(4,)]
        assert len(house.deliveries("waiting", about.id)) == len(chats) + 1


def test_no_answer_is_added_while_the_envelopes_are_open(house, chats, monkeypatch):
    """Marked as releasing and then crashed: a clock that goes back a little lets nobody in."""
    about = house.open_round()
    view = house.start(ANNE, about.id)
    house.clock.moment = about.closes_at
    with monkeypatch.context() as broken:
        stop_at(broken, Work, "commit", after=True)
        with pytest.raises(Crash):
            release_due(house.deps)
    assert house.round(about.id).state == "releasing"
    house.clock.moment = about.closes_at - DAY
    with pytest.raises(NoLongerOpen):
        house.tap(ANNE, view, "4 ·")


def test_the_second_of_two_openers_loses(house, chats, monkeypatch):
    """Both marked the round; the other one finishes first: this one writes nothing and says so."""
    about = house.open_round()
    answered(house, about, chats, "444444")
    house.clock.moment = about.closes_at
    engine = open_engine(f"sqlite:///{house.database}")
    rival = replace(house.deps, storage=Storage(engine, house.storage.keys))
    with house.storage.begin() as work:
        assert work.rounds.set_state(about.id, state="releasing", expected="open")
        work.commit()
    outcomes = [release_round(rival, about)]
    before = house.everything()
    monkeypatch.setattr(releasing, "_opened", lambda *_: ())
    outcomes.append(release_round(house.deps, about))
    assert outcomes == [Outcome.PUBLISHED, None]
    assert house.everything() == before
    engine.dispose()


# Keys


def test_keys_of_nothing_are_destroyed(house):
    """A key that a crash left behind goes; keys in stock and of rounds in progress stay."""
    about = house.open_round()
    house.storage.keys.make("left-behind")
    release_due(house.deps)
    known = house.storage.keys.known()
    assert "left-behind" not in known
    assert about.key_id in known
    assert house.read(lambda work: work.keys.unused()) <= known


def test_the_stock_is_filled_up_and_not_over(house):
    """Twelve keys, each with both files."""
    fill_stock(house.deps)
    fill_stock(house.deps)
    stock = house.read(lambda work: work.keys.unused())
    assert len(stock) == STOCK
    assert stock <= house.storage.keys.known()


def test_a_stock_that_cannot_be_filled_holds_up_no_clearing(house, monkeypatch):
    """After a copy came back there is none; with a full disk what was deleted goes from the log all the same."""
    with house.storage.begin() as work:
        work.keys.drop(work.keys.unused())
        work.commit()
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(key_files, "_write", lambda *_: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="No space"):
        release_due(house.deps)
    assert not house.storage.owes_checkpoint


def test_a_key_in_stock_without_its_file_is_replaced(house):
    """A copy of the database that came back names keys that are gone: no round may take one, for it would stay shut."""
    fill_stock(house.deps)
    gone = min(house.read(lambda work: work.keys.unused()))
    house.storage.keys.destroy(gone)
    fill_stock(house.deps)
    stock = house.read(lambda work: work.keys.unused())
    assert (gone in stock, len(stock)) == (False, STOCK)


def test_there_is_a_key_for_every_round_that_comes(house):
    """An hour before it is due, beside the twelve; a round further away can wait."""
    due = house.rhythm()
    house.clock.moment = due - AHEAD - HOUR / 60
    fill_stock(house.deps)
    assert len(house.read(lambda work: work.keys.unused())) == STOCK
    house.clock.moment = due - AHEAD
    fill_stock(house.deps)
    assert len(house.read(lambda work: work.keys.unused())) == STOCK + 1


def test_the_next_moment_is_known(house):
    """What the sandbox jumps to: the close of the round when that comes first."""
    about = house.start_round()
    planned = upcoming(house.deps)
    assert (planned.next, planned.idle) == (about.closes_at, True)
    house.clock.moment = about.closes_at
    assert not upcoming(house.deps).idle
    release_due(house.deps)


def test_who_is_not_in_the_team_hears_nothing(house, chats):
    """Not even the coordinator: how a round ended is for who was asked and who reads."""
    about = house.open_round()
    house.close(about)
    told = {row.person_id for row in house.deliveries("waiting", about.id)}
    assert told == {house.person(chat).id for chat in (*chats, LEAD)}
    assert house.person(BRAM).id in told


class Unreadable(KeyFolder):
    """A key folder of which the opener's part belongs to somebody else."""

    def private(self, key_id):
        raise KeyUnreadable(key_id)


def test_a_key_that_may_not_be_read_loses_nothing(house):
    """The round waits with its envelopes and keys; once the folder is mended it is published as if nothing happened."""
    chats = house.members(6)
    about = house.open_round()
    for chat in chats:
        house.answer(chat, about.id)
    keys = house.storage.keys
    house.storage.keys = Unreadable(keys.path)
    with pytest.raises(KeyUnreadable):
        house.close(about)
    assert house.round(about.id).state == "releasing"
    house.storage.keys = keys
    assert house.close(about) == "published"


@pytest.mark.parametrize("made", [(), ("bot", "opener", "erased", "hold")], ids=["bare", "folders"])
def test_a_disk_with_keys_that_is_away_loses_nothing(house, chats, made):
    """The round waits, no answer is taken back, and when the disk is there again all goes on as if it had been.

    ``made``: what the system makes at each of its starts, also in the place where the disk comes.
    """
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    assert house.close(thin) == "thin"
    about = house.next_round()
    answered(house, about, chats, "555555")
    keys = house.storage.keys.path
    away = keys.with_name("disk")
    keys.rename(away)
    for folder in (keys, *(keys / part for part in made)):
        folder.mkdir(mode=0o700)
    before = house.everything()
    with pytest.raises(UnsafeStart, match="koppel die aan"):
        refuse_unsafe(house.storage, opens=True, slots=True)
    assert see_health(house.deps, sends=False, opens=True, slots=True).failing == ("keys",)
    with pytest.raises(UnsafeKeyFolder):
        end_unopenable(house.deps)
    for give_back in (erase_answer, forget_me):
        with pytest.raises(UnsafeKeyFolder):
            give_back(house.deps, chat_id=chats[0])
    assert house.everything() == before
    with pytest.raises(UnsafeKeyFolder):
        house.close(about)
    assert (house.round(about.id).state, house.round(thin.id).state) == ("releasing", "thin")
    assert not [path for path in keys.rglob("*") if path.is_file()]
    shutil.rmtree(keys)
    away.rename(keys)
    assert house.close(about) == "published"


def test_one_round_that_cannot_be_released_does_not_hold_up_another_team(house, monkeypatch):
    """The other team's round ends as it should; the failure is told after all had their turn."""
    about = house.open_round()
    house.rhythm(team=house.other_team)
    house.clock.moment = house.read(lambda work: work.schedules.get(house.other_team.id)).next_due_at
    open_due_rounds(house.deps)
    other = house.read(lambda work: work.rounds.open_of(house.other_team.id))[-1]
    real = releasing.definition_of

    def broken_for_one(work, deps, *, element, digest):
        if broken_for_one.first:
            broken_for_one.first = False
            raise RuntimeError
        return real(work, deps, element=element, digest=digest)

    broken_for_one.first = True
    monkeypatch.setattr(releasing, "definition_of", broken_for_one)
    house.clock.moment = max(about.closes_at, other.closes_at)
    with pytest.raises(RuntimeError):
        release_due(house.deps)
    states = {house.round(each.id).state for each in (about, other)}
    assert "releasing" in states
    assert len(states) == 2
    release_due(house.deps)
    assert "releasing" not in {house.round(each.id).state for each in (about, other)}


def test_who_answered_twice_counts_once_also_when_the_bot_lost_its_key(house, chats):
    """The new envelopes cannot say what they replace: the old ones are left out, rather than counted twice."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    (house.folder / "keys" / "bot" / f"{thin.key_id}.round").unlink()
    again = house.next_round()
    answered(house, again, chats[:4], "5555")
    assert house.close(again) == "destroyed"


@pytest.mark.parametrize("folder_there", [True, False])
def test_the_opener_needs_no_key_of_the_bot(house, chats, folder_there):
    """A second chance and a month of participation with nothing of the bot, as in a container of its own."""
    thin = house.open_round()
    answered(house, thin, chats[:4], "1111")
    house.close(thin)
    again = house.next_round()
    answered(house, again, chats[2:], "5555")
    shutil.rmtree(house.folder / "keys" / "bot")
    if folder_there:
        (house.folder / "keys" / "bot").mkdir(mode=0o700)
    assert house.close(again) == "published"
    assert published(house, again).cells["statement"]["band"] == "high"
    assert house.rows("SELECT count(*) FROM tally_slip") == [(1,)]
