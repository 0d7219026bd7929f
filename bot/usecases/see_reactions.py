"""What a lead can react to: the newest maandbeeld, and on top of it what is still open of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.reactions import Earlier, earlier_for, may_read, reactor_to, standing_of
from bot.usecases.respond import stop_typing
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.signals import Reaction, Signal, signals
from storage.maandbeelden import MaandbeeldRecord
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Answerable:
    """One signal, and what was said to it."""

    signal: Signal
    reaction: Reaction | None
    maandbeeld_id: str
    month: str = ""
    """Of which month it is, for one of an earlier maandbeeld."""


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """A topic to which nothing was said."""

    title: str
    month: str = ""
    """Of which month it is, for one of an earlier maandbeeld."""


@dataclass(frozen=True, slots=True)
class Reacting:
    """The newest maandbeeld as its lead reacts to it."""

    maandbeeld_id: str
    month: str
    lead_label: str
    signals: tuple[Answerable, ...]
    open: tuple[OpenTopic, ...]
    shared: bool
    read_on: date | None
    """The day of the next question, at which the team reads it; None when none is planned."""


def see_reactions(deps: Deps, *, chat_id: int, maandbeeld_id: str, typing_goes_on: bool = False) -> Reacting:
    """Everything that can be reacted to, the same from the buttons of either maandbeeld.

    Raises NotAllowed, or NewerMaandbeeld where nothing is left open. What was being typed is forgotten, unless
    ``typing_goes_on``: where this is only shown again.
    """
    with deps.storage.begin() as work:
        person, record, _ = reactor_to(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        if not typing_goes_on:
            stop_typing(work, person)
        newest = work.maandbeelden.latest(record.team_id) or record
        earlier = earlier_for(work, deps, person_id=person.id, newest=newest)
        reads = may_read(work, deps, person_id=person.id, record=newest)
        shown = _reacting(work, deps, page=newest if reads else record, newest=reads, earlier=earlier)
        work.commit()
        return shown


def _reacting(work: Work, deps: Deps, *, page: MaandbeeldRecord, newest: bool, earlier: Earlier | None) -> Reacting:
    """``newest``: whether the page is the newest one; a lead may read only the one before."""
    team = work.teams.get(page.team_id)
    if team is None:
        raise NotAllowed
    maandbeeld = Maandbeeld.from_json(page.body)
    answerable = _left(earlier) if earlier else ()
    if newest:
        given = {each.place: each for each in standing_of(work, page).reactions}
        answerable += tuple(Answerable(each, given.get(each.place), page.id) for each in signals(maandbeeld))
    schedule = work.schedules.get(page.team_id)
    due = schedule.next_due_at if schedule and not schedule.sleeps else None
    return Reacting(
        maandbeeld_id=page.id,
        month=maandbeeld.month,
        lead_label=team.lead_label,
        signals=answerable,
        open=still_open(work, page if newest else None, earlier),
        shared=page.shared_at is not None,
        read_on=due.astimezone(deps.zone).date() if due else None,
    )


def _left(earlier: Earlier) -> tuple[Answerable, ...]:
    given = {each.place: each for each in earlier.left.reactions}
    record, month = earlier.record, earlier.month
    return tuple(Answerable(each, given.get(each.place), record.id, month) for each in earlier.left.signals)


def still_open(work: Work, newest: MaandbeeldRecord | None, earlier: Earlier | None) -> tuple[OpenTopic, ...]:
    """To what nothing was said yet: of the maandbeeld before the newest, and then of the newest itself."""
    before = tuple(OpenTopic(each, earlier.month) for each in earlier.left.open) if earlier else ()
    now = standing_of(work, newest).open if newest else ()
    return (*before, *(OpenTopic(each) for each in now))
