"""The stored side of a running dialogue: unlock the session, seal the answers, lock the session again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.usecases.deps import Deps
from dialogues.conversation.engine import Turn
from dialogues.conversation.events import Answered, Ignored, Reason, TextTyped
from dialogues.conversation.screens import Screen
from dialogues.conversation.session import Session
from dialogues.errors import BrokenSession
from storage.envelopes import Payload, lock_session, seal, unlock_session
from storage.errors import BrokenSeal, KeyGone
from storage.keys import RoundKey
from storage.people import Person
from storage.retention import kept
from storage.rounds import Round
from storage.work import Work

_MESSAGE_BYTES = 8
SILENCE = kept("dialogue_session")
"""A running dialogue is forgotten at the start of the second day after its last tap: a whole day of silence has passed.

Only the day is kept, never the moment of a tap; the envelope keeps what was given.
"""


@dataclass(frozen=True, slots=True)
class DialogueView:
    """What the chat shows after a step."""

    round_id: str
    screen: Screen
    message_id: int
    """The message in the chat that this dialogue lives in."""
    ended: bool
    closes_at: datetime
    answered: bool
    """Whether anything was given that counts."""
    repeated: bool = False
    """Whether the input was of an older screen and changed nothing."""
    aside: bool = False
    """Whether it is a free topic beside the round's own dialogue."""
    taken: bool = False
    """Whether a text was taken, and the dialogue went on."""
    too_long: bool = False
    """Whether a text was refused because it is longer than what may be shared."""


@dataclass(frozen=True, slots=True)
class Running:
    """A dialogue between two taps."""

    session: Session
    message_id: int
    aside: bool = False
    """Whether it is a free topic beside the round's own dialogue."""
    key: RoundKey | None = None
    """As it was read for this tap, and no longer kept than that."""


def slots_of(deps: Deps, about: Round, person_id: str) -> tuple[bytes, bytes]:
    """The two places a person can have in a round: for its dialogue, and for a free topic. Raises KeyGone."""
    key = deps.storage.keys.of_round(about.key_id)
    return key.slot(person_id), key.slot(person_id, aside=True)


def mark_of(round_id: str, slot: bytes) -> str:
    """By what the list of the erased knows what was at a slot."""
    return f"{round_id}:{slot.hex()}"


def load(work: Work, deps: Deps, *, person: Person, about: Round, aside: bool = False) -> Running | None:
    """The person's running dialogue in this round, or None; one that cannot be read counts as none."""
    key = deps.storage.keys.of_round(about.key_id)
    blob = work.answers.session(about.id, key.slot(person.id, aside=aside))
    if blob is None:
        return None
    try:
        data = unlock_session(blob, key=key.session)
        session = Session.from_bytes(data[_MESSAGE_BYTES:])
    except (BrokenSeal, BrokenSession):
        return None
    return Running(session, int.from_bytes(data[:_MESSAGE_BYTES], "big"), aside, key)


def running_in(work: Work, deps: Deps, *, person: Person, about: Round) -> tuple[Running, ...]:
    """All that runs for this person in this round: its own dialogue, a free topic, or both."""
    each = (load(work, deps, person=person, about=about, aside=aside) for aside in (False, True))
    return tuple(running for running in each if running is not None)


def save(
    work: Work,
    deps: Deps,
    *,
    person: Person,
    about: Round,
    turn: Turn,
    message_id: int,
    before: Session | None = None,
    aside: bool = False,
    key: RoundKey | None = None,
) -> DialogueView:
    """Put one turn into the transaction: the envelope when an answer was given, then the session or its end.

    ``before`` is the session the turn came from: when its only answers were taken back, an empty envelope replaces
    them. A skip at the start of a change takes nothing back. This is the last place where a person and an answer share
    a scope; the caller commits. ``key`` is that of the round, if it was read for this tap already.
    """
    key = key or deps.storage.keys.of_round(about.key_id)
    slot, session = key.slot(person.id, aside=aside), turn.session
    taken_back = before is not None and bool(before.answers) and not session.answers
    if taken_back or (session.answers and any(isinstance(event, Answered) for event in turn.events)):
        sector = work.rounds.sector_of(about.id, person.id)
        assert sector is not None  # noqa: S101 - the caller asked for an open round of this person
        payload = Payload(
            dialogue=session.dialogue,
            version=session.version,
            audience=str(session.audience),
            sector=sector,
            answers=dict(session.answers),
            text=session.text.words if session.text and session.text.shared else "",
            example=bool(session.text and session.text.shared and session.text.example),
            aside=aside,
            instead_of=_slot_before(work, deps, person=person, about=about, aside=aside),
        )
        work.answers.put(about.id, slot=slot, sealed=seal(payload, public_key=about.public_key))
    if session.ended:
        work.answers.end_session(about.id, slot)
    else:
        data = message_id.to_bytes(_MESSAGE_BYTES, "big") + session.to_bytes()
        blob = lock_session(data, key=key.session)
        work.answers.put_session(about.id, slot=slot, blob=blob, stale_on=deps.today() + SILENCE)
    return view(about, turn, message_id, aside=aside)


def _slot_before(work: Work, deps: Deps, *, person: Person, about: Round, aside: bool) -> str:
    """Where this person's envelope of the thin round is, for the opener, who cannot compute it; '' without one."""
    before = work.rounds.get(about.predecessor_id) if about.predecessor_id else None
    if before is None:
        return ""
    try:
        return slots_of(deps, before, person.id)[aside].hex()
    except KeyGone:
        return ""


def view(about: Round, turn: Turn, message_id: int, *, aside: bool = False) -> DialogueView:
    """The view of a turn without storing anything."""
    return DialogueView(
        round_id=about.id,
        screen=turn.screen,
        message_id=message_id,
        ended=turn.session.ended,
        closes_at=about.closes_at,
        answered=bool(turn.session.answers),
        repeated=Ignored(Reason.OLD_SCREEN) in turn.events,
        aside=aside,
        taken=any(isinstance(event, TextTyped) for event in turn.events),
        too_long=Ignored(Reason.TEXT_TOO_LONG) in turn.events,
    )
