"""What it costs to open the envelopes of a round together, count, publish and destroy: seconds of processor."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.team import Player
from bench.town import TUESDAY, StoppedClock, build, deps_in, open_rounds
from bot.usecases.deps import Deps
from bot.usecases.release_round import Outcome, release_round
from storage.envelopes import open_sealed, seal
from storage.rounds import Round

MARK: Final = 50.0
"""Milliseconds of processor."""
ENVELOPES: Final = 25
ANSWERS: Final = 8
SCORES: Final = ("1", "2", "4", "5", "unknown")


def releases(*, rounds: int = 8) -> list[Figure]:
    """Release one round of twenty-five after the other."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), teams=rounds, members=ENVELOPES)
        open_rounds(Path(folder))
        clock = StoppedClock(TUESDAY)
        deps = deps_in(Path(folder), clock)
        with deps.storage.begin() as work:
            every = work.rounds.closed_due(TUESDAY + timedelta(days=60))
        for about in every:
            _answer(deps, about)
        clock.moment = max(each.closes_at for each in every)
        spent = [_cpu_of(deps, about) for about in every]
        deps.storage.engine.dispose()
    return [
        Figure(
            what=f"{ENVELOPES} enveloppen met {ANSWERS} antwoorden openen en uitgeven (processortijd)",
            measured=statistics.median(spent) * 1000,
            unit="ms",
            mark=MARK,
        )
    ]


def _answer(deps: Deps, about: Round) -> None:
    """An envelope of everybody who is asked: what one person taps in the dialogue, with other scores and filled up."""
    with deps.storage.begin() as work:
        first, *_ = work.rounds.roster(about.id)
        person = work.people.get(first.person_id)
    assert person is not None
    Player(deps, person.chat_id).play()
    keys = deps.storage.keys
    with deps.storage.begin() as work:
        ((_, box),) = work.answers.sealed(about.id)
        given = open_sealed(box, keys.private(about.key_id))
        assert "statement" in given.answers
        more = {f"more_{number}": ("1",) for number in range(ANSWERS - len(given.answers))}
        for entry, score in zip(work.rounds.roster(about.id), cycle(SCORES)):
            answers = {**given.answers, "statement": (score,), **more}
            sealed = seal(replace(given, sector=entry.sector, answers=answers), public_key=about.public_key)
            work.answers.put(about.id, slot=keys.slot(about.key_id, entry.person_id), sealed=sealed)
        work.commit()


def _cpu_of(deps: Deps, about: Round) -> float:
    begun = time.process_time()
    outcome = release_round(deps, about)
    spent = time.process_time() - begun
    assert outcome is Outcome.PUBLISHED
    return spent
