"""Published rounds are written once and read in order."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from storage.errors import Conflict
from storage.publications import PublishedRound
from tests.storage.builders import DAY, HOUR, NOW, round_


def published(number, **changes):
    values = {
        "round_id": f"round-{number}",
        "team_id": "team",
        "number": number,
        "element": "trust",
        "closed_at": NOW + number * DAY,
        "published_at": NOW + number * DAY + HOUR,
        "outcome": "waiting" if number == 3 else "published",
        "cells": {"statement": {"kind": "bands", "band": "high", "sectors": {"jgz": None}, "vaak": ["één", "à"]}},
        "changed_roster": number == 2,
    }
    return PublishedRound(**(values | changes))


@pytest.fixture
def with_rounds(storage):
    with storage.begin() as work:
        for number in (1, 2, 3):
            work.rounds.add(round_(f"round-{number}", number=number))
        for number in (3, 1, 2):
            work.publications.add(published(number))
        work.commit()
    return storage


def test_cells_come_back_as_they_were(with_rounds):
    """Nested, with None and with accents; an unpublished round has nothing."""
    with with_rounds.begin() as work:
        assert work.publications.get("round-2") == published(2)
        assert work.publications.get("round-9") is None


def test_a_team_reads_them_by_number(with_rounds):
    """All of them, or those published after a moment."""
    with with_rounds.begin() as work:
        assert work.publications.of_team("team") == (published(1), published(2), published(3))
        assert work.publications.of_team("team", since=NOW + 2 * DAY) == (published(2), published(3))
        assert work.publications.of_team("team", since=NOW + 2 * DAY + HOUR) == (published(3),)
        assert work.publications.of_team("nobody") == ()


def test_a_round_publishes_once(with_rounds):
    """A second publication of a round is refused, whatever it says."""
    with with_rounds.begin() as work, pytest.raises(Conflict):
        work.publications.add(published(1, cells={}))


@pytest.mark.parametrize("column", ["cells", "outcome", "participation", "changed_roster", "published_at"])
def test_the_database_itself_refuses_to_change_what_was_published(with_rounds, column):
    """Past every repository, an UPDATE fails and leaves everything as it was."""
    with with_rounds.engine.begin() as connection, pytest.raises(DatabaseError, match="written once"):
        connection.execute(text(f"UPDATE publication SET {column} = {column}"))  # noqa: S608 - our own names
    with with_rounds.begin() as work:
        assert work.publications.get("round-2") == published(2)
