"""Maandbeelden: one a month, written once, chained."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import Conflict
from storage.maandbeelden import digest_of
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
        for text in texts:
            digest = digest_of(text, previous_digest=digest)
        return digest

    place = data.draw(st.integers(0, len(bodies) - 1))
    changed = [*bodies[:place], bodies[place] + "x", *bodies[place + 1 :]]
    assert last_digest(changed) != last_digest(bodies)
