"""Choose one's own quiet times: parts of weekdays in which the bot does not speak first (DSS §3.2.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.calendars import away_until
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.free_moments import plan_again
from dialogues.rhythm.quiet import PARTS, SECTOR_DEFAULTS, QuietBlock, QuietTimes, block
from dialogues.rhythm.recurrence import WEEKDAYS
from storage.people import Person
from storage.work import Work

NO_PART: Final = ""
"""Instead of a part of the day: nothing of it is quiet."""


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """When the bot does not speak first to a person, as that person sees it."""

    blocks: tuple[QuietBlock, ...]
    """What holds now, by weekday and hour."""
    usual: bool
    """Whether that is the usual week of the sector, because nothing was chosen."""
    sectors: tuple[str, ...]
    """Their sectors that have a usual week."""
    never: bool
    """Whether no hour of the week is left."""
    away_until: date | None


def own_times(deps: Deps, *, chat_id: int) -> OwnTimes:
    """What holds now. Raises NotAllowed for a stranger."""
    with deps.storage.begin() as work:
        return _seen(work, deps, person_of(work, chat_id))


def set_quiet_part(deps: Deps, *, chat_id: int, weekday: str, part: str) -> OwnTimes:
    """Make one part of a weekday quiet, or nothing of it; the other days stay as they are.

    Raises NotAllowed for a stranger, and for a day or part that is not on offer.
    """
    if weekday not in WEEKDAYS or (part != NO_PART and part not in PARTS):
        raise NotAllowed
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        others = tuple(each for each in _seen(work, deps, person).blocks if each.weekday != weekday)
        chosen = others if part == NO_PART else (*others, block(weekday, part))
        return _keep(work, deps, person, tuple(each.to_word() for each in sorted(chosen, key=_place)))


def clear_quiet(deps: Deps, *, chat_id: int) -> OwnTimes:
    """Nothing is quiet any more, the usual week of the sector neither. Raises NotAllowed for a stranger."""
    with deps.storage.begin() as work:
        return _keep(work, deps, person_of(work, chat_id), ())


def use_usual_week(deps: Deps, *, chat_id: int) -> OwnTimes:
    """Let the usual week of the sector hold instead of one's own times. Raises NotAllowed for a stranger."""
    with deps.storage.begin() as work:
        return _keep(work, deps, person_of(work, chat_id), None)


def _keep(work: Work, deps: Deps, person: Person, quiet: tuple[str, ...] | None) -> OwnTimes:
    """Note the times, and move what waits for this person to the first moment that fits them."""
    chosen = replace(person, quiet=quiet)
    work.people.set_quiet(person.id, quiet)
    plan_again(work, deps, before=person, now=chosen)
    seen = _seen(work, deps, chosen)
    work.commit()
    return seen


def _seen(work: Work, deps: Deps, person: Person) -> OwnTimes:
    # Who left a team is still asked in the round that was open then, at moments of the sector they had.
    own = [each.sector for each in work.people.memberships(person.id)]
    asked_as = [work.rounds.sector_of(each.id, person.id) for each in work.rounds.open_for(person.id)]
    sectors = tuple(dict.fromkeys(each for each in (*own, *asked_as) if each and each in SECTOR_DEFAULTS))
    usual = dict.fromkeys(each for sector in sectors for each in SECTOR_DEFAULTS[sector])
    blocks = tuple(usual) if person.quiet is None else tuple(map(QuietBlock.from_word, person.quiet))
    free = QuietTimes(blocks).next_free(deps.now(), deps.zone, before=None)
    return OwnTimes(
        blocks=tuple(sorted(blocks, key=_place)),
        usual=person.quiet is None and bool(sectors),
        sectors=sectors,
        never=free is None,
        away_until=away_until(deps, person),
    )


def _place(each: QuietBlock) -> tuple[int, int, int]:
    return WEEKDAYS.index(each.weekday), each.start, each.end
