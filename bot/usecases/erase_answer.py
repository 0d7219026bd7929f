"""Take back what one answered in rounds that have not been published yet, and stay a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.usecases.access import person_of
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.forget_me import withdraw_answers
from storage.people import Person
from storage.rounds import Round
from storage.work import Work


@dataclass(frozen=True, slots=True)
class AskedRound:
    """A round that asks this person. Says nothing about whether they answered."""

    round_id: str
    title: str
    team: str
    closes_at: datetime
    open: bool
    """Whether it can be answered (again) now; if not, its answers wait for a second chance or for the release."""


def asked_rounds(deps: Deps, *, chat_id: int) -> tuple[AskedRound, ...]:
    """The rounds in which there may be an answer of this person, first to close first. Raises NotAllowed."""
    with deps.storage.begin() as work:
        return rounds_asking(work, deps, person_of(work, chat_id))


def erase_answer(deps: Deps, *, chat_id: int) -> tuple[AskedRound, ...]:
    """Erase envelopes, the texts in them and running dialogues of this person; the rounds they were erased from.

    The same for who answered and who did not, and no row tells afterwards. All rounds at once: an answer that waits for
    a second chance would otherwise count again when the newer one goes. The list of the erased has them before the
    commit, so that a copy of the database does not bring them back. Raises NotAllowed for a stranger.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        deps.storage.erasures.add(*withdraw_answers(work, deps, person), on=deps.today())
        asked = rounds_asking(work, deps, person)
        work.commit()
    deps.storage.clear_soon()
    return asked


def rounds_asking(work: Work, deps: Deps, person: Person) -> tuple[AskedRound, ...]:
    """Every round that has this person on its roster, with the words for it."""
    return tuple(_asked(work, deps, about) for about in work.rounds.asking(person.id))


def _asked(work: Work, deps: Deps, about: Round) -> AskedRound:
    team = work.teams.get(about.team_id)
    return AskedRound(
        round_id=about.id,
        title=definition_of(work, deps, element=about.element, digest=about.dialogue_digest).title,
        team=team.name if team else "",
        closes_at=about.closes_at,
        open=about.state == "open" and about.closes_at > deps.now(),
    )
