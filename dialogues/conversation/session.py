"""Where one person stands in one dialogue, as plain data that survives as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

import orjson

from dialogues.conversation.definition import Audience
from dialogues.conversation.way import Way
from dialogues.errors import BrokenSession
from dialogues.guarding.findings import Finding, Kind


@dataclass(frozen=True, slots=True)
class Written:
    """A text between typing and choosing, and after it only when its writer shares it."""

    step: str
    """The open question it was typed at."""
    words: str = field(repr=False)
    findings: tuple[Finding, ...] = ()
    """What the guard still warns about; nothing can be shared while there is any."""
    shared: bool = False
    example: bool = False
    """Whether the writer calls it a good example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The whole state of a running dialogue; holds answers, so it is only ever kept encrypted."""

    dialogue: str
    version: int
    audience: Audience
    number: int
    """Number of the round, 1-based; rotates the open question. Never a person's history."""
    facts: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    """What the placeholders stand for, fixed when the dialogue began."""
    opening: str = ""
    """What was done with the previous round; shown above the first question (DSS §3.10)."""
    sharing: bool = False
    """Whether typed texts may be offered for sharing at all."""
    way: Way = Way.FULL
    """How much of the dialogue this person has time for; fixed when it began."""
    step: str
    """The step that waits for an answer; the closing step when the dialogue has ended."""
    visit: int = 1
    """Counts the screens shown; a tap on an older screen is recognised by it."""
    path: tuple[str, ...] = ()
    """The steps visited before this one, in order."""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    switched: Mapping[str, int] = field(default_factory=dict)
    """At a multiple choice: how often each button was used in this visit, by the choice its tap carries."""
    all_shown: bool = False
    """At a multiple choice: whether "Meer" was tapped."""
    typed: tuple[str, ...] = ()
    """Open questions at which a text was typed (not the text)."""
    last_text: int = 0
    """Number of the last message that was taken as a text."""
    text: Written | None = None
    """The one text of this dialogue that is or may be shared; never there without ``sharing``."""
    ended: bool = False
    stopped: bool = False

    all_facts: frozenset[str] = field(init=False, repr=False, compare=False)
    """The facts of this person, and for each placeholder that can be filled that it is known."""

    def __post_init__(self) -> None:
        known = {f"known:{name}" for name, word in self.words.items() if word}
        object.__setattr__(self, "all_facts", self.facts | known)  # it is asked for at every option of every step

    def to_bytes(self) -> bytes:
        """The session as UTF-8 JSON."""
        data = {name: getattr(self, name) for name in _NAMES}
        data["facts"] = sorted(self.facts)
        data["text"] = asdict(self.text) if self.text else None
        return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)

    @classmethod
    def from_bytes(cls, data: bytes) -> Session:
        """Read a session back; raises BrokenSession when this version cannot."""
        try:
            plain: dict[str, Any] = orjson.loads(data)
            plain["audience"] = Audience(plain["audience"])
            plain["way"] = Way(plain.get("way", Way.FULL))
            plain["facts"] = frozenset(plain["facts"])
            plain["path"] = tuple(plain["path"])
            plain["typed"] = tuple(plain["typed"])
            plain["text"] = _written(plain.get("text"))
            plain["answers"] = {step: tuple(values) for step, values in plain["answers"].items()}
            return cls(**plain)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BrokenSession("een bewaarde stand is niet te lezen") from error


_NAMES: Final = tuple(each.name for each in fields(Session) if each.init)


def _written(plain: dict[str, Any] | None) -> Written | None:
    if plain is None:
        return None
    findings = tuple(Finding(each["start"], each["end"], Kind(each["kind"])) for each in plain.pop("findings"))
    return Written(**plain, findings=findings)
