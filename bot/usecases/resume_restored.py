"""An old copy of the database comes back: what is lost is told, nobody who was erased returns, nothing is sent yet."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.lost_rounds import end_lost
from bot.usecases.replay_erasures import replay_erasures
from storage.rounds import Round
from storage.work import Work


@dataclass(frozen=True, slots=True)
class LostRound:
    """A round whose keys are gone: it was released, or the key folder is another one."""

    team: str
    title: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What an administrator should know before the product goes on."""

    erased: int
    """People who had been erased since the copy, and are erased again."""
    listed: bool
    """Whether there is a list of the erased; without one whoever was erased since the copy may be back."""
    lost: tuple[LostRound, ...]
    waiting: int
    """Messages that waited when the copy was made; some may have been sent since."""


def take_over(deps: Deps) -> Restored:
    """Make an old copy fit this installation. Safe to repeat; nothing is sent.

    Envelopes that no key opens are destroyed, and their rounds end at once: the next release tells everybody who was
    asked. With two users this one sees only its own half of a key; the opener looks at the other when it starts. Keys
    in stock go too: what the copy holds of them was used or destroyed since, and the opener makes others; rounds wait
    for them. Raises UnsafeKeyFolder when the list of the erased cannot be read.
    """
    erased = replay_erasures(deps)
    with deps.storage.begin() as work:
        keys = deps.storage.keys.whole()
        lost = tuple(_end(work, deps, each) for each in work.rounds.with_keys() if each.key_id not in keys)
        work.keys.drop(work.keys.unused())
        waiting = work.deliveries.waiting()
        work.commit()
    deps.storage.checkpoint()
    return Restored(erased=erased, listed=deps.storage.erasures.is_there(), lost=lost, waiting=waiting)


def go_on(deps: Deps, *, send: bool) -> int:
    """End the hold; ``send``: whether what waited in the copy goes out after all. Gives how many do not.

    What waits is settled before the hold ends, so that a crash in between sends nothing; and so is what a restore that
    was cut short had not come to. Raises UnsafeKeyFolder when the list of the erased cannot be read.
    """
    take_over(deps)
    dropped = 0
    if not send:
        with deps.storage.begin() as work:
            dropped = work.deliveries.expire_waiting(at=deps.now())
            work.commit()
    deps.storage.hold.end()
    return dropped


def _end(work: Work, deps: Deps, about: Round) -> LostRound:
    end_lost(work, deps, about)
    team = work.teams.get(about.team_id)
    definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
    return LostRound(team=team.name if team else "", title=definition.title)
