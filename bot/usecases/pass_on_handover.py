"""The writer has read the whole text and decides: it goes to the team, or it goes nowhere."""

from __future__ import annotations

from typing import Final

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded
from bot.usecases.handovers import HANDOVER, OFFER, load_draft, note_of, offered
from bot.usecases.write_handover import draft_in
from dialogues.rhythm.working_hours import next_working_time
from storage.deliveries import Delivery
from storage.handover_notes import KIND, HandoverNote
from storage.people import Person
from storage.retention import kept
from storage.work import Work

KEEP_NOTES: Final = kept("handover_note")
"""How long a note waits for readers who cannot be reached, at most."""


def pass_on_handover(deps: Deps, *, chat_id: int, membership_id: str, message_id: int) -> int:
    """Queue the note for everybody else in the team; to how many.

    In one transaction the note and its deliveries come, and the draft and the offer go: so it happens once, whatever
    dies in between. Raises NotAllowed, NoLongerOpen when it was passed on before, AlreadyEnded without a finished
    draft, or MovedOn.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        membership = offered(work, deps, person=person, membership_id=membership_id)
        draft = draft_in(work, deps, person=person, membership_id=membership_id, message_id=message_id)
        team = work.teams.get(membership.team_id)
        if team is None or not draft.says_something:
            raise AlreadyEnded
        readers = {each.id: each for each, _ in work.people.team_members(team.id) if each.id != person.id}
        body = note_of(deps.library.get(HANDOVER), draft, name=person.name, team=team.name)
        note = HandoverNote(id=deps.ids.new(), team_id=team.id, person_id=person.id, body=body, written_on=deps.today())
        work.handover_notes.add(note)
        for reader in readers.values():
            _deliver(work, deps, note, reader)
        work.forms.drop(person.id)
        work.deliveries.remove_kind(OFFER, subject=membership_id)
        work.commit()
    deps.storage.clear_soon()
    return len(readers)


def drop_handover(deps: Deps, *, chat_id: int, membership_id: str) -> None:
    """Forget the draft; the offer stands. Raises NotAllowed or NoLongerOpen."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        offered(work, deps, person=person, membership_id=membership_id)
        draft = load_draft(work, deps, person=person)
        if draft is not None and draft.membership_id == membership_id:
            work.forms.drop(person.id)
            work.commit()
    deps.storage.clear_soon()


def _deliver(work: Work, deps: Deps, note: HandoverNote, reader: Person) -> None:
    due = next_working_time(deps.now(), zone=deps.zone)
    work.deliveries.add(
        Delivery(
            id=deps.ids.new(),
            key=f"{KIND}:{note.id}:{reader.id}",
            person_id=reader.id,
            kind=KIND,
            subject=note.id,
            due_at=due,
            valid_until=due + KEEP_NOTES,
        )
    )
