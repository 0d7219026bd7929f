"""One answer, one release: open a closed round's envelopes together, publish by the proven rule, destroy the rest.

This is the opener's work. It alone reads private keys; in production it runs as a process and user of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final

from nacl.public import PrivateKey

from bot.usecases.asked import audience_of
from bot.usecases.clear_traces import clear_traces
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.ease_rhythm import ease_after
from bot.usecases.free_moments import PUT_OFF
from bot.usecases.keep_slip import keep_slip
from bot.usecases.lost_rounds import openable
from bot.usecases.one_by_one import one_by_one
from bot.usecases.pooling import pool_texts, release_texts
from bot.usecases.readers import slots_of_readers
from bot.usecases.second_chance import LONGEST_SEALED, comes_once_more
from dialogues.conversation.definition import Audience
from dialogues.insight.counting import GivenAnswers, publish_round, respondents, respondents_enough
from dialogues.insight.own_words import LEAST_RESPONDENTS
from dialogues.insight.participation import Participation, participation
from storage.deliveries import Delivery
from storage.envelopes import Payload, open_sealed
from storage.errors import BrokenSeal, KeyGone
from storage.pool import SharedText
from storage.publications import PublishedRound
from storage.rounds import Round, RoundState
from storage.work import Work

STOCK: Final = 12
"""Key pairs kept ready at least, so that opening a round never waits for the opener."""
AHEAD: Final = timedelta(hours=1)
"""So long before rounds are due there is a key pair for each of them."""
MADE_AT_ONCE: Final = 50
"""Key pairs made in one tick at most: each is written to the disk and waits for it."""


class Outcome(StrEnum):
    """How a round ended."""

    PUBLISHED = "published"
    WAITING = "waiting"
    DESTROYED = "destroyed"


STATES: Final[dict[Outcome, RoundState]] = {
    Outcome.PUBLISHED: "published",
    Outcome.WAITING: "thin",
    Outcome.DESTROYED: "destroyed",
}


def release_due(deps: Deps) -> int:
    """Release every round whose window has passed; returns how many ended. Safe to repeat after any crash."""
    with deps.storage.begin() as work:
        due = work.rounds.closed_due(deps.now())
        none_in_stock = not work.keys.count()
    try:
        if none_in_stock:
            fill_stock(deps)  # where a copy came back whose keys are lost: with others there, those are gone, not away
        ended = one_by_one(due, partial(release_round, deps))
    finally:
        # Also when one round could not be released: the rest of the house must not wait for it.
        if due:
            deps.storage.owes_checkpoint = True
        try:
            overdue = _give_up_waiting(deps)
            fill_stock(deps)
            released = release_texts(deps)
            if overdue or released:
                deps.storage.owes_checkpoint = True
        finally:
            clear_traces(deps)  # last, so that nothing is written to the log after it was emptied
    return ended + overdue


def release_round(deps: Deps, about: Round) -> Outcome | None:
    """Release one closed round; None when another process did.

    1. Mark it ``releasing``, so that no answer is added while its envelopes are open. 2. Open them in memory, with
    those of the thin round it takes along, the newest per person. 3. In one transaction write what is published and
    delete envelopes, sessions, roster and reminders. 4. Destroy the keys. A crash before 3 does it again from 1; a
    crash after 3 leaves only keys, which the next run destroys. Raises KeyUnreadable when this process may not read a
    key that is there: the round then waits, for nothing is lost yet.
    """
    with deps.storage.begin() as work:
        if not work.rounds.set_state(about.id, state="releasing", expected=("open", "releasing")):
            return None
        work.commit()
    with deps.storage.begin() as work:
        before = _waiting_before(work, about)
        group = work.teams.get(about.team_id)
        audience = audience_of(group) if group else Audience.PRACTICE
        definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
        try:
            opened, key_gone = _opened(work, deps, about), False
            payloads = opened + _left_before(work, deps, before, opened)
        except KeyGone:
            opened, payloads, key_gone = (), (), True
        own, given = _given(opened), _given(payloads)
        enough = respondents_enough(definition, given, audience=audience, floor=about.floor)
        if enough:
            cells = publish_round(
                definition, given, audience=audience, rule=about.rule, split=about.split, floor=about.floor
            )
            outcome = Outcome.PUBLISHED
        else:
            cells = {}
            once_more = before is None and not key_gone and comes_once_more(work, deps, about)
            outcome = Outcome.WAITING if once_more else Outcome.DESTROYED
        if outcome is Outcome.PUBLISHED:
            many = respondents_enough(definition, given, audience=audience, floor=LEAST_RESPONDENTS)
            pool_texts(work, deps, about=about, before=before, texts=_shared(payloads) if many else ())
        counting = respondents(definition, own, audience=audience)
        if about.number > 0 and before is None and not key_gone:
            keep_slip(work, deps, about, counting)
        took_part = "" if key_gone else _band(about, counting, published=enough)
        if not _end(work, deps, about=about, before=before, outcome=outcome, cells=cells, took_part=took_part):
            return None
        work.commit()
    for ended in (about, before):
        if ended is not None and outcome is not Outcome.WAITING:
            deps.storage.keys.destroy(ended.key_id)
    return outcome


def _waiting_before(work: Work, about: Round) -> Round | None:
    """The thin round this one takes along; one that was given up or taken along meanwhile counts no more."""
    before = work.rounds.get(about.predecessor_id) if about.predecessor_id else None
    return before if before is not None and before.state == "thin" else None


def _given(payloads: Iterable[Payload]) -> tuple[GivenAnswers, ...]:
    """The answers to the round's own questions; a free topic beside it answers nothing."""
    return tuple(GivenAnswers(sector=each.sector, answers=each.answers) for each in payloads if not each.aside)


def _shared(payloads: Iterable[Payload]) -> tuple[SharedText, ...]:
    return tuple(SharedText(each.text, each.example, beside=each.aside) for each in payloads if each.text)


def _opened(work: Work, deps: Deps, about: Round) -> tuple[Payload, ...]:
    """The envelopes of this round itself. Raises KeyGone."""
    of_readers = slots_of_readers(work, deps, about)
    boxes = (box for slot, box in work.answers.sealed(about.id) if slot not in of_readers)
    return _readable(boxes, deps.storage.keys.private(about.key_id))


def _left_before(work: Work, deps: Deps, before: Round | None, opened: tuple[Payload, ...]) -> tuple[Payload, ...]:
    """What the thin round holds of those who did not answer again: who did counts with the newest.

    Each new envelope says which old one it replaces. Where one cannot say so, because the bot has lost its key of the
    thin round, nothing of it is taken along: rather lost than counted twice. So it is when the private key is lost.
    """
    if before is None or not all(each.instead_of for each in opened):
        return ()
    replaced = {each.instead_of for each in opened}
    with suppress(KeyGone):
        of_readers = slots_of_readers(work, deps, before)
        left = (
            box for slot, box in work.answers.sealed(before.id) if slot.hex() not in replaced and slot not in of_readers
        )
        return _readable(left, deps.storage.keys.private(before.key_id))
    return ()


def _readable(boxes: Iterable[bytes], private: PrivateKey) -> tuple[Payload, ...]:
    """What the boxes hold; a damaged one is lost, for a round must never hang on it."""
    payloads = []
    for box in boxes:
        try:
            payloads.append(open_sealed(box, private))
        except BrokenSeal:
            continue
    return tuple(payloads)


def _band(about: Round, counting: Sequence[GivenAnswers], *, published: bool) -> Participation:
    """The band of the round itself; one that was published together with a thin round had enough at any rate."""
    number = max(len(counting), about.floor) if published else len(counting)
    return participation(number, sum(about.sector_sizes.values()), about.floor)


def _end(
    work: Work,
    deps: Deps,
    *,
    about: Round,
    before: Round | None,
    outcome: Outcome,
    cells: dict[str, dict[str, Any]],
    took_part: str,
) -> bool:
    state = STATES[outcome]
    if not work.rounds.set_state(about.id, state=state, expected="releasing"):
        return False
    work.deliveries.remove_kind("reminder", subject=about.id)
    work.deliveries.remove_put_off(mark=PUT_OFF, subject=about.id)
    work.publications.add(
        PublishedRound(
            round_id=about.id,
            team_id=about.team_id,
            number=about.number,
            element=about.element,
            subject=about.subject,
            closed_at=about.closes_at,
            published_at=deps.now(),
            outcome=str(outcome),
            participation=took_part,
            dialogue_digest=about.dialogue_digest,
            cells=cells,
            changed_roster=about.few_changed,
        )
    )
    if outcome is not Outcome.PUBLISHED:
        _tell(work, deps, about, outcome)
    ease_after(work, deps, team_id=about.team_id)
    if outcome is not Outcome.WAITING:
        for ended in (about, before):
            if ended is not None:
                work.answers.destroy(ended.id)
                work.rounds.drop_roster(ended.id)
                work.rounds.set_state(ended.id, state=state, expected=("thin", state))
    return True


def _tell(work: Work, deps: Deps, about: Round, outcome: Outcome) -> None:
    """Members and leads get the same sentence; nobody is told how many there were."""
    readers = [entry.person_id for entry in work.rounds.roster(about.id)]
    readers += [person.id for person, _ in work.people.team_members(about.team_id, role="lead")]
    for person_id in readers:
        work.deliveries.add(
            Delivery(
                id=deps.ids.new(),
                key=f"{outcome}:{about.id}:{person_id}",
                person_id=person_id,
                kind=str(outcome),
                subject=about.id,
                due_at=deps.now(),
            )
        )


def _give_up_waiting(deps: Deps) -> int:
    """Destroy thin rounds whose second round cannot close in time, or whose key was lost: what waits never opens."""
    ended = []
    with deps.storage.begin() as work:
        thin, oldest = work.rounds.thin_before(deps.now()), deps.now() - LONGEST_SEALED
        there = openable(work, deps.storage.keys) if thin else frozenset()
        for about in thin:
            over = about.opens_at < oldest or about.key_id not in there
            if over and work.rounds.set_state(about.id, state="destroyed", expected="thin"):
                _tell(work, deps, about, Outcome.DESTROYED)
                work.answers.destroy(about.id)
                work.rounds.drop_roster(about.id)
                ended.append(about)
        work.commit()
    for about in ended:
        deps.storage.keys.destroy(about.key_id)
    return len(ended)


def fill_stock(deps: Deps) -> None:
    """Make key pairs for the rounds that come and a few more; files first, so that a public key has its private one.

    One without it is from a copy of the database that came back, and goes: a round that took it would stay shut. Raises
    UnsafeKeyFolder while the disk with the keys is away.
    """
    with deps.storage.begin() as work:
        work.keys.drop(work.keys.unused() - openable(work, deps.storage.keys))
        missing = STOCK + work.schedules.number_due(deps.now() + AHEAD) - work.keys.count()
        for _ in range(min(missing, MADE_AT_ONCE)):
            key_id = deps.ids.new()
            work.keys.add(key_id, deps.storage.keys.make(key_id))
        work.commit()
