"""Invitations: hashed, expiring, capped."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from storage.database import checkpoint
from storage.errors import Conflict
from storage.invitations import Invitation
from tests.storage.builders import DAY, HOUR, NOW

TOKEN = "x7Qm2-canary-token-of-128-bits"
INVITATION = Invitation(
    id="inv", kind="member", area_id="area", team_id="team", max_uses=2, expires_at=NOW + DAY, made_at=NOW
)


@pytest.fixture
def invited(storage):
    with storage.begin() as work:
        work.invitations.add(INVITATION, token=TOKEN)
        work.commit()
    return storage


def test_only_the_token_finds_it(invited):
    """The id or another token does not."""
    with invited.begin() as work:
        assert work.invitations.find(TOKEN, now=NOW) == INVITATION
        assert work.invitations.find("inv", now=NOW) is None
        assert work.invitations.find(TOKEN.lower(), now=NOW) is None


def test_it_expires_on_the_dot(invited):
    """Valid just before, not from that moment on."""
    with invited.begin() as work:
        assert work.invitations.find(TOKEN, now=NOW + DAY - HOUR / 3600) is not None
        assert work.invitations.find(TOKEN, now=NOW + DAY) is None


def test_it_is_used_up(invited):
    """After the last use it is not found, and no further use is given."""
    with invited.begin() as work:
        assert work.invitations.use("inv")
        assert work.invitations.find(TOKEN, now=NOW) == replace(INVITATION, uses=1)
        assert work.invitations.use("inv")
        assert not work.invitations.use("inv")
        assert work.invitations.find(TOKEN, now=NOW) is None
        assert not work.invitations.use("unknown")


def test_somebody_who_took_it_before_is_recognised(invited):
    """Used up or expired, its token still tells which invitation it was; a wrong token does not."""
    with invited.begin() as work:
        work.invitations.use("inv")
        work.invitations.use("inv")
        assert work.invitations.of(TOKEN) == replace(INVITATION, uses=2)
        assert work.invitations.of("wrong") is None


def test_one_token_is_one_invitation(invited):
    """The same token twice is refused."""
    with invited.begin() as work, pytest.raises(Conflict):
        work.invitations.add(replace(INVITATION, id="other"), token=TOKEN)


@pytest.mark.sqlite
def test_the_token_is_not_in_the_database(invited, tmp_path):
    """Whoever copies the database cannot enter with it."""
    checkpoint(invited.engine)
    files = list((tmp_path / "data").iterdir())
    assert any(INVITATION.id.encode() in file.read_bytes() for file in files)
    assert not any(TOKEN.encode() in file.read_bytes() for file in files)


def test_the_last_use_goes_to_one_of_two(invited, rival):
    """Eight attempts at once from two processes on two uses: exactly two win."""
    barrier = Barrier(8)
    won = []

    def attempt(which):
        barrier.wait()
        with which.begin() as work:
            won.append(work.invitations.use("inv"))
            work.commit()

    threads = [Thread(target=attempt, args=(which,)) for which in (invited, rival) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 6 + [True] * 2


def test_only_what_can_still_be_taken_is_listed(invited):
    """Newest first and by place; not what is used up, expired, revoked, or of another team or the area."""
    made = [
        ("list-2", {"place": 2, "made_at": NOW + DAY, "expires_at": NOW + 3 * DAY}),
        ("list-1", {"place": 1, "made_at": NOW + DAY, "expires_at": NOW + 3 * DAY}),
        ("full", {"uses": 2}),
        ("area", {"team_id": None, "kind": "coordinator"}),
    ]
    with invited.begin() as work:
        for each, changes in made:
            work.invitations.add(replace(INVITATION, id=each, **changes), token=f"token-{each}")
        listed = [each.id for each in work.invitations.valid_for("area", "team", now=NOW)]
        assert listed == ["list-1", "list-2", "inv"]
        assert [each.id for each in work.invitations.valid_for("area", None, now=NOW)] == ["area"]
        assert [each.id for each in work.invitations.valid_for("area", "team", now=NOW + DAY)] == ["list-1", "list-2"]


def test_a_revoked_invitation_lets_nobody_in(invited):
    """Once; its token is then as good as unknown."""
    with invited.begin() as work:
        assert work.invitations.revoke("inv", now=NOW)
        assert not work.invitations.revoke("inv", now=NOW)
        assert work.invitations.find(TOKEN, now=NOW) is None
        assert work.invitations.get("inv") is not None
        assert work.invitations.drop_expired(NOW + DAY) == 1
        assert work.invitations.get("inv") is None
