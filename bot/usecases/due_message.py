"""A row of the outbox as the message it stands for, in today's words; what is said is never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from bot.usecases.ask_for_response import ASK, AskForResponse, asking_message
from bot.usecases.ask_to_decide import DECIDE, AskToDecide, deciding_message
from bot.usecases.asked import place_of
from bot.usecases.asking_after import asks_no_more, step_words
from bot.usecases.calendars import quiet_times
from bot.usecases.changes import NOTICE, NoticeMessage, notice_of
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.feedback import opening_for
from bot.usecases.promises import is_new
from bot.usecases.roster import roster_changed
from bot.usecases.send_aside import KINDS as OUTSIDE_ROUNDS
from bot.usecases.send_aside import OutsideRounds, message_outside_rounds
from bot.usecases.wording import words_for
from dialogues.conversation.presenting import fill
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.rhythm.snooze import Snooze, choices
from storage.deliveries import Delivery
from storage.errors import KeyGone
from storage.people import Person
from storage.work import Work

COORDINATORS: Final = "coördinatoren van het gebied"


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """An invitation to two minutes of reflection, or the one reminder of it."""

    round_id: str
    title: str
    summary: str
    opening: str
    members: int
    lead_label: str
    """To whom the overview goes, as in "de teamleider"; for a whole area its coordinators."""
    closes_at: datetime
    snoozes: tuple[Snooze, ...]
    reminder: bool
    changed: bool
    """Whether other people are asked than the last time."""
    new_team: bool
    """Whether nothing of this team was published yet; then its overview is in words only."""


@dataclass(frozen=True, slots=True)
class MaandbeeldMessage:
    """A maandbeeld for its lead, or for a member it was shared with."""

    maandbeeld_id: str
    maandbeeld: Maandbeeld
    for_lead: bool
    shared: bool
    """Whether the team has it already."""


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


Message: TypeAlias = (
    PromptMessage
    | MaandbeeldMessage
    | ThinMessage
    | NoticeMessage
    | AskForResponse
    | AskToDecide
    | OutsideRounds
    | Nothing
)


def message_of(work: Work, deps: Deps, delivery: Delivery, person: Person) -> Message | None:
    """What this row says to this person now; None when there is nothing to say any more."""
    if delivery.kind in {"prompt", "reminder"}:
        return _prompt(work, deps, delivery, person)
    if delivery.kind in {"maandbeeld", "shared"}:
        return _maandbeeld(work, delivery, person)
    if delivery.kind == NOTICE:
        return notice_of(work, deps, delivery)
    if delivery.kind == ASK:
        return asking_message(work, delivery, person)
    if delivery.kind == DECIDE:
        return deciding_message(work, deps, delivery, person)
    if delivery.kind in OUTSIDE_ROUNDS:
        return message_outside_rounds(work, deps, delivery, person)
    published = work.publications.get(delivery.subject)
    team = work.teams.get(published.team_id) if published else None
    if published is None or team is None:
        return None
    return ThinMessage(
        definition_of(work, deps, element=published.element, digest=published.dialogue_digest).title,
        team.name,
        waiting=delivery.kind == "waiting",
    )


def _maandbeeld(work: Work, delivery: Delivery, person: Person) -> MaandbeeldMessage | None:
    """The maandbeeld, as long as this person may read it: a row can wait longer than somebody stays in the team."""
    record = work.maandbeelden.get(delivery.subject)
    if record is None:
        return None
    role = "lead" if delivery.kind == "maandbeeld" else "member"
    if not any(each.team_id == record.team_id and each.role == role for each in work.people.memberships(person.id)):
        return None
    return MaandbeeldMessage(
        record.id,
        Maandbeeld.from_json(record.body),
        for_lead=delivery.kind == "maandbeeld",
        shared=record.shared_at is not None,
    )


def _prompt(work: Work, deps: Deps, delivery: Delivery, person: Person) -> PromptMessage | Nothing | None:
    about = work.rounds.get(delivery.subject)
    if about is None or about.state != "open" or about.closes_at <= deps.now():
        return None
    if asks_no_more(work, about) or not work.rounds.on_roster(about.id, person.id):
        return None
    reminder = delivery.kind == "reminder"
    try:
        slot = deps.storage.keys.slot(about.key_id, person.id)
    except KeyGone:
        return None
    if work.answers.has(about.id, slot) or work.answers.session(about.id, slot) is not None:
        return Nothing()
    group, place = work.teams.get(about.team_id), place_of(work, person=person, about=about)
    area = work.teams.area(group.area_id) if group else None
    if group is None or area is None or place is None:
        return None
    team, _ = place
    definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
    words = words_for(deps, team=team, area=area, definition=definition, about=about, name=person.name)
    words |= step_words(work, deps, about)
    sector = work.rounds.sector_of(about.id, person.id) or ""
    return PromptMessage(
        round_id=about.id,
        title=definition.title,
        summary=fill(definition.summary, words),
        opening=opening_for(work, deps, team=group, about=about),
        members=sum(about.sector_sizes.values()),
        lead_label=team.lead_label if group.scope == "team" else COORDINATORS,
        closes_at=about.closes_at,
        snoozes=choices(
            now=deps.now(),
            closes_at=about.closes_at,
            zone=deps.zone,
            quiet=quiet_times(work, deps, person=person, team=team, sector=sector),
            sector=sector,
        ),
        reminder=reminder,
        changed=roster_changed(work, about),
        new_team=group.scope == "team" and is_new(work, group.id),
    )
