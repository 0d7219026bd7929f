"""Somebody who leaves writes what a successor must know; nothing goes anywhere before they have read all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, MovedOn, TextTooLong
from bot.usecases.guarding import found_in
from bot.usecases.handovers import (
    HANDOVER,
    Draft,
    begun,
    keep_draft,
    load_draft,
    moved_to,
    note_of,
    offered,
)
from dialogues.conversation.engine import Turn, resume
from dialogues.conversation.inputs import Tap, TypedText
from dialogues.conversation.paths import path_of, walk
from dialogues.conversation.presenting import screen
from dialogues.conversation.screens import Screen
from dialogues.guarding.cleaning import LONGEST_TEXT, clean
from dialogues.guarding.findings import Kind
from storage.people import Membership, Person
from storage.work import Work

_ORGANISATIONS: Final = frozenset({Kind.SCHOOL, Kind.ADDRESS, Kind.POSTCODE})
"""Where an organisation is may be passed on: that is what a handover is for."""


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What the chat shows after a step."""

    membership_id: str
    message_id: int
    screen: Screen
    ended: bool
    note: str = ""
    """At the end: the whole text as the team will read it; '' when there is nothing to pass on."""
    found: tuple[str, ...] = ()
    """What the guard would not pass on of the text, in the words of ``Labels.findings``; a warning, no refusal."""
    empty: bool = False
    """Whether somebody wanted to pass something on and then filled in nothing."""


def start_handover(deps: Deps, *, chat_id: int, membership_id: str, message_id: int) -> HandoverView:
    """The first question, or where the draft in this message stands. Raises NotAllowed or NoLongerOpen."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        membership = offered(work, deps, person=person, membership_id=membership_id)
        draft = load_draft(work, deps, person=person)
        if draft is None or (draft.membership_id, draft.message_id) != (membership_id, message_id):
            turn = begun(work, deps, person=person, membership=membership)
            draft = Draft(membership_id, message_id, turn.session)
            keep_draft(work, deps, person=person, draft=draft)
        shown = _view(work, deps, draft, person=person, membership=membership)
        work.commit()
        return shown


def answer_handover(deps: Deps, *, chat_id: int, membership_id: str, message_id: int, tap: Tap) -> HandoverView:
    """One tap. Raises NotAllowed, NoLongerOpen, AlreadyEnded when there is no draft, or MovedOn for an old message."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        membership = offered(work, deps, person=person, membership_id=membership_id)
        draft = draft_in(work, deps, person=person, membership_id=membership_id, message_id=message_id)
        turn = resume(deps.library.get(HANDOVER), draft.session, tap)
        after = moved_to(draft, turn.session)
        if turn.session.ended and not after.says_something:
            work.forms.drop(person.id)
        else:
            keep_draft(work, deps, person=person, draft=after)
        shown = _view(work, deps, after, person=person, membership=membership)
        work.commit()
        return replace(shown, screen=turn.screen)


def take_handover_text(deps: Deps, *, chat_id: int, text_message_id: int, text: str) -> HandoverView | None:
    """Put a typed text in the draft that waits for one, and go on; None when there is none.

    A text that comes twice is taken once. Raises TextTooLong, and then nothing is kept of it.
    """
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        draft = load_draft(work, deps, person=person) if person else None
        if person is None or draft is None:
            return None
        membership = offered(work, deps, person=person, membership_id=draft.membership_id)
        turn = resume(deps.library.get(HANDOVER), draft.session, TypedText(text_message_id))
        if turn.session == draft.session and draft.session.last_text != text_message_id:
            return None
        if turn.session != draft.session:
            words = clean(text)
            if len(words) > LONGEST_TEXT:
                raise TextTooLong
            draft = replace(moved_to(draft, turn.session), text=words)
            keep_draft(work, deps, person=person, draft=draft)
        shown = _view(work, deps, draft, person=person, membership=membership)
        work.commit()
        return shown


def change_handover(deps: Deps, *, chat_id: int, membership_id: str, message_id: int) -> HandoverView:
    """Back to the partners, as they were tapped; the text is asked again. Raises as ``answer_handover`` does."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        membership = offered(work, deps, person=person, membership_id=membership_id)
        draft = draft_in(work, deps, person=person, membership_id=membership_id, message_id=message_id)
        if draft.session.ended:
            turn = _at_the_second_question(begun(work, deps, person=person, membership=membership), deps, draft)
            draft = replace(moved_to(draft, turn.session), text="")
            keep_draft(work, deps, person=person, draft=draft)
        shown = _view(work, deps, draft, person=person, membership=membership)
        work.commit()
        return shown


def _at_the_second_question(first: Turn, deps: Deps, draft: Draft) -> Turn:
    definition = deps.library.get(HANDOVER)
    old = draft.session
    there = replace(old, step=old.path[1], path=old.path[:1], ended=False, all_shown=False)
    turn = walk(definition, first, path_of(definition, there))
    # Visits go on counting, so that a button of before the change is known as an old one.
    return replace(turn, session=replace(turn.session, visit=old.visit + 1, last_text=old.last_text))


def draft_in(work: Work, deps: Deps, *, person: Person, membership_id: str, message_id: int) -> Draft:
    """The draft that lives in this message. Raises AlreadyEnded or MovedOn."""
    draft = load_draft(work, deps, person=person)
    if draft is None or draft.membership_id != membership_id:
        raise AlreadyEnded
    if draft.message_id != message_id:
        raise MovedOn
    return draft


def _view(work: Work, deps: Deps, draft: Draft, *, person: Person, membership: Membership) -> HandoverView:
    definition = deps.library.get(HANDOVER)
    team = work.teams.get(membership.team_id)
    whole = draft.says_something and team is not None
    return HandoverView(
        membership_id=draft.membership_id,
        message_id=draft.message_id,
        screen=screen(definition, draft.session),
        ended=draft.session.ended,
        note=note_of(definition, draft, name=person.name, team=team.name) if whole and team else "",
        found=_found(work, deps, draft, person=person, membership=membership) if whole else (),
        empty=draft.session.ended and not draft.session.stopped and len(draft.session.path) > 1 and not whole,
    )


def _found(work: Work, deps: Deps, draft: Draft, *, person: Person, membership: Membership) -> tuple[str, ...]:
    findings = found_in(work, draft.words, team_id=membership.team_id, person=person) or ()
    kinds = dict.fromkeys(each.kind for each in findings if each.kind not in _ORGANISATIONS)
    return tuple(deps.library.labels.findings[kind] for kind in kinds)
