"""Let a running dialogue go on in another message, for somebody who comes back."""

from __future__ import annotations

from bot.usecases.access import open_round, person_of
from bot.usecases.answering import DialogueView, load, save
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded
from bot.usecases.handovers import load_draft
from dialogues.conversation.engine import Turn
from dialogues.conversation.presenting import screen
from storage.errors import KeyGone
from storage.people import Person
from storage.rounds import Round
from storage.work import Work


def running_round(deps: Deps, *, chat_id: int) -> str:
    """The round that closes first of those in which this person is in the middle of the dialogue; '' for none."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is None:
            return ""
        for about in work.rounds.open_for(person.id):
            if about.closes_at > deps.now() and _runs(work, deps, person, about):
                return about.id
    return ""


def running_dialogue(deps: Deps, *, chat_id: int) -> str:
    """What this person is in the middle of, as far as it is kept: a round, or passing on contacts by its membership.

    '' for none, and for what lives on its buttons alone: a moment of one's own, and that of somebody new.
    """
    about = running_round(deps, chat_id=chat_id)
    if about:
        return about
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        draft = load_draft(work, deps, person=person) if person else None
        return draft.membership_id if draft else ""


def _runs(work: Work, deps: Deps, person: Person, about: Round) -> bool:
    try:
        return load(work, deps, person=person, about=about) is not None
    except KeyGone:
        return False


def move_dialogue(deps: Deps, *, chat_id: int, round_id: str, message_id: int) -> DialogueView:
    """Show the waiting question in this message; buttons of the earlier one no longer count.

    Raises NotAllowed, NoLongerOpen, or AlreadyEnded when no dialogue runs.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        about = open_round(work, deps, person=person, round_id=round_id)
        running = load(work, deps, person=person, about=about)
        if running is None:
            raise AlreadyEnded
        session = running.session
        definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
        turn = Turn(session, (), screen(definition, session))
        shown = save(work, deps, person=person, about=about, turn=turn, message_id=message_id, before=session)
        work.commit()
        return shown
