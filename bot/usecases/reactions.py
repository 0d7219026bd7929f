"""How a maandbeeld stands with what its lead said to it, and who may say something."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.usecases.access import require_lead
from bot.usecases.deps import Deps
from bot.usecases.errors import NewerMaandbeeld, NotAllowed
from bot.usecases.readers import was_asked
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.signals import Answer, Reaction, Standing, standing
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.responses import Response
from storage.work import Work

QUIET: Final = timedelta(days=92)
"""Three months without a reaction: then nothing was discussed, as far as the bot can know (content-brief §7)."""


def reaction_of(response: Response) -> Reaction:
    """A stored reaction as the core knows it."""
    return Reaction(response.place, response.about, Answer(response.answer), response.why)


def standing_of(work: Work, record: MaandbeeldRecord) -> Standing:
    """What was said to a maandbeeld, and what was not."""
    given = (reaction_of(each) for each in work.responses.of_maandbeeld(record.id))
    return standing(Maandbeeld.from_json(record.body), given)


def is_undiscussed(work: Work, deps: Deps, team_id: str) -> bool:
    """Whether nobody reacted, no talk was told of and no step agreed for three months, with something to react to."""
    records = work.maandbeelden.of_team(team_id)
    if not any(each.composed_at <= deps.now() - QUIET for each in records):
        return False
    since = deps.today() - QUIET
    heard = (work.responses.any_since, work.improvement_actions.agreed_since, work.maandbeelden.talked_since)
    return not any(each(team_id, since) for each in heard)


def reader_as_lead(work: Work, deps: Deps, *, chat_id: int, maandbeeld_id: str) -> tuple[Person, MaandbeeldRecord]:
    """The lead behind this chat and the maandbeeld, if they may react to it now.

    Raises NotAllowed for anybody else, also for a lead who was asked themselves before it was shared, and
    NewerMaandbeeld when the next one is there.
    """
    record = work.maandbeelden.get(maandbeeld_id)
    if record is None:
        raise NotAllowed
    person = require_lead(work, chat_id=chat_id, team_id=record.team_id)
    if record.shared_at is None and was_asked(work, deps, person_id=person.id, record=record):
        raise NotAllowed
    latest = work.maandbeelden.latest(record.team_id)
    if latest is None or latest.id != record.id:
        raise NewerMaandbeeld
    return person, record
