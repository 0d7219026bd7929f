"""What was erased stays erased: people after a crash halfway, and also answers after an old copy came back."""

from __future__ import annotations

from bot.usecases.answering import mark_of
from bot.usecases.deps import Deps
from bot.usecases.forget_me import erase
from storage.work import Work


def replay_erasures(deps: Deps) -> int:
    """Erase everybody who is on the list of the erased and in the database all the same; how many. Safe to repeat.

    Run it before anything is sent or opened. Who joined again after being erased is a new person, and stays. On hold,
    answers that were taken back since the copy go too. Raises UnsafeKeyFolder when the list cannot be read.
    """
    with deps.storage.begin() as work:
        again = _withdraw_again(work, deps)
        back = deps.storage.erasures.match(work.people.ids())
        for person_id in back:
            person = work.people.get(person_id)
            if person is not None:
                erase(work, deps, person)
        work.commit()
    if back or again:
        deps.storage.checkpoint()
    return len(back)


def _withdraw_again(work: Work, deps: Deps) -> bool:
    """Take back once more what was taken back since the copy that is there; whether there was anything.

    By days: what was taken back and given again on the day of the copy goes as well; it can be given once more.
    Only on hold, when nobody can answer: later an answer at the same place is a new one. How many is told to nobody.
    """
    copied_at = deps.storage.hold.copied_at
    if copied_at is None:
        return False
    places = {mark_of(round_id, slot): (round_id, slot) for round_id, slot in work.answers.places()}
    since = copied_at.astimezone(deps.zone).date()
    marks = deps.storage.erasures.match(tuple(places), since=since)
    for round_id, slot in (places[mark] for mark in marks):
        work.answers.withdraw(round_id, slot)
    return bool(marks)
