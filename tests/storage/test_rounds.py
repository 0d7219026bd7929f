"""Rounds and rosters."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from storage.errors import Conflict
from storage.rounds import RosterEntry
from tests.storage.builders import DAY, NOW, round_, team


def test_a_round_comes_back_as_it_went_in(storage):
    """Every field, with a predecessor and the sizes of the sectors."""
    first = round_("first", state="thin", number=1)
    second = round_(
        "second",
        number=2,
        sector_sizes={"jgz": 4, "onderwijs": 5},
        remind_at=NOW + DAY,
        predecessor_id="first",
        public_key=bytes(range(32)),
        roster_digest="ab12",
        floor=7,
    )
    with storage.begin() as work:
        work.rounds.add(first)
        work.rounds.add(second)
        assert work.rounds.get("first") == first
        assert work.rounds.get("second") == second
        assert work.rounds.get("third") is None


def test_a_key_serves_one_round(storage):
    """Two rounds with one key would be opened together without anybody asking for it."""
    with storage.begin() as work:
        work.rounds.add(round_("first"))
        with pytest.raises(Conflict):
            work.rounds.add(round_("second", key_id="key-of-first"))


def test_a_round_with_a_floor_below_five_cannot_be_made():
    """The floor is in code and only goes up."""
    with pytest.raises(ValueError, match="below 5"):
        round_(floor=4)


def test_open_rounds_of_a_team_and_for_a_person(storage):
    """A person sees the open rounds whose roster they are on, over all teams, first to close first."""
    with storage.begin() as work:
        work.teams.add(team("other"))
        work.rounds.add(round_("later", closes_at=NOW + 3 * DAY))
        work.rounds.add(round_("sooner", team_id="other", closes_at=NOW + 2 * DAY))
        work.rounds.add(round_("over", state="published"))
        work.rounds.add(round_("not mine"))
        for name in ("later", "sooner", "over"):
            work.rounds.add_to_roster(name, "person-1", sector="jgz")
        assert [found.id for found in work.rounds.open_for("person-1")] == ["sooner", "later"]
        assert work.rounds.open_for("person-2") == ()
        assert [found.id for found in work.rounds.open_of("team")] == ["later", "not mine"]


def test_what_must_close_includes_an_interrupted_release(storage):
    """Open and releasing rounds whose time is up; finished ones never again."""
    with storage.begin() as work:
        for number, state in enumerate(("open", "releasing", "published", "thin", "destroyed")):
            work.rounds.add(round_(state, state=state, closes_at=NOW + number * DAY))
        assert work.rounds.closed_due(NOW - DAY) == ()
        assert [found.id for found in work.rounds.closed_due(NOW)] == ["open"]
        assert [found.id for found in work.rounds.closed_due(NOW + 9 * DAY)] == ["open", "releasing"]
        assert work.rounds.next_close() == NOW
        work.rounds.set_state("open", state="releasing", expected="open")
        assert work.rounds.next_close() is None


def test_keys_live_until_publication_or_destruction(storage):
    """A thin round keeps its key: its envelopes wait for a second chance."""
    with storage.begin() as work:
        for state in ("open", "releasing", "published", "thin", "destroyed"):
            work.rounds.add(round_(state, state=state))
        assert work.rounds.live_key_ids() == {"key-of-open", "key-of-releasing", "key-of-thin"}
        assert [found.id for found in work.rounds.thin_of("team")] == ["thin"]


def test_the_latest_round_is_by_number(storage):
    """Of all elements or of one."""
    with storage.begin() as work:
        for number, element in enumerate(("start", "trust", "roles")):
            work.rounds.add(round_(element, number=number, element=element))
        assert work.rounds.latest("team").id == "roles"
        assert work.rounds.latest("team", element="trust").number == 1
        assert work.rounds.latest("team", element="process") is None
        assert work.rounds.latest("nobody") is None


def test_a_round_is_found_by_its_number(storage):
    """Per team; a number that is not there gives nothing."""
    with storage.begin() as work:
        work.teams.add(team("other"))
        work.rounds.add(round_("first", number=1))
        work.rounds.add(round_("other", team_id="other", number=2))
        assert work.rounds.numbered("team", 1).id == "first"
        assert work.rounds.numbered("team", 2) is None


def test_how_often_an_element_was_asked(storage):
    """Counted per team and element, up to and including a number."""
    with storage.begin() as work:
        work.teams.add(team("other"))
        for number, element in enumerate(("trust", "roles", "trust", "trust")):
            work.rounds.add(round_(f"r{number}", number=number, element=element))
        work.rounds.add(round_("other", team_id="other", number=0))
        counts = [work.rounds.times("team", element="trust", until=number) for number in range(5)]
        assert counts == [1, 1, 2, 3, 3]
        assert work.rounds.times("team", element="process", until=9) == 0


def test_every_round_that_may_hold_somebodys_envelope(storage):
    """Whatever its state, as long as the person is on the roster."""
    with storage.begin() as work:
        for number, state in enumerate(("thin", "releasing", "open", "published")):
            work.rounds.add(round_(state, state=state, closes_at=NOW + number * DAY))
        for state in ("open", "releasing", "thin"):
            work.rounds.add_to_roster(state, "person-1", sector="jgz")
        assert [found.id for found in work.rounds.asking("person-1")] == ["thin", "releasing", "open"]
        assert work.rounds.asking("person-2") == ()


def test_thin_rounds_grow_too_old(storage):
    """Only thin ones, opened before the moment, oldest first."""
    with storage.begin() as work:
        for number in (2, 1, 3):
            work.rounds.add(round_(f"thin-{number}", state="thin", opens_at=NOW + number * DAY))
        work.rounds.add(round_("open"))
        assert [found.id for found in work.rounds.thin_before(NOW + 3 * DAY)] == ["thin-1", "thin-2"]


def test_a_state_moves_only_from_what_was_expected(storage):
    """One state or several may be expected; otherwise nothing changes."""
    with storage.begin() as work:
        work.rounds.add(round_())
        assert not work.rounds.set_state("round", state="published", expected="releasing")
        assert work.rounds.set_state("round", state="releasing", expected=("open", "releasing"))
        assert work.rounds.set_state("round", state="thin", expected=("open", "releasing"))
        assert not work.rounds.set_state("round", state="open", expected=("open", "releasing"))
        assert not work.rounds.set_state("nothing", state="open", expected="open")
        assert work.rounds.get("round").state == "thin"


def test_sector_sizes_are_set(storage):
    """They replace what was there."""
    with storage.begin() as work:
        work.rounds.add(round_(sector_sizes={"jgz": 1}))
        work.rounds.set_sector_sizes("round", {"wijkteam": 6})
        assert work.rounds.get("round").sector_sizes == {"wijkteam": 6}


def test_a_roster_is_a_set_of_people(storage):
    """Adding twice keeps the first entry; the order tells nothing; dropping empties it."""
    with storage.begin() as work:
        work.rounds.add(round_())
        work.rounds.add_to_roster("round", "person-3", sector="overig")
        work.rounds.add_to_roster("round", "person-1", sector="jgz")
        work.rounds.add_to_roster("round", "person-1", sector="onderwijs")
        assert work.rounds.roster("round") == (
            RosterEntry(person_id="person-1", sector="jgz"),
            RosterEntry(person_id="person-3", sector="overig"),
        )
        assert work.rounds.on_roster("round", "person-3")
        assert not work.rounds.on_roster("round", "person-2")
        assert work.rounds.sector_of("round", "person-1") == "jgz"
        assert work.rounds.sector_of("round", "person-2") is None
        work.rounds.drop_roster("round")
        assert work.rounds.roster("round") == ()


def test_nobody_unknown_is_on_a_roster(storage):
    """A reference to nothing is refused."""
    with storage.begin() as work:
        work.rounds.add(round_())
        with pytest.raises(Conflict):
            work.rounds.add_to_roster("round", "nobody", sector="overig")


def test_of_two_processes_one_gets_to_release(storage, rival):
    """Both try to move ten rounds from open to releasing at once: each round has one winner."""
    with storage.begin() as work:
        for number in range(10):
            work.rounds.add(round_(f"round-{number}"))
        work.commit()
    barrier = Barrier(2)
    won = []

    def race(which):
        for number in range(10):
            barrier.wait()
            with which.begin() as work:
                if work.rounds.set_state(f"round-{number}", state="releasing", expected="open"):
                    won.append(number)
                work.commit()

    threads = [Thread(target=race, args=(which,)) for which in (storage, rival)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == list(range(10))
