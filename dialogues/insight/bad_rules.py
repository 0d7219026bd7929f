"""Three publication rules that look reasonable and give answers away: an audit must find all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dialogues.insight.audit import PublishRule
from dialogues.insight.bands import Band
from dialogues.insight.publication import FLOOR, Publication, Rule, publish

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a made-up rule says."""

    what: tuple[str, ...]

    def texts(self) -> tuple[str, ...]:
        """Everything a reader sees."""
        return self.what


def exact_from_floor(counts: Counts, _rule: object) -> Said:
    """The classic threshold: exact counts from five respondents."""
    team = _team(counts)
    return Said((str(team) if sum(team) >= FLOOR else "te weinig",))


def without_complement(counts: Counts, _rule: object) -> Publication:
    """Every sector of five is shown, however small the rest that can be subtracted."""
    own = {name: publish({name: row}, Rule.WORDS).band for name, row in counts.items() if sum(row.values()) >= FLOOR}
    return Publication(rule=Rule.WORDS, band=publish(counts, Rule.WORDS).band, sectors=own)


def label_beside_total(counts: Counts, _rule: object) -> Said:
    """Exact totals where they are safe by themselves, and whether the first sector stands out from them."""
    shown = publish(counts, Rule.COUNTS)
    team = _team(counts)
    first = next(iter(counts.values()))
    higher = first[Band.HIGH] * sum(team) > team[2] * sum(first.values())
    return Said((*shown.texts(), "hoger" if higher else "niet hoger"))


BAD_RULES: Final[Mapping[str, tuple[PublishRule, Mapping[str, int]]]] = {
    "vijf antwoorden genoeg voor aantallen": (exact_from_floor, {"jgz": 5}),
    "een sector zonder te letten op de rest": (without_complement, {"jgz": 5, "wijkteam": 1}),
    "een vergelijking naast precieze aantallen": (label_beside_total, {"jgz": 6, "wijkteam": 4}),
}
"""What is wrong in Dutch → the rule, and a split in which it shows."""


def _team(counts: Counts) -> list[int]:
    return [sum(row[band] for row in counts.values()) for band in Band]
