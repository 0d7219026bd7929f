"""Maandbeelden: written once, never recomputed, each chained to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import takewhile
from typing import Final

from sqlalchemy import bindparam, delete, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import MaandbeeldRow

FIRST_DIGEST = ""
"""What the first maandbeeld of a team names as its previous digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaandbeeldRecord:
    """One stored maandbeeld."""

    id: str
    team_id: str
    month: str
    """``2026-11``."""
    body: str
    """The maandbeeld as canonical JSON."""
    digest: str
    """SHA-256 in hex of the previous digest followed by the body."""
    previous_digest: str
    composed_at: datetime
    shared_at: datetime | None
    """When the lead shared it with the team; None: not shared."""
    talked_on: date | None = None
    """The local day on which the team talked about it, as the lead says; None: not told."""


_LATER: Final = aliased(MaandbeeldRow)
_OF_TEAM: Final = (
    select(MaandbeeldRow).where(col(MaandbeeldRow.team_id) == bindparam("team_id")).order_by(col(MaandbeeldRow.month))
)
_LATEST: Final = _OF_TEAM.where(
    ~exists().where(
        col(_LATER.team_id) == col(MaandbeeldRow.team_id), col(_LATER.previous_digest) == col(MaandbeeldRow.digest)
    )
)
_BEFORE: Final = select(MaandbeeldRow).where(
    col(MaandbeeldRow.team_id) == bindparam("team_id"), col(MaandbeeldRow.digest) == bindparam("digest")
)
_COMPOSED: Final = (
    select(MaandbeeldRow.composed_at)
    .where(col(MaandbeeldRow.team_id) == bindparam("team_id"))
    .order_by(col(MaandbeeldRow.composed_at))
)


class Maandbeelden(Repository):
    """The chain of maandbeelden of each team."""

    def add(
        self, maandbeeld_id: str, *, team_id: str, month: str, body: str, composed_at: datetime
    ) -> MaandbeeldRecord:
        """Write a maandbeeld at the end of the team's chain; raises Conflict when the month has one."""
        last = self.latest(team_id)
        previous_digest = last.digest if last else FIRST_DIGEST
        record = MaandbeeldRecord(
            id=maandbeeld_id,
            team_id=team_id,
            month=month,
            body=body,
            digest=digest_of(body, previous_digest=previous_digest),
            previous_digest=previous_digest,
            composed_at=composed_at,
            shared_at=None,
        )
        self._insert(MaandbeeldRow, to_values(record))
        return record

    def get(self, maandbeeld_id: str) -> MaandbeeldRecord | None:
        """The maandbeeld with this id."""
        return self._with_key(MaandbeeldRecord, MaandbeeldRow, maandbeeld_id)

    def of_team(self, team_id: str) -> tuple[MaandbeeldRecord, ...]:
        """All maandbeelden of a team by month."""
        return self._records(MaandbeeldRecord, _OF_TEAM, team_id=team_id)

    def composed(self, team_id: str) -> tuple[datetime, ...]:
        """When the maandbeelden of a team were written, oldest first."""
        return self._values(_COMPOSED, team_id=team_id)

    def latest(self, team_id: str) -> MaandbeeldRecord | None:
        """The end of the team's chain: the maandbeeld that no other one names as its previous."""
        return self._record(MaandbeeldRecord, _LATEST, team_id=team_id)

    def before(self, record: MaandbeeldRecord) -> MaandbeeldRecord | None:
        """The maandbeeld that this one follows; None for a first one, or when that is so old that it is gone."""
        return self._record(MaandbeeldRecord, _BEFORE, team_id=record.team_id, digest=record.previous_digest)

    def drop_before(self, moment: datetime) -> int:
        """Forget maandbeelden from before this moment, from the beginning of each chain on; how many.

        The rest stays a chain: the oldest that is left names one that is gone, and all after it can be checked.
        """
        old = select(MaandbeeldRow.team_id).where(col(MaandbeeldRow.composed_at) < moment)
        dropped = 0
        for team_id in sorted(set(self._values(old))):
            gone = takewhile(lambda record: record.composed_at < moment, in_chain_order(self.of_team(team_id)))
            dropped += self._change(delete(MaandbeeldRow).where(col(MaandbeeldRow.id).in_([each.id for each in gone])))
        return dropped

    def mark_shared(self, maandbeeld_id: str, at: datetime) -> bool:
        """Note that the lead shared it; False when it was shared before (the first time stays)."""
        statement = update(MaandbeeldRow).where(
            col(MaandbeeldRow.id) == maandbeeld_id, col(MaandbeeldRow.shared_at).is_(None)
        )
        return self._change(statement.values(shared_at=at)) == 1

    def set_talked(self, maandbeeld_id: str, on: date | None) -> None:
        """Note the day on which it was talked about, or with None that it was not."""
        self._change(update(MaandbeeldRow).where(col(MaandbeeldRow.id) == maandbeeld_id).values(talked_on=on))

    def talked_since(self, team_id: str, day: date) -> bool:
        """Whether the team talked about a maandbeeld on or after this day, as its lead says."""
        statement = select(MaandbeeldRow.id).where(
            col(MaandbeeldRow.team_id) == team_id, col(MaandbeeldRow.talked_on) >= day
        )
        return self._value(statement.limit(1)) is not None


def in_chain_order(records: tuple[MaandbeeldRecord, ...]) -> tuple[MaandbeeldRecord, ...]:
    """The records of one team from the oldest on, each followed by the one that names it."""
    after = {record.previous_digest: record for record in records}
    known = {record.digest for record in records}
    ordered = [record for record in records if record.previous_digest not in known][:1]
    while ordered and (following := after.pop(ordered[-1].digest, None)) is not None:  # each once, whatever was changed
        ordered.append(following)
    return tuple(ordered)


def digest_of(body: str, *, previous_digest: str) -> str:
    """The digest that chains a body to the maandbeeld before it."""
    return sha256((previous_digest + body).encode()).hexdigest()


def broken_links(chain: Sequence[MaandbeeldRecord], *, cut: bool = False) -> tuple[MaandbeeldRecord, ...]:
    """The maandbeelden of one team that do not hold: changed since they were written, or not chained to the first.

    Finds any change of a body or a digest, and one that was taken out between others; not one taken off the end.
    ``cut`` is for a team so old that its first ones may be gone by themselves: there the oldest that is left begins.
    """
    follows = {record.previous_digest: record for record in chain}
    sound: set[str] = set()
    oldest = in_chain_order(tuple(chain))[:1] if cut else ()
    digest = oldest[0].previous_digest if oldest else FIRST_DIGEST
    for _ in chain:
        record = follows.get(digest)
        if record is None:
            break
        if record.digest == digest_of(record.body, previous_digest=digest):
            sound.add(record.id)
        digest = record.digest
    return tuple(record for record in chain if record.id not in sound)
