"""Where the cycle of a team stands: asked, shown, talked about, agreed, looked back at; and whose turn it is.

Working together is doing, trying, looking back and adjusting (DSS §4.1), so every link of that chain is shown with its
day. It is computed from what is no answer: rhythm, days of rounds, maandbeelden, what a lead did and what was agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """The five links, in order."""

    ASKED = "asked"
    SHOWN = "shown"
    TALKED = "talked"
    AGREED = "agreed"
    CHECKED = "checked"


class State(StrEnum):
    """How a link stands."""

    DONE = "done"
    RUNNING = "running"
    """It is going on now."""
    WAITING = "waiting"
    """Somebody can take it up now."""
    PLANNED = "planned"
    """It comes by itself, or after the link before it."""
    NOT_NEEDED = "not_needed"


class Turn(StrEnum):
    """Who can take a link further: a role, never somebody."""

    MEMBERS = "members"
    LEAD = "lead"
    TEAM = "team"
    """The team with its lead, in their conversation."""
    COORDINATOR = "coordinator"
    NOBODY = "nobody"
    """It comes by itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain."""

    step: Step
    state: State
    turn: Turn = Turn.NOBODY
    on: date | None = None
    """The day it was done, or until which or on which it runs; None when no day is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """All that the chain is made of; none of it depends on an answer."""

    today: date
    running: bool = True
    """Whether a rhythm was ever chosen; a pause and a stop are choices too."""
    has_lead: bool = True
    open_until: date | None = None
    """Last day of the round that is open now."""
    closed_on: date | None = None
    """Day on which the newest round closed."""
    next_question: date | None = None
    next_maandbeeld: date | None = None
    shown_on: date | None = None
    """Day of the newest maandbeeld."""
    little_to_show: bool = False
    """Whether that maandbeeld says itself that no conversation is needed; only for who read it."""
    shared_on: date | None = None
    talked_on: date | None = None
    agreed_on: date | None = None
    """Day of the step that is open, or of one that was ended since the newest maandbeeld."""
    look_back_on: date | None = None
    """Day on which the team looks back at its open step; None when there is none."""
    deciding: bool = False
    """Whether the lead was asked what the team decides about its open step, and did not say so yet."""
    decided_on: date | None = None
    """Day on which a step was stopped or kept since the newest maandbeeld."""
    check_until: date | None = None
    """Last day of the round that asks the team after its step, while it is open."""
    checked_on: date | None = None
    """Day on which such a round closed, about the step that is open."""


def links(facts: CycleFacts) -> tuple[Link, ...]:
    """The five links, in order."""
    return (_asked(facts), _shown(facts), _talked(facts), _agreed(facts), _checked(facts))


def waits_for(chain: tuple[Link, ...]) -> Link | None:
    """The first link that somebody can take up now; None when all of it goes by itself."""
    return next((link for link in chain if link.state is State.WAITING), None)


def _asked(facts: CycleFacts) -> Link:
    if facts.open_until is not None:
        return Link(Step.ASKED, State.RUNNING, Turn.MEMBERS, facts.open_until)
    if facts.closed_on is not None:
        return Link(Step.ASKED, State.DONE, on=facts.closed_on)
    if facts.running:
        return Link(Step.ASKED, State.PLANNED, on=facts.next_question)
    return Link(Step.ASKED, State.WAITING, Turn.COORDINATOR)


def _shown(facts: CycleFacts) -> Link:
    if facts.shown_on is None:
        return Link(Step.SHOWN, State.PLANNED, on=facts.next_maandbeeld)
    if facts.shared_on is not None:
        return Link(Step.SHOWN, State.DONE, on=facts.shared_on)
    return Link(Step.SHOWN, State.WAITING, Turn.LEAD if facts.has_lead else Turn.COORDINATOR, facts.shown_on)


def _talked(facts: CycleFacts) -> Link:
    if facts.shown_on is None:
        return Link(Step.TALKED, State.PLANNED)
    if facts.talked_on is not None:
        return Link(Step.TALKED, State.DONE, on=facts.talked_on)
    if facts.little_to_show:
        return Link(Step.TALKED, State.NOT_NEEDED)
    return Link(Step.TALKED, State.WAITING, Turn.TEAM)


def _agreed(facts: CycleFacts) -> Link:
    if facts.agreed_on is not None:
        return Link(Step.AGREED, State.DONE, on=facts.agreed_on)
    if facts.talked_on is not None:
        return Link(Step.AGREED, State.WAITING, Turn.TEAM)
    if facts.little_to_show:
        return Link(Step.AGREED, State.NOT_NEEDED)
    return Link(Step.AGREED, State.PLANNED)


def _checked(facts: CycleFacts) -> Link:
    if facts.check_until is not None:
        return Link(Step.CHECKED, State.RUNNING, Turn.MEMBERS, facts.check_until)
    if facts.look_back_on is not None:
        if facts.deciding or facts.look_back_on <= facts.today:
            return Link(Step.CHECKED, State.WAITING, Turn.TEAM, facts.checked_on or facts.look_back_on)
        return Link(Step.CHECKED, State.PLANNED, on=facts.look_back_on)
    if facts.decided_on is not None:
        return Link(Step.CHECKED, State.DONE, on=facts.decided_on)
    return Link(Step.CHECKED, State.PLANNED)
