"""How often the guard finds what it should, and how often it warns for nothing, on invented sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from dialogues.guarding.cleaning import clean
from dialogues.guarding.findings import Kind
from dialogues.guarding.guard import guard

SENTENCES: Final = Path(__file__).with_name("sentences.yaml")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    number: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded to a whole number; 0 of nothing is 0."""
        return round(100 * self.number / self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came out, and the sentences it went wrong on."""

    found: Share
    """Of the things that should be found."""
    by_kind: Mapping[Kind, Share]
    false_alarms: Share
    """Clean sentences with a warning, of all clean sentences."""
    sentences: int
    """On how many sentences it was tried."""
    missed: Sequence[str]
    alarmed: Sequence[str]

    def to_json(self) -> str:
        """The figures and the sentences, for programs."""
        plain = {
            "found": asdict(self.found),
            "by_kind": {kind.value: asdict(share) for kind, share in self.by_kind.items()},
            "false_alarms": asdict(self.false_alarms),
            "missed": list(self.missed),
            "alarmed": list(self.alarmed),
        }
        return json.dumps(plain, ensure_ascii=False)


@cache
def measure(path: Path = SENTENCES) -> Measurement:
    """Try the guard on every sentence of a file in the form of ``sentences.yaml``."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = {
        text: frozenset(each.kind for each in guard(clean(text), people=content["people"], places=content["places"]))
        for text in (*content["clean"], *(each["text"] for each in content["found"]))
    }
    wanted = [(Kind(kind), each["text"]) for each in content["found"] for kind in each["kinds"]]
    missed = [(kind, text) for kind, text in wanted if kind not in kinds[text]]
    return Measurement(
        found=Share(len(wanted) - len(missed), len(wanted)),
        by_kind={
            kind: Share(
                sum(1 for each in wanted if each[0] is kind and each not in missed),
                sum(1 for each in wanted if each[0] is kind),
            )
            for kind in Kind
        },
        false_alarms=Share(sum(bool(kinds[text]) for text in content["clean"]), len(content["clean"])),
        sentences=len(kinds),
        missed=tuple(text for _, text in missed),
        alarmed=tuple(text for text in content["clean"] if kinds[text]),
    )
