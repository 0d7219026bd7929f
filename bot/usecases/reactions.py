"""How a maandbeeld stands with what its lead said to it, and who may say something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.usecases.access import require_lead
from bot.usecases.deps import Deps
from bot.usecases.errors import NewerMaandbeeld, NotAllowed
from bot.usecases.readers import was_asked
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.signals import Answer, LeftOpen, Reaction, Signal, Standing, left_open, signals, standing
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.responses import Response
from storage.work import Work

QUIET: Final = timedelta(days=92)
"""Three months without a reaction: then nothing was discussed, as far as the bot can know (content-brief §7)."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The maandbeeld before the newest, and what of it can still be answered."""

    record: MaandbeeldRecord
    month: str
    left: LeftOpen


def reaction_of(response: Response) -> Reaction:
    """A stored reaction as the core knows it."""
    return Reaction(response.place, response.about, Answer(response.answer), response.why)


def standing_of(work: Work, record: MaandbeeldRecord) -> Standing:
    """What was said to a maandbeeld, and what was not."""
    given = (reaction_of(each) for each in work.responses.of_maandbeeld(record.id))
    return standing(Maandbeeld.from_json(record.body), given)


def earlier_of(work: Work, newest: MaandbeeldRecord) -> Earlier | None:
    """What the maandbeeld before the newest left open; None when nothing of it can be answered any more."""
    page = Maandbeeld.from_json(newest.body)
    record = work.maandbeelden.before(newest) if page.unanswered else None
    if record is None:
        return None
    before = Maandbeeld.from_json(record.body)
    left = left_open(before, page, (reaction_of(each) for each in work.responses.of_maandbeeld(record.id)))
    return Earlier(record, before.month, left) if left.signals else None


def given_to(work: Work, newest: MaandbeeldRecord, earlier: Earlier | None) -> tuple[Response, ...]:
    """What was said to the newest maandbeeld, and since then to what the one before left open; the newest first."""
    late = {each.place for each in earlier.left.reactions} if earlier else set()
    before = work.responses.of_maandbeeld(earlier.record.id) if late and earlier else ()
    every = (*work.responses.of_maandbeeld(newest.id), *(each for each in before if each.place in late))
    return tuple(sorted(every, key=lambda each: each.responded_on, reverse=True))


def is_undiscussed(work: Work, deps: Deps, team_id: str) -> bool:
    """Whether nobody reacted, no talk was told of and no step agreed for three months, with something to react to."""
    records = work.maandbeelden.of_team(team_id)
    if not any(each.composed_at <= deps.now() - QUIET for each in records):
        return False
    since = deps.today() - QUIET
    heard = (work.responses.any_since, work.improvement_actions.agreed_since, work.maandbeelden.talked_since)
    return not any(each(team_id, since) for each in heard)


def reader_as_lead(work: Work, deps: Deps, *, chat_id: int, maandbeeld_id: str) -> tuple[Person, MaandbeeldRecord]:
    """The lead behind this chat and the maandbeeld, if it is the newest and they may read it.

    Raises NotAllowed for anybody else, also for a lead who was asked themselves before it was shared, and
    NewerMaandbeeld when the next one is there.
    """
    person, record = _lead_and_page(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
    latest = work.maandbeelden.latest(record.team_id)
    if latest is None or latest.id != record.id:
        raise NewerMaandbeeld
    return person, record


def reactor_to(
    work: Work, deps: Deps, *, chat_id: int, maandbeeld_id: str
) -> tuple[Person, MaandbeeldRecord, tuple[Signal, ...]]:
    """The lead behind this chat, the maandbeeld, and what of it they may react to now.

    That is all of the newest, and what is left open of the one before. Raises NotAllowed for anybody else, also for a
    lead who was asked themselves before it was shared, and NewerMaandbeeld when nothing of it is left.
    """
    person, record = _lead_and_page(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
    latest = work.maandbeelden.latest(record.team_id)
    if latest is not None and latest.id == record.id:
        return person, record, signals(Maandbeeld.from_json(record.body))
    earlier = earlier_of(work, latest) if latest is not None else None
    if earlier is None or earlier.record.id != record.id:
        raise NewerMaandbeeld
    return person, record, earlier.left.signals


def may_read(work: Work, deps: Deps, *, person_id: str, record: MaandbeeldRecord) -> bool:
    """Whether a lead may read this maandbeeld: one who was asked themselves does when the team does."""
    return record.shared_at is not None or not was_asked(work, deps, person_id=person_id, record=record)


def earlier_for(work: Work, deps: Deps, *, person_id: str, newest: MaandbeeldRecord) -> Earlier | None:
    """What the maandbeeld before the newest left open, for a lead who may read that one."""
    earlier = earlier_of(work, newest)
    if earlier is None or not may_read(work, deps, person_id=person_id, record=earlier.record):
        return None
    return earlier


def _lead_and_page(work: Work, deps: Deps, *, chat_id: int, maandbeeld_id: str) -> tuple[Person, MaandbeeldRecord]:
    record = work.maandbeelden.get(maandbeeld_id)
    if record is None:
        raise NotAllowed
    person = require_lead(work, chat_id=chat_id, team_id=record.team_id)
    if not may_read(work, deps, person_id=person.id, record=record):
        raise NotAllowed
    return person, record
