"""Whoever was erased stays erased: after a crash halfway, and after an old copy of the database came back."""

from __future__ import annotations

from bot.usecases.deps import Deps
from bot.usecases.forget_me import erase


def replay_erasures(deps: Deps) -> int:
    """Erase everybody who is on the list of the erased and in the database all the same; how many. Safe to repeat.

    Run it before anything is sent or opened. Who joined again after being erased is a new person, and stays.
    Raises UnsafeKeyFolder when the list cannot be read.
    """
    with deps.storage.begin() as work:
        back = deps.storage.erasures.match(work.people.ids())
        for person_id in back:
            person = work.people.get(person_id)
            if person is not None:
                erase(work, deps, person)
        work.commit()
    if back:
        deps.storage.checkpoint()
    return len(back)
