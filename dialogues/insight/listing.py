"""The publication rule for questions with options: which ones enough respondents chose, without counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dialogues.insight.publication import FLOOR

LISTED_FROM: Final = 3
"""An option is listed from this many choosers; two would show a chooser that nobody else chose it."""
OFTEN_FROM: Final = 8
""""Vaak" is said only from this number of respondents, and only of what at least half of them chose."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One option that may be shown."""

    value: str
    often: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The options that may be shown, in the author's order; never in order of frequency."""

    below_floor: bool = False
    items: tuple[Listed, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The listing as plain JSON values; `from_json` reads it back."""
        return {
            "below_floor": self.below_floor,
            "items": [{"value": item.value, "often": item.often} for item in self.items],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Listing:
        """Read a stored listing; raises KeyError when it is not one."""
        return cls(
            below_floor=bool(plain["below_floor"]),
            items=tuple(Listed(item["value"], bool(item["often"])) for item in plain["items"]),
        )


def publish_listing(chosen: Mapping[str, int], respondents: int, floor: int = FLOOR) -> Listing:
    """Decide which options may be listed.

    Args:
        chosen: option → number of respondents who chose it, in the order in which they will be listed.
        respondents: how many respondents the question is about, choosers or not.
        floor: least number of respondents; 5 or more.

    Raises ValueError for a floor below 5 and for more choosers than respondents.
    """
    if floor < FLOOR:
        raise ValueError(f"the floor must be {FLOOR} or more, not {floor!r}")
    for value, number in chosen.items():
        if not 0 <= number <= respondents:
            raise ValueError(f"{value!r} has {number!r} choosers of {respondents!r} respondents")
    if respondents < floor:
        return Listing(below_floor=True)
    often = respondents >= OFTEN_FROM
    return Listing(
        items=tuple(
            Listed(value, often and 2 * number >= respondents)
            for value, number in chosen.items()
            if number >= LISTED_FROM
        )
    )


def publish_wanted(chosen: Mapping[str, int], respondents: int, floor: int = FLOOR) -> Listing:
    """Decide which one improvement action may be shown as wanted: chosen most, by enough people; none on a tie.

    Actions are asked only of respondents in the bands low and mid. Two or three of them side by side would
    prove so many people in those bands that single answers follow (docs/decisions/0002-publication-rule.md).
    Arguments and errors are those of `publish_listing`.
    """
    listing = publish_listing(chosen, respondents, floor)
    most = max((chosen[item.value] for item in listing.items), default=0)
    leading = tuple(Listed(item.value) for item in listing.items if chosen[item.value] == most)
    return Listing(below_floor=listing.below_floor, items=leading if len(leading) == 1 else ())
