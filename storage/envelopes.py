"""Sealed envelopes: one per person and round, all of one size, opened together at the release and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import orjson
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from sqlalchemy import bindparam, delete, union
from sqlmodel import col, select

from storage.errors import BrokenSeal, TooLong
from storage.repository import Repository
from storage.sizes import LOCKED_SIZE, SEALED_SIZE
from storage.tables import DialogueSessionRow, EnvelopeRow

_LENGTH_BYTES = 2
_SEALED_PLAIN = SEALED_SIZE - 48  # 32 bytes one-time public key, 16 bytes authentication
MAX_PAYLOAD = _SEALED_PLAIN - _LENGTH_BYTES
"""Bytes of JSON that a payload may take: the answers of a dialogue and one shared text of 280 characters."""
_LOCKED_PLAIN = LOCKED_SIZE - SecretBox.NONCE_SIZE - SecretBox.MACBYTES
MAX_SESSION = _LOCKED_PLAIN - _LENGTH_BYTES
"""Bytes that a session may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What is inside an envelope: the whole set of answers so far. Never who gave them."""

    dialogue: str
    version: int
    audience: str
    sector: str
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Step id → values of the chosen options."""
    text: str = field(default="", repr=False)
    """The one text its writer shares; empty for none."""
    example: bool = False
    """Whether the writer calls that text a good example."""
    aside: bool = False
    """Whether this is a free topic beside the round: then only its text counts."""
    instead_of: str = field(default="", repr=False)
    """In a second chance: the slot (hex) this person has in the thin round, whose envelope this one replaces."""


def seal(payload: Payload, *, public_key: bytes) -> bytes:
    """Seal a payload to a round's public key; always 2096 bytes. Raises TooLong above 2046 bytes of JSON."""
    plain = {
        "dialogue": payload.dialogue,
        "version": payload.version,
        "audience": payload.audience,
        "sector": payload.sector,
        "answers": dict(payload.answers),
        "text": payload.text,
        "example": payload.example,
        "aside": payload.aside,
        "instead_of": payload.instead_of,
    }
    data = orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
    if len(data) > MAX_PAYLOAD:
        raise TooLong("de inhoud van een envelop", len(data), MAX_PAYLOAD)
    return SealedBox(PublicKey(public_key)).encrypt(_padded(data, _SEALED_PLAIN))


def open_sealed(box: bytes, private_key: PrivateKey) -> Payload:
    """Open one envelope; raises BrokenSeal when the key is not its own or the content is no payload."""
    try:
        plain: dict[str, Any] = orjson.loads(_unpadded(SealedBox(private_key).decrypt(box)))
        answers = {step: tuple(values) for step, values in plain.pop("answers").items()}
        return Payload(**plain, answers=answers)
    except (CryptoError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenSeal("deze envelop gaat niet open met deze sleutel") from error


def lock_session(data: bytes, *, key: bytes) -> bytes:
    """Lock a session's bytes with the session key of its round; always 4136 bytes. Raises TooLong above 4094."""
    if len(data) > MAX_SESSION:
        raise TooLong("de stand van een dialoog", len(data), MAX_SESSION)
    return bytes(SecretBox(key).encrypt(_padded(data, _LOCKED_PLAIN)))


def unlock_session(blob: bytes, *, key: bytes) -> bytes:
    """Unlock a session; raises BrokenSeal when the key is not its own."""
    try:
        return _unpadded(SecretBox(key).decrypt(blob))
    except (CryptoError, ValueError) as error:
        raise BrokenSeal("deze stand gaat niet open met deze sleutel") from error


def _padded(data: bytes, size: int) -> bytes:
    return (len(data).to_bytes(_LENGTH_BYTES, "big") + data).ljust(size, b"\0")


def _unpadded(plain: bytes) -> bytes:
    length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
    return plain[_LENGTH_BYTES : _LENGTH_BYTES + length]


_ENVELOPE: Final = select(EnvelopeRow.round_id).where(
    col(EnvelopeRow.round_id) == bindparam("round_id"), col(EnvelopeRow.slot) == bindparam("slot")
)
_SESSION: Final = select(DialogueSessionRow.blob).where(
    col(DialogueSessionRow.round_id) == bindparam("round_id"), col(DialogueSessionRow.slot) == bindparam("slot")
)

_END_SESSION: Final = delete(DialogueSessionRow).where(
    col(DialogueSessionRow.round_id) == bindparam("round_id"), col(DialogueSessionRow.slot) == bindparam("slot")
)


class Answers(Repository):
    """Envelopes and running sessions, found only by a slot that the key folder can compute."""

    def put(self, round_id: str, *, slot: bytes, sealed: bytes) -> None:
        """Keep an envelope in place of the earlier one at this slot."""
        self._put(EnvelopeRow, {"round_id": round_id, "slot": slot, "sealed": sealed}, key=("round_id", "slot"))

    def has(self, round_id: str, slot: bytes) -> bool:
        """Whether there is an envelope at this slot."""
        return self._value(_ENVELOPE, round_id=round_id, slot=slot) is not None

    def withdraw(self, round_id: str, slot: bytes) -> bool:
        """Delete the envelope at this slot and the session that runs there; whether there was an envelope.

        The session goes too, or its next tap would bring the answers back.
        """
        self.end_session(round_id, slot)
        statement = delete(EnvelopeRow).where(col(EnvelopeRow.round_id) == round_id, col(EnvelopeRow.slot) == slot)
        return self._change(statement) == 1

    def sealed(self, round_id: str) -> tuple[tuple[bytes, bytes], ...]:
        """All envelopes of a round as (slot, box), ordered by slot, which tells nothing about people or time."""
        statement = select(EnvelopeRow.slot, EnvelopeRow.sealed).where(col(EnvelopeRow.round_id) == round_id)
        return tuple((slot, box) for slot, box in self._session.exec(statement.order_by(col(EnvelopeRow.slot))))

    def places(self) -> tuple[tuple[str, bytes], ...]:
        """Round and slot of every envelope and every running session."""
        both = union(
            select(col(EnvelopeRow.round_id), col(EnvelopeRow.slot)),
            select(col(DialogueSessionRow.round_id), col(DialogueSessionRow.slot)),
        )
        return tuple((round_id, slot) for round_id, slot in self._session.connection().execute(both))

    def destroy(self, round_id: str) -> None:
        """Delete all envelopes and sessions of a round."""
        self._change(delete(EnvelopeRow).where(col(EnvelopeRow.round_id) == round_id))
        self._change(delete(DialogueSessionRow).where(col(DialogueSessionRow.round_id) == round_id))

    def put_session(self, round_id: str, *, slot: bytes, blob: bytes, stale_on: date) -> None:
        """Keep a locked session in place of the earlier one; it may be dropped from ``stale_on``."""
        values = {"round_id": round_id, "slot": slot, "blob": blob, "stale_on": stale_on}
        self._put(DialogueSessionRow, values, key=("round_id", "slot"))

    def session(self, round_id: str, slot: bytes) -> bytes | None:
        """The locked session at this slot."""
        return self._value(_SESSION, round_id=round_id, slot=slot)

    def end_session(self, round_id: str, slot: bytes) -> None:
        """Delete the session at this slot; the envelope keeps what was given."""
        self._change(_END_SESSION, round_id=round_id, slot=slot)

    def drop_stale_sessions(self, today: date) -> int:
        """Delete sessions that were silent too long; how many."""
        return self._change(delete(DialogueSessionRow).where(col(DialogueSessionRow.stale_on) <= today))
