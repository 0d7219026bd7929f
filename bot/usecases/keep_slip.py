"""What a round adds to the participation of its area: one sealed slip, in the transaction of its release."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, time
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.usecases.deps import Deps
from dialogues.insight.counting import GivenAnswers
from dialogues.insight.shares import Slip
from dialogues.rhythm.working_hours import next_working_time
from storage.errors import KeyGone, KeyUnreadable, TooLong
from storage.rounds import Round
from storage.tallies import Tally, seal_slip
from storage.work import Work

MARK_BYTES: Final = 6
"""So short that hundreds of people fit on a slip, so long that two of one area do not meet."""


def keep_slip(work: Work, deps: Deps, about: Round, counting: Iterable[GivenAnswers]) -> None:
    """Seal how many of each sector were asked and answered, for the opener to read when the month is over.

    Call it once per round, before the roster is dropped; not for the start dialogue, whose roster grows while it is
    open, nor for a second chance, in which who answered the first time need not answer again. A round of a whole area
    leaves none: who answered in which of its teams is not known. A slip that cannot be made, or that comes after its
    month was published, is lost: participation never keeps a release waiting.
    """
    team = work.teams.get(about.team_id)
    month = about.closes_at.astimezone(deps.zone).strftime("%Y-%m")
    if team is None or team.scope != "team" or work.area_months.get(team.area_id, month) is not None:
        return
    tally = work.tallies.of_month(team.area_id, month) or _begin(work, deps, area_id=team.area_id, month=month)
    with suppress(KeyGone, KeyUnreadable, TooLong):
        asked: defaultdict[str, list[str]] = defaultdict(list)
        for entry in work.rounds.roster(about.id):
            asked[entry.sector].append(_mark(deps, tally, entry.person_id))
        slip = Slip(team=team.id, asked=asked, answered=Counter(given.sector for given in counting))
        work.tallies.put_slip(tally.id, seal_slip(slip.to_json(), public_key=tally.public_key))


def _begin(work: Work, deps: Deps, *, area_id: str, month: str) -> Tally:
    """Begin the month with a key from the stock; when that is empty the opener, who is working here, makes one."""
    key_id, public_key = work.keys.take() or _new_key(deps)
    first = datetime.combine(datetime.strptime(month, "%Y-%m").date(), time(), deps.zone)  # noqa: DTZ007 - only its day
    tally = Tally(
        id=deps.ids.new(),
        area_id=area_id,
        month=month,
        key_id=key_id,
        public_key=public_key,
        due_at=next_working_time(first + relativedelta(months=1), zone=deps.zone),
    )
    work.tallies.add(tally)
    return tally


def _new_key(deps: Deps) -> tuple[str, bytes]:
    key_id = deps.ids.new()
    return key_id, deps.storage.keys.make(key_id)


def _mark(deps: Deps, tally: Tally, person_id: str) -> str:
    """A mark that tells whether two rounds asked the same person, and nothing once the key is gone."""
    return urlsafe_b64encode(deps.storage.keys.mark(tally.key_id, person_id)[:MARK_BYTES]).decode()
