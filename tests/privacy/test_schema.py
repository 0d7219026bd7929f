"""The tables, column by column: a new column needs a decision about what it may tell."""

from __future__ import annotations

from storage.tables import Table

ALLOWED = {
    # Accounts: who, where, in which role. Nobody's opinion.
    "person": {"id", "chat_id", "name", "reachable", "quiet", "away_until", "roleless_since"},
    "area": {"id", "name", "municipality", "school_region"},
    "closed_day": {"id", "area_id", "team_id", "day"},
    "coordinator": {"person_id", "area_id"},
    "team": {
        "id", "area_id", "name", "team_label", "lead_label", "rule", "split", "floor", "created_on", "profile", "quiet",
        "archived_on", "scope",
    },
    "membership": {
        "id", "person_id", "team_id", "role", "sector", "function", "audience", "tenure", "joined_on", "leaves_on",
        "left_on",
    },
    "invitation": {
        "id", "token_hash", "kind", "area_id", "team_id", "max_uses", "uses", "expires_at", "made_at", "place",
    },
    # The rhythm, and what was announced about a round. Sizes are of the roster, never of the answers.
    "schedule": {
        "team_id", "rhythm", "minute", "number", "window_days", "next_due_at",
        "maandbeeld_due_at", "recurrence", "days_before", "reminder", "meeting", "maandbeeld_before", "school_holidays",
        "way", "eased_at", "first", "aside", "paused_until", "stopped",
        "last_due_at", "last_meeting_on", "reminder_minute",
    },
    "round": {
        "id", "team_id", "number", "element", "dialogue_version", "rule", "split", "floor", "state", "opens_at",
        "closes_at", "remind_at", "key_id", "public_key", "sector_sizes", "predecessor_id", "roster_digest",
        "dialogue_digest", "subject", "way", "few_changed",
    },
    "roster": {"round_id", "person_id", "sector"},
    "key_stock": {"key_id", "public_key", "used"},
    # Sealed and locked: one size each, no person, no moment but the day a session goes stale.
    "envelope": {"round_id", "slot", "sealed"},
    "dialogue_session": {"round_id", "slot", "blob", "stale_on"},
    # Shared texts: sealed boxes of one size, most of them empty; and what the opener took out for the maandbeeld.
    "text_pool": {"place", "team_id", "number", "key_id", "sealed"},
    "text_release": {"team_id", "body"},
    # Published: what passed the rule.
    "publication": {
        "round_id", "team_id", "number", "element", "closed_at", "published_at", "outcome", "cells", "changed_roster",
        "dialogue_digest", "subject", "participation",
    },
    # Participation of an area: sealed slips without round, team or moment; afterwards bands per sector.
    "tally": {"id", "area_id", "month", "key_id", "public_key", "due_at"},
    "tally_slip": {"tally_id", "slot", "sealed"},
    "area_month": {"area_id", "month", "shares", "published_at"},
    "maandbeeld": {
        "id", "team_id", "month", "body", "digest", "previous_digest", "composed_at", "shared_at", "talked_on",
    },
    # What the lead says to a topic: signed by the role, so there is no person and no moment finer than a day.
    "response": {"maandbeeld_id", "place", "team_id", "element", "about", "answer", "why", "responded_on"},
    # What the team agreed on: the owner is a role.
    "improvement_action": {
        "id", "maandbeeld_id", "team_id", "step", "step_id", "owner", "agreed_on", "look_back_on", "state",
        "decided_on", "went_on_on", "lead_asked_on",
    },
    # Which round asks a whole team after it; nothing of what was answered.
    "step_check": {"round_id", "action_id", "asked_on"},
    # The team's own figure: entered by hand about the team, by nobody that is named.
    "team_figure": {"team_id", "month", "kind", "name", "tenths", "entered_on", "corrected"},
    # The outbox: that a message goes, never what it says, and the same row for who answered and who did not.
    "delivery": {
        "id", "key", "person_id", "kind", "subject", "due_at", "valid_until", "state", "attempts", "lease_until",
        "finished_at",
    },
    # What was changed, for everybody it concerns to read: no names, no answers.
    "change": {"id", "area_id", "team_id", "at", "kind", "words"},
    # Signed: what somebody who leaves passes on, read and approved by the writer, until it is delivered.
    "handover_note": {"id", "team_id", "person_id", "body", "written_on"},
    # The words of a dialogue as an author wrote them.
    "dialogue_text": {"digest", "source"},
    # What a coordinator is typing, the draft of a signed handover, and that a text is to be thrown away. A preview
    # keeps its place here; it is play and counts nowhere.
    "form": {"person_id", "kind", "updated_on", "data"},
}  # fmt: skip


def columns():
    return {table.name: set(table.columns.keys()) for table in Table.metadata.tables.values()}


def test_every_column_was_decided_on():
    """No table and no column besides these; none of these can hold an answer or a count that was not published."""
    assert columns() == ALLOWED


def test_the_database_has_no_tables_of_its_own(house):
    """What is really in the file is what the model says, and the version of the schema."""
    tables = {name for (name,) in house.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - {"alembic_version"} == set(ALLOWED)
    for table, names in ALLOWED.items():
        assert {name for _, name, *_ in house.rows(f"PRAGMA table_info({table})")} == names


def test_slots_and_persons_share_no_table():
    """Where an envelope lies no person is named, and where a person is named no envelope lies."""
    for table, names in columns().items():
        assert not ({"slot", "person_id"} <= names), table
        assert not ("slot" in names and any("at" in name.split("_") for name in names)), table


def test_rows_of_answers_leave_no_order(house):
    """Envelopes, sessions, slips and shared texts have no rowid, which would keep the order in which they came."""
    for table in ("envelope", "dialogue_session", "tally_slip", "text_pool"):
        ((sql,),) = house.rows("SELECT sql FROM sqlite_master WHERE name = ?", table)
        assert "WITHOUT ROWID" in sql.upper()
