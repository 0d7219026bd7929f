"""Made-up people, teams, rounds and messages for the storage tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from storage.deliveries import Delivery
from storage.envelopes import Payload
from storage.people import Membership, Person
from storage.rounds import Round
from storage.schedules import Schedule
from storage.teams import Area, Team
from storage.work import Storage, Work

NOW = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def person(number: int) -> Person:
    return Person(id=f"person-{number}", chat_id=7_000_000_000 + number, name=f"Naam {number}")


def area(area_id: str = "area") -> Area:
    return Area(id=area_id, name=f"Gebied {area_id}", municipality="Voorbeeldstad")


def team(team_id: str = "team", *, area_id: str = "area", **changes) -> Team:
    values = {"name": f"Team {team_id}", "team_label": "wijkteam", "lead_label": "teamleider"}
    return Team(id=team_id, area_id=area_id, created_on=NOW.date(), **(values | changes))


def membership(number: int, *, team_id: str = "team", **changes) -> Membership:
    values = {"role": "member", "joined_on": date(2026, 1, 1)}
    return Membership(id=f"{team_id}-{number}", person_id=f"person-{number}", team_id=team_id, **(values | changes))


def schedule(team_id: str = "team", **changes) -> Schedule:
    every_other_monday = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    values = {"rhythm": "normal", "recurrence": every_other_monday, "minute": 570, "window_days": 10}
    return Schedule(team_id=team_id, **(values | changes))


def round_(round_id: str = "round", *, team_id: str = "team", **changes) -> Round:
    values = {
        "number": 1,
        "element": "trust",
        "dialogue_version": 1,
        "rule": "words",
        "split": "sector",
        "opens_at": NOW,
        "closes_at": NOW + 10 * DAY,
        "key_id": f"key-of-{round_id}",
        "public_key": bytes(32),
    }
    return Round(id=round_id, team_id=team_id, **(values | changes))


def delivery(name: str = "first", *, number: int = 1, **changes) -> Delivery:
    values = {"kind": "prompt", "subject": "round", "due_at": NOW}
    return Delivery(id=f"id-{name}", key=f"key-{name}", person_id=f"person-{number}", **(values | changes))


def payload(**answers: str) -> Payload:
    given = {step: (value,) for step, value in answers.items()}
    return Payload(dialogue="trust", version=1, audience="practice", sector="jgz", answers=given)


def open_round(storage: Storage, work: Work, round_id: str = "round", **changes) -> Round:
    """A round whose keys exist, in both places."""
    record = round_(round_id, public_key=storage.keys.make(f"key-of-{round_id}"), **changes)
    storage.keys.make_for_round(record.key_id)
    work.rounds.add(record)
    return record
