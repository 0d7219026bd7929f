"""Maandbeelden: one a month, written once, chained."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from storage.errors import Conflict
from storage.maandbeelden import MaandbeeldRecord, broken_links, digest_of
from tests.storage.builders import DAY, NOW, team


def add(work, month, *, team_id="team", body=None):
    body = body or f'{{"month":"{month}"}}'
    return work.maandbeelden.add(f"{team_id}-{month}", team_id=team_id, month=month, body=body, composed_at=NOW)


def test_each_maandbeeld_names_the_one_before(storage):
    """The digest is that of the previous digest and the body, also when a month is written late."""
    with storage.begin() as work:
        first, second, late = (add(work, month) for month in ("2026-10", "2026-11", "2026-09"))
        assert first.previous_digest == ""
        assert first.digest == sha256(first.body.encode()).hexdigest()
        assert second.previous_digest == first.digest
        assert second.digest == sha256((first.digest + second.body).encode()).hexdigest()
        assert late.previous_digest == second.digest
        assert work.maandbeelden.latest("team") == late
        assert work.maandbeelden.of_team("team") == (late, first, second)
        assert work.maandbeelden.get(second.id) == second


def test_teams_have_chains_of_their_own(storage):
    """Another team starts at the beginning, also with the same words."""
    with storage.begin() as work:
        work.teams.add(team("other"))
        add(work, "2026-10", body="same")
        other = add(work, "2026-10", team_id="other", body="same")
        assert other.previous_digest == ""
        assert work.maandbeelden.of_team("other") == (other,)
        assert work.maandbeelden.latest("nobody") is None
        assert work.maandbeelden.get("nothing") is None


def test_a_month_is_written_once(storage):
    """A second maandbeeld of a month is refused and the first stays."""
    with storage.begin() as work:
        first = add(work, "2026-10")
        work.commit()
    with storage.begin() as work, pytest.raises(Conflict):
        work.maandbeelden.add("again", team_id="team", month="2026-10", body="other", composed_at=NOW)
    with storage.begin() as work:
        assert work.maandbeelden.of_team("team") == (first,)


def test_sharing_is_noted_once(storage):
    """The first time stays; nothing else of the maandbeeld changes."""
    with storage.begin() as work:
        first = add(work, "2026-10")
        assert work.maandbeelden.mark_shared(first.id, NOW + DAY)
        assert not work.maandbeelden.mark_shared(first.id, NOW + 2 * DAY)
        assert not work.maandbeelden.mark_shared("nothing", NOW)
        assert work.maandbeelden.get(first.id) == replace(first, shared_at=NOW + DAY)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6), st.data())
def test_a_changed_body_breaks_the_chain(bodies, data):
    """Whoever changes one body has to change every digest after it, up to the last."""

    def last_digest(texts):
        digest = ""
        for body in texts:
            digest = digest_of(body, previous_digest=digest)
        return digest

    place = data.draw(st.integers(0, len(bodies) - 1))
    changed = [*bodies[:place], bodies[place] + "x", *bodies[place + 1 :]]
    assert last_digest(changed) != last_digest(bodies)


def chain_of(bodies):
    """A chain that holds, as it would be stored."""
    chain: list[MaandbeeldRecord] = []
    for number, body in enumerate(bodies):
        before = chain[-1].digest if chain else ""
        chain.append(
            MaandbeeldRecord(
                id=str(number),
                team_id="team",
                month=f"2026-{number + 1:02d}",
                body=body,
                digest=digest_of(body, previous_digest=before),
                previous_digest=before,
                composed_at=NOW,
                shared_at=None,
            )
        )
    return chain


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5), st.data())
def test_one_changed_byte_is_found_and_named(bodies, data):
    """Of the body, the digest or the link back; a chain that nobody touched holds, in whatever order it is read."""
    chain = chain_of(bodies)
    assert broken_links(data.draw(st.permutations(chain))) == ()
    place = data.draw(st.integers(0, len(chain) - 1))
    field = data.draw(st.sampled_from(["body", "digest", "previous_digest"]))
    changed = replace(chain[place], **{field: "x" + getattr(chain[place], field)})
    assert changed in broken_links([*chain[:place], changed, *chain[place + 1 :]])


def test_one_that_was_taken_out_is_found():
    """What came after it hangs on nothing; only the end of a chain can be taken off unseen."""
    chain = chain_of(["a", "b", "c"])
    assert broken_links(chain[1:]) == tuple(chain[1:])
    assert broken_links([chain[0], chain[2]]) == (chain[2],)
    assert broken_links(chain[:2]) == ()


@pytest.mark.parametrize("column", ["body", "digest", "previous_digest", "month", "composed_at", "team_id", "id"])
def test_the_database_itself_refuses_to_change_what_was_written(storage, column):
    """Past every repository, an UPDATE fails; sharing is the one thing that may be noted later."""
    with storage.begin() as work:
        first = add(work, "2026-10")
        work.commit()
    with storage.engine.begin() as connection, pytest.raises(DatabaseError, match="written once"):
        connection.execute(text(f"UPDATE maandbeeld SET {column} = {column}"))  # noqa: S608 - our own names
    with storage.begin() as work:
        assert work.maandbeelden.get(first.id) == first
        assert work.maandbeelden.mark_shared(first.id, NOW)
