"""Shared texts on their way to a maandbeeld: into the pool when their round is released, out of it a month later.

Both are the opener's work: it makes the key of each batch, and it alone can open the boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.usecases.deps import Deps
from bot.usecases.next_maandbeeld import rounds_to_tell
from bot.usecases.one_by_one import one_by_one
from dialogues.insight.own_words import LEAST_RESPONDENTS, OwnWords, choose, writers_at_least
from storage.errors import BrokenSeal, KeyGone
from storage.pool import Batch, SharedText, open_text, seal_texts
from storage.rounds import Round
from storage.schedules import Schedule
from storage.work import Work

BOXES_A_PERSON = 2
"""Somebody can share one text in a round, and a free topic beside it."""


def pool_texts(work: Work, deps: Deps, *, about: Round, before: Round | None, texts: Sequence[SharedText]) -> None:
    """Put the texts of a released round into the pool, among empty boxes: so many as everybody asked could fill.

    A round of a team that is too small for texts leaves nothing. Comes before the roster is dropped; the caller
    commits. A crash before that leaves a key that no batch names, which the next run destroys.
    """
    asked = sum(len(work.rounds.roster(each.id)) for each in (about, before) if each is not None)
    if asked < LEAST_RESPONDENTS:
        return
    key_id = deps.ids.new()
    public_key = deps.storage.keys.make(key_id)
    boxes = seal_texts(texts, public_key=public_key, boxes=max(asked * BOXES_A_PERSON, len(texts)))
    work.pool.add(Batch(team_id=about.team_id, number=about.number, key_id=key_id, boxes=boxes))


def release_texts(deps: Deps) -> int:
    """Take out of the pool what may be in a maandbeeld that is due; returns for how many teams. Safe to repeat."""
    with deps.storage.begin() as work:
        due = work.schedules.maandbeeld_due(deps.now())
    return one_by_one(due, partial(_release, deps))


def _release(deps: Deps, schedule: Schedule) -> bool:
    with deps.storage.begin() as work:
        if not texts_are_waiting(work, deps, schedule):
            return False
        ripe = ripe_batches(work, schedule.team_id)
        by_round = [_opened(deps, batch) for batch, _ in ripe]
        writers = max(writers_at_least(text.beside for text in each) for each in by_round)
        texts = [text for each in by_round for text in each]
        shuffled = sorted(texts, key=lambda _: deps.ids.new())
        printed = choose([(text.words, text.example) for text in shuffled], writers=writers)
        gone = [batch for batch, chances in ripe if printed is not None or chances > 1]
        for batch in gone:
            work.pool.destroy(batch)
        work.text_releases.put(schedule.team_id, (printed or OwnWords(thrown_away=bool(gone))).to_json())
        work.commit()
    for batch in gone:
        deps.storage.keys.destroy(batch.key_id)
    return True


def texts_are_waiting(work: Work, deps: Deps, schedule: Schedule) -> bool:
    """Whether a maandbeeld is about to be written for which the opener has not looked into the pool yet."""
    return (
        bool(ripe_batches(work, schedule.team_id))
        and work.text_releases.get(schedule.team_id) is None
        and bool(rounds_to_tell(work, deps, schedule))
    )


def ripe_batches(work: Work, team_id: str) -> tuple[tuple[Batch, int], ...]:
    """The batches that may be shown, each with how many maandbeelden there were since its round was published.

    The first of those told of the round itself, so from one on a batch may be shown, and from two on it is its last
    chance (privacy rule 15).
    """
    published = {each.number: each.published_at for each in work.publications.of_team(team_id)}
    composed = work.maandbeelden.composed(team_id)
    batches = (
        (batch, sum(batch.number in published and at >= published[batch.number] for at in composed))
        for batch in work.pool.of_team(team_id)
    )
    return tuple((batch, chances) for batch, chances in batches if chances)


def _opened(deps: Deps, batch: Batch) -> list[SharedText]:
    """The texts of a batch; one whose key is gone, or a damaged box, is lost and holds up nothing."""
    texts = []
    try:
        private = deps.storage.keys.private(batch.key_id)
    except KeyGone:
        return []
    for box in batch.boxes:
        try:
            text = open_text(box, private)
        except BrokenSeal:
            continue
        if text is not None:
            texts.append(text)
    return texts
