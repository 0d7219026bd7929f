"""Which shared texts a maandbeeld may show: enough of them, at most three, nobody's (privacy rule 15)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

LEAST_RESPONDENTS: Final = 8
"""Texts of a round count only when so many people gave it an answer that counts."""
LEAST_TEXTS: Final = 3
"""Fewer texts are not shown: their writers could be guessed."""
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


def choose(texts: Sequence[tuple[str, bool]]) -> OwnWords | None:
    """The texts to print, from (words, good example) in a random order; None when there are too few to print any.

    The same sentence twice is printed once. What is not printed is thrown away with the rest of the batch.
    """
    if len(texts) < LEAST_TEXTS:
        return None
    printed = tuple(dict.fromkeys(texts))[:MOST_PRINTED]
    return OwnWords(
        successes=tuple(words for words, example in printed if example),
        others=tuple(words for words, example in printed if not example),
    )
