"""The rows of one team in the middle of a round, as the product would have left them; for ``bench.province``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.rendering import a_full_month
from bench.team import SECTORS
from dialogues.insight import publish
from dialogues.rhythm.recurrence import Recurrence, Unit
from storage.maandbeelden import FIRST_DIGEST, digest_of

NOW: Final = datetime(2026, 11, 3, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)
"""A Tuesday morning on which some teams are due."""
DAY: Final = timedelta(days=1)
STEP_DAYS: Final = 14
FIRST_CHAT: Final = 1_000_000
ELEMENTS: Final = ("trust", "vision", "communication", "roles", "process", "skills", "effect")
LONG_AGO: Final = date(2021, 9, 6)
KEPT: Final = 52
"""Publications of two years, which is as long as they are kept."""
NO_KEY: Final = bytes(32)
"""Of a round that ended: its key is gone, and nobody seals anything to it."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is. One team in so many (``due_each``) is about to open a round; the others have one open.

    With 0 there none is.
    """

    teams: int = 5000
    members: int = 20
    """Of each team, its lead among them."""
    rounds: int = 10
    """That ended, of each team; one every two weeks."""
    maandbeelden: int = 2
    due_each: int = 100


def area_row(area: str) -> Row:
    """A municipality."""
    return {"id": area, "name": f"Gemeente {area[:6]}", "municipality": "Meetstad", "school_region": ""}


def team_row(team: str, area: str, *, scope: str = "team") -> Row:
    """A team, or a group of an area."""
    return {
        "id": team, "area_id": area, "name": f"Team {team[:6]}", "team_label": "het wijkteam",
        "lead_label": "teamleider", "rule": "words", "split": "sector", "floor": 5, "created_on": LONG_AGO,
        "profile": {}, "quiet": (), "scope": scope, "archived_on": None,
    }  # fmt: skip


def person_row(person: str, number: int) -> Row:
    """Somebody who may be asked at any time."""
    return {
        "id": person, "chat_id": FIRST_CHAT + number, "name": f"Lid {number}", "reachable": True, "quiet": (),
        "away_until": None, "roleless_since": None,
    }  # fmt: skip


def membership_row(person: str, team: str, place: int) -> Row:
    """The first of a team leads it."""
    sector, function = SECTORS[place % len(SECTORS)]
    told = {"sector": sector, "function": function, "audience": "practice", "tenure": "long"}
    return {
        "id": f"m{person}", "person_id": person, "team_id": team, "role": "member" if place else "lead",
        **(told if place else dict.fromkeys(told)), "joined_on": LONG_AGO, "leaves_on": None, "left_on": None,
    }  # fmt: skip


def schedule_row(team: str, number: int, *, rounds: int, due: bool) -> Row:
    """``number`` spreads the days on which teams are next asked."""
    half_an_hour = timedelta(minutes=30)
    return {
        "team_id": team, "rhythm": "normal", "recurrence": Recurrence(Unit.WEEK, 2, "tuesday").to_text(),
        "minute": 510, "number": rounds + (not due), "window_days": 10, "days_before": 0, "reminder": "middle",
        "reminder_minute": None, "meeting": "", "maandbeeld_before": 1, "school_holidays": "skip", "way": "full",
        "eased_at": 0, "first": (), "aside": {}, "paused_until": None, "stopped": "",
        "last_due_at": NOW - STEP_DAYS * DAY - half_an_hour, "last_meeting_on": None,
        "next_due_at": NOW - half_an_hour if due else NOW + timedelta(days=1 + number % 11),
        "maandbeeld_due_at": NOW + 28 * DAY,
    }  # fmt: skip


def round_rows(team: str, *, rounds: int, public_key: bytes | None) -> Iterator[Row]:
    """Those that ended, and the one that is open where there is a key for it."""
    for number in range(1, rounds + 1):
        yield _round(team, number, NOW - STEP_DAYS * (rounds - number + 1) * DAY, state="published")
    if public_key is not None:
        yield _round(team, rounds + 1, NOW - 3 * DAY, state="open", public_key=public_key)


def _round(team: str, number: int, opens_at: datetime, *, state: str, public_key: bytes = NO_KEY) -> Row:
    return {
        "id": open_round(team) if state == "open" else f"{team}-{number}", "team_id": team, "number": number,
        "element": ELEMENTS[number % len(ELEMENTS)], "dialogue_version": 1, "rule": "words", "split": "sector",
        "floor": 5, "state": state, "opens_at": opens_at, "closes_at": opens_at + 10 * DAY,
        "remind_at": opens_at + 5 * DAY, "key_id": key_of(team) if state == "open" else f"k{team}-{number}",
        "public_key": public_key, "sector_sizes": {"jgz": 6, "wijkteam": 7, "onderwijs": 6}, "predecessor_id": None,
        "subject": "", "way": "full", "few_changed": False, "roster_digest": "", "dialogue_digest": "",
    }  # fmt: skip


def open_round(team: str) -> str:
    """The id of the open round of a team."""
    return f"o{team[1:]}"


def key_of(team: str) -> str:
    """Of its open round."""
    return f"k{team}"


def roster_row(team: str, person: str, place: int) -> Row:
    """Somebody who is asked in the open round."""
    return {"round_id": open_round(team), "person_id": person, "sector": SECTORS[place % len(SECTORS)][0]}


def publication_rows(team: str, *, rounds: int) -> Iterator[Row]:
    """Of the rounds that ended, as far back as they are kept."""
    for number in range(max(1, rounds - KEPT + 1), rounds + 1):
        at = NOW - DAY * (STEP_DAYS * (rounds - number + 1) - 10)
        yield {
            "round_id": f"{team}-{number}", "team_id": team, "number": number,
            "element": ELEMENTS[number % len(ELEMENTS)], "closed_at": at, "published_at": at,
            "outcome": "published", "subject": "", "participation": "enough", "dialogue_digest": "",
            "cells": CELLS, "changed_roster": False,
        }  # fmt: skip


def delivery_rows(team: str, person: str) -> Iterator[Row]:
    """The prompt of the open round and its reminder that still waits; and those of the round before."""
    for about, days, is_open in ((open_round(team), 3, True), (f"{team}-before", 3 + STEP_DAYS, False)):
        for kind, later in (("prompt", 0), ("reminder", 5)):
            waits = is_open and kind == "reminder"
            due_at = NOW - days * DAY + later * DAY
            yield {
                "id": f"{kind[0]}{days}{person}", "key": f"{kind}:{about}:{person}", "person_id": person,
                "kind": kind, "subject": about, "due_at": due_at, "valid_until": due_at + 10 * DAY,
                "state": "pending" if waits else "done" if kind == "reminder" else "sent",
                "attempts": 0 if waits else 1, "lease_until": None, "finished_at": None if waits else due_at,
            }  # fmt: skip


def maandbeeld_rows(team: str, number: int, *, months: int) -> Iterator[Row]:
    """The last ones, each chained to the one before."""
    previous = FIRST_DIGEST
    for back in range(months, 0, -1):
        body = _bodies()[(number + back) % _DIFFERENT]
        digest = digest_of(body, previous_digest=previous)
        year, month = divmod(NOW.year * 12 + NOW.month - 1 - back, 12)
        yield {
            "id": f"b{back}{team}", "team_id": team, "month": f"{year}-{month + 1:02}", "body": body,
            "digest": digest, "previous_digest": previous, "shared_at": None, "talked_on": None,
            "composed_at": datetime(year, month + 1, 28, 7, 30, tzinfo=UTC),
        }  # fmt: skip
        previous = digest


def step_row(team: str) -> Row:
    """A step at which the team looks back later, agreed at its newest maandbeeld."""
    return {
        "id": f"s{team}", "maandbeeld_id": f"b1{team}", "team_id": team, "step": "We bellen eerst.", "step_id": "",
        "owner": "samen", "agreed_on": date(2026, 10, 29), "look_back_on": date(2026, 11, 30), "state": "open",
        "decided_on": None, "went_on_on": None, "lead_asked_on": None,
    }  # fmt: skip


CELLS: Final = {
    "statement": {
        "kind": "bands",
        **publish({"jgz": {"high": 4, "mid": 2}, "wijkteam": {"high": 5}, "onderwijs": {"mid": 5}}, "words").to_json(),
    }
}
_DIFFERENT: Final = 8


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(a_full_month(number).to_json() for number in range(_DIFFERENT))
