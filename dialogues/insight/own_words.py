"""Which shared texts a maandbeeld may show: enough of them, at most three, nobody's (privacy rule 15)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

LEAST_RESPONDENTS: Final = 8
"""Texts of a round count only when so many people gave it an answer that counts."""
LEAST_WRITERS: Final = 3
"""With fewer writers in every round nothing is shown: who wrote could be guessed."""
MOST_PRINTED: Final = 3


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The texts of one maandbeeld, and whether others were thrown away because they were too few."""

    successes: tuple[str, ...] = field(default=(), repr=False)
    """What their writers call a good example; these open the maandbeeld."""
    others: tuple[str, ...] = field(default=(), repr=False)
    thrown_away: bool = False

    def to_json(self) -> str:
        """As JSON; `from_json` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> OwnWords:
        """Read it back; raises ValueError, KeyError or TypeError when it is not one."""
        plain: dict[str, Any] = json.loads(text)
        return cls(tuple(plain["successes"]), tuple(plain["others"]), bool(plain["thrown_away"]))


NO_TEXTS: Final = OwnWords()


def writers_at_least(beside: Iterable[bool]) -> int:
    """So many different people wrote the texts of one round, at the least.

    Args:
        beside: of each text whether it was written beside the round. Of either kind everybody has at most one, so that
            two of one kind have two writers; one of each can be of one person.
    """
    kinds = Counter(beside)
    return max(kinds.values(), default=0)


def choose(texts: Sequence[tuple[str, bool]], *, writers: int) -> OwnWords | None:
    """The texts to print, from (words, good example) in a random order; None when too few people wrote to print any.

    The same sentence twice is printed once. What is not printed is thrown away with the rest of the batch.

    Args:
        texts: of every round that may be shown.
        writers: how many different people certainly wrote, in the round with the most of them. Writers of two rounds
            can be the same people, so they are not added up (docs/decisions/0036-three-writers.md).
    """
    if writers < LEAST_WRITERS:
        return None
    printed = tuple(dict.fromkeys(texts))[:MOST_PRINTED]
    return OwnWords(
        successes=tuple(words for words, example in printed if example),
        others=tuple(words for words, example in printed if not example),
    )
