"""Participation of an area: sealed slips during the month, and afterwards the bands that may be read.

A slip holds how many of a round answered, so it is sealed like an envelope: only the opener can read it, all of a
month are opened together, and they go with their key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random as random_bytes
from sqlalchemy import delete
from sqlmodel import col, select

from storage.errors import BrokenSeal, TooLong
from storage.repository import Repository, to_values
from storage.sizes import SLIP_SIZE, SLOT_SIZE
from storage.tables import AreaMonthRow, TallyRow, TallySlipRow

MAX_SLIP = SLIP_SIZE - 48  # 32 bytes one-time public key, 16 bytes authentication
"""Bytes of text that a slip may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One area and calendar month of which slips are being gathered."""

    id: str
    area_id: str
    month: str
    """``2026-11``."""
    key_id: str
    public_key: bytes
    due_at: datetime
    """When its slips may be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMonth:
    """What may be read of the participation of one area in one month."""

    area_id: str
    month: str
    shares: Mapping[str, str]
    """Sector that was asked → its band; empty text where it may not be shown."""
    published_at: datetime


def seal_slip(text: str, *, public_key: bytes) -> bytes:
    """Seal a slip; always one size. Raises TooLong above MAX_SLIP bytes."""
    data = text.encode()
    if len(data) > MAX_SLIP:
        raise TooLong("een strook over deelname", len(data), MAX_SLIP)
    return SealedBox(PublicKey(public_key)).encrypt(data.ljust(MAX_SLIP))


def open_slip(box: bytes, private_key: PrivateKey) -> str:
    """Open a slip; raises BrokenSeal when the key is not its own."""
    try:
        return SealedBox(private_key).decrypt(box).decode().rstrip()
    except (CryptoError, ValueError) as error:
        raise BrokenSeal("deze strook gaat niet open met deze sleutel") from error


class Tallies(Repository):
    """Months that are being gathered. Slips lie in no order and name no round."""

    def add(self, tally: Tally) -> None:
        """Begin a month; raises Conflict when the area has begun it."""
        self._insert(TallyRow, to_values(tally))

    def of_month(self, area_id: str, month: str) -> Tally | None:
        """The month of this area, while it is being gathered."""
        statement = select(TallyRow).where(col(TallyRow.area_id) == area_id, col(TallyRow.month) == month)
        return self._record(Tally, statement)

    def due(self, now: datetime) -> tuple[Tally, ...]:
        """Months that are over, oldest first."""
        statement = select(TallyRow).where(col(TallyRow.due_at) <= now)
        return self._records(Tally, statement.order_by(col(TallyRow.month), col(TallyRow.id)))

    def put_slip(self, tally_id: str, sealed: bytes) -> None:
        """Add a slip at a random place."""
        self._insert(TallySlipRow, {"tally_id": tally_id, "slot": random_bytes(SLOT_SIZE), "sealed": sealed})

    def slips(self, tally_id: str) -> tuple[bytes, ...]:
        """All slips of a month, in an order that tells nothing."""
        statement = select(TallySlipRow.sealed).where(col(TallySlipRow.tally_id) == tally_id)
        return self._values(statement.order_by(col(TallySlipRow.slot)))

    def end(self, tally_id: str) -> bool:
        """Delete a month with its slips; False when somebody else did."""
        self._change(delete(TallySlipRow).where(col(TallySlipRow.tally_id) == tally_id))
        return self._change(delete(TallyRow).where(col(TallyRow.id) == tally_id)) == 1

    def key_ids(self) -> frozenset[str]:
        """Keys that still have slips to open."""
        return frozenset(self._values(select(TallyRow.key_id)))


class AreaMonths(Repository):
    """Published months of areas. A month with nothing to show is there too: it has ended all the same."""

    def add(self, published: AreaMonth) -> None:
        """Publish a month; raises Conflict when it was published before."""
        self._insert(AreaMonthRow, to_values(published) | {"shares": dict(published.shares)})

    def get(self, area_id: str, month: str) -> AreaMonth | None:
        """What was published of this month."""
        statement = select(AreaMonthRow).where(col(AreaMonthRow.area_id) == area_id, col(AreaMonthRow.month) == month)
        return self._record(AreaMonth, statement)

    def newest(self, area_id: str, *, limit: int) -> tuple[AreaMonth, ...]:
        """The last published months of an area, newest first."""
        statement = select(AreaMonthRow).where(col(AreaMonthRow.area_id) == area_id)
        return self._records(AreaMonth, statement.order_by(col(AreaMonthRow.month).desc()).limit(limit))

    def drop_before(self, moment: datetime) -> int:
        """Forget months that were published before this moment; how many."""
        return self._change(delete(AreaMonthRow).where(col(AreaMonthRow.published_at) < moment))
