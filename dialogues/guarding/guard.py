"""The guard: what in a text may point at a person. It warns the writer; it promises nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from dialogues.guarding.findings import NEVER_SHARED, Finding, Kind
from dialogues.guarding.names import names
from dialogues.guarding.numbers import numbers
from dialogues.guarding.places import places as streets_and_schools

_STRENGTH: Final = (
    Kind.BSN, Kind.IBAN, Kind.EMAIL, Kind.BIRTH_DATE, Kind.PHONE, Kind.LINK, Kind.ADDRESS, Kind.POSTCODE,
    Kind.SCHOOL, Kind.NAME,
)  # fmt: skip
"""Where two findings overlap, the first of these is told."""


MOST_TOLD: Final = 10
"""Places told of one text: one of each kind fits, and what is remembered of a text stays small."""


def guard(text: str, *, people: Collection[str] = (), places: Collection[str] = ()) -> tuple[Finding, ...]:
    """What in a cleaned text looks like it points at somebody, in order of place and without overlap.

    At most `MOST_TOLD` places, but always one of each kind: what can never be shared is never crowded out.

    Args:
        text: as ``clean`` gives it.
        people: names of the people of the team and area, as they gave them themselves.
        places: names of teams, towns and organisations, which are nobody's name.
    """
    found = {*numbers(text), *streets_and_schools(text), *names(text, people=people, places=places)}
    apart = _without_overlap(found)
    firsts = {one.kind: one for one in reversed(apart)}.values()
    others = [one for one in apart if one not in firsts]
    return tuple(sorted((*firsts, *others[: max(0, MOST_TOLD - len(firsts))])))


def may_be_waved_away(kinds: Iterable[Kind]) -> bool:
    """Whether the writer may say that the guard is wrong: never about a number or a date."""
    return not NEVER_SHARED.intersection(kinds)


def _without_overlap(found: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for one in sorted(found, key=lambda each: (_STRENGTH.index(each.kind), each.start - each.end, each.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept
