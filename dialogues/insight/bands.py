"""The four bands an answer falls into, and which branch of a dialogue leads to which band."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from dialogues.conversation.definition import Branch


class Band(StrEnum):
    """What one respondent's answer counts as; "niet van toepassing" has no band and is never counted."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"
    NO_VIEW = "no_view"


BAND_OF_BRANCH: Final[Mapping[Branch, Band]] = {
    Branch.LOW: Band.LOW,
    Branch.MID: Band.MID,
    Branch.HIGH: Band.HIGH,
    Branch.UNKNOWN: Band.NO_VIEW,
}
