"""What the guard warns about, and which of it can never be shared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What something in a text looks like."""

    NAME = "name"
    BSN = "bsn"
    IBAN = "iban"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    """A web address or a name after an @: Telegram would make it something to tap."""
    BIRTH_DATE = "birth_date"
    """Any date with its year, and a day after a word about birth."""
    ADDRESS = "address"
    POSTCODE = "postcode"
    SCHOOL = "school"


NEVER_SHARED: Final = frozenset({Kind.BSN, Kind.IBAN, Kind.PHONE, Kind.EMAIL, Kind.LINK, Kind.BIRTH_DATE})
"""Kinds that a writer cannot wave away: a number or a date is what it is."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place in a text, counted in characters; ``end`` is not part of it."""

    start: int
    end: int
    kind: Kind
