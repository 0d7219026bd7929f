"""One tap or one typed text in a running dialogue (design: the way of one tap, hops 4-7)."""

from __future__ import annotations

from bot.usecases.access import open_round, person_of
from bot.usecases.answering import DialogueView, load, save
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, MovedOn
from dialogues.conversation.engine import resume
from dialogues.conversation.inputs import Tap, TypedText


def answer_step(deps: Deps, *, chat_id: int, round_id: str, message_id: int, tap: Tap) -> DialogueView:
    """Take one tap. The same tap twice, or a tap on an old screen, changes nothing and shows the waiting question.

    Raises NotAllowed, NoLongerOpen, AlreadyEnded when there is no running dialogue to take it, or MovedOn when that
    runs in another message.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        about = open_round(work, deps, person=person, round_id=round_id)
        running = load(work, deps, person=person, about=about)
        if running is None:
            raise AlreadyEnded
        if running.message_id != message_id:
            raise MovedOn
        turn = resume(
            definition_of(work, deps, element=about.element, digest=about.dialogue_digest), running.session, tap
        )
        shown = save(work, deps, person=person, about=about, turn=turn, message_id=message_id, before=running.session)
        work.commit()
        return shown


def take_text(deps: Deps, *, chat_id: int, text_message_id: int) -> DialogueView | None:
    """Tell the running dialogue that a text was typed; the text itself is never passed on, so it cannot be kept.

    Returns None when no dialogue of this person waits for a text.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        for about in work.rounds.open_for(person.id):
            if about.state != "open" or about.closes_at <= deps.now():
                continue
            running = load(work, deps, person=person, about=about)
            if running is None:
                continue
            turn = resume(
                definition_of(work, deps, element=about.element, digest=about.dialogue_digest),
                running.session,
                TypedText(text_message_id),
            )
            if turn.session == running.session:
                continue
            shown = save(
                work,
                deps,
                person=person,
                about=about,
                turn=turn,
                message_id=running.message_id,
                before=running.session,
            )
            work.commit()
            return shown
    return None
