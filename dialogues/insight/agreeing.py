"""What a team can agree on: small steps of the maandbeeld, those between people first; the team chooses (DSS §3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import Maandbeeld


class Owner(StrEnum):
    """Whose turn it is: a role, never somebody."""

    JGZ = "jgz"
    WIJKTEAM = "wijkteam"
    SCHOOL = "onderwijs"
    TOGETHER = "samen"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One step that the maandbeeld offers, counted from 0 in the order in which it is offered."""

    place: int
    label: str
    wanted: bool
    """Whether enough people chose it in the dialogue."""
    step_id: str = ""
    """Its id in its dialogue."""


def candidates(maandbeeld: Maandbeeld) -> tuple[Candidate, ...]:
    """The steps of all topics that were shown.

    The first step of a topic is one between people (requirement D1), so the first ones come first, over all topics;
    among equals those of the topic of the conversation question.
    """
    asked = maandbeeld.question.element if maandbeeld.question else ""
    found = [
        (rank, (element.subject or element.id) != asked, step)
        for element in maandbeeld.elements
        for rank, step in enumerate(element.steps)
    ]
    # What should become stronger is what the team looks for a step in, in a month with a closing.
    found += [(0, False, step) for step in maandbeeld.top3.steps] if maandbeeld.top3 else []
    ordered = sorted(found, key=lambda one: one[:2])
    return tuple(Candidate(place, step.label, step.wanted, step.id) for place, (_, _, step) in enumerate(ordered))


def owner_name(owner: Owner, *, team_label: str) -> str:
    """What readers call it; the wijkteam goes by its local name."""
    return team_label if owner is Owner.WIJKTEAM else phrases_nl.OWNERS[owner]
