"""Balance patterns: combinations of published outcomes that are worth a question, never a conclusion.

Elements work together, and balance counts for more than any single one (DSS §4.1). The sixteen combinations are those
of the content brief (§7), read on published bands (privacy rule 7): "high" and "low" are the published band, "often" is
an option published as chosen often, and two groups differ when their published bands do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from dialogues.conversation.definition import Sector
from dialogues.insight.bands import Band

NOT_ENOUGH_TO_SAY_ALL: Final = 4
"""Below so many elements with an outcome "everything is high" says nothing. [keuze]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """The newest published outcome of one element, not older than six months."""

    band: Band | None
    """The published band; None on a tie."""
    month: str
    """Month in which it was asked, in words: "oktober 2026"."""
    sectors: Mapping[str, Band | None] = field(default_factory=dict)
    often: frozenset[str] = frozenset()
    """Options that were published as chosen often: ``communication.fixed``, ``guess`` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that a pattern may read: published outcomes, and facts about a team that are no answer."""

    practice: Mapping[str, Experience]
    """Element → outcome of the team itself."""
    strategic: Mapping[str, Experience] = field(default_factory=dict)
    """Element → outcome of the strategic audience of the area."""
    facts: frozenset[str] = frozenset()
    """The team's profile: ``size:large``, ``team:0-100`` …"""
    fading: bool = False
    """Whether the published participation fell two times in a row."""
    undiscussed: bool = False
    """Whether nobody responded and no step was agreed for months."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One published outcome that a pattern rests on."""

    element: str
    band: Band | None
    month: str
    who: str = ""
    """A sector, or ``strategic``; empty for the team."""


Condition: TypeAlias = Callable[[Picture], tuple[Ground, ...] | None]
"""What a condition rests on; None where it does not hold, nothing where it rests on a fact alone."""


@dataclass(frozen=True, slots=True)
class BalancePattern:
    """One combination; its name and question are in `dialogues.insight.patterns_nl`."""

    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern that fits a team's picture."""

    id: str
    grounds: tuple[Ground, ...]


def choose_pattern(picture: Picture, *, shown_before: str = "", asked: frozenset[str] = frozenset()) -> Found | None:
    """At most one pattern, rather one that was not shown last month; None when none fits.

    Args:
        picture: what was published.
        shown_before: id of the pattern in the previous maandbeeld; '' when it had none.
        asked: elements of this month. A pattern that rests on one of them comes before others, because the team
            has it in front of it. Further the order of the table holds; it is no order of importance.
    """
    found = find_patterns(picture)
    return min(
        found,
        key=lambda one: (one.id == shown_before, not any(ground.element in asked for ground in one.grounds)),
        default=None,
    )


def find_patterns(picture: Picture) -> tuple[Found, ...]:
    """Every pattern that fits, in the order of the table."""
    fits = ((pattern.id, pattern.when(picture)) for pattern in PATTERNS)
    return tuple(Found(name, grounds) for name, grounds in fits if grounds is not None)


def _banded(band: Band, elements: Iterable[str]) -> Condition:
    def when(picture: Picture) -> tuple[Ground, ...] | None:
        known = ((name, picture.practice.get(name)) for name in elements)
        grounds = tuple(Ground(name, band, one.month) for name, one in known if one and one.band is band)
        return grounds or None

    return when


def _low(*elements: str) -> Condition:
    """At least one of these elements was published as low."""
    return _banded(Band.LOW, elements)


def _high(*elements: str) -> Condition:
    return _banded(Band.HIGH, elements)


def _no_view(*elements: str) -> Condition:
    return _banded(Band.NO_VIEW, elements)


def _often(element: str, *options: str) -> Condition:
    """At least one of these options was published as chosen often."""

    def when(picture: Picture) -> tuple[Ground, ...] | None:
        one = picture.practice.get(element)
        return (Ground(element, one.band, one.month),) if one and one.often.intersection(options) else None

    return when


def _fact(*facts: str) -> Condition:
    return lambda picture: () if picture.facts.intersection(facts) else None


def _flag(name: str) -> Condition:
    return lambda picture: () if getattr(picture, name) else None


def _all(*conditions: Condition) -> Condition:
    def when(picture: Picture) -> tuple[Ground, ...] | None:
        grounds: dict[Ground, None] = {}
        for condition in conditions:
            some = condition(picture)
            if some is None:
                return None
            grounds.update(dict.fromkeys(some))
        return tuple(grounds)

    return when


def _any(*conditions: Condition) -> Condition:
    def when(picture: Picture) -> tuple[Ground, ...] | None:
        return next((some for condition in conditions if (some := condition(picture)) is not None), None)

    return when


def _school_does_not_know(picture: Picture) -> tuple[Ground, ...] | None:
    one = picture.practice.get("roles")
    if one is None or one.sectors.get(Sector.ONDERWIJS) is not Band.LOW:
        return None
    sure = tuple(each for each in (Sector.JGZ, Sector.WIJKTEAM) if one.sectors.get(each) is Band.HIGH)
    if not sure:
        return None
    return tuple(Ground("roles", one.sectors[each], one.month, each) for each in (Sector.ONDERWIJS, *sure))


def _two_worlds(*elements: str) -> Condition:
    """The strategic audience experiences an element otherwise than the team; of any element when none is named."""

    def when(picture: Picture) -> tuple[Ground, ...] | None:
        for name in elements or picture.practice:
            here, there = picture.practice.get(name), picture.strategic.get(name)
            if here and there and here.band and there.band and here.band is not there.band:
                return (Ground(name, here.band, here.month), Ground(name, there.band, there.month, "strategic"))
        return None

    return when


def _message_lost(picture: Picture) -> tuple[Ground, ...] | None:
    grounds = _two_worlds("leadership")(picture)
    return grounds if grounds and {ground.band for ground in grounds} == {Band.LOW, Band.HIGH} else None


def _everything_high(picture: Picture) -> tuple[Ground, ...] | None:
    every = picture.practice
    if len(every) < NOT_ENOUGH_TO_SAY_ALL or any(one.band is not Band.HIGH for one in every.values()):
        return None
    return tuple(Ground(name, one.band, one.month) for name, one in every.items())


PATTERNS: Final = (
    BalancePattern(
        "paper_ahead",
        _all(
            _any(_high("structures"), _all(_high("conditions"), _often("conditions", "conditions.deals"))),
            _low("trust", "roles"),
        ),
    ),
    BalancePattern("rests_on_people", _all(_high("trust"), _high("roles"), _low("structures"))),
    BalancePattern(
        "contact_without_contact",
        _all(_high("communication"), _often("communication", "communication.fixed"), _low("trust")),
    ),
    BalancePattern("unknown_craft", _all(_low("roles"), _fact("team:0-100", "size:large"))),
    BalancePattern("school_does_not_know", _school_does_not_know),
    BalancePattern("talk_without_result", _all(_high("process"), _low("involvement"))),
    BalancePattern("input_dries_up", _all(_low("involvement"), _flag("fading"))),
    BalancePattern("message_lost", _message_lost),
    BalancePattern("two_worlds", _two_worlds()),
    BalancePattern("talk_not_count", _all(_high("process"), _any(_low("effect"), _no_view("effect")))),
    BalancePattern("it_stands", _all(_everything_high, _flag("undiscussed"))),
    BalancePattern(
        "tired_of_starting", _all(_low("conditions"), _often("conditions", "conditions.faces"), _low("trust"))
    ),
    BalancePattern("privacy_in_the_way", _all(_low("infosharing"), _often("client", "client.data", "client.once"))),
    BalancePattern("we_think_we_know", _all(_high("client"), _often("client", "guess"))),
    BalancePattern("near_not_close", _all(_high("housing"), _low("communication"))),
    BalancePattern("willing_no_room", _all(_high("skills"), _low("conditions"))),
)
"""Content-brief §7. "The message is lost" (13) stands before "two worlds" (8), of which it is the special case."""
