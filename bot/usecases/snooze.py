"""Put a prompt off to a later moment inside the window; the promise is an outbox row."""

from __future__ import annotations

from datetime import datetime

from bot.usecases.access import open_round, person_of
from bot.usecases.asked import place_of
from bot.usecases.calendars import quiet_times
from bot.usecases.deps import Deps
from bot.usecases.errors import NoLongerOpen
from bot.usecases.free_moments import PUT_OFF
from dialogues.rhythm.snooze import Snooze, moment
from storage.deliveries import Delivery


def snooze(deps: Deps, *, chat_id: int, round_id: str, message_id: int, choice: Snooze) -> datetime:
    """When the prompt comes back (UTC). Snoozing twice from one message is snoozing once.

    From another message, such as the reminder, the new promise takes the place of the earlier one.

    Raises NotAllowed, or NoLongerOpen when the moment would lie past the close.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        about = open_round(work, deps, person=person, round_id=round_id)
        sector = work.rounds.sector_of(about.id, person.id) or ""
        place = place_of(work, person=person, about=about)
        assert place is not None  # noqa: S101 - who is asked in an open round is or was in a team of it
        back = moment(
            choice,
            now=deps.now(),
            closes_at=about.closes_at,
            zone=deps.zone,
            quiet=quiet_times(work, deps, person=person, team=place[0], sector=sector),
            sector=sector,
        )
        if back is None:
            raise NoLongerOpen
        key = f"prompt:{about.id}:{person.id}{PUT_OFF}{message_id}"
        waiting = work.deliveries.for_subject(about.id, "prompt")
        standing = next((each for each in waiting if each.key == key), None)
        if standing is not None:
            return standing.due_at
        work.deliveries.cancel(person.id, kind="prompt", subject=about.id)
        work.deliveries.add(
            Delivery(
                id=deps.ids.new(),
                key=key,
                person_id=person.id,
                kind="prompt",
                subject=about.id,
                due_at=back,
                valid_until=about.closes_at,
            )
        )
        work.commit()
        return back
