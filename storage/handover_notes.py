"""What somebody who leaves passes on to their team: signed, read and approved by the writer, kept until delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists
from sqlmodel import col

from storage.repository import Repository, to_values
from storage.tables import DeliveryRow, HandoverNoteRow

KIND = "handover_note"
"""Kind of the deliveries that carry a note; their subject is its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverNote:
    """One note, word for word as its writer approved it."""

    id: str
    team_id: str
    person_id: str
    """The writer: whoever erases themselves takes along what was not delivered yet."""
    body: str
    written_on: date


class HandoverNotes(Repository):
    """The notes that are on their way."""

    def add(self, note: HandoverNote) -> None:
        """Keep a note until it is delivered."""
        self._insert(HandoverNoteRow, to_values(note))

    def get(self, note_id: str) -> HandoverNote | None:
        """The note with this id, as long as it is on its way."""
        return self._with_key(HandoverNote, HandoverNoteRow, note_id)

    def drop_delivered(self, before: date) -> int:
        """Forget the notes that nobody waits for any more, and those written before this day; how many."""
        waiting = exists().where(
            col(DeliveryRow.kind) == KIND,
            col(DeliveryRow.subject) == col(HandoverNoteRow.id),
            col(DeliveryRow.state).in_(("pending", "leased")),
        )
        return self._change(delete(HandoverNoteRow).where(~waiting | (col(HandoverNoteRow.written_on) < before)))
