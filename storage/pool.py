"""Texts that people shared, between the release of their round and a later maandbeeld: sealed, shuffled, nobody's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random as random_bytes
from sqlalchemy import delete, exists
from sqlmodel import col, select

from storage.errors import BrokenSeal, TooLong
from storage.repository import Repository
from storage.sizes import POOLED_SIZE
from storage.tables import RoundRow, TextPoolRow, TextReleaseRow

_PLACE_SIZE: Final = 16
_LENGTH_BYTES: Final = 2
_PLAIN: Final = POOLED_SIZE - 48  # 32 bytes one-time public key, 16 bytes authentication
MAX_TEXT: Final = _PLAIN - _LENGTH_BYTES
"""Bytes of JSON that one text may take; 280 characters of any kind fit."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """One text as its writer shared it."""

    words: str = field(repr=False)
    example: bool = False
    """Whether the writer calls it a good example."""
    beside: bool = False
    """Whether it was written beside a round instead of in it: somebody can share one of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Everything one round put into the pool: one box for each person asked, and most of them are empty."""

    team_id: str
    number: int
    """The round it comes from; it may be shown after the maandbeeld of that round."""
    key_id: str
    boxes: tuple[bytes, ...] = field(repr=False)
    """In an order that tells nothing."""


def seal_texts(texts: Sequence[SharedText], *, public_key: bytes, boxes: int) -> tuple[bytes, ...]:
    """Seal texts to the key of a batch, with empty boxes up to ``boxes``, so that their number tells nothing.

    All boxes are 1248 bytes. Raises TooLong above 1198 bytes of JSON, and ValueError for more texts than boxes.
    """
    if len(texts) > boxes:
        raise ValueError("there are more texts than boxes")
    key = SealedBox(PublicKey(public_key))
    plain = [json.dumps([each.words, each.example, each.beside], ensure_ascii=False).encode() for each in texts]
    plain += [b""] * (boxes - len(texts))
    for data in plain:
        if len(data) > MAX_TEXT:
            raise TooLong("een gedeelde tekst", len(data), MAX_TEXT)
    return tuple(key.encrypt((len(data).to_bytes(_LENGTH_BYTES, "big") + data).ljust(_PLAIN, b"\0")) for data in plain)


def open_text(box: bytes, private_key: PrivateKey) -> SharedText | None:
    """What a box holds, None for an empty one; raises BrokenSeal when the key is not its own."""
    try:
        plain = SealedBox(private_key).decrypt(box)
        length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
        if not length:
            return None
        words, example, beside = json.loads(plain[_LENGTH_BYTES : _LENGTH_BYTES + length])
        return SharedText(str(words), bool(example), bool(beside))
    except (CryptoError, ValueError, TypeError) as error:
        raise BrokenSeal("deze tekst gaat niet open met deze sleutel") from error


class TextPool(Repository):
    """Sealed texts by team and round. No person, no sector, no moment."""

    def add(self, batch: Batch) -> None:
        """Put a batch in, each box at a random place and in the order of those places: arrival leaves no trace."""
        places = sorted(random_bytes(_PLACE_SIZE) for _ in batch.boxes)
        for place, box in zip(places, _shuffled(batch.boxes), strict=True):
            values = {"place": place, "team_id": batch.team_id, "number": batch.number}
            self._insert(TextPoolRow, {**values, "key_id": batch.key_id, "sealed": box})

    def of_team(self, team_id: str) -> tuple[Batch, ...]:
        """The batches of a team by the number of their round, with the boxes by their random place."""
        statement = select(TextPoolRow).where(col(TextPoolRow.team_id) == team_id).order_by(col(TextPoolRow.place))
        rows = self._session.exec(statement).all()
        found = sorted({(row.number, row.key_id) for row in rows})
        return tuple(
            Batch(
                team_id=team_id,
                number=number,
                key_id=key_id,
                boxes=tuple(row.sealed for row in rows if row.key_id == key_id),
            )
            for number, key_id in found
        )

    def destroy(self, batch: Batch) -> None:
        """Delete a batch; destroy its key after the commit."""
        self._change(delete(TextPoolRow).where(col(TextPoolRow.key_id) == batch.key_id))

    def drop_before(self, moment: datetime) -> int:
        """Destroy the batches of rounds that opened before this moment; how many boxes. Their keys go as well."""
        old = exists().where(
            col(RoundRow.team_id) == col(TextPoolRow.team_id),
            col(RoundRow.number) == col(TextPoolRow.number),
            col(RoundRow.opens_at) < moment,
        )
        return self._change(delete(TextPoolRow).where(old))

    def key_ids(self) -> frozenset[str]:
        """Keys that still have a text to open."""
        return frozenset(self._values(select(TextPoolRow.key_id).distinct()))


def _shuffled(boxes: Sequence[bytes]) -> list[bytes]:
    return [box for _, box in sorted((random_bytes(_PLACE_SIZE), box) for box in boxes)]


class TextReleases(Repository):
    """What the opener took out of the pool for the maandbeeld that is about to be written; gone when it is."""

    def put(self, team_id: str, body: str) -> None:
        """Keep it until the maandbeeld is composed; raises Conflict when there is one already."""
        self._insert(TextReleaseRow, {"team_id": team_id, "body": body})

    def get(self, team_id: str) -> str | None:
        """What waits for this team's next maandbeeld."""
        return self._value(select(TextReleaseRow.body).where(col(TextReleaseRow.team_id) == team_id))

    def drop(self, team_id: str) -> None:
        """Forget it: it is in the maandbeeld now."""
        self._change(delete(TextReleaseRow).where(col(TextReleaseRow.team_id) == team_id))
