"""When a month is over: open its slips together, publish a band per sector of the area, destroy the rest."""

from __future__ import annotations

import secrets
from datetime import date
from functools import partial
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.usecases.changes import note_change, tell_change
from bot.usecases.deps import Deps
from bot.usecases.one_by_one import one_by_one
from dialogues.insight.groups import SECTORS
from dialogues.insight.shares import Share, Shares, Slip, education_falls_behind, publish_shares
from storage.errors import BrokenSeal, KeyGone
from storage.tallies import AreaMonth, Tally, open_slip
from storage.work import Work

CHANCE_OF_MORE: Final = 3
"""One in three that a deviation grows by one more person; so half of the months have none at all."""


def publish_due_participation(deps: Deps) -> int:
    """Publish every month that is over; returns how many. The opener's work. Safe to repeat after any crash."""
    with deps.storage.begin() as work:
        due = work.tallies.due(deps.now())
    try:
        return one_by_one(due, partial(_publish, deps))
    finally:
        if due:
            deps.storage.checkpoint()


def _publish(deps: Deps, tally: Tally) -> bool:
    """One area and month, in one transaction; False when another process did it.

    A crash before the commit leaves slips and key for the next run; a crash after it leaves only the key, which the
    release destroys. Raises KeyUnreadable when this process may not read the key: then the month waits.
    """
    with deps.storage.begin() as work:
        slips = _opened(work, deps, tally)
        if not work.tallies.end(tally.id):
            return False
        shares = publish_shares(slips, {sector: deviation() for sector in SECTORS})
        work.area_months.add(
            AreaMonth(
                area_id=tally.area_id,
                month=tally.month,
                shares={sector: share or "" for sector, share in shares.items()},
                published_at=deps.now(),
            )
        )
        _tell_when_education_falls_behind(work, deps, tally, shares)
        work.commit()
    deps.storage.keys.destroy(tally.key_id)
    return True


def _opened(work: Work, deps: Deps, tally: Tally) -> tuple[Slip, ...]:
    """All readable slips of the month; none when the key is lost: then the month publishes nothing."""
    try:
        private = deps.storage.keys.private(tally.key_id)
    except KeyGone:
        return ()
    slips = []
    for box in work.tallies.slips(tally.id):
        try:
            slips.append(Slip.from_json(open_slip(box, private)))
        except (BrokenSeal, ValueError, KeyError, TypeError):
            continue
    return tuple(slips)


def _tell_when_education_falls_behind(work: Work, deps: Deps, tally: Tally, shares: Shares) -> None:
    """Let the coordinators know, once; in the transaction that publishes the month."""
    this_month = date.fromisoformat(f"{tally.month}-01")
    before, previous = (
        _shares_of(work, tally.area_id, this_month - relativedelta(months=months_ago)) for months_ago in (2, 1)
    )
    if education_falls_behind(before, previous, shares):
        change_id = note_change(work, deps, area_id=tally.area_id, kind="education_behind")
        coordinators = work.people.coordinators(tally.area_id)
        tell_change(work, deps, change_id=change_id, person_ids=[person.id for person in coordinators])


def _shares_of(work: Work, area_id: str, month: date) -> Shares:
    """What an earlier month published; nothing where it published nothing."""
    published = work.area_months.get(area_id, f"{month:%Y-%m}")
    shares = published.shares if published else {}
    return {sector: Share(share) if share else None for sector, share in shares.items()}


def deviation() -> int:
    """By how many persons to deviate: 0 in half of all cases, further away three times as rare with each person.

    The difference of two throws that each go on with one chance in three. It has no bounds, so no band ever proves
    anything about anybody (docs/decisions/0006-participation.md).
    """
    return _throws() - _throws()


def _throws() -> int:
    number = 0
    while secrets.randbelow(CHANCE_OF_MORE) == 0:
        number += 1
    return number
