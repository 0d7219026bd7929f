"""What the outbox must send now, and what became of it. Sending itself is the chat's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.feedback import opening_for
from bot.usecases.roster import roster_changed
from bot.usecases.wording import words_for
from dialogues.conversation.presenting import fill
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.rhythm.snooze import Snooze, choices
from dialogues.rhythm.working_hours import is_working_time, next_working_day, next_working_time
from storage.deliveries import Delivery, FinalState
from storage.errors import KeyGone
from storage.people import Person
from storage.work import Work

LEASE: Final = timedelta(minutes=2)
"""A send that is not confirmed within this time is tried once more by whoever comes first."""
KEEP_FINISHED: Final = timedelta(days=30)
PUT_OFF: Final = ":after:"
"""In the key of a prompt that comes back because its person asked for it."""
BOT_INITIATIVE: Final = frozenset({"prompt", "reminder", "maandbeeld", "shared", "waiting", "destroyed"})


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """An invitation to two minutes of reflection, or the one reminder of it."""

    round_id: str
    title: str
    summary: str
    opening: str
    members: int
    lead_label: str
    closes_at: datetime
    snoozes: tuple[Snooze, ...]
    reminder: bool
    changed: bool
    """Whether other people are asked than the last time."""


@dataclass(frozen=True, slots=True)
class MaandbeeldMessage:
    """A maandbeeld for its lead, or for a member it was shared with."""

    maandbeeld_id: str
    maandbeeld: Maandbeeld
    for_lead: bool


@dataclass(frozen=True, slots=True)
class ThinMessage:
    """The honest sentence after too few answers, the same for everybody."""

    title: str
    team: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """No words: the person has answered already, or is busy doing so.

    It goes the way of a message all the same, so that its row never tells who had answered (privacy rule 10).
    """


Message: TypeAlias = PromptMessage | MaandbeeldMessage | ThinMessage | Nothing


@dataclass(frozen=True, slots=True)
class Sending:
    """One message for one chat."""

    delivery_id: str
    chat_id: int
    message: Message


def lease_due(deps: Deps, *, limit: int) -> tuple[Sending, ...]:
    """Take up to ``limit`` due rows and turn them into messages.

    A row whose moment has passed (round closed, member gone) ends here without a message. Outside working hours
    nothing is taken but what a person asked for themselves; such rows wait for the next working moment.
    """
    with deps.storage.begin() as work:
        now = deps.now()
        leased = work.deliveries.lease(now, until=now + LEASE, limit=limit)
        sendings = []
        prompted: set[str] = set()
        for delivery in leased:
            if delivery.kind in BOT_INITIATIVE and not is_working_time(now, zone=deps.zone):
                work.deliveries.postpone(delivery.id, due_at=next_working_time(now, zone=deps.zone))
                continue
            if _is_one_too_many(work, deps, delivery, prompted):
                work.deliveries.postpone(delivery.id, due_at=next_working_day(now, zone=deps.zone))
                continue
            person = work.people.get(delivery.person_id)
            message = _message(work, deps, delivery, person) if person and person.reachable else None
            if person is None or message is None:
                work.deliveries.mark(delivery.id, state=_without_sending(delivery, person), at=_done_at(delivery, now))
            else:
                if isinstance(message, PromptMessage):
                    prompted.add(person.id)
                sendings.append(Sending(delivery.id, person.chat_id, message))
        work.commit()  # also when nothing was taken: what has expired is marked
        return tuple(sendings)


def mark_sent(deps: Deps, *, delivery_id: str) -> None:
    """The message arrived. A reminder is marked the same whether it was sent or not (privacy rule 10)."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is not None:
            state: FinalState = "done" if delivery.kind == "reminder" else "sent"
            work.deliveries.mark(delivery_id, state=state, at=_done_at(delivery, deps.now()))
            work.commit()


def mark_unreachable(deps: Deps, *, delivery_id: str) -> None:
    """Telegram says this chat cannot be reached: nothing more is sent to it until the next /start."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is not None:
            work.deliveries.mark(delivery_id, state="unreachable", at=deps.now())
            work.people.set_reachable(delivery.person_id, False)
            work.commit()


def try_again(deps: Deps, *, delivery_id: str, after: timedelta) -> None:
    """The message may not have arrived: put it back, to be sent with the same text."""
    with deps.storage.begin() as work:
        work.deliveries.postpone(delivery_id, due_at=deps.now() + after)
        work.commit()


def move_chat(deps: Deps, *, chat_id: int, new_chat_id: int) -> None:
    """Telegram gave this chat another number."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is not None:
            work.people.set_chat(person.id, new_chat_id)
            work.commit()


def reachable_again(deps: Deps, *, chat_id: int) -> None:
    """The person came back with /start."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is not None and not person.reachable:
            work.people.set_reachable(person.id, True)
            work.commit()


def _is_one_too_many(work: Work, deps: Deps, delivery: Delivery, prompted: set[str]) -> bool:
    """Whether this prompt would be the second of the day, over all of a person's teams (privacy rule 19).

    One that the person put off comes back as promised, whatever else the day brings.
    """
    if delivery.kind != "prompt" or PUT_OFF in delivery.key:
        return False
    if delivery.person_id in prompted:
        return True
    midnight = deps.now().astimezone(deps.zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return work.deliveries.sent_since(delivery.person_id, kind="prompt", since=midnight, not_about=delivery.subject)


def _done_at(delivery: Delivery, now: datetime) -> datetime:
    """When a row counts as done: for invitations when they were due, because the moment of sending would tell."""
    return delivery.due_at if delivery.kind in {"prompt", "reminder"} else now


def _without_sending(delivery: Delivery, person: Person | None) -> FinalState:
    if delivery.kind == "reminder":
        return "done"
    return "expired" if person is None or person.reachable else "unreachable"


def _message(work: Work, deps: Deps, delivery: Delivery, person: Person) -> Message | None:
    if delivery.kind in {"prompt", "reminder"}:
        return _prompt(work, deps, delivery, person)
    if delivery.kind in {"maandbeeld", "shared"}:
        record = work.maandbeelden.get(delivery.subject)
        if record is None:
            return None
        return MaandbeeldMessage(record.id, Maandbeeld.from_json(record.body), for_lead=delivery.kind == "maandbeeld")
    published = work.publications.get(delivery.subject)
    team = work.teams.get(published.team_id) if published else None
    if published is None or team is None:
        return None
    return ThinMessage(
        definition_of(work, deps, element=published.element, digest=published.dialogue_digest).title,
        team.name,
        waiting=delivery.kind == "waiting",
    )


def _prompt(work: Work, deps: Deps, delivery: Delivery, person: Person) -> PromptMessage | Nothing | None:
    about = work.rounds.get(delivery.subject)
    if about is None or about.state != "open" or about.closes_at <= deps.now():
        return None
    if not work.rounds.on_roster(about.id, person.id):
        return None
    reminder = delivery.kind == "reminder"
    try:
        slot = deps.storage.keys.slot(about.key_id, person.id)
    except KeyGone:
        return None
    if work.answers.has(about.id, slot) or work.answers.session(about.id, slot) is not None:
        return Nothing()
    team = work.teams.get(about.team_id)
    area = work.teams.area(team.area_id) if team else None
    if team is None or area is None:
        return None
    definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
    words = words_for(deps, team=team, area=area, definition=definition, about=about, name=person.name)
    sector = next((entry.sector for entry in work.rounds.roster(about.id) if entry.person_id == person.id), "")
    return PromptMessage(
        round_id=about.id,
        title=definition.title,
        summary=fill(definition.summary, words),
        opening=opening_for(work, deps, team=team, about=about),
        members=sum(about.sector_sizes.values()),
        lead_label=team.lead_label,
        closes_at=about.closes_at,
        snoozes=choices(now=deps.now(), closes_at=about.closes_at, zone=deps.zone, sector=sector),
        reminder=reminder,
        changed=roster_changed(work, about),
    )
