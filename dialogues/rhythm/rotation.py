"""Which element a team turns to next: in order, round and round, never dropping one (content-brief §11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

STANDARD_ORDER: Final = (
    "trust", "roles", "communication", "client",
    "process", "involvement", "leadership", "skills",
    "vision", "infosharing", "effect", "client",
    "conditions", "structures", "municipality", "housing", "oneteam", "size",
    "client", "closing",
)  # fmt: skip


def standard_topics(available: Iterable[str]) -> tuple[str, ...]:
    """The standard order, kept to the elements there is content for; other elements follow at the end."""
    there = set(available)
    ordered = tuple(topic for topic in STANDARD_ORDER if topic in there)
    return ordered + tuple(sorted(there - set(ordered)))


def starting_with(first: str, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The same topics in the same circle, beginning at ``first``; unchanged when it is not among them."""
    if first not in topics:
        return topics
    place = topics.index(first)
    return topics[place:] + topics[:place]


def topic_at(topics: tuple[str, ...], position: int) -> str:
    """The topic at this place of the circle; positions go on for ever. Raises ValueError for no topics at all."""
    if not topics:
        raise ValueError("een ritme heeft minstens één onderwerp")
    return topics[position % len(topics)]
